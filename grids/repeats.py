"""On which days a gathering that repeats is held. No clock, no database."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from grids.gathering_states import Repeat

_ONE_DAY = timedelta(days=1)


def days_of(repeat: Repeat, *, first: date, until: date | None, through: date) -> Iterator[date]:
    """Yield the days of a series from its first one through another, in order, and none after its last."""
    day, last = first, min(until or through, through)
    while day <= last:
        if _fits(repeat, first, day):
            yield day
        day += _ONE_DAY


def _fits(repeat: Repeat, first: date, day: date) -> bool:
    match repeat:
        case Repeat.WEEK:
            return day.weekday() == first.weekday()
        case Repeat.TEN_DAYS:
            # of a 旬 the same day; its eleventh, which three of four months have, is none
            return day.day % 10 == first.day % 10 and day.day != 31
        case Repeat.MONTH:
            # in a shorter month its last day
            return day.day == min(first.day, monthrange(day.year, day.month)[1])
