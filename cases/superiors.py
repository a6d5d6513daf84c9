"""Which organ stands above several others, and so decides who of them accepts (Art 24)."""

from collections.abc import Sequence

from accounts.models import Organ


def common_superior(organs: Sequence[Organ]) -> Organ | None:
    """Return the nearest organ above all of these (Art 24); nothing if there is none."""
    lines = [_above(organ) for organ in organs]
    return next((organ for organ in lines[0] if all(organ in line for line in lines[1:])), None)


def _above(organ: Organ) -> list[Organ]:
    line: list[Organ] = []
    above = organ.next_higher
    while above is not None and above not in line:
        line.append(above)
        above = above.next_higher
    return line
