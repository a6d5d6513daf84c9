"""Which counts may be printed by themselves: none that is so small that it could be told apart. No database."""

from collections.abc import Mapping

from reports.states import SMALLEST


def folded(counts: Mapping[str, int], *, least: int = SMALLEST) -> Mapping[str, int]:
    """Return counts with the small ones folded into one without a key, the largest first and that one last.

    What is folded comes to `least` at least, or to all there is: otherwise the sum of the others would give it away.
    """
    in_order = sorted(
        ((key, count) for key, count in counts.items() if count), key=lambda one: (-one[1], one[0])
    )
    rest = 0
    while in_order and (in_order[-1][1] < least or 0 < rest < least):
        rest += in_order.pop()[1]
    return {**dict(in_order), **({"": rest} if rest else {})}


def shown(count: int) -> str:
    """Return a count as it is printed where it stands alone."""
    return str(count) if count >= SMALLEST or count == 0 else f"不足{SMALLEST}"
