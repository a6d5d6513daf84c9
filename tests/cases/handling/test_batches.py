"""What sweeps do to many petitions in one transaction: the same as to one, and for as many statements."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from audit.models import Entry
from cases import sweeps
from cases.checks import CHECKS
from cases.models import Involvement, PetitionClock
from cases.states import ClockCode, Receipt, RouteKind
from infra.sweep_runs import Tally
from notices.models import Kind, Notice
from tests.cases.handling import given
from tests.cases.handling.given import Case, a_unit, at
from tests.given import a_hat

pytestmark = pytest.mark.django_db
Sweep = Callable[..., int]
# of five sendings, the sweep comes upon each by this morning
_DUE: dict[Sweep, tuple[Callable[[], Case], datetime]] = {
    sweeps.deem_received: (lambda: given.routed(given.registered(now=at(3, 9)), now=at(3, 9)), at(3, 11)),
    sweeps.lapse_objections: (lambda: _received(), at(3, 18)),
    sweeps.presume_handling: (lambda: _received(), at(3, 26)),
    sweeps.put_objections_before_heads: (lambda: given.objected(_received(), now=at(3, 12)), at(3, 17)),
}


def _received() -> Case:
    return given.received(given.routed(given.registered(now=at(3, 9)), now=at(3, 9)), now=at(3, 10))


def _swept(sweep: Sweep, now: datetime) -> tuple[int, int]:
    """Return how many it acted on, and in how many statements."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        acted = sweep(now=now, tally=Tally())
    return acted, len(asked)


@pytest.mark.parametrize("sweep", _DUE, ids=lambda sweep: sweep.__name__)
def test_five_take_as_many_statements_as_one_and_leave_a_world_without_fault(sweep):
    due, now = _DUE[sweep]
    a_hat(Role.SECTION_HEAD)
    due()
    alone = _swept(sweep, now)
    for _number in range(5):
        due()

    together = _swept(sweep, now)
    again = _swept(sweep, now)

    assert (alone[0], together[0], again[0]) == (1, 5, 0)
    assert together[1] == alone[1]
    assert [fault for check in CHECKS.values() for fault in check(now)] == []


@pytest.mark.parametrize("sweep", _DUE, ids=lambda sweep: sweep.__name__)
def test_what_does_not_fit_into_one_batch_comes_in_the_next(sweep, monkeypatch):
    monkeypatch.setattr(sweeps, "_AT_ONCE", 2)
    due, now = _DUE[sweep]
    a_hat(Role.SECTION_HEAD)
    for _number in range(5):
        due()

    assert sweep(now=now) == 5
    assert sweep(now=now) == 0


def test_q22_two_units_of_one_petition_are_deemed_to_have_received_in_one_batch_each_with_its_own_entry():
    case = given.registered(claims=("办证", "退款"), now=at(3, 9))
    other = Case(case.petition, case.office, a_unit("RS"))
    case = given.routed(case, claims=[1], kind=RouteKind.ASSIGN, report_due_on=at(3, 10).date(), now=at(3, 9))
    other = given.routed(other, claims=[2], now=at(3, 9))
    version = case.now.version

    acted = sweeps.deem_received(now=at(3, 12))

    entries = Entry.objects.filter(verb="petition.deem_received").order_by("seq")
    assert acted == 2
    assert [entry.facts for entry in entries] == [
        {"organ": code, "at": "2026-03-10T23:59:59+08:00"} for code in ("ZJ", "RS")
    ]
    assert {one.handling.receipt for one in (case, other)} == {Receipt.RECEIVED}
    assert case.now.version == version + 1
    assert case.clock(ClockCode.T6).last_day == at(3, 10).date()
    assert not PetitionClock.objects.filter(organ=other.unit.organ, code=ClockCode.T6).exists()


def test_the_nearest_day_stands_on_the_petition_and_on_every_part_in_it():
    case = given.routed(given.registered(now=at(3, 9)), now=at(3, 9))

    sweeps.deem_received(now=at(3, 11))

    due_at = case.clock(ClockCode.T3).due_at
    parts: Any = Involvement.objects.filter(petition=case.pk, ended_at=None).values_list(
        "next_due_at", flat=True
    )
    assert case.now.next_due_at == due_at
    assert set(parts) == {due_at}


def test_the_call_to_sign_is_taken_back_from_who_read_it_too_and_no_other_petitions():
    case = given.routed(given.registered(now=at(3, 9)), now=at(3, 9))
    later = given.routed(given.registered(now=at(3, 9)), now=at(3, 10))
    Notice.objects.filter(kind=Kind.SENT_TO_YOU, subject_id=str(case.pk)).update(read_at=at(3, 9, 12))

    sweeps.deem_received(now=at(3, 11))

    standing = Notice.objects.standing().filter(kind=Kind.SENT_TO_YOU)
    assert set(standing.values_list("subject_id", flat=True)) == {str(later.pk)}
