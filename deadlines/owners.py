"""Which tables of clocks there are. Names, not classes: owners speak up before models are loaded."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Moved:
    """What one loading of a year moved among the clocks of a table."""

    # every clock of which some day is another one, its bands too
    clocks: Sequence[Any]
    # those of them whose last day moved or became known
    last_days: Sequence[Any]
    # whose notice it was, and when it was loaded
    year: int
    at: datetime

    @property
    def key(self) -> str:
        """What is told of once: a year entered anew moves days anew."""
        return f"calendar:{self.year}:{int(self.at.timestamp())}"


@dataclass(frozen=True)
class Table:
    """One owner's table: what holds the rows its clocks run on, and who is told of clocks whose days moved.

    Both run within the transaction.
    """

    model: type[Any]
    # what its clocks are, for whoever looks at what a calendar moves
    words: Promise
    # takes open clocks not yet locked, holds what they run on, and returns those clocks that are safe to lock
    before: Callable[[QuerySet[Any]], QuerySet[Any]]
    after: Callable[[Moved], None]


_TABLES: dict[str, tuple[Promise, str, str]] = {}


def register(model: str, *, words: Promise, before: str, after: str) -> None:
    """Make a table known, in its app's `ready`, its functions by their dotted names.

    `before` locks the owners of clocks, which every deed locks before the clocks. `after` takes the clocks that moved,
    copies their days to where lists read them and tells whoever keeps the periods.
    """
    _TABLES[model] = (words, before, after)


def tables() -> Iterator[Table]:
    """Yield the tables in the order of their names, which is the order their rows are locked in."""
    for model in sorted(_TABLES):
        words, before, after = _TABLES[model]
        yield Table(apps.get_model(model), words, import_string(before), import_string(after))
