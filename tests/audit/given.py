"""Entries a test starts from, and a second connection that does things at its own pace."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from audit.models import Entry
from audit.parts import Actor, record
from lib.ids import uuid7
from places.models import Place

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
CLERK = Actor(words="张三 区信访局 接访员", user_id=7, post_id=8, organ_id=9)


def a_deed(verb: str = "place.look") -> Entry:
    """Record a deed in a transaction of its own."""
    with transaction.atomic():
        record(verb, Place(pk=1), by=CLERK, at=NOW, facts={"code": "14"})
    return Entry.objects.latest("seq")


@contextmanager
def another_connection() -> Iterator[CursorWrapper]:
    """Give a cursor of a second connection, inside a transaction that its `commit` statement ends."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            yield cursor
    finally:
        other.close()


def write_entry(cursor: CursorWrapper) -> None:
    """Write an entry on another connection, as `record` does."""
    cursor.execute(
        "INSERT INTO audit_entry (at, id, verb, subject_kind, subject_id, actor_words, facts)"
        " VALUES (%s, %s, 'place.look', 'places.place', '2', 'other', '{}')",
        [NOW, uuid7()],
    )
