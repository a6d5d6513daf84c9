"""Many petitions registered together are what each would be by itself (R-10; Q16)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Portfolio
from accounts.roles import Role
from audit.models import Entry
from cases.actions.register import register
from cases.actions.register_many import register_many
from cases.intake import External, FromAbove, Incoming, Reply
from cases.models import EarlierReply, ImportSource, Involvement, Petition, PetitionClock, Petitioner
from cases.secrets import open_field
from cases.states import Channel, ClockCode, PersonRole, Purpose, Routing, Source
from infra.models import IdempotencyKey, NumberSeries
from lib.errors import NotAllowed, Refused
from notices.models import Notice
from places.models import Place
from tests.cases.given import a_person, a_village, an_intake
from tests.given import MONDAY, SHANGHAI, a_hat, a_post, the_petition_office

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)
# Drawn at random, or counted by the table itself: never the same twice.
_BY_CHANCE = {
    *("id", "submission_id", "digest", "id_number_sealed", "phone_sealed", "key", "subject_id"),
    *("pgh_id", "pgh_obj", "pgh_created_at", "pgh_context", "seq"),
}
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def incoming(number: int = 0, **facts) -> Incoming:
    """Make a row as it comes in."""
    return Incoming(uuid4(), an_intake(title=f"第 {number} 件", **facts))


def a_source(name: str = "12345 热线") -> ImportSource:
    return ImportSource.objects.create(organ=the_petition_office(), name=name)


def of_all_kinds() -> list[Incoming]:
    """Make 300 rows of every channel and purpose, with one person, several, or nobody."""
    places = list(Place.objects.inside(the_petition_office().place.path)[:40])
    channels, purposes = list(Channel), [one for one in Purpose if one is not Purpose.REPORT_ACCUSATION]
    rows = []
    for number in range(300):
        people = tuple(
            a_person(f"来访人{place}", phone=f"1380000{number:04}", wants_code=place == 1)
            for place in range(number % 8)
        )
        above = FromAbove("吕梁市信访局", f"LL-{number}", date(2026, 2, 27), date(2026, 3, 20))
        assigned = number % 50 == 0
        intake = an_intake(
            title=f"第 {number} 件",
            text=f"\n\t第 {number} 件的原话，\u00a0一字不改。",
            channel=channels[number % len(channels)],
            purpose=purposes[number % len(purposes)],
            place_id=places[number % len(places)].pk,
            received_at=MONDAY - timedelta(hours=number % 90),
            backdating_evidence="收文章" if number % 90 > 20 else "",
            people=people,
            is_anonymous=not people,
            petitioner_count=max(1, number % 9),
            claims=("第一项", "第二项") if number % 3 == 0 else (),
            source=Source.ASSIGNED_FROM_SUPERIOR if assigned else Source.SELF_RECEIVED,
            from_above=above if assigned else None,
            day_unknown=number % 11 == 0,
        )
        rows.append(Incoming(uuid4(), intake))
    return rows


def every_table() -> dict[str, list[tuple[str, ...]]]:
    """Return what every table of the product holds, but for what is drawn at random, with keys by what they name."""
    keys = _names_of_keys()
    held = {}
    for model in apps.get_models():
        if model._meta.app_label not in {"cases", "notices", "audit", "infra"}:
            continue
        columns = [field for field in model._meta.concrete_fields if field.name not in _BY_CHANCE]
        rows = model.objects.values_list(*[field.attname for field in columns])
        held[model._meta.label] = sorted(tuple(_said(value, keys) for value in row) for row in rows)
    return held


def _names_of_keys() -> dict[UUID, str]:
    names = dict(Petition.objects.values_list("pk", "number"))
    for person in Petitioner.objects.select_related("petition"):
        names[person.pk] = f"{person.petition.number}/{person.position}"
    return names


def _said(value: object, keys: dict[UUID, str]) -> str:
    return _KEY.sub(lambda found: keys.get(UUID(found[0]), found[0]), repr(value))


@pytest.mark.wide
def test_300_rows_together_leave_in_every_table_what_each_alone_leaves(transactional_db):
    rows, registrar = of_all_kinds(), a_hat(Role.REGISTRAR)
    Portfolio.objects.create(post=a_post(Role.LEADER), place=a_village().parent, since=date(2020, 1, 1))

    for row in rows:
        register(row.submission_id, row.intake, by=registrar, now=LATER)
    alone = every_table()
    _forget()
    outcome = register_many(rows, by=registrar, now=LATER)

    assert len(outcome.made) == 300 and not outcome.refused
    together = every_table()
    assert {label for label, held in alone.items() if held} >= {
        *("cases.Petition", "cases.PetitionText", "cases.Claim", "cases.Petitioner", "cases.PetitionClock"),
        *("cases.QueryCode", "cases.Involvement", "cases.PetitionVersion", "cases.PetitionClockVersion"),
        *("notices.Notice", "audit.Entry", "infra.NumberSeries", "infra.IdempotencyKey"),
    }
    for label in alone:
        assert together[label] == alone[label], label


def _forget() -> None:
    """Take away what was registered, as if it had never been."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model in apps.get_models():
            if model._meta.app_label in {"cases", "notices", "audit", "infra"} and model._meta.label not in {
                "cases.ContentCategory",
                "infra.LocalSetting",
                "notices.Reminder",
            }:
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
        cursor.execute("SET session_replication_role = DEFAULT")


def test_q16_the_numbers_of_one_call_follow_each_other_and_those_before():
    registrar = a_hat(Role.REGISTRAR)
    register(uuid4(), an_intake(), by=registrar, now=MONDAY)

    register_many([incoming(number) for number in range(3)], by=registrar, now=LATER)

    assert sorted(Petition.objects.values_list("number", flat=True)) == [
        f"LS2026-00000{serial}" for serial in (1, 2, 3, 4)
    ]


def test_q16_a_row_registered_elsewhere_in_another_year_is_numbered_in_that_year():
    row = replace(
        incoming(received_at=MONDAY - timedelta(days=400)), registered_at=MONDAY - timedelta(days=400)
    )

    register_many([row], by=a_hat(Role.REGISTRAR), now=MONDAY)

    petition = Petition.objects.get()
    assert petition.number == "LS2025-000001"
    assert petition.registered_at == petition.received_at == petition.known_at


def test_a_row_that_is_refused_keeps_no_other_back_and_takes_no_number():
    good, bad = incoming(1), incoming(2, received_at=MONDAY + timedelta(days=9))

    outcome = register_many([bad, good], by=a_hat(Role.REGISTRAR), now=LATER)

    assert set(outcome.made) == {good.submission_id}
    assert set(outcome.refused[bad.submission_id].fields) == {"received_at"}
    assert Petition.objects.get().number == "LS2026-000001"
    assert not IdempotencyKey.objects.filter(key=bad.submission_id).exists()


def test_the_same_rows_twice_are_registered_once():
    registrar, rows = a_hat(Role.REGISTRAR), [incoming(number) for number in range(3)]
    first = register_many(rows, by=registrar, now=LATER)

    again = register_many(rows, by=registrar, now=LATER)

    assert not again.made
    assert again.known == {key: petition.pk for key, petition in first.made.items()}
    assert Petition.objects.count() == 3


def test_the_same_number_of_a_source_is_the_same_petition_also_within_one_call():
    registrar, source = a_hat(Role.REGISTRAR), a_source()
    row, twin = (incoming(external=External(source.pk, "A-1")) for _ in range(2))
    other = incoming(external=External(a_source("省网").pk, "A-1"))

    outcome = register_many([row, twin, other], by=registrar, now=LATER)

    assert set(outcome.made) == {row.submission_id, other.submission_id}
    assert outcome.known == {twin.submission_id: outcome.made[row.submission_id].pk}
    with pytest.raises(Refused):
        register(uuid4(), twin.intake, by=registrar, now=LATER)
    assert Petition.objects.count() == 2


def test_q1_a_report_is_not_registered_among_many():
    rows = [incoming(purpose=Purpose.REPORT_ACCUSATION), incoming(names_a_wrongdoer=True)]

    outcome = register_many(rows, by=a_hat(Role.REGISTRAR), now=LATER)

    assert len(outcome.refused) == 2
    assert not Petition.objects.exists()


def test_what_is_written_is_read_back_to_the_character_and_what_is_sealed_opens():
    text = "\\N\n\t\\t \\. “引号\"'”\r\n𠮷\u200b\x7f\\"
    person = a_person("欧阳\\丽", phone="13900006025", address='{"a", \\N}')

    register_many([incoming(text=text, people=(person,))], by=a_hat(Role.REGISTRAR), now=LATER)

    petition, petitioner = Petition.objects.select_related("words").get(), Petitioner.objects.get()
    assert petition.words.text == text
    assert (petitioner.name, petitioner.address) == ("欧阳\\丽", '{"a", \\N}')
    assert open_field("petitioner", petitioner.pk, "phone", petitioner.phone_sealed) == "13900006025"
    assert Involvement.objects.get().bases == ["registered"]


def test_whoever_does_not_register_registers_none_of_many():
    with pytest.raises(NotAllowed):
        register_many([incoming()], by=a_hat(Role.INSPECTOR), now=LATER)

    assert not Petition.objects.exists() and not NumberSeries.objects.exists()


def test_the_statements_do_not_grow_with_the_rows():
    registrar = a_hat(Role.REGISTRAR)
    five, fifty = [incoming(number) for number in range(5)], [incoming(number) for number in range(50)]
    register_many([incoming()], by=registrar, now=LATER)

    with CaptureQueriesContext(connection) as few:
        register_many(five, by=registrar, now=LATER)
    with CaptureQueriesContext(connection) as many:
        register_many(fifty, by=registrar, now=LATER)

    assert len(many) == len(few)


def answered(days: int, **facts) -> Incoming:
    """Make a row of two years ago with its reply some days later."""
    received_at = datetime(2024, 3, 4, 9, 30, tzinfo=SHANGHAI)
    reply = Reply("经核实，已办结。", received_at + timedelta(days=days), unit="滨河街道办事处")
    return Incoming(uuid4(), an_intake(received_at=received_at, **facts), received_at, reply)


def test_q23_what_was_answered_elsewhere_arrives_finished_with_its_real_days_and_clocks():
    rows = {days: answered(days) for days in (15, 16, 60, 61)}

    made = register_many(list(rows.values()), by=a_hat(Role.REGISTRAR), now=MONDAY).made

    for days, row in rows.items():
        petition = Petition.objects.get(pk=made[row.submission_id].pk)
        clocks = {clock.code: clock for clock in petition.clocks.all()}
        assert petition.routing == Routing.FINISHED
        assert petition.next_due_at is None
        assert petition.known_at == row.reply.replied_at
        assert set(clocks) == {ClockCode.T2, ClockCode.T5}
        assert clocks[ClockCode.T5].presumed
        assert {clock.met_at for clock in clocks.values()} == {row.reply.replied_at}
        assert clocks[ClockCode.T2].was_late is (days > 15)
        assert (clocks[ClockCode.T5].breached_at is not None) is (days > 60)
        assert EarlierReply.objects.get(petition=petition).text == "经核实，已办结。"


def test_history_knows_an_answered_petition_as_pending_until_its_reply():
    row = answered(20)

    petition = register_many([row], by=a_hat(Role.REGISTRAR), now=MONDAY).made[row.submission_id]

    versions = apps.get_model("cases", "PetitionVersion").objects.filter(pgh_obj_id=petition.pk)
    assert list(versions.order_by("known_at").values_list("routing", "known_at")) == [
        (Routing.REGISTERED, row.registered_at),
        (Routing.FINISHED, row.reply.replied_at),
    ]


def test_a_receipt_is_no_answer_and_the_petition_stays_open():
    row = answered(10)
    row = replace(row, reply=replace(row.reply, text="网友：您好！留言已收悉", answers=False))

    petition = register_many([row], by=a_hat(Role.REGISTRAR), now=MONDAY).made[row.submission_id]

    assert Petition.objects.get(pk=petition.pk).routing == Routing.REGISTERED
    assert set(PetitionClock.objects.open().values_list("code", flat=True)) == {ClockCode.T1, ClockCode.T1A}


def test_a_reply_before_the_petition_is_refused():
    outcome = register_many([answered(-1)], by=a_hat(Role.REGISTRAR), now=MONDAY)

    (refusal,) = outcome.refused.values()
    assert set(refusal.fields) == {"replied_at"}


def test_a_day_that_is_not_known_starts_no_period():
    row = incoming(day_unknown=True)

    petition = register_many([row], by=a_hat(Role.REGISTRAR), now=LATER).made[row.submission_id]

    assert petition.next_due_at is None
    assert not PetitionClock.objects.exists()


def test_leaders_are_told_of_what_is_open_and_have_no_part_in_what_is_finished():
    leader = a_post(Role.LEADER)
    Portfolio.objects.create(post=leader, place=a_village().parent, since=date(2020, 1, 1))
    pending, done = incoming(), answered(5)

    made = register_many([pending, done], by=a_hat(Role.REGISTRAR), now=LATER).made

    pending_id = made[pending.submission_id].pk
    assert list(Involvement.objects.filter(post=leader).values_list("petition", flat=True)) == [pending_id]
    assert list(Notice.objects.values_list("post", "subject_id")) == [(leader.pk, str(pending_id))]


def test_who_registered_many_is_on_record_for_each():
    registrar = a_hat(Role.REGISTRAR)

    register_many([incoming(1), answered(5)], by=registrar, now=LATER)

    assert sorted(Entry.objects.values_list("verb", "actor_post_id")) == [
        ("petition.finish", registrar.post.pk),
        ("petition.register", registrar.post.pk),
        ("petition.register", registrar.post.pk),
    ]


def test_an_accompanying_person_is_no_sixth_representative():
    people = tuple(a_person(f"来访人{place}") for place in range(7))

    register_many([incoming(people=people)], by=a_hat(Role.REGISTRAR), now=LATER)

    assert Petitioner.objects.filter(role=PersonRole.REPRESENTATIVE).count() == 5


def test_q26_a_row_of_a_year_without_calendar_is_registered():
    old = datetime(2004, 1, 2, 9, tzinfo=UTC)
    row = Incoming(uuid4(), an_intake(received_at=old), registered_at=old)

    assert register_many([row], by=a_hat(Role.REGISTRAR), now=LATER).made
