"""What the pages of stations show: the registry, who mediates, and what was done this year, in numbers."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ
from accounts.page_deeds import Bound, Offer
from cases.models import Petition
from leadership import permissions as may
from leadership.at_stations import given_to
from leadership.forms.stations import OnStations, StationForm
from leadership.models import Mediator, ServiceDay, Station
from leadership.reception_states import ServiceKind
from leadership.rosters import office_for
from leadership.station_deeds import ON_STATION, ON_STATIONS
from places.models import Place

_A_PAGE = 15
_LINES = 10


def stations_page(hat: Hat, asked: Mapping[str, str], *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return a page of the registry with what each station did this year, in a fixed number of queries.

    `asked` may name a part of a name or place (`q`), and the pages of stations and of lines that were noted.
    """
    office, words = office_for(hat), asked.get("q", "").strip()
    first = timezone.localdate(now).replace(month=1, day=1)
    this_year = Q(service_days__day__gte=first, service_days__struck_at=None)
    advice, mediation = (this_year & Q(service_days__kind=kind) for kind in ServiceKind)
    rows = (
        Station.objects.standing()
        .filter(office=office)
        .select_related("place", "organ")
        .annotate(
            advised=Sum("service_days__matters", filter=advice, default=0),
            mediated=Sum("service_days__matters", filter=mediation, default=0),
        )
        .order_by("place__path", "name")
    )
    if words:
        rows = rows.filter(Q(name__contains=words) | Q(place__name__contains=words))
    page = Paginator(rows, _A_PAGE).get_page(asked.get("page"))
    days = ServiceDay.objects.filter(office=office, day__gte=first, struck_at=None)
    lines = days.select_related("station").order_by("-day", "-pk")
    return {
        "office": office,
        "words": words,
        "page": page,
        "elsewhere": None if words else _elsewhere(days),
        "year": first.year,
        "stations": list(page),
        "mediators": Mediator.objects.filter(office=office, ended_at=None)
        .select_related("station")
        .order_by("kind", "station__name", "pk"),
        "totals": [_total(days, kind) for kind in ServiceKind],
        "lines": Paginator(lines, _LINES).get_page(asked.get("lines")),
        "keeps": may.may_place(hat),
        "offers": list(_of_registry(hat, office, bound)),
    }


def _elsewhere(days: QuerySet[ServiceDay]) -> dict[str, int] | None:
    """Return what was done at no station that is open: by the court, or where one was closed since."""
    apart = days.filter(Q(station=None) | Q(station__ended_at__isnull=False))
    advised, mediated = (Sum("matters", filter=Q(kind=kind), default=0) for kind in ServiceKind)
    sums = apart.aggregate(advised=advised, mediated=mediated)
    return sums if any(sums.values()) else None


def _total(days: QuerySet[ServiceDay], kind: ServiceKind) -> dict[str, Any]:
    sums = days.filter(kind=kind).aggregate(
        matters=Sum("matters", default=0),
        persons=Sum("persons", default=0),
        settled=Sum("settled", default=0),
    )
    return {"kind": kind, **sums}


def _of_registry(hat: Hat, office: Organ, bound: Bound) -> Iterator[Offer]:
    mine = stations_of(hat, office)
    slugs = [deed.slug for deed in ON_STATIONS.values()] if may.may_place(hat) else []
    if not slugs and mine.exists():
        slugs = ["note-service"]
    for slug in slugs:
        deed = ON_STATIONS[slug]
        form = bound.get(("stations", slug)) or deed.form()
        if isinstance(form, OnStations):
            form.offer(mine)
        elif isinstance(form, StationForm):
            form.offer_places(_places_of(office))
        yield Offer(deed, form, "leadership:on_stations", office.pk)


def stations_of(hat: Hat, office: Organ) -> QuerySet[Station]:
    """Return the open stations a hat writes for: all of the office's, or those its organ keeps."""
    rows = Station.objects.standing().filter(office=office).order_by("name")
    if may.may_place(hat):
        return rows
    return rows.filter(organ=hat.organ)


def station_page(hat: Hat, station: Station, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one station: where, who, when, who mediates, what was taken in and done there this year."""
    first = timezone.localdate(now).replace(month=1, day=1)
    days = ServiceDay.objects.filter(station=station, day__gte=first, struck_at=None)
    taken_in = 0
    if station.organ_id is not None:
        seen = Petition.objects.visible_to(hat).filter(on_behalf_of=station.organ_id)
        taken_in = seen.filter(registered_at__year=first.year).aggregate(number=Count("pk"))["number"]
    return {
        "station": station,
        "year": first.year,
        "mediators": station.mediators.filter(ended_at=None).order_by("kind", "pk"),
        "totals": [_total(days, kind) for kind in ServiceKind],
        "taken_in": taken_in,
        "given": given_to(station, hat),
        "offers": list(_of_station(hat, station, bound)),
    }


def _of_station(hat: Hat, station: Station, bound: Bound) -> Iterator[Offer]:
    if not may.may_place(hat) or station.ended_at is not None:
        return
    for deed in ON_STATION.values():
        form = bound.get(("station", deed.slug))
        if form is None:
            form = deed.form(initial=_facts(station)) if deed.name == "change" else deed.form()
        if isinstance(form, StationForm):
            form.offer_places(_places_of(station.office))
        yield Offer(deed, form, "leadership:on_station", station.pk)


def _places_of(office: Organ) -> QuerySet[Place]:
    """Return the places of an office's district, from the district down."""
    within = Place.objects.current().inside(office.place.path)
    return within.select_related("parent").order_by("path")


def _facts(station: Station) -> dict[str, Any]:
    words = ("name", "address", "staff", "phone", "hours", "lawyer_hours", "organ")
    return {"place": station.place.code, **{name: getattr(station, name) for name in words}}
