"""What a tier cannot settle goes to the next one, by hand or by a rule that is data (seeds-map 73)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from assignments.actions import RuleFacts, SeatFacts, enter_escalation, enter_seat
from assignments.models import Assignment
from assignments.states import LiftState, State, Tier, Trigger
from grids.actions import handling
from grids.actions.lifting import lift_event
from grids.event_states import ClockCode, EventState
from grids.models import EventClock, EventLift, GridEvent
from grids.sweeps import lift_overdue, remind_units, ring_periods
from infra.sweep_runs import Tally
from lib.errors import NotAllowed, OutOfTurn
from notices.models import Kind, Notice
from tests.given import MONDAY, a_hat, an_organ
from tests.grids.given import a_clerk, a_grid, a_worker, an_event, the_street

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
TODAY = timezone.localdate(MONDAY)
WEEK = timedelta(days=7)


def a_seat(tier: Tier = Tier.TOWNSHIP, code: str = "jiedao") -> None:
    street = the_street()
    facts = SeatFacts(tier=tier, organ_id=street.pk, fallback_id=street.pk, answer_days=2, by_place=True)
    enter_seat(code, facts, valid_from=TODAY, by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=MONDAY)


@pytest.fixture
def accepted():
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    event = an_event(grid, a_worker(grid, by=clerk))
    handling.accept_event(event.pk, version=1, by=clerk, now=MONDAY)
    return GridEvent.objects.get(), clerk


def test_an_event_is_lifted_to_the_street_of_its_place_and_taken_there(accepted):
    event, clerk = accepted
    with pytest.raises(OutOfTurn):
        lift_event(event.pk, reason="超出社区能力", version=2, by=clerk, now=MONDAY)
    a_seat()
    street = a_clerk(the_street())
    with pytest.raises(NotAllowed):
        lift_event(event.pk, reason="代报", version=2, by=street, now=MONDAY)
    assert not EventLift.objects.exists()

    lift_event(event.pk, reason="超出社区能力", version=2, by=clerk, now=MONDAY)
    event.refresh_from_db()
    lift = EventLift.objects.get()
    assert (event.organ, event.tier, event.state) == (the_street(), Tier.TOWNSHIP, EventState.REPORTED)
    assert (lift.state, lift.assignment.organ) == (LiftState.WAITING, the_street())
    assert EventClock.objects.open().get().code == ClockCode.TOWNSHIP
    with pytest.raises(NotAllowed):
        handling.accept_event(event.pk, version=event.version, by=clerk, now=MONDAY)

    handling.accept_event(event.pk, version=event.version, by=street, now=MONDAY)
    lift.refresh_from_db()
    assert lift.state == LiftState.ACCEPTED
    assert Assignment.objects.get().state == State.VERIFIED


def test_above_the_street_nobody_is_given_an_event(accepted):
    event, clerk = accepted
    a_seat(Tier.DISTRICT_LEADER, "fenguan")
    with pytest.raises(OutOfTurn):
        lift_event(event.pk, reason="直接上报", version=2, by=clerk, now=MONDAY)
    rule = RuleFacts(trigger=Trigger.EVENT_OVERDUE, days=0, seat_code="fenguan", acts=True)
    enter_escalation("events", rule, valid_from=TODAY, by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=MONDAY)
    assert lift_overdue(now=MONDAY + WEEK, tally=Tally()) == 0
    assert not EventLift.objects.exists()


def test_the_street_gives_it_back_with_its_reason(accepted):
    event, clerk = accepted
    a_seat()
    lift_event(event.pk, reason="超出社区能力", version=2, by=clerk, now=MONDAY)
    event.refresh_from_db()
    street = a_clerk(the_street())
    handling.return_event(event.pk, reason="社区可自行解决", version=event.version, by=street, now=MONDAY)

    event.refresh_from_db()
    assert (event.organ, event.tier, event.state) == (clerk.organ, Tier.COMMUNITY, EventState.ACCEPTED)
    assert EventLift.objects.get().state == LiftState.RETURNED
    assert EventClock.objects.open().get().code == ClockCode.COMMUNITY


def test_what_is_overdue_is_told_of_and_lifted_once_by_its_rule(accepted):
    event, _clerk = accepted
    a_seat()
    rule = RuleFacts(trigger=Trigger.EVENT_OVERDUE, days=1, seat_code="jiedao", acts=True)
    enter_escalation("events", rule, valid_from=TODAY, by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=MONDAY)
    assert lift_overdue(now=MONDAY, tally=Tally()) == 0

    assert ring_periods(now=MONDAY + WEEK) == 1
    assert ring_periods(now=MONDAY + WEEK) == 0
    assert Notice.objects.filter(kind=Kind.EVENT_LATE).exists()
    assert EventClock.objects.get().breached_at is not None
    assert lift_overdue(now=MONDAY + WEEK, tally=Tally()) == 1
    assert lift_overdue(now=MONDAY + WEEK, tally=Tally()) == 0
    lift = EventLift.objects.get()
    assert (lift.rule.code, lift.to_tier, lift.raised_by) == ("events", Tier.TOWNSHIP, None)
    event.refresh_from_db()
    assert event.organ == the_street()


def test_while_a_unit_owes_its_answer_the_event_stays_and_the_unit_is_reminded(accepted):
    event, clerk = accepted
    a_seat()
    rule = RuleFacts(trigger=Trigger.EVENT_OVERDUE, days=0, seat_code="jiedao", acts=True)
    enter_escalation("events", rule, valid_from=TODAY, by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=MONDAY)
    unit = a_hat(Role.CASE_OFFICER, organ=an_organ("CG"))
    handling.ask_unit(
        event.pk, organ_id=unit.organ.pk, act="清运", due_on=TODAY, version=2, by=clerk, now=MONDAY
    )
    with pytest.raises(OutOfTurn):
        lift_event(event.pk, reason="等不及", version=3, by=clerk, now=MONDAY)

    assert lift_overdue(now=MONDAY + WEEK, tally=Tally()) == 0
    assert remind_units(now=MONDAY + WEEK) == 1
    assert remind_units(now=MONDAY + WEEK) == 0
    assert Notice.objects.filter(kind=Kind.ASKED_LATE, post=unit.post).exists()
    assert not EventLift.objects.exists()
