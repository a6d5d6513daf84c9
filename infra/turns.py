"""Work that somebody asks for and a worker does when its turn comes: how long a turn lasts, and who holds what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

# Two of them stay below the worker's own limit: what is left is carried on by the next.
LONGEST_TURN = timedelta(minutes=4)
# What was made is kept so long after it was finished (architecture, Jobs).
KEPT = timedelta(hours=24)


def carry_on_in_turn(
    waiting: Callable[[datetime], QuerySet[Any]],
    carry_on: Callable[[UUID], None],
    *,
    hold: timedelta,
    clock: Callable[[], datetime],
) -> int:
    """Carry on what waits, one after the other in the order given, for one turn. Return how many.

    Each is held (`held_until_at`) so long that no other worker begins with it as well; whose worker is killed, is
    taken up by another when that is over.
    """
    carried = 0
    tried: set[UUID] = set()
    ends = clock() + LONGEST_TURN
    while clock() < ends and (key := _take_next(waiting, tried, hold, now=clock())) is not None:
        tried.add(key)
        carry_on(key)
        carried += 1
    return carried


@transaction.atomic(durable=True)
def _take_next(
    waiting: Callable[[datetime], QuerySet[Any]], tried: set[UUID], hold: timedelta, *, now: datetime
) -> UUID | None:
    rows = waiting(now).exclude(pk__in=tried)
    job = rows.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
    if job is None:
        return None
    job.held_until_at = now + hold
    job.save(update_fields=["held_until_at"])
    key: UUID = job.pk
    return key
