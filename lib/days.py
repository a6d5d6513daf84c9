"""Days: the office's day of a moment for those who ask it a million times, and from one column to another."""

from datetime import date, datetime

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func, Value
from django.utils import timezone


def local_day(moment: datetime) -> date:
    """Return what `timezone.localdate` does where nobody chose another zone, in a fifth of its time."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def days_from_to(first: str, last: str) -> Func:
    """Return the days from one column to another, the last one included, as PostgreSQL compares them."""
    return Func(first, last, Value("[]"), function="daterange", output_field=DateRangeField())
