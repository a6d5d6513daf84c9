"""The calendar as it stands in the table; read when it is needed, so that no process keeps an old one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from deadlines.arithmetic import Calendar
from deadlines.models import WORKED, CalendarYear
from lib.prepared import Given, prepared


def calendar_of(years: Iterable[int]) -> Calendar:
    """Return the calendar of those of the years that are loaded, in one query."""
    wanted = set(years)
    between = _days_of(first=min(wanted), last=max(wanted)) if wanted else []
    rows = [row for row in between if row[0] in wanted]
    return Calendar(
        frozenset(year for year, _day, _kind in rows),
        {day: kind in WORKED for _year, day, kind in rows if day is not None},
    )


@prepared
def _days_of(first: Given, last: Given) -> QuerySet[CalendarYear, tuple[int, date | None, str | None]]:
    loaded = CalendarYear.objects.filter(year__gte=first, year__lte=last)
    return loaded.values_list("year", "days__day", "days__kind")


def calendar_around(day: date, *, years_ahead: int = 1) -> Calendar:
    """Return the calendar from the year before a day to some years after it."""
    return calendar_of(range(day.year - 1, day.year + years_ahead + 1))


def previous_working_day(day: date) -> date:
    """Return the last working day before a day; by weekday alone where a year is not loaded (Q26)."""
    return working_days_before(day, 1)


def working_days_before(day: date, count: int) -> date:
    """Return the day some working days before a day; by weekday alone where a year is not loaded (Q26)."""
    return calendar_around(day).by_weekday().before(day, count)


def working_days_after(day: date, count: int) -> date:
    """Return the day some working days after a day; by weekday alone where a year is not loaded (Q26).

    For reminders within the office only: a legal day waits for its calendar instead (`arithmetic.reckon`).
    """
    return calendar_around(day).by_weekday().after(day, count)


def missing_year(on: date) -> int | None:
    """Return the year whose notice is missing: the present one, from 1 November on also the next (Q26)."""
    wanted = {on.year, on.year + 1} if on.month >= 11 else {on.year}
    loaded = CalendarYear.objects.filter(year__in=wanted).values_list("year", flat=True)
    return min(wanted - set(loaded), default=None)
