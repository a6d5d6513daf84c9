"""Reconciling with a superior's list in the browser: upload, differences, explanations, signing (Q43)."""

import tempfile
from collections.abc import Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import StaffRequest, wears_hat_of
from cases import permissions as may
from cases.actions import reconciling as deeds
from cases.forms.reconciling import BeginReconciliation, ExplainDifferences
from cases.models import DifferenceKind, Petition, Reconciliation, ReconciliationState
from cases.models.reconciliations import READS_RECONCILIATIONS
from cases.reconciling import page as shown
from cases.reconciling.columns import Column
from cases.states import FROM_ABOVE
from cases.views.worker import wake
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.posting import posts_from
from lib.tables.writing import write_table

_LISTED, _AT_ONCE, _SUPERIORS = 30, 50, 20


def _find(request: StaffRequest, reconciliation_id: UUID) -> Reconciliation:
    rows = Reconciliation.objects.visible_to(request.hat).select_related("organ", "uploader", "signer")
    reconciliation = rows.filter(pk=reconciliation_id).first()
    if reconciliation is None:
        raise Unknown(_("There is no such reconciliation."))
    return reconciliation


@wears_hat_of(*sorted(READS_RECONCILIATIONS))
@require_http_methods(["GET", "POST"])
@never_cache
def reconciliations(request: StaffRequest) -> HttpResponse:
    """List the reconciliations of one's own office with their state; begin another one."""
    form = BeginReconciliation(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            reconciliation = deeds.begin_reconciliation(
                form.cleaned_data["upload"], **form.facts(), by=request.hat, now=request.now
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            wake("read_superiors_lists")
            return redirect("cases:reconciliation", reconciliation.pk)
    rows = Reconciliation.objects.visible_to(request.hat).select_related("uploader", "signer")
    may_begin = may.may_reconcile(request.hat)
    context = {
        "form": form,
        "may_begin": may_begin,
        "reconciliations": rows.order_by("-uploaded_at", "-pk")[:_LISTED],
        "superiors": _superiors(request) if may_begin else (),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/reconciliations.html", context, status=status)


def _superiors(request: StaffRequest) -> Sequence[str]:
    """Return the superiors that petitions here name, the same word each time."""
    above = Petition.objects.visible_to(request.hat).filter(source__in=sorted(FROM_ABOVE))
    names = (
        above.exclude(superior_organ="").order_by("superior_organ").values_list("superior_organ", flat=True)
    )
    return list(names.distinct()[:_SUPERIORS])


@wears_hat_of(*sorted(READS_RECONCILIATIONS))
@require_GET
@never_cache
def one(request: StaffRequest, reconciliation_id: UUID) -> HttpResponse:
    """Show the counts and the differences of one list, each with its cause."""
    return _page(request, _find(request, reconciliation_id))


@wears_hat_of(*sorted(READS_RECONCILIATIONS))
@require_GET
@never_cache
def progress(request: StaffRequest, reconciliation_id: UUID) -> HttpResponse:
    """Return whether the list is still being read; once it is not, the page is loaded anew."""
    reconciliation = _find(request, reconciliation_id)
    response = render(request, "cases/_reconciliation_progress.html", {"reconciliation": reconciliation})
    if not reconciliation.is_being_read:
        response["HX-Refresh"] = "true"
    return response


@wears_hat_of(*sorted(READS_RECONCILIATIONS))
@posts_from("cases:reconciliation", "reconciliation_id")
def export(request: StaffRequest, reconciliation_id: UUID) -> HttpResponseBase:
    """Give the differences out as a workbook; there is no person in it."""
    reconciliation = deeds.note_export(reconciliation_id, by=request.hat, now=request.now)
    lines = shown.lines(shown.shown(reconciliation, request.hat))
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    write_table(out, title=_("Differences"), rows=chain([_headings()], map(_cells, lines)))
    out.seek(0)
    period = {"from": reconciliation.from_on.isoformat(), "to": reconciliation.to_on.isoformat()}
    name = _("Differences %(from)s to %(to)s.xlsx") % period
    response = FileResponse(out, as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response


def _headings() -> list[str]:
    return [
        _("Line of the list"),
        str(Column.NUMBER.label),
        _("Petition number"),
        _("Difference"),
        _("Cause"),
        _("Explanation"),
        _("Explained by"),
    ]


def _cells(line: shown.Line) -> list[str]:
    petition = line.petition.number if line.petition else ""
    place = str(line.line or "")
    causes = " ".join(line.causes)
    return [place, line.number, petition, line.kind, causes, line.explanation, line.explainer]


@wears_hat_of(*sorted(READS_RECONCILIATIONS))
@posts_from("cases:reconciliation", "reconciliation_id")
def step(request: StaffRequest, reconciliation_id: UUID, step: str) -> HttpResponse:
    """Take one step of a reconciliation; refused, the page shows why and keeps what was typed."""
    reconciliation = _find(request, reconciliation_id)
    by, now = request.hat, request.now
    if step == "explain":
        return _explain(request, reconciliation)
    try:
        if step == "compare":
            deeds.compare_again(reconciliation.pk, by=by, now=now)
        elif step == "sign":
            deeds.sign_reconciliation(reconciliation.pk, by=by, now=now)
        elif step == "discard":
            deeds.discard_reconciliation(reconciliation.pk, by=by, now=now)
            return redirect("cases:reconciliations")
        else:
            raise Http404
    except OutOfTurn as refusal:
        return _page(request, _find(request, reconciliation_id), refusal=refusal, status=refusal.http_status)
    return redirect("cases:reconciliation", reconciliation.pk)


def _explain(request: StaffRequest, reconciliation: Reconciliation) -> HttpResponse:
    form = ExplainDifferences(request.POST)
    if form.is_valid():
        try:
            deeds.explain_differences(
                reconciliation.pk,
                differences=form.ticked,
                explanation=form.cleaned_data["explanation"],
                by=request.hat,
                now=request.now,
            )
        except (NotAllowed, Unknown):
            raise
        except OutOfTurn as refusal:
            return _page(request, _find(request, reconciliation.pk), refusal=refusal, status=409)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(reverse("cases:reconciliation", args=[reconciliation.pk]) + _place(request))
    return _page(request, reconciliation, explain=form, status=422)


def _place(request: StaffRequest) -> str:
    """Return where on the page the form was sent from: the kind that was chosen."""
    kind = request.POST.get("of", "")
    return f"?of={kind}#differences" if kind in DifferenceKind.values else "#differences"


def _page(
    request: StaffRequest,
    reconciliation: Reconciliation,
    *,
    explain: ExplainDifferences | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    hat = request.hat
    kinds = shown.kinds_shown(reconciliation, hat)
    compared = reconciliation.state in {ReconciliationState.COMPARED, ReconciliationState.SIGNED}
    unexplained = shown.shown(reconciliation, hat).unexplained().count() if compared else 0
    is_open = reconciliation.state == ReconciliationState.COMPARED and may.may_reconcile(hat)
    context: dict[str, Any] = {
        "reconciliation": reconciliation,
        "refusal": refusal.message if refusal else "",
        "figures": shown.figures(reconciliation, kinds) if compared else None,
        "columns": [
            (one.label, reconciliation.columns[one]) for one in Column if one in reconciliation.columns
        ],
        "unexplained": unexplained,
        "may_work": is_open,
        "may_discard": may.may_reconcile(hat) and (is_open or reconciliation.is_being_read),
        "explain": explain or ExplainDifferences(),
        **_differences(request, reconciliation, kinds),
    }
    return render(request, "cases/reconciliation.html", context, status=status)


def _differences(
    request: StaffRequest, reconciliation: Reconciliation, kinds: dict[str, int]
) -> dict[str, Any]:
    """Return a page of the differences, all or of one kind."""
    given = request.POST if request.method == "POST" else request.GET
    kind, after = given.get("of", ""), given.get("after", "")
    rows = shown.shown(reconciliation, request.hat)
    if kind in DifferenceKind.values:
        rows = rows.of_kind(kind)
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__gt=int(after))
    found = list(shown.lines(rows, most=_AT_ONCE + 1))
    return {
        "kind": kind,
        "kinds": [(one, kinds[one.value]) for one in DifferenceKind if one.value in kinds],
        "number": sum(kinds.values()),
        "lines": found[:_AT_ONCE],
        "after": found[_AT_ONCE - 1].key if len(found) > _AT_ONCE else None,
    }
