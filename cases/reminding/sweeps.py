"""Telling of periods that reach a band (deadlines.md §5): each band of each period once, whenever the sweep comes.

What is asked is one walk along the index over next alarms: it costs what is due, not what is open.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.parts import Actor, record_each
from cases.models import Petition, PetitionClock
from cases.reminding.planning import LAPSES, Ring, rings_of
from deadlines.parts import ring_all
from infra.sweep_runs import Tally
from notices.models import Band
from notices.parts import PeriodTold, supersede, tell_of_periods

_SYSTEM = Actor(words="clock")
_BATCH = 200
_BANDS = tuple(Band)


def remind_of_periods(*, now: datetime, tally: Tally | None = None) -> int:
    """Tell of every open period that reached a band since it last rang. Return how many there were.

    A petition that a deed holds at this moment is left to the next run; a period whose people are all gone stays due
    and keeps nothing behind it waiting.
    """
    tally = tally if tally is not None else Tally()
    rung = 0
    after: tuple[datetime, int] | None = None
    while batch := _due_after(after, now):
        rung += _ring([pk for pk, _alarm_at in batch], now=now, tally=tally)
        last_pk, last_alarm_at = batch[-1]
        after = (last_alarm_at, last_pk)
    return rung


def _due_after(after: tuple[datetime, int] | None, now: datetime) -> list[tuple[int, datetime]]:
    due = PetitionClock.objects.due(now)
    if after is not None:
        alarm_at, pk = after
        due = due.filter(Q(next_alarm_at=alarm_at, pk__gt=pk) | Q(next_alarm_at__gt=alarm_at))
    rows: list[tuple[int, Any]] = list(due.values_list("pk", "next_alarm_at")[:_BATCH])
    return rows


@transaction.atomic(durable=True)
def _ring(clock_ids: Collection[int], *, now: datetime, tally: Tally) -> int:
    wanted = PetitionClock.objects.filter(pk__in=clock_ids).values("petition")
    # Petitions first, as every deed does; none is waited for, so nobody is met in a ring.
    held = Petition.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=wanted)
    petition_ids = list(held.order_by("pk").values_list("pk", flat=True))
    clocks = list(
        PetitionClock.objects.due(now)
        .filter(pk__in=clock_ids, petition__in=petition_ids)
        .select_related("petition", "organ")
        .select_for_update(of=("self",), no_key=True)
    )
    rings = list(rings_of(clocks, now=now))
    heard = [ring for ring in rings if not ring.finds_nobody]
    told = [ring for ring in heard if ring.band is not None]
    supersede([key for ring in told for key in _keys_before(ring)], _subjects(told), now=now)
    tell_of_periods([_as_told(ring) for ring in told], now=now)
    ring_all([ring.clock for ring in heard], now=now, lapsing=LAPSES)
    record_each("petition.remind", Petition, _facts_of(told).items(), by=_SYSTEM, at=now)
    tally.skip("held_or_ended", len(clock_ids) - len(rings))
    tally.skip("nobody_to_tell", len(rings) - len(heard))
    tally.skip("lapses", len(heard) - len(told))
    return len(told)


def _key(clock: PetitionClock, band: Band) -> str:
    """Return what is told once: a period's band, for the last day it has; an extended one reaches it anew."""
    return f"petition:{clock.petition_id}:period:{clock.pk}:{clock.alarm_day:%Y%m%d}:{band.value}"


def _keys_before(ring: Ring) -> list[str]:
    """Return under what the bands before were told: unread, they are replaced by this one."""
    band = ring.told_as
    return [_key(ring.clock, earlier) for earlier in _BANDS[: _BANDS.index(band)]]


def _subjects(rings: Sequence[Ring]) -> set[str]:
    return {str(ring.clock.petition_id) for ring in rings}


def _as_told(ring: Ring) -> PeriodTold:
    band = ring.told_as
    return PeriodTold(
        posts=ring.posts,
        kind=band.kind,
        key=_key(ring.clock, band),
        subject_id=str(ring.clock.petition_id),
        code=ring.clock.code,
        last_day=ring.clock.last_day,
        ways=ring.ways,
    )


def _facts_of(rings: Sequence[Ring]) -> dict[UUID, dict[str, Any]]:
    """Return what the audit says of each petition: which period reached which band, since when, and who was told."""
    facts: defaultdict[UUID, dict[str, list[Any]]] = defaultdict(lambda: {"periods": [], "posts": []})
    for ring in rings:
        since = f"{timezone.localtime(ring.since_at):%Y-%m-%d %H:%M}"
        of_petition = facts[ring.clock.petition_id]
        of_petition["periods"].append(f"{ring.clock.code} {ring.told_as.value} {since}")
        of_petition["posts"] += ring.posts
    return dict(facts)
