"""What a changed calendar does to the clocks that run: the owners' tables, asked one after the other."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from deadlines.arithmetic import Calendar
from deadlines.models import AbstractClock
from deadlines.owners import tables
from deadlines.parts import recompute, recounted
from lib.transactions import require_transaction

BATCH = 500


@dataclass(frozen=True)
class Moves:
    """How many open clocks a calendar would touch, and in which way their last day changes."""

    known_now: int
    later: int
    earlier: int

    @property
    def total(self) -> int:
        return self.known_now + self.later + self.earlier


def foresee(years: Collection[int], calendar: Calendar) -> Moves:
    """Return what open clocks that reach into some years would do under another calendar; write nothing."""
    known_now = later = earlier = 0
    for table in tables():
        for clock in _in_batches(_reaching(table.model, years)):
            last_day = recounted(clock, calendar)["last_day"]
            if last_day == clock.last_day:
                continue
            if clock.last_day is None or last_day is None:
                known_now += 1
            elif last_day > clock.last_day:
                later += 1
            else:
                earlier += 1
    return Moves(known_now, later, earlier)


def recompute_open(years: Collection[int], *, now: datetime) -> int:
    """Count open clocks that reach into some years again by the present calendar.

    Return for how many the last day moved or became known, as `foresee` counts them: of others only the days of their
    warning bands change.

    What the clocks run on is locked first, then the clocks, each in the order of their keys: a deed on a petition
    locks in the same order, so neither waits for the other in a ring. Each owner is told of its own.
    """
    require_transaction("recompute_open")
    moved = 0
    for table in tables():
        held = table.before(_reaching(table.model, years)).select_for_update(of=("self",))
        changed = []
        for clock in _in_batches(held):
            last_day = clock.last_day
            if recompute(clock, now=now):
                changed.append(clock)
                moved += clock.last_day != last_day
        if changed:
            table.after(changed)
    return moved


def _reaching(model: type[AbstractClock], years: Collection[int]) -> QuerySet[AbstractClock]:
    clocks: QuerySet[AbstractClock] = model.objects.reaching_into(years)
    return clocks


def _in_batches(clocks: QuerySet[AbstractClock]) -> Iterator[AbstractClock]:
    """Yield clocks with their rules, a batch in memory at a time, ordered by key."""
    rows = clocks.select_related("rule").order_by("pk")
    last_key = 0
    while batch := list(rows.filter(pk__gt=last_key)[:BATCH]):
        yield from batch
        last_key = batch[-1].pk
