"""Whoever stands for a grid, and the organ that keeps it, pass it on in one act (Q29)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Organ, Post
from audit.parts import record
from grids.models import Grid, GridEvent, GridScheme, GridStaff, ServiceTeam
from lib.transactions import require_transaction

_ONE_DAY = timedelta(days=1)


def _of_post(post: Post) -> "QuerySet[GridStaff]":
    return GridStaff.objects.standing().filter(post=post)


def _move_of_post(leaving: Post, taking: Post, by: Hat, now: datetime) -> int:
    """Let the taking post's holder stand for each grid; who stood there before stays written down with his days."""
    require_transaction("hand_over")
    today = timezone.localdate(now)
    held = list(_of_post(leaving).select_for_update(of=("self",)).select_related("grid").order_by("pk"))
    for row in held:
        row.until = max(today, row.since)
        row.save(update_fields=["until"])
        GridStaff.objects.create(
            grid=row.grid,
            part=row.part,
            kind=row.kind,
            level=row.level,
            heads=row.heads,
            name=taking.user.name,
            phone=row.phone,
            patch=row.patch,
            skills=row.skills,
            post=taking,
            since=row.until + _ONE_DAY,
            entered_at=now,
            entered_by=by.post,
        )
        record("grid.name_staff", row.grid, by=by.actor, at=now, facts={"to_post": taking.pk})
    return len(held)


def _of_organ(organ: Organ) -> "list[QuerySet[Grid] | QuerySet[GridScheme] | QuerySet[ServiceTeam]]":
    return [
        Grid.objects.standing().filter(organ=organ),
        GridScheme.objects.filter(organ=organ),
        ServiceTeam.objects.filter(organ=organ, ended_at=None),
    ]


def _events_of(organ: Organ) -> "QuerySet[GridEvent]":
    return GridEvent.objects.filter(organ=organ)


def _move_of_organ(leaving: Organ, taking: Organ, by: Hat, now: datetime) -> int:
    """Let the organ that carries on keep the grids, their levels and teams.

    Where it has levels of its own, those of the ended one stay with its grids.
    """
    require_transaction("hand_over")
    grids, schemes, teams = _of_organ(leaving)
    moved = grids.update(organ=taking) + teams.update(organ=taking)
    _events_of(leaving).update(organ=taking)
    if not GridScheme.objects.filter(organ=taking).exists():
        moved += schemes.update(organ=taking)
    record("grid.hand_over", taking, by=by.actor, at=now, facts={"count": moved})
    return moved


OF_POSTS = WorkHolder[Post]("grids", lambda post: _of_post(post).count(), _move_of_post)
OF_ORGANS = WorkHolder[Organ](
    "grids", lambda organ: sum(rows.count() for rows in _of_organ(organ)[::2]), _move_of_organ
)
