"""What the clock brings: facts follow what was done. Safe to run twice, or in two places at once."""

from datetime import datetime

from django.db import connection, transaction

from indicators.histories import counterparts
from indicators.models import Mark
from indicators.parts import write_facts

_BATCH = 500
_LOCK = "indicators.follow_history"


def follow_history() -> int:
    """Bring facts up to every deed that is done, a batch at a time. Return how many petitions were looked at.

    Only what was marked costs: a deed on one petition is a few rows, whatever else there is.
    """
    followed = 0
    while batch := _follow_batch():
        followed += batch
    return followed


@transaction.atomic(durable=True)
def _follow_batch() -> int:
    """Take up a batch of marks. What is done meanwhile leaves marks of its own and is read once more.

    Facts of one petition are written in one place at a time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
    marks = dict(Mark.objects.order_by("pk").values_list("pk", "petition_id")[:_BATCH])
    Mark.objects.filter(pk__in=list(marks)).delete()
    keys = set(marks.values())
    write_facts(keys | counterparts(keys))
    return len(keys)


def complete_until(now: datetime) -> datetime:
    """Return up to which moment figures hold every deed: that of the oldest which waits to be taken up."""
    oldest = Mark.objects.order_by("marked_at").values_list("marked_at", flat=True).first()
    return min(oldest or now, now)
