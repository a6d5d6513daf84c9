"""Writing many rows of one table as the database reads them fastest: one stream (COPY), with all its triggers.

A thousand rows through `bulk_create` cost more time in Python than in the database. What is written is the same, but
keys that the database gives are not brought back.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, JSONField, Model
from django.db.models.expressions import DatabaseDefault

from lib.transactions import require_transaction

# so many rows are a piece of the stream
_AT_ONCE = 50
# inside an array's quotes, and then once more for the stream
_QUOTES = str.maketrans({"\\": "\\\\", '"': '\\"'})


def _array(values: Sequence[str]) -> str:
    quoted = ",".join(f'"{str(value).translate(_QUOTES)}"' for value in values)
    return _text(f"{{{quoted}}}")


def _bytes(value: bytes | memoryview) -> str:
    return f"\\\\x{bytes(value).hex()}"


def _text(value: str) -> str:
    # sign by sign, as `translate` goes, a letter of three hundred takes ten times as long
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    if "\t" in value:
        value = value.replace("\t", "\\t")
    if "\n" in value:
        value = value.replace("\n", "\\n")
    return value.replace("\r", "\\r") if "\r" in value else value


def _other(value: Any) -> str:
    """Return what is none of the types known here: a choice is a text of its own type."""
    return _text(str(value))


_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda value: "\\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    float: repr,
    str: _text,
    UUID: lambda value: f"{value.int:032x}",
    datetime: datetime.isoformat,
    date: date.isoformat,
    bytes: _bytes,
    memoryview: _bytes,
    list: _array,
    tuple: _array,
}
# Of these hardly two in a table are one object; all others come again and again, and are written down once.
_EACH_ITS_OWN = frozenset({str, UUID, bytes, memoryview, list, tuple})


def write_rows(rows: Sequence[Model]) -> None:
    """Write new rows of one model, none of which has `pre_save` work of its own.

    The database takes the first rows in while the last ones are still put into words.

    :raises django.db.IntegrityError: as any other writing does
    :raises RuntimeError: outside a transaction
    """
    require_transaction("write_rows")
    if not rows:
        return
    model = type(rows[0])
    columns = [field for field in model._meta.concrete_fields if not _given_by_database(field, rows[0])]
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {table} ({quoted}) FROM STDIN", _Stream(_pieces(rows, columns)))
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias


class _Stream:
    """What is read piece by piece, as long as each piece is, whatever length is asked for."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces

    def read(self, size: int = -1) -> str:
        """Return the next piece, and nothing after the last."""
        return next(self._pieces, "")


def _pieces(rows: Sequence[Model], columns: "Sequence[Field[Any, Any]]") -> Iterator[str]:
    """Yield rows as the stream has them, some at a time."""
    words, documents = _Words(), _Documents()
    cells = [
        (field.attname, known.get, known.add)
        for field in columns
        for known in [documents if isinstance(field, JSONField) else words]
    ]
    for start in range(0, len(rows), _AT_ONCE):
        held = (row.__dict__ for row in rows[start : start + _AT_ONCE])
        lines = (
            "\t".join([known(id(value := row[name])) or add(value) for name, known, add in cells])
            for row in held
        )
        yield "\n".join([*lines, ""])


class _Words(dict[int, str]):
    """What was put into words before, by which object it was: the rows hold them all as long as they are written."""

    def add(self, value: Any) -> str:
        kind = type(value)
        words = _WRITTEN.get(kind, _other)(value)
        if kind not in _EACH_ITS_OWN:
            self[id(value)] = words
        return words


class _Documents(dict[int, str]):
    """The same for columns of documents; equal ones, such as the way to a day, are often one object."""

    def add(self, value: Any) -> str:
        words = self[id(value)] = "\\N" if value is None else _text(json.dumps(value, ensure_ascii=False))
        return words


def _given_by_database(field: "Field[Any, Any]", row: Model) -> bool:
    value = row.__dict__[field.attname]
    return isinstance(value, DatabaseDefault) or (value is None and field.primary_key)
