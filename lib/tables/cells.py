"""Cells as they were written: texts to the character, numbers without the point that a spreadsheet gives them."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

Cell = str | date | datetime
# Everything that looks like nothing: spaces of any width, and signs without any.
_NOTHING = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"


def cell_of(value: Any) -> Cell:
    """Return a cell's value; nothing is the empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        # The one sign that no database of texts can hold; it means nothing in a petition.
        return value.replace("\x00", "")
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, int | float | time | timedelta):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def is_blank(cell: Cell) -> bool:
    """Test if a cell shows nothing."""
    return isinstance(cell, str) and not cell.strip(_NOTHING)


def text_of(cell: Cell) -> str:
    """Return a cell as text, a date as `2020-01-06 12:09:38`."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds") if cell.time() != time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell


def tidy(cell: Cell) -> str:
    """Return a short cell (a name, a number, a heading) without what surrounds it."""
    # most fields have no column in a list
    return " ".join(text_of(cell).strip(_NOTHING).split()) if cell else ""
