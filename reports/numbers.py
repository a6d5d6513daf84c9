"""A number on a page: how it is written, and which list of the ledger it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext

from indicators.catalogue import CATALOGUE, Indicator, part_words
from indicators.drill import Counted
from indicators.figures import Asked, Figure, change, percent
from indicators.measures import MEASURES, Code, Part


@dataclass(frozen=True)
class Number:
    """A count with its words and the address of the very petitions it counts, if they are one list."""

    label: str | Promise
    count: int
    url: str


@dataclass(frozen=True)
class Line:
    """One indicator: its definition, its numbers, and the same days of last year."""

    code: Code
    indicator: Indicator
    counted: Number
    of: Number
    rate: str
    before: str
    parts: Sequence[Number]


def opens(code: Code, part: Part, asked: Asked) -> str:
    """Return the address of the ledger with what a number counts."""
    query = {"view": "all", "figure": str(Counted(code, part, asked))}
    return f"{reverse('cases:ledger')}?{urlencode(query)}"


def line_of(figure: Figure, before: Figure, asked: Asked) -> Line:
    """Return an indicator as one line of a table."""
    parts = MEASURES[figure.code].counted
    # a numerator of two parts is no one list; each of them is
    counted = opens(figure.code, next(iter(parts)), asked) if len(parts) == 1 else ""
    return Line(
        code=figure.code,
        indicator=CATALOGUE[figure.code],
        counted=Number("", figure.counted, counted),
        of=Number("", figure.base, opens(figure.code, MEASURES[figure.code].of, asked)),
        rate=percent(figure.rate),
        before=percent(before.rate),
        parts=parts_of(figure, asked),
    )


def parts_of(figure: Figure, asked: Asked) -> Sequence[Number]:
    """Return the parts of a figure, each with its list."""
    return [
        Number(part_words(part), count, opens(figure.code, part, asked))
        for part, count in figure.parts.items()
    ]


def change_words(now: int, before: int) -> str:
    """Return the change on the year before as people write it, with last year's number."""
    ratio = change(now, before)
    if ratio is None:
        return pgettext("year on year", "none last year")
    sign = "▲" if ratio > 0 else "▼" if ratio < 0 else "="
    return f"{sign} {percent(abs(ratio))}"
