"""One list of what is asked of a unit or a post, whatever asks it."""

from dataclasses import dataclass

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from assignments.models import ANSWERS, Assignment
from deadlines.lamps import Lamp
from notices.matters import Matter, matters_behind

# Leaders are asked too, for themselves.
ASKED = ANSWERS | {Role.LEADER, Role.LEADER_SECRETARY}
_LISTED = 200


@dataclass(frozen=True)
class Row:
    """One assignment, its lamp, and the matter as far as this reader may know of it."""

    assignment: Assignment
    lamp: Lamp
    matter: Matter | None


@wears_hat_of(*sorted(ASKED))
@require_GET
@never_cache
def listing(request: StaffRequest) -> HttpResponse:
    """List what is owed or waits to be verified, the nearest day first; with `?ended=1` what is over."""
    ended = "ended" in request.GET
    asked = Assignment.objects.asked_of(request.hat)
    chosen = asked.filter(ended_at__isnull=False).exclude(state="cancelled") if ended else asked.standing()
    order = F("ended_at").desc() if ended else F("clock__due_at").asc(nulls_last=True)
    listed = list(chosen.select_related("clock", "asking_organ").order_by(order, "pk")[:_LISTED])
    subjects = {one.subject_id for one in listed}
    matters = matters_behind("cases:petition", subjects, request.hat, now=request.now)
    rows = [Row(one, one.lamp(request.now), matters.get(one.subject_id)) for one in listed]
    return render(request, "assignments/list.html", {"rows": rows, "ended": ended})
