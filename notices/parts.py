"""Telling and taking back, inside the deed that decides it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from lib.many_rows import write_where_new
from lib.new_rows import new_row
from lib.transactions import require_transaction
from notices.models import Kind, Notice, ways_of


def tell(post_ids: Iterable[int], kind: Kind, *, key: str, subject_id: str, now: datetime) -> None:
    """Write a notice for each post, once per key."""
    require_transaction("notices.tell")
    write_where_new(
        [
            new_row(
                Notice,
                post_id=post_id,
                kind=kind,
                key=key,
                subject_id=subject_id,
                decided_at=now,
                ways=ways_of(kind),
            )
            for post_id in sorted(set(post_ids))
        ]
    )


class Told(NamedTuple):
    """That a post is told of a subject, under a key."""

    subject_id: str
    key: str
    post_id: int


def tell_of_each(told: Iterable[Told], kind: Kind, *, now: datetime) -> None:
    """Write a notice of one kind for each post that is told of something, once per post and key."""
    require_transaction("notices.tell_of_each")
    write_where_new(
        [
            new_row(
                Notice,
                post_id=one.post_id,
                kind=kind,
                key=one.key,
                subject_id=one.subject_id,
                decided_at=now,
                ways=ways_of(kind),
            )
            for one in sorted(set(told))
        ]
    )


@dataclass(frozen=True)
class PeriodTold:
    """What posts are told of a period that reached a band."""

    posts: tuple[int, ...]
    kind: Kind
    key: str
    subject_id: str
    # which period (T1 …) and its last day; none while that is not known (Q26)
    code: str
    last_day: date | None
    ways: tuple[str, ...]


def tell_of_periods(told: Iterable[PeriodTold], *, now: datetime) -> None:
    """Write the notices of periods, once per post and key."""
    require_transaction("notices.tell_of_periods")
    write_where_new(
        [
            new_row(
                Notice,
                post_id=post_id,
                kind=one.kind,
                key=one.key,
                subject_id=one.subject_id,
                code=one.code,
                last_day=one.last_day,
                ways=list(one.ways),
                decided_at=now,
            )
            for one in told
            for post_id in one.posts
        ]
    )


def tell_of_calendar(
    post_ids: Collection[int], year: int, *, key: str, inside: bool = False, now: datetime
) -> None:
    """Tell posts, once for each loading of a year, that it moved last days they keep; earlier words are taken back.

    What it names is the year alone; `inside` it stays in the house, as everything of the sealed lane (Q2).
    """
    require_transaction("notices.tell_of_calendar")
    kind = Kind.CALENDAR_MOVED
    earlier = Notice.objects.unread().filter(kind=kind, subject_id=str(year), post__in=post_ids)
    earlier.exclude(key=key).update(withdrawn_at=now)
    ways = [] if inside else ways_of(kind)
    write_where_new(
        [
            new_row(
                Notice, post_id=post_id, kind=kind, key=key, subject_id=str(year), decided_at=now, ways=ways
            )
            for post_id in sorted(set(post_ids))
        ]
    )


def supersede(keys: Collection[str], subject_ids: Collection[str], *, now: datetime) -> int:
    """Take back what nobody read yet and something later takes the place of. Return how many."""
    require_transaction("notices.supersede")
    if not keys:
        return 0
    earlier = Notice.objects.unread().filter(subject_id__in=subject_ids, key__in=keys)
    return earlier.update(withdrawn_at=now)


def withdraw(subject_id: str, *, now: datetime, except_posts: Iterable[int] = ()) -> int:
    """Take back every notice about a subject, save those of the posts named. Return how many."""
    require_transaction("notices.withdraw")
    standing = Notice.objects.standing().filter(subject_id=subject_id).exclude(post_id__in=set(except_posts))
    return standing.update(withdrawn_at=now)


def settle_each(keys: Mapping[str, str], *, now: datetime) -> int:
    """Take back the calls for duties that are done now, as `settle` does: by each key, the subject it is about."""
    require_transaction("notices.settle_each")
    standing = Notice.objects.standing().filter(subject_id__in=set(keys.values()))
    over = [
        pk
        for pk, key, subject_id in standing.values_list("pk", "key", "subject_id")
        if any(keys.get(beginning) == subject_id for beginning in _beginnings(key))
    ]
    return Notice.objects.filter(pk__in=over).update(withdrawn_at=now)


def _beginnings(key: str) -> Iterator[str]:
    """Yield a key and each beginning of it up to a colon."""
    parts = key.split(":")
    return (":".join(parts[:length]) for length in range(1, len(parts) + 1))


def settle(subject_id: str, key: str, *, now: datetime) -> int:
    """Take back a call for a duty that is done now, from every post it was told to. Return how many stood.

    `key` is the one it was told under, or the beginning of it up to a colon: "…:approve:7" takes every version along.
    """
    require_transaction("notices.settle")
    called = Notice.objects.standing().filter(
        Q(key=key) | Q(key__startswith=f"{key}:"), subject_id=subject_id
    )
    return called.update(withdrawn_at=now)
