"""The morning brief of a leader or an office."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_hat_of
from leadership.brief import READS_BRIEFS, brief_page


@wears_hat_of(*sorted(READS_BRIEFS))
@require_GET
@never_cache
def brief(request: StaffRequest) -> HttpResponse:
    """Show what is new, due today, overdue and urgent."""
    return render(request, "leadership/brief.html", brief_page(request.hat, now=request.now))


@wears_hat_of(*sorted(READS_BRIEFS))
@require_GET
def brief_of(request: StaffRequest, day: str) -> HttpResponse:
    """Lead from the word of any morning to the brief as it stands now."""
    return redirect("leadership:brief")
