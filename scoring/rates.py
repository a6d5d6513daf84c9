"""Rates that rules measure: over which days, of which units, told by the room of indicators and by nobody else."""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.models import Organ, OrganKind
from indicators.figures import Asked
from indicators.measures import Code
from indicators.periods import Period
from indicators.units import NOTHING, Share, rates_by_place, rates_by_unit
from scoring.arithmetic import earned
from scoring.catalogue import RATES, Evidence
from scoring.models import RuleSet, ScoreRule
from scoring.standing import sets_in_force
from scoring.states import ORGANS_OF, Attribution, RuleKind, Scope
from scoring.states import Period as Counted

_DAY = timedelta(days=1)
# of fewer than these a rate of ratings would be the word of one petitioner (Q38)
LEAST_RATINGS = 5
_OF_RATINGS = frozenset({Evidence.I04, Evidence.I05})
_MONTHS: Mapping[Counted, int] = {Counted.MONTH: 1, Counted.QUARTER: 3, Counted.YEAR: 12}


def periods_over(rule: ScoreRule, *, before: date) -> Iterator[Period]:
    """Yield the periods of a rule that ended before a day while its version held, each from the first day on which a
    version measured the same: nothing is measured of the days before (decision 391).
    """
    held = rule.rule_set
    assert held.valid_from is not None and held.valid_to is not None  # noqa: S101  adopted ones have their days
    first = _measured_since(rule)
    for period in periods_in(held.year, Counted(rule.period)):
        last = period.until - _DAY
        if held.valid_from <= last <= held.valid_to and last < before:
            yield Period(max(period.since, first), period.until)


def periods_in(year: int, counted: Counted) -> Iterator[Period]:
    """Yield the months, the quarters, or the whole of a year."""
    months = _MONTHS[counted]
    for first in range(1, 13, months):
        last = first + months - 1
        yield Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]) + _DAY)


def _measured_since(rule: ScoreRule) -> date:
    held = rule.rule_set
    versions = RuleSet.objects.adopted().filter(
        organ=held.organ_id, scope=held.scope, year=held.year, rules__evidence=rule.evidence
    )
    return min(day for day in versions.values_list("valid_from", flat=True) if day is not None)


def units_of(held: RuleSet, *, on: date) -> Sequence[Organ]:
    """Return the units that are assessed by a version on a day, in the order of their codes."""
    organs = organs_of(held)
    sets = sets_in_force(organs, on=on)
    return [organ for organ in organs if (its := sets.get(organ.pk)) is not None and its.pk == held.pk]


def organs_of(held: RuleSet) -> Sequence[Organ]:
    """Return the units of the kind that a version is for, in its place, in the order of their codes."""
    organs = Organ.objects.current().filter(
        kind__in=sorted(ORGANS_OF[Scope(held.scope)]), place__path__startswith=held.organ.place.path
    )
    return list(organs.select_related("place").order_by("code"))


def points_for(rule: ScoreRule, share: Share) -> Decimal:
    """Return what a rule gives for a share, out of its weight."""
    too_few = rule.evidence in _OF_RATINGS and share.of < LEAST_RATINGS
    return earned(
        None if too_few else share.rate,
        kind=RuleKind(rule.kind),
        weight=rule.weight,
        each=rule.points,
        target=rule.target,
    )


def shares_of(
    rule: ScoreRule, organs: Sequence[Organ], period: Period, *, as_of: date, now: datetime
) -> Mapping[int, Share]:
    """Return the rate that a rule measures of each of some units over some days, as known at the end of a day.

    An office is measured by its place, a unit by what it led alone or by what lies in its place, as the rule says. How
    soon the office routes (I01) is no rate of a unit.
    """
    code, asked = RATES[Evidence(rule.evidence)], Asked(period, as_of=as_of)
    offices = [organ for organ in organs if organ.kind == OrganKind.PETITION_OFFICE]
    by_place = organs if rule.attribution == Attribution.PLACE else offices
    if by_place:
        placed = rates_by_place(code, asked, [organ.place.path for organ in by_place], now=now)
        return {organ.pk: placed.get(organ.place.path, NOTHING) for organ in organs}
    if code is Code.I01:
        return {organ.pk: NOTHING for organ in organs}
    led = rates_by_unit(code, asked, now=now)
    return {organ.pk: led.get(organ.pk, NOTHING) for organ in organs}
