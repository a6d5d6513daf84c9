"""Pages of the ways between steps, and of taking figures and event logs out."""

from uuid import UUID

from celery import current_app
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import PLACE_WIDE
from infra.files import download, hand_out
from lib.errors import NotAllowed, Refused, Unknown
from reports import permissions as may
from reports.flow import actions
from reports.flow.forms import AskLog, Flow
from reports.flow.pages import flow_page
from reports.flow.workbook import workbook_of
from reports.forms import Days
from reports.models import EventLog
from reports.views import READS_FIGURES

_SHOWN = 20


def _wake_worker() -> None:
    """Have the worker begin at once. Without a broker the timetable finds the log within a minute."""
    try:
        current_app.send_task("reports.tasks.carry_on_logs", retry=False)
    except OperationalError:
        return


@wears_hat_of(*sorted(PLACE_WIDE))
@require_GET
@never_cache
def flow(request: StaffRequest) -> HttpResponse:
    """Show what really followed what, and after how long."""
    _refuse_others(request)
    form = Flow(request.GET, today=timezone.localdate(request.now))
    context = {"form": form, **(flow_page(form, request.hat) if form.is_valid() else {})}
    return render(request, "reports/flow.html", context)


@wears_hat_of(*READS_FIGURES)
@require_http_methods(["GET", "POST"])
@never_cache
def out(request: StaffRequest) -> HttpResponse:
    """Say what can be taken out: the figures of some days, and the events of cases for whoever sees a whole place."""
    form = AskLog(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            log = actions.ask_log(**form.parameters(), by=request.hat, now=request.now)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            _wake_worker()
            return redirect("reports:log", log.pk)
    own = EventLog.objects.visible_to(request.hat).select_related("file").order_by("-asked_at", "-pk")
    context = {
        "days": Days(request.GET, today=timezone.localdate(request.now)),
        "form": form if may.may_take_log_out(request.hat) else None,
        "logs": own[:_SHOWN],
    }
    return render(request, "reports/out.html", context, status=422 if form.errors else 200)


@wears_hat_of(*READS_FIGURES)
@require_GET
@never_cache
def workbook(request: StaffRequest) -> HttpResponseBase:
    """Save the figures of some days as a workbook."""
    form = Days(request.GET, today=timezone.localdate(request.now))
    if not form.is_valid():
        return render(request, "reports/out.html", {"days": form}, status=422)
    asked = form.asked("")
    actions.take_figures(asked, by=request.hat, now=request.now)
    return hand_out(workbook_of(asked, request.hat, now=request.now))


@wears_hat_of(*sorted(PLACE_WIDE))
@require_GET
@never_cache
def log(request: StaffRequest, log_id: UUID) -> HttpResponse:
    """Show how far a log is, and where its file is."""
    return render(request, "reports/log.html", {"log": _find(request, log_id)})


@wears_hat_of(*sorted(PLACE_WIDE))
@require_GET
@never_cache
def progress(request: StaffRequest, log_id: UUID) -> HttpResponse:
    """Return how far the worker has come; once it is done the page is loaded anew."""
    found = _find(request, log_id)
    response = render(request, "reports/_log_progress.html", {"log": found})
    if not found.is_at_work:
        response["HX-Refresh"] = "true"
    return response


@wears_hat_of(*sorted(PLACE_WIDE))
@require_POST
@never_cache
def log_file(request: StaffRequest, log_id: UUID) -> HttpResponseBase:
    """Give the file to whoever asked for it; if it is not as he may see it any more, have it written anew."""
    stored = actions.fetch_log(log_id, by=request.hat, now=request.now)
    if stored is None:
        _wake_worker()
        messages.info(request, _("The log has changed since and is being written anew."))
        return redirect("reports:log", log_id)
    return download(stored)


def _find(request: StaffRequest, log_id: UUID) -> EventLog:
    found = EventLog.objects.visible_to(request.hat).select_related("file").filter(pk=log_id).first()
    if found is None:
        raise Unknown(_("There is no such log."))
    return found


def _refuse_others(request: StaffRequest) -> None:
    if not may.may_take_log_out(request.hat):
        raise NotAllowed(_("Only whoever sees the whole of a place reads the ways between steps."))
