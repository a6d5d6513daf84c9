"""Reporting an event, or what names a cadre: once, however often a phone sends it.

The moment it was seen stands beside the one it came. What names a cadre becomes no event (Q3).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from grids.event_parts import note
from grids.event_states import EventState, Origin, Step
from grids.filing import NewEvent, an_event, refuse_impossible, write_event, write_report
from grids.models import DirectReport, EventType, Grid, GridEvent, RoundFind, grids_of
from grids.models.grids import ON_THE_GROUND
from grids.round_parts import hold_round
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
    :raises OutOfTurn: if the round it was found in was reported or ended
    :raises Refused: if something is missing, the type is over, or it was seen too long ago
    """
    _refuse_who_reports_nothing(by)
    serialise(event_id)
    known = GridEvent.objects.filter(pk=event_id).first()
    if known is not None and known.reported_by_id == by.post.pk:
        return known
    if known is not None or DirectReport.objects.filter(pk=event_id).exists():
        raise Unknown(_("There is no such event."))
    grid = _grid_of(new, by)
    type_ = EventType.objects.filter(pk=new.type_id, ended_at=None).first()
    observed_at = new.observed_at or now
    refuse_impossible(new, type_, len(photos), observed_at, now)
    found_in = hold_round(new.round_id, by) if new.round_id else None
    if found_in is not None and found_in.grid_id != grid.pk:
        raise Unknown(_("There is no such round."))
    stays = new.keep and not new.is_dangerous
    event = an_event(
        event_id, new, grid, state=EventState.DISCOVERED if stays else EventState.REPORTED, now=now
    )
    event.reported_by, event.reporter = by.post, by.user
    write_event(event, photos, by=by, now=now)
    if found_in is not None:
        RoundFind.objects.create(round=found_in, event=event)
    note(event, Step.REPORT, by=by, now=now, observed_at=observed_at)
    return event


@transaction.atomic(durable=True)
def report_cadre(
    report_id: UUID, new: NewEvent, *, photos: Sequence[Checked] = (), by: Hat, now: datetime
) -> None:
    """Send what names a cadre straight to the petition office above the street; sent again it is there once (Q3).

    Nothing is returned: neither the grid nor whoever sent it has anything to read. The audit says that one came, not
    from whom; that stands in the sealed words alone (protection §2.7).

    :raises Unknown: if this hat does not work in the grid, or the key is an event's
    :raises NotAllowed: if this hat reports no events
    :raises Refused: if something is missing, it was seen too long ago, or no office is there to take it
    """
    _refuse_who_reports_nothing(by)
    serialise(report_id)
    if GridEvent.objects.filter(pk=report_id).exists():
        raise Unknown(_("There is no such event."))
    if DirectReport.objects.filter(pk=report_id).exists():
        return
    grid = _grid_of(new, by)
    type_ = EventType.objects.filter(pk=new.type_id, ended_at=None).first()
    refuse_impossible(new, type_, len(photos), new.observed_at or now, now)
    told_by = by.user.name if new.origin == Origin.WORKER else ""
    write_report(report_id, new, grid, photos, told_by=told_by, now=now)


def _refuse_who_reports_nothing(by: Hat) -> None:
    if by.role not in ON_THE_GROUND and not Grid.objects.kept_by(by).exists():
        raise NotAllowed(_("Your post reports no events."))


def _grid_of(new: NewEvent, by: Hat) -> Grid:
    """Return the grid that a hat reports something of.

    :raises Unknown: if it does not work there
    """
    rows = grids_of(by.post) if by.role in ON_THE_GROUND else Grid.objects.kept_by(by)
    grid = rows.filter(pk=new.grid_id, ended_at=None).select_related("organ", "parent", "place").first()
    if grid is None:
        raise Unknown(_("There is no such grid."))
    return grid
