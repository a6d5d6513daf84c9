"""Many at once: no gap, no double, no deed lost, whoever comes first."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction

from accounts.roles import Role
from audit.models import Entry
from cases.actions.corrections import correct
from cases.actions.drafts import save_draft
from cases.actions.people import PersonField, reveal
from cases.actions.register import Registered, register
from cases.actions.sealing import seal, unseal
from cases.intake import FromAbove, Reported
from cases.models import (
    Correction,
    Draft,
    Involvement,
    Petition,
    PetitionClock,
    Petitioner,
    QueryCode,
    Reporter,
    SealedGrant,
)
from cases.parts import lock_either
from cases.states import ReportedKind, Source
from lib.errors import Refused, Stale, Unknown
from tests.cases.given import a_petition, an_intake
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

Answer = TypeVar("Answer")
LATER = MONDAY + timedelta(hours=1)
REPORTED = [Reported(kind=ReportedKind.PERSON, name="某某")]


def at_once(*deeds: Callable[[], Answer]) -> list[Answer | Refused]:
    """Do all deeds at the same moment, each in a thread and a connection of its own; a refusal is an answer."""
    together = Barrier(len(deeds))

    def run(deed: Callable[[], Answer]) -> Answer | Refused:
        together.wait(timeout=20)
        try:
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


def refusals(answers: Sequence[object]) -> list[Refused]:
    return [answer for answer in answers if isinstance(answer, Refused)]


def test_q16_eight_registrars_at_once_leave_no_gap_and_no_double():
    hats = [a_hat(Role.REGISTRAR) for _ in range(8)]
    intake = an_intake()

    def five(hat):
        return lambda: [register(uuid4(), intake, by=hat, now=MONDAY) for _ in range(5)]

    answers = at_once(*(five(hat) for hat in hats))

    numbers = sorted(Petition.objects.values_list("number", flat=True))
    assert refusals(answers) == []
    assert numbers == [f"LS2026-{number:06}" for number in range(1, 41)]
    assert Entry.objects.filter(verb="petition.register").count() == 40


def test_the_same_submission_eight_times_at_once_is_one_petition_with_one_code():
    hat, submission, intake = a_hat(Role.REGISTRAR), uuid4(), an_intake()

    answers = at_once(*[lambda: register(submission, intake, by=hat, now=MONDAY)] * 8)

    assert refusals(answers) == []
    assert len({answer.petition.pk for answer in answers if isinstance(answer, Registered)}) == 1
    assert sum(bool(answer.codes) for answer in answers if isinstance(answer, Registered)) == 1
    assert Petition.objects.count() == QueryCode.objects.count() == 1


def test_q21_a_superiors_matter_arriving_twice_at_once_is_registered_once():
    hats = [a_hat(Role.REGISTRAR) for _ in range(4)]
    above = FromAbove("市信访局", "LL-1", MONDAY.date(), MONDAY.date() + timedelta(days=9))
    intake = an_intake(source=Source.ASSIGNED_FROM_SUPERIOR, from_above=above)

    answers = at_once(*[lambda hat=hat: register(uuid4(), intake, by=hat, now=MONDAY) for hat in hats])

    assert [set(refusal.fields) for refusal in refusals(answers)] == [{"superior_number"}] * 3
    assert Petition.objects.get().number == "LS2026-000001"


def test_q1_two_who_seal_at_once_seal_it_once():
    officer = a_hat(Role.SEALED_LANE_OFFICER)
    hats = [a_hat(Role.REGISTRAR), a_hat(Role.PETITION_OFFICER)]
    petition = a_petition(hats[0])

    answers = at_once(
        *[lambda hat=hat: seal(petition.pk, reason="x", reported=REPORTED, by=hat, now=LATER) for hat in hats]
    )

    assert [type(refusal) for refusal in refusals(answers)] == [Unknown]
    assert list(SealedGrant.objects.values_list("post", flat=True)) == [officer.post.pk]
    assert Reporter.objects.count() == 1
    assert Entry.objects.filter(verb="petition.seal").count() == 1


def test_q32_two_corrections_of_the_same_version_leave_one_stale_and_nothing_lost():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)

    def put(title):
        return lambda: correct(
            petition.pk, field="title", value=title, reason="写错", seen_version=1, by=registrar, now=LATER
        )

    answers = at_once(put("一"), put("二"), put("三"))

    assert [type(refusal) for refusal in refusals(answers)] == [Stale, Stale]
    assert Correction.objects.count() == 1
    assert Petition.objects.get().version == 2


def test_q32_two_windows_saving_one_draft_at_once_leave_one_stale():
    registrar, draft = a_hat(Role.REGISTRAR), uuid4()

    def save(draft_id: UUID, seen: int):
        return lambda: save_draft(
            draft_id,
            content={"title": ["x"]},
            received_at=MONDAY,
            seals=False,
            seen_version=seen,
            by=registrar,
            now=MONDAY,
        )

    save(draft, 0)()
    answers = at_once(save(draft, 1), save(draft, 1))

    assert [type(refusal) for refusal in refusals(answers)] == [Stale]
    assert Draft.objects.get().version == 2


def test_p_5_a_look_at_the_moment_of_sealing_is_either_before_it_or_refused():
    lane, registrar = a_hat(Role.SEALED_LANE_OFFICER), a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)
    person = petition.people.get()

    answers = at_once(
        lambda: seal(petition.pk, reason="x", reported=REPORTED, by=registrar, now=LATER),
        *[lambda: reveal(petition.pk, person.pk, field=PersonField.PHONE, by=registrar, now=LATER)] * 5,
    )

    looks = Entry.objects.filter(verb="petition.reveal").count()
    assert {type(refusal) for refusal in refusals(answers)} <= {Unknown}
    assert looks + len(refusals(answers)) == 5
    order = list(Entry.objects.about(petition).order_by("seq").values_list("verb", flat=True))
    assert order == ["petition.register", *["petition.reveal"] * looks, "petition.seal"]
    assert Petition.objects.sealed_to(lane).exists()


def test_q1_registering_goes_on_while_another_petition_is_sealed():
    a_hat(Role.SEALED_LANE_OFFICER)
    registrar = a_hat(Role.REGISTRAR)
    petition, intake = a_petition(registrar), an_intake()

    answers = at_once(
        lambda: seal(petition.pk, reason="x", reported=REPORTED, by=registrar, now=LATER),
        *[lambda: register(uuid4(), intake, by=registrar, now=LATER)] * 5,
    )

    assert refusals(answers) == []
    assert sorted(Petition.objects.values_list("number", flat=True)) == [
        f"LS2026-{number:06}" for number in range(1, 7)
    ]
    assert Involvement.objects.filter(petition=petition, ended_at=None).count() == 0
    assert Petitioner.objects.count() == 5
    assert PetitionClock.objects.open().count() == 12


def test_q21_two_unsealed_at_once_under_one_superiors_number_leave_one_in_the_open_lane_and_a_clear_word():
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    registrar = a_hat(Role.REGISTRAR)
    above = FromAbove("市信访局", "LL-1", MONDAY.date(), MONDAY.date() + timedelta(days=9))
    intake = an_intake(source=Source.ASSIGNED_FROM_SUPERIOR, from_above=above)
    both = []
    for _each in range(2):
        petition = register(uuid4(), intake, by=registrar, now=MONDAY).petition
        both.append(seal(petition.pk, reason="x", reported=REPORTED, by=registrar, now=LATER))

    answers = at_once(
        *[lambda one=one: unseal(one.pk, reason="不是举报", by=lane, now=LATER) for one in both]
    )

    assert [type(refusal) for refusal in refusals(answers)] == [Refused]
    assert "LL-1" in str(refusals(answers)[0].message)
    assert Petition.objects.filter(sealed=False).count() == 1


def test_q21_unsealed_while_its_superiors_number_is_registered_anew_one_of_them_is_told_why():
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    registrar = a_hat(Role.REGISTRAR)
    above = FromAbove("市信访局", "LL-1", MONDAY.date(), MONDAY.date() + timedelta(days=9))
    intake = an_intake(source=Source.ASSIGNED_FROM_SUPERIOR, from_above=above)
    first = register(uuid4(), intake, by=registrar, now=MONDAY).petition
    seal(first.pk, reason="x", reported=REPORTED, by=registrar, now=LATER)

    answers = at_once(
        lambda: unseal(first.pk, reason="不是举报", by=lane, now=LATER),
        lambda: register(uuid4(), intake, by=registrar, now=LATER),
    )

    assert [type(refusal) for refusal in refusals(answers)] == [Refused]
    assert Petition.objects.filter(sealed=False).count() == 1


@pytest.mark.parametrize(("becomes_sealed", "granted"), [(True, False), (True, True), (False, True)])
def test_q1_who_waits_while_a_petition_changes_its_lane_is_judged_by_the_lane_it_stands_in_then(
    becomes_sealed, granted
):
    lane, registrar = a_hat(Role.SEALED_LANE_OFFICER), a_hat(Role.REGISTRAR)
    petition = register(uuid4(), an_intake(), by=registrar, now=MONDAY).petition
    if not becomes_sealed:
        seal(petition.pk, reason="x", reported=REPORTED, by=registrar, now=LATER)
    if granted:
        SealedGrant.objects.create(
            petition=petition, post=registrar.post, reason="x", granted_by=lane.post, granted_at=LATER
        )
    found = None

    def lock() -> UUID:
        try:
            with transaction.atomic():
                return lock_either(petition.pk, registrar).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Petition.objects.filter(pk=petition.pk).update(sealed=becomes_sealed)
            asked = threads.submit(lock)
            until_somebody_waits()
        try:
            found = asked.result(timeout=20)
        except Unknown:
            assert not granted

    assert found == (petition.pk if granted else None)


def until_somebody_waits() -> None:
    for _time in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    pytest.fail("nobody waits for the row")
