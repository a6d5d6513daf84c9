"""What a unit's final entries make of its base, as calculation: exact, with every cap named (scoring.md §5)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from scoring.states import Period, RuleKind

_NOTHING = Decimal(0)
_DIGIT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry that counts: its points, the rule with its weight, in which of its periods, and its case if it has one.

    A reversal is a line of the bonus rule it takes from, below nothing.
    """

    key: str
    happened_on: date
    points: Decimal
    is_bonus: bool
    rule: Hashable
    period: Hashable
    weight: Decimal
    case: Hashable | None


@dataclass(frozen=True, kw_only=True)
class Total:
    """What counts after the caps: deductions (nothing or less), bonuses, and the score.

    `entered` is the plain sum of the entries; what the caps and the floor changed is the rest to the score.
    """

    entered: Decimal
    deducted: Decimal
    bonus: Decimal
    score: Decimal

    @property
    def is_capped(self) -> bool:
        """Test if caps let other points count than were entered."""
        return self.entered != self.deducted + self.bonus


def earned(
    rate: Fraction | None, *, kind: RuleKind, weight: Decimal, each: Decimal | None, target: Decimal | None
) -> Decimal:
    """Return what a rule gives for a rate, to two digits: rate times weight, full less so much for each whole
    percentage point below the target and never less than nothing, or all or nothing.

    A rate of nothing is neither 0 nor 100 % (trap 6): where there was no case nobody loses a point.
    """
    if rate is None:
        return weight
    if kind == RuleKind.RATE:
        exact = weight * rate.numerator / rate.denominator
        return exact.quantize(_DIGIT, ROUND_HALF_UP)
    full = Fraction(100 if target is None else target) / 100
    if kind == RuleKind.WHOLE:
        return weight if rate >= full else _NOTHING
    missing = max(0, int((full - rate) * 100))
    return max(_NOTHING, weight - missing * (each or _NOTHING))


def period_key(period: Period, day: date) -> tuple[int, int]:
    """Return in which of its periods a rule counts a day."""
    part = {Period.MONTH: day.month, Period.QUARTER: (day.month + 2) // 3, Period.YEAR: 0}
    return day.year, part[period]


def total(
    lines: Iterable[Line], *, base: Decimal, floor: Decimal, case_cap: Decimal, bonus_cap: Decimal
) -> Total:
    """Return what a unit has of its base: no case costs more than its cap, no rule takes or gives more than its weight
    in a period, all bonuses together give no more than theirs, and the score falls no lower than the floor.

    Within a case the earlier entries count first, so that the order of the lines is indifferent.
    """
    kept = sorted(lines, key=lambda line: (line.happened_on, line.key))
    deducted = -_capped_by_rule(_capped_by_case([line for line in kept if not line.is_bonus], case_cap))
    given = _capped_by_rule((line, line.points) for line in kept if line.is_bonus)
    bonus = min(bonus_cap, max(_NOTHING, given))
    return Total(
        entered=sum((line.points for line in kept), _NOTHING),
        deducted=deducted,
        bonus=bonus,
        score=max(floor, base + deducted + bonus),
    )


def _capped_by_case(lines: Iterable[Line], cap: Decimal) -> list[tuple[Line, Decimal]]:
    """Return what each deduction costs (nothing or more), no case more than its cap."""
    left: dict[Hashable, Decimal] = defaultdict(lambda: cap)
    costs = []
    for line in lines:
        cost = -line.points
        if line.case is not None:
            cost = min(cost, left[line.case])
            left[line.case] -= cost
        costs.append((line, cost))
    return costs


def _capped_by_rule(counted: Iterable[tuple[Line, Decimal]]) -> Decimal:
    """Return the sum of what counts, of each rule in each of its periods from nothing to its weight.

    So a correction that gives back a point counts only against what the rule takes by then.
    """
    sums: dict[tuple[Hashable, Hashable], Decimal] = defaultdict(Decimal)
    weights: dict[tuple[Hashable, Hashable], Decimal] = {}
    for line, points in counted:
        place = (line.rule, line.period)
        sums[place] += points
        weights[place] = line.weight
    return sum((max(_NOTHING, min(weights[place], points)) for place, points in sums.items()), _NOTHING)
