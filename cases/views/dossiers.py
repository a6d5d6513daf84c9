"""The file of a petition as one PDF: asked for here, bound by the worker, fetched by whoever asked."""

from uuid import UUID

from celery import current_app
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from accounts.hats import Hat
from accounts.requests import StaffRequest, wears_a_hat
from cases.actions import dossiers as deeds
from cases.forms.exports import TakeOut
from cases.models import Dossier, ExportPurpose, Petition
from cases.people import may_read_papers
from infra.files import download
from lib.errors import OutOfTurn, Unknown

_SHOWN = 10


@wears_a_hat
@require_http_methods(["GET", "POST"])
@never_cache
def dossier(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Ask what the file is for, have it bound, and show what this person had bound lately."""
    petition = _open_to(request.hat, petition_id)
    form, status = TakeOut(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            purpose = ExportPurpose(form.cleaned_data["purpose"])
            try:
                deeds.ask_dossier(petition_id, purpose=purpose, by=request.hat, now=request.now)
            except OutOfTurn as refusal:
                form.refuse(refusal)
                status = refusal.http_status
            else:
                _wake_worker()
                return redirect("cases:dossier", petition_id)
    mine = Dossier.objects.visible_to(request.hat).filter(petition=petition).select_related("file")
    asked = list(mine.order_by("-asked_at", "-pk")[:_SHOWN])
    context = {
        "petition": petition,
        "form": form,
        "asked": asked,
        "at_work": any(one.is_at_work for one in asked),
    }
    return render(request, "cases/dossier.html", context, status=status)


def _open_to(hat: Hat, petition_id: UUID) -> Petition:
    """Return the petition whose papers this hat may read; whatever is sealed has no file here.

    Raises `Unknown`.
    """
    petition = Petition.objects.visible_to(hat).filter(pk=petition_id, sealed=False).first()
    if petition is None or not may_read_papers(petition, hat):
        raise Unknown(_("There is no such page."))
    return petition


def _wake_worker() -> None:
    """Have the worker begin at once. Without a broker the timetable finds it within a minute."""
    try:
        current_app.send_task("cases.tasks.bind_dossiers", retry=False)
    except OperationalError:
        return


@wears_a_hat
@require_GET
@never_cache
def progress(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Return whether a file is still being bound; once it is there the page is loaded anew."""
    petition = _open_to(request.hat, petition_id)
    mine = Dossier.objects.visible_to(request.hat).filter(petition=petition)
    at_work = any(one.is_at_work for one in mine)
    context = {"petition_id": petition.pk, "at_work": at_work}
    response = render(request, "cases/_dossier_progress.html", context)
    if not at_work:
        response["HX-Refresh"] = "true"
    return response


@wears_a_hat
@require_POST
@never_cache
def file(request: StaffRequest, dossier_id: UUID) -> HttpResponseBase:
    """Give the bound file to whoever asked for it."""
    return download(deeds.fetch_dossier(dossier_id, by=request.hat, now=request.now))
