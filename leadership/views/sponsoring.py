"""Pages of sponsoring: who sponsors a petition, what he does, and which leader sponsors what."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from cases.models import Petition
from infra.files import download
from leadership import sponsor_pages as pages
from leadership.actions.sponsoring import fetch_evidence
from leadership.finding import petition_of, sponsorship_of
from leadership.home_pages import LEADERS
from leadership.sponsor_deeds import ON_SPONSORED, ON_SPONSORSHIP
from leadership.views.supervision import SUPERVISES
from lib.posting import posts_from

READS_COVERAGE = frozenset(SUPERVISES) | LEADERS


@wears_hat_of(*sorted(READS_COVERAGE))
@require_GET
@never_cache
def coverage(request: StaffRequest) -> HttpResponse:
    """List the leaders with what each sponsors."""
    return render(request, "leadership/sponsors.html", pages.coverage_page(request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def sponsored(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show who sponsors a petition, the plan, the duties and the visits."""
    return _drawer(request, petition_of(request.hat, petition_id))({}, 200, "")


def _drawer(request: StaffRequest, petition: Petition) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.petition_page(petition, request.hat, now=request.now, bound=bound)
        return render(request, "leadership/sponsored.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("leadership:sponsored", "petition_id")
@never_cache
def on_sponsored(request: StaffRequest, petition_id: UUID, slug: str) -> HttpResponse:
    """Name a sponsor."""
    petition = petition_of(request.hat, petition_id)
    deed = deed_of(ON_SPONSORED, slug)
    form = deed.form(request.POST)
    done = do(request, deed, petition_id, form, ("sponsored", slug), _drawer(request, petition))
    return done if isinstance(done, HttpResponse) else redirect("leadership:sponsored", petition_id)


@wears_a_hat
@require_GET
def sponsorship(request: StaffRequest, sponsorship_id: UUID) -> HttpResponse:
    """Show a sponsorship that has ended; one that stands is on the page of its petition."""
    row = sponsorship_of(request.hat, sponsorship_id)
    if row.ended_at is None:
        return redirect("leadership:sponsored", row.petition_id)
    return render(request, "leadership/sponsorship.html", pages.ended_page(row, now=request.now))


@wears_a_hat
@posts_from("leadership:sponsorship", "sponsorship_id")
@never_cache
def on_sponsorship(request: StaffRequest, sponsorship_id: UUID, slug: str) -> HttpResponse:
    """Write down what a sponsor plans and does, pass it on, release him, or complete it."""
    petition = petition_of(request.hat, sponsorship_of(request.hat, sponsorship_id).petition_id)
    deed = deed_of(ON_SPONSORSHIP, slug)
    form = deed.form(request.POST, files=request.FILES)
    name = (f"sponsorship:{sponsorship_id}", slug)
    done = do(request, deed, sponsorship_id, form, name, _drawer(request, petition))
    if isinstance(done, HttpResponse):
        return done
    # a completed one leaves the sponsor's sight
    seen = Petition.objects.visible_to(request.hat).filter(pk=petition.pk).exists()
    return redirect("leadership:sponsored", petition.pk) if seen else redirect("desk:my_work")


@wears_a_hat
@require_GET
@never_cache
def evidence(request: StaffRequest, sponsorship_id: UUID) -> FileResponse:
    """Save what shows the result."""
    return download(fetch_evidence(sponsorship_id, by=request.hat, now=request.now))
