"""What whoever stands for a grid writes down of an event, as pieces for deeds here and of the phone's room.

None has a transaction of its own. A step carries the version it saw, if the deed wants it compared, when it was seen
and the key of the phone's submission; what was checked before is the deed's business.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments.parts import hold
from assignments.parts import verify as verify_reply
from assignments.states import State, Tier
from grids.event_parts import (
    asked_on,
    check_step,
    end_period,
    hold_event,
    move_to,
    note,
    start_period,
    tell_desk,
)
from grids.event_states import EventState, Origin, Phase, Step
from grids.filing import NewEvent, an_event, refuse_impossible, write_event, write_report
from grids.models import (
    DirectReport,
    EventLocation,
    EventPhoto,
    EventType,
    Grid,
    GridEvent,
    RoundFind,
    grids_of,
)
from grids.models.grids import ON_THE_GROUND
from grids.parts import need
from grids.round_parts import hold_round
from infra.files import Checked
from infra.idempotency import serialise
from infra.models import StoredFile
from lib.errors import NotAllowed, Refused, Unknown
from lib.transactions import require_transaction
from notices.models import Kind as NoticeKind

_MOST_PHOTOS = 20


def file_event(
    event_id: UUID, new: NewEvent, *, photos: Sequence[Checked] = (), by: Hat, now: datetime
) -> GridEvent:
    """Put an event on file under a key of the sender's own; a second time it is the first one again.

    :raises Unknown: if this hat does not work in the grid, or the key is somebody else's event
    :raises NotAllowed: if this hat reports no events
    :raises OutOfTurn: if the round it was found in was reported or ended
    :raises Refused: if something is missing, the type is over, or it was seen too long ago
    """
    require_transaction("file_event")
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
    if new.location is not None:
        EventLocation.objects.create(
            event=event, north=new.location.north, east=new.location.east, metres=new.location.metres
        )
    if found_in is not None:
        RoundFind.objects.create(round=found_in, event=event)
    note(event, Step.REPORT, by=by, now=now, observed_at=observed_at)
    return event


def file_direct_report(
    report_id: UUID, new: NewEvent, *, photos: Sequence[Checked] = (), by: Hat, now: datetime
) -> bool:
    """Send what names a cadre straight to the petition office above the street (Q3); return if it is new there.

    :raises Unknown: if this hat does not work in the grid, or the key is an event's
    :raises NotAllowed: if this hat reports no events
    :raises Refused: if something is missing, it was seen too long ago, or no office is there to take it
    """
    require_transaction("file_direct_report")
    _refuse_who_reports_nothing(by)
    serialise(report_id)
    if GridEvent.objects.filter(pk=report_id).exists():
        raise Unknown(_("There is no such event."))
    if DirectReport.objects.filter(pk=report_id).exists():
        return False
    grid = _grid_of(new, by)
    type_ = EventType.objects.filter(pk=new.type_id, ended_at=None).first()
    refuse_impossible(new, type_, len(photos), new.observed_at or now, now)
    told_by = by.user.name if new.origin == Origin.WORKER else ""
    write_report(report_id, new, grid, photos, told_by=told_by, now=now)
    return True


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


def settle(
    event_id: UUID,
    *,
    words: str,
    version: int | None = None,
    observed_at: datetime | None = None,
    client_id: UUID | None = None,
    by: Hat,
    now: datetime,
) -> GridEvent:
    """Write that an event was settled on the spot; somebody else verifies it.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    :raises Refused: without what was done
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.SETTLE, event, by)
    need(words, "words")
    event.settled_on_spot = True
    move_to(event, EventState.FED_BACK, "settled_on_spot", now=now)
    end_period(event, met=True, now=now)
    note(event, Step.SETTLE, words, by=by, now=now, observed_at=observed_at, client_id=client_id)
    return event


def send_event_up(
    event_id: UUID,
    *,
    words: str,
    version: int | None = None,
    observed_at: datetime | None = None,
    client_id: UUID | None = None,
    by: Hat,
    now: datetime,
) -> GridEvent:
    """Send what cannot be settled in the grid up to its community ([L08] Art 11).

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.SEND_UP, event, by)
    event.tier = Tier.COMMUNITY
    move_to(event, EventState.REPORTED, "tier", now=now)
    end_period(event, met=True, now=now)
    start_period(event, since=now, now=now)
    note(event, Step.SEND_UP, words, by=by, now=now, observed_at=observed_at, client_id=client_id)
    tell_desk(event, NoticeKind.EVENT_WAITS, key=f"waits:{event.version}", now=now)
    return event


def note_how_it_goes(
    event_id: UUID,
    *,
    words: str,
    observed_at: datetime | None = None,
    client_id: UUID | None = None,
    by: Hat,
    now: datetime,
) -> GridEvent:
    """Write down how it goes with an event; where it stands is as it was, so no version is compared.

    :raises Unknown: if this hat knows of none
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if the event is over
    :raises Refused: without words
    """
    event = hold_event(event_id, by)
    check_step(Step.PROGRESS, event, by)
    need(words, "words")
    note(event, Step.PROGRESS, words, by=by, now=now, observed_at=observed_at, client_id=client_id)
    return event


def verify(
    event_id: UUID,
    *,
    words: str,
    version: int | None = None,
    observed_at: datetime | None = None,
    client_id: UUID | None = None,
    by: Hat,
    now: datetime,
) -> GridEvent:
    """Write that somebody who did not do it looked at what was done and found it so.

    :raises Unknown: if this hat knows of none
    :raises Stale: if somebody wrote since (Q32)
    :raises NotAllowed: if the step is not this hat's, or the person did it
    :raises OutOfTurn: if it does not follow
    :raises Refused: without what was looked at
    """
    event = hold_event(event_id, by, version=version)
    check_step(Step.VERIFY, event, by)
    need(words, "words")
    if did_it(event, by):
        raise NotAllowed(_("Who did it does not verify it."))
    for asked in asked_on(event).filter(state=State.REPLIED):
        verify_reply(hold(asked.pk), words, by=by, now=now)
    move_to(event, EventState.VERIFIED, now=now)
    note(event, Step.VERIFY, words, by=by, now=now, observed_at=observed_at, client_id=client_id)
    return event


def did_it(event: GridEvent, by: Hat) -> bool:
    """Test if this person settled the event or fed back on it."""
    done = event.moves.filter(step__in=[Step.SETTLE, Step.FEED_BACK], person=by.user)
    return done.exists()


def hold_for_picture(event_id: UUID, photo: Checked, by: Hat) -> GridEvent:
    """Return an event that a picture may be hung on, held.

    :raises Unknown: if this hat knows of none
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if the event is over
    :raises Refused: for what is no picture, or one too many
    """
    event = hold_event(event_id, by)
    check_step(Step.ADD_PHOTO, event, by)
    if not photo.content_type.startswith("image/"):
        words = _("Take a picture (JPG, PNG).")
        raise Refused(words, fields={"photo": words})
    if event.photos.count() >= _MOST_PHOTOS:
        raise Refused(_("There are enough pictures on this event."))
    return event


def hang_picture(
    event: GridEvent, file: StoredFile, *, phase: Phase, client_id: UUID | None = None, by: Hat, now: datetime
) -> None:
    """Hang a stored picture on a held event, before or after."""
    require_transaction("hang_picture")
    EventPhoto.objects.create(event=event, file=file, phase=phase, added_by=by.post, added_at=now)
    note(event, Step.ADD_PHOTO, by=by, now=now, client_id=client_id)
