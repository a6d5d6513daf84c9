"""Pieces of lists to strike off that deeds, sweeps and pages share: rates, samples, what does not move."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from accounts.models import Organ, Post
from assignments.models import EscalationRule
from assignments.seats import About, find_each, seat_in_force
from assignments.states import Trigger
from infra.sweep_runs import Tally
from leadership import permissions as may
from leadership.models import ListItem, Strike, StrikeList
from notices.models import Kind
from notices.parts import tell


@dataclass(frozen=True)
class Rate:
    """How much of a list was struck off by a day."""

    listed: int
    struck: int

    @property
    def left(self) -> int:
        return self.listed - self.struck

    @property
    def percent(self) -> str:
        """The share in per cent with two digits, never rounded up to a hundred; nothing of an empty list."""
        if not self.listed:
            return ""
        hundredths = self.struck * 10_000 // self.listed
        return f"{hundredths // 100}.{hundredths % 100:02d}"


def rate_of(rows: StrikeList, *, on: date) -> Rate:
    """Return how much of a list stood on it by a day and how much of that was struck off (seeds-map 8)."""
    items = ListItem.objects.filter(list=rows)
    return Rate(items.listed_by(on).count(), items.struck_by(on).count())


def rates_of(lists: Iterable[StrikeList], items: QuerySet[ListItem], *, on: date) -> dict[UUID, Rate]:
    """Return how much of some items of several lists was struck off by a day, in two queries."""
    keys = [one.pk for one in lists]
    rows: Any = items.filter(list__in=keys)
    listed = dict(_counted(rows.listed_by(on)))
    struck = dict(_counted(rows.struck_by(on)))
    return {key: Rate(listed.get(key, 0), struck.get(key, 0)) for key in keys}


def _counted(rows: QuerySet[ListItem]) -> QuerySet[ListItem, tuple[UUID, int]]:
    return rows.order_by().values_list("list").annotate(Count("pk"))


def sample(strikes: Collection[Strike], size: int, seed: str) -> list[Strike]:
    """Return so many of some strikes, the same for the same seed whoever draws (seeds-map 120)."""

    def place(strike: Strike) -> str:
        return hashlib.sha256(f"{seed}:{strike.pk}".encode()).hexdigest()

    return sorted(strikes, key=place)[:size]


def still(now: datetime, days: int) -> QuerySet[Any]:
    """Return the items not struck off on which nothing was done for so many days: no receipt, reply or return."""
    rows = ListItem.objects.unstruck().filter(assignment__isnull=False, assignment__ended_at=None)
    moved = rows.annotate(moved_at=Max("assignment__moves__done_at"))
    return moved.filter(moved_at__lte=now - timedelta(days=days))


def press(*, now: datetime, tally: Tally) -> int:
    """Tell whom the rules in force name of items without a petition that do not move, each once. Return how many.

    An item on a petition is lifted as every petition is, by the same rules (`escalating`).
    """
    rules = EscalationRule.objects.in_force(timezone.localdate(now)).filter(trigger=Trigger.ITEM_STUCK)
    told = 0
    for rule in rules.order_by("code"):
        keys = still(now, rule.days).filter(petition=None).order_by("pk").values_list("pk", flat=True)
        for key in list(keys):
            if _press_one(rule, key, now=now):
                told += 1
            else:
                tally.skip("nobody_to_tell")
    return told


@transaction.atomic(durable=True)
def _press_one(rule: EscalationRule, item_id: UUID, *, now: datetime) -> bool:
    on = timezone.localdate(now)
    seat = seat_in_force(rule.seat_code, on=on)
    if seat is None:
        return False
    item = ListItem.objects.select_related("organ", "list__organ__place").get(pk=item_id)
    about = About(organ_paths=[item.organ.path], place_path=item.list.organ.place.path)
    asked = [found.asked for found in find_each(seat, about, on=on)]
    posts = [key for one in asked for key in ([one.pk] if isinstance(one, Post) else _of(one, on))]
    key = f"item:{item.pk}:stuck:{rule.code}"
    tell(posts, Kind.ITEM_STUCK, key=key, subject_id=str(item.pk), now=now)
    return bool(posts)


def _of(organ: Organ, on: date) -> list[int]:
    held = Post.objects.held_on(on).filter(organ=organ, role__in=sorted(may.SIGNS))
    return list(held.values_list("pk", flat=True))
