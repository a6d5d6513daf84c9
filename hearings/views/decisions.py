"""Pages of planned decisions: their list, and one decision with its consultations and assessments."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from hearings import decision_pages as pages
from hearings import permissions as may
from hearings.decision_deeds import ON_ASSESSMENT, ON_DECISION, PLAN_DECISION
from hearings.decision_hearing_deeds import ON_DECISION_HEARING
from hearings.finding import assessment_of, decision_hearing_of, decision_of
from lib.posting import posts_from


@wears_hat_of(*sorted(may.HEARS))
@require_GET
@never_cache
def decisions(request: StaffRequest) -> HttpResponse:
    """List planned decisions."""
    return _lister(request)({}, 200, "")


def _lister(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.decisions_page(request.hat, bound=bound, cursor=request.GET.get("at"))
        return render(request, "hearings/decisions.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.HEARS))
@require_POST
@never_cache
def plan(request: StaffRequest) -> HttpResponse:
    """Enter a planned decision."""
    form = PLAN_DECISION.form(request.POST, auto_id="id-plan-%s")
    done = do(request, PLAN_DECISION, None, form, ("decisions", PLAN_DECISION.slug), _lister(request))
    return done if isinstance(done, HttpResponse) else redirect("hearings:decision", done.pk)  # type: ignore[attr-defined]  # the decision


@wears_hat_of(*sorted(may.HEARS))
@require_GET
@never_cache
def decision(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Show a planned decision."""
    return _drawer(request, decision_id)({}, 200, "")


def _drawer(request: StaffRequest, decision_id: UUID) -> Draw:
    found = decision_of(request.hat, decision_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        today = timezone.localdate(request.now)
        context = pages.decision_page(found, request.hat, bound=bound, on=today)
        return render(request, "hearings/decision.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.HEARS))
@posts_from("hearings:decision", "decision_id")
@never_cache
def on_decision(request: StaffRequest, decision_id: UUID, slug: str) -> HttpResponse:
    """Do a deed on a planned decision."""
    draw = _drawer(request, decision_id)
    deed = deed_of(ON_DECISION, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, decision_id, form, ("decision", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("hearings:decision", decision_id)


@wears_hat_of(*sorted(may.HEARS))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def on_assessment(request: StaffRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """Do a deed on a risk assessment; whoever comes otherwise is led to its decision."""
    decision_id = assessment_of(request.hat, assessment_id).draft.decision_id
    if request.method != "POST":
        return redirect("hearings:decision", decision_id)
    draw = _drawer(request, decision_id)
    deed = deed_of(ON_ASSESSMENT, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-{assessment_id}-%s")
    done = do(request, deed, assessment_id, form, (f"assessment {assessment_id}", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("hearings:decision", decision_id)


@wears_hat_of(*sorted(may.HEARS))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def on_decision_hearing(request: StaffRequest, hearing_id: UUID, slug: str) -> HttpResponse:
    """Do a deed on a public hearing; whoever comes otherwise is led to its decision."""
    decision_id = decision_hearing_of(request.hat, hearing_id).draft.decision_id
    if request.method != "POST":
        return redirect("hearings:decision", decision_id)
    draw = _drawer(request, decision_id)
    deed = deed_of(ON_DECISION_HEARING, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-{hearing_id}-%s")
    done = do(request, deed, hearing_id, form, (f"hearing {hearing_id}", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("hearings:decision", decision_id)
