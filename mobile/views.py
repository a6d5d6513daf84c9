"""Pages where a human decides what holds, where a phone and somebody else wrote of one event."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import StaffRequest, wears_hat_of
from grids.event_pages import shows_words
from grids.models import EventMove
from infra.files import download
from lib.errors import Refused
from mobile.actions.resolving import resolve_conflict
from mobile.finding import conflict_of, photo_of, photos_of
from mobile.forms import Resolve
from mobile.models import Conflict
from mobile.permissions import DECIDES
from mobile.states import Choice

_ROLES = sorted(DECIDES)
# how many of the newest steps of the other side are shown
_LATEST = 5


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def conflicts(request: StaffRequest) -> HttpResponse:
    """List what waits to be decided by this hat, the oldest first."""
    rows = Conflict.objects.visible_to(request.hat).open()
    rows = rows.select_related("receipt__event", "receipt__user").order_by("receipt__received_at", "pk")
    shown = [(row, shows_words(request.hat, row.event)) for row in rows[:50]]
    return render(request, "mobile/conflicts.html", {"rows": shown})


@wears_hat_of(*_ROLES)
@require_http_methods(["GET", "POST"])
@never_cache
def conflict(request: StaffRequest, conflict_id: int) -> HttpResponse:
    """Show both versions, and decide."""
    row = conflict_of(request.hat, conflict_id)
    form = Resolve(request.POST or None, initial={"version": row.event.version})
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, form, 422 if form.errors else 200)
    typed = form.cleaned_data
    try:
        resolve_conflict(
            conflict_id,
            choice=Choice(typed["choice"]),
            version=typed["version"],
            by=request.hat,
            now=request.now,
        )
    except Refused as refusal:
        if refusal.http_status == 404:
            raise
        form = Resolve(initial={"version": row.event.version, "choice": typed["choice"]})
        return _page(request, row, form, refusal.http_status, refusal)
    messages.success(request, _("Decided. What was not chosen is kept."))
    return redirect("mobile:conflicts")


@wears_hat_of(*_ROLES)
@require_GET
@never_cache
def conflict_photo(request: StaffRequest, conflict_id: int, file_id: UUID) -> HttpResponseBase:
    """Show a picture of either version, to whoever decides."""
    return download(photo_of(request.hat, conflict_id, file_id))


def _page(
    request: StaffRequest, row: Conflict, form: Resolve, status: int, refusal: Refused | None = None
) -> HttpResponse:
    event = row.event
    moves = EventMove.objects.filter(event=event).select_related("person", "by__organ").order_by("-pk")
    words = shows_words(request.hat, event)
    own, others = photos_of(row) if words else ([], [])
    return render(
        request,
        "mobile/conflict.html",
        {
            "conflict": row,
            "event": event,
            "words": words,
            "moves": moves[:_LATEST] if words else [],
            "own_photos": own,
            "other_photos": others,
            "form": form,
            "refusal": refusal,
        },
        status=status,
    )
