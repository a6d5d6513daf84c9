"""Lifting an event to the next tier and down again: the pieces that deeds and the clock share.

Which tier has which seat, and what lifts by itself, are rows of `assignments`; an event goes as a petition does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ
from assignments.models import EscalationRule, Seat
from assignments.parts import ask, cancel, close, hold
from assignments.seats import About, find
from assignments.states import OWED, STANDS, Kind, LiftState, Tier
from deadlines.calendars import working_days_after
from grids.event_parts import end_period, let_in, let_out, move_to, note, start_period, tell_desk
from grids.event_states import Basis, EventState, Step
from grids.models import EventLift, GridEvent
from lib.transactions import require_transaction
from notices.models import Kind as NoticeKind

# papers and reasons are Chinese for every reader
_ACT = "请受理该网格事件，或者说明理由退回。"
_TAKEN = "已受理"


@dataclass(frozen=True, kw_only=True)
class Why:
    """By what an event is lifted: a rule with the facts it went by, or a person with his reason."""

    key: str
    rule: EscalationRule | None = None
    facts: Mapping[str, Any] | None = None
    reason: str = ""


def takes_events(seat: Seat) -> bool:
    """Test if events are lifted to a seat: up to the street; above it a matter goes on as a petition."""
    return Tier(seat.tier).rank <= Tier.TOWNSHIP.rank


def standing_lift(event: GridEvent) -> EventLift | None:
    """Return the lift under which an event stands at its tier now, held."""
    rows = EventLift.objects.select_for_update(of=("self",)).select_related("from_organ")
    return rows.filter(event=event, state__in=sorted(STANDS)).first()


def lift_to(event: GridEvent, seat: Seat, why: Why, *, by: Hat | None, now: datetime) -> EventLift:
    """Give a held event to the organ that a seat comes to, or whose post it comes to."""
    require_transaction("lift_to")
    today = timezone.localdate(now)
    found = find(seat, About(organ_paths=[event.organ.path], place_path=event.place_path), on=today)
    organ = found.asked if isinstance(found.asked, Organ) else found.asked.organ
    before = standing_lift(event)
    if before is not None:
        _end(before, LiftState.LIFTED_ON, why.reason, by=by, now=now)
    due_on = working_days_after(today, seat.answer_days)
    assignment = ask(
        Kind.EVENT,
        event.pk,
        of=organ,
        act=_ACT,
        asking_organ=event.organ,
        by=by,
        now=now,
        due_on=due_on,
    )
    lift = EventLift(
        event=event,
        key=why.key,
        rule=why.rule,
        seat=seat,
        facts=dict(why.facts or {}),
        reason=why.reason,
        from_tier=event.tier,
        to_tier=seat.tier,
        from_organ=event.organ,
        chosen=found.chosen,
        state=LiftState.WAITING,
        raised_at=now,
        raised_by=by.post if by else None,
        assignment=assignment,
    )
    lift.save(force_insert=True)
    let_in(event, organ, Basis.LIFTED, now=now)
    end_period(event, met=False, now=now)
    event.tier, event.organ = seat.tier, organ
    move_to(event, EventState.REPORTED, "tier", "organ", now=now)
    start_period(event, since=now, now=now)
    note(event, Step.LIFT, why.reason, by=by, now=now, organ=organ)
    tell_desk(event, NoticeKind.EVENT_WAITS, key=f"waits:{event.version}", now=now)
    return lift


def take_lift(event: GridEvent, *, by: Hat, now: datetime) -> None:
    """Write that an event that was lifted is taken where it was lifted to; one that was not is left alone."""
    require_transaction("take_lift")
    lift = standing_lift(event)
    if lift is None or lift.state != LiftState.WAITING:
        return
    assignment = hold(lift.assignment_id) if lift.assignment_id else None
    if assignment is not None and assignment.state in OWED:
        close(assignment, _TAKEN, by=by, now=now)
    lift.state, lift.decided_at, lift.decided_by = LiftState.ACCEPTED, now, by.post
    lift.save(update_fields=["state", "decided_at", "decided_by"])


def give_back(event: GridEvent, lift: EventLift, reason: str, *, by: Hat, now: datetime) -> None:
    """Give a lifted event back to the tier it came from."""
    require_transaction("give_back")
    _end(lift, LiftState.RETURNED, reason, by=by, now=now)
    event.tier, event.organ = lift.from_tier, lift.from_organ
    event.save(update_fields=["tier", "organ"])


def _end(lift: EventLift, state: LiftState, decision: str, *, by: Hat | None, now: datetime) -> None:
    assignment = hold(lift.assignment_id) if lift.assignment_id else None
    if assignment is not None and assignment.state in OWED:
        cancel(assignment, decision, by=by, now=now)
    lift.state, lift.decision, lift.ended_at = state, decision or state.value, now
    lift.decided_at, lift.decided_by = now, by.post if by else None
    lift.save(update_fields=["state", "decision", "ended_at", "decided_at", "decided_by"])
    let_out(lift.event, Basis.LIFTED, now=now)
