"""Where the petition office takes in what grids handed to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import StaffRequest, wears_a_hat, wears_hat_of
from accounts.roles import MAY_REGISTER
from cases.actions.from_grids import take_event, take_report
from grids.direct import waiting_for

_LISTED = 100


@wears_a_hat
@require_POST
def take(request: StaffRequest, event_id: UUID) -> HttpResponse:
    """Open the form of an event's petition, with the resident's own words in it."""
    draft = take_event(event_id, by=request.hat, now=request.now)
    return redirect("cases:draft", draft.pk)


@wears_hat_of(*sorted(MAY_REGISTER))
@require_GET
@never_cache
def direct_reports(request: StaffRequest) -> HttpResponse:
    """List what named a cadre and waits for this office, by the moment it came alone (Q3)."""
    return render(request, "cases/direct_reports.html", {"waiting": waiting_for(request.hat)[:_LISTED]})


@wears_hat_of(*sorted(MAY_REGISTER))
@require_GET
def direct_report(_request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Lead from a notice to the list of what waits; whether this one still does, is not said."""
    return redirect("cases:direct_reports")


@wears_hat_of(*sorted(MAY_REGISTER))
@require_POST
def take_direct(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Open the sealed form of what named a cadre."""
    draft = take_report(report_id, by=request.hat, now=request.now)
    return redirect("cases:draft", draft.pk)
