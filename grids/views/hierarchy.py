"""Pages of grids: the tree, one grid, and what is done about them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from grids import hierarchy_pages as pages
from grids.actions import staff
from grids.finding import grid_of, own_organ
from grids.forms.hierarchy import NameStaff
from grids.hierarchy_deeds import ON_GRID, ON_GRIDS
from grids.models import Grid
from grids.permissions import WORKS_WITH_GRIDS
from lib.posting import posts_from

_ROLES = sorted(WORKS_WITH_GRIDS)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def grids(request: StaffRequest) -> HttpResponse:
    """Show the tree of grids with who stands for them."""
    return _tree(request)({}, 200, "")


def _tree(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.grids_page(request.hat, bound=bound)
        return render(request, "grids/grids.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@never_cache
def on_grids(request: StaffRequest, organ_id: int, slug: str) -> HttpResponse:
    """Enter levels, a grid or a service team."""
    own_organ(request.hat, organ_id)
    if request.method != "POST":
        return redirect("grids:grids")
    deed = deed_of(ON_GRIDS, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, organ_id, form, ("grids", slug), _tree(request))
    return done if isinstance(done, HttpResponse) else redirect("grids:grids")


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def grid(request: StaffRequest, grid_id: UUID) -> HttpResponse:
    """Show one grid."""
    return _one(request, grid_of(request.hat, grid_id))({}, 200, "")


def _one(request: StaffRequest, row: Grid) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.grid_page(request.hat, row, now=request.now, bound=bound)
        return render(request, "grids/grid.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@posts_from("grids:grid", "grid_id")
@never_cache
def on_grid(request: StaffRequest, grid_id: UUID, slug: str) -> HttpResponse:
    """Change a grid, post it, name who stands for it, close it."""
    row = grid_of(request.hat, grid_id)
    deed = deed_of(ON_GRID, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    if isinstance(form, NameStaff):
        form.offer(row, pages.posts_of(row, now=request.now))
    done = do(request, deed, grid_id, form, ("grid", slug), _one(request, row))
    return done if isinstance(done, HttpResponse) else redirect("grids:grid", grid_id)


@wears_hat_of(*_ROLES)
@require_POST
@never_cache
def end_staff(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """Let somebody stand for his grid no longer."""
    row = staff.end_staff(staff_id, by=request.hat, now=request.now)
    messages.success(request, _("Ended."))
    return redirect("grids:grid", row.grid_id)


@wears_hat_of(*_ROLES)
@require_POST
@never_cache
def end_liaison(request: StaffRequest, liaison_id: UUID) -> HttpResponse:
    """End a liaison."""
    row = staff.end_liaison(liaison_id, by=request.hat, now=request.now)
    messages.success(request, _("Ended."))
    return redirect("grids:grid", row.grid_id)


@wears_hat_of(*_ROLES)
@require_POST
@never_cache
def end_team(request: StaffRequest, team_id: UUID) -> HttpResponse:
    """End a service team."""
    staff.end_team(team_id, by=request.hat, now=request.now)
    messages.success(request, _("Ended."))
    return redirect("grids:grids")
