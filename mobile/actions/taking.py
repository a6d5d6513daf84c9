"""Taking what a phone submits: once each, in one transaction with the receipt that says so (Q3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from grids.event_parts import hold_event, seats_of
from grids.event_states import EventState
from grids.filing import NewEvent
from grids.ground_steps import file_direct_report, file_event
from grids.models import GridEvent
from grids.workflow import may_take
from infra.idempotency import serialise
from mobile.models import Conflict, Receipt
from mobile.parts import receipt_of
from mobile.rules import answer_to
from mobile.states import STEP_OF, Answer, Kind
from mobile.steps import PARTS
from mobile.submissions import Submission, TooEarly, refuse_other_sender


@dataclass(frozen=True)
class Taken:
    """The receipt of a submission, and whether it had come before."""

    receipt: Receipt
    before: bool


@transaction.atomic(durable=True)
def take_report(sent: Submission, new: NewEvent, *, by: Hat, now: datetime) -> Taken:
    """Take a new event that a phone reports under the key of the event itself.

    :raises OtherSender: if somebody else wrote it, or under another post
    :raises Unknown: if this hat does not work in the grid, or the key is somebody else's
    :raises NotAllowed: if this hat reports no events
    :raises Refused: if something is missing, the type is over, or it was seen too long ago
    """
    if known := _known(sent, by):
        return known
    event = file_event(sent.client_id, new, by=by, now=now)
    return Taken(_receipt(sent, event, Answer.APPLIED, now=now), before=False)


@transaction.atomic(durable=True)
def take_direct_report(sent: Submission, new: NewEvent, *, by: Hat, now: datetime) -> bool:
    """Take what names a cadre to the petition office alone; return if it is new there (Q3).

    No receipt is written: only the sealed words say who sent it (protection §2.7).

    :raises OtherSender: if somebody else wrote it, or under another post
    :raises Unknown: if this hat does not work in the grid, or the key is an event's
    :raises NotAllowed: if this hat reports no events
    :raises Refused: if something is missing, it was seen too long ago, or no office is there to take it
    """
    refuse_other_sender(sent.user_id, sent.post_id, by)
    return file_direct_report(sent.client_id, new, by=by, now=now)


@transaction.atomic(durable=True)
def take_step(sent: Submission, *, by: Hat, now: datetime) -> Taken:
    """Take a step on an event as the phone saw it; where somebody moved it meanwhile, keep it for a human.

    :raises OtherSender: if somebody else wrote it, or under another post
    :raises TooEarly: if what it follows has not come yet
    :raises Unknown: if this hat knows of no such event, or the key is somebody else's
    :raises NotAllowed: if the step is not this hat's
    :raises OutOfTurn: if it does not follow from the version it saw
    :raises Refused: without words
    """
    if known := _known(sent, by):
        return known
    if sent.follows and not Receipt.objects.filter(pk=sent.follows, post=by.post).exists():
        raise TooEarly(_("What this follows has not come yet."))
    event = hold_event(sent.event_id, by)
    step = STEP_OF[sent.kind]
    answer = answer_to(
        sent.kind,
        seen_version=sent.seen_version,
        version=event.version,
        follows=may_take(step, seats_of(by, event), EventState(event.state)),
    )
    if answer is Answer.HARD:
        return Taken(_keep(sent, event, by, now), before=False)
    facts: dict[str, Any] = {
        "words": sent.words,
        "observed_at": sent.observed_at,
        "client_id": sent.client_id,
    }
    event = PARTS[sent.kind](event.pk, **facts, by=by, now=now)
    return Taken(_receipt(sent, event, answer, now=now), before=False)


def _known(sent: Submission, by: Hat) -> Taken | None:
    """Return the receipt if it came before; whoever sends it at the same moment waits here.

    :raises OtherSender: if somebody else wrote it, or under another post
    :raises Unknown: if the key is somebody else's
    """
    refuse_other_sender(sent.user_id, sent.post_id, by)
    serialise(sent.client_id)
    receipt = receipt_of(sent.client_id, by)
    return Taken(receipt, before=True) if receipt else None


def _receipt(sent: Submission, event: GridEvent, answer: Answer, *, now: datetime) -> Receipt:
    return Receipt.objects.create(
        id=sent.client_id,
        kind=sent.kind,
        answer=answer,
        event=event,
        user_id=sent.user_id,
        post_id=sent.post_id,
        seen_version=None if sent.kind is Kind.REPORT else sent.seen_version,
        observed_at=sent.observed_at,
        received_at=now,
        clock_behind=round(sent.clock_behind.total_seconds()),
    )


def _keep(sent: Submission, event: GridEvent, by: Hat, now: datetime) -> Receipt:
    """Keep a submission beside what was written meanwhile; the event stays as it is."""
    receipt = _receipt(sent, event, Answer.HARD, now=now)
    Conflict.objects.create(
        receipt=receipt, words=sent.words.strip(), version=event.version, state=event.state
    )
    record("submission.keep", event, by=by.actor, at=now)
    return receipt
