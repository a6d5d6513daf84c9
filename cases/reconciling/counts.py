"""How many cases are alike on both sides, told from the differences alone, so that nothing hidden counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cases.models import DifferenceKind
from cases.models.reconciliations import ONLY_HERE


@dataclass(frozen=True)
class Counts:
    """The figures of a reconciliation (Q43)."""

    theirs: int
    # void ones are not counted (Q18)
    ours: int
    alike: int
    different: int

    def as_facts(self) -> dict[str, int]:
        return asdict(self)


def counts_of(theirs: int, kinds: Iterable[str]) -> Counts:
    """Return the figures of a list of so many rows with these differences."""
    each = Counter(DifferenceKind(kind) for kind in kinds)
    different = each.total()
    only_here = sum(each[kind] for kind in ONLY_HERE)
    alike = theirs - (different - only_here)
    return Counts(theirs, alike + each[DifferenceKind.DIFFERS] + only_here, alike, different)
