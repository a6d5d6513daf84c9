"""A row of a superior's list as far as it is compared, or why it cannot be: calculation, without a database."""

import unicodedata
from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from cases.imports.values import moment_of
from cases.models import ReconciledRow, RowFault
from cases.models.reconciliations import LONGEST_NUMBER, LONGEST_UNIT
from cases.reconciling.columns import Column, is_finished
from lib.tables.cells import Cell, tidy
from lib.tables.reading import Row

_DAYS = (Column.SENT_ON, Column.RECEIVED_ON, Column.DUE_ON, Column.FINISHED_ON)


class _Faulty(Exception):  # noqa: N818 - what is the case with the row
    def __init__(self, fault: RowFault, column: Column) -> None:
        super().__init__(fault)
        self.fault, self.column = fault, column


def same_number(number: str) -> str:
    """Return a number as two are compared: in half width, without white space, in capitals."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def read_row(row: Row, headings: Mapping[str, str]) -> ReconciledRow:
    """Return a row's number, days, state and unit, not yet written; the first fault stands in their place.

    Every other cell of the row is passed over: nothing of it is kept (protection §2).
    """
    cells = {column: row.cells.get(heading, "") for column, heading in headings.items()}
    number = tidy(cells.get(Column.NUMBER, ""))
    read = ReconciledRow(line=row.line, number=number if len(number) <= LONGEST_NUMBER else "")
    try:
        _check_number(number)
        days = {column.value: _day(column, cells.get(column, "")) for column in _DAYS}
        finished = _finished(cells.get(Column.STATE, ""))
        unit = tidy(cells.get(Column.UNIT, ""))
        if len(unit) > LONGEST_UNIT:
            raise _Faulty(RowFault.LONG_UNIT, Column.UNIT)
    except _Faulty as faulty:
        read.fault, read.fault_column = faulty.fault, headings[faulty.column]
        return read
    for name, day in days.items():
        setattr(read, name, day)
    read.unit = unit
    read.is_finished = True if finished is None and read.finished_on else finished
    return read


def _check_number(number: str) -> None:
    if not number:
        raise _Faulty(RowFault.NO_NUMBER, Column.NUMBER)
    if len(number) > LONGEST_NUMBER:
        raise _Faulty(RowFault.LONG_NUMBER, Column.NUMBER)


def _day(column: Column, cell: Cell) -> date | None:
    if not tidy(cell):
        return None
    moment = moment_of(cell)
    if moment is None:
        raise _Faulty(RowFault.WRONG_DATE, column)
    return timezone.localdate(moment)


def _finished(cell: Cell) -> bool | None:
    said = tidy(cell)
    if not said:
        return None
    finished = is_finished(said)
    if finished is None:
        raise _Faulty(RowFault.WRONG_STATE, Column.STATE)
    return finished
