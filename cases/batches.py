"""Pieces of sweeps that see to many petitions in one transaction, each as its like for one petition writes it.

A night on which ten thousand periods pass takes seconds and not minutes. They refuse to work without a transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from cases.models import Handling, Petition, PetitionClock
from cases.states import UNLIT_CLOCKS, ClockCode
from deadlines.parts import Starting
from lib.copying import write_rows
from lib.transactions import require_transaction

# As `copy_next_due` writes it for one, onto the petition and onto the parts in it.
_NEAREST = """
UPDATE cases_petition AS petition
SET next_due_at = nearest.due_at, next_amber_at = nearest.amber_at
FROM (
    SELECT wanted.id, min(clock.due_at) AS due_at, min(clock.amber_at) AS amber_at
    FROM unnest(%(ids)s::uuid[]) AS wanted (id)
    LEFT JOIN cases_petitionclock AS clock
        ON clock.petition_id = wanted.id AND clock.met_at IS NULL AND clock.cancelled_at IS NULL
        AND clock.code <> ALL(%(unlit)s)
    GROUP BY wanted.id
) AS nearest
WHERE petition.id = nearest.id
    AND (petition.next_due_at, petition.next_amber_at) IS DISTINCT FROM (nearest.due_at, nearest.amber_at)
"""
_ONTO_PARTS = """
UPDATE cases_involvement AS part
SET next_due_at = petition.next_due_at
FROM cases_petition AS petition
WHERE petition.id = part.petition_id AND petition.id = ANY(%(ids)s) AND part.ended_at IS NULL
    AND part.next_due_at IS DISTINCT FROM petition.next_due_at
"""


@dataclass(frozen=True)
class Start:
    """A clock that starts for the organ that leads a handling, as `cases.handlings.start` takes it."""

    handling: Handling
    code: ClockCode
    event: str
    at: datetime
    set_day: date | None = None
    presumed: bool = False


def start_all(starts: Sequence[Start], *, now: datetime) -> None:
    """Start clocks of held petitions, and show the nearest day of each in the lists."""
    starting = Starting(PetitionClock)
    clocks = [
        starting.clock(
            one.code,
            started_at=one.at,
            event=one.event,
            now=now,
            set_day=one.set_day,
            presumed=one.presumed,
            petition=one.handling.petition,
            organ=one.handling.organ,
        )
        for one in starts
    ]
    write_rows(clocks)
    _copy_all_next_due({one.handling.petition_id for one in starts})


def _copy_all_next_due(petition_ids: Collection[UUID]) -> None:
    values: dict[str, Any] = {"ids": list(petition_ids), "unlit": sorted(UNLIT_CLOCKS)}
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, values)
        cursor.execute(_ONTO_PARTS, values)


def touch_all(petition_ids: Collection[UUID], *, now: datetime) -> None:
    """Give held petitions a new version, as `touch` does for one."""
    require_transaction("touch_all")
    Petition.objects.filter(pk__in=petition_ids).update(version=F("version") + 1, known_at=now)
