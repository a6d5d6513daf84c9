"""Periods that passed: of the units, and of the petition office itself (Art 43 to 45; R-55)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cases.models import PetitionClock
from cases.states import ClockCode
from scoring.catalogue import Evidence
from scoring.evidence.causes import Cause, Fact
from scoring.states import FactKind

EVIDENCE_OF: Mapping[ClockCode, Evidence] = {
    ClockCode.T3: Evidence.ACCEPTED_LATE,
    ClockCode.T11: Evidence.ACCEPTED_LATE,
    ClockCode.T5: Evidence.ANSWERED_LATE,
    ClockCode.T12: Evidence.ANSWERED_LATE,
    ClockCode.T6: Evidence.REPORTED_LATE,
    ClockCode.EXECUTION: Evidence.EXECUTED_LATE,
    ClockCode.T1: Evidence.ROUTED_LATE,
    ClockCode.T2: Evidence.TOLD_LATE,
}


def passed(*, by: datetime) -> QuerySet[PetitionClock]:
    """Return the legal periods that had passed unmet by a moment, met late since or not; none of the sealed lane (Q2).

    A presumed period is none of the law (Q23), and a cancelled one is owed by nobody.
    """
    late = Q(met_at=None) | Q(met_at__gte=F("due_at"))
    return PetitionClock.objects.filter(
        late, due_at__lte=by, presumed=False, cancelled_at=None, petition__sealed=False
    )


def breaches(*, since: datetime, now: datetime) -> Iterator[Cause]:
    """Yield every period that passed from a moment until now, whoever owed it."""
    rows = passed(by=now).filter(code__in=sorted(EVIDENCE_OF), due_at__gte=since)
    for clock in rows.select_related("petition").order_by("pk").iterator():
        assert clock.due_at is not None  # noqa: S101  only what was due was asked for
        day = timezone.localdate(clock.due_at)
        yield Cause(
            evidence=EVIDENCE_OF[ClockCode(clock.code)],
            key=f"clock:{clock.pk}",
            organ_id=clock.organ_id,
            petition=clock.petition,
            happened_on=day,
            facts=[
                Fact(
                    kind=FactKind.PERIOD_PASSED,
                    happened_on=clock.last_day,
                    petition_id=clock.petition_id,
                    clock_code=clock.code,
                )
            ],
        )
