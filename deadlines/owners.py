"""Which tables of clocks there are. Names, not classes: owners speak up before models are loaded."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Table:
    """One owner's table, and who is told of those of its clocks whose days moved, within the transaction."""

    model: type[Any]
    after: Callable[[Collection[Any]], None]


_TABLES: dict[str, str] = {}


def register(model: str, *, after: str) -> None:
    """Make a table known, in its app's `ready`: `register("cases.PetitionClock", after="cases.parts.…")`.

    `after` takes the clocks that moved and copies their days to where lists read them.
    """
    _TABLES[model] = after


def tables() -> Iterator[Table]:
    """Yield the tables in the order of their names, which is the order their rows are locked in."""
    for model, after in sorted(_TABLES.items()):
        yield Table(apps.get_model(model), import_string(after))
