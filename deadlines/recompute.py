"""What a changed calendar does to the clocks that run: the owners' tables, asked one after the other."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.functional import Promise

from deadlines.arithmetic import Calendar
from deadlines.models import AbstractClock
from deadlines.owners import Moved, Table, tables
from deadlines.parts import recompute, recounted
from lib.transactions import require_transaction

BATCH = 500


@dataclass
class OfKind:
    """How many open clocks of one rule a calendar moves, and in which way."""

    # the words of their table
    of: Promise
    code: str
    known_now: int = 0
    later: int = 0
    earlier: int = 0
    # the last day stays; the rolled day beside it or those of its reminders do not
    other_days: int = 0

    @property
    def last_days(self) -> int:
        return self.known_now + self.later + self.earlier

    def count(self, before: date | None, after: date | None) -> None:
        """Count one clock whose days are not what they were."""
        if before == after:
            self.other_days += 1
        elif before is None or after is None:
            self.known_now += 1
        elif after > before:
            self.later += 1
        else:
            self.earlier += 1


@dataclass(frozen=True)
class Moves:
    """What a calendar does to open clocks, by whose they are and the rule they follow."""

    kinds: tuple[OfKind, ...]

    @property
    def total(self) -> int:
        """How many last days move or become known."""
        return sum(kind.last_days for kind in self.kinds)


class _Counted:
    """Counts while the tables are walked."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str], OfKind] = {}

    def add(self, table: Table, clock: AbstractClock, before: date | None, after: date | None) -> None:
        key = (table.model._meta.label, clock.code)
        self._kinds.setdefault(key, OfKind(table.words, clock.code)).count(before, after)

    @property
    def moves(self) -> Moves:
        return Moves(tuple(kind for _key, kind in sorted(self._kinds.items())))


def foresee(years: Collection[int], calendar: Calendar) -> Moves:
    """Return what open clocks that reach into some years would do under another calendar; write nothing."""
    counted = _Counted()
    for table in tables():
        for clock in _in_batches(_reaching(table.model, years)):
            columns = recounted(clock, calendar)
            if any(getattr(clock, name) != value for name, value in columns.items()):
                counted.add(table, clock, clock.last_day, columns["last_day"])
    return counted.moves


def recompute_open(years: Collection[int], *, noticed_in: int, now: datetime) -> Moves:
    """Count open clocks that reach into some years again by the present calendar, which a year's notice changed.

    What the clocks run on is locked first, then the clocks, each in the order of their keys: a deed on a petition
    locks in the same order, so neither waits for the other in a ring. Each owner is told of its own, and tells
    whoever keeps them.
    """
    require_transaction("recompute_open")
    counted = _Counted()
    for table in tables():
        held = table.before(_reaching(table.model, years)).select_for_update(of=("self",))
        changed, last_days = [], []
        for clock in _in_batches(held):
            before = clock.last_day
            if recompute(clock, now=now):
                counted.add(table, clock, before, clock.last_day)
                changed.append(clock)
                if clock.last_day != before:
                    last_days.append(clock)
        if changed:
            table.after(Moved(changed, last_days, noticed_in, now))
    return counted.moves


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
