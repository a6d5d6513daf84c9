"""What the pages of calendar and rules show, put together from facts."""

import calendar as weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from deadlines.arithmetic import Unit, reckon
from deadlines.calendars import calendar_around
from deadlines.models import CalendarDay, DayKind, Rule

_DAYS_A_YEAR = 200

# heads of the columns of a month
WEEKDAYS = (
    *(pgettext_lazy("short weekday", "Mo"), pgettext_lazy("short weekday", "Tu")),
    *(pgettext_lazy("short weekday", "We"), pgettext_lazy("short weekday", "Th")),
    *(pgettext_lazy("short weekday", "Fr"), pgettext_lazy("short weekday", "Sa")),
    pgettext_lazy("short weekday", "Su"),
)


@dataclass(frozen=True)
class DayCell:
    """One day of the grid; the mark says in words what the colour says."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True)
class Month:
    """A month as rows of seven, Monday first; what belongs to its neighbours is empty."""

    first: date
    rows: Sequence[Sequence[DayCell | None]]


def months_of(year: int) -> list[Month]:
    """Return a loaded year as twelve months, each day with its kind."""
    named = {row.day: row for row in CalendarDay.objects.filter(year=year)}
    grid = weeks.Calendar(firstweekday=weeks.MONDAY)
    return [
        Month(
            date(year, month, 1),
            [
                [_cell(day, named) if day.month == month else None for day in row]
                for row in grid.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _cell(day: date, named: Mapping[date, CalendarDay]) -> DayCell:
    if day in named:
        return DayCell(day, DayKind(named[day].kind), named[day].name)
    return DayCell(day, DayKind.WORKDAY if day.weekday() < 5 else DayKind.REST, "")


@dataclass(frozen=True)
class Comparison:
    """The last day of a period that started now, as the rule stands and as it would."""

    now: date | None
    then: date | None


def compare(last: Rule, following: Rule, *, started_at: datetime) -> Comparison | None:
    """Return what a new version would change for a period; nothing for one that somebody sets."""
    if last.unit == Unit.AS_SET:
        return None
    longest = max(last.length, following.length)
    calendar = calendar_around(timezone.localdate(started_at), years_ahead=1 + longest // _DAYS_A_YEAR)
    return Comparison(
        reckon(last.term, started_at, calendar).last_day,
        reckon(following.term, started_at, calendar).last_day,
    )
