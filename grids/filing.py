"""Putting on file what was reported, whoever reports it: an event with its photos and period, or what names a cadre."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments.states import Tier
from audit.parts import Actor, record
from grids.direct import call_office, direct_office_for
from grids.event_parts import MOST_AHEAD, next_number, start_period, tell_desk
from grids.event_states import EventState, Origin, Phase
from grids.models import DirectPhoto, DirectReport, EventPhoto, EventType, Grid, GridEvent
from grids.secrets import seal_contact, seal_report
from infra.files import Checked, store
from lib.errors import Refused
from lib.transactions import require_transaction
from notices.models import Kind

_OLDEST = timedelta(days=30)
MOST_PHOTOS = 6
# whoever sent what names a cadre: the audit does not say it (protection §2.7)
UNNAMED = Actor(words="direct_report")


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where something is, in degrees of WGS 84, and how far off that may be."""

    north: Decimal
    east: Decimal
    metres: int


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """What was seen or told. `contact` is what a resident left to be reached by; texts are kept to the character."""

    type_id: int
    title: str
    text: str
    grid_id: UUID
    observed_at: datetime | None = None
    # the phone's clock was found wrong when it sent this
    clock_is_off: bool = False
    origin: Origin = Origin.WORKER
    spot: str = ""
    # only if whoever saw it added it by hand
    location: Location | None = None
    is_dangerous: bool = False
    contact: str = ""
    # stays in the grid for now: whoever reports it tries to settle it there
    keep: bool = False
    # found in this round (排查)
    round_id: UUID | None = None


def refuse_impossible(
    new: NewEvent, type_: EventType | None, photos: int, observed_at: datetime, now: datetime
) -> None:
    """Refuse an event that says too little, or that was seen too long ago.

    :raises Refused: naming the fields
    """
    faults: dict[str, str] = {}
    for name in ("title", "text"):
        if not getattr(new, name).strip():
            faults[name] = _("Fill this in.")
    if type_ is None:
        faults["type"] = _("Choose one.")
    if now - observed_at > _OLDEST:
        faults["observed_at"] = _("That is more than a month ago. Report it as it is today.")
    if photos > MOST_PHOTOS:
        faults["photos"] = _("At most %(most)d photos.") % {"most": MOST_PHOTOS}
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def an_event(event_id: UUID, new: NewEvent, grid: Grid, *, state: EventState, now: datetime) -> GridEvent:
    """Return an event that is not yet written, in the grid or with its community."""
    observed_at = new.observed_at or now
    off = new.clock_is_off or observed_at > now + MOST_AHEAD
    return GridEvent(
        id=event_id,
        number=next_number(now),
        origin=new.origin,
        type_id=new.type_id,
        grid=grid,
        organ=grid.organ,
        place_path=grid.place_path,
        tier=Tier.GRID if state is EventState.DISCOVERED else Tier.COMMUNITY,
        state=state,
        title=new.title.strip(),
        text=new.text,
        spot=new.spot.strip(),
        is_dangerous=new.is_dangerous,
        contact_sealed=seal_contact(event_id, new.contact.strip()),
        observed_at=observed_at,
        received_at=now,
        clock_was_off=off,
    )


def write_event(event: GridEvent, photos: Sequence[Checked], *, by: Hat | None, now: datetime) -> None:
    """Write a new event with its photos, start its period and tell whom it waits for."""
    require_transaction("write_event")
    write_words(event, photos, by=by, now=now)
    start_period(event, since=now if event.clock_was_off else event.observed_at, now=now)
    if by is None or event.tier != Tier.GRID:
        tell_desk(event, Kind.EVENT_WAITS, key=f"waits:{event.version}", now=now)


def write_words(event: GridEvent, photos: Sequence[Checked], *, by: Hat | None, now: datetime) -> None:
    """Write a new event with its photos; no period runs and nobody is told."""
    require_transaction("write_words")
    event.save(force_insert=True)
    for photo in photos:
        EventPhoto.objects.create(
            event=event,
            file=store(photo, now=now),
            phase=Phase.BEFORE,
            added_by=by.post if by else None,
            added_at=now,
        )


def write_report(
    report_id: UUID,
    new: NewEvent,
    grid: Grid,
    photos: Sequence[Checked],
    *,
    told_by: str,
    now: datetime,
) -> None:
    """Write what names a cadre for the petition office alone, sealed as a whole; no event, period or number (Q3).

    Whoever registers there is called. `told_by` names whoever reports it in his own name, and is sealed with it.

    :raises Refused: if no petition office above the street looks after the place
    """
    require_transaction("write_report")
    office = direct_office_for(grid.place_path)
    if office is None:
        raise Refused(_("No petition office is entered here that could take it. Please go there yourself."))
    words = {
        "origin": new.origin,
        "title": new.title.strip(),
        "text": new.text,
        "spot": new.spot.strip(),
        "place": grid.place.code,
        "place_text": grid.place.short_name,
        "contact": new.contact.strip(),
        "urgent": "on" if new.is_dangerous else "",
        "told_by": told_by,
    }
    report = DirectReport.objects.create(
        id=report_id,
        office=office,
        content_sealed=seal_report(report_id, json.dumps(words)),
        received_at=now,
    )
    DirectPhoto.objects.bulk_create(
        [DirectPhoto(report=report, file=store(photo, now=now)) for photo in photos]
    )
    record("direct_report.receive", report, by=UNNAMED, at=now)
    call_office(report, now=now)
