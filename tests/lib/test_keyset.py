"""Long lists by key: every row once, in order, in both directions, whatever the moments are."""

import base64
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Post
from lib.keyset import Page, capped_count, page_of
from notices.models import Kind, Notice
from tests.given import MONDAY, a_post

pytestmark = pytest.mark.django_db

HOURS = st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=12)


def moments_at(*hours: int | None) -> list[datetime | None]:
    return [MONDAY + timedelta(hours=hour) if hour is not None else None for hour in hours]


def a_list_of(moments: Sequence[datetime | None]) -> list[Notice]:
    """Make rows with these moments, keys rising; a list made before is gone."""
    Notice.objects.all().delete()
    post = a_post()
    rows = [
        Notice(post=post, kind=Kind.REGISTERED_FOR_YOU, key=f"{at}", decided_at=MONDAY, read_at=moment)
        for at, moment in enumerate(moments)
    ]
    return Notice.objects.bulk_create(rows)


def a_page(cursor: str | None = None, *, descending: bool = False, size: int = 2) -> Page[Notice]:
    return page_of(Notice.objects.all(), by="read_at", cursor=cursor, size=size, descending=descending)


def forwards(*, descending: bool) -> Iterator[Page[Notice]]:
    cursor = None
    while True:
        page = a_page(cursor, descending=descending)
        yield page
        if page.after is None:
            return
        cursor = page.after


def keys(rows: Sequence[Notice] | Sequence[Post]) -> list[int]:
    return [row.pk for row in rows]


def in_order(rows: Sequence[Notice], *, descending: bool) -> list[int]:
    """Return the keys as they must be read: by moment, then by key, empty moments last in either direction."""
    dated = sorted((row.read_at, row.pk) for row in rows if row.read_at)
    empty = sorted(row.pk for row in rows if row.read_at is None)
    flow = [pk for _moment, pk in dated]
    return flow[::-1] + empty[::-1] if descending else flow + empty


def forged(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def test_the_first_page_has_no_page_before_it_and_the_last_none_after():
    a_list_of(moments_at(1, 2, 3))

    first, last = forwards(descending=False)

    assert (first.before, last.after) == (None, None)
    assert first.after and last.before


def test_the_page_before_gives_the_rows_back_in_the_order_they_were_read():
    rows = a_list_of(moments_at(1, 2, 3, 4, 5))

    *_others, third = forwards(descending=False)
    second = a_page(third.before)
    first = a_page(second.before)

    assert [keys(page.rows) for page in (first, second, third)] == [
        keys(rows[:2]),
        keys(rows[2:4]),
        keys(rows[4:]),
    ]
    assert first.before is None


@pytest.mark.parametrize("descending", [False, True])
def test_empty_moments_stand_last_in_either_direction(descending):
    rows = a_list_of(moments_at(None, 2, None, 1))

    read = [pk for page in forwards(descending=descending) for pk in keys(page.rows)]

    assert set(read[2:]) == {rows[0].pk, rows[2].pk}


def test_rows_of_one_moment_are_told_apart_by_key():
    rows = a_list_of(moments_at(1, 1, 1, 1, 1))

    read = [pk for page in forwards(descending=True) for pk in keys(page.rows)]

    assert read == keys(rows)[::-1]


def test_a_later_page_is_asked_for_as_ranges_and_never_as_one_or_the_other():
    """An OR over the moment would have the database read the list from its beginning (architecture §5)."""
    a_list_of(moments_at(1, 2, None, None, None))
    pages = [a_page(cursor) for cursor in (None, *(page.after for page in forwards(descending=False)))]

    with CaptureQueriesContext(connection) as queries:
        for page in pages:
            a_page(page.after)
            a_page(page.before)

    asked = [query["sql"] for query in queries if "ORDER BY" in query["sql"]]
    assert [sql for sql in asked if " OR " in sql] == []
    assert any(") > (ROW(" in sql or ") < (ROW(" in sql for sql in asked)


def test_a_list_without_rows_is_one_empty_page():
    assert a_page() == Page(rows=[], before=None, after=None)


@given(hours=HOURS, descending=st.booleans())
@settings(max_examples=25, deadline=None)
def test_walking_all_pages_gives_every_row_once_in_order(hours, descending):
    rows = a_list_of(moments_at(*hours))

    read = [pk for page in forwards(descending=descending) for pk in keys(page.rows)]

    assert read == in_order(rows, descending=descending)


@given(hours=HOURS.filter(bool), descending=st.booleans())
@settings(max_examples=25, deadline=None)
def test_walking_back_from_the_last_page_gives_every_row_once_in_order(hours, descending):
    rows = a_list_of(moments_at(*hours))

    *_others, page = forwards(descending=descending)
    read = keys(page.rows)
    while page.before:
        page = a_page(page.before, descending=descending)
        read = keys(page.rows) + read

    assert read == in_order(rows, descending=descending)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "%%%",
        "zzzz",
        forged(7),
        forged({"later": 1, "moment": 2, "at": 3}),
        forged(["later", None]),
        forged(["sideways", None, "1"]),
        forged(["later", None, "not a key"]),
        forged(["later", "2026-13-45T00:00:00+08:00", "1"]),
        forged(["later", "2026-03-02T00:00:00", "1"]),
        forged(["later", "yesterday", "1"]),
        forged([["later"], None, "1"]),
        forged(["later", 5, "1"]),
        forged(["later", None, None]),
    ],
)
def test_a_cursor_that_was_not_made_here_is_as_none(cursor):
    rows = a_list_of(moments_at(1, 2, 3))

    page = a_page(cursor)

    assert keys(page.rows) == keys(rows[:2])
    assert page.before is None


def test_a_count_stops_one_past_what_is_counted_exactly(monkeypatch):
    a_list_of(moments_at(1, 2, 3, 4, 5))
    monkeypatch.setattr("lib.keyset.COUNTED_EXACTLY", 3)

    assert capped_count(Notice.objects.all()) == 4
    assert capped_count(Notice.objects.filter(key="0")) == 1


def test_through_a_relation_moment_and_key_are_compared_in_one_table_and_no_row_comes_twice():
    told = []
    for at, moment in enumerate(moments_at(3, None, 1, 1, None, 2, None)):
        post = a_post()
        for kind in (Kind.REGISTERED_FOR_YOU, Kind.SENT_TO_YOU):
            Notice.objects.create(post=post, kind=kind, key=f"{kind}:{at}", decided_at=MONDAY, read_at=moment)
        told.append((moment is None, moment, post.pk))
    rows = Post.objects.filter(notices__kind=Kind.SENT_TO_YOU)
    read: list[int] = []
    cursor = None
    with CaptureQueriesContext(connection) as asked:
        while True:
            page = page_of(rows, by="notices__read_at", cursor=cursor, size=2)
            read += keys(page.rows)
            if page.after is None:
                break
            cursor = page.after

    assert read == [
        pk for _empty, _moment, pk in sorted(told, key=lambda one: (one[0], one[1] or MONDAY, one[2]))
    ]
    conditions = [one["sql"].split(" WHERE ")[1] for one in asked.captured_queries]
    assert len(conditions) > 3
    assert not [words for words in conditions if '"accounts_post"."id"' in words]
