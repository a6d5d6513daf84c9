"""Opening a list whatever its format: which sheet, which headings, and then row after row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import IO

from lib.tables.cells import Cell, is_blank
from lib.tables.headings import MOST_LINES_ABOVE, Headings, Line, headings_of, repeats_headings, row_of
from lib.tables.limits import MOST_BYTES, Fault, Unreadable
from lib.tables.old_workbook import sheets_of_old
from lib.tables.texts import encoding_of, lines_of_csv, names_of_jsonl, rows_of_jsonl
from lib.tables.workbook import check_archive, sheets_of

_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Lines = Callable[[], Iterator[Line]]


@dataclass(frozen=True)
class Row:
    """One row: the line it stands on in the file, counted from 1, and its filled cells by heading."""

    line: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """A list that was found in a file. `rows` may be walked several times while the file is open."""

    sheet: str
    headings: Headings
    walk: Callable[[], Iterator[Row]]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.headings.names

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, from the first below the headings to the last there is."""
        return self.walk()


@contextmanager
def open_table(file: IO[bytes], *, known: Callable[[str], bool], size: int) -> Iterator[Table]:
    """Yield the list that a file holds: of several sheets the one whose headings say most that is known.

    `file` can be sought in and stays open; `size` is its size in bytes.

    :raises Unreadable: if there is none, or the file is not one that is taken; also while its rows are walked
    """
    with _open(file, size) as sheets:
        if sheets is None:
            yield _text_table(file, known)
        else:
            yield _best(sheets, known)


@contextmanager
def open_sheets(file: IO[bytes], *, size: int) -> Iterator[list[Lines]]:
    """Yield the sheets of a file that needs no headings, in their order; text kept in columns is one sheet.

    :raises Unreadable: as `open_table` does
    """
    with _open(file, size) as sheets:
        if sheets is None:
            yield [partial(lines_of_csv, file, encoding_of(file))]
        else:
            yield [lines for _name, lines in sheets]


@contextmanager
def _open(file: IO[bytes], size: int) -> Iterator[list[tuple[str, Lines]] | None]:
    """Yield the named sheets of a workbook, old or new; nothing for a file of text."""
    if size > MOST_BYTES:
        raise Unreadable(Fault.TOO_LARGE, megabytes=MOST_BYTES // (1024 * 1024))
    file.seek(0)
    head = file.read(len(_OLE2))
    file.seek(0)
    if head.startswith(_ZIP):
        check_archive(file)
        with sheets_of(file) as sheets:
            yield [(sheet.name, sheet.lines) for sheet in sheets]
    elif head == _OLE2:
        kept = [(name, list(lines)) for name, lines in sheets_of_old(file)]
        yield [(name, partial(iter, lines)) for name, lines in kept]
    else:
        yield None


def _text_table(file: IO[bytes], known: Callable[[str], bool]) -> Table:
    encoding = encoding_of(file)
    file.seek(0)
    beginning = file.read(64).decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    if not beginning.startswith("{"):
        return _best([("", partial(lines_of_csv, file, encoding))], known)
    names = names_of_jsonl(file, encoding)

    def walk() -> Iterator[Row]:
        for number, cells in rows_of_jsonl(file, encoding):
            yield Row(number, {name: cell for name, cell in cells.items() if not is_blank(cell)})

    return Table("", Headings(0, names, sum(map(known, names))), walk)


def _best(sheets: list[tuple[str, Lines]], known: Callable[[str], bool]) -> Table:
    """Return the table of the sheet with most headings that are known; of equals the first."""
    tables = []
    for name, lines in sheets:
        headings = headings_of(list(islice(lines(), MOST_LINES_ABOVE)), known)
        if headings is not None:
            tables.append(Table(name, headings, partial(_rows, lines, headings)))
    if not tables:
        raise Unreadable(Fault.NO_HEADINGS)
    return max(tables, key=lambda table: table.headings.known)


def _rows(lines: Lines, headings: Headings) -> Iterator[Row]:
    for line in lines():
        if line.number <= headings.line:
            continue
        cells = row_of(headings, line)
        if cells and not repeats_headings(headings, cells):
            yield Row(line.number, cells)
