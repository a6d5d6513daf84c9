"""A petition beside the list, without opening it: nothing is marked as read, and the petitioner's words are not shown.

Who reads a petition's words is written down, should it be sealed later (Q1); a preview says what lists say, and so
leaves no trace.
"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_a_hat
from cases.chosen import members_for
from cases.deeds import DEEDS
from cases.ledger import leading_units
from cases.models import Petition
from cases.pages import clocks_of
from cases.people import names_on
from cases.readers import readers_of
from cases.repeats import repeats_among
from cases.rows import rows_of
from cases.states import ClockCode
from cases.timeline import Kind, timeline_of
from lib.errors import Unknown
from lib.htmx import wants_fragment
from lib.masking import mask_text

_HAPPENED = 3


@wears_a_hat
@require_GET
@never_cache
def preview(request: StaffRequest, petition_id: UUID) -> HttpResponse:
    """Show where a petition of the open lane stands: a part of the page to a script, a page of its own without one."""
    seen = Petition.objects.visible_to(request.hat).filter(pk=petition_id)
    petition = seen.for_list().select_related("content_category").first()
    if petition is None:
        raise Unknown(_("There is no such petition."))
    (row,) = rows_of(
        [petition],
        now=request.now,
        leading=leading_units([petition]),
        repeats=repeats_among([petition.pk], request.hat),
        readers=readers_of([petition.pk]),
    )
    names = names_on(petition)
    today = timezone.localdate(request.now)
    context = {
        # what the list does to ticked rows is done from here to this one
        "list_deeds": [
            DEEDS[name]
            for name in ("give_reader", "urge")
            if any(name in one.about for one in members_for(name, seen, request.hat, on=today))
        ],
        "row": row,
        "title": mask_text(petition.words.title, names=names),
        "summary": mask_text(petition.words.summary, names=names),
        "clocks": [
            (ClockCode(clock.code).label, clock, lamp)
            for clock, lamp in clocks_of(petition, request.now)
            if clock.is_open
        ],
        "happened": timeline_of(petition, request.hat, for_the_team=False, kind=Kind.HANDLING)[:_HAPPENED],
    }
    page = "cases/_preview.html" if wants_fragment(request) else "cases/preview.html"
    return render(request, page, context)
