"""Petitions that a figure counts, as a filter of the ledger.

The room of indicators stands above this one; it says here which petitions a figure's word stands for.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from accounts.hats import Hat


class Counted(Protocol):
    """What a figure counts."""

    def petitions(self, hat: Hat, now: datetime) -> QuerySet[Any, Any]:
        """Return the keys of its petitions, one column."""

    def words(self) -> str:
        """Return what it counts, for the reader."""


Reader = Callable[[str], Counted]
_readers: list[Reader] = []


def register(read: Reader) -> None:
    """Let the room of indicators say what a figure's word stands for."""
    _readers[:] = [read]


def counted(word: str) -> Counted:
    """Return what a figure's word stands for.

    :raises ValueError: if it stands for none
    """
    return _readers[0](word)
