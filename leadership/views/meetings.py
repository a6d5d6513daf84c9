"""Pages of meetings: their list, agenda and minutes, the note they begin with, and what key petitions taught."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from assignments.models import ANSWERS
from cases.permissions import READS_ALONG
from leadership import meeting_pages as pages
from leadership import permissions as may
from leadership.actions.meeting_kinds import end_kind
from leadership.finding import meeting_of, petition_of
from leadership.forms.meetings import CallMeeting, EnterKind
from leadership.meeting_deeds import ON_LESSONS, ON_MEETING
from leadership.models import Meeting, MeetingKind
from leadership.office_deeds import CALL_MEETING, ENTER_KIND
from leadership.situation import situation as situation_of
from leadership.views.supervision import SUPERVISES
from lib.errors import NotAllowed, Unknown
from lib.posting import posts_from

# whoever may be called to a meeting, or reads along
MEETS = frozenset(SUPERVISES) | ANSWERS | READS_ALONG


@wears_hat_of(*sorted(MEETS))
@require_GET
@never_cache
def meetings(request: StaffRequest) -> HttpResponse:
    """List meetings, what is watched, and what was decided and is not done."""
    return _listing(request, None, {}, 200)


@wears_hat_of(*sorted(MEETS))
@require_GET
@never_cache
def meetings_of(request: StaffRequest, kind_id: int) -> HttpResponse:
    """List the meetings of one kind."""
    return _listing(request, _kind(kind_id), {}, 200)


def _listing(request: StaffRequest, kind: MeetingKind | None, bound: Bound, status: int) -> HttpResponse:
    context = pages.meetings_page(request.hat, now=request.now, kind=kind, bound=bound)
    return render(request, "leadership/meetings.html", context, status=status)


def _kind(kind_id: int) -> MeetingKind:
    kind = MeetingKind.objects.filter(pk=kind_id).first()
    if kind is None:
        raise Unknown(_("There is no such kind of meeting."))
    return kind


def _redrawn(request: StaffRequest) -> Draw:
    return lambda bound, status, _refusal: _listing(request, None, bound, status)


@wears_hat_of(*SUPERVISES)
@never_cache
def call(request: StaffRequest) -> HttpResponse:
    """Call a meeting."""
    if request.method != "POST":
        return redirect("leadership:meetings")
    form = CallMeeting(request.POST, auto_id="id-call-%s")
    done = do(request, CALL_MEETING, None, form, ("meetings", "call"), _redrawn(request))
    if isinstance(done, HttpResponse):
        return done
    assert isinstance(done, Meeting)  # noqa: S101  what is called is a meeting
    return redirect("leadership:meeting", done.pk)


@wears_hat_of(*SUPERVISES)
@never_cache
def enter(request: StaffRequest) -> HttpResponse:
    """Enter a kind of meeting."""
    if request.method != "POST":
        return redirect("leadership:meetings")
    form = EnterKind(request.POST, auto_id="id-kind-%s")
    done = do(request, ENTER_KIND, None, form, ("kinds", "enter"), _redrawn(request))
    return done if isinstance(done, HttpResponse) else redirect("leadership:meetings")


@wears_hat_of(*SUPERVISES)
@posts_from("leadership:meetings_of", "kind_id")
@never_cache
def end(request: StaffRequest, kind_id: int) -> HttpResponse:
    """End a kind of meeting."""
    end_kind(kind_id, by=request.hat, now=request.now)
    messages.success(request, _("Ended."))
    return redirect("leadership:meetings")


@wears_hat_of(*sorted(MEETS))
@require_GET
@never_cache
def meeting(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Show a meeting: its agenda, who is called, its minutes and decisions."""
    return _drawer(request, meeting_id)({}, 200, "")


def _drawer(request: StaffRequest, meeting_id: UUID) -> Draw:
    found = meeting_of(request.hat, meeting_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.meeting_page(found, request.hat, now=request.now, bound=bound)
        return render(request, "leadership/meeting.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(MEETS))
@posts_from("leadership:meeting", "meeting_id")
@never_cache
def on_meeting(request: StaffRequest, meeting_id: UUID, slug: str) -> HttpResponse:
    """Put the agenda together, call units, write and sign the minutes."""
    draw = _drawer(request, meeting_id)
    deed = deed_of(ON_MEETING, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, meeting_id, form, ("meeting", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("leadership:meeting", meeting_id)


@wears_hat_of(*sorted(frozenset(SUPERVISES) | READS_ALONG))
@require_GET
@never_cache
def situation(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Show the one page of figures a meeting begins with."""
    context = situation_of(meeting_of(request.hat, meeting_id), request.hat, now=request.now)
    return render(request, "leadership/situation.html", context)


@wears_hat_of(*sorted(frozenset(SUPERVISES) | READS_ALONG))
@require_GET
@never_cache
def lessons(request: StaffRequest) -> HttpResponse:
    """List what key petitions taught, and those of which nothing is written yet."""
    return render(request, "leadership/lessons.html", pages.lessons_page(request.hat))


@wears_a_hat
@require_GET
@never_cache
def lessons_of(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show the form for what one key petition taught."""
    return _lessons(request, petition_id)({}, 200, "")


def _lessons(request: StaffRequest, petition_id: UUID) -> Draw:
    # who does not see it learns nothing of it, whatever he may do (Q6)
    petition_of(request.hat, petition_id)
    if not may.may_place(request.hat):
        raise NotAllowed(_("Your post does not write lessons."))

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.lessons_page(request.hat, bound=bound, writing=petition_id)
        return render(request, "leadership/lessons.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("leadership:lessons_of", "petition_id")
@never_cache
def on_lessons(request: StaffRequest, petition_id: UUID, slug: str) -> HttpResponse:
    """Write what a key petition taught."""
    deed = deed_of(ON_LESSONS, slug)
    draw = _lessons(request, petition_id)
    done = do(request, deed, petition_id, deed.form(request.POST), ("lessons", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("leadership:lessons")
