"""Asking for a hearing, granting or declining it, calling it off (Art 31(6); hearing.md §2, §4)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.parts import lock_petition, users_kept_out
from cases.remedies.parts import leave_out_hearing, reexamines
from hearings import permissions as may
from hearings.models import Hearing, ProcedureSet
from hearings.parts import call_it_off, hold_hearing, need
from hearings.states import STANDING, Applicant, Ground, HearingState
from lib.errors import NotAllowed, OutOfTurn, Refused


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks for a hearing, since when, why, and by which procedure it would be held."""

    procedure_id: int
    asked_by: Applicant
    ground: Ground
    reason: str
    applied_on: date


@transaction.atomic(durable=True)
def ask_hearing(petition_id: UUID, asked: Asked, *, by: Hat, now: datetime) -> Hearing:
    """Note that a hearing is asked for; a head of the same organ decides (Art 31(6)).

    :raises Unknown: if this hat does not see the petition, or it is sealed (Q2, Q6)
    :raises NotAllowed: if it is neither the office nor a unit that leads it, or the person withdrew (R-33)
    :raises OutOfTurn: if the petition is over, or another hearing on it stands
    :raises Refused: for a procedure that is not in force that day, who may not ask by it, or a day ahead (Q25)
    """
    petition = lock_petition(petition_id, by)
    if not may.may_ask(by, petition) or by.user.pk in users_kept_out(petition):
        raise NotAllowed(_("Your post does not hold hearings on this petition."))
    if not petition.is_open and not reexamines(petition, by.organ):
        raise OutOfTurn(_("The petition is over."))
    if Hearing.objects.standing().filter(petition=petition).exists():
        raise OutOfTurn(_("A hearing on this petition stands already."))
    procedure = _refuse_impossible(asked, by, received_on=timezone.localdate(petition.received_at), now=now)
    hearing = Hearing.objects.create(
        petition=petition,
        organ=by.organ,
        procedure=procedure,
        asked_by=asked.asked_by,
        ground=asked.ground,
        reason=asked.reason.strip(),
        applied_on=asked.applied_on,
        is_public=procedure.is_public,
        closed_why="" if procedure.is_public else procedure.name,
        noted_by=by.post,
        noter=by.user,
        noted_at=now,
    )
    facts = {"asked_by": asked.asked_by, "on": asked.applied_on.isoformat()}
    record("petition.ask_hearing", petition, by=by.actor, at=now, facts=facts)
    return hearing


@transaction.atomic(durable=True)
def decide_hearing(hearing_id: UUID, *, agree: bool, reason: str = "", by: Hat, now: datetime) -> Hearing:
    """Grant a hearing or decline it with the reason. In a re-examination its time is left out from now on (Art 36(2)).

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it is no head of the organ that holds it, or noted itself that it is asked for
    :raises OutOfTurn: if it is decided
    :raises Refused: if it is declined without a reason
    """
    hearing = hold_hearing(hearing_id, by, {HearingState.ASKED})
    if not may.decides(by, hearing) or by.user.pk in users_kept_out(hearing.petition):
        raise NotAllowed(_("A head of the organ decides, and not who noted that a hearing is asked for."))
    if not agree:
        hearing.declined_why = need(reason, "reason")
    hearing.state = HearingState.GRANTED if agree else HearingState.DECLINED
    hearing.decided_by, hearing.decider, hearing.decided_at = by.post, by.user, now
    hearing.save(update_fields=["state", "declined_why", "decided_by", "decider", "decided_at"])
    if agree:
        leave_out_hearing(hearing.petition, hearing.organ, hearing.pk, since=timezone.localdate(now), now=now)
    facts = {"granted": agree}
    record("petition.decide_hearing", hearing.petition, by=by.actor, at=now, facts=facts)
    return hearing


@transaction.atomic(durable=True)
def call_off_hearing(hearing_id: UUID, *, reason: str, by: Hat, now: datetime) -> Hearing:
    """Call a hearing off, with the reason: the petitioner takes it back, stays away without cause, or agrees.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it is no head of the organ that holds it
    :raises OutOfTurn: if it is concluded or over
    :raises Refused: without a reason
    """
    hearing = hold_hearing(hearing_id, by, STANDING)
    if not may.may_call_off(by, hearing):
        raise NotAllowed(_("A head of the organ calls a hearing off, before its conclusion."))
    call_it_off(hearing, need(reason, "reason"), now=now)
    record("petition.call_off_hearing", hearing.petition, by=by.actor, at=now)
    return hearing


def _refuse_impossible(asked: Asked, by: Hat, *, received_on: date, now: datetime) -> ProcedureSet:
    need(asked.reason, "reason")
    today = timezone.localdate(now)
    in_force = ProcedureSet.objects.in_force(by.organ.place, on=today)
    procedure = in_force.filter(pk=asked.procedure_id).first()
    faults: dict[str, str] = {}
    if procedure is None:
        faults["procedure"] = _("Choose a procedure that is in force here today.")
    elif asked.asked_by not in procedure.applicants:
        faults["asked_by"] = _("By this procedure they do not ask for a hearing.")
    if not received_on <= asked.applied_on <= today:
        faults["applied_on"] = _("The day lies between the receipt of the petition and today (Q25).")
    if faults or procedure is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    return procedure
