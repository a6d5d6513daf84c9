"""A month's end: its last day, what a close freezes, and the same worked out again from what it froze."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from indicators.figures import Asked
from indicators.periods import Period
from indicators.units import led_by_unit
from lib.transactions import require_transaction
from places.models import Place
from scoring.arithmetic import Line, Total
from scoring.catalogue import RATES
from scoring.models import CloseEntry, CloseLine, MonthClose, RateReading, RuleSet, ScoreRule
from scoring.rates import periods_over
from scoring.rules import volume_class
from scoring.standing import UnitTotal, lines_of, total_by
from scoring.states import VolumeClass

_DAY = timedelta(days=1)


def last_day_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def has_unread_rates(place: Place, *, through: date) -> bool:
    """Test if a rate that a rule of a place measures is not read yet, though its period ended by a day."""
    held = RuleSet.objects.adopted().filter(organ__place=place, year=through.year)
    rules = ScoreRule.objects.filter(rule_set__in=held, evidence__in=sorted(RATES)).select_related("rule_set")
    read = set(RateReading.objects.filter(rule__in=rules).values_list("rule", "since"))
    return any(
        (rule.pk, period.since) not in read
        for rule in rules
        for period in periods_over(rule, before=through + _DAY)
    )


def volume_classes(*, through: date, now: datetime) -> Mapping[int, VolumeClass]:
    """Return with which others each unit is put side by side: by what it led from the first day of the year on.

    Units that led nothing are left out.
    """
    year = Period(date(through.year, 1, 1), through + _DAY)
    led = led_by_unit(Asked(year, as_of=through), now=now)
    return {organ: volume_class(count) for organ, count in led.items()}


def freeze_lines(
    close: MonthClose,
    totals: Iterable[UnitTotal],
    counting: Mapping[int, Sequence[Line]],
    classes: Mapping[int, VolumeClass],
) -> None:
    """Write down how units stand, and each entry that this was worked out from with the points that stood."""
    require_transaction("freeze_lines")
    lines = CloseLine.objects.bulk_create(
        CloseLine(
            close=close,
            organ=one.organ,
            rule_set=one.rule_set,
            volume=classes.get(one.organ.pk, volume_class(0)),
            entered=one.total.entered,
            deducted=one.total.deducted,
            bonus=one.total.bonus,
            score=one.total.score,
        )
        for one in totals
    )
    CloseEntry.objects.bulk_create(
        CloseEntry(line=line, entry_id=counted.key, points=counted.points)
        for line in lines
        for counted in counting.get(line.organ_id, ())
    )


def recomputed(close: MonthClose) -> Mapping[int, Total]:
    """Return how each unit of a close stands by the entries and the version that were frozen, to the digit."""
    rows = CloseEntry.objects.filter(line__close=close)
    entries = lines_of(rows, organ="line__organ_id", points="points", entry="entry__")
    lines = close.lines.select_related("rule_set")
    return {line.organ_id: total_by(line.rule_set, entries.get(line.organ_id, ())) for line in lines}


def agrees(line: CloseLine, again: Total) -> bool:
    """Test if a line is what its entries make, to the last digit."""
    said = (line.entered, line.deducted, line.bonus, line.score)
    return said == (again.entered, again.deducted, again.bonus, again.score)
