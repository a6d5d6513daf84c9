"""Reporting an event: once, however often a phone sends it, with the moment it was seen beside the one it came."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from grids.event_parts import note
from grids.event_states import EventState, Step
from grids.filing import NewEvent, an_event, refuse_impossible, write_event
from grids.models import EventType, Grid, GridEvent, grids_of
from grids.models.grids import ON_THE_GROUND
from infra.files import Checked
from infra.idempotency import serialise
from lib.errors import NotAllowed, Unknown


@transaction.atomic(durable=True)
def report_event(
    event_id: UUID, new: NewEvent, *, photos: Sequence[Checked] = (), by: Hat, now: datetime
) -> GridEvent:
    """Report an event of a grid under a key of the sender's own; sent again it is reported once.

    Danger goes to the community at once. Periods count from when it was seen, unless the phone's clock is wrong.

    :raises Unknown: if this hat does not work in the grid, or the key is somebody else's event
    :raises NotAllowed: if this hat reports no events
    :raises Refused: if something is missing, the type is over, or it was seen too long ago
    """
    if by.role not in ON_THE_GROUND and not Grid.objects.kept_by(by).exists():
        raise NotAllowed(_("Your post reports no events."))
    serialise(event_id)
    known = GridEvent.objects.filter(pk=event_id).first()
    if known is not None:
        if known.reported_by_id != by.post.pk:
            raise Unknown(_("There is no such event."))
        return known
    rows = grids_of(by.post) if by.role in ON_THE_GROUND else Grid.objects.kept_by(by)
    grid = rows.filter(pk=new.grid_id, ended_at=None).select_related("organ", "parent").first()
    if grid is None:
        raise Unknown(_("There is no such grid."))
    type_ = EventType.objects.filter(pk=new.type_id, ended_at=None).first()
    observed_at = new.observed_at or now
    refuse_impossible(new, type_, len(photos), observed_at, now)
    stays = new.keep and not new.is_dangerous
    event = an_event(
        event_id, new, grid, state=EventState.DISCOVERED if stays else EventState.REPORTED, now=now
    )
    event.reported_by, event.reporter = by.post, by.user
    write_event(event, photos, by=by, now=now)
    note(event, Step.REPORT, by=by, now=now, observed_at=observed_at)
    return event
