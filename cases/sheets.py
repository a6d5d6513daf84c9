"""Uploaded lists of names as rows of text, however an office saved them. Read in memory, never kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File
from django.utils.translation import gettext as _

from lib.errors import Refused
from lib.tables.cells import Cell, tidy
from lib.tables.headings import Line
from lib.tables.limits import MEGABYTE, Unreadable
from lib.tables.reading import open_sheets

# What one sheet of names may be: far above the longest list that comes to a window.
MOST_ROWS = 1000
MOST_BYTES = 2 * MEGABYTE

_TAKEN = {".xlsx", ".xls", ".csv", ".txt"}
_UNSEEN = re.compile(r"_x000D_|[\u200b-\u200d\u2060\ufeff]")


@dataclass(frozen=True)
class Row:
    """One row that holds anything, with its line in the sheet counted from 1; it ends with its last filled cell."""

    line: int
    cells: tuple[str, ...]


def rows_of(upload: "File[bytes]") -> list[Row]:
    """Return the rows of the first sheet that has any; empty ones are passed over, every cell is one line of text.

    :raises Refused: if the file is too large, has too many rows, or is no list
    """
    name, size = (upload.name or "file")[-80:], upload.size or 0
    if size > MOST_BYTES:
        raise Refused(
            _("“%(name)s” is larger than %(limit)d MB.") % {"name": name, "limit": MOST_BYTES // MEGABYTE}
        )
    if PurePath(name).suffix.lower() not in _TAKEN:
        raise _not_taken(name)
    try:
        with open_sheets(upload, size=size) as sheets:
            for lines in sheets:
                if rows := _filled(lines()):
                    return rows
    except Unreadable as error:
        raise _not_taken(name) from error
    return []


def _not_taken(name: str) -> Refused:
    return Refused(
        _(
            "“%(name)s” is no list that can be read. Taken are Excel (.xlsx, .xls) without a password and .csv, in "
            "UTF-8 or GB18030."
        )
        % {"name": name}
    )


def _filled(lines: Iterable[Line]) -> list[Row]:
    rows: list[Row] = []
    for line in lines:
        cells = _texts(line.cells)
        if not cells:
            continue
        if len(rows) == MOST_ROWS:
            raise Refused(
                _("The list has more than %(limit)d rows. Upload it in parts.") % {"limit": MOST_ROWS}
            )
        rows.append(Row(line.number, cells))
    return rows


def _texts(cells: Iterable[Cell]) -> tuple[str, ...]:
    texts = [_UNSEEN.sub("", tidy(cell)).strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
