"""What was ticked in the ledger, or all of a view: shown before anything happens, then done to one after the other."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.requests import StaffRequest, wears_hat_of
from cases.chosen import LEDGER_DEEDS, members_for, with_readers
from cases.deeds import DEEDS
from cases.groups import AT_ONCE, Member, form_as_sent, form_for_all, waiting_for
from cases.rows import rows_of
from cases.views.asking import READS_LEDGER, AskedList, asked_list, chosen_rows
from cases.views.one_by_one import Result, do_to, seen_versions
from lib.errors import Unknown
from lib.forms import RefusableForm
from lib.keyset import capped_count

# So many are shown and carried from press to press; who has more narrows the list.
MOST = 500


@wears_hat_of(*READS_LEDGER)
@require_POST
@never_cache
def chosen(request: StaffRequest) -> HttpResponse:
    """Show what a deed would be done to; asked to do it, do it to so many and go on with the rest."""
    name = request.POST.get("deed", "")
    if name not in LEDGER_DEEDS:
        raise Unknown(_("There is no such page."))
    listed = asked_list(request)
    today = timezone.localdate(request.now)
    if request.POST.get("do") != "yes":
        rows = chosen_rows(request, listed, most=MOST)
        members = members_for(name, rows, request.hat, on=today)
        return _page(request, listed, name, members)
    seen = seen_versions(request, most=MOST)
    members = _those(request, listed, name, seen)
    waiting = waiting_for(members, name)
    sent = with_readers(form_as_sent(name, request.POST), request.hat, on=today)
    if not seen or not sent.is_valid():
        return _page(request, listed, name, members, sent=sent, seen=seen, status=422)
    gone = [
        Result(one, done=False, words=_("It does not wait for this any more."))
        for one in members
        if one not in waiting
    ]
    results = [do_to(request, member, name, seen) for member in waiting[:AT_ONCE]]
    left = waiting[AT_ONCE:]
    return _page(request, listed, name, left, sent=sent, seen=seen, results=[*results, *gone])


def _those(request: StaffRequest, listed: AskedList, name: str, seen: Mapping[UUID, str]) -> list[Member]:
    """Return the petitions that stood on the page, in its order."""
    shown = listed.visible.filter(pk__in=seen)
    members = members_for(name, shown, request.hat, on=timezone.localdate(request.now))
    place = {key: number for number, key in enumerate(seen)}
    return sorted(members, key=lambda member: place[member.petition.pk])


def _page(
    request: StaffRequest,
    listed: AskedList,
    name: str,
    members: Sequence[Member],
    *,
    sent: RefusableForm | None = None,
    seen: Mapping[UUID, str] | None = None,
    results: Sequence[Result] = (),
    status: int = 200,
) -> HttpResponse:
    rows = rows_of([member.petition for member in members], now=request.now)
    versions = seen or {}
    lines = [
        (row, name in member.about, versions.get(member.petition.pk, str(member.petition.version)))
        for member, row in zip(members, rows, strict=True)
    ]
    waiting = sum(1 for _row, waits, _version in lines if waits)
    context: dict[str, Any] = {
        "deed": DEEDS[name],
        "form": sent or _empty_form(request, name, members),
        "lines": lines,
        "waiting": waiting,
        "others": len(lines) - waiting,
        "now": min(waiting, AT_ONCE),
        "at_once": AT_ONCE,
        "most": MOST,
        # all of the view was asked for, and it has more than are shown
        "is_cut": request.POST.get("all") == "yes" and not results and capped_count(listed.found) > MOST,
        "results": results,
        "done": sum(1 for result in results if result.done),
        "nothing_chosen": status == 422 and not members,
    }
    return render(request, "cases/chosen.html", context, status=status)


def _empty_form(request: StaffRequest, name: str, members: Sequence[Member]) -> RefusableForm:
    form = form_for_all(name, members, request.hat)
    return with_readers(form, request.hat, on=timezone.localdate(request.now))
