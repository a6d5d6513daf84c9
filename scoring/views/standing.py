"""Pages of how units stand: one unit's card, and months that were closed."""

import tempfile
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.page_deeds import Bound, Draw, do
from accounts.requests import StaffRequest, wears_hat_of
from lib.posting import posts_from
from scoring import permissions as may
from scoring import standing_pages as pages
from scoring.finding import month_of, unit_of
from scoring.month_deeds import CLOSE_MONTH, HAND_OUT
from scoring.sheet import write_month


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def card(request: StaffRequest, code: str) -> HttpResponse:
    """Show one unit: how it stands and why."""
    organ = unit_of(request.hat, code)
    context = pages.card_page(organ, request.hat, now=request.now, cursor=request.GET.get("at"))
    return render(request, "scoring/card.html", context)


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def months(request: StaffRequest) -> HttpResponse:
    """List the months that were closed."""
    return _lister(request)({}, 200, "")


def _lister(request: StaffRequest) -> Draw:
    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.months_page(request.hat, bound=bound)
        return render(request, "scoring/months.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.READS_SCORES))
@require_POST
@never_cache
def close_month(request: StaffRequest) -> HttpResponse:
    """Close a month; it is shown as it was frozen."""
    form = CLOSE_MONTH.form(request.POST, auto_id="id-close-%s")
    done = do(request, CLOSE_MONTH, None, form, ("months", CLOSE_MONTH.slug), _lister(request))
    return done if isinstance(done, HttpResponse) else redirect("scoring:month", done.pk)  # type: ignore[attr-defined]  # the month


@wears_hat_of(*sorted(may.READS_SCORES))
@require_GET
@never_cache
def month(request: StaffRequest, close_id: UUID) -> HttpResponse:
    """Show a month as it was closed."""
    return _drawer(request, close_id)({}, 200, "")


def _drawer(request: StaffRequest, close_id: UUID) -> Draw:
    found = month_of(request.hat, close_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        context = pages.month_page(found, request.hat, now=request.now, bound=bound)
        return render(request, "scoring/month.html", {**context, "refusal": refusal}, status=status)

    return draw


@wears_hat_of(*sorted(may.READS_SCORES))
@posts_from("scoring:month", "close_id")
@never_cache
def hand_out(request: StaffRequest, close_id: UUID) -> HttpResponseBase:
    """Send a closed month as a workbook, with the note for whom it is."""
    draw = _drawer(request, close_id)
    form = HAND_OUT.form(request.POST, auto_id="id-hand-out-%s")
    done = do(request, HAND_OUT, close_id, form, ("month", HAND_OUT.slug), draw)
    if isinstance(done, HttpResponse):
        return done
    today, close = timezone.localdate(request.now), month_of(request.hat, close_id)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    lines = pages.lines_read(request.hat, close, today=today)
    write_month(out, close, lines, note=form.cleaned_data["note"], on=today)
    out.seek(0)
    name = _("Scores %(month)s.xlsx") % {"month": close.name}
    response = FileResponse(out, as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response
