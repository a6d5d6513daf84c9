"""办理: what the organ that leads does between acceptance and opinion, and what others do for it (Art 27–34)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import fingerprint, record
from cases.file_papers import issue_extension_form
from cases.findings import Found, Mediated, found_faults, mediation_faults
from cases.handling_rules import carried_out_faults
from cases.handlings import (
    claim_of,
    lock_handling,
    meet_clocks,
    moment_of,
    next_execution_day,
    open_clock,
    refuse_reported,
    run_execution,
    settle_call,
    tell_organ,
    write_progress,
)
from cases.models import (
    CoHandling,
    Extension,
    Finding,
    Handling,
    MediationResult,
    Petition,
    PetitionClock,
    Progress,
    ProgressKind,
)
from cases.papers import issue_extension_notice
from cases.parts import copy_next_due, involve, lock_petition, touch
from cases.states import (
    Basis,
    ClaimDecision,
    ClockCode,
    HandlingState,
    Outcome,
    PetitionClass,
)
from cases.workflow import HANDLES, HEADS, Step, check, move_handling
from deadlines.calendars import previous_working_day
from deadlines.parts import extend
from documents.models import Document
from documents.states import DocumentKind
from infra.files import Checked, store
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind

MOST_EXTENSION_DAYS = 30


@transaction.atomic(durable=True)
def note_progress(
    petition_id: UUID,
    handling_id: UUID,
    *,
    kind: ProgressKind,
    words: str,
    done_on: date,
    mediated: Mediated | None = None,
    file: Checked | None = None,
    by: Hat,
    now: datetime,
) -> Progress:
    """Note what was done: an investigation, a talk with the petitioner, a step forward, a mediation.

    A mediation is noted with its consent and result, nothing else has any (Art 33; R-35).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if nothing is being handled
    :raises Refused: if the day lies in the future, or a mediation had no consent, has no result, or its agreement is
        no paper of the case
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.NOTE_PROGRESS, petition, by, handling)
    if done_on > timezone.localdate(now):
        raise Refused(_("The day lies in the future."), fields={"done_on": _("The day lies in the future.")})
    agreement = _agreement_of(petition, mediated) if kind is ProgressKind.MEDIATION else None
    result = mediated.result if mediated and mediated.result else ""
    note = write_progress(
        handling,
        kind,
        done_on=done_on,
        words=words,
        by=by,
        now=now,
        both_consented=mediated is not None and mediated.both_consented,
        result=result,
        agreement=agreement,
        file=store(file, now=now) if file else None,
    )
    facts: dict[str, str] = {"kind": kind}
    if result:
        facts["result"] = result
    if agreement is not None:
        facts["number"] = agreement.number
    record("petition.note_progress", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return note


def _agreement_of(petition: Petition, mediated: Mediated | None) -> Document | None:
    """Return the paper of the agreement that a mediation came to; nothing where it came to none.

    :raises Refused: without the consent of both sides, without a result, or if the agreement is no paper of the case
        (Art 33; R-35)
    """
    faults = mediation_faults(mediated)
    agreement = None
    if mediated is not None and mediated.result is MediationResult.AGREED:
        agreement = Document.objects.filter(
            case__petition=petition,
            kind=DocumentKind.D14,
            number=mediated.agreement_number,
            dated_on=mediated.agreement_on,
            issued_at__isnull=False,
        ).first()
        if agreement is None:
            faults["agreement_number"] = _(
                "An agreement is made in writing (Art 33): take in its paper first; none of this number and day "
                "hangs on this case."
            )
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    return agreement


@transaction.atomic(durable=True)
def ask_co_handling(
    petition_id: UUID, handling_id: UUID, *, organ_id: int, wanted: str, due_on: date, by: Hat, now: datetime
) -> CoHandling:
    """Ask another organ to assist by an internal day; the law's clocks stay with the leading organ (Q10).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises Refused: if the organ leads itself, is asked already, or the day is over
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.ASK_CO_HANDLING, petition, by, handling)
    organ = Organ.objects.valid_on(timezone.localdate(now)).filter(pk=organ_id).first()
    if organ is None or organ.pk == handling.organ_id:
        raise Refused(_("Choose another unit."), fields={"organ": _("Choose another unit.")})
    refuse_reported(petition, organ)
    if handling.co_handlings.filter(organ=organ, fed_back_at=None).exists():
        message = _("This unit has been asked and has not answered yet.")
        raise Refused(message, fields={"organ": message})
    if due_on < timezone.localdate(now):
        raise Refused(_("This day is over."), fields={"due_on": _("This day is over.")})
    asked = CoHandling.objects.create(
        handling=handling, organ=organ, wanted=wanted, due_on=due_on, asked_by=by.post, asked_at=now
    )
    involve(petition, Basis.ASSISTS, now=now, organ=organ)
    facts = {"organ": organ.code, "due_on": due_on.isoformat()}
    record("petition.ask_co_handling", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    tell_organ(organ, HANDLES, Kind.HELP_ASKED, petition, key=f"co_handling:{asked.pk}", now=now)
    return asked


@transaction.atomic(durable=True)
def feed_back(petition_id: UUID, co_handling_id: int, *, words: str, by: Hat, now: datetime) -> CoHandling:
    """Answer the leading organ. The assisting organ keeps its part while the case is open, to see what came of it.

    :raises Unknown: if this hat does not see the petition, or its organ was not asked
    :raises NotAllowed: if its post does not work on petitions
    :raises OutOfTurn: if it was answered
    """
    petition = lock_petition(petition_id, by)
    check(Step.FEED_BACK, petition, by)
    asked = (
        CoHandling.objects.select_for_update(of=("self",))
        .select_related("handling__organ", "organ")
        .filter(organ__in=Organ.objects.of_today(by.organ))
        .filter(pk=co_handling_id, handling__petition=petition)
        .first()
    )
    if asked is None:
        raise Unknown(_("Your unit was not asked."))
    if asked.fed_back_at is not None:
        raise OutOfTurn(_("Your unit has answered this already."))
    asked.feedback, asked.fed_back_by, asked.fed_back_at = words, by.post, now
    asked.save(update_fields=["feedback", "fed_back_by", "fed_back_at"])
    record("petition.feed_back", petition, by=by.actor, at=now, facts={"organ": by.organ.code})
    touch(petition, now=now)
    settle_call(petition, f"co_handling:{asked.pk}", now=now)
    key = f"co_handling:{asked.pk}:answer"
    tell_organ(asked.handling.organ, HANDLES, Kind.FED_BACK, petition, key=key, now=now)
    return asked


@transaction.atomic(durable=True)
def ask_extension(
    petition_id: UUID, handling_id: UUID, *, days: int, reason: str, by: Hat, now: datetime
) -> Extension:
    """Ask the head of one's own organ for more days, once and at most thirty (Art 34; R-36).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if no sixty days run, they are over, or it was asked for already
    :raises Refused: if the days are none or too many, or without a reason
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.ASK_EXTENSION, petition, by, handling)
    _running_t5(handling, now)
    if handling.extensions.exclude(approved=False).exists():
        raise OutOfTurn(_("It is extended once only, and that was asked for already (Art 34)."))
    faults = {}
    if not 1 <= days <= MOST_EXTENSION_DAYS:
        faults["days"] = _("At least 1 day and at most 30 (Art 34).")
    if not reason.strip():
        faults["reason"] = _("Say why it is complex; the petitioner is told this reason.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    asked = Extension.objects.create(
        handling=handling,
        organ=handling.organ,
        days=days,
        reason=reason,
        asked_by=by.post,
        asker=by.user,
        asked_at=now,
    )
    record("petition.ask_extension", petition, by=by.actor, at=now, facts={"days": days})
    touch(petition, now=now)
    key = f"extension:{asked.pk}"
    tell_organ(handling.organ, HEADS, Kind.EXTENSION_TO_DECIDE, petition, key=key, now=now)
    return asked


@transaction.atomic(durable=True)
def decide_extension(
    petition_id: UUID, handling_id: UUID, *, approve: bool, by: Hat, now: datetime
) -> Extension:
    """Decide as the head of the handling organ; nobody else can, the petition office least of all (Art 34; R-36, Q9).

    Approved, T5 moves and the notice that tells the petitioner why is issued in the same transaction (invariant 6);
    the form with the decision goes into the file either way (D10).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if it is not the head of the organ that leads, or asked for it himself
    :raises OutOfTurn: if nothing waits, or the sixty days are over
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.DECIDE_EXTENSION, petition, by, handling)
    asked = (
        Extension.objects.select_for_update(of=("self",))
        .select_related("asker", "asked_by__user", "asked_by__organ__place", "handling")
        .filter(handling=handling, decided_at=None)
        .first()
    )
    if asked is None:
        raise OutOfTurn(_("No extension waits for a decision."))
    if asked.asker_id == by.user.pk:
        raise NotAllowed(_("Who asked for the extension does not decide on it."))
    asked.handling = handling
    asked.decided_by, asked.deciding_organ, asked.decided_at, asked.approved = by.post, by.organ, now, approve
    if by.organ.pk != asked.organ_id:
        # carried on by a successor: the decision is the handling organ's own of today (Q29)
        asked.organ = by.organ
    running = open_clock(handling, ClockCode.T5)
    was_due_on = running.last_day if running and running.last_day else timezone.localdate(now)
    due_on: date | None = None
    if approve:
        clock = _running_t5(handling, now)
        extend(clock, asked.days, now=now)
        copy_next_due(petition)
        asked.notice = issue_extension_notice(asked, clock, was_due_on=was_due_on, by=by, now=now)
        due_on = clock.last_day
    issue_extension_form(asked, was_due_on=was_due_on, due_on=due_on, by=by, now=now)
    asked.save(update_fields=["organ", "decided_by", "deciding_organ", "decided_at", "approved", "notice"])
    facts = {"approved": approve, "days": asked.days}
    record("petition.decide_extension", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    settle_call(petition, f"extension:{asked.pk}", now=now)
    key = f"extension:{asked.pk}:decided"
    tell_organ(handling.organ, HANDLES, Kind.EXTENSION_DECIDED, petition, key=key, now=now)
    return asked


def _running_t5(handling: Handling, now: datetime) -> PetitionClock:
    clock = open_clock(handling, ClockCode.T5)
    if clock is None or clock.presumed:
        raise OutOfTurn(_("No sixty days run on this: there is nothing to extend."))
    if clock.due_at is not None and now >= clock.due_at:
        raise OutOfTurn(_("The sixty days are over; they can no longer be extended (Art 34)."))
    return clock


@transaction.atomic(durable=True)
def find(
    petition_id: UUID, handling_id: UUID, number: int, found: Found, *, by: Hat, now: datetime
) -> Finding:
    """Write what was found on an accepted claim and the opinion on it; it can be rewritten until the opinion is out.

    :raises Unknown: if this hat does not see the petition, or the organ does not lead the claim
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if the claim was not accepted, or the opinion is out
    :raises Refused: if a part is missing, or the outcome is none of this class (invariant 3)
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.FIND, petition, by, handling)
    claim = claim_of(handling, number)
    if claim.decision != ClaimDecision.ACCEPTED:
        raise OutOfTurn(_("This claim was not accepted."))
    suggestion = claim.petition_class == PetitionClass.SUGGESTION
    if suggestion and not handling.simple_track and not claim.studies.exists():
        raise OutOfTurn(_("Say first who studied the suggestion and what they thought of it (Art 29)."))
    faults = found_faults(found, suggestion=suggestion, today=timezone.localdate(now))
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    supported = found.outcome is Outcome.SUPPORT
    claim.outcome = found.outcome
    claim.execution_organ_id = found.execution_organ_id if supported else None
    claim.execution_due_on = found.execution_due_on if supported else None
    claim.known_at = now
    claim.save(update_fields=["outcome", "execution_organ", "execution_due_on", "known_at"])
    finding, _made = Finding.objects.update_or_create(
        claim=claim,
        defaults={
            "facts": found.facts,
            "opinion": found.opinion,
            "legal_basis": found.legal_basis,
            "solved": found.solved,
            "explained": found.explained,
            "helped": found.helped,
            "lawful": found.lawful,
            "written_by": by.post,
            "written_at": now,
        },
    )
    facts = {"claim": number, "outcome": found.outcome, "opinion": fingerprint(found.opinion)}
    record("petition.find", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return finding


@transaction.atomic(durable=True)
def execute(
    petition_id: UUID, handling_id: UUID, number: int, *, evidence: str, done_on: date, by: Hat, now: datetime
) -> Handling:
    """Write that a supported claim was carried out, with the evidence; its own clock is met (Art 32; R-34).

    :raises Unknown: if this hat does not see the petition, or the organ does not lead the claim
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if nothing is being carried out, or this was already
    :raises Refused: without evidence, or for a day in the future
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.EXECUTE, petition, by, handling)
    claim = claim_of(handling, number)
    if claim.outcome != Outcome.SUPPORT or claim.executed_at is not None:
        raise OutOfTurn(_("Nothing is to be carried out on this claim."))
    faults = {}
    if not evidence.strip():
        faults["evidence"] = _("Say what shows that it was carried out.")
    today = timezone.localdate(now)
    issued_on = handling.opinion.dated_on if handling.opinion else None
    faults |= carried_out_faults(
        done_on, today=today, earliest=previous_working_day(today), issued_on=issued_on
    )
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    at = moment_of(done_on, now=now)
    claim.executed_at, claim.known_at = at, now
    claim.save(update_fields=["executed_at", "known_at"])
    write_progress(handling, ProgressKind.PROGRESS, done_on=done_on, words=evidence, by=by, now=now)
    meet_clocks(handling, [ClockCode.EXECUTION], at=at, now=now)
    if next_execution_day(handling) is None:
        move_handling(handling, at=now, state=HandlingState.EXECUTED)
    else:
        run_execution(handling, now=now)
    record(
        "petition.execute", petition, by=by.actor, at=now, facts={"claim": number, "on": done_on.isoformat()}
    )
    touch(petition, now=now)
    return handling
