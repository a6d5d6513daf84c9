"""The opinion on an opinion: found, drawn up, approved and issued, or taken in from elsewhere; posted and served.

(Art 35, 36; D18, D20; Q24)
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases.actions.papers import KIND_OF_FILE
from cases.ends import call_to_finish
from cases.handlings import settle_call
from cases.models import HearingTime, Petition, Remedy
from cases.papers import tell_drafter
from cases.parts import attach, touch
from cases.remedies import permissions as may
from cases.remedies.anew import take_effect
from cases.remedies.parts import (
    ask_for_approval,
    hang_paper,
    lock_remedy,
    meet_remedy_clocks,
    refuse_partial,
    refuse_unless,
    see_to_remedy,
    served_on,
    settle_request,
    settle_serving,
    tell_of_decision,
)
from cases.remedies.rules import RemedyFound, finding_faults
from cases.remedies.wording import OPINIONS, opinion_paper
from cases.remedy_states import GOING_ON, RemedyState, Stage
from cases.states import AttachmentKind, ClockCode
from documents import delivering
from documents import parts as documents
from documents.models import Document, Posting, ServiceRecord
from documents.rules import Sent, Service
from documents.states import NOT_YET_OUT
from infra.files import Checked
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind


@transaction.atomic(durable=True)
def draft_remedy_opinion(
    petition_id: UUID, remedy_id: UUID, found: RemedyFound, *, by: Hat, now: datetime
) -> Document:
    """Write what is held of the opinion and draw the paper up; it waits for approval. Again, it replaces the draft.

    :raises Unknown: if this hat does not see the petition, or there is no such remedy
    :raises NotAllowed: if its organ does not review it, or its wearer had a hand in the opinion or withdrew
    :raises OutOfTurn: if the request is not accepted, or it is decided
    :raises Refused: if a part is missing that the outcome asks for
    """
    petition, remedy = lock_remedy(petition_id, remedy_id, by)
    if not may.reviews(by, remedy):
        raise NotAllowed(_("The organ that reviews it decides."))
    refuse_partial(remedy, by)
    refuse_unless(remedy, [RemedyState.ACCEPTED])
    _write(remedy, found, by=by, now=now)
    paper = opinion_paper(remedy, by)
    standing = remedy.opinion
    if standing is not None and standing.state in NOT_YET_OUT:
        document = documents.redraft(standing, paper, version=standing.version, by=by, now=now)
    else:
        if standing is not None:
            settle_call(petition, f"returned:{standing.pk}", now=now)
        kind = OPINIONS[Stage(remedy.stage)]
        document = documents.draft(kind, organ=remedy.organ, paper=paper, by=by, now=now)
        hang_paper(remedy, document)
    remedy.opinion = document
    remedy.save(update_fields=["opinion"])
    facts = {"stage": remedy.stage, "document": str(document.pk)}
    record("petition.draft_remedy", petition, by=by.actor, at=now, facts=facts)
    ask_for_approval(remedy, document, now=now)
    touch(petition, now=now)
    return document


def _write(remedy: Remedy, found: RemedyFound, *, by: Hat, now: datetime) -> None:
    faults = dict(finding_faults(found, today=timezone.localdate(now)))
    if found.execution_organ_id is not None and not _is_an_organ(found.execution_organ_id):
        faults["execution_organ"] = _("Choose from the list.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    columns = found.as_columns()
    for name, value in columns.items():
        setattr(remedy, name, value)
    remedy.found_by, remedy.found_at = by.post, now
    remedy.save(update_fields=[*columns, "found_by", "found_at"])


def _is_an_organ(organ_id: int) -> bool:
    return Organ.objects.current().filter(pk=organ_id).exists()


@transaction.atomic(durable=True)
def issue_remedy_paper(
    petition_id: UUID, document_id: UUID, *, version: int, by: Hat, now: datetime
) -> Document:
    """Approve a draft of a remedy, number it and freeze it; with an issued opinion the remedy is decided.

    :raises Unknown: if this hat does not see the petition, or the paper is of no remedy on it
    :raises NotAllowed: if its post does not approve for the reviewing organ, or its wearer drafted the paper
    :raises OutOfTurn: if it is issued, the request was withdrawn, or a hearing goes on
    :raises Stale: if the draft was changed since it was read (Q32)
    """
    petition, remedy, document = _lock_paper(petition_id, document_id, by)
    if not may.approves(by, remedy):
        raise NotAllowed(_("A head of the organ that reviews it approves."))
    refuse_partial(remedy, by)
    opinion = document.pk == remedy.opinion_id
    refuse_unless(remedy, [RemedyState.ACCEPTED] if opinion else set(RemedyState) - {RemedyState.WITHDRAWN})
    if opinion and HearingTime.objects.filter(clock__remedy=remedy, until=None).exists():
        raise OutOfTurn(_("A hearing goes on; its conclusion comes first (Art 36(2))."))
    documents.approve(document, version=version, by=by, now=now)
    document = documents.issue(document, by=by, now=now, on=timezone.localdate(now))
    settle_call(petition, f"approve:{document.pk}", now=now)
    if opinion:
        _decide(remedy, petition, document, by=by, now=now)
    tell_drafter(petition, remedy.organ, document, Kind.PAPER_TO_SERVE, now=now)
    call_to_finish(petition, now=now)
    facts = {"kind": document.kind, "number": document.number}
    record("petition.issue_paper", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return document


def _decide(remedy: Remedy, petition: Petition, opinion: Document, *, by: Hat, now: datetime) -> None:
    """Write that a remedy is decided by its paper, and let that hold."""
    revoked = remedy.handling.opinion if remedy.revokes else None
    remedy.state, remedy.decided_at = RemedyState.DECIDED, now
    remedy.opinion, remedy.revoked = opinion, revoked
    remedy.save(update_fields=["state", "decided_at", "opinion", "revoked"])
    facts = {"stage": remedy.stage, "outcome": remedy.outcome, "ground": remedy.ground}
    record("petition.decide_remedy", petition, by=by.actor, at=now, facts=facts)
    take_effect(remedy, petition, by=by, now=now)
    tell_of_decision(remedy, now=now)


@transaction.atomic(durable=True)
def return_remedy_paper(
    petition_id: UUID, document_id: UUID, *, version: int, remark: str, by: Hat, now: datetime
) -> Document:
    """Send a draft of a remedy back with a remark; whoever drew it up is told.

    :raises Unknown: if this hat does not see the petition, or the paper is of no remedy on it
    :raises NotAllowed: if its post does not approve for the reviewing organ, or its wearer drafted the paper
    :raises OutOfTurn: if the paper does not wait for approval
    :raises Refused: without a remark
    :raises Stale: if the draft was changed since it was read (Q32)
    """
    petition, remedy, document = _lock_paper(petition_id, document_id, by)
    if not may.approves(by, remedy):
        raise NotAllowed(_("A head of the organ that reviews it approves."))
    document = documents.return_draft(document, version=version, remark=remark, by=by, now=now)
    settle_call(petition, f"approve:{document.pk}", now=now)
    tell_drafter(petition, remedy.organ, document, Kind.PAPER_RETURNED, now=now)
    facts = {"kind": document.kind, "document": str(document.pk)}
    record("petition.return_paper", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return document


@transaction.atomic(durable=True)
def take_in_remedy_opinion(
    petition_id: UUID,
    remedy_id: UUID,
    found: RemedyFound,
    *,
    number: str,
    dated_on: date,
    file: Checked,
    by: Hat,
    now: datetime,
) -> Document:
    """Take in the opinion of a reviewing organ that does not work in this house: what it held, number, day, file (Q24).

    :raises Unknown: if this hat does not see the petition, or there is no such remedy
    :raises NotAllowed: if its organ did not register the petition, or the reviewing organ works here itself
    :raises OutOfTurn: if it is decided or withdrawn
    :raises Refused: if a part, the number, the day or the file is none
    """
    petition, remedy = lock_remedy(petition_id, remedy_id, by)
    if not may.takes_in(by, remedy):
        raise NotAllowed(
            _("Only the opinion of an organ that does not work here is taken in, by the office.")
        )
    refuse_partial(remedy, by)
    refuse_unless(remedy, GOING_ON)
    if dated_on < remedy.requested_on:
        words = _("The day lies before the request.")
        raise Refused(words, fields={"dated_on": words})
    _write(remedy, found, by=by, now=now)
    kind = OPINIONS[Stage(remedy.stage)]
    document = documents.upload(
        kind, organ=remedy.organ, number=number, dated_on=dated_on, file=file, by=by, now=now
    )
    hang_paper(remedy, document)
    meet_remedy_clocks(remedy, [ClockCode.T15], at=now, now=now)
    settle_request(remedy, now=now)
    _decide(remedy, petition, document, by=by, now=now)
    facts = {"kind": document.kind, "number": document.number, "uploaded": True}
    record("petition.issue_paper", petition, by=by.actor, at=now, facts=facts)
    call_to_finish(petition, now=now)
    touch(petition, now=now)
    return document


@transaction.atomic(durable=True)
def post_remedy_paper(petition_id: UUID, document_id: UUID, sent: Sent, *, by: Hat, now: datetime) -> Posting:
    """Write that a paper of a remedy was posted to one person (Q24).

    :raises Unknown: if this hat does not see the petition, or paper or person is not of it
    :raises NotAllowed: if neither its organ reviews it nor took its paper in
    :raises OutOfTurn: if the paper is not issued, or the person has it
    :raises Refused: if the day cannot be (Q25)
    """
    petition, remedy, document = _lock_delivered(petition_id, document_id, sent.petitioner_ref, by)
    posting = delivering.send_by_post(document, sent, by=by, now=now)
    facts = {"document": str(document.pk), "on": sent.posted_on.isoformat()}
    record("petition.post_paper", petition, by=by.actor, at=now, facts=facts)
    _delivered(petition, remedy, document, now=now)
    return posting


@transaction.atomic(durable=True)
def serve_remedy_paper(
    petition_id: UUID,
    document_id: UUID,
    service: Service,
    *,
    evidence: Checked | None = None,
    by: Hat,
    now: datetime,
) -> ServiceRecord:
    """Write that one person received a paper of a remedy; his time for 复核 runs from that day (Art 36(1); Q17).

    :raises Unknown: if this hat does not see the petition, or paper or person is not of it
    :raises NotAllowed: if neither its organ reviews it nor took its paper in
    :raises OutOfTurn: if the paper is not issued, or the person has it
    :raises Refused: if the day cannot be (Q25), or the method asks for more
    """
    petition, remedy, document = _lock_delivered(petition_id, document_id, service.petitioner_ref, by)
    if evidence is not None:
        kind = KIND_OF_FILE.get(evidence.content_type.split("/")[0], AttachmentKind.DOCUMENT)
        attachment = attach(petition, evidence, kind, by=by, now=now)
        service = replace(service, evidence=attachment.file)
    served = delivering.serve(document, service, by=by, now=now)
    facts = {"document": str(document.pk), "method": service.method, "on": service.served_on.isoformat()}
    record("petition.serve_paper", petition, by=by.actor, at=now, facts=facts)
    _delivered(petition, remedy, document, now=now)
    return served


def _lock_paper(petition_id: UUID, document_id: UUID, by: Hat) -> tuple[Petition, Remedy, Document]:
    of_remedy = Remedy.objects.filter(petition=petition_id, documents__document=document_id)
    remedy_id = of_remedy.values_list("pk", flat=True).first()
    if remedy_id is None:
        raise Unknown(_("There is no such paper."))
    petition, remedy = lock_remedy(petition_id, remedy_id, by)
    return petition, remedy, Document.objects.get(pk=document_id)


def _lock_delivered(
    petition_id: UUID, document_id: UUID, person: UUID, by: Hat
) -> tuple[Petition, Remedy, Document]:
    petition, remedy, document = _lock_paper(petition_id, document_id, by)
    if not may.delivers(by, remedy):
        raise NotAllowed(_("The organ whose paper it is notes its service."))
    refuse_partial(remedy, by)
    if person not in {each.pk for each in served_on(remedy)}:
        message = _("Choose who asks, or one of the representatives.")
        raise Refused(message, fields={"person": message})
    return petition, remedy, document


def _delivered(petition: Petition, remedy: Remedy, document: Document, *, now: datetime) -> None:
    see_to_remedy(remedy, now=now)
    settle_serving(remedy, document, now=now)
    touch(petition, now=now)
