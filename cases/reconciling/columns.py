"""What columns of a superior's list are compared, and its words, read from `cases/seed/reconciliation_words.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.imports.fields import as_compared

_WORDS = Path(__file__).parent.parent / "seed" / "reconciliation_words.toml"


class Column(models.TextChoices):
    """What both sides record of a case (Q43)."""

    NUMBER = "number", _("Superior's number")
    SENT_ON = "sent_on", _("Sent by the superior")
    RECEIVED_ON = "received_on", _("Received")
    DUE_ON = "due_on", _("Superior's due day")
    STATE = "state", pgettext_lazy("of a petition", "State")
    FINISHED_ON = "finished_on", _("Finished on")
    UNIT = "unit", _("Unit")


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    return MappingProxyType(tomllib.loads(_WORDS.read_text(encoding="utf-8")))


@cache
def _headings() -> Mapping[str, tuple[Column, int]]:
    return {
        as_compared(heading): (Column(name), rank)
        for name, known in _words()["headings"].items()
        for rank, heading in enumerate(known)
    }


@cache
def _states() -> Mapping[str, bool]:
    said = _words()["states"]
    return {as_compared(word): name == "finished" for name in said for word in said[name]}


def is_known(heading: str) -> bool:
    """Test if a heading is one of those that superiors use."""
    return as_compared(heading) in _headings()


def columns_of(headings: Sequence[str]) -> dict[str, str]:
    """Return the heading of each column that is compared: of several for one the surest, of equals the first."""
    found: dict[str, tuple[int, str]] = {}
    for heading in headings:
        known = _headings().get(as_compared(heading))
        if known is None:
            continue
        column, rank = known
        if column.value not in found or rank < found[column.value][0]:
            found[column.value] = (rank, heading)
    return {column: heading for column, (_rank, heading) in found.items()}


def is_finished(said: str) -> bool | None:
    """Return whether a state that a list names is finished (办结); nothing for words that are not known."""
    return _states().get(as_compared(said))
