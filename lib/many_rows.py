"""Writing values of many rows in one statement whose words do not grow with them: they travel as one document.

`bulk_update` builds a condition for each row and column, and `bulk_create` a place for each value: for two hundred
rows Django then takes longer to build the statement than PostgreSQL to carry it out.
"""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from lib.transactions import require_transaction

_Fields = tuple[Any, ...]


def write_where_new(rows: Sequence[Model]) -> None:
    """Write new rows of one model, whose keys the database gives; one that a unique key refuses is left out.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("write_where_new")
    if rows:
        model = type(rows[0])
        fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
        _send(_insert(model, fields), rows, fields)


def write_changed(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write some columns of rows of one model that stand in the database.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("write_changed")
    if rows:
        model = type(rows[0])
        fields = tuple(model._meta.get_field(name) for name in names)
        _send(_update(model, fields), rows, (model._meta.pk, *fields))


def _send(statement: str, rows: Sequence[Model], fields: _Fields) -> None:
    cells = [(field.column, field.attname) for field in fields]
    document = [{column: getattr(row, name) for column, name in cells} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(document, default=_written, ensure_ascii=False)])


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    message = f"no way to write a {type(value).__name__}"
    raise TypeError(message)


@cache
def _insert(model: type[Model], fields: _Fields) -> str:
    columns = ", ".join(_quoted(field.column) for field in fields)
    return (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({columns})"  # noqa: S608  names of our own tables
        f" SELECT {columns} FROM {_document(fields)} ON CONFLICT DO NOTHING"
    )


@cache
def _update(model: type[Model], fields: _Fields) -> str:
    key = model._meta.pk
    changes = ", ".join(f"{_quoted(field.column)} = given.{_quoted(field.column)}" for field in fields)
    table = _quoted(model._meta.db_table)
    return (
        f"UPDATE {table} SET {changes} FROM {_document((key, *fields))}"  # noqa: S608  names of our own tables
        f" WHERE {table}.{_quoted(key.column)} = given.{_quoted(key.column)}"
    )


def _document(fields: _Fields) -> str:
    """Return the rows of the document, with columns of the table's own types."""
    types = (f"{_quoted(field.column)} {field.db_type(connection)}" for field in fields)
    return f"jsonb_to_recordset(%s::jsonb) AS given ({', '.join(types)})"


def _quoted(name: Any) -> str:
    return connection.ops.quote_name(name)
