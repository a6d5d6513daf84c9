"""The morning brief of a leader or an office."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_hat_of
from leadership.brief import READS_BRIEFS, brief_page
from lib.errors import Unknown


@wears_hat_of(*sorted(READS_BRIEFS))
@require_GET
@never_cache
def brief(request: StaffRequest) -> HttpResponse:
    """Show what is new, due today, overdue and urgent; with `?part=` one of them whole."""
    context = brief_page(request.hat, now=request.now, part=request.GET.get("part", ""))
    return render(request, "leadership/brief.html", context)


@wears_hat_of(*sorted(READS_BRIEFS))
@require_GET
def brief_of(request: StaffRequest, day: str) -> HttpResponse:
    """Lead from the word of a morning to the brief as it stands now, and say so where the morning is another.

    :raises Unknown: for what is no day, and for a day to come
    """
    try:
        morning = date.fromisoformat(day)
    except ValueError:
        raise Unknown(_("There is no brief of this day.")) from None
    today = timezone.localdate(request.now)
    if morning > today:
        raise Unknown(_("There is no brief of this day."))
    if morning < today:
        messages.info(request, _("The brief of that morning is not kept: this is how it stands today."))
    return redirect("leadership:brief")
