"""Letters that are the same: one page for the group, and what is written once for all of them."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import StaffRequest, wears_a_hat
from cases.deeds import DEEDS
from cases.groups import (
    AT_ONCE,
    MOST_LISTED,
    Member,
    form_as_sent,
    form_for_all,
    group_of,
    offered,
    waiting_for,
)
from cases.models import Petition
from cases.rows import rows_of
from cases.views.one_by_one import Result, do_to, seen_versions
from lib.errors import Unknown, Words
from lib.forms import RefusableForm


@wears_a_hat
@require_http_methods(["GET", "POST"])
@never_cache
def same_text(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show the letters that are the same as a petition's, and do to the chosen ones what was written once."""
    petition = Petition.objects.visible_to(request.hat).select_related("words").filter(pk=petition_id).first()
    if petition is None:
        raise Unknown(_("There is no such petition."))
    members = group_of(petition, request.hat)
    if request.method == "GET":
        return _page(request, petition, members)
    name = request.POST.get("deed", "")
    if name not in offered(members):
        words = _("No letter of this group waits for that any more.")
        return _page(request, petition, members, refusal=words, status=409)
    seen = seen_versions(request)
    chosen = [one for one in waiting_for(members, name) if one.petition.pk in seen][:AT_ONCE]
    if not chosen:
        words = _("Tick the letters it is done to.")
        sent = form_as_sent(name, request.POST)
        return _page(request, petition, members, sent=sent, refusal=words, status=422)
    sent = form_as_sent(name, request.POST)
    if not sent.is_valid():
        return _page(request, petition, members, sent=sent, status=422)
    results = [do_to(request, member, name, seen) for member in chosen]
    return _page(request, petition, group_of(petition, request.hat), results=results)


def _page(
    request: StaffRequest,
    petition: Petition,
    members: Sequence[Member],
    *,
    sent: RefusableForm | None = None,
    results: Sequence[Result] = (),
    refusal: Words | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the group with the form of one deed at a time, the first of the way unless another was asked for."""
    names = offered(members)
    asked = request.POST.get("deed", "") or request.GET.get("deed", "")
    name = asked if asked in names else next(iter(names), "")
    rows = rows_of([member.petition for member in members], now=request.now)
    context = {
        "petition": petition,
        "lines": [(member, row, name in member.about) for member, row in zip(members, rows, strict=True)],
        "deeds": [(DEEDS[each], each == name, len(waiting_for(members, each))) for each in names],
        "deed": DEEDS[name] if name else None,
        "form": sent or (form_for_all(name, members, request.hat) if name else None),
        "results": results,
        "refusal": refusal,
        "at_once": AT_ONCE,
        "listed": MOST_LISTED,
    }
    return render(request, "cases/same_text.html", context, status=status)
