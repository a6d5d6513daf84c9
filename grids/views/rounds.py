"""Pages of rounds: all of them, a plan, one round of one grid."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from grids import round_pages as pages
from grids.finding import own_organ, plan_of, round_of
from grids.forms.rounds import ReportRound
from grids.models import Round, RoundPlan
from grids.permissions import WORKS_WITH_GRIDS
from grids.round_deeds import ON_PLAN, ON_ROUND, ON_ROUNDS
from lib.posting import posts_from

_ROLES = sorted(WORKS_WITH_GRIDS)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def rounds(request: StaffRequest) -> HttpResponse:
    """Show what waits, how far the grids are, what was missed."""
    return _all(request)({}, 200, "")


def _all(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.rounds_page(request.hat, request.GET, bound=bound, now=request.now)
        return render(request, "grids/rounds.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@never_cache
def on_rounds(request: StaffRequest, organ_id: int, slug: str) -> HttpResponse:
    """Plan rounds."""
    own_organ(request.hat, organ_id)
    if request.method != "POST":
        return redirect("grids:rounds")
    deed = deed_of(ON_ROUNDS, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, organ_id, form, ("rounds", slug), _all(request))
    return done if isinstance(done, HttpResponse) else redirect("grids:rounds")


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def plan(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Show one plan."""
    return _plan(request, plan_of(request.hat, plan_id))({}, 200, "")


def _plan(request: StaffRequest, row: RoundPlan) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.plan_page(request.hat, row, bound=bound, now=request.now)
        return render(request, "grids/round_plan.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@posts_from("grids:plan", "plan_id")
@never_cache
def on_plan(request: StaffRequest, plan_id: UUID, slug: str) -> HttpResponse:
    """Enter a group, or end the plan."""
    row = plan_of(request.hat, plan_id)
    deed = deed_of(ON_PLAN, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, plan_id, form, ("plan", slug), _plan(request, row))
    return done if isinstance(done, HttpResponse) else redirect("grids:plan", plan_id)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def one_round(request: StaffRequest, round_id: UUID) -> HttpResponse:
    """Show one round of one grid."""
    return _round(request, round_of(request.hat, round_id))({}, 200, "")


def _round(request: StaffRequest, row: Round) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.round_page(request.hat, row, bound=bound, now=request.now)
        return render(request, "grids/round.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@posts_from("grids:round", "round_id")
@never_cache
def on_round(request: StaffRequest, round_id: UUID, slug: str) -> HttpResponse:
    """Report a round."""
    row = round_of(request.hat, round_id)
    deed = deed_of(ON_ROUND, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    if isinstance(form, ReportRound):
        form.offer(row)
    done = do(request, deed, round_id, form, ("round", slug), _round(request, row))
    return done if isinstance(done, HttpResponse) else redirect("grids:round", round_id)
