"""What the clock brings: facts follow what was done. Safe to run twice, or in two places at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from indicators import sums
from indicators.figures import Asked, figures_of
from indicators.histories import counterparts
from indicators.measures import MEASURES, Part
from indicators.models import DaySum, Fact, Mark, MonthSum, Recount
from indicators.parts import write_facts
from indicators.periods import Period
from indicators.recounting import recount
from indicators.universe import Universe
from infra.sweep_runs import Tally

_BATCH = 500
_LOCK = "indicators.follow_history"
# Nights of which the checks are kept.
_KEPT = timedelta(days=30)


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
    _hold_facts()
    marks = dict(Mark.objects.order_by("pk").values_list("pk", "petition_id")[:_BATCH])
    Mark.objects.filter(pk__in=list(marks)).delete()
    keys = set(marks.values())
    write_facts(keys | counterparts(keys))
    return len(keys)


def _hold_facts() -> None:
    """Let nobody else write facts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])


def complete_until(now: datetime) -> datetime:
    """Return up to which moment figures hold every deed: that of the oldest which waits to be taken up."""
    oldest = Mark.objects.order_by("marked_at").values_list("marked_at", flat=True).first()
    return min(oldest or now, now)


# what the rows of one sum have in common
_KEYS = {DaySum: ("day", "place_path", "plain"), MonthSum: ("month", "place_path", "category_path", "plain")}


def merge_sums() -> int:
    """Make one row of all that were added to one sum. Return how many sums were made new.

    What is added meanwhile stays beside it, and two runs at once take no row twice.
    """
    return sum(_merge(model, keys) for model, keys in _KEYS.items())


def _merge(model: type[Model], keys: Sequence[str]) -> int:
    table, kept = connection.ops.quote_name(model._meta.db_table), {"id", *keys}
    columns = [field.name for field in model._meta.concrete_fields if field.name not in kept]
    key, numbers = ", ".join(keys), ", ".join(f"sum({column})" for column in columns)
    statement = f"""
        WITH many AS (SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1),
        gone AS (
            DELETE FROM {table} AS old USING many
            WHERE {" AND ".join(f"old.{name} = many.{name}" for name in keys)} RETURNING old.*
        )
        INSERT INTO {table} ({key}, {", ".join(columns)}) SELECT {key}, {numbers} FROM gone GROUP BY {key}
    """  # noqa: S608 names of our own columns alone
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


@transaction.atomic(durable=True)
def recount_figures(*, now: datetime, tally: Tally) -> int:
    """Count every number of the month that yesterday belongs to a second time, in plain SQL. Return how many differ.

    A night on which deeds wait to be taken up is left to the next: both would count something else. What is done while
    it counts leaves a mark, too.
    """
    _hold_facts()
    yesterday = timezone.localdate(now) - timedelta(days=1)
    first = yesterday.replace(day=1)
    period = Period(first, (first + timedelta(days=31)).replace(day=1))
    checks = [check for universe in Universe for check in _checks(period, universe, now)]
    if Mark.objects.exists():
        tally.skip("deeds_wait")
        return 0
    Recount.objects.filter(checked_at__lt=now - _KEPT).delete()
    Recount.objects.bulk_create(checks)
    agreeing = sum(check.agrees for check in checks)
    tally.skip("agree", agreeing)
    return len(checks) - agreeing


def _checks(period: Period, universe: Universe, now: datetime) -> list[Recount]:
    """Compare what facts and what sums say with a plain count; of two the one that differs is kept."""
    found = []
    asked, seen = Asked(period, universe), Fact.objects.open_lane()
    of_facts = figures_of(MEASURES, asked, seen, now=now)
    of_sums = {**of_facts, **sums.figures_of(sums.KEPT, sums.sums_of(asked, "", now=now), seen, now=now)}
    for code, counts in recount(period, universe, now=now).items():
        numbers = [{Part.ALL: its.of, **its.parts} for its in (of_facts[code], of_sums[code])]
        found += [
            Recount(
                checked_at=now,
                since=period.since,
                until=period.until,
                universe=universe,
                code=code,
                part=name,
                counted=next((its[name] for its in numbers if its[name] != count), count),
                recounted=count,
            )
            for name, count in counts.items()
        ]
    return found
