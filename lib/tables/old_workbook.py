"""Excel's old .xls. It ends at 65,536 rows, so it is read whole."""

from collections.abc import Iterator, Sequence
from typing import IO

from lib.tables.cells import cell_of
from lib.tables.headings import Line
from lib.tables.limits import MOST_COLUMNS, Fault, Unreadable


def sheets_of_old(file: IO[bytes]) -> list[tuple[str, Iterator[Line]]]:
    """Return the visible sheets by name, each with its lines.

    :raises Unreadable: if it has a password, or is no workbook
    """
    # Imported late, as is openpyxl.
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_filelike(file)
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        grids = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except PasswordError as error:
        raise Unreadable(Fault.PASSWORD) from error
    except CalamineError as error:
        raise Unreadable(Fault.NOT_A_LIST) from error
    return [(name, _lines(grid)) for name, grid in grids]


def _lines(grid: Sequence[Sequence[object]]) -> Iterator[Line]:
    for number, values in enumerate(grid, 1):
        yield Line(number, tuple(map(cell_of, values[:MOST_COLUMNS])))
