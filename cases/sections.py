"""What rooms above show on the case page: each says here which of its pieces stands there, with what it reads.

The page of a petition does not know them (architecture: what would point upwards is turned round).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.hats import Hat
from cases import hanging
from cases.hanging import Hanging


@dataclass(frozen=True)
class Act:
    """What a room above lets this reader do, as a button on the page's bar that leads there."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Section:
    """A piece of the case page: the template that draws it, and what that template reads as `section`."""

    template: str
    context: dict[str, Any]
    act: Act | None = None


# the petition as the page loaded it with what hangs on it, whoever reads, now; nothing where there is nothing to show
Reader = Callable[[Hanging, Hat, datetime], Section | None]
_readers: dict[str, Reader] = {}


def register(name: str, read: Reader, *, hangs: Sequence[str]) -> None:
    """Let a piece stand on the case page, which reads rows the petition leads to by those names.

    It is asked for the open lane alone, and not for what is void: the sealed lane has its own (Q2).
    """
    _readers[name] = read
    hanging.register(*hangs)


def sections_of(on: Hanging, hat: Hat, *, now: datetime) -> list[Section]:
    """Return the pieces of rooms above for one petition, in the order they were registered."""
    if on.petition.sealed or on.petition.is_void:
        return []
    found = (read(on, hat, now) for read in _readers.values())
    return [section for section in found if section is not None]
