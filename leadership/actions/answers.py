"""What whoever is asked does: sign for it, reply; and what whoever asked does with the reply."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments import parts
from assignments.models import Assignment
from assignments.states import Kind
from infra.files import Checked, store
from infra.models import StoredFile
from leadership import at_stations
from leadership import permissions as may
from leadership.asked import Matter, hold_matter, record_asked
from leadership.instructions import tell_if_answered
from leadership.models import Slip
from leadership.slips import reply_words
from leadership.states import Adopted
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

# what whoever asked it may take back with a reason, and the deed's name in the audit
TAKEN_BACK = {Kind.URGE: "take_back_urging", Kind.STATION: "take_back_from_station"}


@transaction.atomic(durable=True)
def receive(assignment_id: UUID, *, by: Hat, now: datetime) -> Assignment:
    """Sign for what is asked of one's organ or post.

    :raises Unknown: if it is asked of others, or the petition was sealed (Q2, Q6)
    :raises NotAllowed: if the person withdrew from the petition or is named in it (R-33)
    :raises OutOfTurn: if somebody signed for it
    """
    matter, assignment = _asked(assignment_id, by)
    parts.receive(assignment, by=by, now=now)
    record_asked("receive_slip", matter, assignment, by=by.actor, now=now, facts=_facts(assignment))
    return assignment


@transaction.atomic(durable=True)
def reply(
    assignment_id: UUID,
    *,
    words: str,
    adopted: Adopted | None = None,
    file: Checked | None = None,
    by: Hat,
    now: datetime,
) -> Assignment:
    """Say what was done, with a file if one shows it; to a recommendation also whether it is adopted (Art 40; R-51).

    :raises Unknown: if it is asked of others, or the petition was sealed (Q2, Q6)
    :raises NotAllowed: if the person withdrew from the petition or is named in it (R-33)
    :raises OutOfTurn: if nothing is owed on it, or it is a lifted matter, which is decided and not replied to
    :raises Refused: without words, or without whether it is adopted
    """
    matter, assignment = _asked(assignment_id, by)
    if assignment.kind == Kind.LIFTED:
        raise OutOfTurn(_("A lifted matter is taken, given back or lifted further."))
    slip = Slip.objects.select_for_update(of=("self",)).filter(assignment=assignment).first()
    reply_words(words, adopted, slip)
    parts.reply(assignment, words, by=by, now=now, file=store(file, now=now) if file else None)
    if slip is not None and slip.is_recommendation and adopted is not None:
        slip.adopted = adopted
        slip.save(update_fields=["adopted"])
    facts = {**_facts(assignment), "adopted": adopted or ""}
    record_asked("reply_slip", matter, assignment, by=by.actor, now=now, facts=facts)
    return assignment


@transaction.atomic(durable=True)
def fetch_reply(assignment_id: UUID, move_id: int, *, by: Hat, now: datetime) -> StoredFile:
    """Return the file of a reply to whoever is asked and to whoever asked; written down.

    :raises Unknown: if this hat is neither, the petition was sealed (Q2), or there is no such file
    """
    mine = Assignment.objects.asked_of(by).filter(pk=assignment_id)
    ours = Assignment.objects.asked_by(by).filter(pk=assignment_id)
    assignment = mine.first() or ours.first()
    if assignment is None:
        raise Unknown(_("There is no such assignment."))
    matter = hold_matter(UUID(assignment.subject_id))
    verifies = may.may_verify(by, assignment)
    if by.user.pk in matter.kept_out or not (verifies or mine.exists()):
        raise Unknown(_("There is no such assignment."))
    move = assignment.moves.select_related("file").filter(pk=move_id).first()
    if move is None or move.file is None:
        raise Unknown(_("There is no such file."))
    record_asked("fetch_reply", matter, assignment, by=by.actor, now=now, facts=_facts(assignment))
    return move.file


@transaction.atomic(durable=True)
def send_back(
    assignment_id: UUID, *, why: str, due_on: date | None = None, by: Hat, now: datetime
) -> Assignment:
    """Send a reply back: what is still missing, by the same day or a later one.

    :raises Unknown: if the hat's organ did not ask it, or the petition was sealed
    :raises NotAllowed: if this post does not verify
    :raises OutOfTurn: if no reply waits
    :raises Refused: without a reason, or for a day that cannot be
    """
    matter, assignment = _to_verify(assignment_id, by)
    parts.send_back(assignment, why, due_on=due_on, by=by, now=now, except_users=matter.kept_out)
    record_asked("send_back_reply", matter, assignment, by=by.actor, now=now, facts=_facts(assignment))
    return assignment


@transaction.atomic(durable=True)
def verify(assignment_id: UUID, *, words: str, by: Hat, now: datetime) -> Assignment:
    """Write that what was replied was looked at and is so: what was looked at, in words.

    :raises Unknown: if the hat's organ did not ask it, or the petition was sealed
    :raises NotAllowed: if this post does not verify, or the person wrote the reply
    :raises OutOfTurn: if no reply waits, or it is struck off on its list
    :raises Refused: without words
    """
    matter, assignment = _to_verify(assignment_id, by)
    if assignment.kind == Kind.LIST_ITEM:
        raise OutOfTurn(_("It is struck off on its list, with what was verified."))
    parts.verify(assignment, words, by=by, now=now)
    if matter.petition is not None:
        tell_if_answered(assignment, matter.petition, now=now)
        at_stations.shut_out(assignment, matter.petition, now=now)
    record_asked("verify_reply", matter, assignment, by=by.actor, now=now, facts=_facts(assignment))
    return assignment


@transaction.atomic(durable=True)
def take_back(assignment_id: UUID, *, reason: str, by: Hat, now: datetime) -> Assignment:
    """Take back an urging, or a petition from a station, with the reason; it is asked no longer. Slips are lifted.

    :raises Unknown: if the hat's organ did not ask it, or the petition was sealed
    :raises NotAllowed: if this post does not verify it
    :raises OutOfTurn: if it is neither of the two, or it ended
    :raises Refused: without a reason
    """
    matter, assignment = _to_verify(assignment_id, by)
    if assignment.kind not in TAKEN_BACK:
        raise OutOfTurn(_("An urging is taken back, or what a station was asked; a slip is lifted."))
    if not reason.strip():
        raise Refused(_("Say why."), fields={"reason": _("Say why.")})
    parts.cancel(assignment, reason, by=by, now=now)
    if matter.petition is not None:
        at_stations.shut_out(assignment, matter.petition, now=now)
    verb = TAKEN_BACK[Kind(assignment.kind)]
    record_asked(verb, matter, assignment, by=by.actor, now=now, facts=_of_unit(assignment))
    return assignment


def _asked(assignment_id: UUID, by: Hat) -> tuple[Matter, Assignment]:
    """Return what is asked of a hat with what it is about, both held, the matter first."""
    asked = (
        Assignment.objects.asked_of(by).filter(pk=assignment_id).values_list("subject_id", flat=True).first()
    )
    if asked is None:
        raise Unknown(_("There is no such assignment."))
    matter = hold_matter(UUID(asked))
    if by.user.pk in matter.kept_out:
        raise NotAllowed(_("You withdrew from this petition, or it names you (Art 28(3))."))
    return matter, parts.hold_asked_of(assignment_id, by)


def _to_verify(assignment_id: UUID, by: Hat) -> tuple[Matter, Assignment]:
    asked = (
        Assignment.objects.asked_by(by).filter(pk=assignment_id).values_list("subject_id", flat=True).first()
    )
    if asked is None:
        raise Unknown(_("There is no such assignment."))
    matter = hold_matter(UUID(asked))
    assignment = parts.hold(assignment_id)
    if not may.may_verify(by, assignment):
        raise NotAllowed(_("Your post does not verify replies."))
    return matter, assignment


def _facts(assignment: Assignment) -> dict[str, object]:
    """Return what the audit says of an answer: of what kind, and of which unit; a leader's own has none."""
    return {"asked": assignment.kind, **_of_unit(assignment)}


def _of_unit(assignment: Assignment) -> dict[str, object]:
    return {"organ": assignment.organ.code} if assignment.organ is not None else {}
