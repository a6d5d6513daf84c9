"""上报: what a tier cannot settle goes to the next one, by a person's decision (seeds-map 73; Q2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments.seats import next_seat
from assignments.states import Tier
from grids.event_parts import asked_on, check_step, hold_event
from grids.event_states import Step
from grids.lifts import Why, lift_to, takes_events
from grids.models import GridEvent
from grids.parts import need
from lib.errors import OutOfTurn


@transaction.atomic(durable=True)
def lift_event(event_id: UUID, *, reason: str, version: int, by: Hat, now: datetime) -> GridEvent:
    """Lift an event to the next tier that somebody answers at. A resident may petition anywhere without waiting.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow, a unit still owes its answer, no tier is named above, or
        it stands with the street
    :raises Refused: without a reason
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.LIFT, event, by)
    need(reason, "reason")
    if asked_on(event).filter(ended_at=None).exists():
        raise OutOfTurn(_("A unit still works on it: wait for its answer, or let it decline."))
    seat = next_seat(Tier(event.tier), on=timezone.localdate(now))
    if seat is None:
        raise OutOfTurn(_("No tier above is entered. The system administrator names who answers there."))
    if not takes_events(seat):
        raise OutOfTurn(_("Above the street it goes on as a petition: hand it over at the resident's wish."))
    lift_to(event, seat, Why(key=f"by_hand:{event.version}", reason=reason.strip()), by=by, now=now)
    return event
