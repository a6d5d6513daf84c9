"""A new calendar and the deeds on petitions lock petitions first and clocks after (docs/decisions.md, 23)."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from cases.actions.corrections import decide_void, propose_void
from cases.handover import ORGANS_PARTS
from cases.models import Petition, PetitionClock
from cases.models.voids import VoidGround
from deadlines import actions
from deadlines.parts import silence
from tests.cases.given import a_petition
from tests.deadlines.given import NOTICE_2027, a_clock, at
from tests.given import MONDAY, a_hat, an_organ

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

NOW = at("2026-12-30")


def in_a_thread(pool: ThreadPoolExecutor, deed) -> Future:
    def run():
        try:
            return deed()
        finally:
            connections.close_all()

    return pool.submit(run)


def wait_until_somebody_waits_for_a_lock() -> None:
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.025)
    pytest.fail("nobody waited for a lock")


def load_2027():
    administrator = a_hat(Role.SYSTEM_ADMINISTRATOR)
    return lambda: actions.load_year(NOTICE_2027, source="国办发明电", by=administrator, now=NOW)


def test_q26_a_deed_that_holds_a_petition_gets_its_clock_while_a_new_calendar_waits():
    petition = a_petition()
    clock = a_clock(petition, "T4", day="2026-12-29")
    load = load_2027()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
            loading = in_a_thread(pool, load)
            wait_until_somebody_waits_for_a_lock()
            silence(PetitionClock.objects.select_for_update().get(pk=clock.pk), now=NOW)
        loaded = loading.result(timeout=30)

    assert loaded.moved.total == 1
    assert PetitionClock.objects.get(pk=clock.pk).last_day is not None


def test_q29_clocks_of_an_organ_pass_on_only_when_their_petitions_are_free():
    registrar = a_hat(Role.REGISTRAR)
    leaving, taking = an_organ(kind=OrganKind.DEPARTMENT), an_organ(kind=OrganKind.DEPARTMENT)
    petition = a_petition(registrar)
    clock = a_clock(petition, organ=leaving)

    def pass_on() -> int:
        with transaction.atomic():
            return ORGANS_PARTS.move(leaving, taking, registrar, NOW)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
            passing_on = in_a_thread(pool, pass_on)
            wait_until_somebody_waits_for_a_lock()
            silence(PetitionClock.objects.select_for_update().get(pk=clock.pk), now=NOW)
        passing_on.result(timeout=30)

    assert PetitionClock.objects.get(pk=clock.pk).organ == taking


def test_q18_two_double_entries_that_name_each_other_are_decided_one_after_the_other():
    clerk = a_hat(Role.REGISTRAR)
    head, director = a_hat(Role.SECTION_HEAD), a_hat(Role.OFFICE_DIRECTOR)
    one, other = a_petition(clerk), a_petition(clerk)
    for petition, stays in ((one, other), (other, one)):
        propose_void(
            petition.pk,
            ground=VoidGround.DOUBLE_ENTRY,
            stays_number=stays.number,
            reason="重复录入",
            by=clerk,
            now=MONDAY + timedelta(hours=1),
        )

    def decide(petition, by):
        return lambda: decide_void(petition.pk, confirm=True, by=by, now=MONDAY + timedelta(hours=2))

    with ThreadPoolExecutor(2) as pool:
        answers = [in_a_thread(pool, decide(one, head)), in_a_thread(pool, decide(other, director))]
        refused = [type(answer.exception(timeout=30)).__name__ for answer in answers]

    assert sorted(refused) == ["NoneType", "OutOfTurn"]
    assert Petition.objects.open().count() == 1
