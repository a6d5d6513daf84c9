"""Pages of long lists by key instead of by offset: the thousandth page costs what the first does."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet

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
    direction, moment, at = _read(cursor, rows, key)
    backwards = direction == _EARLIER
    flow_down = descending != backwards
    # As an annotation the moment is read from the join that scoped the rows; a filter through a relation of many
    # would join it anew and show a row once for each of its partners.
    read = cast("QuerySet[Row]", rows.annotate(keyset_moment=F(by)))
    some_are_empty = _may_be_empty(rows, by)
    if at is not None:
        read = read.filter(_beyond(key, moment, at, flow_down=flow_down, backwards=backwards))
        if moment is not None and not some_are_empty:
            # the same said again in the one form that an index is entered by
            read = read.filter(**{f"keyset_moment__{'lte' if flow_down else 'gte'}": moment})
    # A column that is never empty is ordered plainly, as its index is.
    nulls = {("nulls_first" if backwards else "nulls_last"): True} if some_are_empty else {}
    ordering = F("keyset_moment").desc(**nulls) if flow_down else F("keyset_moment").asc(**nulls)
    fetched = list(read.order_by(ordering, f"-{key}" if flow_down else key)[: size + 1])
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


def _beyond(key: str, moment: datetime | None, at: Any, *, flow_down: bool, backwards: bool) -> Q:
    """Return what lies past a row in the order of reading; rows without a moment stand after all others."""
    further = "lt" if flow_down else "gt"
    further_key = Q(**{f"{key}__{further}": at})
    if moment is None:
        same_end = Q(keyset_moment=None) & further_key
        return same_end | Q(keyset_moment__isnull=False) if backwards else same_end
    past = Q(**{f"keyset_moment__{further}": moment}) | (Q(keyset_moment=moment) & further_key)
    return past if backwards else past | Q(keyset_moment=None)


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
    options = rows.model._meta
    key_field: Field[Any, Any] = options.pk if key == "pk" else options.get_field(key)
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
