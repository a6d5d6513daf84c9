"""Pages of supervision, of what is asked, and of lifting."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Deed, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import Kind
from cases.models import Petition
from documents.working_copy import working_copy_of
from infra.files import download, hand_out
from infra.models import StoredFile
from leadership import bulletin_pages, pages
from leadership.actions.answers import fetch_reply
from leadership.actions.bulletins import fetch_bulletin
from leadership.actions.slips import fetch_slip
from leadership.actions.urgent import fetch_urgent
from leadership.deeds import ON_ASKED, ON_BULLETIN, ON_LIFT, ON_PETITION, ON_REPORT, ON_SLIP
from leadership.finding import asked_of, bulletin_of, lift_of, petition_of, report_of, slip_of
from leadership.models import Bulletin, Slip
from leadership.offers import form_of, units_that_lead
from leadership.states import SlipKind
from lib.posting import posts_from

SUPERVISES = (Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.OFFICE_DIRECTOR, Role.JOINT_CONFERENCE_OFFICER)


@wears_hat_of(*SUPERVISES)
@require_GET
@never_cache
def supervision(request: StaffRequest) -> HttpResponse:
    """List what waits to be signed, verified or decided, and what was asked and is still owed."""
    return render(
        request, "leadership/supervision.html", pages.supervision_page(request.hat, now=request.now)
    )


@wears_a_hat
@require_GET
@never_cache
def matter(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show the tiers of a petition, its slips and reports, and what may be begun."""
    return _matter(request, petition_of(request.hat, petition_id), {}, 200, "")


def _matter(
    request: StaffRequest, petition: Petition, bound: Bound, status: int, refusal: str
) -> HttpResponse:
    asked_for = request.GET.get("kind") or (request.POST.get("kind") if bound else "")
    kind = SlipKind(asked_for) if asked_for in SlipKind.values else None
    context = pages.matter_page(petition, request.hat, now=request.now, kind=kind, bound=bound)
    return render(request, "leadership/matter.html", {**context, "refusal": refusal}, status=status)


@wears_a_hat
@require_GET
@never_cache
def slip(request: StaffRequest, slip_id: UUID) -> HttpResponse:
    """Show a slip of one's own office."""
    return _slip_page(request, slip_of(request.hat, slip_id), {}, 200, "")


def _slip_page(request: StaffRequest, found: Slip, bound: Bound, status: int, refusal: str) -> HttpResponse:
    context = pages.slip_page(found, request.hat, now=request.now, bound=bound)
    return render(request, "leadership/slip.html", {**context, "refusal": refusal}, status=status)


@wears_a_hat
@require_GET
@never_cache
def asked(request: StaffRequest, assignment_id: UUID) -> HttpResponse:
    """Show what is asked, to whoever is asked and to whoever asked; an event of a grid has a page of its own."""
    if Assignment.objects.filter(pk=assignment_id, kind=Kind.EVENT).exists():
        return redirect("grids:asked", assignment_id)
    found, is_asked = asked_of(request.hat, assignment_id)
    return _asked_page(request, found, is_asked, {}, 200, "")


def _asked_page(
    request: StaffRequest, found: Assignment, is_asked: bool, bound: Bound, status: int, refusal: str
) -> HttpResponse:
    context = pages.asked_page(found, request.hat, now=request.now, asked=is_asked, bound=bound)
    return render(request, "leadership/asked.html", {**context, "refusal": refusal}, status=status)


@wears_a_hat
@posts_from("leadership:matter", "petition_id")
@never_cache
def on_petition(request: StaffRequest, petition_id: UUID, slug: str) -> HttpResponse:
    """Begin something on a petition."""
    petition = petition_of(request.hat, petition_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        return _matter(request, petition, bound, status, refusal)

    deed = deed_of(ON_PETITION, slug)
    done = _do(request, deed, petition_id, ("petition", slug), draw, petition)
    if isinstance(done, HttpResponse):
        return done
    return redirect("leadership:matter", petition_id)


@wears_a_hat
@posts_from("leadership:slip", "slip_id")
@never_cache
def on_slip(request: StaffRequest, slip_id: UUID, slug: str) -> HttpResponse:
    """Do something with a slip."""
    found = slip_of(request.hat, slip_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        return _slip_page(request, slip_of(request.hat, slip_id), bound, status, refusal)

    done = _do(request, deed_of(ON_SLIP, slug), slip_id, ("slip", slug), draw, found.petition)
    return done if isinstance(done, HttpResponse) else redirect("leadership:slip", slip_id)


@wears_a_hat
@posts_from("leadership:asked", "assignment_id")
@never_cache
def on_asked(request: StaffRequest, assignment_id: UUID, slug: str) -> HttpResponse:
    """Sign for what is asked, answer it, or verify the answer."""
    found, is_asked = asked_of(request.hat, assignment_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        return _asked_page(request, found, is_asked, bound, status, refusal)

    done = _do(request, deed_of(ON_ASKED, slug), assignment_id, ("asked", slug), draw, None)
    return done if isinstance(done, HttpResponse) else redirect("leadership:asked", assignment_id)


@wears_a_hat
@posts_from("leadership:lift", "lift_id")
@never_cache
def on_lift(request: StaffRequest, lift_id: UUID, slug: str) -> HttpResponse:
    """Decide about a lift."""
    lift = lift_of(request.hat, lift_id)
    petition = petition_of(request.hat, lift.petition_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        return _matter(request, petition, bound, status, refusal)

    done = _do(request, deed_of(ON_LIFT, slug), lift_id, (f"lift:{lift_id}", slug), draw, petition)
    if isinstance(done, HttpResponse):
        return done
    seen = Petition.objects.visible_to(request.hat).filter(pk=petition.pk).exists()
    # given back or sent down, it left this hat's sight
    return redirect("leadership:matter", petition.pk) if seen else redirect("assignments:list")


@wears_a_hat
@require_GET
def lift(request: StaffRequest, lift_id: UUID) -> HttpResponse:
    """Lead to the page a lift stands on."""
    return redirect("leadership:matter", lift_of(request.hat, lift_id).petition_id)


@wears_a_hat
@posts_from("leadership:report", "report_id")
@never_cache
def on_report(request: StaffRequest, report_id: UUID, slug: str) -> HttpResponse:
    """Note to whom an urgent report went."""
    report = report_of(request.hat, report_id)
    petition = petition_of(request.hat, report.petition_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        return _matter(request, petition, bound, status, refusal)

    done = _do(request, deed_of(ON_REPORT, slug), report_id, (f"report:{report_id}", slug), draw, None)
    return done if isinstance(done, HttpResponse) else redirect("leadership:matter", petition.pk)


@wears_a_hat
@require_GET
def report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Lead to the page an urgent report stands on."""
    return redirect("leadership:matter", report_of(request.hat, report_id).petition_id)


@wears_a_hat
@require_GET
@never_cache
def slip_file(request: StaffRequest, slip_id: UUID) -> FileResponse:
    """Save an issued slip."""
    return download(fetch_slip(slip_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def reply_file(request: StaffRequest, assignment_id: UUID, move_id: int) -> FileResponse:
    """Save the file of a reply."""
    return download(fetch_reply(assignment_id, move_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def slip_working_copy(request: StaffRequest, slip_id: UUID) -> FileResponse:
    """Save the paper of a slip as a Word file to work with."""
    return _working_copy(request, fetch_slip(slip_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def report_working_copy(request: StaffRequest, report_id: UUID) -> FileResponse:
    """Save an urgent report as a Word file to work with."""
    return _working_copy(request, fetch_urgent(report_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def bulletin_working_copy(request: StaffRequest, bulletin_id: UUID) -> FileResponse:
    """Save the paper of an issued bulletin as a Word file to work with."""
    return _working_copy(request, fetch_bulletin(bulletin_id, by=request.hat, now=request.now))


def _working_copy(request: StaffRequest, file: StoredFile) -> FileResponse:
    return hand_out(working_copy_of(file, by=request.hat.user.name, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def report_file(request: StaffRequest, report_id: UUID) -> FileResponse:
    """Save an urgent report."""
    return download(fetch_urgent(report_id, by=request.hat, now=request.now))


@wears_a_hat
@require_GET
@never_cache
def bulletins(request: StaffRequest) -> HttpResponse:
    """List the bulletins this hat reads, month by month."""
    return render(request, "leadership/bulletins.html", bulletin_pages.bulletins_page(request.hat))


@wears_a_hat
@require_GET
@never_cache
def bulletin(request: StaffRequest, bulletin_id: UUID) -> HttpResponse:
    """Show a month's bulletin: all of it to whoever issues it and to leaders, a unit its own matters."""
    return _bulletin_page(request, bulletin_of(request.hat, bulletin_id), {}, 200, "")


def _bulletin_page(
    request: StaffRequest, found: Bulletin, bound: Bound, status: int, refusal: str
) -> HttpResponse:
    context = bulletin_pages.bulletin_page(found, request.hat, bound=bound)
    return render(request, "leadership/bulletin.html", {**context, "refusal": refusal}, status=status)


@wears_a_hat
@posts_from("leadership:bulletin", "bulletin_id")
@never_cache
def on_bulletin(request: StaffRequest, bulletin_id: UUID, slug: str) -> HttpResponse:
    """Issue a bulletin, leave a matter out of it, or draw up another where it was withdrawn, which is shown then."""
    found = bulletin_of(request.hat, bulletin_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        return _bulletin_page(request, found, bound, status, refusal)

    done: Any = _do(request, deed_of(ON_BULLETIN, slug), bulletin_id, ("bulletin", slug), draw, None)
    return done if isinstance(done, HttpResponse) else redirect("leadership:bulletin", done.pk)


@wears_a_hat
@require_GET
@never_cache
def bulletin_file(request: StaffRequest, bulletin_id: UUID) -> FileResponse:
    """Save an issued bulletin."""
    return download(fetch_bulletin(bulletin_id, by=request.hat, now=request.now))


def _do(
    request: StaffRequest, deed: Deed, key: UUID, name: tuple[str, str], draw: Draw, petition: Petition | None
) -> object:
    """Do a deed with what was sent, or draw its page with what is wrong and everything typed kept."""
    organs = units_that_lead(petition) if petition is not None else None
    form: Any = form_of(deed, request.POST, request.FILES, organs=organs)
    return do(request, deed, key, form, name, draw)
