"""Papers between organs and for a unit's file: objection and answer, form of an extension, report (D09, D10, D13).

Each is issued by the deed that it puts into writing, in that deed's transaction.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from accounts.hats import Hat
from cases.models import Claim, Extension, Handling, Progress, ProgressKind, ReturnRequest
from cases.papers import contact_of, hang, petitioners_of
from documents import parts as documents
from documents import wording
from documents.models import Document
from documents.paper import day_in_print
from documents.states import DocumentKind
from documents.wording.opinion import ADOPTIONS
from lib.transactions import require_transaction

_STEPS_IN_PRINT = {
    ProgressKind.INVESTIGATION: "调查",
    ProgressKind.CONTACT: "听取信访人意见",
    ProgressKind.PROGRESS: "办理",
    ProgressKind.MEDIATION: "调解",
}


def issue_objection(asked: ReturnRequest, *, by: Hat, now: datetime) -> Document:
    """Issue the letter of objection to the sender (D09; Art 23(3); R-22)."""
    require_transaction("issue_objection")
    handling = asked.handling
    paper = wording.objection(
        wording.Objection(
            organ=handling.organ.name,
            addressee=handling.sender.name,
            petition_number=handling.petition.number,
            contact=contact_of(by),
            received_on=timezone.localdate(handling.received_at or asked.asked_at),
            letter_number=handling.letter.number if handling.letter else "",
            reasons=asked.reason,
            proper_organ=asked.proper_organ.strip() or "请你单位依照职权确定。",
        )
    )
    kind = DocumentKind.D09
    letter = documents.issue_at_once(kind, organ=handling.organ, paper=paper, drafted_by=by, by=by, now=now)
    hang(letter, handling, ())
    return letter


def issue_objection_answer(asked: ReturnRequest, *, by: Hat, now: datetime) -> Document:
    """Issue the sender's answer to an objection, agreed or not, with what was found (D09; Art 23(3); R-22)."""
    require_transaction("issue_objection_answer")
    handling = asked.handling
    letters = Document.objects.filter(case__handling=handling, kind=DocumentKind.D09, organ=handling.organ)
    paper = wording.objection_answer(
        wording.ObjectionAnswer(
            organ=handling.sender.name,
            addressee=handling.organ.name,
            petition_number=handling.petition.number,
            contact=contact_of(by),
            letter_number=letters.order_by("issued_at").values_list("number", flat=True).last() or "",
            agreed=bool(asked.agreed),
            finding=asked.finding,
        )
    )
    kind = DocumentKind.D09
    answer = documents.issue_at_once(kind, organ=handling.sender, paper=paper, drafted_by=by, by=by, now=now)
    hang(answer, handling, ())
    return answer


def issue_extension_form(
    asked: Extension, *, was_due_on: date, due_on: date | None, by: Hat, now: datetime
) -> Document:
    """Issue the form on which the head decided on an extension; `due_on` is the new last day (D10; Art 34; R-36)."""
    require_transaction("issue_extension_form")
    handling = asked.handling
    paper = wording.extension_form(
        wording.ExtensionAsked(
            organ=handling.organ.name,
            petition_number=handling.petition.number,
            accepted_on=handling.accepted_on or timezone.localdate(asked.asked_at),
            was_due_on=was_due_on,
            days=asked.days,
            reason=asked.reason,
            asked_by=asked.asker.name,
            asked_on=timezone.localdate(asked.asked_at),
            decided_by=by.user.name,
            decided_on=timezone.localdate(now),
            due_on=due_on,
        )
    )
    drafted_by = Hat(asked.asked_by, asked.asker)
    kind = DocumentKind.D10
    form = documents.issue_at_once(
        kind, organ=handling.organ, paper=paper, drafted_by=drafted_by, by=by, now=now
    )
    hang(form, handling, ())
    return form


def issue_investigation_report(
    handling: Handling, opinion: Document, *, by: Hat, now: datetime
) -> Document | None:
    """Issue the report that the opinion rests on, with it: who drew up the opinion wrote what was found (D13).

    Nothing is investigated where all are suggestions (Art 29).
    """
    require_transaction("issue_investigation_report")
    claims = list(
        Claim.objects.filter(handling=handling, finding__isnull=False)
        .select_related("finding", "execution_organ")
        .order_by("number")
    )
    if all(claim.outcome in ADOPTIONS for claim in claims):
        return None
    petition, drafter = handling.petition, Hat(opinion.drafted_by, opinion.drafter)
    notes = list(
        Progress.objects.filter(handling=handling)
        .select_related("noted_by__user", "file")
        .order_by("done_on", "pk")
    )
    attached = petition.attachments.filter(removed_at=None).select_related("file").order_by("pk")
    paper = wording.investigation_report(
        wording.Inquired(
            organ=handling.organ.name,
            petition_number=petition.number,
            received_on=timezone.localdate(handling.received_at or petition.received_at),
            accepted_on=handling.accepted_on or timezone.localdate(now),
            petitioner=petitioners_of(petition),
            process=[_step(note) for note in notes],
            answers=[_answer(claim) for claim in claims],
            evidence=[
                *(note.file.name for note in notes if note.file),
                *(one.file.name for one in attached),
            ],
            investigators=_investigators(notes, drafter),
        )
    )
    kind = DocumentKind.D13
    report = documents.issue_at_once(
        kind, organ=handling.organ, paper=paper, drafted_by=drafter, by=by, now=now
    )
    hang(report, handling, ())
    return report


def _step(note: Progress) -> str:
    return f"{day_in_print(note.done_on)}，{_STEPS_IN_PRINT[ProgressKind(note.kind)]}：{note.words}"


def _answer(claim: Claim) -> wording.ClaimAnswer:
    return wording.ClaimAnswer(
        claim=claim.wording,
        facts_found=claim.finding.facts,
        opinion=claim.finding.opinion,
        legal_basis=claim.finding.legal_basis,
        result=claim.outcome,
    )


def _investigators(notes: Sequence[Progress], drafter: Hat) -> str:
    looked = [note.noted_by.user.name for note in notes if note.kind == ProgressKind.INVESTIGATION]
    return "、".join(dict.fromkeys([*looked, drafter.user.name]))
