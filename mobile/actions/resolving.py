"""Deciding where a phone and somebody else wrote of one event; nothing of either is ever thrown away."""

from datetime import datetime

from django.db import transaction

from accounts.hats import Hat
from audit.parts import record
from grids.event_parts import hold_event
from mobile.finding import conflict_of
from mobile.models import Conflict
from mobile.parts import hang_waiting, hold_conflict
from mobile.states import Choice, Kind
from mobile.steps import PARTS


@transaction.atomic(durable=True)
def resolve_conflict(conflict_id: int, *, choice: Choice, version: int, by: Hat, now: datetime) -> Conflict:
    """Decide: the words go into the record, or the step is taken as the event stands now, or all stays as it is.

    Whoever decides answers for it: the record names him and the moment the phone saw it.

    :raises Unknown: if this hat knows of no such conflict
    :raises Stale: if somebody wrote on the event since the page was drawn (Q32)
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if somebody decided it, or the step no longer follows
    """
    # the event is locked before what hangs on it
    event = hold_event(conflict_of(by, conflict_id).event.pk, by, version=version)
    conflict = hold_conflict(conflict_id)
    receipt = conflict.receipt
    if choice is not Choice.THEIRS:
        part = PARTS[Kind.PROGRESS if choice is Choice.NOTE else Kind(receipt.kind)]
        event = part(
            event.pk,
            words=conflict.words,
            observed_at=receipt.observed_at,
            client_id=receipt.pk,
            by=by,
            now=now,
        )
        hang_waiting(receipt, event, by=by, now=now)
    conflict.choice, conflict.settled_at, conflict.settled_by = choice, now, by.post
    conflict.save(update_fields=["choice", "settled_at", "settled_by"])
    record(f"submission.{choice}", event, by=by.actor, at=now)
    return conflict
