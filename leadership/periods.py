"""The periods that a unit owes on a petition: what a slip to it is about, and how they stand."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Organ
from cases.models import Petition, PetitionClock
from deadlines.lamps import Lamp, lamp_of_clock
from leadership.models import Slip
from leadership.states import PERIOD_IN_PRINT, TO_WHO_LEADS


@dataclass(frozen=True)
class Period:
    """A period of a unit with its lamp; `opened` if its passing opened the slip that is looked at."""

    clock: PetitionClock
    lamp: Lamp
    opened: bool


def has_passed(petition: Petition, organ: Organ, *, now: datetime) -> bool:
    """Test if a period of a unit passed on a petition, also one that it met late."""
    passed = Q(breached_at__isnull=False) | Q(met_at=None, due_at__lte=now)
    return _owed(petition, organ).filter(passed, cancelled_at=None).exists()


def periods_behind(slip: Slip, *, now: datetime) -> list[Period]:
    """Return the periods of the unit a slip goes to, the one it was opened for first; none for a recommendation."""
    if slip.kind not in TO_WHO_LEADS:
        return []
    clocks = _owed(slip.petition, slip.addressee).filter(Q(cancelled_at=None) | Q(pk=slip.opened_for_id))
    shown = [
        Period(clock, lamp_of_clock(clock, now), clock.pk == slip.opened_for_id)
        for clock in clocks.order_by("started_at", "pk")
    ]
    return sorted(shown, key=lambda period: not period.opened)


def _owed(petition: Petition, organ: Organ) -> QuerySet[PetitionClock]:
    return PetitionClock.objects.filter(petition=petition, organ=organ, code__in=list(PERIOD_IN_PRINT))
