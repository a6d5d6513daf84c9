"""Uploaded sheets as rows of text: Excel's .xlsx, and .csv as offices save it. Read in memory, never kept."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from django.core.files.base import File
from django.utils.translation import gettext as _

from lib.errors import Refused

MEGABYTE = 1024 * 1024
# What one sheet of names may be: far above the longest list that comes to a window.
MOST_ROWS = 1000
MOST_BYTES = 2 * MEGABYTE
# An .xlsx is packed: what it may unfold to, so that a small file cannot fill the memory.
MOST_UNPACKED = 20 * MEGABYTE
MOST_COLUMNS = 40
# The last line Excel itself has.
_LAST_LINE = 1_048_576

_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOK = "xl/workbook.xml"
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = "\t;,"
_UNSEEN = re.compile(r"_x000D_|[\u200b-\u200d\u2060\ufeff]")


@dataclass(frozen=True)
class Row:
    """One row that holds anything, with its line in the sheet counted from 1; it ends with its last filled cell."""

    line: int
    cells: tuple[str, ...]


def rows_of(upload: "File[bytes]") -> list[Row]:
    """Return the rows of the first sheet that has any; empty ones are passed over, every cell is one line of text.

    :raises Refused: if the file is too large, has too many rows, or is neither .xlsx nor .csv
    """
    name = (upload.name or "file")[-80:]
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(
            _("“%(name)s” is larger than %(limit)d MB.") % {"name": name, "limit": MOST_BYTES // MEGABYTE}
        )
    content = upload.read()
    if content.startswith(_OLE2):
        raise Refused(
            _("“%(name)s” is an old Excel file (.xls) or has a password. Save it as .xlsx without one.")
            % {"name": name}
        )
    if content.startswith(_ZIP):
        return _rows_of_workbook(name, content)
    if name.lower().endswith((".csv", ".txt")):
        return _at_most(_rows_of_csv(name, content))
    raise _not_taken(name)


def _not_taken(name: str) -> Refused:
    return Refused(
        _("“%(name)s” is no list that can be read. Taken are Excel (.xlsx) and .csv, in UTF-8 or GB18030.")
        % {"name": name}
    )


def _at_most(rows: Iterable[Row]) -> list[Row]:
    taken: list[Row] = []
    for row in rows:
        if len(taken) == MOST_ROWS:
            raise Refused(
                _("The list has more than %(limit)d rows. Upload it in parts.") % {"limit": MOST_ROWS}
            )
        taken.append(row)
    return taken


def _rows_of_workbook(name: str, content: bytes) -> list[Row]:
    # Imported late: a third of a second that nobody but an uploader needs.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
        if _WORKBOOK not in {member.filename for member in members}:
            raise _not_taken(name)
        if sum(member.file_size for member in members) > MOST_UNPACKED:
            raise Refused(_("“%(name)s” holds too much for a list of names.") % {"name": name})
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = _at_most(_filled(sheet))
            if rows:
                return rows
    except (
        # what a broken or bent workbook makes of the reader
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        EOFError,
        OSError,
        NotImplementedError,
        LookupError,
        AttributeError,
        TypeError,
        ValueError,
    ) as error:
        raise _not_taken(name) from error
    return []


def _filled(sheet: Any) -> Iterator[Row]:
    """Pass over empty rows: the size that a sheet claims is often far more than it has."""
    lines = sheet.iter_rows(max_row=_LAST_LINE, max_col=MOST_COLUMNS, values_only=True)
    for line, values in enumerate(lines, 1):
        if cells := _cells(values):
            yield Row(line, cells)


def _rows_of_csv(name: str, content: bytes) -> Iterator[Row]:
    text = _decoded(name, content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count))
    begins = 1
    try:
        for values in reader:
            if cells := _cells(values[:MOST_COLUMNS]):
                yield Row(begins, cells)
            # a quoted cell may run over several lines
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _not_taken(name) from error


def _decoded(name: str, content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _not_taken(name)


def _cells(values: Iterable[object]) -> tuple[str, ...]:
    cells = [_text(value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _text(value: object) -> str:
    """Return a cell as one line of text, a whole number without the point that Excel gives it."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    return " ".join(_UNSEEN.sub("", str(value)).split())
