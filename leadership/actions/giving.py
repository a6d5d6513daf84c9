"""A petition given to a station, which works on it for those who lead it (Q35; seeds-map 51)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from assignments.parts import ask
from assignments.states import Kind
from audit.parts import record
from cases.models import Petition
from cases.parts import lock_petition, users_kept_out
from leadership import permissions as may
from leadership.at_stations import FURTHEST_DAYS, let_in, stations_that_take
from leadership.models import Station, StationPetition
from leadership.parts import organs_kept_out
from leadership.rosters import office_for
from lib.errors import NotAllowed, OutOfTurn, Refused


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a station is to do about a petition, and by which day it says what came of it."""

    station_id: UUID
    words: str
    due_on: date


@transaction.atomic(durable=True)
def give_to_station(petition_id: UUID, given: Given, *, by: Hat, now: datetime) -> StationPetition:
    """Give a petition to a station: the organ that keeps it is asked, and reads the petition until that is over.

    Who leads the petition, and each of its periods, stays as it was (Q9).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if the petition is not open
    :raises Refused: without words, for a day that cannot be, or for a station that has it, takes none, or whose organ
        the petition names
    """
    petition = lock_petition(petition_id, by)
    if not may.may_give_to_stations(by):
        raise NotAllowed(_("Your post gives no petitions to stations."))
    if not petition.is_open:
        raise OutOfTurn(_("This petition is over: nothing more is asked on it."))
    station, organ = _checked(petition, given, by=by, now=now)
    assignment = ask(
        Kind.STATION,
        petition.pk,
        of=organ,
        act=given.words.strip(),
        asking_organ=by.organ,
        by=by,
        now=now,
        due_on=given.due_on,
        except_users=users_kept_out(petition),
    )
    row = StationPetition.objects.create(
        station=station, petition=petition, assignment=assignment, given_by=by.post, given_at=now
    )
    let_in(petition, organ, now=now)
    facts = {"organ": organ.code, "due_on": given.due_on.isoformat()}
    record("petition.give_to_station", petition, by=by.actor, at=now, facts=facts)
    return row


def _checked(petition: Petition, given: Given, *, by: Hat, now: datetime) -> tuple[Station, Organ]:
    faults: dict[str, str] = {}
    today = timezone.localdate(now)
    if not given.words.strip():
        faults["words"] = _("Fill this in.")
    if not 0 < (given.due_on - today).days <= FURTHEST_DAYS:
        faults["due_on"] = _("The day lies ahead, and no more than a year.")
    station = stations_that_take(office_for(by)).filter(pk=given.station_id).first()
    if station is None or station.organ is None:
        faults["station"] = _("Choose a station that a community or township keeps.")
    elif station.organ.pk in organs_kept_out(petition):
        faults["station"] = _(
            "The petition names this unit, or who leads it: nothing about it is sent there."
        )
    elif not may.posts_that_answer(station.organ, on=today):
        faults["station"] = _("Nobody answers there at this moment: give it to another station.")
    elif StationPetition.objects.filter(
        station=station, petition=petition, assignment__ended_at=None
    ).exists():
        faults["station"] = _("This station has it already.")
    if faults or station is None or station.organ is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    return station, station.organ
