"""Pages of teams around petitions, of task forces, and of leaders and their commissioners."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from leadership import team_pages as pages
from leadership.actions.teams import end_pairing, end_role
from leadership.finding import force_of, petition_of
from leadership.forms.teams import EndPairing, EnterRole, FormForce, Pair
from leadership.models import TaskForce
from leadership.office_deeds import ENTER_ROLE, FORM_FORCE, PAIR
from leadership.team_deeds import ON_FORCE, ON_TEAM
from leadership.views.meetings import MEETS
from leadership.views.supervision import SUPERVISES
from lib.posting import posts_from


@wears_hat_of(*sorted(MEETS))
@require_GET
@never_cache
def teams(request: StaffRequest) -> HttpResponse:
    """List task forces, and who stands at which leader's side."""
    return _teams(request, {}, 200)


def _teams(request: StaffRequest, bound: Bound, status: int) -> HttpResponse:
    context = pages.teams_page(request.hat, now=request.now, bound=bound)
    return render(request, "leadership/teams.html", context, status=status)


def _redrawn(request: StaffRequest) -> Draw:
    return lambda bound, status, _refusal: _teams(request, bound, status)


@wears_hat_of(*SUPERVISES)
@never_cache
def form(request: StaffRequest) -> HttpResponse:
    """Form a task force."""
    if request.method != "POST":
        return redirect("leadership:teams")
    sent = FormForce(request.POST, auto_id="id-force-%s")
    done = do(request, FORM_FORCE, None, sent, ("forces", "form"), _redrawn(request))
    if isinstance(done, HttpResponse):
        return done
    assert isinstance(done, TaskForce)  # noqa: S101  what is formed is a task force
    return redirect("leadership:task_force", done.pk)


@wears_hat_of(*SUPERVISES)
@never_cache
def pair_up(request: StaffRequest) -> HttpResponse:
    """Pair a leader with a commissioner."""
    if request.method != "POST":
        return redirect("leadership:teams")
    sent = Pair(request.POST, auto_id="id-pair-%s")
    done = do(request, PAIR, None, sent, ("pairings", "pair"), _redrawn(request))
    return done if isinstance(done, HttpResponse) else redirect("leadership:teams")


@wears_hat_of(*SUPERVISES)
@never_cache
def part(request: StaffRequest, pairing_id: int) -> HttpResponse:
    """End a pairing."""
    sent = EndPairing(request.POST)
    if request.method == "POST" and sent.is_valid():
        end_pairing(pairing_id, reason=sent.cleaned_data["reason"], by=request.hat, now=request.now)
        messages.success(request, _("Ended."))
    return redirect("leadership:teams")


@wears_hat_of(*SUPERVISES)
@never_cache
def enter(request: StaffRequest) -> HttpResponse:
    """Enter a role that somebody may have in a team."""
    if request.method != "POST":
        return redirect("leadership:teams")
    sent = EnterRole(request.POST, auto_id="id-role-%s")
    done = do(request, ENTER_ROLE, None, sent, ("roles", "enter"), _redrawn(request))
    return done if isinstance(done, HttpResponse) else redirect("leadership:teams")


@wears_hat_of(*SUPERVISES)
@never_cache
def end(request: StaffRequest, role_id: int) -> HttpResponse:
    """End a role that somebody may have in a team."""
    if request.method != "POST":
        return redirect("leadership:teams")
    end_role(role_id, by=request.hat, now=request.now)
    messages.success(request, _("Ended."))
    return redirect("leadership:teams")


@wears_a_hat
@require_GET
@never_cache
def team(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show the team around a petition."""
    return _drawer(request, petition_id)({}, 200, "")


def _drawer(request: StaffRequest, petition_id: UUID) -> Draw:
    petition = petition_of(request.hat, petition_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.team_page(petition, request.hat, now=request.now, bound=bound)
        return render(request, "leadership/team.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("leadership:team", "petition_id")
@never_cache
def on_team(request: StaffRequest, petition_id: UUID, slug: str) -> HttpResponse:
    """Give somebody a place in the team around a petition, or end it."""
    draw = _drawer(request, petition_id)
    deed = deed_of(ON_TEAM, slug)
    sent = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, petition_id, sent, ("team", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("leadership:team", petition_id)


@wears_a_hat
@require_GET
@never_cache
def task_force(request: StaffRequest, force_id: UUID) -> HttpResponse:
    """Show a task force."""
    return _force_drawer(request, force_id)({}, 200, "")


def _force_drawer(request: StaffRequest, force_id: UUID) -> Draw:
    force = force_of(request.hat, force_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.force_page(force, request.hat, now=request.now, bound=bound)
        return render(request, "leadership/task_force.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("leadership:task_force", "force_id")
@never_cache
def on_force(request: StaffRequest, force_id: UUID, slug: str) -> HttpResponse:
    """Staff a task force, let it take petitions, or write its result."""
    draw = _force_drawer(request, force_id)
    deed = deed_of(ON_FORCE, slug)
    sent = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, force_id, sent, ("force", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("leadership:task_force", force_id)
