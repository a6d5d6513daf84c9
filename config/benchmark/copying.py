"""A few thousand petitions become very many: each of their rows is copied by the database, moved back in time.

The copies are whole (claims, people, parts, routes, papers, clocks, audit and history) and true: numbers follow each
other in their series, clocks are what rule and calendar give on the moved days, so that `check_world` finds no fault in
them. What cannot be copied are sealed values of persons, since each opens in its own row only.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from assignments.models import Assignment
from audit.models import Entry
from cases.models import EarlierReply, Petition, Petitioner, PetitionText, QueryCode, SearchText
from cases.states import OPEN
from config.benchmark.days import Shifts, spread
from config.benchmark.family import Table, bound_together, family, target_of
from documents.models import Document
from hearings.models import Hearing
from notices.models import Notice
from scoring.models import ScoreEntry

# How far back copies lie: five years, of which what came in the last two months is still open, for an opinion is
# due within sixty days (T5).
OPEN_DAYS, CLOSED_DAYS = 60, 1800
# Of all: those under way, and those that were handled here to their end; the others came with their answer.
OPEN_SHARE, HANDLED_SHARE = OPEN_DAYS / CLOSED_DAYS, 1 / 4

_PREPARED = """
CREATE TEMP TABLE bench_drawn (old uuid, n bigint, days int) ON COMMIT DROP;
CREATE TEMP TABLE bench_ways (rule int, started_on date, set_day date, extension_days int, steps jsonb) ON COMMIT DROP;
-- The n-th copy of a key: it lies in time where its row lies, and can be worked out from it. Written so that the
-- database takes it into the statement instead of calling it for each row.
CREATE OR REPLACE FUNCTION pg_temp.moved(old uuid, n bigint, days int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT overlay(overlay(md5(uuid_send(old) || int8send(n)) PLACING right(to_hex(
        (1::bigint << 48) + ('x' || left(old::text, 8) || substr(old::text, 10, 4))::bit(48)::bigint
        - days * 86400000::bigint), 12) || '7' FROM 1 FOR 13) PLACING '8' FROM 17 FOR 1)::uuid
$$;
"""
# A number goes on where its series ends, in the order of registration (Q16).
_NUMBERED = """
CREATE TEMP TABLE bench_copy ON COMMIT DROP AS
WITH moved AS (
    SELECT drawn.*, regexp_replace(petition.number, '[0-9]{4}-[0-9]+$', '') AS prefix,
        petition.registered_at - drawn.days * interval '1 day' AS registered_at,
        (petition.received_at - drawn.days * interval '1 day') AT TIME ZONE 'Asia/Shanghai' AS received
    FROM bench_drawn AS drawn JOIN cases_petition AS petition ON petition.id = drawn.old
), dated AS (
    SELECT moved.*, extract(year FROM registered_at AT TIME ZONE 'Asia/Shanghai')::int AS year FROM moved
), counted AS (
    SELECT dated.*, coalesce(series.last, 0)
        + row_number() OVER (PARTITION BY prefix, year ORDER BY registered_at, old, n) AS serial
    FROM dated LEFT JOIN infra_numberseries AS series ON series.key = 'petition/' || prefix || '/' || year
)
SELECT old, n, days, prefix, year, serial, pg_temp.moved(old, n, days) AS key,
    prefix || year || '-' || lpad(serial::text, greatest(6, length(serial::text)), '0') AS number,
    (extract(year FROM received) * 12 + extract(month FROM received) - 1)::int AS month
FROM counted;
CREATE UNIQUE INDEX ON bench_copy (old, n);
ANALYZE bench_copy;
ANALYZE bench_ways;
INSERT INTO infra_numberseries (key, last)
SELECT 'petition/' || prefix || '/' || year, max(serial) FROM bench_copy GROUP BY prefix, year
ON CONFLICT (key) DO UPDATE SET last = excluded.last;
"""
# So do papers' numbers, each in the series of its organ and kind.
_PAPERS_NUMBERED = """
CREATE TEMP TABLE bench_paper ON COMMIT DROP AS
WITH printed AS (
    SELECT document.id, document.organ_id, document.number, document.dated_on, {petition} AS petition,
        regexp_match(document.number, '^(.*)〔([0-9]{{4}})〕([0-9]+)号$') AS parts
    FROM documents_document AS document WHERE document.number <> ''
), moved AS (
    SELECT printed.*, copies.n, parts[1] AS stem, dated_on - copies.days AS moved_on,
        extract(year FROM dated_on - copies.days)::int AS year
    FROM printed JOIN bench_copy AS copies ON copies.old = printed.petition
), used AS (
    SELECT organ_id, parts[1] AS stem, parts[2]::int AS year, max(parts[3]::bigint) AS last
    FROM printed WHERE parts IS NOT NULL GROUP BY 1, 2, 3
)
SELECT moved.id AS old, n, organ_id, stem, year, moved.number AS was, coalesce(used.last, 0)
    + row_number() OVER (PARTITION BY organ_id, stem, year ORDER BY moved_on, moved.id, n) AS serial
FROM moved LEFT JOIN used USING (organ_id, stem, year);
CREATE UNIQUE INDEX ON bench_paper (old, n);
ANALYZE bench_paper;
INSERT INTO infra_numberseries (key, last)
SELECT 'document/' || organ_id || '/' || stem || '/' || year, max(serial) FROM bench_paper
WHERE stem IS NOT NULL GROUP BY organ_id, stem, year
ON CONFLICT (key) DO UPDATE SET last = greatest(infra_numberseries.last, excluded.last);
"""
_SUBMITTED = """
INSERT INTO infra_idempotencykey (key, first_seen_at) SELECT submission_id, registered_at FROM cases_petition
ON CONFLICT (key) DO NOTHING
"""
# Values that open only in their own row; an index over people is as full as it would be.
_BOUND_TO_THE_ROW = {(Petitioner, "id_number_sealed"), (Petitioner, "phone_sealed")}
_HASHED = {
    (Petitioner, "id_number_index"),
    (Petitioner, "phone_index"),
    (QueryCode, "digest"),
}
# Words that stand once, of no series that would be looked through for gaps.
_ONCE = {(Petition, "superior_number"), (Hearing, "number"), (ScoreEntry, "cause")}


def multiply(wanted: int) -> int:
    """Copy what is there until there are `wanted` petitions. Return how many there are.

    As a replica the session fires no triggers: history is copied like everything else. Indexes are made when the rows
    are there.
    """
    tables = family()
    with transaction.atomic(), connection.cursor() as cursor:
        # what a transaction around this one still has to check is checked now: indexes are not made before
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(_PREPARED)
        _draw(cursor, bound_together(tables), wanted)
        cursor.execute(_NUMBERED)
        documents = next(table for table in tables if table.model is Document)
        cursor.execute(_PAPERS_NUMBERED.format(petition=documents.petition("document")))
        strides = {table.model: _stride(cursor, table.model) for table in tables}
        with _without_indexes(cursor, tables):
            for table in tables:
                cursor.execute(_copy(table, strides))
        for table in tables:
            _move_sequence(cursor, table.model)
        cursor.execute("SELECT setval('audit_entry_seq', (SELECT max(seq) FROM audit_entry))")
        cursor.execute(_SUBMITTED)
    with connection.cursor() as cursor:
        # as the server does by itself after a while
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
    return Petition.objects.count()


def _draw(cursor: Any, lists: Sequence[Sequence[UUID]], wanted: int) -> None:
    """Write which petitions are copied how often, and by how many days each copy is moved back."""
    shifts = Shifts()
    drawn, ways = io.StringIO(), io.StringIO()
    for together, copies, span in _shares(lists, wanted):
        for number, days in spread(shifts.of(together, span=span, most=copies), copies):
            drawn.writelines(f"{key}\t{number}\t{days}\n" for key in together)
    for (rule, started_on, set_day, extension_days), steps in shifts.ways.items():
        told = json.dumps(steps, ensure_ascii=False).replace("\\", "\\\\")
        ways.write(f"{rule}\t{started_on}\t{set_day or 'infinity'}\t{extension_days}\t{told}\n")
    for table, stream in (("bench_drawn", drawn), ("bench_ways", ways)):
        stream.seek(0)
        cursor.copy_expert(f"COPY {table} FROM STDIN", stream)


def _shares(lists: Sequence[Sequence[UUID]], wanted: int) -> Iterator[tuple[Sequence[UUID], int, int]]:
    """Yield petitions that stay together, with how many copies are made of them and how far back these may lie."""
    opened = set(Petition.objects.filter(routing__in=sorted(OPEN)).values_list("pk", flat=True))
    answered = set(EarlierReply.objects.filter(answers=True).values_list("petition", flat=True))
    under_way = [one for one in lists if opened & set(one)]
    elsewhere = [one for one in lists if not opened & set(one) and answered & set(one)]
    handled = [one for one in lists if not (opened | answered) & set(one)]
    most_open = round(wanted * OPEN_SHARE)
    most_handled = round(wanted * HANDLED_SHARE) if elsewhere else wanted - most_open
    for kind, most, span in (
        (under_way, most_open, OPEN_DAYS),
        (handled, most_handled, CLOSED_DAYS),
        (elsewhere, wanted - most_open - most_handled, CLOSED_DAYS),
    ):
        size = sum(map(len, kind))
        each, rest = divmod(max(0, most - size), size) if size else (0, 0)
        for one in kind:
            more = len(one) <= rest
            rest -= len(one) if more else 0
            yield one, each + more, span


def _stride(cursor: Any, model: type[models.Model]) -> int:
    """Return how far the numbers of two copies lie apart."""
    key = model._meta.pk
    if not _counts(key):
        return 0
    cursor.execute(f'SELECT coalesce(max("{key.column}"), 0) + 1 FROM "{model._meta.db_table}"')
    return int(cursor.fetchone()[0])


def _counts(key: Any) -> bool:
    return isinstance(key, models.AutoField | models.BigAutoField)


@contextmanager
def _without_indexes(cursor: Any, tables: Iterable[Table]) -> Iterator[None]:
    """Fill tables that have no indexes but their keys; the others are made at the end, which is faster by far."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
        [[table.name for table in tables]],
    )
    indexes = cursor.fetchall()
    for name, _made in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, made in indexes:
        cursor.execute(made)


def _copy(table: Table, strides: Mapping[type[models.Model], int]) -> str:
    """Return the statement that writes a table's rows of all copies."""
    values = ", ".join(_value(table, one, strides) for one in table.columns)
    names = ", ".join(f'"{one.column}"' for one in table.columns)
    ways = (
        " LEFT JOIN bench_ways AS ways ON ways.rule = old.rule_id AND ways.extension_days = old.extension_days"
        " AND ways.started_on = (old.started_at AT TIME ZONE 'Asia/Shanghai')::date - copies.days"
        " AND ways.set_day = coalesce(old.set_day - copies.days, 'infinity')"
    )
    return (
        f'INSERT INTO "{table.name}" ({names}) SELECT {values}'
        f' FROM (SELECT row.*, {table.petition("row")} AS bench_petition FROM "{table.name}" AS row) AS old'
        " JOIN bench_copy AS copies ON copies.old = old.bench_petition"
        + (ways if _is_clock(table.model) else "")
    )


def _is_clock(model: type[models.Model]) -> bool:
    return {"rule", "started_at", "steps"} <= {one.name for one in model._meta.concrete_fields}


def _value(table: Table, one: Any, strides: Mapping[type[models.Model], int]) -> str:
    """Return what stands in one column of a copy."""
    model, column = table.model, f'old."{one.column}"'
    target: Any = target_of(model, one)
    if target in strides:
        key = target._meta.pk
        while key.is_relation:
            key = key.related_model._meta.pk
        if _counts(key):
            return f"{column} + copies.n * {strides[target]}"
        return "copies.key" if table.petition("old") == column.replace('"', "") else _moved(column)
    return _special(model, one, column) or _shifted(one, column)


def _moved(column: str) -> str:
    return f"pg_temp.moved({column}, copies.n, copies.days)"


def _special(model: type[models.Model], one: Any, column: str) -> str:
    """Return what stands in a column that is neither copied nor moved; nothing for all others."""
    tracked = model
    if any(field.name == "pgh_obj" for field in model._meta.concrete_fields):
        tracked = model._meta.get_field("pgh_obj").related_model  # type: ignore[assignment]
    special: Mapping[bool, Callable[[], str]] = {
        (model, one.name) in _BOUND_TO_THE_ROW: lambda: "NULL",
        (model, one.name) in _HASHED: lambda: _hashed(column, "copies.n"),
        # ten thousand ends of telephones are all there are
        (model, one.name) == (Petitioner, "phone_tail_index"): lambda: _hashed(column, "copies.n % 4"),
        (tracked, one.name) == (Petition, "number"): lambda: "copies.number",
        (tracked, one.name) in _ONCE: lambda: (
            f"CASE WHEN {column} = '' THEN '' ELSE {column} || '-' || copies.n END"
        ),
        (model, one.name) == (PetitionText, "text"): lambda: f"{column} || {_said()}",
        (model, one.name) == (PetitionText, "text_hash"): lambda: (
            f"CASE WHEN {column} = '' THEN '' ELSE {_sha256(f'{_LINES} || {_said()}')} END"
        ),
        (model, one.name) == (SearchText, "words"): lambda: f"{column} || chr(10) || {_said()}",
        (model, one.name) == (SearchText, "month"): lambda: "copies.month",
        (model, one.name) == (Document, "number"): lambda: (
            f"CASE WHEN {column} = '' THEN '' ELSE (SELECT"
            " coalesce(stem || '〔' || paper.year || '〕' || paper.serial || '号', was || '-' || paper.n)"
            " FROM bench_paper AS paper WHERE paper.old = old.id AND paper.n = copies.n) END"
        ),
        model is Entry and one.name == "seq": lambda: f"{column} + copies.n * 1000000",
        tracked in {Entry, Notice, Assignment} and one.name == "subject_id": lambda: "copies.key::text",
        model is Notice and one.name == "key": lambda: f"replace({column}, old.subject_id, copies.key::text)",
        _is_clock(model) and one.name == "steps": lambda: "coalesce(ways.steps, old.steps)",
    }
    return special[True]() if True in special else ""


def _hashed(column: str, number: str) -> str:
    """Return an index of another value under the same key."""
    other = _sha256(f"{column} || ':' || {number}")
    return f"split_part({column}, ':', 1) || ':' || {other}"


def _sha256(text: str) -> str:
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"


# as `lib.likeness.fingerprint` compares them
_LINES = r"replace(replace(old.text, E'\r\n', E'\n'), E'\r', E'\n')"


def _said() -> str:
    """Return what a copy's letter says and no other's, so that copies are no letters sent in bulk."""
    return "'我家住' || copies.n || '号。'"


def _shifted(one: Any, column: str) -> str:
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
