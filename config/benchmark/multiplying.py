"""A few petitions made by deeds become very many: every row of them is copied by the database, moved back in time.

The copies are whole (claims, people, parts, routes, papers, clocks, audit and history), so that lists, pages and sweeps
find in them what they find in real work. Sealed values of persons are left out, since each is bound to its own row.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from audit.models import Entry
from cases.models import Petition, Petitioner, QueryCode
from cases.states import OPEN
from documents.models import Document
from notices.models import Notice

# The n-th copy of a key: it lies in time where its row lies, and can be worked out from it.
_MOVED_KEY = """
CREATE OR REPLACE FUNCTION pg_temp.moved(old uuid, n bigint, days int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(('x' || left(translate(old::text, '-', ''), 12))::bit(48)::bigint - days * 86400000::bigint),
                 12, '0')
            || '7' || substr(md5(old::text || ':' || n), 1, 3)
            || '8' || substr(md5(old::text || ':' || n), 5, 15))::uuid
$$
"""
# Where every open petition's copies begin; older ones are finished.
OPEN_DAYS, FINISHED_DAYS = 30, 1800
# Stands in the number of every copy, and in no other.
COPIED = "~"
# What is unique in its table besides keys gets the number of its copy.
_NUMBERED = {
    (Petition, "number"),
    (Petition, "superior_number"),
    (Document, "number"),
    (QueryCode, "digest"),
    (Notice, "key"),
}
# Values that open only in their own row; an index over people is as full as it would be.
_BOUND_TO_THE_ROW = {(Petitioner, "id_number_sealed"), (Petitioner, "phone_sealed")}
_INDEXED = {
    (Petitioner, "id_number_index"),
    (Petitioner, "phone_index"),
    (Petitioner, "phone_tail_index"),
}


@dataclass(frozen=True)
class _Table:
    """A table whose rows belong to petitions, and how its rows of some petitions are found."""

    model: type[models.Model]
    of_petitions: str


def multiply(wanted: int) -> int:
    """Copy what is there until there are about `wanted` petitions, an eighth of them open. Return how many there are.

    As a replica the session fires no triggers: history is copied like everything else.
    """
    family = _family()
    opened = Petition.objects.filter(routing__in=sorted(OPEN)).count()
    closed = Petition.objects.exclude(routing__in=sorted(OPEN)).count()
    open_copies = max(0, round((wanted / 8 - opened) / max(opened, 1)))
    closed_copies = max(0, round((wanted - opened * (1 + open_copies) - closed) / max(closed, 1)))
    states = ", ".join(f"'{state.value}'" for state in sorted(OPEN))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(_MOVED_KEY)
        strides = {table.model: _stride(cursor, table.model) for table in family}
        for first, copies, days, condition in (
            (1, open_copies, OPEN_DAYS, f"routing IN ({states})"),
            (open_copies + 1, closed_copies, FINISHED_DAYS, f"routing NOT IN ({states})"),
        ):
            chosen = f"SELECT id FROM cases_petition WHERE position('~' in number) = 0 AND {condition}"
            for table in family if copies else ():
                cursor.execute(_copy(table, strides, chosen), [first, first + copies - 1, days])
        for table in family:
            _move_sequence(cursor, table.model)
        cursor.execute("SELECT setval('audit_entry_seq', (SELECT max(seq) FROM audit_entry))")
    with connection.cursor() as cursor:
        # as the server does by itself after a while
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
    return Petition.objects.count()


def _family() -> list[_Table]:
    """Return every table that belongs to petitions, found by its keys, the petition's own first."""
    found: dict[type[models.Model], str] = {Petition: "{table}.id IN ({chosen})"}
    waiting: list[type[models.Model]] = [Petition]
    through = apps.get_model("cases", "PetitionDocument")
    while waiting:
        parent = waiting.pop(0)
        for model, column in _children(parent):
            if model in found or model is Document:
                continue
            table = "cases_petition" if parent is Petition else parent._meta.db_table
            inner = found[parent].format(table=table, chosen="{chosen}")
            target = parent._meta.pk.column
            found[model] = f"{{table}}.{column} IN (SELECT {table}.{target} FROM {table} WHERE {inner})"
            waiting.append(model)
            if model is through:
                hung = found[through].format(table=through._meta.db_table, chosen="{chosen}")
                found[Document] = (
                    f"{{table}}.id IN (SELECT document_id FROM {through._meta.db_table} WHERE {hung})"
                )
                waiting.append(Document)
    about: tuple[type[models.Model], ...] = (Entry, Notice)
    for model in about:
        found[model] = "{table}.subject_id IN (SELECT chosen.id::text FROM ({chosen}) chosen)"
    return [_Table(model, condition) for model, condition in found.items()]


def _children(parent: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Yield the tables that name this one as what they belong to, with the column; history is among them."""
    for model in apps.get_models():
        if model is parent:
            continue
        naming = [
            one for one in model._meta.concrete_fields if one.is_relation and one.related_model is parent
        ]
        naming.sort(key=lambda one: one.null)
        if naming:
            yield model, str(naming[0].column)


def _stride(cursor: Any, model: type[models.Model]) -> int:
    """Return how far the numbers of two copies lie apart."""
    key = model._meta.pk
    if not _counts(key):
        return 0
    cursor.execute(f'SELECT coalesce(max("{key.column}"), 0) + 1 FROM "{model._meta.db_table}"')
    return int(cursor.fetchone()[0])


def _counts(key: Any) -> bool:
    return isinstance(key, models.AutoField | models.BigAutoField)


def _copy(table: _Table, strides: Mapping[type[models.Model], int], chosen: str) -> str:
    """Return the statement that copies a table's rows of the chosen petitions so many times."""
    meta = table.model._meta
    columns = [one for one in meta.concrete_fields if one.column]
    values = ", ".join(_value(table.model, one, strides) for one in columns)
    names = ", ".join(f'"{one.column}"' for one in columns)
    where = table.of_petitions.format(table="old", chosen=chosen)
    return (
        f'INSERT INTO "{meta.db_table}" ({names}) SELECT {values} FROM "{meta.db_table}" old'
        " CROSS JOIN (SELECT n, ((n * 37) %% span)::int AS days FROM generate_series(%s::bigint, %s::bigint) n,"
        f" (SELECT %s::int AS span) spans) copies WHERE {where}"
    )


def _value(model: type[models.Model], one: Any, strides: Mapping[type[models.Model], int]) -> str:
    """Return what stands in one column of a copy."""
    column = f'old."{one.column}"'
    target: Any = one.related_model if one.is_relation else None
    if one.name == "id" and not one.primary_key and model is not Entry:
        # history keeps the key of its row as a plain column
        target = model._meta.get_field("pgh_obj").related_model
    if one.primary_key and target is None:
        target = model
    if target in strides:
        key = target._meta.pk
        while key.is_relation:
            key = key.related_model._meta.pk
        return _moved(column) if not _counts(key) else f"{column} + copies.n * {strides[target]}"
    return _shifted(model, one, column)


def _moved(column: str) -> str:
    return f"pg_temp.moved({column}, copies.n, copies.days)"


def _shifted(model: type[models.Model], one: Any, column: str) -> str:
    special: Mapping[bool, Callable[[], str]] = {
        (model, one.name) in _BOUND_TO_THE_ROW: lambda: "NULL",
        (model, one.name) in _INDEXED: lambda: f"md5({column} || copies.n)",
        (model, one.name) in _NUMBERED: lambda: (
            f"CASE WHEN {column} = '' THEN '' ELSE {column} || '~' || to_hex(copies.n) END"
        ),
        model is Entry and one.name == "seq": lambda: f"{column} + copies.n * 1000000",
        model in {Entry, Notice} and one.name == "subject_id": lambda: f"{_moved(f'{column}::uuid')}::text",
    }
    if True in special:
        return special[True]()
    if isinstance(one, models.DateTimeField):
        return f"{column} - copies.days * interval '1 day'"
    if isinstance(one, models.DateField):
        return f"{column} - copies.days"
    if isinstance(one, models.UUIDField):
        return _moved(column)
    return column


def _move_sequence(cursor: Any, model: type[models.Model]) -> None:
    """Let new rows be numbered after the copies."""
    meta = model._meta
    if _counts(meta.pk):
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{meta.db_table}', '{meta.pk.column}'),"
            f' (SELECT coalesce(max("{meta.pk.column}"), 1) FROM "{meta.db_table}"))'
        )
