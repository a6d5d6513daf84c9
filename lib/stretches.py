"""Stretches of days that something comes back in: weeks, parts of a month, quarters. No clock, no working days."""

from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_MONTHS_A_QUARTER = 3


@dataclass(frozen=True)
class Stretch:
    """From a day to a day, both within."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def week_of(day: date) -> Stretch:
    """Return the week of a day, from Monday to Sunday."""
    first = day - timedelta(days=day.weekday())
    return Stretch(first, first + timedelta(days=6))


def part_of_month(day: date, *cuts: int) -> Stretch:
    """Return the part of its month that a day lies in, where parts end on these days and on the month's last."""
    ends = [*cuts, _last_of(day).day]
    last_day = next(end for end in ends if day.day <= end)
    first_day = max((end + 1 for end in ends if end < day.day), default=1)
    return Stretch(day.replace(day=first_day), day.replace(day=last_day))


def quarter_of(day: date) -> Stretch:
    """Return the quarter of a day."""
    first_month = (day.month - 1) // _MONTHS_A_QUARTER * _MONTHS_A_QUARTER + 1
    first = day.replace(month=first_month, day=1)
    return Stretch(first, _last_of(first.replace(month=first_month + _MONTHS_A_QUARTER - 1)))


def _last_of(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - _ONE_DAY
