"""What lifts a petition when nobody does: one indexed question for each rule, walked by key to its end (Q2, Q22, Q23).

The facts of a candidate are codes, days and keys. What one fact lifted by one rule, in whichever version, it lifts
once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from assignments.models import AssignmentClock, EscalationRule, Seat
from assignments.seats import seats_in_force
from assignments.states import STANDS, LiftState, Tier, Trigger
from audit.parts import record
from cases.models import Handling, Petition, PetitionClock, RepeatDecision, ReturnRequest
from cases.states import OPEN, ClockCode, HandlingState
from deadlines.calendars import working_days_before
from infra.sweep_runs import Tally
from leadership.lifts import SYSTEM, Why, end_lift, propose_all, put_before, tier_of
from leadership.lists import still
from leadership.matters import Matters
from leadership.models import LiftAddressee, PetitionLift

_BATCH = 200
_TWICE = 2


# rule, now → the rows, each with `row_at` and `row_key` to walk by, `lifted` (petition) and what `facts` reads
Question = Callable[[EscalationRule, datetime], Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """By what a rule lifts: the question that finds it, along an index, and what the lift keeps of an answer."""

    question: Question
    facts_of: Callable[[Row], Mapping[str, Any]]


def escalate(*, now: datetime, tally: Tally) -> int:
    """Lift, or propose to lift, whatever a rule in force says (Trigger). Return how many were lifted or proposed.

    What cannot be lifted, because it stands as high already or went over meanwhile, does not hold up the others.
    """
    return sum(
        _lift(rule, seat, fact, batch, tally, now=now)
        for rule, seat in _rules(now)
        for fact in _FACTS[Trigger(rule.trigger)]
        for batch in _batches(rule, seat, fact, now=now)
    )


def due_by(*, now: datetime) -> Iterator[tuple[str, int]]:
    """Yield each rule in force, in words, and how many facts it would go by at a moment."""
    for rule, seat in _rules(now):
        facts = _FACTS[Trigger(rule.trigger)]
        words = f"{rule.get_trigger_display()} ({rule.version})"
        yield words, sum(_to_lift(rule, seat, fact, now=now).count() for fact in facts)


def _rules(now: datetime) -> Iterator[tuple[EscalationRule, Seat | None]]:
    """Yield the rules in force, each with the seat it lifts to, if one is named."""
    day = timezone.localdate(now)
    seats = seats_in_force(on=day)
    for rule in EscalationRule.objects.in_force(day).order_by("code"):
        yield rule, seats.get(rule.seat_code)


def _batches(
    rule: EscalationRule, seat: Seat | None, fact: Fact, *, now: datetime
) -> Iterator[Sequence[Row]]:
    """Yield what a rule would lift now, along the question's index; nothing that it lifted before, nothing sealed."""
    waiting = _to_lift(rule, seat, fact, now=now).order_by("row_at", "row_key")
    batch = list(waiting[:_BATCH])
    while batch:
        yield batch
        at, key = batch[-1]["row_at"], batch[-1]["row_key"]
        later = Q(row_at__gt=at) | Q(row_key__gt=key)
        batch = list(waiting.filter(later, row_at__gte=at)[:_BATCH]) if len(batch) == _BATCH else []


def _to_lift(rule: EscalationRule, seat: Seat | None, fact: Fact, *, now: datetime) -> Any:
    """Ask a question, but for what the rule lifted before, and what was lifted as high and still stands there."""
    done = Q(key=OuterRef("lift_key"))
    if seat is not None:
        as_high = [tier for tier in Tier if tier.rank >= Tier(seat.tier).rank]
        done |= Q(state__in=sorted(STANDS), to_tier__in=as_high)
    lifted = PetitionLift.objects.filter(done, petition=OuterRef("lifted"))
    key = Concat(Value(f"{rule.code}:"), Cast("row_key", CharField()), output_field=CharField())
    # as a value, too: most of what is over was lifted long ago, and need not be looked at any further
    rows = fact.question(rule, now).annotate(lift_key=key)
    return rows.alias(done=Subquery(lifted.values("pk")[:1])).filter(done=None)


@transaction.atomic(durable=True)
def _lift(
    rule: EscalationRule, seat: Seat | None, fact: Fact, batch: Sequence[Row], tally: Tally, *, now: datetime
) -> int:
    """Lift one batch, or propose to. Return how many were."""
    if seat is None:
        tally.skip("nobody_named", len(batch))
        return 0
    matters = Matters([row["lifted"] for row in batch], now=now)
    # asked once more of the held petitions: what it went by may be over since
    standing = list(_to_lift(rule, seat, fact, now=now).filter(row_key__in=[row["row_key"] for row in batch]))
    tally.skip("held_or_ended", len(batch) - len(standing))
    lifted: list[tuple[Petition, Why]] = []
    for row in standing:
        petition = matters.find(row["lifted"])
        if petition is None:
            tally.skip("held_or_ended")
        elif Tier(seat.tier).rank <= matters.tier_of(petition).rank:
            tally.skip("as_high_already")
        else:
            facts = {"trigger": rule.trigger, **fact.facts_of(row)}
            lifted.append((petition, Why(key=row["lift_key"], rule=rule, facts=facts)))
    if not rule.acts:
        propose_all(lifted, seat, matters, now=now)
        return len(lifted)
    return sum(_put_one_before(petition, seat, why, tally, now=now) for petition, why in lifted)


def _put_one_before(petition: Petition, seat: Seat, why: Why, tally: Tally, *, now: datetime) -> bool:
    """Put a petition before a seat, unless another fact of the same batch took it as high."""
    if Tier(seat.tier).rank <= tier_of(petition).rank:
        tally.skip("as_high_already")
        return False
    put_before(petition, seat, why, by=None, now=now)
    return True


def close_lifts(*, now: datetime, tally: Tally) -> int:
    """End the lifts of petitions that are over, or were sealed (Q2). Return how many."""
    standing = PetitionLift.objects.filter(state__in=sorted({*STANDS, LiftState.PROPOSED}))
    over = standing.exclude(petition__sealed=False, petition__routing__in=sorted(OPEN))
    keys = list(over.order_by("pk").values_list("pk", "petition"))
    closed = 0
    for lift_id, petition_id in keys:
        if _close_one(lift_id, petition_id, now=now):
            closed += 1
        else:
            tally.skip("seen_to_meanwhile")
    return closed


@transaction.atomic(durable=True)
def _close_one(lift_id: UUID, petition_id: UUID, *, now: datetime) -> bool:
    petition = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition_id)
    lift = PetitionLift.objects.select_for_update(of=("self",)).get(pk=lift_id)
    open_still = petition.is_open and not petition.sealed
    if open_still or lift.state not in {*STANDS, LiftState.PROPOSED}:
        return False
    lift.petition = petition
    end_lift(lift, LiftState.OVER, "", by=None, now=now)
    record("petition.end_lift", petition, by=SYSTEM, at=now)
    return True


def _open(rows: Any, petition: str) -> Any:
    """Keep rows of petitions that are open and in the open lane (Q2)."""
    return rows.filter(
        **{f"{petition}__sealed": False, f"{petition}__routing__in": sorted(OPEN)},
    )


def _overdue(code: ClockCode) -> Fact:
    def question(rule: EscalationRule, now: datetime) -> Any:
        clocks = PetitionClock.objects.open().filter(code=code, due_at__lte=now - timedelta(days=rule.days))
        # The office's own periods are not lifted past itself. As a value, and not as a condition, it is asked of the
        # few clocks that are over; as a condition the planner walks every handling there is.
        led = Handling.objects.filter(petition=OuterRef("petition"), organ=OuterRef("organ"), ended_at=None)
        ours = clocks.alias(led=Subquery(led.values("pk")[:1])).filter(led__isnull=False)
        return (
            _open(ours, "petition")
            .annotate(row_at=F("due_at"), row_key=F("pk"), lifted=F("petition"))
            .values("row_at", "row_key", "lifted", "code", "last_day", "presumed", "organ__code")
        )

    return Fact(question, _clock_facts)


def _clock_facts(row: Row) -> Mapping[str, Any]:
    return {
        "clock": row["code"],
        "due_on_missed": row["last_day"] and row["last_day"].isoformat(),
        "presumed": row["presumed"],
        "organ": row["organ__code"],
    }


def _nobody_signed(rule: EscalationRule, now: datetime) -> Any:
    """Ask for what nobody signed for within so many working days, deemed received meanwhile (Q22)."""
    day = working_days_before(timezone.localdate(now), rule.days)
    handlings = Handling.objects.filter(
        state=HandlingState.UNDER_REVIEW,
        deemed_received=True,
        ended_at=None,
        sent_at__lt=timezone.make_aware(datetime.combine(day, time.min)),
    )
    return (
        _open(handlings, "petition")
        .annotate(row_at=F("sent_at"), row_key=F("pk"), lifted=F("petition"))
        .values("row_at", "row_key", "lifted", "organ__code")
    )


def _no_progress(rule: EscalationRule, now: datetime) -> Any:
    """Ask for what was accepted so many days ago and of which nothing was noted since; no look and no save counts."""
    handlings = Handling.objects.filter(
        state=HandlingState.INVESTIGATING,
        ended_at=None,
        quiet_since_at__lte=now - timedelta(days=rule.days),
    )
    return (
        _open(handlings, "petition")
        .annotate(row_at=F("quiet_since_at"), row_key=F("pk"), lifted=F("petition"))
        .values("row_at", "row_key", "lifted", "accepted_on", "organ__code")
    )


def _returned_twice(rule: EscalationRule, now: datetime) -> Any:
    """Ask for what units sent back twice with the sender's consent (Art 23(3))."""
    since = now - timedelta(days=rule.days) if rule.days else now
    returned = ReturnRequest.objects.filter(agreed=True, decided_at__lte=since)
    return (
        _open(returned, "handling__petition")
        .values(lifted=F("handling__petition"))
        .annotate(returns=Count("pk"), row_key=F("handling__petition"), row_at=Max("decided_at"))
        .filter(returns__gte=_TWICE)
    )


def _again_after_overdue(rule: EscalationRule, now: datetime) -> Any:
    """Ask for what was raised again where the first time passed a period of the law (data-standard §6)."""
    late = PetitionClock.objects.filter(
        petition=OuterRef("earlier"), code__in=[ClockCode.T3, ClockCode.T5, ClockCode.EXECUTION]
    ).filter(Q(breached_at__isnull=False) | Q(met_at=None, cancelled_at=None, due_at__lte=now))
    repeats = RepeatDecision.objects.repeats().filter(
        Exists(late), decided_at__lte=now - timedelta(days=rule.days)
    )
    return (
        _open(repeats, "petition")
        .annotate(row_at=F("decided_at"), row_key=F("pk"), lifted=F("petition"))
        .values("row_at", "row_key", "lifted")
    )


def _unanswered(rule: EscalationRule, now: datetime) -> Any:
    """Ask for what none of those it is put before took, and one did not give back either within his days."""
    passed = AssignmentClock.objects.open().filter(due_at__lte=now - timedelta(days=rule.days))
    silent = LiftAddressee.objects.filter(state=LiftState.WAITING, assignment__in=passed.values("assignment"))
    lifts = PetitionLift.objects.filter(
        state=LiftState.WAITING, pk__in=silent.values("lift"), to_decide=False
    )
    return (
        _open(lifts, "petition")
        .annotate(row_at=F("raised_at"), row_key=F("pk"), lifted=F("petition"))
        .values("row_at", "row_key", "lifted")
    )


def _item_stuck(rule: EscalationRule, now: datetime) -> Any:
    """Ask for petitions on a list to strike off on whose item nothing was done for so many days."""
    return (
        _open(still(now, rule.days), "petition")
        .annotate(row_at=F("moved_at"), row_key=F("pk"), lifted=F("petition"))
        .values("row_at", "row_key", "lifted", "organ__code")
    )


def _since(name: str) -> Callable[[Row], Mapping[str, Any]]:
    def facts(row: Row) -> Mapping[str, Any]:
        day = row[name]
        on = timezone.localdate(day) if isinstance(day, datetime) else day
        return {"since": on.isoformat(), **({"organ": row["organ__code"]} if "organ__code" in row else {})}

    return facts


_FACTS: Mapping[Trigger, Sequence[Fact]] = {
    Trigger.OVERDUE_ACCEPTANCE: [_overdue(ClockCode.T3), _overdue(ClockCode.T11)],
    # the presumed one too, marked as such (Q23)
    Trigger.OVERDUE_ANSWER: [_overdue(code) for code in (ClockCode.T5, ClockCode.T6, ClockCode.T12)],
    Trigger.NOT_EXECUTED: [_overdue(ClockCode.EXECUTION)],
    Trigger.NOT_SIGNED: [Fact(_nobody_signed, _since("row_at"))],
    Trigger.NO_PROGRESS: [Fact(_no_progress, _since("accepted_on"))],
    Trigger.RETURNED_TWICE: [Fact(_returned_twice, _since("row_at"))],
    Trigger.REPEAT_AFTER_OVERDUE: [Fact(_again_after_overdue, _since("row_at"))],
    Trigger.ITEM_STUCK: [Fact(_item_stuck, _since("row_at"))],
    Trigger.UNANSWERED: [Fact(_unanswered, _since("row_at"))],
    # no petition's; the room of grids lifts events
    Trigger.EVENT_OVERDUE: [],
}
