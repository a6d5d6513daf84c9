"""Days and votes of hearings, as calculation."""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence

from hearings.states import Vote


def drawn(members: Collection[int], count: int, seed: str) -> Sequence[int]:
    """Return so many of some panel members, the same for the same seed whoever draws."""
    order = sorted(members, key=lambda member: hashlib.sha256(f"{seed}:{member}".encode()).hexdigest())
    return order[:count]


def carried(votes: Sequence[Vote]) -> frozenset[Vote]:
    """Return which conclusions a panel's votes carry: those no other has more votes than."""
    counted = Counter(votes)
    most = max(counted.values(), default=0)
    return frozenset(vote for vote, count in counted.items() if count == most)
