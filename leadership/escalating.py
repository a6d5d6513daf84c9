"""What lifts a petition when nobody does: one indexed question for each rule, walked by key to its end (Q2, Q22, Q23).

The facts of a candidate are codes, days and keys. What one fact lifted by one rule, in whichever version, it lifts
once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from assignments.models import AssignmentClock, EscalationRule
from assignments.states import STANDS, LiftState, Tier, Trigger
from audit.parts import record
from cases.models import Handling, Petition, PetitionClock, RepeatDecision, ReturnRequest
from cases.states import OPEN, ClockCode, HandlingState
from deadlines.calendars import working_days_before
from infra.sweep_runs import Tally
from leadership.lifts import SYSTEM, Why, end_lift, propose, put_before, seat_in_force, tier_of
from leadership.lists import still
from leadership.models import PetitionLift
from leadership.parts import hold_open_lane
from lib.errors import Unknown

_BATCH = 200
_TWICE = 2


@dataclass(frozen=True)
class Candidate:
    """One petition, by what fact a rule would lift it, and what it went by."""

    petition_id: UUID
    fact: str
    facts: Mapping[str, Any]


# rule, now → the rows, each with `row_key` to walk by, `lifted` (petition) and what `facts` reads
Question = Callable[[EscalationRule, datetime], Any]


def escalate(*, now: datetime, tally: Tally) -> int:
    """Lift, or propose to lift, whatever a rule in force says (Trigger). Return how many were lifted or proposed.

    What cannot be lifted, because it stands as high already or went over meanwhile, does not hold up the others.
    """
    rules = EscalationRule.objects.in_force(timezone.localdate(now)).order_by("code")
    acted = 0
    for rule in rules:
        for candidate in candidates(rule, now=now):
            if why_not := _lift_one(rule.pk, candidate, now=now):
                tally.skip(why_not)
            else:
                acted += 1
    return acted


def candidates(rule: EscalationRule, *, now: datetime) -> Iterator[Candidate]:
    """Yield what a rule would lift now, in the order of the keys; nothing that it lifted before, nothing sealed."""
    question, fact_of = _QUESTIONS[Trigger(rule.trigger)]
    lifted = PetitionLift.objects.filter(petition=OuterRef("lifted"), key=OuterRef("lift_key"))
    rows = question(rule, now).annotate(
        lift_key=Concat(Value(f"{rule.code}:"), Cast("row_key", CharField()), output_field=CharField())
    )
    waiting = rows.filter(~Exists(lifted)).order_by("row_key")
    after: object = None
    while True:
        page = waiting if after is None else waiting.filter(row_key__gt=after)
        batch = list(page[:_BATCH])
        for row in batch:
            yield Candidate(row["lifted"], str(row["row_key"]), fact_of(row))
        if len(batch) < _BATCH:
            return
        after = batch[-1]["row_key"]


@transaction.atomic(durable=True)
def _lift_one(rule_id: int, candidate: Candidate, *, now: datetime) -> str:
    """Lift one candidate. Return why it was left alone, nothing if it was lifted or proposed."""
    try:
        petition = hold_open_lane(candidate.petition_id)
    except Unknown:
        return "held_or_ended"
    rule = EscalationRule.objects.get(pk=rule_id)
    key = f"{rule.code}:{candidate.fact}"
    seat = seat_in_force(rule.seat_code, on=timezone.localdate(now))
    if seat is None:
        return "nobody_named"
    if not petition.is_open:
        return "held_or_ended"
    if PetitionLift.objects.filter(petition=petition, key=key).exists():
        return "seen_to_meanwhile"
    if Tier(seat.tier).rank <= tier_of(petition).rank:
        return "as_high_already"
    # asked once more of the held petition: what it went by may be over since
    question, _fact_of = _QUESTIONS[Trigger(rule.trigger)]
    if not question(rule, now).filter(row_key=candidate.fact, lifted=petition.pk).exists():
        return "held_or_ended"
    why = Why(key=key, rule=rule, facts={"trigger": rule.trigger, **candidate.facts})
    if rule.acts:
        put_before(petition, seat, why, by=None, now=now)
    else:
        propose(petition, seat, why, now=now)
    return ""


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


def _overdue(*codes: ClockCode) -> Question:
    def question(rule: EscalationRule, now: datetime) -> Any:
        clocks = PetitionClock.objects.open().filter(
            code__in=codes, due_at__lte=now - timedelta(days=rule.days)
        )
        # the office's own periods are not lifted past itself
        led = Handling.objects.filter(petition=OuterRef("petition"), organ=OuterRef("organ"), ended_at=None)
        return (
            _open(clocks.filter(Exists(led)), "petition")
            .annotate(row_key=F("pk"), lifted=F("petition"))
            .values("row_key", "lifted", "code", "last_day", "presumed", "organ__code")
        )

    return question


def _clock_facts(row: Mapping[str, Any]) -> Mapping[str, Any]:
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
        .annotate(row_key=F("pk"), lifted=F("petition"))
        .values("row_key", "lifted", "sent_at", "organ__code")
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
        .annotate(row_key=F("pk"), lifted=F("petition"))
        .values("row_key", "lifted", "accepted_on", "organ__code")
    )


def _returned_twice(rule: EscalationRule, now: datetime) -> Any:
    """Ask for what units sent back twice with the sender's consent (Art 23(3))."""
    since = now - timedelta(days=rule.days) if rule.days else now
    returned = ReturnRequest.objects.filter(agreed=True, decided_at__lte=since)
    return (
        _open(returned, "handling__petition")
        .values(lifted=F("handling__petition"))
        .annotate(returns=Count("pk"), row_key=F("handling__petition"), last=Max("decided_at"))
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
        .annotate(row_key=F("pk"), lifted=F("petition"))
        .values("row_key", "lifted", "decided_at")
    )


def _unanswered(rule: EscalationRule, now: datetime) -> Any:
    """Ask for what a leader neither took nor gave back within his days."""
    passed = AssignmentClock.objects.open().filter(due_at__lte=now - timedelta(days=rule.days))
    lifts = PetitionLift.objects.filter(
        state=LiftState.WAITING, assignment__in=passed.values("assignment"), to_decide=False
    )
    return (
        _open(lifts, "petition")
        .annotate(row_key=F("pk"), lifted=F("petition"))
        .values("row_key", "lifted", "to_tier", "raised_at")
    )


def _item_stuck(rule: EscalationRule, now: datetime) -> Any:
    """Ask for petitions on a list to strike off on whose item nothing was done for so many days."""
    return (
        _open(still(now, rule.days), "petition")
        .annotate(row_key=F("pk"), lifted=F("petition"))
        .values("row_key", "lifted", "moved_at", "organ__code")
    )


def _since(name: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    def facts(row: Mapping[str, Any]) -> Mapping[str, Any]:
        day = row[name]
        on = timezone.localdate(day) if isinstance(day, datetime) else day
        return {"since": on.isoformat(), **({"organ": row["organ__code"]} if "organ__code" in row else {})}

    return facts


_QUESTIONS: Mapping[Trigger, tuple[Question, Callable[[Mapping[str, Any]], Mapping[str, Any]]]] = {
    Trigger.OVERDUE_ACCEPTANCE: (_overdue(ClockCode.T3, ClockCode.T11), _clock_facts),
    # the presumed one too, marked as such (Q23)
    Trigger.OVERDUE_ANSWER: (_overdue(ClockCode.T5, ClockCode.T6, ClockCode.T12), _clock_facts),
    Trigger.NOT_EXECUTED: (_overdue(ClockCode.EXECUTION), _clock_facts),
    Trigger.NOT_SIGNED: (_nobody_signed, _since("sent_at")),
    Trigger.NO_PROGRESS: (_no_progress, _since("accepted_on")),
    Trigger.RETURNED_TWICE: (_returned_twice, _since("last")),
    Trigger.REPEAT_AFTER_OVERDUE: (_again_after_overdue, _since("decided_at")),
    Trigger.ITEM_STUCK: (_item_stuck, _since("moved_at")),
    Trigger.UNANSWERED: (_unanswered, _since("raised_at")),
}
