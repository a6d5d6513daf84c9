"""What a petitioner said of the replies he was served, as it was known at a moment: no clock, no database (Q28).

A reply may be rated for some days after it was served; what was said before counts once these days are over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from cases.rating_states import Satisfaction

# one petition may have several replies: who is dissatisfied with one of them is not satisfied
_WORST_FIRST = (Satisfaction.DISSATISFIED, Satisfaction.BASICALLY, Satisfaction.SATISFIED)


class Service(NamedTuple):
    """That one reply was served, while the record stood, and when the days for rating it end by it."""

    known_at: datetime
    ended_at: datetime | None
    reply: UUID
    closes_at: datetime


class Word(NamedTuple):
    """What was said of one reply, until something else was said."""

    known_at: datetime
    ended_at: datetime | None
    reply: UUID
    value: str


class Replied(NamedTuple):
    """Whether the reply of a handling was handed over, from a moment on."""

    known_at: datetime
    is_served: bool


class Rated(NamedTuple):
    """When the days for rating end, none where nothing was served, and what was said, empty where nothing was."""

    closes_at: datetime | None
    value: str


@dataclass
class Replies:
    """All that became known of the replies of one handling."""

    states: list[Replied] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    ended_at: datetime | None = None

    def moments(self) -> Iterator[datetime]:
        yield from (state.known_at for state in self.states)
        yield from (service.known_at for service in self.services)
        yield from (word.known_at for word in self.words)
        ends = (
            *(row.ended_at for row in self.services),
            *(row.ended_at for row in self.words),
            self.ended_at,
        )
        yield from (moment for moment in ends if moment is not None)

    def window(self, at: datetime) -> Rated | None:
        """Return until when the reply served last may be rated and what was said of it; nothing before it is served."""
        known = [state for state in self.states if state.known_at <= at]
        if not known or not known[-1].is_served or (self.ended_at is not None and self.ended_at <= at):
            return None
        last = max(_standing(self.services, at), key=lambda service: service.closes_at, default=None)
        if last is None:
            return None
        said = [word.value for word in _standing(self.words, at) if word.reply == last.reply]
        return Rated(last.closes_at, said[-1] if said else "")


_Row = TypeVar("_Row", Service, Word)


def _standing(rows: Sequence[_Row], at: datetime) -> list[_Row]:
    return [row for row in rows if row.known_at <= at and (row.ended_at is None or at < row.ended_at)]


def rated_at(replies: Iterable[Replies], at: datetime) -> Rated:
    """Return until when a petition may be rated, the last of its replies counting, and the worst that was said."""
    windows = [window for each in replies if (window := each.window(at)) is not None]
    said = {window.value for window in windows}
    return Rated(
        max((window.closes_at for window in windows if window.closes_at), default=None),
        next((value for value in _WORST_FIRST if value in said), ""),
    )
