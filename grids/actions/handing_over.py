"""Handing an event to the petition office at the resident's wish, text unchanged; that office registers it (Art 22)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments.parts import cancel, hold
from grids.event_parts import asked_on, check_step, end_period, hold_event, let_out, note
from grids.event_states import Basis, Step
from grids.models import GridEvent
from grids.petitions import office_for, put_before_office
from lib.errors import OutOfTurn, Refused


@transaction.atomic(durable=True)
def hand_over_event(event_id: UUID, *, wished: bool, version: int, by: Hat, now: datetime) -> GridEvent:
    """Hand an event to the petition office because the resident wants it; the grid sees its state alone from then on.

    Nothing is asked of units any more, and no period of the grid runs: the petition has those of the law.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow, or no petition office looks after the place
    :raises Refused: if the resident does not want it
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.HAND_OVER, event, by)
    if not wished:
        words = _("Only at the resident's wish.")
        raise Refused(words, fields={"wished": words})
    office = office_for(event.place_path)
    if office is None:
        raise OutOfTurn(_("No petition office looks after this place."))
    for asked in asked_on(event).filter(ended_at=None):
        cancel(hold(asked.pk), by=by, now=now)
    let_out(event, Basis.ASKED, now=now)
    end_period(event, met=False, now=now)
    put_before_office(event, office, now=now)
    note(event, Step.HAND_OVER, by=by, now=now, organ=office)
    return event
