"""What would happen by itself in the night after a moment, in numbers: administrators see no petition."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cases.reminding.tonight import Tonight as Told
from cases.reminding.tonight import told_by
from cases.sweeps import due_by as due_in_cases
from deadlines.arithmetic import midnight_after
from desk.sweep_words import sweep_words
from leadership.sweeps import due_by as due_in_leadership


@dataclass(frozen=True)
class Due:
    """How much one sweep would come upon; of the rules, by which of them."""

    sweep: str
    words: str
    detail: str
    count: int


@dataclass(frozen=True)
class Tonight:
    """What would be told of periods, and what else the clock would bring, up to a moment."""

    until: datetime
    told: Told
    due: list[Due]


def tonight(*, now: datetime) -> Tonight:
    """Work out what the sweeps would do in the night after `now`, and write nothing.

    The sealed lane is left out: not even its numbers are shown here (Q2).
    """
    until = midnight_after(timezone.localdate(now))
    return Tonight(until, told_by(until), list(_due(until)))


def _due(until: datetime) -> Iterator[Due]:
    for name, detail, count in (*due_in_cases(now=until), *due_in_leadership(now=until)):
        if count:
            yield Due(name, sweep_words(name), str(detail), count)
