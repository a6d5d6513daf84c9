"""领导阅批来信: letters chosen for a leader to read on a day (seeds-map 99; Q35)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.parts import lock_petition
from cases.states import Channel
from leadership import permissions as may
from leadership.instructions import leaders_of
from leadership.models import LetterReading, Secretary
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind
from notices.parts import settle, tell

# what comes in writing to be read
LETTERS = frozenset({Channel.LETTER, Channel.WEB, Channel.LEADER_MAILBOX})


@transaction.atomic(durable=True)
def choose_letter(
    petition_id: UUID, *, leader_id: int, why: str = "", by: Hat, now: datetime
) -> LetterReading:
    """Choose a letter for a leader to read today.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the office nor his secretary
    :raises OutOfTurn: if it did not come in writing, or was chosen for him already
    :raises Refused: if the leader has no part in the petition
    """
    petition = lock_petition(petition_id, by)
    today = timezone.localdate(now)
    serves = Secretary.objects.serving(today).filter(post=by.post, leader=leader_id).exists()
    if not (serves or may.may_place(by)):
        raise NotAllowed(_("The office and his secretary choose what a leader reads."))
    if petition.channel not in LETTERS or petition.is_void:
        raise OutOfTurn(_("Only what came in writing is read as a letter."))
    leader = leaders_of(petition, on=today).filter(pk=leader_id).first()
    if leader is None:
        words = _("Choose a leader who has part in this petition.")
        raise Refused(words, fields={"leader": words})
    if LetterReading.objects.filter(petition=petition, leader=leader).exists():
        raise OutOfTurn(_("It was chosen for him already."))
    row = LetterReading.objects.create(
        petition=petition, leader=leader, chosen_on=today, why=why.strip(), chosen_by=by.post, chosen_at=now
    )
    key = f"petition:{petition.pk}:letter:{row.pk}"
    tell([leader.pk], Kind.LETTER_CHOSEN, key=key, subject_id=str(petition.pk), now=now)
    record("petition.choose_letter", petition, by=by.actor, at=now, facts={"leader": leader.pk})
    return row


@transaction.atomic(durable=True)
def read_letter(petition_id: UUID, *, by: Hat, now: datetime) -> LetterReading:
    """Mark a letter as read by the leader himself (阅批); an instruction on it is another deed.

    :raises Unknown: if this hat does not see the petition, or it was not chosen for it
    :raises NotAllowed: if it is no leader's own account
    :raises OutOfTurn: if it is read already
    """
    petition = lock_petition(petition_id, by)
    row = LetterReading.objects.select_for_update().filter(petition=petition, leader=by.post).first()
    if row is None:
        raise Unknown(_("There is no such letter."))
    if not may.may_sign_instructions(by):
        raise NotAllowed(_("Only the leader marks it as read, with his own account."))
    if row.read_at is not None:
        raise OutOfTurn(_("It is read already."))
    row.read_at = now
    row.save(update_fields=["read_at"])
    settle(str(petition.pk), f"petition:{petition.pk}:letter:{row.pk}", now=now)
    record("petition.read_letter", petition, by=by.actor, at=now)
    return row
