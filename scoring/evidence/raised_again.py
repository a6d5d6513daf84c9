"""控新减分: a matter raised a second time after the unit's own failure, with its five conditions (scoring.md §4).

No condition asks how often somebody petitioned, where he went or whether he is satisfied; where notices and opinion
were lawful and in time nothing is found, however the claim was decided (Q37).
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from cases.models import Handling, PetitionClock, RemedyRequest, RepeatDecision
from cases.states import ClockCode, Routing
from scoring.catalogue import Evidence
from scoring.evidence.breaches import passed
from scoring.evidence.causes import Cause, Fact
from scoring.states import FactKind

# notice, opinion and its execution: what a petitioner may wait for
_OWED = frozenset({ClockCode.T3, ClockCode.T11, ClockCode.T5, ClockCode.T12, ClockCode.EXECUTION})


def raised_again(*, since: datetime, now: datetime) -> Iterator[Cause]:
    """Yield what was raised again from a moment until now, once for each later petition and unit that had failed."""
    # 3 and 4: a person found the same matter; new facts, enquiries, suggestions and thanks are no repeats
    rows = (
        RepeatDecision.objects.repeats()
        .filter(petition__received_at__gte=since, petition__received_at__lte=now)
        .filter(petition__sealed=False, decided_at__lte=now)
        .exclude(petition__routing=Routing.VOID)
    )
    for decision in rows.select_related("petition", "earlier").order_by("pk").iterator():
        if not _asks_for_review(decision) and _office_in_time(decision):
            yield from _failures(decision)


def _asks_for_review(decision: RepeatDecision) -> bool:
    """Test if the later one is the request for 复查 or 复核 itself: it was noted as one the day it came (Q11)."""
    came_on = timezone.localdate(decision.petition.received_at)
    return RemedyRequest.objects.filter(remedy__petition=decision.earlier_id, received_on=came_on).exists()


def _office_in_time(decision: RepeatDecision) -> bool:
    """Test condition 5: whoever registered the first one routed it in time."""
    routed = PetitionClock.objects.filter(petition=decision.earlier_id, code=ClockCode.T1, cancelled_at=None)
    return not routed.filter(Q(met_at=None) | Q(met_at__gte=F("due_at"))).exists()


def _failures(decision: RepeatDecision) -> Iterator[Cause]:
    """Yield the units whose period on the first petition had passed before the second came (conditions 1 and 2)."""
    earlier, later = decision.earlier, decision.petition
    came_on = timezone.localdate(later.received_at)
    received = {
        handling.organ_id: handling.received_at
        for handling in Handling.objects.filter(petition=earlier, received_at__isnull=False, ended_at=None)
    }
    late = passed(by=later.received_at).filter(petition=earlier, code__in=sorted(_OWED))
    seen: set[int] = set()
    for clock in late.filter(organ__in=received).order_by("due_at", "pk"):
        if clock.organ_id in seen:
            continue
        seen.add(clock.organ_id)
        received_at = received[clock.organ_id]
        assert received_at is not None  # noqa: S101  only what was received was asked for
        yield Cause(
            evidence=Evidence.RAISED_AGAIN,
            key=f"again:{later.pk}:{clock.organ_id}",
            organ_id=clock.organ_id,
            petition=earlier,
            happened_on=came_on,
            facts=[
                Fact(
                    kind=FactKind.RECEIVED,
                    happened_on=timezone.localdate(received_at),
                    petition_id=earlier.pk,
                ),
                Fact(
                    kind=FactKind.PERIOD_PASSED,
                    happened_on=clock.last_day,
                    petition_id=earlier.pk,
                    clock_code=clock.code,
                ),
                Fact(
                    kind=FactKind.MATCHED,
                    happened_on=timezone.localdate(decision.decided_at),
                    petition_id=later.pk,
                ),
                Fact(kind=FactKind.NOT_A_REMEDY, happened_on=came_on, petition_id=later.pk),
                Fact(kind=FactKind.OFFICE_IN_TIME, petition_id=earlier.pk),
            ],
        )
