"""A row of days drawn to scale: what part of it is over, what is marked on it. Percentages, no pixels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

# A text that begins this near to an end of the strip would run out of it if it were centred.
_EDGE = 0.1
# What the words of one mark take of the strip, at the width it has beside another card.
_WORDS = 0.15


@dataclass(frozen=True)
class Span:
    """Days filled with one look, from the first up to, not with, the last."""

    css: str
    since: date
    until: date


@dataclass(frozen=True)
class Point:
    """A day with words above or below the strip. `now` draws the pin of today."""

    on: date
    text: str
    below: bool = False
    strong: bool = False
    now: bool = False


@dataclass(frozen=True)
class Bar:
    css: str
    x: str
    width: str


@dataclass(frozen=True)
class Mark:
    x: str
    text: str
    anchor: str
    below: bool
    strong: bool
    now: bool


@dataclass(frozen=True)
class Strip:
    """What `components/_clock_strip.html` draws. `label` says the whole in words."""

    label: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


def strip(label: str, first: date, last: date, spans: Sequence[Span], points: Sequence[Point]) -> Strip:
    """Lay spans and points on the days from first to last; what lies outside is drawn at the end it passed.

    :raises ValueError: if the strip has no length
    """
    if last <= first:
        message = "A strip needs at least one day between its ends."
        raise ValueError(message)
    days = (last - first).days

    def share(day: date) -> float:
        return min(max((day - first).days / days, 0), 1)

    bars = (
        Bar(span.css, _percent(share(span.since)), _percent(share(span.until) - share(span.since)))
        for span in spans
        if share(span.until) > share(span.since)
    )
    marks = (
        Mark(
            _percent(share(point.on)),
            point.text,
            _anchor(share(point.on), free=point.below),
            point.below,
            point.strong,
            point.now,
        )
        for point in _apart(points, days)
    )
    return Strip(label, tuple(bars), tuple(marks))


def _apart(points: Sequence[Point], days: int) -> list[Point]:
    """Join the words of one line that would be written over each other; the marks stay where they are."""
    lines = ([point for point in points if point.below is below] for below in (False, True))
    return [point for line in lines for point in _apart_in_line(line, days)]


def _apart_in_line(points: Sequence[Point], days: int) -> list[Point]:
    line: list[Point] = []
    for point in sorted(points, key=lambda point: point.on):
        words = next((at for at in range(len(line) - 1, -1, -1) if line[at].text), None)
        if words is not None and (point.on - line[words].on).days < days * _WORDS:
            said = line[words]
            joined = f"{said.text} · {point.text}"
            line[words] = replace(said, text=joined, strong=said.strong or point.strong)
            line.append(replace(point, text=""))
        else:
            line.append(point)
    return line


def _anchor(share: float, *, free: bool) -> str:
    """Return where a text hangs on its mark so that it stays on the strip and off its neighbours.

    Below, the first limit stands near the left end and the others end at their marks. Above, the facts
    begin at their marks and today ends at its own.
    """
    if share < _EDGE:
        return "start"
    if free and share < 1 / 2:
        return "middle"
    return "end" if share > 1 / 2 else "start"


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"
