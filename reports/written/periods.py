"""Which days a report that the clock draws up is of: the last week, month or year that is over. No clock."""

from datetime import date, timedelta

from indicators.periods import Period
from reports.states import ReportKind


def last_over(kind: ReportKind, today: date) -> Period:
    """Return the last whole week from Monday on, calendar month or year before a day.

    :raises KeyError: for an analysis, whose days a person chooses
    """
    until = {
        ReportKind.WEEKLY: today - timedelta(days=today.weekday()),
        ReportKind.MONTHLY: today.replace(day=1),
        ReportKind.YEARLY: today.replace(month=1, day=1),
    }[kind]
    last = until - timedelta(days=1)
    since = {
        ReportKind.WEEKLY: until - timedelta(days=7),
        ReportKind.MONTHLY: last.replace(day=1),
        ReportKind.YEARLY: last.replace(month=1, day=1),
    }[kind]
    return Period(since, until)
