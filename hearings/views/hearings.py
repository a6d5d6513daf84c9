"""Pages of hearings: their list, asking for one, and its room."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from hearings import pages
from hearings import permissions as may
from hearings.actions import registry
from hearings.actions.holding import write_entry
from hearings.deeds import ON_HEARING, ON_PETITION
from hearings.finding import hearing_of
from hearings.forms.arranging import EnterPanelist, EnterRoom
from leadership.finding import petition_of
from lib.errors import NotAllowed, Refused
from lib.forms import RefusableForm
from lib.posting import posts_from


@wears_hat_of(*sorted(may.HEARS))
@require_GET
@never_cache
def hearings(request: StaffRequest) -> HttpResponse:
    """List hearings, procedures, rooms and the registry of panel members."""
    return _listing(request, {}, 200)


def _listing(request: StaffRequest, bound: Bound, status: int) -> HttpResponse:
    context = pages.hearings_page(request.hat, now=request.now, bound=bound)
    return render(request, "hearings/hearings.html", context, status=status)


@wears_hat_of(*sorted(may.ARRANGES))
@require_POST
@never_cache
def rooms(request: StaffRequest) -> HttpResponse:
    """Enter a room."""
    form = EnterRoom(request.POST, auto_id="id-room-%s")
    return _entered(request, form, ("rooms", "enter"), registry.enter_room)


@wears_hat_of(*sorted(may.ARRANGES))
@require_POST
@never_cache
def panelists(request: StaffRequest) -> HttpResponse:
    """Enter a panel member."""
    form = EnterPanelist(request.POST, auto_id="id-panelist-%s")
    return _entered(request, form, ("panelists", "enter"), registry.enter_panelist)


def _entered(
    request: StaffRequest, form: RefusableForm, name: tuple[str, str], act: Callable[..., object]
) -> HttpResponse:
    if not form.is_valid():
        return _listing(request, {name: form}, 422)
    try:
        act(**form.cleaned_data, by=request.hat, now=request.now)
    except Refused as refusal:
        form.refuse(refusal)
        return _listing(request, {name: form}, 422 if refusal.http_status == 400 else refusal.http_status)
    messages.success(request, _("Entered."))
    return redirect("hearings:hearings")


@wears_hat_of(*sorted(may.ARRANGES))
@require_POST
@never_cache
def end_panelist(request: StaffRequest, panelist_id: int) -> HttpResponse:
    """Take a panel member out of the registry."""
    registry.end_panelist(panelist_id, by=request.hat, now=request.now)
    messages.success(request, _("Ended."))
    return redirect("hearings:hearings")


@wears_a_hat
@require_GET
@never_cache
def asking(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show the form by which it is noted that a hearing on a petition is asked for."""
    return _asking(request, petition_id)({}, 200, "")


def _asking(request: StaffRequest, petition_id: UUID) -> Draw:
    petition = petition_of(request.hat, petition_id)
    if not may.may_ask(request.hat, petition):
        raise NotAllowed(_("Your post does not hold hearings on this petition."))

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.asking_page(petition, request.hat, now=request.now, bound=bound)
        return render(request, "hearings/asking.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_a_hat
@posts_from("hearings:asking", "petition_id")
@never_cache
def on_petition(request: StaffRequest, petition_id: UUID, slug: str) -> HttpResponse:
    """Note that a hearing is asked for."""
    draw = _asking(request, petition_id)
    deed = deed_of(ON_PETITION, slug)
    done = do(request, deed, petition_id, deed.form(request.POST), ("petition", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("hearings:hearing", done.pk)  # type: ignore[attr-defined]  # the hearing


@wears_hat_of(*sorted(may.HEARS))
@require_GET
@never_cache
def hearing(request: StaffRequest, hearing_id: UUID) -> HttpResponse:
    """Show a hearing and its room."""
    return _drawer(request, hearing_id)({}, 200, "")


def _drawer(request: StaffRequest, hearing_id: UUID) -> Draw:
    found = hearing_of(request.hat, hearing_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.hearing_page(found, request.hat, now=request.now, bound=bound)
        return render(request, "hearings/hearing.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.HEARS))
@posts_from("hearings:hearing", "hearing_id")
@never_cache
def on_hearing(request: StaffRequest, hearing_id: UUID, slug: str) -> HttpResponse:
    """Do a deed on a hearing."""
    draw = _drawer(request, hearing_id)
    deed = deed_of(ON_HEARING, slug)
    form = deed.form(request.POST, auto_id=f"id-{slug}-%s")
    done = do(request, deed, hearing_id, form, ("hearing", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("hearings:hearing", hearing_id)


@wears_hat_of(*sorted(may.HEARS))
@require_POST
@never_cache
def autosave(request: StaffRequest, hearing_id: UUID) -> JsonResponse:
    """Save the entry that is being typed; a refusal comes as data with the words that stand (Q32)."""
    hearing_of(request.hat, hearing_id)
    form = ON_HEARING["write-entry"].form(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("Nothing is written yet.")}, status=422)
    try:
        entry = write_entry(hearing_id, **form.cleaned_data, by=request.hat, now=request.now)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal.message)}, status=refusal.http_status)
    saved_at = timezone.localtime(entry.written_at).strftime("%H:%M")
    return JsonResponse({"version": entry.version, "saved_at": saved_at})
