"""What the clock brings: periods of events ring and pass, what the rules lift is lifted, rounds begin or are missed,
notes expire.

Safe to run twice, or in two places at once.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assignments.models import AssignmentClock, EscalationRule
from assignments.parts import DayCome, hold_assignments, tell_of_their_days
from assignments.seats import seat_in_force
from assignments.states import Kind as Asked
from assignments.states import Tier, Trigger
from deadlines.parts import ring_all
from grids.event_parts import asked_on, lock_event, tell_desk
from grids.event_states import EventState
from grids.gathering_parts import enter_due
from grids.lifts import Why, lift_to, takes_events
from grids.models import DiaryNote, EventClock, EventLift, GatheringSeries, HouseholdCard, Round, RoundPlan
from grids.round_parts import call_tiers, open_due
from infra.sweep_runs import Tally
from notices.models import Kind

_BATCH = 100
_LIFTED_FROM = (EventState.REPORTED, EventState.ACCEPTED, EventState.HANDLING)


def ring_periods(*, now: datetime) -> int:
    """Tell of periods of events that come to their end or have passed. Return how many."""
    rung = 0
    while keys := list(EventClock.objects.due(now).values_list("event", flat=True)[:_BATCH]):
        rung += _ring(keys, now=now)
    return rung


@transaction.atomic(durable=True)
def _ring(keys: Collection[UUID], *, now: datetime) -> int:
    rung = 0
    for key in sorted(set(keys)):
        event = lock_event(key)
        clocks = list(EventClock.objects.due(now).select_for_update(of=("self",)).filter(event=event))
        for clock in clocks:
            passed = clock.due_at is not None and clock.due_at <= now
            kind = Kind.EVENT_LATE if passed else Kind.EVENT_DUE
            tell_desk(event, kind, key=f"due:{clock.pk}:{kind.value}", now=now)
        ring_all(clocks, now=now)
        rung += len(clocks)
    return rung


def remind_units(*, now: datetime) -> int:
    """Tell units of what was asked about events and comes to its day or has passed. Return how many."""
    told = 0
    due = AssignmentClock.objects.due(now).filter(assignment__kind=Asked.EVENT)
    while keys := list(due.values_list("assignment", flat=True)[:_BATCH]):
        told += _remind(keys, now=now)
    return told


@transaction.atomic(durable=True)
def _remind(keys: Collection[UUID], *, now: datetime) -> int:
    """Tell of one batch, in a fixed number of statements. Return of how many."""
    due = AssignmentClock.objects.due(now).filter(assignment__in=keys)
    held = hold_assignments(due).select_for_update(of=("self",))
    clocks = list(held.select_related("assignment__organ", "assignment__post", "assignment__asking_organ"))
    come = []
    for clock in clocks:
        passed = clock.due_at is not None and clock.due_at <= now
        if clock.assignment.is_owed and (passed or clock.urge_at <= now):
            clock.assignment.clock = clock
            come.append(DayCome(clock.assignment, passed))
    tell_of_their_days(come, now=now)
    ring_all(clocks, now=now)
    return len(come)


def lift_overdue(*, now: datetime, tally: Tally) -> int:
    """Lift what the rules in force lift at once: events whose period passed so many days ago. Return how many.

    While a unit owes its answer the event stays; a rule that only proposes lifts no event.
    """
    today = timezone.localdate(now)
    rules = EscalationRule.objects.in_force(today).filter(trigger=Trigger.EVENT_OVERDUE, acts=True)
    lifted = 0
    for rule in rules.order_by("code"):
        passed = EventClock.objects.open().filter(
            due_at__lte=now - timedelta(days=rule.days), event__state__in=_LIFTED_FROM
        )
        for clock_id, key in list(passed.order_by("due_at", "pk").values_list("pk", "event")):
            if _lift(rule, clock_id, key, now=now):
                lifted += 1
            else:
                tally.skip("stands_as_high_or_is_asked")
    return lifted


@transaction.atomic(durable=True)
def _lift(rule: EscalationRule, clock_id: int, event_id: UUID, *, now: datetime) -> bool:
    event = lock_event(event_id)
    seat = seat_in_force(rule.seat_code, on=timezone.localdate(now))
    key = f"{rule.code}:{clock_id}"
    ended = not EventClock.objects.open().filter(pk=clock_id).exists()
    asked = asked_on(event).filter(ended_at=None).exists()
    known = EventLift.objects.filter(event=event, key=key).exists()
    if (
        seat is None
        or not takes_events(seat)
        or ended
        or asked
        or known
        or Tier(seat.tier).rank <= Tier(event.tier).rank
    ):
        return False
    lift_to(event, seat, Why(key=key, rule=rule, facts={"trigger": rule.trigger}), by=None, now=now)
    return True


def open_rounds(*, now: datetime) -> int:
    """Open the rounds of every standing plan that have begun. Return how many."""
    opened = 0
    running = RoundPlan.objects.standing().filter(from_on__lte=timezone.localdate(now))
    for key in list(running.order_by("pk").values_list("pk", flat=True)):
        opened += _open_rounds(key, now=now)
    return opened


@transaction.atomic(durable=True)
def _open_rounds(plan_id: UUID, *, now: datetime) -> int:
    rows = RoundPlan.objects.standing().select_for_update(of=("self",), no_key=True)
    plan = rows.select_related("organ__place").filter(pk=plan_id).first()
    return open_due(plan, now=now) if plan is not None else 0


def tell_of_missed_rounds(*, now: datetime) -> int:
    """Tell who keeps a grid, and the tier that planned it, of each round that nobody reported in its days, once."""
    told = 0
    today = timezone.localdate(now)
    while batch := _tell_of_missed(today, now=now):
        told += batch
    return told


@transaction.atomic(durable=True)
def _tell_of_missed(today: date, *, now: datetime) -> int:
    missed = Round.objects.missed(today).filter(missed_at=None).order_by("pk")
    rows = list(
        missed.select_for_update(of=("self",), skip_locked=True).select_related("plan", "grid")[:_BATCH]
    )
    for row in rows:
        call_tiers(row, now=now)
    Round.objects.filter(pk__in=[row.pk for row in rows]).update(missed_at=now)
    return len(rows)


def enter_gatherings(*, now: datetime) -> int:
    """Put the days of gatherings that repeat into the calendar; of a closed grid none. Return how many."""
    running = GatheringSeries.objects.standing().filter(grid__ended_at=None)
    keys = list(running.order_by("pk").values_list("pk", flat=True))
    return sum(_enter_gatherings(key, now=now) for key in keys)


@transaction.atomic(durable=True)
def _enter_gatherings(series_id: UUID, *, now: datetime) -> int:
    rows = GatheringSeries.objects.standing().select_for_update(of=("self",), no_key=True)
    series = rows.select_related("organ", "grid", "entered_by").filter(pk=series_id).first()
    return enter_due(series, now=now) if series is not None else 0


def remove_expired_notes(*, now: datetime) -> int:
    """Remove notes of the diary and what households gave, once their day is over. Return how many."""
    today = timezone.localdate(now)
    notes, _by_table = DiaryNote.objects.filter(expires_on__lt=today).delete()
    cards, _by_table = HouseholdCard.objects.filter(expires_on__lt=today).delete()
    return notes + cards
