"""What the page of a replay shows: a draft, and the version that holds, on the facts of the year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.models import Organ
from scoring.arithmetic import Total
from scoring.models import RuleSet
from scoring.rates import organs_of
from scoring.replay import causes_of, replayed


@dataclass(frozen=True)
class Replayed:
    """One unit by the draft, and by the version that holds now where there is one."""

    organ: Organ
    total: Total
    before: Total | None

    @property
    def change(self) -> Decimal | None:
        return self.total.score - self.before.score if self.before else None


def replay_page(rule_set: RuleSet, *, now: datetime) -> dict[str, Any]:
    """Return how each unit would have stood in the year before that of a version, by it and by the one that holds."""
    year = rule_set.year - 1
    organs, causes = organs_of(rule_set), causes_of(year, now=now)
    same = RuleSet.objects.adopted().filter(organ=rule_set.organ_id, scope=rule_set.scope)
    held = same.exclude(pk=rule_set.pk).order_by("-valid_from").first()
    by_it = replayed(rule_set, organs, causes, year=year, now=now)
    by_held = replayed(held, organs, causes, year=year, now=now) if held else {}
    rows: Sequence[Replayed] = [Replayed(organ, by_it[organ.pk], by_held.get(organ.pk)) for organ in organs]
    return {"rule_set": rule_set, "held": held, "year": year, "rows": rows}
