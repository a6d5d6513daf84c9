"""信访工作站 and mediators: entering, changing, closing; and what was done there, in numbers (seeds-map 47–51; Q35)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from audit.parts import record
from leadership import permissions as may
from leadership.at_stations import refuse_closing
from leadership.models import Mediator, ServiceDay, Station
from leadership.reception_states import MediatorKind, ServiceKind, StationKind
from leadership.rosters import office_for
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from places.models import Place

_KEEPS = frozenset({OrganKind.COMMUNITY, OrganKind.TOWNSHIP})


@dataclass(frozen=True, kw_only=True)
class StationFacts:
    """What a station is: by whom it is kept, where and when."""

    name: str
    place_code: str
    address: str
    staff: str
    hours: str
    organ_id: int | None = None
    phone: str = ""
    lawyer_hours: str = ""


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What was done on a day: how many matters and persons; of what was mediated, how many were settled."""

    kind: ServiceKind
    day: date
    matters: int
    persons: int
    settled: int = 0


@transaction.atomic(durable=True)
def open_station(kind: StationKind, facts: StationFacts, *, by: Hat, now: datetime) -> Station:
    """Enter a station or a liaison point.

    :raises NotAllowed: if this hat does not keep the registry
    :raises Refused: if something is missing, the name stands already, or the organ keeps no station
    """
    office = _kept_by(by)
    place, values = _checked(facts, office)
    row = Station.objects.create(
        office=office, kind=kind, place=place, opened_at=now, opened_by=by.post, **values
    )
    record("station.open", row, by=by.actor, at=now, facts={"place": place.code})
    return row


@transaction.atomic(durable=True)
def change_station(station_id: UUID, facts: StationFacts, *, by: Hat, now: datetime) -> Station:
    """Change who works at a station, where and when.

    :raises Unknown: if it is none of this office
    :raises NotAllowed: if this hat does not keep the registry
    :raises OutOfTurn: if it was closed
    :raises Refused: if something is missing, the name stands already, or the organ keeps no station
    """
    row = _held(station_id, by)
    office = _kept_by(by)
    place, values = _checked(facts, office, of=row)
    row.place = place
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["place", *values])
    record("station.change", row, by=by.actor, at=now, facts={"place": place.code})
    return row


@transaction.atomic(durable=True)
def close_station(station_id: UUID, *, reason: str, by: Hat, now: datetime) -> Station:
    """Close a station; what was counted there stays.

    :raises Unknown: if it is none of this office
    :raises NotAllowed: if this hat does not keep the registry
    :raises OutOfTurn: if it was closed, or a petition is with it
    :raises Refused: without a reason
    """
    row = _held(station_id, by)
    _kept_by(by)
    if not reason.strip():
        words = _("Fill this in.")
        raise Refused(words, fields={"reason": words})
    refuse_closing(
        row, _("Petitions are with this station: what is asked there is taken back or answered first.")
    )
    row.ended_at, row.end_reason = now, reason.strip()
    row.save(update_fields=["ended_at", "end_reason"])
    record("station.close", row, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def enter_mediator(
    name: str, kind: MediatorKind, *, phone: str = "", station_id: UUID | None = None, by: Hat, now: datetime
) -> Mediator:
    """Enter somebody who mediates, at a station or for the whole district.

    :raises Unknown: if the station is none of this office
    :raises NotAllowed: if this hat does not keep the registry
    :raises Refused: without a name
    """
    office = _kept_by(by)
    station = _held(station_id, by) if station_id else None
    if not name.strip():
        words = _("Fill this in.")
        raise Refused(words, fields={"name": words})
    row = Mediator.objects.create(
        office=office,
        station=station,
        name=name.strip(),
        kind=kind,
        phone=phone.strip(),
        entered_at=now,
        entered_by=by.post,
    )
    record("mediator.enter", row, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def end_mediator(mediator_id: UUID, *, by: Hat, now: datetime) -> Mediator:
    """Take somebody off the registry of mediators.

    :raises Unknown: if he is none of this office, or was taken off
    :raises NotAllowed: if this hat does not keep the registry
    """
    rows = Mediator.objects.select_for_update(of=("self",)).filter(office=_kept_by(by), ended_at=None)
    row = rows.filter(pk=mediator_id).first()
    if row is None:
        raise Unknown(_("There is no such mediator."))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record("mediator.end", row, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def note_service(numbers: Numbers, *, station_id: UUID | None = None, by: Hat, now: datetime) -> ServiceDay:
    """Write down how much advice was given or mediated on a day. No name, no matter, no petition stands in it.

    :raises Unknown: if the station is none of this office
    :raises NotAllowed: if this hat neither keeps the registry nor the station
    :raises OutOfTurn: if the station was closed
    :raises Refused: without a matter, with more settled than mediated, or for a day in the future
    """
    station = _held(station_id, by) if station_id else None
    if not may.notes_services(by, station):
        raise NotAllowed(_("Your post does not write down what stations do."))
    faults: dict[str, str] = {}
    if numbers.day > timezone.localdate(now):
        faults["day"] = _("The day lies in the future.")
    if numbers.matters < 1:
        faults["matters"] = _("Write at least one.")
    settles = numbers.kind == ServiceKind.MEDIATION
    if numbers.settled > (numbers.matters if settles else 0):
        faults["settled"] = _("No more are settled than were mediated; advice settles nothing.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = ServiceDay.objects.create(
        office=office_for(by), station=station, **asdict(numbers), noted_at=now, by=by.post
    )
    facts = {"service": numbers.kind, "on": numbers.day.isoformat(), "count": numbers.matters}
    record("service.note", row, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def strike_service(service_id: int, *, by: Hat, now: datetime) -> ServiceDay:
    """Strike out numbers that were written down wrongly; they stay and count no more.

    :raises Unknown: if they are none of this office, or were struck out
    :raises NotAllowed: if this hat does not keep the registry
    """
    rows = ServiceDay.objects.select_for_update(of=("self",)).filter(office=_kept_by(by), struck_at=None)
    row = rows.filter(pk=service_id).first()
    if row is None:
        raise Unknown(_("There is no such line."))
    row.struck_at = now
    row.save(update_fields=["struck_at"])
    record("service.strike", row, by=by.actor, at=now)
    return row


def _checked(
    facts: StationFacts, office: Organ, *, of: Station | None = None
) -> tuple[Place, dict[str, object]]:
    """Return the place and the columns of a station.

    :raises Refused: if something is missing, the name stands already, or the organ keeps no station
    """
    faults: dict[str, str] = {}
    for name in ("name", "address", "staff", "hours"):
        if not getattr(facts, name).strip():
            faults[name] = _("Fill this in.")
    within = Place.objects.current().filter(path__startswith=office.place.path)
    place = within.filter(code=facts.place_code.strip()).first()
    if place is None:
        faults["place"] = _("There is no such division in this district.")
    organ = Organ.objects.current().filter(pk=facts.organ_id or 0, kind__in=sorted(_KEEPS)).first()
    if facts.organ_id is not None and organ is None:
        faults["organ"] = _("Only communities and townships keep stations.")
    twins = Station.objects.standing().filter(office=office, name=facts.name.strip())
    if of is not None:
        twins = twins.exclude(pk=of.pk)
    if twins.exists():
        faults["name"] = _("A station of this name stands already.")
    if faults or place is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    words = ("name", "address", "staff", "phone", "hours", "lawyer_hours")
    return place, {"organ": organ, **{name: getattr(facts, name).strip() for name in words}}


def _kept_by(by: Hat) -> Organ:
    if not may.may_place(by):
        raise NotAllowed(_("Your post does not keep the registry of stations."))
    return office_for(by)


def _held(station_id: UUID, by: Hat) -> Station:
    """Return an open station of the hat's office, held.

    :raises Unknown: if there is none
    :raises OutOfTurn: if it was closed
    """
    rows = Station.objects.select_for_update(of=("self",)).filter(office=office_for(by))
    row = rows.filter(pk=station_id).first()
    if row is None:
        raise Unknown(_("There is no such station."))
    if row.ended_at is not None:
        raise OutOfTurn(_("This station was closed."))
    return row
