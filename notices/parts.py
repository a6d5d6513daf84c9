"""Telling and taking back, inside the deed that decides it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from lib.transactions import require_transaction
from notices.models import Kind, Notice, ways_of


def tell(post_ids: Iterable[int], kind: Kind, *, key: str, subject_id: str, now: datetime) -> None:
    """Write a notice for each post, once per key."""
    require_transaction("notices.tell")
    Notice.objects.bulk_create(
        [
            Notice(
                post_id=post_id, kind=kind, key=key, subject_id=subject_id, decided_at=now, ways=ways_of(kind)
            )
            for post_id in sorted(set(post_ids))
        ],
        ignore_conflicts=True,
    )


def tell_of_each(told: Iterable[tuple[object, int]], kind: Kind, *, key: str, now: datetime) -> None:
    """Write a notice for each subject and post that was named with it; `key` has a place for the subject's id."""
    require_transaction("notices.tell_of_each")
    Notice.objects.bulk_create(
        [
            Notice(
                post_id=post_id,
                kind=kind,
                key=key.format(subject_id),
                subject_id=str(subject_id),
                decided_at=now,
                ways=ways_of(kind),
            )
            for subject_id, post_id in sorted(set(told), key=str)
        ],
        ignore_conflicts=True,
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
    Notice.objects.bulk_create(
        [
            Notice(
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
        ],
        ignore_conflicts=True,
        batch_size=500,
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
    Notice.objects.bulk_create(
        [
            Notice(post_id=post_id, kind=kind, key=key, subject_id=str(year), decided_at=now, ways=ways)
            for post_id in sorted(set(post_ids))
        ],
        ignore_conflicts=True,
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


def settle(subject_id: str, key: str, *, now: datetime) -> int:
    """Take back a call for a duty that is done now, from every post it was told to. Return how many stood.

    `key` is the one it was told under, or the beginning of it up to a colon: "…:approve:7" takes every version along.
    """
    require_transaction("notices.settle")
    called = Notice.objects.standing().filter(
        Q(key=key) | Q(key__startswith=f"{key}:"), subject_id=subject_id
    )
    return called.update(withdrawn_at=now)
