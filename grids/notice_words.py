"""What a notice about an event or a round says, worked out when it is read."""

from collections.abc import Collection, Mapping
from datetime import datetime

from accounts.hats import Hat
from deadlines.arithmetic import midnight_after
from deadlines.lamps import lamp_of
from grids.event_pages import shows_words
from grids.models import GridEvent, Round
from notices.matters import Matter


def events_of(event_ids: Collection[str], hat: Hat, now: datetime) -> Mapping[str, Matter]:
    """Return number, title and nearest day of the events this hat knows of; nothing of others (Q6)."""
    if not event_ids:
        return {}
    rows = GridEvent.objects.visible_to(hat).filter(pk__in=list(event_ids))
    return {
        str(event.pk): Matter(
            event.number,
            event.title if shows_words(hat, event) else "",
            lamp_of(event.next_due_at, None, now, done=not event.is_open),
        )
        for event in rows
    }


def still_owed(keys: Collection[str]) -> Collection[str]:
    """Return the keys of notices about events on which something is still to be done."""
    of_event = {key: key.split(":")[1] for key in keys if key.startswith("event:")}
    open_now = GridEvent.objects.open().filter(pk__in=set(of_event.values()))
    known = {str(pk) for pk in open_now.values_list("pk", flat=True)}
    return [key for key, event in of_event.items() if event in known]


def rounds_of(round_ids: Collection[str], hat: Hat, now: datetime) -> Mapping[str, Matter]:
    """Return grid, plan and last day of the rounds this hat knows of; nothing of others (Q6)."""
    if not round_ids:
        return {}
    rows = Round.objects.visible_to(hat).filter(pk__in=list(round_ids)).select_related("plan", "grid")
    return {
        str(row.pk): Matter(
            row.grid.name,
            row.plan.name,
            lamp_of(midnight_after(row.last_on), None, now, done=row.done_at is not None),
        )
        for row in rows
    }


def rounds_still_owed(keys: Collection[str]) -> Collection[str]:
    """Return the keys of notices about rounds that nobody reported yet."""
    of_round = {key: key.split(":")[1] for key in keys if key.startswith("round:")}
    waiting = Round.objects.waiting().filter(pk__in=set(of_round.values()))
    known = {str(pk) for pk in waiting.values_list("pk", flat=True)}
    return [key for key, row in of_round.items() if row in known]
