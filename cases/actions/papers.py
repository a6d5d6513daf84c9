"""Papers of a case: drawn up, approved and issued, taken in from elsewhere, posted and served (Art 23, 32; Q24)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import papers
from cases.ends import call_to_finish
from cases.file_papers import issue_investigation_report
from cases.handlings import (
    addressees,
    lock_handling,
    settle_call,
)
from cases.models import Handling, Petition, PetitionDocument, Route
from cases.parts import attach, lock_either, lock_petition, touch
from cases.people import may_read_draft, may_read_papers
from cases.remedies.anew import refuse_the_same_again
from cases.states import AttachmentKind, ClaimDecision, HandlingState
from cases.told import hang_word, issue_word, owes_word, see_to_notices, see_to_opinion, see_to_word
from cases.workflow import Step, check, move_handling
from documents import delivering
from documents import parts as documents
from documents.models import Document, Posting, ServiceRecord
from documents.rules import Sent, Service
from documents.states import DocumentKind
from documents.working_copy import working_copy
from infra.files import Checked
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind

# What a unit takes in from elsewhere until it is printed here (Q24).
UPLOADED = frozenset(
    {
        DocumentKind.D05,
        DocumentKind.D06,
        DocumentKind.D07,
        DocumentKind.D08,
        DocumentKind.D14,
        DocumentKind.D15,
        DocumentKind.NOTICE,
    }
)

# What shows a service, by what the file is.
KIND_OF_FILE = {"image": AttachmentKind.PHOTO, "audio": AttachmentKind.AUDIO}

# What a notice tells of, so that one cannot stand for another (documents.md §3).
_DECISION_OF = {
    DocumentKind.D05: ClaimDecision.ACCEPTED,
    DocumentKind.D06: ClaimDecision.LED,
    DocumentKind.D07: ClaimDecision.NOT_ACCEPTED,
    DocumentKind.D08: ClaimDecision.NO_LONGER_ACCEPTED,
}


@transaction.atomic(durable=True)
def draft_opinion(petition_id: UUID, handling_id: UUID, *, by: Hat, now: datetime) -> Document:
    """Draw up the handling opinion from the findings; it waits for approval (Art 32; invariant 3).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if nothing accepted is being investigated, or the draft that stands says the same
    :raises Refused: if a claim lacks a part, says again what was revoked (R-43), or nobody is entered who reviews it
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.DRAFT_OPINION, petition, by, handling)
    _refuse_undecided(handling)
    refuse_the_same_again(handling)
    document = papers.draft_opinion(handling, by=by, now=now)
    record("petition.draft_opinion", petition, by=by.actor, at=now, facts={"document": str(document.pk)})
    touch(petition, now=now)
    return document


@transaction.atomic(durable=True)
def issue_paper(petition_id: UUID, document_id: UUID, *, version: int, by: Hat, now: datetime) -> Document:
    """Approve a draft, number it and freeze it, as one who may approve in the organ that leads (documents.md §1).

    An opinion that is issued ends the investigation; what it supports has its own day from then on. The report of the
    investigation is issued with it (D13).

    :raises Unknown: if this hat does not see the petition, or the paper is not of it
    :raises NotAllowed: if its post does not approve for the organ, or its wearer drafted the paper
    :raises OutOfTurn: if it is issued already, or an opinion is no longer due
    :raises Stale: if the draft was changed since it was read (Q32)
    """
    petition, handling, document = papers.lock_paper(petition_id, document_id, by)
    if handling is None:
        raise OutOfTurn(_("It was issued with the way it tells of."))
    check(Step.ISSUE_PAPER, petition, by, handling)
    opinion = document.kind == DocumentKind.D15
    if opinion and handling.state != HandlingState.INVESTIGATING:
        raise OutOfTurn(_("An opinion has been issued already."))
    if opinion:
        refuse_the_same_again(handling)
    if opinion and handling.claims.filter(finding__written_at__gt=document.drafted_at).exists():
        raise OutOfTurn(_("A finding was rewritten since; the opinion is drawn up anew first."))
    documents.approve(document, version=version, by=by, now=now)
    document = documents.issue(document, by=by, now=now, on=timezone.localdate(now))
    if opinion:
        _opinion_is_out(handling, document, now=now)
        issue_investigation_report(handling, document, by=by, now=now)
    settle_call(petition, f"approve:{document.pk}", now=now)
    if addressees(petition):
        papers.call_drafter(handling, document, Kind.PAPER_TO_SERVE, now=now)
    call_to_finish(petition, now=now)
    facts = {"kind": document.kind, "number": document.number}
    record("petition.issue_paper", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return document


@transaction.atomic(durable=True)
def return_paper(
    petition_id: UUID, document_id: UUID, *, version: int, remark: str, by: Hat, now: datetime
) -> Document:
    """Send a draft back with a remark (退回修改), as one who may approve it; whoever drew it up is told.

    :raises Unknown: if this hat does not see the petition, or the paper is not of it
    :raises NotAllowed: if its post does not approve for the organ, or its wearer drafted the paper
    :raises OutOfTurn: if the paper does not wait for approval
    :raises Refused: without a remark
    :raises Stale: if the draft was changed since it was read (Q32)
    """
    petition, handling, document = papers.lock_paper(petition_id, document_id, by)
    if handling is None:
        raise OutOfTurn(_("It was issued with the way it tells of."))
    check(Step.RETURN_PAPER, petition, by, handling)
    document = documents.return_draft(document, version=version, remark=remark, by=by, now=now)
    settle_call(petition, f"approve:{document.pk}", now=now)
    papers.call_drafter(handling, document, Kind.PAPER_RETURNED, now=now)
    facts = {"kind": document.kind, "document": str(document.pk)}
    record("petition.return_paper", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return document


@transaction.atomic(durable=True)
def draft_notice(
    petition_id: UUID, document_id: UUID, *, facts: str = "", where_to_go: str = "", by: Hat, now: datetime
) -> Document:
    """Draw up a notice anew that was sent back, in other words or the same; it waits for approval (Art 23; R-20).

    :raises Unknown: if this hat does not see the petition, or the paper is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if it is no notice that was sent back, or was drawn up anew already
    """
    petition, handling, document = papers.lock_paper(petition_id, document_id, by)
    if handling is None:
        raise OutOfTurn(_("It was issued with the way it tells of."))
    check(Step.DRAFT_NOTICE, petition, by, handling)
    said = papers.Said(facts.strip(), where_to_go.strip())
    document = papers.draft_notice_anew(handling, document, said, by=by, now=now)
    codes = {"kind": document.kind, "document": str(document.pk)}
    record("petition.draft_notice", petition, by=by.actor, at=now, facts=codes)
    touch(petition, now=now)
    return document


@transaction.atomic(durable=True)
def upload_paper(
    petition_id: UUID,
    handling_id: UUID,
    *,
    kind: DocumentKind,
    number: str,
    dated_on: date,
    claims: Sequence[int] = (),
    file: Checked,
    by: Hat,
    now: datetime,
) -> Document:
    """Take in a paper that was approved and issued elsewhere: kind, number, day and file (Q24).

    Without claims it answers all that the unit leads. Every gate is the same as for one printed here.

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if the claims are not where this paper belongs
    :raises Refused: if the number, the day or the file is none
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.UPLOAD_PAPER, petition, by, handling)
    answered = handling.claims.filter(number__in=claims) if claims else handling.claims.all()
    if claims and answered.count() != len(set(claims)):
        raise Refused(
            _("This unit leads no such claim."), fields={"claims": _("This unit leads no such claim.")}
        )
    if kind == DocumentKind.D15:
        if handling.state != HandlingState.INVESTIGATING:
            raise OutOfTurn(_("An opinion comes once the matter was accepted, and once."))
        # the opinion answers everything that was accepted, whatever was typed (Art 32)
        answered = handling.claims.filter(decision=ClaimDecision.ACCEPTED)
        _refuse_undecided(handling)
        _refuse_without_findings(handling)
        refuse_the_same_again(handling)
    decision = _DECISION_OF.get(kind)
    if decision is not None and answered.exclude(decision=decision).exists():
        raise OutOfTurn(_("This notice does not say what was decided on these claims."))
    document = documents.upload(
        kind, organ=handling.organ, number=number, dated_on=dated_on, file=file, by=by, now=now
    )
    papers.hang(document, handling, answered.values_list("number", flat=True))
    if kind == DocumentKind.D15:
        _opinion_is_out(handling, document, now=now)
        call_to_finish(petition, now=now)
    facts = {"kind": kind, "number": number, "uploaded": True}
    record("petition.issue_paper", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return document


def _refuse_undecided(handling: Handling) -> None:
    """An opinion closes the handling: a claim that nobody has decided on would stay so (Q10)."""
    if handling.claims.filter(decision="").exists():
        raise OutOfTurn(_("Decide on every claim first."))


def _refuse_without_findings(handling: Handling) -> None:
    """An opinion made elsewhere says the same parts as one made here (invariant 3)."""
    accepted = handling.claims.filter(decision=ClaimDecision.ACCEPTED)
    if accepted.filter(outcome="").exists() or accepted.filter(finding=None).exists():
        raise Refused(_("Each accepted claim needs its finding first, with every part of Art 32."))


def _opinion_is_out(handling: Handling, document: Document, *, now: datetime) -> None:
    handling.opinion = document
    move_handling(handling, at=now, state=HandlingState.OPINION_ISSUED)
    if not addressees(handling.petition):
        # nobody can be handed it: the issue is all that Art 34 can ask for
        see_to_opinion(handling, now=now)


@transaction.atomic(durable=True)
def draw_up_word(petition_id: UUID, route_id: int, *, by: Hat, now: datetime) -> Document:
    """Issue the written word of a way that owes one and has none yet (Art 23(1)(2); R-20; D04).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if this way owes none, has one, or nobody can be reached
    """
    petition, route = _lock_way(petition_id, route_id, by)
    notice = issue_word(route, by=by, now=now)
    if notice is None:
        raise OutOfTurn(_("Nobody can be told in writing."))
    facts = {"kind": notice.kind, "number": notice.number}
    record("petition.issue_paper", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return notice


@transaction.atomic(durable=True)
def upload_word(
    petition_id: UUID, route_id: int, *, number: str, dated_on: date, file: Checked, by: Hat, now: datetime
) -> Document:
    """Take in the written word of a way that was made elsewhere: number, day and file (Q24).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if this way owes none or has one
    :raises Refused: if number, day or file is none, or the day lies before the decision
    """
    petition, route = _lock_way(petition_id, route_id, by)
    if dated_on < timezone.localdate(route.made_at):
        words = _("The day lies before the decision.")
        raise Refused(words, fields={"dated_on": words})
    document = documents.upload(
        DocumentKind.NOTICE, organ=by.organ, number=number, dated_on=dated_on, file=file, by=by, now=now
    )
    hang_word(document, route)
    facts = {"kind": document.kind, "number": document.number, "uploaded": True}
    record("petition.issue_paper", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return document


def _lock_way(petition_id: UUID, route_id: int, by: Hat) -> tuple[Petition, Route]:
    petition = lock_petition(petition_id, by)
    check(Step.TELL_WHERE, petition, by)
    route = Route.objects.filter(pk=route_id, petition=petition).first()
    if route is None:
        raise Unknown(_("There is no such way."))
    route.petition = petition
    if not route.holds or not owes_word(route) or route.documents.exists():
        raise OutOfTurn(_("This way owes no written word, or has one already."))
    return petition, route


@transaction.atomic(durable=True)
def post_paper(petition_id: UUID, document_id: UUID, sent: Sent, *, by: Hat, now: datetime) -> Posting:
    """Write that a paper was posted to one person: the organ's own period is met by it (Q24).

    :raises Unknown: if this hat does not see the petition, or paper or person is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if the paper is not issued, or the person has it
    :raises Refused: if the day cannot be (Q25)
    """
    petition, handling, document = papers.lock_paper(petition_id, document_id, by)
    check(Step.DELIVER_PAPER if handling else Step.DELIVER_WORD, petition, by, handling)
    _refuse_strangers(petition, sent.petitioner_ref)
    posting = delivering.send_by_post(document, sent, by=by, now=now)
    facts = {"document": str(document.pk), "on": sent.posted_on.isoformat()}
    record("petition.post_paper", petition, by=by.actor, at=now, facts=facts)
    _delivered(petition, handling, document, now)
    return posting


@transaction.atomic(durable=True)
def serve_paper(
    petition_id: UUID,
    document_id: UUID,
    service: Service,
    *,
    evidence: Checked | None = None,
    by: Hat,
    now: datetime,
) -> ServiceRecord:
    """Write that one person received a paper, or refused it before witnesses or a camera (documents.md §2; Q17).

    `evidence` is the photo, recording or scan that shows it; it hangs among the files of the case as well, where one
    that shows somebody else is put under quarantine (Q18).

    :raises Unknown: if this hat does not see the petition, or paper or person is not of it
    :raises NotAllowed: if its organ does not lead it
    :raises OutOfTurn: if the paper is not issued, or the person has it
    :raises Refused: if the day cannot be (Q25), or the method asks for more
    """
    petition, handling, document = papers.lock_paper(petition_id, document_id, by)
    check(Step.DELIVER_PAPER if handling else Step.DELIVER_WORD, petition, by, handling)
    _refuse_strangers(petition, service.petitioner_ref)
    if evidence is not None:
        kind = KIND_OF_FILE.get(evidence.content_type.split("/")[0], AttachmentKind.DOCUMENT)
        attachment = attach(petition, evidence, kind, by=by, now=now)
        service = replace(service, evidence=attachment.file)
    served = delivering.serve(document, service, by=by, now=now)
    facts = {"document": str(document.pk), "method": service.method, "on": service.served_on.isoformat()}
    record("petition.serve_paper", petition, by=by.actor, at=now, facts=facts)
    _delivered(petition, handling, document, now)
    return served


@transaction.atomic(durable=True)
def fetch_paper(petition_id: UUID, document_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return an issued paper's file for saving, and write down who took it. Papers name the petitioners in clear.

    :raises Unknown: if this hat does not see the petition, or the paper is not of it or not issued
    :raises NotAllowed: if it neither works on the case nor may uncover its people
    """
    petition = lock_either(petition_id, by)
    hung = PetitionDocument.objects.filter(petition=petition, document=document_id)
    found = hung.exclude(document__file=None).select_related("document__file").first()
    if found is None or found.document.file is None:
        raise Unknown(_("There is no such paper."))
    if not may_read_papers(petition, by):
        raise NotAllowed(_("This paper names the petitioners. It is for those who work on the case."))
    record("petition.fetch_paper", petition, by=by.actor, at=now, facts={"document": str(document_id)})
    return found.document.file


@transaction.atomic(durable=True)
def fetch_working_copy(petition_id: UUID, document_id: UUID, *, by: Hat, now: datetime) -> Checked:
    """Return a paper that was drawn up here as a Word file to work with, and write down who took it.

    An issued one is for whoever reads the paper, a draft for its own organ.

    :raises Unknown: if this hat does not see the petition, or no such paper is drawn up on it, or none it may know of
    :raises NotAllowed: if it neither works on the case nor may uncover its people
    """
    petition = lock_either(petition_id, by)
    hung = PetitionDocument.objects.filter(petition=petition, document=document_id, document__uploaded=False)
    found = hung.select_related("document__organ").first()
    if found is None or not (found.document.is_issued or may_read_draft(found.document, by)):
        raise Unknown(_("There is no such paper."))
    if found.document.is_issued and not may_read_papers(petition, by):
        raise NotAllowed(_("This paper names the petitioners. It is for those who work on the case."))
    record("petition.fetch_paper", petition, by=by.actor, at=now, facts={"document": str(document_id)})
    return working_copy(found.document, by=by.user.name, now=now)


def _refuse_strangers(petition: Petition, person: UUID) -> None:
    if person not in {addressee.pk for addressee in addressees(petition)}:
        message = _("Choose one of the representatives.")
        raise Refused(message, fields={"person": message})


def _delivered(petition: Petition, handling: Handling | None, document: Document, now: datetime) -> None:
    """See what a posting or service meets: T2 or T3 by the notices, T5 by the opinion (Q24)."""
    if handling is None:
        see_to_word(petition, now=now)
    elif document.kind == DocumentKind.D15:
        see_to_opinion(handling, now=now)
    else:
        see_to_notices(handling, now=now)
    papers.settle_serving(petition, document, now=now)
    call_to_finish(petition, now=now)
    touch(petition, now=now)
