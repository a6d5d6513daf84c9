"""Pages of events: the ledger, one event, a new one, and what units are asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.page_deeds import Bound, Draw, deed_of, do
from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from grids import event_pages as pages
from grids.actions.handling import fetch_photo
from grids.actions.reporting import report_cadre, report_event
from grids.event_deeds import ON_ASKED, ON_EVENT
from grids.finding import asked_of, event_of, round_of
from grids.forms.events import RoundAsked
from grids.models import GridEvent, Round
from infra.files import check, download
from lib.errors import NotAllowed, Refused
from lib.posting import posts_from

_ROLES = sorted(pages.READS_EVENTS)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def events(request: StaffRequest) -> HttpResponse:
    """List the events this hat knows of, newest first, a page at a time."""
    context = pages.ledger_page(request.hat, request.GET, cursor=request.GET.get("at"), now=request.now)
    return render(request, "grids/events.html", context)


@wears_hat_of(*_ROLES)
@require_http_methods(["GET", "POST"])
@never_cache
def report(request: StaffRequest) -> HttpResponse:
    """Report an event, or what names a cadre; the form's key makes a second sending the first one again."""
    if request.method != "POST":
        return _report_page(request, pages.report_form(request.hat, found_in=_round_asked(request)), 200)
    form = pages.report_form(request.hat, request.POST, request.FILES)
    if not form.is_valid():
        return _report_page(request, form, 422)
    try:
        photo = form.cleaned_data["photo"]
        key, photos = form.cleaned_data["event_id"], [check(photo)] if photo else []
        if form.is_for_the_office:
            report_cadre(key, form.event(), photos=photos, by=request.hat, now=request.now)
            # under this same address, so that none tells of it afterwards
            return render(request, "grids/received.html", {"received_at": request.now})
        event = report_event(key, form.event(), photos=photos, by=request.hat, now=request.now)
    except Refused as refusal:
        form.refuse(refusal)
        return _report_page(request, form, 422 if refusal.http_status == 400 else refusal.http_status)
    messages.success(request, _("Reported as %(number)s.") % {"number": event.number})
    found_in = form.cleaned_data["round_id"]
    return redirect("grids:round", found_in) if found_in else redirect("grids:event", event.pk)


def _round_asked(request: StaffRequest) -> Round | None:
    """Return the round that an address names, within which something is reported."""
    asked = RoundAsked(request.GET)
    if not asked.is_valid() or asked.cleaned_data["round"] is None:
        return None
    return round_of(request.hat, asked.cleaned_data["round"])


def _report_page(request: StaffRequest, form: object, status: int) -> HttpResponse:
    if not pages.may_report(request.hat):
        raise NotAllowed(_("Your post reports no events."))
    return render(request, "grids/report.html", {"form": form}, status=status)


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def event(request: StaffRequest, event_id: UUID) -> HttpResponse:
    """Show one event."""
    return _one(request, event_of(request.hat, event_id))({}, 200, "")


def _one(request: StaffRequest, row: GridEvent) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.event_page(request.hat, row, now=request.now, bound=bound)
        return render(request, "grids/event.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*_ROLES)
@posts_from("grids:event", "event_id")
@never_cache
def on_event(request: StaffRequest, event_id: UUID, slug: str) -> HttpResponse:
    """Take a step on an event."""
    row = event_of(request.hat, event_id)
    deed = deed_of(ON_EVENT, slug)
    form = deed.form(request.POST, files=request.FILES, auto_id=f"id-{slug}-%s")
    done = do(request, deed, event_id, form, ("event", slug), _one(request, row))
    return done if isinstance(done, HttpResponse) else redirect("grids:event", event_id)


@wears_a_hat
@require_GET
@never_cache
def asked(request: StaffRequest, assignment_id: UUID) -> HttpResponse:
    """Lead to the event that a unit is asked about."""
    return redirect("grids:event", asked_of(request.hat, assignment_id).pk)


@wears_hat_of(*_ROLES)
@posts_from("grids:asked", "assignment_id")
@never_cache
def on_asked(request: StaffRequest, assignment_id: UUID, slug: str) -> HttpResponse:
    """Sign for an event, feed back on it, or decline it."""
    row = asked_of(request.hat, assignment_id)
    deed = deed_of(ON_ASKED, slug)
    form = deed.form(request.POST, files=request.FILES, auto_id=f"id-{assignment_id}-{slug}-%s")
    done = do(request, deed, assignment_id, form, (f"asked:{assignment_id}", slug), _one(request, row))
    if isinstance(done, HttpResponse):
        return done
    # what a unit declined is out of its sight
    seen = GridEvent.objects.visible_to(request.hat).filter(pk=row.pk).exists()
    return redirect("grids:event", row.pk) if seen else redirect("assignments:list")


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def photo(request: StaffRequest, event_id: UUID, photo_id: UUID) -> HttpResponseBase:
    """Save a picture of an event."""
    return download(fetch_photo(event_id, photo_id, by=request.hat, now=request.now))
