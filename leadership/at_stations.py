"""Pieces of what is given to stations that deeds and pages share: where a petition is, and whom that lets in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.hats import Hat
from accounts.models import Organ
from assignments.models import Assignment
from assignments.states import Kind
from cases.handlings import release
from cases.models import Petition
from cases.parts import follow_organs, involve, involve_portfolios
from cases.states import Basis
from leadership.models import Station, StationPetition
from leadership.titles import titles_of
from lib.errors import OutOfTurn
from lib.transactions import require_transaction

# no station is asked for something beyond this
FURTHEST_DAYS = 366


def stations_that_take(office: Organ) -> QuerySet[Station]:
    """Return the open stations of an office that an organ keeps: somebody there can be asked."""
    rows = Station.objects.standing().filter(office=office, organ__isnull=False, organ__carried_on_by=None)
    return rows.select_related("organ", "place").order_by("place__path", "name")


def given_of(petition: Petition) -> QuerySet[StationPetition]:
    """Return to which stations a petition was given, the latest first, with what is asked there."""
    rows = StationPetition.objects.filter(petition=petition)
    return rows.select_related("station", "assignment__clock", "assignment__organ").order_by(
        "-given_at", "-pk"
    )


@dataclass(frozen=True)
class AtStation:
    """A petition that is with a station, as whoever sees it reads it there."""

    row: StationPetition
    title: str


def given_to(station: Station, hat: Hat) -> list[AtStation]:
    """Return the petitions with a station that a hat sees, the nearest day first."""
    rows = StationPetition.objects.filter(
        station=station, assignment__ended_at=None, petition__in=Petition.objects.visible_to(hat)
    ).select_related("petition", "assignment__clock")
    found = list(rows.order_by("assignment__clock__last_day", "pk"))
    titles = titles_of({row.petition_id for row in found})
    return [AtStation(row, titles[row.petition_id].title) for row in found if row.petition_id in titles]


def let_in(petition: Petition, organ: Organ, *, now: datetime) -> None:
    """Let the organ that keeps a station read a held petition while something is asked of the station."""
    require_transaction("at_stations.let_in")
    involve(petition, Basis.STATION, now=now, organ=organ)
    involve_portfolios(petition, now=now)


def shut_out(assignment: Assignment, petition: Petition, *, now: datetime) -> None:
    """End the part that a station gave, once what was asked there is verified or taken back."""
    require_transaction("at_stations.shut_out")
    if assignment.kind != Kind.STATION or assignment.organ is None:
        return
    today = assignment.organ.carried_on_by or assignment.organ
    others = Assignment.objects.standing().filter(
        kind=Kind.STATION, subject_id=str(petition.pk), organ__in=Organ.objects.of_today(today)
    )
    if not others.exists():
        release(petition, Basis.STATION, organ=today, now=now)
        follow_organs(petition, now=now)


def refuse_closing(station: Station, refusal: str) -> None:
    """Refuse while a petition is with a station.

    :raises OutOfTurn: if one is
    """
    if station.petitions.filter(assignment__ended_at=None).exists():
        raise OutOfTurn(refusal)
