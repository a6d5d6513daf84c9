"""Taking the ledger out as a workbook: asked for here, written by the worker, fetched by whoever asked."""

from typing import Any
from uuid import UUID

from celery import current_app
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from accounts.requests import StaffRequest, wears_hat_of
from cases.actions import exports as deeds
from cases.exports.sheet import headings_of
from cases.forms.exports import TakeOut
from cases.ledger_words import view_words
from cases.models import ExportPurpose, LedgerExport
from cases.views.asking import READS_LEDGER, AskedList, asked_list, picked
from infra.files import download
from lib.errors import NotAllowed, Refused, Unknown
from lib.keyset import COUNTED_EXACTLY, capped_count

_SHOWN = 20


def _wake_worker() -> None:
    """Have the worker begin at once. Without a broker the timetable finds the export within a minute."""
    try:
        current_app.send_task("cases.tasks.carry_on_exports", retry=False)
    except OperationalError:
        return


@wears_hat_of(*READS_LEDGER)
@require_http_methods(["GET", "POST"])
@never_cache
def export(request: StaffRequest) -> HttpResponse:
    """Say what a list would hold, ask what it is for, and have it written."""
    listed = asked_list(request)
    ticked = _ticked(request)
    # sent from the ledger with what was ticked, it is not answered yet
    answered = "purpose" in request.POST
    form = TakeOut(request.POST if answered else None)
    if answered and form.is_valid() and not listed.form.is_unclear:
        try:
            made = deeds.ask_export(
                listed.form.facts(),
                columns=listed.columns,
                by_date=listed.by_date,
                picked=ticked,
                purpose=ExportPurpose(form.cleaned_data["purpose"]),
                by=request.hat,
                now=request.now,
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            _wake_worker()
            return redirect("cases:export", made.pk)
    context = _asking(listed, form, ticked)
    if "chosen" in request.POST and not ticked and request.POST.get("all") != "yes":
        context["nothing_ticked"] = True
    return render(request, "cases/export_ask.html", context, status=422 if answered else 200)


def _ticked(request: StaffRequest) -> list[UUID]:
    """Return what was ticked, unless all of the view was asked for."""
    return [] if request.POST.get("all") == "yes" else picked(request, most=deeds.MOST_PICKED)


def _asking(listed: AskedList, form: TakeOut, ticked: list[UUID]) -> dict[str, Any]:
    rows = listed.visible.filter(pk__in=ticked) if ticked else listed.found
    return {
        "ticked": ticked,
        "form": form,
        "is_unclear": listed.form.is_unclear,
        "view": view_words(listed.question.view),
        "filters": [(label, words) for _name, label, words in listed.form.in_force()],
        "count": capped_count(rows),
        "counted_exactly": COUNTED_EXACTLY,
        "by_date": listed.by_date,
        "headings": [heading.label for heading in headings_of(listed.columns)],
    }


@wears_hat_of(*READS_LEDGER)
@require_GET
@never_cache
def exports(request: StaffRequest) -> HttpResponse:
    """List what this person had written lately."""
    own = LedgerExport.objects.visible_to(request.hat).select_related("file")
    return render(request, "cases/exports.html", {"exports": own.order_by("-asked_at", "-pk")[:_SHOWN]})


def _find(request: StaffRequest, export_id: UUID) -> LedgerExport:
    found = LedgerExport.objects.visible_to(request.hat).select_related("file").filter(pk=export_id).first()
    if found is None:
        raise Unknown(_("There is no such list."))
    return found


@wears_hat_of(*READS_LEDGER)
@require_GET
@never_cache
def one(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """Show how far an export is, and where its file is."""
    return render(request, "cases/export.html", {"export": _find(request, export_id)})


@wears_hat_of(*READS_LEDGER)
@require_GET
@never_cache
def progress(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """Return how far the worker has come; once it is done the page is loaded anew."""
    found = _find(request, export_id)
    response = render(request, "cases/_export_progress.html", {"export": found})
    if not found.is_at_work:
        response["HX-Refresh"] = "true"
    return response


@wears_hat_of(*READS_LEDGER)
@require_POST
@never_cache
def file(request: StaffRequest, export_id: UUID) -> HttpResponseBase:
    """Give the workbook to whoever asked for it; if it is not as he may see it any more, have it written anew."""
    stored = deeds.fetch_export(export_id, by=request.hat, now=request.now)
    if stored is None:
        _wake_worker()
        messages.info(request, _("The list has changed since and is being written anew."))
        return redirect("cases:export", export_id)
    return download(stored)
