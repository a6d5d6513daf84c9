"""What the clock brings: facts follow what was done. Safe to run twice, or in two places at once."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from indicators.figures import Asked, figures_of
from indicators.histories import counterparts
from indicators.measures import MEASURES, Part
from indicators.models import Fact, Mark, Recount
from indicators.parts import write_facts
from indicators.periods import Period
from indicators.recounting import recount
from indicators.universe import Universe
from infra.sweep_runs import Tally

_BATCH = 500
_LOCK = "indicators.follow_history"
# Nights of which the checks are kept.
_KEPT = timedelta(days=30)


def follow_history() -> int:
    """Bring facts up to every deed that is done, a batch at a time. Return how many petitions were looked at.

    Only what was marked costs: a deed on one petition is a few rows, whatever else there is.
    """
    followed = 0
    while batch := _follow_batch():
        followed += batch
    return followed


@transaction.atomic(durable=True)
def _follow_batch() -> int:
    """Take up a batch of marks. What is done meanwhile leaves marks of its own and is read once more.

    Facts of one petition are written in one place at a time.
    """
    _hold_facts()
    marks = dict(Mark.objects.order_by("pk").values_list("pk", "petition_id")[:_BATCH])
    Mark.objects.filter(pk__in=list(marks)).delete()
    keys = set(marks.values())
    write_facts(keys | counterparts(keys))
    return len(keys)


def _hold_facts() -> None:
    """Let nobody else write facts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])


def complete_until(now: datetime) -> datetime:
    """Return up to which moment figures hold every deed: that of the oldest which waits to be taken up."""
    oldest = Mark.objects.order_by("marked_at").values_list("marked_at", flat=True).first()
    return min(oldest or now, now)


@transaction.atomic(durable=True)
def recount_figures(*, now: datetime, tally: Tally) -> int:
    """Count every number of the month that yesterday belongs to a second time, in plain SQL. Return how many differ.

    A night on which deeds wait to be taken up is left to the next: both would count something else. What is done while
    it counts leaves a mark, too.
    """
    _hold_facts()
    yesterday = timezone.localdate(now) - timedelta(days=1)
    first = yesterday.replace(day=1)
    period = Period(first, (first + timedelta(days=31)).replace(day=1))
    checks = [check for universe in Universe for check in _checks(period, universe, now)]
    if Mark.objects.exists():
        tally.skip("deeds_wait")
        return 0
    Recount.objects.filter(checked_at__lt=now - _KEPT).delete()
    Recount.objects.bulk_create(checks)
    agreeing = sum(check.agrees for check in checks)
    tally.skip("agree", agreeing)
    return len(checks) - agreeing


def _checks(period: Period, universe: Universe, now: datetime) -> list[Recount]:
    found = []
    figures = figures_of(MEASURES, Asked(period, universe), Fact.objects.open_lane(), now=now)
    for code, counts in recount(period, universe, now=now).items():
        its = figures[code]
        numbers = {Part.ALL: its.of, **its.parts}
        found += [
            Recount(
                checked_at=now,
                since=period.since,
                until=period.until,
                universe=universe,
                code=code,
                part=name,
                counted=numbers[name],
                recounted=count,
            )
            for name, count in counts.items()
        ]
    return found
