"""Pages of reports of figures."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.page_deeds import Bound, deed_of, do
from accounts.requests import StaffRequest, wears_hat_of
from documents.working_copy import working_copy_of
from infra.files import download, hand_out
from lib.posting import posts_from
from reports.models import Report
from reports.permissions import OFFICE, READS_REPORTS
from reports.written import pages
from reports.written.actions import fetch_report
from reports.written.deeds import BEGIN_ANALYSIS, ON_REPORT
from reports.written.forms import BeginAnalysis


@wears_hat_of(*READS_REPORTS)
@require_GET
@never_cache
def reports(request: StaffRequest) -> HttpResponse:
    """List the reports this hat reads, the latest first."""
    return _reports(request, {}, 200, "")


def _reports(request: StaffRequest, bound: Bound, status: int, refusal: str) -> HttpResponse:
    context = {**pages.reports_page(request.hat, bound=bound), "refusal": refusal}
    return render(request, "reports/reports.html", context, status=status)


@wears_hat_of(*sorted(OFFICE))
@never_cache
def begin(request: StaffRequest) -> HttpResponse:
    """Draw up the analysis of a topic."""
    if request.method != "POST":
        return redirect("reports:reports")

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        return _reports(request, bound, status, refusal)

    form = BeginAnalysis(request.POST, inside=request.hat.organ.place)
    done: Any = do(request, BEGIN_ANALYSIS, None, form, pages.BEGIN, draw)
    return done if isinstance(done, HttpResponse) else redirect("reports:report", done.pk)


@wears_hat_of(*READS_REPORTS)
@require_GET
@never_cache
def report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Show a report: its numbers with their lists, its paper, what may be done."""
    return _report(request, pages.report_of(request.hat, report_id), {}, 200, "")


def _report(request: StaffRequest, found: Report, bound: Bound, status: int, refusal: str) -> HttpResponse:
    context = {**pages.report_page(found, request.hat, bound=bound), "refusal": refusal}
    return render(request, "reports/report.html", context, status=status)


@wears_hat_of(*READS_REPORTS)
@posts_from("reports:report", "report_id")
@never_cache
def on_report(request: StaffRequest, report_id: UUID, slug: str) -> HttpResponse:
    """Write in a report, hand it in, approve it, send it back or issue it."""
    found = pages.report_of(request.hat, report_id)

    def draw(bound: Bound, status: int, refusal: str) -> HttpResponse:
        return _report(request, found, bound, status, refusal)

    deed = deed_of(ON_REPORT, slug)
    done = do(request, deed, report_id, deed.form(request.POST), ("report", slug), draw)
    return done if isinstance(done, HttpResponse) else redirect("reports:report", report_id)


@wears_hat_of(*READS_REPORTS)
@require_GET
@never_cache
def paper(request: StaffRequest, report_id: UUID) -> FileResponse:
    """Save the paper of an issued report."""
    return download(fetch_report(report_id, by=request.hat, now=request.now))


@wears_hat_of(*READS_REPORTS)
@require_GET
@never_cache
def copy_of_paper(request: StaffRequest, report_id: UUID) -> FileResponse:
    """Save the paper of an issued report as a Word file to work with."""
    file = fetch_report(report_id, by=request.hat, now=request.now)
    return hand_out(working_copy_of(file, by=request.hat.user.name, now=request.now))
