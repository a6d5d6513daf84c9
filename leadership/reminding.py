"""Telling of what is asked and comes to its day: a hundred at a time, each once for the last day it has."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from assignments.models import Assignment, AssignmentClock
from assignments.parts import DayCome, hold_assignments, tell_of_their_days
from assignments.states import Kind
from audit.parts import Actor, record_each
from cases.models import Petition
from deadlines.parts import ring_all
from infra.sweep_runs import Tally
from leadership.asked import of_no_petition
from leadership.matters import Matters

_SYSTEM = Actor(words="clock")
_BATCH = 100

# clock, the key of what is asked about, when it rings
Ringing = tuple[int, str, datetime]


def remind_of_asked(*, now: datetime, tally: Tally) -> int:
    """Tell of what is asked whose day comes near or has passed: each once for its last day. Return how many.

    One walk along the index over next alarms, as for periods of petitions; the breach is written as it happens.
    """
    told = 0
    after: Ringing | None = None
    while batch := _ringing(after, now=now):
        told += _ring(batch, tally, now=now)
        after = batch[-1]
    return told


def _ringing(after: Ringing | None, *, now: datetime) -> list[Ringing]:
    # of events the room of grids tells
    due = AssignmentClock.objects.due(now).exclude(assignment__kind=Kind.EVENT)
    if after is not None:
        key, _subject, alarm_at = after
        due = due.filter(Q(next_alarm_at=alarm_at, pk__gt=key) | Q(next_alarm_at__gt=alarm_at))
    return [
        (key, subject_id, alarm_at)
        for key, subject_id, alarm_at in due.values_list("pk", "assignment__subject_id", "next_alarm_at")[
            :_BATCH
        ]
        if alarm_at is not None
    ]


@transaction.atomic(durable=True)
def _ring(batch: Sequence[Ringing], tally: Tally, *, now: datetime) -> int:
    """Tell of one batch, the petitions held before what is asked on them. Return of how many."""
    subjects = {subject_id for _key, subject_id, _alarm_at in batch}
    of_themselves = of_no_petition(subjects)
    matters = Matters([UUID(subject) for subject in subjects - of_themselves], now=now)
    due = AssignmentClock.objects.due(now).filter(pk__in=[key for key, _subject, _alarm_at in batch])
    held = hold_assignments(due).select_for_update(of=("self",))
    clocks: list[AssignmentClock] = []
    come: list[DayCome] = []
    about: list[Petition | None] = []
    for clock in held.select_related("assignment__organ", "assignment__post", "assignment__asking_organ"):
        assignment = clock.assignment
        petition = matters.in_open_lane(UUID(assignment.subject_id))
        if petition is None and assignment.subject_id not in of_themselves:
            continue
        clocks.append(clock)
        passed = clock.due_at is not None and clock.due_at <= now
        if assignment.is_owed and (passed or clock.urge_at <= now):
            kept_out = matters.users_kept_out(petition) if petition is not None else set()
            come.append(DayCome(assignment, passed, kept_out))
            about.append(petition)
    tell_of_their_days(come, now=now)
    _record(come, about, now=now)
    ring_all(clocks, now=now)
    tally.skip("held_or_ended", len(batch) - len(come))
    return len(come)


def _record(come: Sequence[DayCome], about: Sequence[Petition | None], *, now: datetime) -> None:
    """Write it into the audit: on the petition, on the assignment itself where it concerns none."""
    petitions = [
        (petition.pk, _facts(one)) for one, petition in zip(come, about, strict=True) if petition is not None
    ]
    others = [
        (one.assignment.pk, _facts(one))
        for one, petition in zip(come, about, strict=True)
        if petition is None
    ]
    record_each("petition.remind_of_asked", Petition, petitions, by=_SYSTEM, at=now)
    record_each("assignment.remind_of_asked", Assignment, others, by=_SYSTEM, at=now)


def _facts(one: DayCome) -> dict[str, object]:
    last_day = one.assignment.clock.last_day
    return {"asked": one.assignment.kind, "due_on": last_day and last_day.isoformat()}
