"""Taking what a phone submits: once each, in one transaction with the receipt that says so (Q3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from grids.diary_steps import NewNote, file_note
from grids.event_parts import hold_event, seats_of
from grids.event_states import EventState
from grids.filing import NewEvent
from grids.ground_steps import file_direct_report, file_event
from grids.models import GridEvent, Round
from grids.round_parts import hold_round, lock_round
from grids.round_steps import RoundReport, look_over, look_over_too
from grids.workflow import may_take
from infra.idempotency import serialise
from mobile.models import Conflict, Receipt
from mobile.parts import receipt_of
from mobile.rules import answer_to
from mobile.states import STEP_OF, Answer
from mobile.steps import PARTS
from mobile.submissions import Submission, TooEarly, refuse_other_sender

# a note that lay longer on a phone is of the day it came
_OLDEST_NOTE = timedelta(days=30)


@dataclass(frozen=True)
class Taken:
    """The receipt of a submission, and whether it had come before."""

    receipt: Receipt
    before: bool


@transaction.atomic(durable=True)
def take_report(sent: Submission, new: NewEvent, *, by: Hat, now: datetime) -> Taken:
    """Take a new event that a phone reports under the key of the event itself.

    If the round it was found in was reported or ended meanwhile, it is taken without it: what was seen is not lost.

    :raises OtherSender: if somebody else wrote it, or under another post
    :raises Unknown: if this hat does not work in the grid, or the key is somebody else's
    :raises NotAllowed: if this hat reports no events
    :raises Refused: if something is missing, the type is over, or it was seen too long ago
    """
    if known := _known(sent, by):
        return known
    answer = Answer.APPLIED
    if new.round_id and not _round_waits(new.round_id, by):
        new, answer = replace(new, round_id=None), Answer.SOFT
    event = file_event(sent.client_id, new, by=by, now=now)
    return Taken(_receipt(sent, answer, event=event, now=now), before=False)


def _round_waits(round_id: UUID, by: Hat) -> bool:
    """Test if what is found can still be entered in a round: somebody may have reported or ended it meanwhile."""
    row = lock_round(round_id, by)
    return row.done_at is None and row.plan.ended_at is None


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
    _refuse_too_early(sent, by)
    event = hold_event(sent.subject_id, by)
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
    return Taken(_receipt(sent, answer, event=event, now=now), before=False)


@transaction.atomic(durable=True)
def take_round(sent: Submission, *, looked_at: Sequence[str], zero: bool, by: Hat, now: datetime) -> Taken:
    """Take the report of a round; if somebody reported it meanwhile, it stands beside that report.

    The round counts as done when the phone's clock says so, if that can be believed.

    :raises OtherSender: if somebody else wrote it, or under another post
    :raises TooEarly: if what was found in it has not come yet
    :raises Unknown: if this hat knows of no such round, or the key is somebody else's
    :raises NotAllowed: if it does not look over the grid
    :raises OutOfTurn: if the rounds were ended
    :raises Refused: if something was left out without a word, or finds and zero report do not agree
    """
    if known := _known(sent, by):
        return known
    _refuse_too_early(sent, by)
    row = lock_round(sent.subject_id, by)
    report = RoundReport(
        looked_at=looked_at,
        zero=zero,
        words=sent.words,
        done_at=sent.happened_at(now, earliest=row.opened_at),
        received_at=now,
    )
    if row.done_at is not None:
        look_over_too(row, report, by=by, now=now)
        return Taken(_receipt(sent, Answer.SOFT, over=row, now=now), before=False)
    look_over(hold_round(row.pk, by), report, by=by, now=now)
    return Taken(_receipt(sent, Answer.APPLIED, over=row, now=now), before=False)


@transaction.atomic(durable=True)
def take_note(sent: Submission, new: NewNote, *, by: Hat, now: datetime) -> Taken:
    """Take a note of the diary under the submission's key; its days run from when it was written.

    :raises OtherSender: if somebody else wrote it, or under another post
    :raises Unknown: if this hat does not work in the grid, or the key is somebody else's
    :raises Refused: if something is missing, or names, numbers or doors stand in it
    """
    if known := _known(sent, by):
        return known
    written_at = sent.happened_at(now, earliest=now - _OLDEST_NOTE)
    file_note(sent.client_id, new, written_at=written_at, by=by, now=now)
    return Taken(_receipt(sent, Answer.APPLIED, now=now), before=False)


def _refuse_too_early(sent: Submission, by: Hat) -> None:
    if sent.follows and not Receipt.objects.filter(pk=sent.follows, post=by.post).exists():
        raise TooEarly(_("What this follows has not come yet."))


def _known(sent: Submission, by: Hat) -> Taken | None:
    """Return the receipt if it came before; whoever sends it at the same moment waits here.

    :raises OtherSender: if somebody else wrote it, or under another post
    :raises Unknown: if the key is somebody else's
    """
    refuse_other_sender(sent.user_id, sent.post_id, by)
    serialise(sent.client_id)
    receipt = receipt_of(sent.client_id, by)
    return Taken(receipt, before=True) if receipt else None


def _receipt(
    sent: Submission,
    answer: Answer,
    *,
    event: GridEvent | None = None,
    over: Round | None = None,
    now: datetime,
) -> Receipt:
    return Receipt.objects.create(
        id=sent.client_id,
        kind=sent.kind,
        answer=answer,
        event=event,
        round=over,
        user_id=sent.user_id,
        post_id=sent.post_id,
        seen_version=sent.seen_version if sent.kind in STEP_OF else None,
        observed_at=sent.observed_at,
        received_at=now,
        clock_behind=round(sent.clock_behind.total_seconds()),
    )


def _keep(sent: Submission, event: GridEvent, by: Hat, now: datetime) -> Receipt:
    """Keep a submission beside what was written meanwhile; the event stays as it is."""
    receipt = _receipt(sent, Answer.HARD, event=event, now=now)
    Conflict.objects.create(
        receipt=receipt, words=sent.words.strip(), version=event.version, state=event.state
    )
    record("submission.keep", event, by=by.actor, at=now)
    return receipt
