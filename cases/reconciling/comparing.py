"""Holding a superior's rows against our petitions: each difference with its cause; calculation, without a database."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from cases.models import DifferenceKind, ReconciledRow
from cases.reconciling.columns import Column
from cases.reconciling.rows import same_number
from cases.states import Routing

# What else can differ: forwarded here and assigned there, and a day of sending outside of the list's period.
SOURCE, PERIOD = "source", "period"


@dataclass(frozen=True)
class Ours:
    """A petition from above as it stands here, with what a superior's list says of it too."""

    petition_id: UUID
    number: str
    source: str
    routing: str
    sent_on: date | None
    received_on: date
    due_on: date | None
    # where it is known
    finished_on: date | None
    # who leads it, as the page calls them, and under whatever names a list may call them
    units: tuple[str, ...] = ()
    unit_names: Collection[str] = ()


@dataclass(frozen=True)
class Asked:
    """What a list is a list of: one source or (empty) both, and the period."""

    source: str
    from_on: date
    to_on: date

    def covers(self, ours: Ours) -> bool:
        """Test if a petition here should stand on the list. A void one need not (Q18)."""
        if ours.routing == Routing.VOID or ours.sent_on is None:
            return False
        return self.source in {"", ours.source} and self.from_on <= ours.sent_on <= self.to_on


@dataclass(frozen=True)
class Found:
    """One case that is not alike on both sides."""

    kind: DifferenceKind
    number: str
    line: int | None = None
    petition_id: UUID | None = None
    facts: Sequence[dict[str, Any]] = field(default_factory=list)


def differences_of(rows: Sequence[ReconciledRow], ours: Sequence[Ours], asked: Asked) -> list[Found]:
    """Return every difference, those of the list in its order, then what is only here by number (Q43)."""
    here: dict[str, list[Ours]] = defaultdict(list)
    for one in ours:
        here[same_number(one.number)].append(one)
    lines: dict[str, int] = {}
    found: list[Found] = []
    for row in rows:
        number = same_number(row.number)
        first = lines.setdefault(number, row.line) if number else row.line
        if row.fault:
            facts = [{"fault": row.fault, "column": row.fault_column}]
            found.append(Found(DifferenceKind.UNREADABLE, row.number, row.line, facts=facts))
        elif first != row.line:
            twice = [{"line": first}]
            found.append(Found(DifferenceKind.TWICE_THERE, row.number, row.line, facts=twice))
        else:
            found += _of_row(row, here.get(number, []), asked)
    return found + sorted(_only_here(here, lines, asked), key=lambda one: (one.number, str(one.petition_id)))


def _chosen(ours: Sequence[Ours], asked: Asked) -> Ours:
    """Return the petition that a row is about: one that stands, of the source and the period of the list."""

    def rank(one: Ours) -> tuple[bool, bool, bool, str]:
        other_source = asked.source not in {"", one.source}
        return one.routing == Routing.VOID, other_source, not asked.covers(one), str(one.petition_id)

    return min(ours, key=rank)


def _of_row(row: ReconciledRow, ours: Sequence[Ours], asked: Asked) -> Iterator[Found]:
    if not ours:
        yield Found(DifferenceKind.NOT_HERE, row.number, row.line)
        return
    one = _chosen(ours, asked)
    if one.routing == Routing.VOID:
        yield Found(DifferenceKind.VOID_HERE, row.number, row.line, one.petition_id)
        return
    facts = list(_fields(row, one, asked))
    if facts:
        yield Found(DifferenceKind.DIFFERS, row.number, row.line, one.petition_id, facts)


def _only_here(here: dict[str, list[Ours]], lines: dict[str, int], asked: Asked) -> Iterator[Found]:
    for number, several in here.items():
        standing = [one for one in several if one.routing != Routing.VOID]
        if not standing:
            continue
        chosen = _chosen(standing, asked)
        if number not in lines and asked.covers(chosen):
            yield Found(DifferenceKind.NOT_THERE, chosen.number, petition_id=chosen.petition_id)
        for again in standing:
            if again is not chosen and (number in lines or asked.covers(again)):
                yield Found(DifferenceKind.TWICE_HERE, again.number, petition_id=again.petition_id)


def _fields(row: ReconciledRow, one: Ours, asked: Asked) -> Iterator[dict[str, Any]]:
    """Yield what both sides say differently. What the list does not say is not compared."""
    if asked.source and asked.source != one.source:
        yield {"field": SOURCE, "theirs": asked.source, "ours": one.source}
    if row.sent_on is None and one.sent_on and not asked.from_on <= one.sent_on <= asked.to_on:
        period = f"{asked.from_on.isoformat()}/{asked.to_on.isoformat()}"
        yield {"field": PERIOD, "theirs": period, "ours": one.sent_on.isoformat()}
    for column, theirs, here in (
        (Column.SENT_ON, row.sent_on, one.sent_on),
        (Column.RECEIVED_ON, row.received_on, one.received_on),
        (Column.DUE_ON, row.due_on, one.due_on),
    ):
        if theirs is not None and theirs != here:
            yield _days(column, theirs, here)
    if row.is_finished is not None and row.is_finished != (one.routing == Routing.FINISHED):
        said = "finished" if row.is_finished else "open"
        yield {"field": Column.STATE.value, "theirs": said, "ours": one.routing}
    if row.finished_on and one.finished_on and row.finished_on != one.finished_on:
        yield _days(Column.FINISHED_ON, row.finished_on, one.finished_on)
    if row.unit and not _is_named(row.unit, one.unit_names):
        yield {"field": Column.UNIT.value, "theirs": row.unit, "ours": "、".join(one.units)}


def _days(column: Column, theirs: date, ours: date | None) -> dict[str, Any]:
    return {"field": column.value, "theirs": theirs.isoformat(), "ours": ours.isoformat() if ours else ""}


def _is_named(unit: str, names: Collection[str]) -> bool:
    return same_number(unit) in {same_number(name) for name in names}
