"""What would be told tonight, in numbers by period, band and organ: for administrators, who see no petition."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from cases.models import PetitionClock
from cases.reminding.planning import rings_of
from deadlines.words import title_of
from lib.keyset import COUNTED_EXACTLY
from notices.models import Band

_BATCH = 500


@dataclass(frozen=True)
class Line:
    """How many periods of one kind in one organ would enter a band, and how many posts would be told."""

    code: str
    title: str
    band: Band
    organ: str
    periods: int
    posts: int


@dataclass(frozen=True)
class Tonight:
    """What would be told. Of `nobody` nobody could be told; `more` says that not all were looked at."""

    lines: list[Line]
    nobody: int
    more: bool


def told_by(until: datetime) -> Tonight:
    """Work out what the sweep would tell up to a moment, and write nothing.

    The sealed lane is left out: not even its numbers are shown here (Q2).
    """
    due = PetitionClock.objects.due(until).filter(petition__sealed=False)
    clocks = list(due.select_related("petition", "organ")[: COUNTED_EXACTLY + 1])
    counted: Counter[tuple[str, Band, str]] = Counter()
    posts: defaultdict[tuple[str, Band, str], set[int]] = defaultdict(set)
    nobody = 0
    for begin in range(0, min(len(clocks), COUNTED_EXACTLY), _BATCH):
        for ring in rings_of(clocks[begin : begin + _BATCH], now=until):
            if ring.band is None:
                continue
            key = (ring.clock.code, ring.band, ring.clock.organ.short_name)
            counted[key] += 1
            posts[key] |= set(ring.posts)
            nobody += ring.finds_nobody
    lines = [
        Line(code, title_of(code), band, organ, counted[code, band, organ], len(posts[code, band, organ]))
        for code, band, organ in sorted(counted, key=lambda one: (-list(Band).index(one[1]), one[0], one[2]))
    ]
    return Tonight(lines, nobody, len(clocks) > COUNTED_EXACTLY)
