"""Where the petition office takes in what grids handed to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.requests import StaffRequest, wears_a_hat
from cases.actions.from_grids import take_event


@wears_a_hat
@require_POST
def take(request: StaffRequest, event_id: UUID) -> HttpResponse:
    """Open the form of an event's petition, with the resident's own words in it."""
    draft = take_event(event_id, by=request.hat, now=request.now)
    return redirect("cases:draft", draft.pk)
