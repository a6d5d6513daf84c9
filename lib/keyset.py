"""Pages of long lists by key instead of by offset: the thousandth page costs what the first does."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateTimeField, F, Field, Func, ManyToOneRel, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

Row = TypeVar("Row", bound=Model)

_LATER, _EARLIER = "later", "earlier"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of a page, and the cursors of the pages around it where there are any."""

    rows: Sequence[Row]
    before: str | None
    after: str | None


def page_of(
    rows: QuerySet[Row],
    *,
    by: str,
    cursor: str | None,
    size: int = 50,
    descending: bool = False,
    key: str = "pk",
) -> Page[Row]:
    """Return one page of a queryset ordered by a moment (empty moments last) and then by key.

    `by` names the moment, through a relation where the index is there. A cursor that was not made here is as none.
    """
    some_are_empty = _may_be_empty(rows, by)
    direction, moment, at = _read(cursor, rows, key)
    if moment is None and not some_are_empty:
        direction, at = _LATER, None
    backwards = direction == _EARLIER
    order = _Order(_key_field(rows, key), down=descending != backwards)
    # As annotations moment and key are read from the join that scoped the rows; a filter through a relation of many
    # would join it anew and show a row once for each of its partners.
    read = cast("QuerySet[Row]", rows.annotate(keyset_moment=F(by), keyset_key=F(_beside(rows, by, key))))
    fetched: list[Row] = []
    for stretch in _stretches(some_are_empty, moment, at, backwards=backwards):
        fetched += order.of(read, stretch)[: size + 1 - len(fetched)]
        if len(fetched) > size:
            break
    more = len(fetched) > size
    shown = fetched[:size]
    if backwards:
        shown.reverse()
    has_before = more if backwards else at is not None
    has_after = at is not None if backwards else more
    return Page(
        rows=shown,
        before=_write(_EARLIER, shown[0], key) if shown and has_before else None,
        after=_write(_LATER, shown[-1], key) if shown and has_after else None,
    )


def _may_be_empty(rows: QuerySet[Any], by: str) -> bool:
    """Test if rows can be without the moment they are ordered by."""
    return "__" in by or rows.model._meta.get_field(by).null


def _beside(rows: QuerySet[Any], by: str, key: str) -> str:
    """Return where the key stands in the table of the moment, if there: a pair of two tables is in no index."""
    relation, _through, _moment = by.rpartition("__")
    field = rows.model._meta.get_field(relation) if relation else None
    return f"{relation}__{field.remote_field.name}" if isinstance(field, ManyToOneRel) else key


@dataclass(frozen=True)
class _Stretch:
    """Rows that lie together in the index, with a moment or without; past a row where `at` names its key."""

    dated: bool
    moment: datetime | None = None
    at: Any = None


def _stretches(
    some_are_empty: bool, moment: datetime | None, at: Any, *, backwards: bool
) -> Iterator[_Stretch]:
    """Yield what is left to read past a row, in the order of reading; rows without a moment stand last.

    A range each: as one condition it would be an OR, for which the database reads the list from its beginning.
    """
    starts_dated = at is None or moment is not None
    yield _Stretch(starts_dated, moment, at)
    if some_are_empty and starts_dated != backwards:
        yield _Stretch(not starts_dated)


class _Pair(Func):
    """Moment and key compared as one value, the form in which an index is entered between two rows."""

    function = "ROW"
    output_field = BooleanField()


@dataclass(frozen=True)
class _Order:
    """By moment and then by key, upwards or downwards."""

    key_field: "Field[Any, Any]"
    down: bool

    def of(self, rows: QuerySet[Row], stretch: _Stretch) -> QuerySet[Row]:
        """Return the rows of a stretch in this order."""
        further, beyond, sign = ("lt", LessThan, "-") if self.down else ("gt", GreaterThan, "")
        if not stretch.dated:
            past = {f"keyset_key__{further}": stretch.at} if stretch.at is not None else {}
            return rows.filter(keyset_moment=None, **past).order_by(f"{sign}keyset_key")
        rows = rows.filter(keyset_moment__isnull=False)
        if stretch.moment is not None:
            begins = _Pair(
                Value(stretch.moment, output_field=DateTimeField()),
                Value(stretch.at, output_field=self.key_field),
            )
            rows = rows.filter(beyond(_Pair(F("keyset_moment"), F("keyset_key")), begins))
        return rows.order_by(f"{sign}keyset_moment", f"{sign}keyset_key")


def _key_field(rows: QuerySet[Any], key: str) -> "Field[Any, Any]":
    options = rows.model._meta
    field: Field[Any, Any] = options.pk if key == "pk" else options.get_field(key)
    return field


def _write(direction: str, row: Any, key: str) -> str:
    moment = row.keyset_moment.isoformat() if row.keyset_moment else None
    return (
        base64.urlsafe_b64encode(json.dumps([direction, moment, str(getattr(row, key))]).encode())
        .decode()
        .rstrip("=")
    )


def _read(cursor: str | None, rows: QuerySet[Any], key: str) -> tuple[str, datetime | None, Any]:
    """Return what a cursor says; nothing for one that was bent on its way or made up."""
    nothing = (_LATER, None, None)
    if not cursor:
        return nothing
    key_field = _key_field(rows, key)
    try:
        direction, written, at = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(written) if written is not None else None
        at = key_field.to_python(at)
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        return nothing
    if direction not in (_LATER, _EARLIER) or at is None or (moment and moment.tzinfo is None):
        return nothing
    return direction, moment, at


# counts are exact up to here, and "more than that" beyond (architecture §5)
COUNTED_EXACTLY = 10_000


def capped_count(rows: QuerySet[Any]) -> int:
    """Return how many rows there are, at most one more than are counted exactly."""
    return rows.order_by()[: COUNTED_EXACTLY + 1].count()
