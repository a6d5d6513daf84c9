"""Pieces that the deeds and the sweep of gatherings share; none runs outside a transaction."""

from datetime import datetime, timedelta

from django.utils import timezone

from grids.gathering_states import Repeat
from grids.models import Gathering, GatheringSeries
from grids.repeats import days_of
from lib.transactions import require_transaction

# so far ahead gatherings that repeat stand in the calendar
_AHEAD = timedelta(days=35)


def enter_due(series: GatheringSeries, *, now: datetime) -> int:
    """Put the days of a held series from today on into the calendar that are not there. Return how many."""
    require_transaction("enter_due")
    today = timezone.localdate(now)
    known = set(series.gatherings.values_list("held_on", flat=True))
    due = days_of(Repeat(series.repeat), first=series.first_on, until=series.until_on, through=today + _AHEAD)
    rows = [
        Gathering(
            series=series,
            organ=series.organ,
            grid=series.grid,
            kind=series.kind,
            topic=series.topic,
            place=series.place,
            held_on=day,
            entered_by=series.entered_by,
            entered_at=now,
        )
        for day in due
        if day >= today and day not in known
    ]
    Gathering.objects.bulk_create(rows)
    return len(rows)
