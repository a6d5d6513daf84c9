"""What the clock brings to hearings: none stands on a petition that is over or sealed. Safe to run twice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit.parts import Actor, record
from cases.models import Petition
from cases.states import Routing
from hearings.models import Hearing
from hearings.parts import call_it_off
from hearings.states import STANDING, HearingState

SYSTEM = Actor(words="clock")


def call_off_hearings(*, now: datetime) -> int:
    """Call off what was to be heard and was sealed (Q2), is void or ended otherwise. Return how many.

    A hearing that is concluded of a petition that ended since is signed and kept: it was held.
    """
    over = Q(petition__routing__in=[Routing.VOID, Routing.ENDED]) & ~Q(state=HearingState.CONCLUDED)
    gone = Hearing.objects.standing().filter(Q(petition__sealed=True) | over)
    keys = list(gone.order_by("pk").values_list("pk", "petition"))
    return sum(_call_one_off(hearing_id, petition_id, now=now) for hearing_id, petition_id in keys)


@transaction.atomic(durable=True)
def _call_one_off(hearing_id: UUID, petition_id: UUID, *, now: datetime) -> bool:
    petition = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=petition_id)
    hearing = Hearing.objects.select_for_update(of=("self",)).get(pk=hearing_id)
    over = petition.routing in {Routing.VOID, Routing.ENDED} and hearing.state != HearingState.CONCLUDED
    if hearing.state not in STANDING or not (petition.sealed or over):
        return False
    call_it_off(hearing, _("The petition is over: nothing is left to be heard."), now=now)
    record("petition.call_off_hearing", petition, by=SYSTEM, at=now)
    return True
