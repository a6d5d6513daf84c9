"""What people do about the tier of a matter: place it, lift it, take it, give it back, send it down (Q2, Q9)."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from assignments.models import Assignment
from assignments.seats import next_seat, seat_of_tier
from assignments.states import STANDS, LiftState, Span, Tier
from audit.parts import record
from cases.models import Petition
from cases.parts import lock_petition, users_kept_out
from leadership import permissions as may
from leadership.lifts import (
    TAKEN,
    Why,
    addressees_of,
    end_lift,
    put_before,
    seat_of_span,
    step_out,
    take,
    tier_of,
)
from leadership.models import LiftAddressee, PetitionLift, PetitionSpan
from leadership.parts import office_over, tell_office
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind as NoticeKind
from notices.parts import settle


@transaction.atomic(durable=True)
def set_span(petition_id: UUID, span: Span, *, reason: str, by: Hat, now: datetime) -> PetitionSpan:
    """Say how far a petition reaches, which decides who answers for it; one that reaches further is lifted there.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if the petition is over, or this span stands
    :raises Refused: without a reason
    """
    petition = _to_place(petition_id, reason, by)
    standing = petition.spans.select_for_update(of=("self",)).filter(ended_at=None).first()
    if standing is not None and standing.span == span:
        raise OutOfTurn(_("This is what stands already."))
    if standing is not None:
        standing.ended_at = now
        standing.save(update_fields=["ended_at"])
    row = PetitionSpan.objects.create(
        petition=petition, span=span, reason=reason.strip(), set_by=by.post, set_at=now
    )
    record("petition.set_span", petition, by=by.actor, at=now, facts={"span": span})
    seat = seat_of_span(span, on=timezone.localdate(now))
    if seat is not None and Tier(seat.tier).rank > tier_of(petition).rank:
        why = Why(key=f"span:{row.pk}", reason=reason.strip(), facts={"span": span})
        put_before(petition, seat, why, by=by, now=now)
    return row


@transaction.atomic(durable=True)
def lift(petition_id: UUID, tier: Tier, *, reason: str, by: Hat, now: datetime) -> PetitionLift:
    """Lift a petition to a higher tier by hand, with the reason.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if the petition is over, is there already, or nobody is named for the tier
    :raises Refused: without a reason
    """
    petition = _to_place(petition_id, reason, by)
    if tier.rank <= tier_of(petition).rank:
        raise OutOfTurn(_("The matter is at this tier or above it already."))
    seat = seat_of_tier(tier, on=timezone.localdate(now))
    if seat is None:
        raise OutOfTurn(
            _("Nobody is named for this tier. The system administrator enters who answers there.")
        )
    why = Why(key=f"hand:{uuid4()}", reason=reason.strip())
    return put_before(petition, seat, why, by=by, now=now)


@transaction.atomic(durable=True)
def decide_proposal(lift_id: UUID, *, agree: bool, reason: str = "", by: Hat, now: datetime) -> PetitionLift:
    """Decide whether what a rule proposes is lifted; declined with a reason.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this post does not decide on proposals
    :raises OutOfTurn: if it was decided, or the matter is there already
    :raises Refused: if it is declined without a reason
    """
    petition, proposal = _held(lift_id, by)
    if not may.may_decide_proposals(by):
        raise NotAllowed(_("Your post does not decide on what the rules propose."))
    if proposal.state != LiftState.PROPOSED or not petition.is_open:
        raise OutOfTurn(_("This proposal no longer waits."))
    settle(str(petition.pk), f"petition:{petition.pk}:lift:{proposal.pk}", now=now)
    proposal.decided_at, proposal.decided_by, proposal.decision = now, by.post, reason.strip()
    if agree:
        if Tier(proposal.to_tier).rank <= tier_of(petition).rank:
            raise OutOfTurn(_("The matter is at this tier or above it already."))
        assert proposal.seat is not None  # noqa: S101  a proposal comes from a rule, which names a seat
        why = Why(key=proposal.key, rule=proposal.rule, facts=proposal.facts)
        return put_before(petition, proposal.seat, why, by=by, now=now, proposed=proposal)
    _need(reason, "reason")
    proposal.state, proposal.ended_at = LiftState.DECLINED, now
    proposal.save(update_fields=["state", "ended_at", "decided_at", "decided_by", "decision"])
    record("petition.decline_lift", petition, by=by.actor, at=now, facts={"rule": str(proposal.rule)})
    return proposal


@transaction.atomic(durable=True)
def accept(lift_id: UUID, *, by: Hat, now: datetime) -> PetitionLift:
    """Take a lifted matter: it is his until it is lifted further, sent down or over; others are asked still.

    :raises Unknown: if it is not asked of this hat
    :raises OutOfTurn: if it does not wait for him
    """
    petition, standing, mine = _asked(lift_id, by)
    if mine.state != LiftState.WAITING or standing.to_decide:
        raise OutOfTurn(_("It does not wait to be taken."))
    take(standing, mine, TAKEN, by=by, now=now)
    record("petition.accept_lift", petition, by=by.actor, at=now, facts={"to_tier": standing.to_tier})
    return standing


@transaction.atomic(durable=True)
def give_back(lift_id: UUID, *, reason: str, by: Hat, now: datetime) -> PetitionLift:
    """Give a lifted matter back, with the reason: to the tier it came from once nobody else of those asked has it.

    After the second time the joint conference's office is asked where it belongs.

    :raises Unknown: if it is not asked of this hat
    :raises OutOfTurn: if it was taken, or the joint conference's office decided that it belongs here
    :raises Refused: without a reason
    """
    petition, standing, mine = _asked(lift_id, by)
    if mine.state != LiftState.WAITING or standing.to_decide:
        raise OutOfTurn(_("It was taken; a matter that was taken is sent down."))
    if standing.binding:
        raise OutOfTurn(_("The joint conference's office decided that it belongs here."))
    _need(reason, "reason")
    others = [one for one in addressees_of(standing) if one.holds and one != mine]
    if others:
        step_out(standing, mine, reason.strip(), by=by, now=now)
    else:
        end_lift(standing, LiftState.RETURNED, reason.strip(), by=by, now=now)
    facts = {
        "from_tier": standing.to_tier,
        "to_tier": standing.to_tier if others else standing.from_tier,
        "stays_with_others": bool(others),
    }
    record("petition.return_lift", petition, by=by.actor, at=now, facts=facts)
    _tell_of_return(petition, standing, by=by, now=now)
    return standing


@transaction.atomic(durable=True)
def lift_further(lift_id: UUID, *, reason: str, by: Hat, now: datetime) -> PetitionLift:
    """Lift a matter from one's own tier to the next one, with the reason.

    :raises Unknown: if it is not asked of this hat
    :raises OutOfTurn: if it is no longer his, or nobody is named above
    :raises Refused: without a reason
    """
    petition, standing, _mine = _asked(lift_id, by)
    _need(reason, "reason")
    seat = next_seat(Tier(standing.to_tier), on=timezone.localdate(now))
    if seat is None or standing.to_decide:
        raise OutOfTurn(_("Nobody is named for a tier above this one."))
    why = Why(key=f"further:{standing.pk}", reason=reason.strip())
    return put_before(petition, seat, why, by=by, now=now)


@transaction.atomic(durable=True)
def take_back(lift_id: UUID, *, reason: str, by: Hat, now: datetime) -> PetitionLift:
    """Take back a lift that nobody took yet, as one done by mistake, with the reason: whoever lifted it by hand.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if another post lifted it
    :raises OutOfTurn: if somebody took it, or it ended
    :raises Refused: without a reason
    """
    petition, standing = _held(lift_id, by)
    if not may.may_take_back(by, standing):
        raise NotAllowed(_("Only who lifted it by hand takes it back."))
    if standing.state != LiftState.WAITING:
        raise OutOfTurn(_("It was taken, or it ended: it is not taken back any more."))
    _need(reason, "reason")
    end_lift(standing, LiftState.TAKEN_BACK, reason.strip(), by=by, now=now)
    record("petition.take_back_lift", petition, by=by.actor, at=now, facts={"from_tier": standing.to_tier})
    return standing


@transaction.atomic(durable=True)
def lower(lift_id: UUID, *, reason: str, by: Hat, now: datetime) -> PetitionLift:
    """Send a matter that was taken down again to those who lead it, with the reason: one who took it, or the office.

    :raises Unknown: if this hat has nothing to do with it
    :raises OutOfTurn: if it was not taken, or not by this hat
    :raises Refused: without a reason
    """
    petition, standing = _held(lift_id, by)
    has_taken = standing.state == LiftState.ACCEPTED
    if not may.may_place(by):
        petition, standing, mine = _asked(lift_id, by)
        has_taken = mine.state == LiftState.ACCEPTED
    if not has_taken:
        raise OutOfTurn(_("What was not taken cannot be sent down."))
    _need(reason, "reason")
    end_lift(standing, LiftState.LOWERED, reason.strip(), by=by, now=now)
    record("petition.lower", petition, by=by.actor, at=now, facts={"from_tier": standing.to_tier})
    _tell_of_return(petition, standing, by=by, now=now)
    return standing


@transaction.atomic(durable=True)
def decide_tier(lift_id: UUID, tier: Tier, *, reason: str, by: Hat, now: datetime) -> PetitionLift:
    """Decide, as the joint conference's office, where a matter belongs that was given back twice; it stays there.

    A tier below those that leaders hold leaves it with the units that lead it.

    :raises Unknown: if it is not asked of this hat
    :raises OutOfTurn: if it is not to be decided, or nobody is named for the tier
    :raises Refused: without a reason
    """
    petition, standing, _mine = _asked(lift_id, by)
    if not standing.to_decide or not may.of_the_conference(by):
        raise OutOfTurn(_("It is not asked where this matter belongs."))
    _need(reason, "reason")
    if tier.rank <= Tier.DEPARTMENT.rank:
        end_lift(standing, LiftState.LOWERED, reason.strip(), by=by, now=now)
        record("petition.lower", petition, by=by.actor, at=now, facts={"from_tier": standing.to_tier})
        _tell_of_return(petition, standing, by=by, now=now)
        return standing
    seat = seat_of_tier(tier, on=timezone.localdate(now))
    if seat is None:
        raise OutOfTurn(
            _("Nobody is named for this tier. The system administrator enters who answers there.")
        )
    why = Why(key=f"decided:{standing.pk}", reason=reason.strip(), binding=True)
    return put_before(petition, seat, why, by=by, now=now)


@transaction.atomic(durable=True)
def report_to_city(lift_id: UUID, *, number: str, sent_on: date, by: Hat, now: datetime) -> PetitionLift:
    """Note the report upward on a matter whose power the city holds.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if the matter does not stand with the city, or was reported
    :raises Refused: without a number, or for a day that cannot be
    """
    petition, standing = _city(lift_id, by)
    if standing.sent_on is not None:
        raise OutOfTurn(_("The report is noted already."))
    _need(number, "number")
    if not timezone.localdate(standing.raised_at) <= sent_on <= timezone.localdate(now):
        words = _("The day lies before the matter was lifted, or in the future.")
        raise Refused(words, fields={"sent_on": words})
    standing.sent_number, standing.sent_on = number.strip(), sent_on
    standing.save(update_fields=["sent_number", "sent_on"])
    for addressee in addressees_of(standing):
        if addressee.state == LiftState.WAITING:
            take(standing, addressee, number.strip(), by=by, now=now)
    record("petition.report_to_city", petition, by=by.actor, at=now, facts={"on": sent_on.isoformat()})
    return standing


@transaction.atomic(durable=True)
def note_citys_answer(
    lift_id: UUID, *, number: str, answered_on: date, answer: str, by: Hat, now: datetime
) -> PetitionLift:
    """Note what the city answered; the matter stays there until it is sent down.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is neither office nor joint conference
    :raises OutOfTurn: if nothing was reported, or an answer is noted
    :raises Refused: without the answer, or for a day that cannot be
    """
    petition, standing = _city(lift_id, by)
    if standing.sent_on is None or standing.answered_on is not None:
        raise OutOfTurn(_("No report waits for an answer."))
    _need(answer, "answer")
    if not standing.sent_on <= answered_on <= timezone.localdate(now):
        words = _("The day lies before the report, or in the future.")
        raise Refused(words, fields={"answered_on": words})
    standing.answer_number, standing.answered_on, standing.answer = (
        number.strip(),
        answered_on,
        answer.strip(),
    )
    standing.save(update_fields=["answer_number", "answered_on", "answer"])
    record("petition.note_citys_answer", petition, by=by.actor, at=now, facts={"on": answered_on.isoformat()})
    return standing


def _to_place(petition_id: UUID, reason: str, by: Hat) -> Petition:
    petition = lock_petition(petition_id, by)
    if not may.may_place(by):
        raise NotAllowed(_("Your post does not decide at which tier a matter stands."))
    if not petition.is_open:
        raise OutOfTurn(_("This petition is over: nothing more is asked on it."))
    _need(reason, "reason")
    return petition


def _held(lift_id: UUID, by: Hat) -> tuple[Petition, PetitionLift]:
    """Return a lift with its petition, both held, the petition first, for who sees the petition."""
    found = PetitionLift.objects.filter(pk=lift_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such lift."))
    petition = lock_petition(found, by)
    rows = PetitionLift.objects.select_for_update(of=("self",)).select_related("seat", "rule")
    standing = rows.get(pk=lift_id)
    standing.petition = petition
    return petition, standing


def _asked(lift_id: UUID, by: Hat) -> tuple[Petition, PetitionLift, LiftAddressee]:
    """Return a standing lift that is put before this hat, and its part of it."""
    petition, standing = _held(lift_id, by)
    if standing.state not in STANDS:
        raise OutOfTurn(_("The matter no longer stands there."))
    asked = set(
        Assignment.objects.asked_of(by).filter(subject_id=str(petition.pk)).values_list("pk", flat=True)
    )
    put_before_him = (one for one in addressees_of(standing) if one.assignment_id in asked and one.holds)
    mine = next(put_before_him, None)
    if mine is None or by.user.pk in users_kept_out(petition):
        raise Unknown(_("There is no such lift."))
    return petition, standing, mine


def _city(lift_id: UUID, by: Hat) -> tuple[Petition, PetitionLift]:
    petition, standing = _held(lift_id, by)
    if not may.may_place(by):
        raise NotAllowed(_("Your post does not report to the city."))
    if standing.to_tier != Tier.CITY or standing.state not in STANDS:
        raise OutOfTurn(_("The matter does not stand with the city."))
    return petition, standing


def _tell_of_return(petition: Petition, standing: PetitionLift, *, by: Hat, now: datetime) -> None:
    """Tell the office that a matter came down, or that one of several gave it back."""
    office = office_over(petition)
    if office is not None:
        key = f"lift:{standing.pk}:back:{by.post.pk}"
        tell_office(office, may.DRAFTS, NoticeKind.LIFT_GIVEN_BACK, petition, key=key, now=now)


def _need(words: str, field: str) -> None:
    if not words.strip():
        message = _("Fill this in.")
        raise Refused(message, fields={field: message})
