"""Units beside each other by how they handle what they lead: in the order of organs, never of a number (Q40)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count

from accounts.models import Organ, OrganKind
from indicators import figures
from indicators.figures import Asked, percent
from indicators.measures import MEASURES, Code, Part
from indicators.models import FactQuerySet
from reports.numbers import Number, opens

COMPARED = (Code.I02, Code.I03)
# Of so few one more or less moves a rate by more than it says.
SMALL = 10
# Units stand beside those that lead about as many, by I03 of the period: the least of each group, the largest first.
_GROUPS = (100, 30, SMALL, 0)


@dataclass(frozen=True)
class Rate:
    """How many of how many a unit did in time; of few without a rate."""

    in_time: Number
    of: Number

    @property
    def is_small(self) -> bool:
        return self.of.count < SMALL

    @property
    def words(self) -> str:
        return percent(None if self.is_small else Fraction(self.in_time.count, self.of.count))


@dataclass(frozen=True)
class Unit:
    """One unit with a rate for each indicator that is compared."""

    organ: Organ
    rates: Sequence[Rate]


@dataclass(frozen=True)
class Group:
    """Units that lead about as many petitions: `least` at least, each of them."""

    least: int
    units: Sequence[Unit]


def side_by_side(asked: Asked, seen: FactQuerySet, *, now: datetime) -> Sequence[Group]:
    """Return the units that lead what is seen, in groups alike in volume, with a query for each indicator."""
    counted = {code: _by_unit(code, asked, seen, now) for code in COMPARED}
    keys = {key for each in counted.values() for key in each}
    organs = Organ.objects.filter(pk__in=keys).exclude(kind=OrganKind.PETITION_OFFICE).order_by("path")
    groups: dict[int, list[Unit]] = {least: [] for least in _GROUPS}
    for organ in organs:
        here = replace(asked, unit=organ.pk)
        rates = [_rate(code, counted[code].get(organ.pk, (0, 0)), here) for code in COMPARED]
        volume = rates[-1].of.count
        groups[next(least for least in _GROUPS if volume >= least)].append(Unit(organ, rates))
    return [Group(least, units) for least, units in groups.items() if units]


def _by_unit(code: Code, asked: Asked, seen: FactQuerySet, now: datetime) -> Mapping[int, tuple[int, int]]:
    """Return how many of how many each unit did in time, of the handlings that stand."""
    in_time = MEASURES[code].parts(asked.at(now))[Part.IN_TIME]
    led: Any = figures.cohort(code, asked, seen).filter(
        petition__handlings__ended_at=None, petition__handlings__organ__isnull=False
    )
    rows = led.order_by().values_list("petition__handlings__organ")
    return {
        organ: (done, of)
        for organ, done, of in rows.annotate(done=Count("pk", filter=in_time), of=Count("pk"))
    }


def _rate(code: Code, counted: tuple[int, int], here: Asked) -> Rate:
    done, of = counted
    return Rate(
        Number("", done, opens(code, Part.IN_TIME, here)), Number("", of, opens(code, Part.ALL, here))
    )
