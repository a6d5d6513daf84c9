"""What a list's columns can be of ours, and the words other systems use, read from `cases/seed/import_words.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.states import Channel, Purpose

_WORDS = Path(__file__).parent.parent / "seed" / "import_words.toml"
_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>")
_BETWEEN = re.compile(r"[\s:*_\-.、]+")


class Field(models.TextChoices):
    """A field of ours that a column can fill."""

    EXTERNAL_NUMBER = "external_number", _("Number in its source")
    TITLE = "title", pgettext_lazy("of a petition", "title")
    TEXT = "text", _("Petitioner's own words")
    SUMMARY = "summary", _("Summary")
    RECEIVED_AT = "received_at", _("Received")
    REGISTERED_AT = "registered_at", _("Registered")
    NAME = "name", _("Petitioner's name")
    ID_NUMBER = "id_number", _("Identity number")
    PHONE = "phone", pgettext_lazy("of a person", "Telephone")
    ADDRESS = "address", _("Address")
    CHANNEL = "channel", _("Channel")
    PURPOSE = "purpose", _("Purpose")
    CATEGORY = "category", _("Content category")
    CATEGORY_2 = "category_2", _("Content category, second level")
    CATEGORY_3 = "category_3", _("Content category, third level")
    PLACE = "place", _("Place of the problem")
    ADDRESSEE = "addressee", _("Addressee")
    PETITIONER_COUNT = "petitioner_count", _("Number of petitioners")
    REPLY_TEXT = "reply_text", _("Reply")
    REPLIED_AT = "replied_at", _("Replied on")
    REPLY_UNIT = "reply_unit", _("Replied by")


class Part(StrEnum):
    """The tables of the file of words."""

    HEADINGS = "headings"
    CHANNELS = "channels"
    PURPOSES = "purposes"
    IGNORED = "ignored"


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    return MappingProxyType(tomllib.loads(_WORDS.read_text(encoding="utf-8")))


def as_compared(heading: str) -> str:
    """Return a heading or a code word as it is compared: half-width, without spaces, signs and remarks in brackets."""
    plain = unicodedata.normalize("NFKC", heading).lower()
    return _BETWEEN.sub("", _BRACKETED.sub("", plain))


@cache
def headings() -> Mapping[str, tuple[Field, int]]:
    """Return each known heading with its field and how sure it is, 0 the surest."""
    return {
        as_compared(heading): (Field(name), rank)
        for name, known in _words()[Part.HEADINGS].items()
        for rank, heading in enumerate(known)
    }


def is_known(heading: str) -> bool:
    """Test if a heading is one of those that other systems use."""
    return as_compared(heading) in headings()


@cache
def meant_by(heading: str) -> Field | None:
    """Return the field that a heading speaks of, whichever column was chosen to fill it."""
    known = headings().get(as_compared(heading))
    return known[0] if known else None


@cache
def is_ignored(heading: str) -> bool:
    """Test for a column that this house wrote itself: why a row was rejected, in a file that comes back corrected."""
    return as_compared(heading) in map(as_compared, _words()[Part.IGNORED]["headings"])


@cache
def channels() -> Mapping[str, Channel]:
    """Return the channel that each word stands for."""
    said = {
        as_compared(word): Channel(name) for name, known in _words()[Part.CHANNELS].items() for word in known
    }
    return {**{one.value: one for one in Channel}, **said}


@cache
def purposes() -> Mapping[str, Purpose]:
    """Return the purpose that each word stands for."""
    said = {
        as_compared(word): Purpose(name) for name, known in _words()[Part.PURPOSES].items() for word in known
    }
    return {**{one.value: one for one in Purpose}, **said}


def match_columns(columns: list[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Return the field of each column that has one: as it was confirmed the last time, or by its heading.

    Each field is filled by one column, the one whose heading is the surest; of the others nothing is lost.
    """
    matched: dict[str, str] = {}
    taken: dict[str, int] = {}
    for column in columns:
        if column in remembered:
            matched[column] = remembered[column]
            taken[remembered[column]] = -1
    by_rank = sorted(
        (headings()[as_compared(column)][1], place, column)
        for place, column in enumerate(columns)
        if as_compared(column) in headings() and column not in remembered
    )
    for rank, _place, column in by_rank:
        field = headings()[as_compared(column)][0].value
        if field not in taken:
            matched[column], taken[field] = field, rank
    return {column: field for column, field in matched.items() if field}
