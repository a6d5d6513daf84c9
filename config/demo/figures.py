"""How many petitions the district counts, and what of that the written-down ones leave over for the crowd.

Counted is what the district's figures count: petitions of the open lane registered by petition offices and not void, by
the month of registering, with all their persons (indicators §1; data-standard §7; Q2).
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from config.demo.timetable import draw

# January to September, as the newspaper counts
MONTHS = range(1, 10)
# By how many persons the groups are larger than one person, as often as they stand here.
_MORE_PERSONS = (1, 1, 1, 1, 2, 2, 3, 4, 5, 7, 10, 16)

Key = TypeVar("Key")


@dataclass(frozen=True)
class Counted:
    """A petition as the figures see it."""

    place: str
    group: str
    month: int
    persons: int


@dataclass(frozen=True)
class YearFigures:
    """How many petitions of how many persons each month of a year has, and how many each place and group."""

    years_back: int
    petitions: Mapping[int, int]
    persons: Mapping[int, int]
    cells: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Slot:
    """A petition of the crowd before it has words: when, where, about what, and by how many."""

    year: int
    month: int
    place: str
    group: str
    persons: int
    serial: int

    @property
    def key(self) -> str:
        """Return what everything else about it is drawn from."""
        return f"crowd/{self.year}/{self.month:02d}/{self.serial:03d}"


def slots(figures: YearFigures, counted: Iterable[Counted], *, today: date, percent: int = 100) -> list[Slot]:
    """Return what is left of a year's figures once `counted` are taken off, as far as it lies before `today`.

    Where the others already are more than a month, a cell or a month's persons should have, the rest of the year gives
    them up, so that the sum stays right.
    """
    year = today.year - figures.years_back
    there = list(counted)
    months = _left(
        {month: _elapsed(figures.petitions[month], year, month, today, percent) for month in MONTHS},
        Counter(one.month for one in there),
    )
    more = _left(
        {
            month: _elapsed(figures.persons[month] - figures.petitions[month], year, month, today, percent)
            for month in MONTHS
        },
        sum((Counter({one.month: one.persons - 1}) for one in there), Counter()),
    )
    cells = iter(_shuffled(_left(figures.cells, Counter((one.place, one.group) for one in there)), year))
    return [
        Slot(year, month, place, group, 1 + extra, serial)
        for month in MONTHS
        for serial, ((place, group), extra) in enumerate(
            zip(
                islice(cells, months[month]),
                _extras(months[month], more[month], f"{year}/{month}"),
                strict=False,
            )
        )
    ]


def _elapsed(wanted: int, year: int, month: int, today: date, percent: int) -> int:
    """Return how many of a month's there are on the days before today, and of these so many percent."""
    days = monthrange(year, month)[1]
    over = min(max((today - date(year, month, 1)).days, 0), days)
    return wanted * over * percent // (days * 100)


def _left(wanted: Mapping[Key, int], there: Mapping[Key, int]) -> dict[Key, int]:
    """Return what is still wanted; where too many are there, the largest others have that many fewer."""
    left = {key: number - there.get(key, 0) for key, number in wanted.items()}
    beyond = -sum(number for number in left.values() if number < 0)
    left = {key: max(number, 0) for key, number in left.items()}
    for _one in range(min(beyond, sum(left.values()))):
        largest = max(left, key=lambda key: left[key])
        left[largest] -= 1
    return left


def _shuffled(cells: Mapping[tuple[str, str], int], year: int) -> Sequence[tuple[str, str]]:
    """Return each cell as often as it is wanted, drawn into one row."""
    each = [(cell, number) for cell, wanted in cells.items() for number in range(wanted)]
    each.sort(key=lambda one: draw(f"{year}/{one[0]}/{one[1]}", "row", 2**32))
    return [cell for cell, _number in each]


def _extras(count: int, persons: int, key: str) -> list[int]:
    """Return how many persons besides the first each of `count` petitions has, so that they come to `persons`."""
    extras = [0] * count
    for position in range(count):
        more = min(persons, _MORE_PERSONS[draw(f"{key}/{position}", "persons", len(_MORE_PERSONS))])
        extras[position] = more
        persons -= more
    if extras:
        extras[0] += persons
    return extras
