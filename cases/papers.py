"""The papers of a handling, drawn up from its facts inside the deed that calls for them (documents.md §3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from cases.handlings import addressees, lock_handling, settle_call, tell_organ
from cases.models import Acceptance, Claim, Extension, Handling, Petition, PetitionClock, PetitionDocument
from cases.parts import lock_petition
from cases.states import ClaimDecision, ClockCode, NonAcceptReason, PetitionClass, RouteKind, StatutoryRoute
from cases.workflow import APPROVES, HANDLES, SIGNS
from documents import parts as documents
from documents import wording
from documents.models import Document, ServiceRecord
from documents.paper import Paper
from documents.states import NOT_YET_OUT, DocumentKind
from documents.states import State as DocumentState
from lib.errors import OutOfTurn, Refused, Unknown
from lib.transactions import require_transaction
from notices.models import Kind
from notices.parts import tell


def send_letter(handling: Handling, *, by: Hat, now: datetime) -> Document:
    """Issue the forwarding or assignment letter (D02, D03) that goes with what is sent."""
    require_transaction("send_letter")
    petition, route = handling.petition, handling.route
    facts: dict[str, Any] = {
        "organ": by.organ.name,
        "addressee": handling.organ.name,
        "petition_number": petition.number,
        "contact": contact_of(by),
        "petitioner": petitioners_of(petition),
        "received_on": timezone.localdate(petition.received_at),
        "summary": _matter(petition, [claim.number for claim in petition.claims.filter(handling=handling)]),
        "reason": route.reason or "根据属地管理、分级负责和谁主管、谁负责的原则，属于你单位职权范围。",
        "enclosures": tuple(
            attachment.file.name
            for attachment in petition.attachments.filter(removed_at=None).select_related("file")
        ),
    }
    if route.kind == RouteKind.ASSIGN and handling.report_due_on is not None:
        kind = DocumentKind.D03
        paper = wording.assignment_letter(wording.Assignment(**facts, due_on=handling.report_due_on))
    else:
        kind, paper = DocumentKind.D02, wording.forwarding_letter(wording.Forwarding(**facts))
    letter = documents.issue_at_once(kind, organ=by.organ, paper=paper, drafted_by=by, by=by, now=now)
    hang(letter, handling, ())
    handling.letter = letter
    handling.save(update_fields=["letter"])
    return letter


def hang(document: Document, handling: Handling, claims: Iterable[int]) -> PetitionDocument:
    """Hang a paper on the case, with the claims it answers."""
    hung = PetitionDocument.objects.hang(document, handling.petition, handling=handling, claims=claims)
    if hung.claims:
        _settle_returned(hung, now=document.drafted_at)
    return hung


def _settle_returned(hung: PetitionDocument, *, now: datetime) -> None:
    """Take the calls back to write anew what was sent back, once another paper is there for the same claims."""
    returned = PetitionDocument.objects.filter(
        handling=hung.handling,
        document__kind=hung.document.kind,
        document__state=DocumentState.RETURNED,
        claims__overlap=hung.claims,
    )
    for document_id in returned.values_list("document", flat=True):
        settle_call(hung.petition, f"returned:{document_id}", now=now)


def draft_notices(handling: Handling, *, by: Hat, now: datetime) -> Sequence[Document]:
    """Draw up one notice for each kind of decision on the claims (D05–D08), where anybody can be told (Art 23)."""
    require_transaction("draft_notices")
    if not addressees(handling.petition):
        return []
    claims = list(Claim.objects.filter(handling=handling).order_by("number"))
    decided = {row.claim_id: row for row in Acceptance.objects.filter(handling=handling)}
    groups = (
        (DocumentKind.D05, [claim for claim in claims if claim.decision == ClaimDecision.ACCEPTED]),
        *((DocumentKind.D06, [claim]) for claim in claims if claim.decision == ClaimDecision.LED),
        *((DocumentKind.D07, [claim]) for claim in claims if claim.decision == ClaimDecision.NOT_ACCEPTED),
        *(
            (DocumentKind.D08, [claim])
            for claim in claims
            if claim.decision == ClaimDecision.NO_LONGER_ACCEPTED
        ),
    )
    made = []
    for kind, of_kind in groups:
        if not of_kind:
            continue
        decision = decided[of_kind[0].pk]
        paper = _notice(kind, handling, of_kind, decision, said_of(kind, of_kind, decision), by)
        document = documents.draft(kind, organ=handling.organ, paper=paper, by=by, now=now)
        hang(document, handling, [claim.number for claim in of_kind])
        made.append(document)
        # each call leaves with its own paper
        _ask_for_approval(handling, document, now)
    return made


# The notices that are drawn up here by themselves, and anew when they were sent back.
DRAWN_NOTICES = frozenset({DocumentKind.D05, DocumentKind.D06, DocumentKind.D07, DocumentKind.D08})


# What whoever drew a paper up is called for: the word in the call's key, and who else does it in his organ.
_CALLS_TO_DRAFTERS = {
    Kind.PAPER_RETURNED: ("returned", HANDLES),
    Kind.PAPER_TO_SERVE: ("serve", SIGNS),
}


@dataclass(frozen=True)
class Said:
    """What a notice says in words of its own: of the facts, or how an accepted matter is handled, and where to go."""

    facts: str = ""
    where_to_go: str = ""


def said_of(kind: DocumentKind, claims: Sequence[Claim], decided: Acceptance) -> Said:
    """Return what a notice says as it was decided."""
    if kind == DocumentKind.D05:
        return Said(_procedure(claims))
    facts = {
        DocumentKind.D06: lambda: decided.route_fact,
        DocumentKind.D07: lambda: _fact_behind(decided),
        DocumentKind.D08: lambda: decided.concluded_fact,
    }
    return Said(facts[kind](), decided.where_to_go)


def is_answered(returned: PetitionDocument, papers: Iterable[PetitionDocument]) -> bool:
    """Test if another paper of the same kind is there for the claims of one that was sent back."""
    return any(
        other.handling_id == returned.handling_id
        and other.document.kind == returned.document.kind
        and other.document.state != DocumentState.RETURNED
        and set(other.claims) & set(returned.claims)
        for other in papers
    )


def draft_notice_anew(
    handling: Handling, document: Document, said: Said, *, by: Hat, now: datetime
) -> Document:
    """Draw up another draft of a notice that was sent back; what `said` leaves empty is as it was decided (Art 23).

    :raises OutOfTurn: if it is no notice that was sent back, or another one is there already
    """
    require_transaction("draft_notice_anew")
    hung = PetitionDocument.objects.filter(handling=handling).select_related("document")
    returned = next(one for one in hung if one.document_id == document.pk)
    kind = DocumentKind(document.kind)
    if kind not in DRAWN_NOTICES or returned.document.state != DocumentState.RETURNED:
        raise OutOfTurn(_("Only a notice that was sent back is drawn up anew."))
    if is_answered(returned, hung):
        raise OutOfTurn(_("It was drawn up anew already."))
    claims = list(Claim.objects.filter(handling=handling, number__in=returned.claims).order_by("number"))
    decided = Acceptance.objects.get(handling=handling, claim=claims[0])
    as_decided = said_of(kind, claims, decided)
    words = Said(said.facts or as_decided.facts, said.where_to_go or as_decided.where_to_go)
    paper = _notice(kind, handling, claims, decided, words, by)
    anew = documents.draft(kind, organ=handling.organ, paper=paper, by=by, now=now)
    hang(anew, handling, returned.claims)
    _ask_for_approval(handling, anew, now)
    return anew


def _notice(
    kind: DocumentKind,
    handling: Handling,
    claims: Sequence[Claim],
    decided: Acceptance,
    said: Said,
    by: Hat,
) -> Paper:
    words = tuple(claim.wording for claim in claims)
    head = _head(handling, by)
    if kind == DocumentKind.D05:
        return wording.acceptance_notice(
            wording.Acceptance(
                **head,
                claims=words,
                procedure=said.facts,
                opinion_due_on=_opinion_day(handling),
            )
        )
    if kind == DocumentKind.D06:
        route = StatutoryRoute(claims[0].statutory_route)
        return wording.route_notice(
            wording.OtherRoute(
                **head,
                claims=words,
                route=int(route.value[-1]),
                procedure=said.facts,
                body=said.where_to_go,
                address="请向上述机关查询",
            )
        )
    if kind == DocumentKind.D07:
        return wording.refusal_notice(
            wording.Refusal(
                **head,
                claims=words,
                reason=decided.reason,
                facts_found=said.facts,
                where_to_go=said.where_to_go,
            )
        )
    return wording.no_longer_notice(
        wording.NoLonger(
            **head,
            reexamination_number=decided.reexamination_number,
            reexamined_on=decided.reexamined_on or decided.decided_on,
            reexamined_by=decided.reexamined_by,
            why_the_same=said.facts,
            help_available=said.where_to_go,
        )
    )


# Which point of the checklist a reason rests on.
_POINT_OF = {
    NonAcceptReason.PENDING_SAME_MATTER: "pending_fact",
    NonAcceptReason.CONCLUDED: "concluded_fact",
    NonAcceptReason.LITIGATION_ROUTE: "litigation_fact",
    NonAcceptReason.OTHER_STATUTORY_ROUTE: "route_fact",
    NonAcceptReason.OUTSIDE_POWER: "power_fact",
    NonAcceptReason.DISCIPLINE_CHANNEL: "power_fact",
}


def _fact_behind(decided: Acceptance) -> str:
    return str(getattr(decided, _POINT_OF[NonAcceptReason(decided.reason)]))


def _procedure(claims: Sequence[Claim]) -> str:
    if all(claim.petition_class == PetitionClass.SUGGESTION for claim in claims):
        return "按照《信访工作条例》第二十九条认真研究论证，并将采纳情况回复您。"
    return "按照《信访工作条例》第三十一条第六项，听取您的陈述，调查核实后出具信访处理意见书。"


def _opinion_day(handling: Handling) -> date | None:
    clock = PetitionClock.objects.open().filter(
        petition=handling.petition, organ=handling.organ, code=ClockCode.T5, presumed=False
    )
    return clock.values_list("last_day", flat=True).first()


def draft_opinion(handling: Handling, *, by: Hat, now: datetime) -> Document:
    """Draw up the handling opinion from the findings, or draw it up anew while it is a draft (D15; invariant 3).

    :raises OutOfTurn: if the draft that stands says the same, and no finding was written since
    :raises Refused: if a claim lacks a part that Art 32 asks for, or nobody is entered who reviews the organ
    """
    require_transaction("draft_opinion")
    claims = list(
        Claim.objects.filter(handling=handling, decision=ClaimDecision.ACCEPTED)
        .select_related("finding", "execution_organ")
        .order_by("number")
    )
    if any(not claim.outcome or not hasattr(claim, "finding") for claim in claims):
        raise Refused(_("Each accepted claim needs its finding first, with every part of Art 32."))
    # the direct superior, which is another organ, as is the one above it (Art 35, 36; INV-5)
    reviewer = handling.organ.next_higher
    paper = wording.handling_opinion(
        wording.Opinion(
            **_head(handling, by),
            answers=[
                wording.ClaimAnswer(
                    claim=claim.wording,
                    facts_found=claim.finding.facts,
                    opinion=claim.finding.opinion,
                    legal_basis=claim.finding.legal_basis,
                    result=claim.outcome,
                    executed_by=claim.execution_organ.name if claim.execution_organ else "",
                    execute_until=claim.execution_due_on,
                )
                for claim in claims
            ],
            reviewing_organ=reviewer.name if reviewer else "",
        )
    )
    numbers = [claim.number for claim in claims]
    standing = _draft_of(handling, DocumentKind.D15)
    if standing is not None:
        rewritten = handling.claims.filter(finding__written_at__gt=standing.drafted_at).exists()
        if standing.parts == paper.as_parts() and not rewritten:
            raise OutOfTurn(_("The draft says all of this already; it waits for approval."))
        document = documents.redraft(standing, paper, version=standing.version, by=by, now=now)
        PetitionDocument.objects.filter(document=document).update(claims=numbers)
    else:
        document = documents.draft(DocumentKind.D15, organ=handling.organ, paper=paper, by=by, now=now)
        hang(document, handling, numbers)
    _ask_for_approval(handling, document, now)
    return document


def _draft_of(handling: Handling, kind: DocumentKind) -> Document | None:
    waiting = Document.objects.filter(case__handling=handling, kind=kind, state__in=sorted(NOT_YET_OUT))
    return waiting.first()


def issue_extension_notice(
    extension: Extension, clock: PetitionClock, *, was_due_on: date, by: Hat, now: datetime
) -> Document:
    """Issue the notice that tells the petitioner why it takes longer (D11; Art 34): approved with the extension.

    The officer who asked has drafted it, the head who approves the days approves the paper.
    """
    require_transaction("issue_extension_notice")
    handling = extension.handling
    asked_by = Hat(extension.asked_by, extension.asker)
    paper = wording.extension_notice(
        wording.ExtensionFacts(
            **_head(handling, asked_by),
            accepted_on=handling.accepted_on or timezone.localdate(clock.started_at),
            was_due_on=was_due_on,
            due_on=clock.last_day or was_due_on,
            reason=extension.reason,
        )
    )
    notice = documents.issue_at_once(
        DocumentKind.D11, organ=handling.organ, paper=paper, drafted_by=asked_by, by=by, now=now
    )
    hang(notice, handling, [claim.number for claim in handling.claims.all()])
    return notice


def _ask_for_approval(handling: Handling, document: Document, now: datetime) -> None:
    # of a paper drawn up anew one call stands, not one for each draft
    settle_call(handling.petition, f"approve:{document.pk}", now=now)
    key = f"approve:{document.pk}:{document.version}"
    tell_organ(handling.organ, APPROVES, Kind.PAPER_TO_APPROVE, handling.petition, key=key, now=now)


def call_drafter(handling: Handling, document: Document, kind: Kind, *, now: datetime) -> None:
    """Tell the post that drew a paper of a handling up what became of it, as `tell_drafter` does."""
    tell_drafter(handling.petition, handling.organ, document, kind, now=now)


def tell_drafter(petition: Petition, organ: Organ, document: Document, kind: Kind, *, now: datetime) -> None:
    """Tell the post that drew a paper up what became of it; if nobody works from it, all whose work it is there.

    Who withdrew from the petition is told nothing of it (R-33).
    """
    word, roles = _CALLS_TO_DRAFTERS[kind]
    key = f"{word}:{document.pk}"
    held = Post.objects.held_on(timezone.localdate(now)).filter(pk=document.drafted_by_id)
    works = held.exclude(user__in=petition.recusals.filter(withdrawn=True).values("user"))
    if works.exists():
        posts, key = [document.drafted_by_id], f"petition:{petition.pk}:{key}"
        tell(posts, kind, key=key, subject_id=str(petition.pk), now=now)
    else:
        tell_organ(organ, roles, kind, petition, key=key, now=now)


def settle_serving(petition: Petition, document: Document, *, now: datetime) -> None:
    """Take the call to serve a paper back once everyone it goes to has it in hand."""
    require_transaction("settle_serving")
    served = (
        ServiceRecord.objects.standing().filter(document=document).values_list("petitioner_ref", flat=True)
    )
    if {person.pk for person in addressees(petition)} <= set(served):
        settle_call(petition, f"serve:{document.pk}", now=now)


def _head(handling: Handling, by: Hat) -> dict[str, Any]:
    """Return what every letter to the petitioner begins and ends with."""
    petition = handling.petition
    sent = handling.sender_id != handling.organ_id
    return {
        "organ": handling.organ.name,
        "addressee": petitioners_of(petition),
        "matter": wording.Matter(
            number=petition.number,
            received_on=timezone.localdate(handling.received_at or petition.received_at),
            received_from=handling.sender.name if sent else "",
        ),
        "contact": contact_of(by),
    }


def contact_of(hat: Hat) -> str:
    """Return whom to ask about a paper: the organ, the person in charge of it and his work telephone, if known.

    That is what a paper ends with (documents.md §3).
    """
    person = hat.post.user
    return "，".join(part for part in (hat.organ.name, person.name, person.phone) if part)


def petitioners_of(petition: Petition) -> str:
    """Return the representatives by name, or what an anonymous petition is addressed to."""
    names = [person.name for person in addressees(petition)]
    return "、".join(names) if names else "匿名信访人"


def _matter(petition: Petition, numbers: Sequence[int]) -> str:
    """Return what a letter to a unit tells it of the matter: the neutral summary and the claims that go to it."""
    claims = petition.claims.filter(number__in=numbers).order_by("number")
    lines = [petition.words.summary or petition.words.title]
    return "\n".join([*lines, *(f"诉求{claim.number}：{claim.wording}" for claim in claims)])


def lock_paper(petition_id: UUID, document_id: UUID, by: Hat) -> tuple[Petition, Handling | None, Document]:
    """Return a petition and the handling a paper belongs to, both held until the transaction ends, and the paper.

    The paper is as it stood before: `documents` holds it and reads it anew before it writes. No handling for the
    word of a way, which the organ that registered wrote (D04).

    :raises Unknown: if this hat does not see the petition, or no such paper for a person hangs on it
    """
    of_petition = PetitionDocument.objects.filter(petition=petition_id, document=document_id)
    hung = of_petition.select_related("document").first()
    if hung is None or (hung.handling_id is None and hung.route_id is None):
        raise Unknown(_("There is no such paper."))
    if hung.handling_id is None:
        return lock_petition(petition_id, by), None, hung.document
    petition, handling = lock_handling(petition_id, hung.handling_id, by)
    return petition, handling, hung.document
