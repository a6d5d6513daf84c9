"""Which tables of clocks there are. Names, not classes: owners speak up before models are loaded."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Table:
    """One owner's table: what holds the rows its clocks run on, and who is told of clocks whose days moved.

    Both run within the transaction.
    """

    model: type[Any]
    # takes open clocks not yet locked, holds what they run on, and returns those clocks that are safe to lock
    before: Callable[[QuerySet[Any]], QuerySet[Any]]
    after: Callable[[Collection[Any]], None]


_TABLES: dict[str, tuple[str, str]] = {}


def register(model: str, *, before: str, after: str) -> None:
    """Make a table known, in its app's `ready`, its functions by their dotted names.

    `before` locks the owners of clocks, which every deed locks before the clocks. `after` takes the clocks that moved
    and copies their days to where lists read them.
    """
    _TABLES[model] = (before, after)


def tables() -> Iterator[Table]:
    """Yield the tables in the order of their names, which is the order their rows are locked in."""
    for model, (before, after) in sorted(_TABLES.items()):
        yield Table(apps.get_model(model), import_string(before), import_string(after))
