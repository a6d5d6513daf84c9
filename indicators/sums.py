"""Figures of today out of what is added up day by day: the same numbers as `figures`, for whoever reads a whole place.

What no later moment can move is read from `DaySum`; what time moves, what is not done yet, is counted from facts. So a
dashboard costs the days it shows and what is open, whatever there is in all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from indicators import figures
from indicators.figures import Asked, Figure, Mean, Volume
from indicators.measures import MEASURES, QUIET_DAYS, Code, Part
from indicators.models import (
    UNDONE_BY_OFFICE,
    UNDONE_BY_REPLY,
    UNDONE_BY_UNIT,
    DaySum,
    FactQuerySet,
)
from indicators.periods import Period
from indicators.universe import Universe

# nation, province and city lie above the district; sums go down to the township
DEEPEST = 4
_ONE_DAY = timedelta(days=1)
_UNDONE = {Code.I01: UNDONE_BY_OFFICE, Code.I02: UNDONE_BY_UNIT, Code.I03: UNDONE_BY_REPLY}
_NOT_COLUMNS = {"id", "day", "place_path", "plain"}
_COLUMNS = [field.name for field in DaySum._meta.get_fields() if field.name not in _NOT_COLUMNS]


@dataclass(frozen=True)
class Sums:
    """The sums of the days of a period, by month and by name."""

    asked: Asked
    months: Mapping[date, Mapping[str, int]]

    def __getitem__(self, name: str) -> int:
        return sum(month[name] for month in self.months.values())


def are_kept(asked: Asked, place_path: str) -> bool:
    """Test if sums answer what is asked of a place: today's knowledge, nothing narrower, no deeper than they go."""
    narrower = asked.place_path or asked.category_path or asked.as_of or asked.unit
    return not narrower and place_path.count("/") <= DEEPEST


def sums_of(asked: Asked, place_path: str, *, now: datetime) -> Sums:
    """Return the sums of a period at a place, with one query."""
    rows: Any = DaySum.objects.filter(
        in_universe(asked),
        place_path__startswith=place_path,
        day__gte=asked.period.since,
        day__lt=asked.period.until,
    )
    by_month = rows.annotate(month=TruncMonth("day")).values("month").order_by("month")
    found = by_month.annotate(**{f"all_{name}": number for name, number in _numbers(now).items()})
    return Sums(
        asked,
        {
            row.pop("month"): {name.removeprefix("all_"): int(number) for name, number in row.items()}
            for row in found
        },
    )


def in_universe(asked: Asked) -> Q:
    """Keep the sums that count in a universe."""
    return Q(plain=True) if asked.universe is Universe.WITHOUT_LITIGATION_1 else Q()


def _numbers(now: datetime) -> Mapping[str, Sum]:
    """Return what is summed: columns as they are, and by their day what is over now and what is not."""
    border, over = _border(now), Q(day__lte=timezone.localdate(now))
    said = ("satisfied", "basically", "dissatisfied", "silent")
    quiet = F("finished") - F("came_again")
    return {
        **{name: Sum(name, default=0) for name in _COLUMNS},
        **{name: Sum(name, filter=over, default=0) for name in said},
        "may_rate": Sum(sum((F(name) for name in said[1:]), F(said[0])), filter=~over, default=0),
        "settled": Sum(quiet, filter=Q(day__lt=border), default=0),
        "settled_so_far": Sum(quiet, filter=Q(day__gt=border), default=0),
        "came_again": Sum("came_again", filter=~Q(day=border), default=0),
    }


def _border(now: datetime) -> date:
    """Return the one day of which some ends have been quiet long enough by now and others have not (I07)."""
    return timezone.localdate(now - QUIET_DAYS)


def volume(sums: Sums) -> Volume:
    """Return what was registered, as `figures.volume` counts it."""
    return Volume(sums["batches"], sums["persons"])


def by_month(sums: Sums) -> Mapping[date, Volume]:
    """Return what was registered month by month."""
    return {month: Volume(row["batches"], row["persons"]) for month, row in sums.months.items()}


def cycles(sums: Sums) -> tuple[Mean, Mean]:
    """Return the mean days of first petitions, as `figures.cycles` counts them (I10)."""
    return _mean(sums["decided"], sums["span_to_decision"]), _mean(sums["finished"], sums["span_to_end"])


def _mean(cases: int, microseconds: int) -> Mean:
    return figures.mean(cases, timedelta(microseconds=microseconds) / cases if cases else None)


def figures_of(
    codes: Iterable[Code], sums: Sums, seen: FactQuerySet, *, now: datetime
) -> Mapping[Code, Figure]:
    """Return indicators of a period with all their parts, as `figures.figures_of` counts them among what is seen."""
    added = _added(sums)
    found = {}
    for code in codes:
        if code in _UNDONE:
            found[code] = _done_and_undone(code, sums, seen, now)
        elif code is Code.I07:
            found[code] = _settled(sums, seen, now)
        else:
            parts = {part: added[part] for part in MEASURES[code].parts(now)}
            found[code] = Figure(code, sum(added[part] for part in _WHOLE[code]), parts)
    return found


def _added(sums: Sums) -> Mapping[Part, int]:
    """Return the parts that the sums alone know."""
    rated = sums["satisfied"] + sums["basically"] + sums["dissatisfied"]
    return {
        **{Part(name): sums[name] for name in ("letter", "visit", "online", "phone", "repeat", "contacted")},
        **{
            Part(name): sums[name]
            for name in ("satisfied", "basically", "dissatisfied", "silent", "may_rate")
        },
        Part.ALL: sums["batches"],
        Part.FIRST: sums["batches"] - sums["repeat"],
        Part.NOT_CONTACTED: sums["first_to_unit"] - sums["contacted"],
        Part.RATED: rated,
        Part.CLOSED: rated + sums["silent"],
    }


_MAY_BE_RATED = (Part.CLOSED, Part.MAY_RATE)
# of which parts the whole of an indicator is made
_WHOLE = {
    Code.REGISTERED: (Part.ALL,),
    Code.I08: (Part.ALL,),
    Code.I13: (Part.ALL,),
    Code.I11: (Part.CONTACTED, Part.NOT_CONTACTED),
    Code.I04: _MAY_BE_RATED,
    Code.I05: _MAY_BE_RATED,
    Code.I06: _MAY_BE_RATED,
}
# what can be read from sums
KEPT = (*_WHOLE, *_UNDONE, Code.I07)


def _done_and_undone(code: Code, sums: Sums, seen: FactQuerySet, now: datetime) -> Figure:
    undone = figures.figure(code, sums.asked, seen.filter(_UNDONE[code]), now=now)
    done = {part: sums[f"{code}_{part}"] for part in (Part.IN_TIME, Part.LATE, Part.LATE_BY_LAW)}
    parts = {part: number + done.get(part, 0) for part, number in undone.parts.items()}
    return Figure(code, undone.of + done[Part.IN_TIME] + done[Part.LATE], parts)


def _settled(sums: Sums, seen: FactQuerySet, now: datetime) -> Figure:
    parts = {part: sums[part] for part in (Part.SETTLED, Part.SETTLED_SO_FAR, Part.CAME_AGAIN)}
    border, period = _border(now), sums.asked.period
    if period.since <= border < period.until:
        asked = replace(sums.asked, period=Period(border, border + _ONE_DAY))
        of_border = figures.figure(Code.I07, asked, seen, now=now)
        parts = {part: number + of_border.parts[part] for part, number in parts.items()}
    return Figure(Code.I07, sum(parts.values()), parts)
