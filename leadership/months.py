"""A calendar month, from its first moment to its last."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Month:
    """One month: its first day, and the moments it begins and ends."""

    first: date

    @property
    def begins(self) -> datetime:
        return _midnight(self.first)

    @property
    def next(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def ends(self) -> datetime:
        return _midnight(self.next)

    @property
    def last(self) -> date:
        return self.next - timedelta(days=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def month_before(now: datetime) -> Month:
    """Return the month before the one a moment lies in."""
    return Month((timezone.localdate(now).replace(day=1) - timedelta(days=1)).replace(day=1))
