"""批示: signed by the leader himself, entered by his secretary from the paper, or said and confirmed (Q9, Q33)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from audit.parts import record
from cases.models import Petition
from cases.parts import lock_petition
from infra.files import Checked, store
from infra.models import StoredFile
from leadership import permissions as may
from leadership.instructions import (
    Order,
    free_decision,
    hold_back,
    leaders_of,
    open_answers,
    refuse_incomplete,
    refuse_over,
    settle_notices,
    signed_by,
    write,
)
from leadership.models import Instruction, Secretary
from leadership.states import InstructionSource, InstructionState
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind
from notices.parts import tell


@transaction.atomic(durable=True)
def sign_instruction(petition_id: UUID, order: Order, *, by: Hat, now: datetime) -> Instruction:
    """Instruct as the leader himself. For ten seconds nothing is sent or shown, and he may undo it (Q33).

    What it asks of units are assignments: it shortens no right, extends no T5 and approves nothing (Q9).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is no leader's own: neither a secretary nor a deputy signs for him
    :raises OutOfTurn: if the petition is over
    :raises Refused: without words, or if a unit or the day cannot be
    """
    petition = lock_petition(petition_id, by)
    if not may.may_sign_instructions(by):
        raise NotAllowed(_("Only the leader signs, with his own account."))
    refuse_over(petition)
    organs = refuse_incomplete(petition, order, by=by, now=now)
    row = signed_by(by, petition, now=now)
    write(row, order, organs)
    facts = {"said": row.source, "organs": [organ.code for organ in organs]}
    record("petition.sign_instruction", petition, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def enter_instruction(
    petition_id: UUID,
    order: Order,
    *,
    leader_id: int,
    said_on: date,
    file: Checked,
    by: Hat,
    now: datetime,
) -> Instruction:
    """Enter what a leader wrote on paper, as his secretary, word for word and with its scan. It is marked as entered.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if the hat is not his secretary
    :raises OutOfTurn: if the petition is over
    :raises Refused: without words, for a day in the future, or if leader, unit or day cannot be
    """
    petition = lock_petition(petition_id, by)
    leader = _leader(petition, leader_id, now)
    if not _serves(by, leader, now):
        raise NotAllowed(_("Only a leader's own secretary enters what he wrote."))
    refuse_over(petition)
    if said_on > timezone.localdate(now):
        words = _("The day lies in the future.")
        raise Refused(words, fields={"said_on": words})
    organs = refuse_incomplete(petition, order, by=by, now=now)
    row = Instruction(
        petition=petition,
        leader=leader,
        author=leader.user,
        said_on=said_on,
        source=InstructionSource.SCANNED,
        scan=store(file, now=now),
        entered_by=by.post,
        person=by.user,
        entered_at=now,
    )
    hold_back(row, now=now)
    write(row, order, organs)
    facts = {"said": row.source, "leader": leader.pk, "organs": [organ.code for organ in organs]}
    record("petition.enter_instruction", petition, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def note_oral(
    petition_id: UUID,
    order: Order,
    *,
    leader_id: int,
    heard_at: datetime,
    heard_where: str,
    by: Hat,
    now: datetime,
) -> Instruction:
    """Note what a leader said, as whoever heard it, with time and place. It is none until he confirms it (Q33).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this post notes no instructions
    :raises OutOfTurn: if the petition is over
    :raises Refused: without words or place, for a moment in the future, or if leader, unit or day cannot be
    """
    petition = lock_petition(petition_id, by)
    if not may.may_note_oral(by):
        raise NotAllowed(_("Your post does not note what leaders say."))
    leader = _leader(petition, leader_id, now)
    refuse_over(petition)
    if heard_at > now:
        words = _("The moment lies in the future.")
        raise Refused(words, fields={"heard_at": words})
    if not heard_where.strip():
        raise Refused(_("Say where it was."), fields={"heard_where": _("Say where it was.")})
    organs = refuse_incomplete(petition, order, by=by, now=now)
    row = Instruction(
        petition=petition,
        leader=leader,
        author=leader.user,
        said_on=timezone.localdate(heard_at),
        source=InstructionSource.ORAL,
        heard_at=heard_at,
        heard_where=heard_where.strip(),
        entered_by=by.post,
        person=by.user,
        entered_at=now,
        state=InstructionState.NOTED,
    )
    write(row, order, organs)
    key = f"petition:{petition.pk}:oral:{row.pk}"
    tell([leader.pk], Kind.ORAL_TO_CONFIRM, key=key, subject_id=str(petition.pk), now=now)
    record("petition.note_oral", petition, by=by.actor, at=now, facts={"leader": leader.pk})
    return row


@transaction.atomic(durable=True)
def confirm_oral(instruction_id: UUID, *, by: Hat, now: datetime) -> Instruction:
    """Confirm as the leader what was noted in one's name: it goes out as his instruction after ten seconds (Q33).

    :raises Unknown: if this hat does not see the petition, or it was not noted in its name
    :raises NotAllowed: if it is no leader's own account
    :raises OutOfTurn: if it no longer waits, or the petition is over
    """
    petition, row = _to_confirm(instruction_id, by)
    refuse_over(petition)
    hold_back(row, now=now)
    row.confirmed_at = now
    row.save(update_fields=["state", "gives_at", "confirmed_at"])
    settle_notices(row, now=now)
    record("petition.confirm_oral", petition, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def decline_oral(instruction_id: UUID, *, words: str, by: Hat, now: datetime) -> Instruction:
    """Say as the leader that one did not say so: it never was an instruction.

    :raises Unknown: if this hat does not see the petition, or it was not noted in its name
    :raises NotAllowed: if it is no leader's own account
    :raises OutOfTurn: if it no longer waits
    :raises Refused: without words
    """
    petition, row = _to_confirm(instruction_id, by)
    _need(words, "words")
    row.state, row.ended_at, row.ended_by = InstructionState.DECLINED, now, by.post
    row.end_words = words.strip()
    row.save(update_fields=["state", "ended_at", "ended_by", "end_words"])
    settle_notices(row, now=now)
    record("petition.decline_oral", petition, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def undo_instruction(instruction_id: UUID, *, by: Hat, now: datetime) -> Instruction:
    """Take an instruction back within ten seconds: nothing was sent or shown to anybody (Q33).

    An oral one waits for confirmation again; a decision that it was made for waits again too.

    :raises Unknown: if this hat does not see the petition, or another person signed it
    :raises OutOfTurn: if the ten seconds are over
    """
    petition, row = _held(instruction_id, by)
    who = row.author_id if row.source == InstructionSource.ORAL else row.person_id
    if who != by.user.pk:
        raise Unknown(_("There is no such instruction."))
    if row.state != InstructionState.HELD or row.gives_at is None or row.gives_at <= now:
        raise OutOfTurn(_("The ten seconds are over: it has gone out and is never edited. Sign another one."))
    free_decision(row)
    if row.source == InstructionSource.ORAL:
        row.state, row.gives_at, row.confirmed_at = InstructionState.NOTED, None, None
    else:
        row.state, row.ended_at, row.ended_by = InstructionState.UNDONE, now, by.post
    row.save(update_fields=["state", "gives_at", "confirmed_at", "ended_at", "ended_by"])
    record("petition.undo_instruction", petition, by=by.actor, at=now, facts={"said": row.source})
    return row


@transaction.atomic(durable=True)
def complete_instruction(instruction_id: UUID, *, words: str, by: Hat, now: datetime) -> Instruction:
    """Close an instruction as the office, once every addressee has answered and each answer was verified.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if it was not given, is closed, or an answer is missing or not verified
    :raises Refused: without what was checked
    """
    petition, row = _held(instruction_id, by)
    if not may.may_close_instructions(by):
        raise NotAllowed(_("The office closes an instruction."))
    if row.state != InstructionState.GIVEN:
        raise OutOfTurn(_("This instruction stands elsewhere by now."))
    if open_answers(row):
        raise OutOfTurn(_("Not every unit has answered, or an answer has not been verified yet."))
    _need(words, "words")
    row.state, row.ended_at, row.ended_by = InstructionState.COMPLETED, now, by.post
    row.end_words = words.strip()
    row.save(update_fields=["state", "ended_at", "ended_by", "end_words"])
    settle_notices(row, now=now)
    record("petition.complete_instruction", petition, by=by.actor, at=now, facts={"said": row.source})
    return row


@transaction.atomic(durable=True)
def fetch_scan(instruction_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return the paper of an entered instruction, to who reads instructions whole; written down.

    :raises Unknown: if there is none for this hat
    """
    petition, row = _held(instruction_id, by)
    if row.scan is None or not may.reads_instructions(by):
        raise Unknown(_("There is no such paper."))
    record("petition.fetch_scan", petition, by=by.actor, at=now)
    return row.scan


def _held(instruction_id: UUID, by: Hat) -> tuple[Petition, Instruction]:
    """Return an instruction with its petition, both held, the petition first, for who sees the petition."""
    found = Instruction.objects.filter(pk=instruction_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such instruction."))
    petition = lock_petition(found, by)
    row = Instruction.objects.select_for_update(of=("self",)).select_related("scan").get(pk=instruction_id)
    row.petition = petition
    return petition, row


def _to_confirm(instruction_id: UUID, by: Hat) -> tuple[Petition, Instruction]:
    petition, row = _held(instruction_id, by)
    if row.leader_id != by.post.pk:
        raise Unknown(_("There is no such instruction."))
    if not may.may_sign_instructions(by) or row.author_id != by.user.pk:
        raise NotAllowed(_("Only the leader confirms it, with his own account."))
    if row.state != InstructionState.NOTED:
        raise OutOfTurn(_("It no longer waits for your word."))
    return petition, row


def _leader(petition: Petition, leader_id: int, now: datetime) -> Post:
    leader = leaders_of(petition, on=timezone.localdate(now)).filter(pk=leader_id).first()
    if leader is None:
        words = _("Choose a leader who has part in this petition.")
        raise Refused(words, fields={"leader": words})
    return leader


def _serves(by: Hat, leader: Post, now: datetime) -> bool:
    serving = Secretary.objects.serving(timezone.localdate(now))
    return by.acts_for is None and serving.filter(post=by.post, leader=leader).exists()


def _need(words: str, field: str) -> None:
    if not words.strip():
        message = _("Fill this in.")
        raise Refused(message, fields={field: message})
