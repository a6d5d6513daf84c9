"""How units stand by their final entries: one reading for every page, so that no two figures differ."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Organ
from scoring.arithmetic import Line, Total, period_key, total
from scoring.models import EntryQuerySet, RuleSet
from scoring.states import ORGANS_OF, Period, RuleKind, Scope

# of an entry, besides its unit and the points that stand
_SAID = (
    *("pk", "happened_on", "rule_id", "rule__kind", "rule__period", "rule__weight", "petition_id"),
    "reverses__happened_on",
)


@dataclass(frozen=True)
class UnitTotal:
    """A unit with the version it is assessed by and what its entries make of the base."""

    organ: Organ
    rule_set: RuleSet
    total: Total


def totals_of(organs: Sequence[Organ], entries: EntryQuerySet, *, on: date) -> list[UnitTotal]:
    """Return how units stand on a day by those of some entries that count; units without rules are left out."""
    return totals_by(organs, counting_lines(entries, on=on), on=on)


def totals_by(
    organs: Sequence[Organ], counting: Mapping[int, Sequence[Line]], *, on: date
) -> list[UnitTotal]:
    """Return how units stand by what counts of each, in their order; units without rules on the day are left out."""
    sets = sets_in_force(organs, on=on)
    return [
        UnitTotal(organ, held, total_by(held, counting.get(organ.pk, ())))
        for organ in organs
        if (held := sets.get(organ.pk)) is not None
    ]


def counting_lines(entries: EntryQuerySet, *, on: date) -> Mapping[int, Sequence[Line]]:
    """Return what counts of each unit on a day: what happened in its year, up to it."""
    counting = entries.counting().filter(happened_on__year=on.year, happened_on__lte=on)
    return lines_of(counting, organ="organ_id", points="stands")


def lines_of(rows: Any, *, organ: str, points: str, entry: str = "") -> Mapping[int, Sequence[Line]]:
    """Return what counts of each unit; `organ` and `points` name where a row says them, `entry` leads to its entry."""
    columns = [f"{entry}{name}" for name in _SAID]
    lines: dict[int, list[Line]] = defaultdict(list)
    for unit, stands, *said in rows.order_by().values_list(organ, points, *columns):
        key, happened_on, rule, kind, period, weight, petition, given_on = said
        lines[unit].append(
            Line(
                key=str(key),
                happened_on=happened_on,
                points=stands,
                is_bonus=kind == RuleKind.BONUS,
                rule=rule,
                # a reversal takes from the period in which its bonus was given
                period=period_key(Period(period), given_on or happened_on),
                weight=weight,
                case=petition,
            )
        )
    return lines


def total_by(held: RuleSet, lines: Iterable[Line]) -> Total:
    """Return what lines make of the base of a version, by its caps."""
    return total(lines, base=held.base, floor=held.floor, case_cap=held.case_cap, bonus_cap=held.bonus_cap)


def sets_in_force(organs: Sequence[Organ], *, on: date) -> dict[int, RuleSet]:
    """Return by which version each unit is assessed on a day: of its kind, by the nearest office that has one."""
    held = RuleSet.objects.adopted().filter(valid_from__lte=on, valid_to__gte=on)
    rows = sorted(held.select_related("organ__place"), key=lambda row: len(row.organ.place.path))
    found: dict[int, RuleSet] = {}
    for row in rows:
        kinds = ORGANS_OF[Scope(row.scope)]
        for organ in organs:
            if organ.kind in kinds and organ.place.path.startswith(row.organ.place.path):
                found[organ.pk] = row
    return found
