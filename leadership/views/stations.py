"""Pages of stations, mediators and what was done there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat
from leadership import station_pages as pages
from leadership.actions.stations import end_mediator, strike_service
from leadership.finding import station_of
from leadership.models import Station
from leadership.rosters import office_for
from leadership.station_deeds import ON_STATION, ON_STATIONS
from lib.errors import Unknown
from lib.posting import posts_from


@wears_a_hat
@require_GET
@never_cache
def stations(request: StaffRequest) -> HttpResponse:
    """Show the registry of stations and mediators, and the numbers of this year."""
    return _registry(request)({}, 200, "")


def _registry(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.stations_page(request.hat, request.GET, now=request.now, bound=bound)
        return render(request, "leadership/stations.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@never_cache
def on_stations(request: StaffRequest, office_id: int, slug: str) -> HttpResponse:
    """Enter a station or a mediator, or write down what was done."""
    office = office_for(request.hat)
    if office.pk != office_id:
        raise Unknown(_("There is no such page."))
    if request.method != "POST":
        return redirect("leadership:stations")
    deed = deed_of(ON_STATIONS, slug)
    done = do(request, deed, office_id, deed.form(request.POST), ("stations", slug), _registry(request))
    return done if isinstance(done, HttpResponse) else redirect("leadership:stations")


@wears_a_hat
@require_GET
@never_cache
def station(request: StaffRequest, station_id: UUID) -> HttpResponse:
    """Show one station."""
    return _one(request, station_of(request.hat, station_id))({}, 200, "")


def _one(request: StaffRequest, row: Station) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.station_page(request.hat, row, now=request.now, bound=bound)
        return render(request, "leadership/station.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("leadership:station", "station_id")
@never_cache
def on_station(request: StaffRequest, station_id: UUID, slug: str) -> HttpResponse:
    """Change a station or close it."""
    row = station_of(request.hat, station_id)
    deed = deed_of(ON_STATION, slug)
    done = do(request, deed, station_id, deed.form(request.POST), ("station", slug), _one(request, row))
    return done if isinstance(done, HttpResponse) else redirect("leadership:station", station_id)


@wears_a_hat
@require_POST
@never_cache
def take_off(request: StaffRequest, mediator_id: UUID) -> HttpResponse:
    """Take a mediator off the registry."""
    end_mediator(mediator_id, by=request.hat, now=request.now)
    messages.success(request, _("Taken off."))
    return redirect("leadership:stations")


@wears_a_hat
@require_POST
@never_cache
def strike(request: StaffRequest, service_id: int) -> HttpResponse:
    """Strike out a line of numbers."""
    strike_service(service_id, by=request.hat, now=request.now)
    messages.success(request, _("Struck out."))
    return redirect("leadership:stations")
