"""Pages of gatherings: the calendar, and one of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from grids import gathering_pages as pages
from grids.finding import gathering_of, own_organ, series_of
from grids.gathering_deeds import ON_GATHERING, ON_GATHERINGS, ON_SERIES
from grids.models import Gathering
from grids.permissions import WORKS_WITH_GRIDS
from lib.posting import posts_from

_ROLES = sorted(WORKS_WITH_GRIDS)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def gatherings(request: StaffRequest) -> HttpResponse:
    """Show the calendar."""
    return _all(request)({}, 200, "")


def _all(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.gatherings_page(
            request.hat, request.GET, cursor=request.GET.get("at"), bound=bound, now=request.now
        )
        return render(request, "grids/gatherings.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@never_cache
def on_gatherings(request: StaffRequest, organ_id: int, slug: str) -> HttpResponse:
    """Put a gathering in the calendar."""
    own_organ(request.hat, organ_id)
    if request.method != "POST":
        return redirect("grids:gatherings")
    deed = deed_of(ON_GATHERINGS, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    pages.prepare(form, request.hat)
    done = do(request, deed, organ_id, form, ("gatherings", slug), _all(request))
    return done if isinstance(done, HttpResponse) else redirect("grids:gatherings")


@wears_hat_of(*_ROLES)
@never_cache
def on_series(request: StaffRequest, series_id: UUID, slug: str) -> HttpResponse:
    """Let a gathering repeat no longer."""
    series_of(request.hat, series_id)
    if request.method != "POST":
        return redirect("grids:gatherings")
    deed = deed_of(ON_SERIES, slug)
    form = deed.form(request.POST, auto_id=f"id-{series_id}-%s")
    done = do(request, deed, series_id, form, (f"series:{series_id}", slug), _all(request))
    return done if isinstance(done, HttpResponse) else redirect("grids:gatherings")


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def gathering(request: StaffRequest, gathering_id: UUID) -> HttpResponse:
    """Show one gathering."""
    return _one(request, gathering_of(request.hat, gathering_id))({}, 200, "")


def _one(request: StaffRequest, row: Gathering) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.gathering_page(request.hat, row, bound=bound, now=request.now)
        return render(request, "grids/gathering.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@posts_from("grids:gathering", "gathering_id")
@never_cache
def on_gathering(request: StaffRequest, gathering_id: UUID, slug: str) -> HttpResponse:
    """Note how a gathering went, what came of it, or that it was called off."""
    row = gathering_of(request.hat, gathering_id)
    deed = deed_of(ON_GATHERING, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    pages.fit(form, row)
    done = do(request, deed, gathering_id, form, ("gathering", slug), _one(request, row))
    return done if isinstance(done, HttpResponse) else redirect("grids:gathering", gathering_id)
