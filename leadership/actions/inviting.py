"""约访: a leader offers a petitioner a talk, who may decline without a reason and without a consequence (Q35)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from accounts.roles import Role
from audit.parts import record
from cases.models import Petition
from cases.parts import lock_petition, users_kept_out
from leadership import permissions as may
from leadership.models import Invitation
from leadership.parts import organs_kept_out
from leadership.queues import MOST_PERSONS
from leadership.reception_states import INVITED, InvitationState, Told
from leadership.trips import serves_leader
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

# what the petitioner says to it; the office alone takes one back
ANSWERS = frozenset({InvitationState.ACCEPTED, InvitationState.DECLINED})


@dataclass(frozen=True, kw_only=True)
class Offered:
    """When and where the talk is, and how the petitioner was told of it."""

    day: date
    begins: time
    place: str
    told: Told


@transaction.atomic(durable=True)
def invite(petition_id: UUID, offered: Offered, *, leader_id: int, by: Hat, now: datetime) -> Invitation:
    """Write down that a leader offered the petitioner a talk.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the leader, nor his secretary, nor the office
    :raises OutOfTurn: if the petition is over, or an offer of this leader stands
    :raises Refused: without a place, for a day that has passed, or for a leader who is to be kept from it
    """
    petition = lock_petition(petition_id, by)
    leader = _leader(petition, leader_id, by, now)
    if not petition.is_open:
        raise OutOfTurn(_("This petition is over."))
    if Invitation.objects.filter(petition=petition, post=leader, state__in=sorted(INVITED)).exists():
        raise OutOfTurn(_("An invitation of this leader stands already."))
    faults: dict[str, str] = {}
    if not offered.place.strip():
        faults["place"] = _("Fill this in.")
    if offered.day < timezone.localdate(now):
        faults["day"] = _("The day has passed.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = Invitation.objects.create(
        petition=petition,
        post=leader,
        day=offered.day,
        begins=offered.begins,
        place=offered.place.strip(),
        told=offered.told,
        invited_at=now,
        invited_by=by.post,
    )
    facts = {"on": offered.day.isoformat(), "to_post": leader.pk}
    record("petition.invite", petition, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def answer_invitation(invitation_id: UUID, answer: InvitationState, *, by: Hat, now: datetime) -> Invitation:
    """Write what the petitioner said to it. The audit does not say which: declining leaves no trace but this line.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the leader, nor his secretary, nor the office
    :raises OutOfTurn: if it does not stand any more
    :raises Refused: for anything but an answer
    """
    petition, row = _standing(invitation_id, by, now)
    if answer not in ANSWERS:
        raise Refused(_("Choose one."), {"answer": _("Choose one.")})
    _end(row, answer, now)
    record("petition.answer_invitation", petition, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def withdraw_invitation(invitation_id: UUID, *, by: Hat, now: datetime) -> Invitation:
    """Take an offer back.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the leader, nor his secretary, nor the office
    :raises OutOfTurn: if it does not stand any more
    """
    petition, row = _standing(invitation_id, by, now)
    _end(row, InvitationState.WITHDRAWN, now)
    record("petition.withdraw_invitation", petition, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def note_invited_talk(invitation_id: UUID, *, persons: int, words: str, by: Hat, now: datetime) -> Invitation:
    """Write that the talk was held, with how many, and what was said. No names of petitioners.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither the leader, nor his secretary, nor the office
    :raises OutOfTurn: if it does not stand any more, or its day lies ahead
    :raises Refused: without words or persons
    """
    petition, row = _standing(invitation_id, by, now)
    if row.day > timezone.localdate(now):
        raise OutOfTurn(_("Its day lies ahead."))
    faults: dict[str, str] = {}
    if not words.strip():
        faults["words"] = _("Fill this in.")
    if not 1 <= persons <= MOST_PERSONS:
        faults["persons"] = _("Write how many persons come, %(most)d at most.") % {"most": MOST_PERSONS}
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    row.persons, row.words = persons, words.strip()
    _end(row, InvitationState.HELD, now, "persons", "words")
    record("petition.note_invited_talk", petition, by=by.actor, at=now, facts={"on": row.day.isoformat()})
    return row


def _leader(petition: Petition, leader_id: int, by: Hat, now: datetime) -> Post:
    held = Post.objects.held_on(timezone.localdate(now)).filter(pk=leader_id, role=Role.LEADER)
    if not may.writes_trips_of(by, leader_id, serves=serves_leader(by, leader_id, now)):
        raise NotAllowed(_("Only the leader, his secretary and the office write here."))
    fit = held.exclude(user__in=users_kept_out(petition)).exclude(organ__in=organs_kept_out(petition))
    leader = fit.first()
    if leader is None:
        words = _("This leader cannot receive on this petition. Choose another one.")
        raise Refused(words, fields={"leader": words})
    return leader


def _standing(invitation_id: UUID, by: Hat, now: datetime) -> tuple[Petition, Invitation]:
    found = Invitation.objects.filter(pk=invitation_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such invitation."))
    petition = lock_petition(found, by)
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
    if not may.writes_trips_of(by, row.post_id, serves=serves_leader(by, row.post_id, now)):
        raise NotAllowed(_("Only the leader, his secretary and the office write here."))
    if row.state not in INVITED:
        raise OutOfTurn(_("This invitation does not stand any more."))
    return petition, row


def _end(row: Invitation, state: InvitationState, now: datetime, *names: str) -> None:
    row.state, row.answered_at = state, now
    row.save(update_fields=["state", "answered_at", *names])
