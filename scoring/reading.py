"""Writing down what a rate was and proposing what it costs; no transaction of its own."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.hats import Hat
from accounts.models import Organ
from indicators.periods import Period
from indicators.units import Share
from lib.transactions import require_transaction
from scoring.evidence.causes import Fact
from scoring.models import RateReading, ScoreEntry, ScoreRule
from scoring.parts import propose
from scoring.rates import points_for, shares_of, units_of
from scoring.states import FactKind


def read_period(rule: ScoreRule, period: Period, *, now: datetime) -> int:
    """Read a rule's rate of each of its units, as known when the period ended, unless it was read. Return how many."""
    require_transaction("read_period")
    if RateReading.objects.filter(rule=rule, since=period.since).exists():
        return 0
    last = period.until - timedelta(days=1)
    organs = units_of(rule.rule_set, on=last)
    shares: Mapping[int, Share] = shares_of(rule, organs, period, as_of=last, now=now)
    for organ in organs:
        write_reading(
            rule, organ, period, shares[organ.pk], as_of=last, before=None, words="", by=None, now=now
        )
    return len(organs)


def write_reading(
    rule: ScoreRule,
    organ: Organ,
    period: Period,
    share: Share,
    *,
    as_of: date,
    before: RateReading | None,
    words: str,
    by: Hat | None,
    now: datetime,
) -> RateReading:
    """Write a reading and propose the points between it and the one before; of the first, what the weight loses."""
    require_transaction("write_reading")
    points = points_for(rule, share)
    number = before.number + 1 if before else 1
    difference = points - (before.points if before else rule.weight)
    return RateReading.objects.create(
        rule=rule,
        organ=organ,
        since=period.since,
        until=period.until,
        number=number,
        as_of=as_of,
        counted=share.counted,
        of=share.of,
        points=points,
        entry=_propose(rule, organ, period, difference, number, words=words, by=by, now=now),
        read_at=now,
    )


def _propose(
    rule: ScoreRule,
    organ: Organ,
    period: Period,
    points: Decimal,
    number: int,
    *,
    words: str,
    by: Hat | None,
    now: datetime,
) -> ScoreEntry | None:
    """Propose what a reading changes; nothing where no point depends on it."""
    if not points:
        return None
    last = period.until - timedelta(days=1)
    entry = propose(
        rule,
        organ,
        points,
        cause=f"rate:{organ.pk}:{period.since:%Y%m%d}:{number}",
        happened_on=last,
        facts=[Fact(kind=FactKind.RATE_READ if number == 1 else FactKind.RATE_READ_AGAIN, happened_on=last)],
        words=words,
        by=by,
        now=now,
    )
    assert entry is not None  # noqa: S101  readings of a rule are written one at a time, each with its own number
    return entry
