"""Votes, conclusion, promises and signatures of a hearing, its frozen record, and what of it is published."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from assignments.models import ANSWERS
from assignments.parts import ask
from assignments.states import Kind as Asked
from audit.parts import record
from cases.parts import users_kept_out
from cases.remedies.parts import count_again_after_hearing
from hearings import permissions as may
from hearings.arithmetic import carried
from hearings.models import Commitment, Hearing, Seat, StepRun
from hearings.papers import issue_record, issue_report
from hearings.parts import hold_arranged, hold_hearing, move_on, need, standing_seats
from hearings.records import digest_of, frozen_record, names_of
from hearings.states import HearingState, SeatRole, Step, Vote
from leadership.parts import organs_kept_out
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.masking import mask_text

_FURTHEST_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """What a hearing came to: facts, disputes, the panel's view, what is recommended by which rule."""

    outcome: Vote
    facts: str
    disputes: str
    basis: str
    announced: bool


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a unit promises at a hearing: what, who answers for it, by which day."""

    words: str
    organ_id: int
    responsible_id: int
    due_on: date


@transaction.atomic(durable=True)
def note_vote(hearing_id: UUID, *, seat_id: int, vote: Vote, words: str = "", by: Hat, now: datetime) -> Seat:
    """Write how a panel member voted; who does not simply support says why, so that dissent is kept with its reasons.

    :raises Unknown: if this hat does not read it, or no panel member who came has this seat
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if the panel does not deliberate
    :raises Refused: without the reason of another vote than support
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.OPEN})
    if hearing.step != Step.DELIBERATION:
        raise OutOfTurn(_("The panel votes when it deliberates."))
    seat = hearing.seats.filter(pk=seat_id, role=SeatRole.PANEL, came=True, left_at=None).first()
    if seat is None:
        raise Unknown(_("No panel member who came has this seat."))
    seat.vote_words = words.strip() if vote == Vote.SUPPORT else need(words, "words")
    seat.vote, seat.voted_at = vote, now
    seat.save(update_fields=["vote", "vote_words", "voted_at"])
    record("hearing.note_vote", hearing, by=by.actor, at=now)
    return seat


@transaction.atomic(durable=True)
def promise(hearing_id: UUID, made: Promise, *, by: Hat, now: datetime) -> Commitment:
    """Write what a unit promises; it is asked of it as soon as the record is closed.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: before the panel deliberates, or once the record is closed
    :raises Refused: without words, a unit of today, a person of it, or a day ahead
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.OPEN, HearingState.CONCLUDED})
    if hearing.step is None or hearing.step < Step.COMMENTS:
        raise OutOfTurn(_("What is promised is written when the panel comments and after."))
    words = need(made.words, "words")
    organ, responsible = _promises(hearing, made, now=now)
    row = Commitment.objects.create(
        hearing=hearing,
        words=words,
        organ=organ,
        responsible=responsible,
        due_on=made.due_on,
        noted_by=by.post,
        noted_at=now,
    )
    facts = {"organ": organ.code, "due_on": made.due_on.isoformat()}
    record("hearing.promise", hearing, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def drop_promise(hearing_id: UUID, *, commitment_id: UUID, by: Hat, now: datetime) -> None:
    """Take a promise out of a record that nobody has signed yet.

    :raises Unknown: if this hat does not read it, or there is no such promise
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if somebody signed, or the record is closed
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.OPEN, HearingState.CONCLUDED})
    if hearing.seats.filter(signed_at__isnull=False).exists():
        raise OutOfTurn(_("Somebody has signed the record."))
    row = hearing.commitments.filter(pk=commitment_id).first()
    if row is None:
        raise Unknown(_("Nothing of the kind was promised."))
    row.delete()
    record("hearing.drop_promise", hearing, by=by.actor, at=now)


@transaction.atomic(durable=True)
def conclude(hearing_id: UUID, conclusion: Conclusion, *, by: Hat, now: datetime) -> Hearing:
    """Write the conclusion the panel's votes carry. It is no handling opinion: that is issued apart (hearing.md §7).

    A re-examination counts on from the next day, and its opinion says what the hearing came to (Art 36(2); D20).

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: before the announcement
    :raises Refused: for a conclusion other votes outnumber, or without facts and legal basis
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.OPEN})
    if hearing.step != Step.ANNOUNCEMENT:
        raise OutOfTurn(_("The conclusion comes when the panel has voted."))
    votes = [Vote(seat.vote) for seat in standing_seats(hearing) if seat.vote]
    if conclusion.outcome not in carried(votes):
        words = _("More members of the panel voted for something else.")
        raise Refused(words, fields={"outcome": words})
    hearing.facts, hearing.basis = need(conclusion.facts, "facts"), need(conclusion.basis, "basis")
    hearing.outcome, hearing.disputes = conclusion.outcome, conclusion.disputes.strip()
    hearing.announced, hearing.concluded_at = conclusion.announced, now
    hearing.state = HearingState.CONCLUDED
    move_on(hearing, Step.SIGNING, now=now)
    fields = ("facts", "basis", "outcome", "disputes", "announced", "concluded_at", "state", "step")
    hearing.save(update_fields=fields)
    count_again_after_hearing(
        hearing.petition,
        hearing.pk,
        until=timezone.localdate(now),
        conclusion=f"{hearing.facts}\n{hearing.basis}",
        now=now,
    )
    facts = {"announced": conclusion.announced}
    record("petition.conclude_hearing", hearing.petition, by=by.actor, at=now, facts=facts)
    return hearing


@transaction.atomic(durable=True)
def sign_record(hearing_id: UUID, *, seat_id: int, refused_why: str = "", by: Hat, now: datetime) -> Seat:
    """Write that somebody signed the record, or refused to, with why; a promise without a person is not signed.

    :raises Unknown: if this hat does not read it, or nobody who came has this seat
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if it is not concluded, signed already, or a promise has nobody who answers for it
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.CONCLUDED})
    if hearing.commitments.filter(responsible=None).exists():
        raise OutOfTurn(_("Nobody answers for a promise yet."))
    seat = hearing.seats.filter(pk=seat_id, came=True, left_at=None).first()
    if seat is None:
        raise Unknown(_("Nobody who came has this seat."))
    if seat.signed_at is not None:
        raise OutOfTurn(_("This signature is written."))
    seat.signed_at, seat.refused_why = now, refused_why.strip()
    seat.save(update_fields=["signed_at", "refused_why"])
    facts = {"seat": seat.role, "signed": not seat.refused_why}
    record("hearing.sign_record", hearing, by=by.actor, at=now, facts=facts)
    return seat


@transaction.atomic(durable=True)
def close_hearing(hearing_id: UUID, *, by: Hat, now: datetime) -> Hearing:
    """Close a hearing all have signed or refused: its record is frozen with its hash, each promise asked of its unit.

    Record and report are issued as papers of the case (D21).

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not lead through it
    :raises OutOfTurn: if a signature is missing, or the day of a promise has come
    """
    hearing = hold_arranged(hearing_id, by, {HearingState.CONCLUDED})
    if any(seat.came and seat.signed_at is None for seat in standing_seats(hearing)):
        raise OutOfTurn(_("A signature is missing: write it, or that it was refused."))
    rows = list(hearing.commitments.select_related("organ", "responsible").order_by("pk"))
    if any(row.due_on <= timezone.localdate(now) for row in rows):
        raise OutOfTurn(_("The day of a promise has come meanwhile."))
    StepRun.objects.filter(hearing=hearing, ended_at=None).update(ended_at=now)
    for row in rows:
        _ask(row, hearing, by=by, now=now)
    hearing.frozen = frozen_record(hearing)
    hearing.digest, hearing.closed_at = digest_of(hearing.frozen), now
    hearing.state = HearingState.CLOSED
    hearing.save(update_fields=["frozen", "digest", "closed_at", "state"])
    issue_record(hearing, by=by, now=now)
    issue_report(hearing, by=by, now=now)
    facts = {"count": len(rows)}
    record("petition.close_hearing", hearing.petition, by=by.actor, at=now, facts=facts)
    return hearing


@transaction.atomic(durable=True)
def publish(hearing_id: UUID, *, words: str, by: Hat, now: datetime) -> Hearing:
    """Publish what is left of a public hearing once every name and number of the petition's people is covered.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it is no head of the organ that held it, or it was not public, or is published
    :raises OutOfTurn: if it is not closed
    :raises Refused: if the words name somebody of the petition or hold a number of a person
    """
    hearing = hold_hearing(hearing_id, by, {HearingState.CLOSED})
    if not may.may_publish(by, hearing):
        raise NotAllowed(_("A head of the organ publishes a public hearing, once."))
    text = need(words, "words")
    if mask_text(text, names=names_of(hearing.petition).values()) != text:
        refusal = _("It names somebody of the petition or holds a number of a person: cover it.")
        raise Refused(refusal, fields={"words": refusal})
    hearing.published_words, hearing.published_at, hearing.publisher = text, now, by.user
    hearing.save(update_fields=["published_words", "published_at", "publisher"])
    record("petition.publish_hearing", hearing.petition, by=by.actor, at=now)
    return hearing


def _promises(hearing: Hearing, made: Promise, *, now: datetime) -> tuple[Organ, Post]:
    today = timezone.localdate(now)
    faults: dict[str, str] = {}
    organ = Organ.objects.current().filter(pk=made.organ_id).first()
    if organ is None or organ.pk in organs_kept_out(hearing.petition):
        faults["organ"] = _("Choose a unit of today that the petition does not name.")
    held = Post.objects.held_on(today).filter(pk=made.responsible_id, organ=organ, role__in=sorted(ANSWERS))
    responsible = held.exclude(user__in=users_kept_out(hearing.petition)).first()
    if responsible is None:
        faults["responsible"] = _("Choose somebody of this unit.")
    if not timedelta(0) < made.due_on - today <= timedelta(days=_FURTHEST_DAYS):
        faults["due_on"] = _("The day lies ahead, and no more than a year.")
    if faults or organ is None or responsible is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    return organ, responsible


def _ask(row: Commitment, hearing: Hearing, *, by: Hat, now: datetime) -> None:
    row.assignment = ask(
        Asked.COMMITMENT,
        hearing.petition.pk,
        of=row.organ.carried_on_by or row.organ,
        act=row.words,
        asking_organ=hearing.organ,
        by=by,
        now=now,
        due_on=row.due_on,
        except_users=users_kept_out(hearing.petition),
    )
    row.save(update_fields=["assignment"])
