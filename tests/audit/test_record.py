"""Recording a deed, and that nobody takes it back."""

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Block, Entry
from audit.parts import fingerprint, record
from places.models import Place
from tests.audit.given import CLERK, NOW, a_deed


@pytest.mark.django_db
def test_an_entry_keeps_who_did_what_to_what_and_when() -> None:
    record("place.look", Place(pk=5), by=CLERK, at=NOW, facts={"code": "14"})

    entry = Entry.objects.about(Place(pk=5)).get()
    assert (entry.verb, entry.at, entry.facts) == ("place.look", NOW, {"code": "14"})
    assert (entry.actor_words, entry.actor_user_id, entry.actor_post_id, entry.actor_organ_id) == (
        "张三 区信访局 接访员",
        7,
        8,
        9,
    )


@pytest.mark.django_db
def test_entries_about_another_thing_are_not_about_this_one() -> None:
    record("place.look", Place(pk=5), by=CLERK, at=NOW)

    assert not Entry.objects.about(Place(pk=55)).exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_is_not_recorded_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        record("place.look", Place(pk=5), by=CLERK, at=NOW)

    assert not Entry.objects.about(Place(pk=5)).exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_leaves_no_entry() -> None:
    def fail_after_recording() -> None:
        with transaction.atomic():
            record("place.look", Place(pk=5), by=CLERK, at=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()

    assert not Entry.objects.about(Place(pk=5)).exists()


@pytest.mark.django_db
def test_later_entries_have_later_places() -> None:
    first, second = a_deed(), a_deed()

    assert second.seq > first.seq


@pytest.mark.django_db(transaction=True)
def test_a_place_is_given_only_to_a_transaction_that_has_its_number() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_next_place(), pg_current_xact_id_if_assigned()::text")
        _place, number = cursor.fetchone()

    assert number is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'place.other'",
        "UPDATE audit_entry SET verb = 'place.other' WHERE false",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_block SET entry_count = 0",
        "DELETE FROM audit_block",
        "TRUNCATE audit_block",
    ],
)
def test_the_database_refuses(statement: str) -> None:
    a_deed()
    Block.objects.create(
        number=1, after_seq=0, upto_seq=10**9, entry_count=1, digest=b"\0" * 32, closed_at=NOW
    )
    before = (list(Entry.objects.order_by("seq").values()), list(Block.objects.values()))

    with pytest.raises(IntegrityError, match="the audit is final"), transaction.atomic():
        connection.cursor().execute(statement)

    assert (list(Entry.objects.order_by("seq").values()), list(Block.objects.values())) == before


@pytest.mark.django_db
def test_an_entry_is_not_changed_through_its_model_either() -> None:
    entry = a_deed()
    entry.verb = "place.other"

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(update_fields=["verb"])

    entry.refresh_from_db()
    assert entry.verb == "place.look"


def test_a_fingerprint_tells_equal_values_and_nothing_of_them() -> None:
    assert fingerprint("13900001234") == fingerprint("13900001234")
    assert fingerprint("13900001234") != fingerprint("13900001235")
    assert "1390000" not in fingerprint("13900001234")
