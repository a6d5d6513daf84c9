"""The map of grids and the list beside it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from grids import map_pages as pages
from grids.finding import own_organ
from grids.map_deeds import ON_MAP
from grids.permissions import WORKS_WITH_GRIDS

_ROLES = sorted(WORKS_WITH_GRIDS)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def map_of_grids(request: StaffRequest) -> HttpResponse:
    """Show where the grids lie and how many events are open in each."""
    return _map(request)({}, 200, "")


def _map(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.map_page(request.hat, bound=bound, now=request.now)
        return render(request, "grids/map.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@never_cache
def on_map(request: StaffRequest, organ_id: int, slug: str) -> HttpResponse:
    """Upload boundaries."""
    own_organ(request.hat, organ_id)
    if request.method != "POST":
        return redirect("grids:map")
    deed = deed_of(ON_MAP, slug)
    form = deed.form(request.POST, request.FILES, auto_id=f"id-{slug}-%s")
    done = do(request, deed, organ_id, form, ("map", slug), _map(request))
    return done if isinstance(done, HttpResponse) else redirect("grids:map")
