"""What was urged on a petition, as pages show it, and its end where nothing is waited for any longer."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from assignments.parts import cancel, hold
from assignments.states import OWED
from cases.models import Handling, Petition, Urging
from cases.states import HandlingState, Receipt
from deadlines.lamps import Lamp
from lib.transactions import require_transaction


@dataclass(frozen=True)
class Urged:
    """One urging: the how manieth of its unit it is, and the lamp of its answer; those of old wanted none."""

    urging: Urging
    nth: int
    lamp: Lamp | None


def urged_on(petition: Petition, now: datetime) -> list[Urged]:
    """Return how the units that have a petition in hand were urged, the last one first."""
    rows = Urging.objects.filter(handling__petition=petition, handling__ended_at=None).select_related(
        "handling__organ", "made_by__organ", "maker", "document", "assignment__clock"
    )
    return list(_counted(rows.order_by("made_at", "pk"), now))[::-1]


def _counted(urgings: Sequence[Urging] | QuerySet[Urging], now: datetime) -> Iterator[Urged]:
    times: dict[UUID, int] = {}
    for urging in urgings:
        nth = times[urging.handling_id] = times.get(urging.handling_id, 0) + 1
        yield Urged(urging, nth, urging.assignment.lamp(now) if urging.assignment else None)


_HELD = frozenset({Receipt.DELIVERED, Receipt.RECEIVED})


def is_in_hand(handling: Handling) -> bool:
    """Test if a unit has a matter in hand and has not carried it out."""
    return (
        handling.ended_at is None and handling.receipt in _HELD and handling.state != HandlingState.EXECUTED
    )


def in_hand(*, besides: Collection[int]) -> QuerySet[Handling]:
    """Return what units have in hand and have not carried out (`is_in_hand`), besides some organs."""
    standing = Handling.objects.filter(ended_at=None, receipt__in=sorted(_HELD))
    return standing.exclude(organ__in=besides).exclude(state=HandlingState.EXECUTED)


def no_longer_urged(handlings: QuerySet[Handling], *, now: datetime) -> None:
    """Take back what is still owed on urgings: the unit has it no longer, or nothing is waited for."""
    require_transaction("no_longer_urged")
    owed = Urging.objects.filter(handling__in=handlings, assignment__state__in=sorted(OWED))
    for assignment_id in owed.order_by("assignment").values_list("assignment", flat=True):
        cancel(hold(assignment_id), by=None, now=now)
