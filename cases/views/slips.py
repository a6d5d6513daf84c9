"""The slip that a petitioner takes home: number, query code, dates, where to ask."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_a_hat
from cases import slips
from cases.models import Petition
from cases.parts import find_readable
from lib.errors import Unknown


@wears_a_hat
@require_GET
def slip(request: StaffRequest, slip_id: UUID) -> HttpResponse:
    """Show a slip with its code this once, and without it from then on (Q31).

    :raises Unknown: if none waits, and the petition is none that this hat reads (Q6)
    """
    found = slips.take(request.session, slip_id, by=request.hat)
    if found is None or not found.sheets:
        registered = Petition.objects.visible_to(request.hat).filter(submission_id=slip_id).first()
        petition = registered or find_readable(slip_id, request.hat)
        if petition is not None:
            found = slips.without_codes(petition)
    if found is None:
        raise Unknown(_("There is no such slip."))
    response = render(request, "cases/slip.html", {"slips": found, "public_page": settings.PUBLIC_PAGE_URL})
    response["Cache-Control"] = "no-store"
    return response
