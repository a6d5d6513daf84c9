"""A mistyped service or posting put right: it stays, another replaces it, and two persons stand for that (Q18)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record as write
from cases.corrected_service import met_by
from cases.ends import call_to_finish, missing_for_finish
from cases.handlings import addressees, all_served, end_clocks, tell_organ
from cases.models import Handling, Petition, PetitionClock, PetitionDocument, Remedy
from cases.papers import lock_paper
from cases.parts import copy_next_due, touch
from cases.remedies import permissions as may
from cases.remedies.parts import lock_remedy, refuse_partial, see_to_remedy
from cases.states import ClockCode, HandlingState, Routing
from cases.told import see_to_notices, see_to_opinion, see_to_word
from cases.workflow import APPROVES, Step, check, move, move_handling
from deadlines.parts import meet_instead
from documents import delivering
from documents.models import Posting, ServiceCorrection, ServiceRecord
from documents.rules import Sent, Service
from documents.states import DocumentKind
from lib.errors import NotAllowed, Unknown
from notices.models import Kind

Record = ServiceRecord | Posting


@transaction.atomic(durable=True)
def propose_service(
    petition_id: UUID,
    record_id: UUID,
    service: Service | None,
    *,
    reason: str,
    by: Hat,
    now: datetime,
) -> ServiceCorrection:
    """Propose what stands instead of a mistyped service; nothing if nobody was served. A second person confirms (Q18).

    Whomever `service` names, it is for the person of the record.

    :raises Unknown: if this hat does not see the petition, or the record is not of it
    :raises NotAllowed: if the paper is not of its organ
    :raises OutOfTurn: if the record stands no longer, or a proposal waits
    :raises Refused: without a reason, or if what is proposed could not have been recorded
    """
    record = ServiceRecord.objects.select_related("document__organ").filter(pk=record_id).first()
    return _propose(petition_id, record, service, reason=reason, by=by, now=now)


@transaction.atomic(durable=True)
def propose_posting(
    petition_id: UUID,
    posting_id: UUID,
    sent: Sent | None,
    *,
    reason: str,
    by: Hat,
    now: datetime,
) -> ServiceCorrection:
    """Propose what stands instead of a mistyped posting; nothing if nothing was posted. A second person confirms (Q18).

    Whomever `sent` names, it is for the person of the record.

    :raises Unknown: if this hat does not see the petition, or the record is not of it
    :raises NotAllowed: if the paper is not of its organ
    :raises OutOfTurn: if the record stands no longer, or a proposal waits
    :raises Refused: without a reason, or if what is proposed could not have been recorded
    """
    posting = Posting.objects.select_related("document__organ").filter(pk=posting_id).first()
    return _propose(petition_id, posting, sent, reason=reason, by=by, now=now)


def _propose(
    petition_id: UUID,
    record: Record | None,
    instead: Service | Sent | None,
    *,
    reason: str,
    by: Hat,
    now: datetime,
) -> ServiceCorrection:
    hung, record = _lock_record(petition_id, record, Step.PROPOSE_SERVICE, by)
    petition = hung.petition
    if instead is not None:
        instead = replace(instead, petitioner_ref=record.petitioner_ref, evidence=record.evidence)
    proposal = delivering.propose_correction(record, instead, reason=reason, by=by, now=now)
    facts = {"document": str(record.document_id), "nobody": instead is None}
    write("petition.propose_service", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    key = f"service:{proposal.pk}"
    confirms = record.document.organ
    if hung.remedy is not None and may.is_elsewhere(confirms):
        confirms = petition.register_organ
    tell_organ(confirms, APPROVES, Kind.SERVICE_TO_CONFIRM, petition, key=key, now=now)
    return proposal


@transaction.atomic(durable=True)
def decide_service(
    petition_id: UUID, correction_id: int, *, confirm: bool, by: Hat, now: datetime
) -> ServiceCorrection:
    """Confirm or refuse a proposal; the clocks are met by the day that stands from then on, or run again (Q18).

    The page has shown before what moves. What was finished on a service that never was is handled again.

    :raises Unknown: if this hat does not see the petition, or there is no such proposal
    :raises NotAllowed: if its post does not approve for the organ, or its wearer proposed it
    :raises OutOfTurn: if it was decided on
    """
    records = ("record__document__organ", "posting__document__organ")
    waiting = ServiceCorrection.objects.select_related(*records).filter(pk=correction_id).first()
    if waiting is None:
        raise Unknown(_("There is no such proposal."))
    hung, record = _lock_record(petition_id, waiting.mistaken, Step.DECIDE_SERVICE, by)
    petition = hung.petition
    delivering.decide_correction(waiting, confirm=confirm, by=by, now=now)
    facts = {"document": str(record.document_id), "agreed": confirm}
    write("petition.decide_service", petition, by=by.actor, at=now, facts=facts)
    if confirm:
        _follow(hung, by=by, now=now)
    touch(petition, now=now)
    waiting.refresh_from_db()
    return waiting


def _lock_record(
    petition_id: UUID, record: Record | None, step: Step, by: Hat
) -> tuple[PetitionDocument, Record]:
    """Return a record and the paper it is of as it hangs on its petition; what it hangs on is held."""
    if record is None:
        raise Unknown(_("There is no such record."))
    hung = PetitionDocument.objects.filter(petition=petition_id, document=record.document_id).first()
    if hung is None:
        raise Unknown(_("There is no such record."))
    hung.document = record.document
    if hung.remedy_id is not None:
        hung.petition, hung.remedy = _lock_remedy_of(hung, hung.remedy_id, step, by)
        return hung, record
    hung.petition, hung.handling, document = lock_paper(petition_id, record.document_id, by)
    check(step, hung.petition, by, hung.handling)
    if not by.organ.is_or_carries_on(document.organ):
        raise NotAllowed(_("The organ whose paper it is puts its service right."))
    return hung, record


def _lock_remedy_of(hung: PetitionDocument, remedy_id: UUID, step: Step, by: Hat) -> tuple[Petition, Remedy]:
    petition, remedy = lock_remedy(hung.petition_id, remedy_id, by)
    allowed = may.delivers if step is Step.PROPOSE_SERVICE else may.confirms_delivery
    if not allowed(by, remedy):
        raise NotAllowed(_("The organ whose paper it is puts its service right."))
    refuse_partial(remedy, by)
    return petition, remedy


def _follow(hung: PetitionDocument, *, by: Hat, now: datetime) -> None:
    """Let clocks and states follow the records that stand now."""
    petition, handling = hung.petition, hung.handling
    for effect in met_by(hung, now=now):
        if effect.before is not None and effect.before != effect.after:
            clock = PetitionClock.objects.select_for_update(of=("self",)).get(pk=effect.clock.pk)
            meet_instead(clock, at=effect.after_at, now=now)
    copy_next_due(petition)
    if hung.remedy is not None:
        see_to_remedy(hung.remedy, now=now)
    elif handling is None:
        see_to_word(petition, now=now)
    elif hung.document.kind == DocumentKind.D15:
        _follow_opinion(handling, now)
    else:
        see_to_notices(handling, now=now)
    if petition.routing == Routing.FINISHED and missing_for_finish(petition):
        move(petition, Routing.ROUTED, step=Step.DECIDE_SERVICE, by=by, at=now)
    call_to_finish(petition, now=now)


def _follow_opinion(handling: Handling, now: datetime) -> None:
    served = {HandlingState.SERVED, HandlingState.EXECUTING}
    if handling.state in served and not all_served(handling, addressees(handling.petition)):
        move_handling(handling, at=now, state=HandlingState.OPINION_ISSUED)
        end_clocks(handling, [ClockCode.EXECUTION], now=now)
    see_to_opinion(handling, now=now)
