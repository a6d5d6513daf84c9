"""Taking in lists in the browser: upload, columns, trial, run, result, withdrawal. The worker does the work."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import StaffRequest, wears_hat_of
from cases import permissions as may
from cases.actions import imports as deeds
from cases.forms.imports import Match, Upload, Withdraw
from cases.imports.faults import words_of
from cases.models import ContentCategory, ImportBatch, ImportSource, ImportState, Petition, Verdict
from cases.models.imports import READS_IMPORTS
from cases.rows import rows_of
from cases.states import Channel, Purpose
from cases.views.worker import wake
from infra.files import download
from lib.errors import NotAllowed, Refused, Unknown
from lib.posting import posts_from
from places.lookup import find
from places.models import Place

_SHOWN = 50
# the rows that became petitions, beside the verdicts on those that did not
_CREATED = "created"
_LOADINGS = 30
_PLACES = 20
_WITHDRAWAL = {ImportState.WITHDRAWAL_ASKED, ImportState.WITHDRAWING, ImportState.WITHDRAWN}


def _find(request: StaffRequest, batch_id: UUID) -> ImportBatch:
    batches = ImportBatch.objects.visible_to(request.hat).select_related(
        "source__organ__place", "post__user", "withdrawal_asker", "withdrawal_decider", "rejects"
    )
    batch = batches.filter(pk=batch_id).first()
    if batch is None:
        raise Unknown(_("There is no such list."))
    return batch


@wears_hat_of(*sorted(READS_IMPORTS))
@require_http_methods(["GET", "POST"])
@never_cache
def imports(request: StaffRequest) -> HttpResponse:
    """List the loadings of one's own office; take in another file."""
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            batch = deeds.upload_list(facts["source"], facts["upload"], by=request.hat, now=request.now)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            wake("carry_on_imports")
            return redirect("cases:import", batch.pk)
    loadings = ImportBatch.objects.visible_to(request.hat).select_related("source", "post__user")
    context = {
        "form": form,
        "may_load": may.may_take_in_lists(request.hat),
        "loadings": loadings.order_by("-uploaded_at", "-pk")[:_LOADINGS],
        "sources": ImportSource.objects.filter(organ=request.hat.organ).order_by("name"),
    }
    return render(request, "cases/imports.html", context, status=422 if request.method == "POST" else 200)


@wears_hat_of(*sorted(READS_IMPORTS))
@require_GET
@never_cache
def one(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Show where a loading stands, and what can be done next."""
    return _page(request, _find(request, batch_id))


@wears_hat_of(*sorted(READS_IMPORTS))
@require_GET
@never_cache
def progress(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Return how far the worker has come; once it is done the page is loaded anew."""
    batch = _find(request, batch_id)
    response = render(request, "cases/_import_progress.html", {"batch": batch})
    if not batch.is_at_work:
        response["HX-Refresh"] = "true"
    return response


@wears_hat_of(*sorted(READS_IMPORTS))
@require_GET
@never_cache
def rejects(request: StaffRequest, batch_id: UUID) -> HttpResponseBase:
    """Give out the rejected rows to the post that loaded them, as long as they are kept."""
    batch = _find(request, batch_id)
    if batch.post_id != request.hat.post.pk or batch.rejects is None:
        raise Unknown(_("There is no such file, or it was removed after a day."))
    return download(batch.rejects)


@wears_hat_of(*sorted(READS_IMPORTS))
@posts_from("cases:import", "batch_id")
def step(request: StaffRequest, batch_id: UUID, step: str) -> HttpResponse:
    """Take one step of a loading; refused, the page shows why and keeps what was typed."""
    batch = _find(request, batch_id)
    by, now = request.hat, request.now
    if step == "match":
        return _match(request, batch)
    if step == "withdraw":
        return _withdraw(request, batch)
    if step == "run":
        deeds.run_import(batch.pk, by=by, now=now)
    elif step == "discard":
        deeds.discard_import(batch.pk, by=by, now=now)
        return redirect("cases:imports")
    elif step == "decide":
        deeds.decide_withdrawal(batch.pk, confirm=request.POST.get("confirm") == "yes", by=by, now=now)
    else:
        raise Http404
    wake("carry_on_imports")
    return redirect("cases:import", batch.pk)


def _match(request: StaffRequest, batch: ImportBatch) -> HttpResponse:
    form = _match_form(request, batch)
    if form.is_valid():
        try:
            deeds.match_list(batch.pk, **form.facts(), by=request.hat, now=request.now)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            wake("carry_on_imports")
            return redirect("cases:import", batch.pk)
    return _page(request, batch, match=form, status=422)


def _withdraw(request: StaffRequest, batch: ImportBatch) -> HttpResponse:
    form = Withdraw(request.POST)
    if form.is_valid():
        try:
            deeds.ask_withdrawal(
                batch.pk, reason=form.cleaned_data["reason"], by=request.hat, now=request.now
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:import", batch.pk)
    return _page(request, batch, withdraw=form, status=422)


def _match_form(request: StaffRequest, batch: ImportBatch) -> Match:
    today = timezone.localdate(request.now)
    categories = ContentCategory.objects.valid_on(today).order_by("path")
    return Match(request.POST or None, batch=batch, categories=categories, meant=_meant(batch))


def _meant(batch: ImportBatch) -> dict[str, list[Place]]:
    """Return the commonest names of places that are not known here, each with the divisions it may mean."""
    often = sorted(batch.unknown_places.items(), key=lambda named: (-named[1], named[0]))[:_PLACES]
    path = batch.source.organ.place.path
    return {words: [found.place for found in find(words, path, limit=4)] for words, _rows in often}


def _page(
    request: StaffRequest,
    batch: ImportBatch,
    *,
    match: Match | None = None,
    withdraw: Withdraw | None = None,
    status: int = 200,
) -> HttpResponse:
    hat = request.hat
    is_own = batch.post_id == hat.post.pk and may.may_take_in_lists(hat)
    to_match = batch.state in {ImportState.TO_MATCH, ImportState.CHECKED}
    asked = batch.state == ImportState.WITHDRAWAL_ASKED
    context: dict[str, Any] = {
        "batch": batch,
        "is_own": is_own,
        "to_match": to_match,
        "match": match or (_match_form(request, batch) if to_match and is_own else None),
        "sample": _sample(batch),
        "may_withdraw": batch.state == ImportState.DONE
        and batch.created > 0
        and may.may_ask_withdrawal(hat, batch),
        "withdraw": withdraw or Withdraw(),
        "withdrawal": batch.state in _WITHDRAWAL,
        "may_decide": asked
        and may.may_confirm_withdrawal(hat, batch)
        and batch.withdrawal_asker_id != hat.user.pk,
        **_findings(request, batch),
    }
    return render(request, "cases/import.html", context, status=status)


def _findings(request: StaffRequest, batch: ImportBatch) -> dict[str, Any]:
    """Return a page of the rows that became no petition, each with its reasons in words."""
    asked = request.GET.get("of", "")
    verdict = asked if asked in Verdict.values else Verdict.REJECTED.value
    after = request.GET.get("after", "")
    if asked == _CREATED:
        return _created(request, batch, after)
    rows = batch.findings.filter(verdict=verdict).order_by("line")
    if after.isdecimal() and len(after) < 10:
        rows = rows.filter(line__gt=int(after))
    found = list(rows[: _SHOWN + 1])
    return {
        "verdict": verdict,
        "verdicts": _verdicts(batch),
        "findings": [(one.line, [words_of(fault) for fault in one.faults]) for one in found[:_SHOWN]],
        "findings_after": found[_SHOWN - 1].line if len(found) > _SHOWN else None,
    }


def _verdicts(batch: ImportBatch) -> list[tuple[str, str | Promise, int]]:
    """Return the lists of rows below the result: the new petitions once there are any, and what became none."""
    made = batch.state not in {ImportState.CHECKING, ImportState.CHECKED} and batch.created
    new = [(_CREATED, _("New petitions"), batch.created)] if made else []
    rest = ((Verdict.REJECTED, batch.rejected), (Verdict.LINKED, batch.linked))
    return [*new, *((kind.value, kind.label, number) for kind, number in rest)]


def _created(request: StaffRequest, batch: ImportBatch, after: str) -> dict[str, Any]:
    """Return a page of the petitions that rows became and this hat sees, in the order of the list."""
    seen = Petition.objects.visible_to(request.hat).filter(imported_row__batch=batch)
    if after.isdecimal() and len(after) < 10:
        seen = seen.filter(imported_row__line__gt=int(after))
    found = list(seen.for_list().select_related("imported_row").order_by("imported_row__line")[: _SHOWN + 1])
    shown = found[:_SHOWN]
    return {
        "verdict": _CREATED,
        "verdicts": _verdicts(batch),
        "created": [(row.petition.imported_row.line, row) for row in rows_of(shown, now=request.now)],
        "findings_after": shown[-1].imported_row.line if len(found) > _SHOWN else None,
    }


def _sample(batch: ImportBatch) -> list[dict[str, Any]]:
    """Return the first rows as they would be registered, in words."""
    if not batch.sample:
        return []
    categories = ContentCategory.objects.in_bulk([row["category"] for row in batch.sample])
    places = Place.objects.in_bulk([row["place"] for row in batch.sample])
    return [
        {
            **row,
            "received_at": parse_datetime(row["received_at"]),
            "channel": Channel(row["channel"]).label,
            "purpose": Purpose(row["purpose"]).label,
            "category": categories.get(row["category"]),
            "place": places.get(row["place"]),
        }
        for row in batch.sample
    ]
