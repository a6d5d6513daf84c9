"""Large tables in no time: one row written many times over by the database."""

from typing import Any

from django.db import connection


def copies(row: Any, many: int, **given: str) -> None:
    """Write a row many times over with some columns made of its number `n`; nothing looks at what it names."""
    table = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields]
    values = [given.get(column) or f't."{column}"' for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} "
            f"FROM {table} t, generate_series(1, %s) n WHERE t.id = %s",
            [many, row.pk],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute(f"ANALYZE {table}")
