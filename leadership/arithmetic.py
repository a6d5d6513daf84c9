"""Calculations of this room: no clock, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Leader = TypeVar("Leader")


@dataclass(frozen=True)
class Order(Generic[Leader]):
    """In which order leaders sit; on the fixed weekday the same one sits each week and the order stands still."""

    seats: Sequence[Leader]
    fixed_weekday: int | None = None
    fixed: Leader | None = None

    def sits_fixed(self, day: date) -> Leader | None:
        """Return who sits on a day whatever the order says."""
        return self.fixed if self.fixed_weekday == day.weekday() else None

    def after(self, last: Leader | None) -> Sequence[Leader]:
        """Return the seats from the one after a leader on; from the first where he has none."""
        here = self.seats.index(last) + 1 if last is not None and last in self.seats else 0
        return [*self.seats[here:], *self.seats[:here]]


def rotate(
    days: Iterable[date],
    orders: Mapping[date, Order[Leader]],
    *,
    last: Leader | None,
    holds: Mapping[date, frozenset[Leader]],
) -> dict[date, tuple[Leader, bool]]:
    """Return who sits on each day in turn, and whether as the fixed one; nobody on a day that nobody can take.

    `last` is who sat last in turn before these days, `holds` who may sit on each day at all: a leader who may not is
    passed over and keeps his place.
    """
    found: dict[date, tuple[Leader, bool]] = {}
    for day in days:
        order = orders[day]
        fixed = order.sits_fixed(day)
        if fixed is not None and fixed in holds[day]:
            found[day] = (fixed, True)
            continue
        turn = next((leader for leader in order.after(last) if leader in holds[day]), None)
        if turn is not None:
            found[day] = (turn, False)
            last = turn
    return found
