"""What is asked of a post or an organ passes to its successor in one act (Q29)."""

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Organ, Post
from assignments.models import Assignment
from audit.parts import record_each
from lib.transactions import require_transaction

Owner = TypeVar("Owner", Post, Organ)


def _of_post(post: Post) -> QuerySet[Assignment]:
    return Assignment.objects.standing().filter(post=post)


def _of_organ(organ: Organ) -> QuerySet[Assignment]:
    return Assignment.objects.standing().filter(organ=organ)


def _pass_on(standing: QuerySet[Assignment], by: Hat, now: datetime, **taking: Post | Organ) -> int:
    require_transaction("hand_over")
    held = list(standing.select_for_update(of=("self",)).order_by("pk"))
    Assignment.objects.filter(pk__in=[one.pk for one in held]).update(known_at=now, **taking)
    to = {name: owner.pk for name, owner in taking.items()}
    facts = [(one.pk, {f"to_{name}": key for name, key in to.items()}) for one in held]
    record_each("assignment.hand_over", Assignment, facts, by=by.actor, at=now)
    return len(held)


def _move_of_post(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    return _pass_on(_of_post(leaving), by, now, post=taking)


def _move_of_organ(leaving: Organ, taking: Organ, by: Hat, now: datetime) -> int:
    return _pass_on(_of_organ(leaving), by, now, organ=taking)


OF_POSTS = WorkHolder[Post]("assignments", lambda post: _of_post(post).count(), _move_of_post)
OF_ORGANS = WorkHolder[Organ]("assignments", lambda organ: _of_organ(organ).count(), _move_of_organ)
