"""What a phone carries for a day: grids, types, open events, rounds that wait, the diary, what waits for a human."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.hats import Hat
from grids.event_states import STATE_ALONE, EventState, Step
from grids.models import DiaryNote, EventMove, EventType, GridEvent, Round, grids_of
from grids.models.ground import DiaryNoteQuerySet
from grids.models.rounds import RoundQuerySet
from grids.workflow import Seat, may_take
from mobile.models import Conflict
from mobile.states import STEP_OF, Kind

MOST_EVENTS, MOST_ROUNDS, MOST_NOTES = 50, 30, 20
_GROUND = frozenset({Seat.GROUND})


def day_of(hat: Hat, *, now: datetime) -> dict[str, Any]:
    """Return what this hat's phone carries, in a fixed number of queries; the most urgent events if there are more.

    Of what became a petition its number and state alone; how a resident may be reached is never among it.
    """
    events = _events(hat)
    return {
        "grids": [
            {"id": str(grid.pk), "name": grid.name}
            for grid in grids_of(hat.post).filter(ended_at=None).order_by("path")
        ],
        "types": [
            {"id": kind.pk, "parent": kind.parent_id, "name": kind.name, "ledger": kind.ledger}
            for kind in EventType.objects.filter(ended_at=None).order_by("ledger", "code")
        ],
        "events": [_event(event) for event in events[:MOST_EVENTS]],
        "more": len(events) > MOST_EVENTS,
        "rounds": [_round(row) for row in _rounds(hat, now)],
        "notes": [_note(row) for row in _notes(hat, now)],
        "conflicts": [
            {"id": conflict.pk, "event": str(conflict.event.pk)}
            for conflict in Conflict.objects.visible_to(hat)
            .open()
            .select_related("receipt__event")
            .order_by("pk")
        ],
    }


def _events(hat: Hat) -> list[GridEvent]:
    did_it = EventMove.objects.filter(
        event=OuterRef("pk"), person=hat.user, step__in=[Step.SETTLE, Step.FEED_BACK]
    )
    rows = (
        GridEvent.objects.visible_to(hat)
        .filter(Q(ended_at=None))
        .select_related("grid", "type", "organ", "location")
    )
    rows = rows.annotate(did_it=Exists(did_it)).order_by("next_due_at", "received_at", "pk")
    return list(rows[: MOST_EVENTS + 1])


def _event(event: Any) -> dict[str, Any]:
    state = EventState(event.state)
    facts = {
        "id": str(event.pk),
        "number": event.number,
        "version": event.version,
        "state": state.value,
        "state_words": str(state.label),
        "grid": event.grid.name,
        "due_at": event.next_due_at,
        "steps": [kind.value for kind in STEP_OF if _offers(kind, event)],
    }
    if state in STATE_ALONE:
        return facts
    return {
        **facts,
        "title": event.title,
        "text": event.text,
        "spot": event.spot,
        "location": _location(event),
        "type": event.type.name,
        "ledger": event.type.ledger,
        "organ": event.organ.short_name,
        "is_dangerous": event.is_dangerous,
        "observed_at": event.observed_at,
    }


def _location(event: Any) -> dict[str, str] | None:
    place = getattr(event, "location", None)
    return place and {"north": str(place.north), "east": str(place.east), "metres": str(place.metres)}


def _rounds(hat: Hat, now: datetime) -> RoundQuerySet:
    """Return the rounds that wait and have begun, those whose days end first before the others."""
    rows = Round.objects.visible_to(hat).waiting().filter(first_on__lte=timezone.localdate(now))
    counted = rows.select_related("plan", "grid").annotate(found=Count("finds"))
    return counted.order_by("last_on", "grid__path", "pk")[:MOST_ROUNDS]


def _round(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "name": row.plan.name,
        "grid": str(row.grid_id),
        "grid_name": row.grid.name,
        "first_on": row.first_on,
        "last_on": row.last_on,
        "checklist": row.plan.checklist,
        "found": row.found,
    }


def _notes(hat: Hat, now: datetime) -> DiaryNoteQuerySet:
    rows = DiaryNote.objects.visible_to(hat).filter(expires_on__gte=timezone.localdate(now))
    return rows.select_related("grid").order_by("-written_at", "-pk")[:MOST_NOTES]


def _note(row: DiaryNote) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "grid_name": row.grid.name,
        "about": str(row.get_about_display()),
        "subject": row.subject,
        "text": row.text,
        "written_at": row.written_at,
    }


def _offers(kind: Kind, event: Any) -> bool:
    """Test if the phone offers a step; who did the work does not verify it (Q28)."""
    return may_take(STEP_OF[kind], _GROUND, EventState(event.state)) and not (
        kind is Kind.VERIFY and event.did_it
    )
