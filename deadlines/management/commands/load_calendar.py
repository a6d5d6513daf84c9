"""Load the calendar years shipped with the product."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import chinese_calendar
from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.parts import Actor
from deadlines.actions import load_shipped_years
from deadlines.models import CalendarYear, DayKind
from deadlines.years import KindOfDay

FIRST_YEAR = 2004
SOURCE = "chinesecalendar"
# as the notices write them
HOLIDAYS = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}


class Command(BaseCommand):
    help = "Load every year of working days that the product ships and that is not there yet (2004 on)."

    def handle(self, *args: Any, **options: Any) -> None:
        shipped = {year: _named_days(year) for year in _shipped_years()}
        were_there = CalendarYear.objects.count()
        by = Actor(words="load_calendar")
        loaded = load_shipped_years(shipped, source=SOURCE, by=by, now=timezone.now())
        self.stdout.write(f"{len(loaded)} years loaded, {were_there} were there")


def _shipped_years() -> Iterator[int]:
    """Yield the years the package knows the notice of; it refuses any day of the next one."""
    year = FIRST_YEAR
    while True:
        try:
            chinese_calendar.is_workday(date(year, 7, 1))
        except NotImplementedError:
            return
        yield year
        year += 1


def _named_days(year: int) -> Iterator[KindOfDay]:
    """Yield the days of a year that are not as their weekday says, or are public holidays."""
    day = date(year, 1, 1)
    while day.year == year:
        worked = chinese_calendar.is_workday(day)
        _on_holiday, holiday = chinese_calendar.get_holiday_detail(day)
        name = HOLIDAYS.get(holiday or "", "")
        if worked and day.weekday() >= 5:
            yield KindOfDay(day, DayKind.SWAPPED_WORKDAY, name)
        elif not worked and chinese_calendar.is_in_lieu(day):
            yield KindOfDay(day, DayKind.SWAPPED_REST, name)
        elif not worked and name:
            yield KindOfDay(day, DayKind.PUBLIC_HOLIDAY, name)
        day += timedelta(days=1)
