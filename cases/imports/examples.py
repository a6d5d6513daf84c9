"""A few values of each column, covered, so that whoever matches the columns sees what is in them."""

from collections.abc import Iterable, Mapping
from itertools import islice

from cases.imports.fields import Field, meant_by
from lib.masking import mask_address, mask_id_number, mask_name, mask_phone, mask_text
from lib.surnames import may_be_name
from lib.tables.cells import is_blank, tidy
from lib.tables.reading import Row

_ROWS, _VALUES = 20, 2
_READ, _SHOWN = 200, 24
_COVERS = {
    Field.NAME: mask_name,
    Field.ID_NUMBER: mask_id_number,
    Field.PHONE: mask_phone,
    Field.ADDRESS: mask_address,
}


def examples_of(rows: Iterable[Row], remembered: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the first values of each column that has any, covered and cut short.

    `remembered` says which column was what the last time. In a column that nobody knows yet a word that may be a name
    is covered as one (protection §2).
    """
    first = [row.cells for row in islice(rows, _ROWS)]
    columns = {column: remembered.get(column) or meant_by(column) for cells in first for column in cells}
    names = [tidy(cell) for cells in first for column, cell in cells.items() if columns[column] == Field.NAME]
    found: dict[str, list[str]] = {column: [] for column in columns}
    for cells in first:
        for column, cell in cells.items():
            if is_blank(cell) or len(found[column]) == _VALUES:
                continue
            shown = _covered(tidy(cell)[:_READ], columns[column], names)
            if shown not in found[column]:
                found[column].append(shown)
    return found


def _covered(text: str, field: str | None, names: list[str]) -> str:
    cover = _COVERS.get(Field(field)) if field else None
    if cover is None:
        cover = mask_name if may_be_name(text) else lambda words: mask_text(words, names)
    covered = cover(text)
    return covered if len(covered) <= _SHOWN else f"{covered[:_SHOWN]}…"
