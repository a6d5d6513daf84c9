"""The papers of a case as its page shows them: who has each, until when review may be asked for, what may be done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.forms.papers import DraftNotice
from cases.handlings import addressees
from cases.hanging import Hanging
from cases.matters import review_terms
from cases.models import Acceptance, Handling, Petition, PetitionDocument
from cases.offers import Asked, Offer
from cases.papers import DRAWN_NOTICES, is_answered, said_of
from cases.people import may_read_draft
from cases.turns_page import CorrectionOnPage, corrections_of, propose_of, propose_posting_of
from deadlines.parts import Preview
from documents.models import Posting, ServiceCorrection, ServiceRecord
from documents.states import NOT_YET_OUT, DocumentKind
from documents.states import State as DocumentState
from lib.masking import mask_name
from lib.prepared import Given, prepared


@dataclass(frozen=True)
class DeliveryOnPage:
    """One service or posting that stands, in words, and the offer to put it right."""

    words: str
    record: ServiceRecord | Posting
    propose: Offer | None = None

    @property
    def waits(self) -> bool:
        """Test if a correction of it waits for a second person."""
        return any(each.decided_at is None for each in self.record.corrections.all())


@dataclass(frozen=True)
class PaperOnPage:
    """One paper, who has it, and what may be done with it."""

    hung: PetitionDocument
    served: Sequence[DeliveryOnPage]
    posted: Sequence[DeliveryOnPage]
    # services and postings that were mistaken and stand no longer (Q18)
    mistaken: Sequence[str] = ()
    # until when those who received an opinion may ask for its review (T7)
    review: Sequence[str] = ()
    corrections: Sequence[CorrectionOnPage] = ()
    # its own organ's people read what waits for approval, and what was sent back with its remark
    reads_draft: bool = False
    issue: Offer | None = None
    send_back: Offer | None = None
    # a notice that was sent back, drawn up anew
    anew: Offer | None = None
    serve: Offer | None = None
    post: Offer | None = None

    @property
    def replaces_on_redraft(self) -> bool:
        """Test if this is the draft that drawing up the opinion anew would replace."""
        document = self.hung.document
        return document.kind == DocumentKind.D15 and document.state in NOT_YET_OUT

    @property
    def has_deeds(self) -> bool:
        proposals = (one.propose for one in (*self.served, *self.posted))
        offers = (self.issue, self.send_back, self.anew, self.serve, self.post, *proposals)
        return self.reads_draft or bool(self.corrections) or any(offer is not None for offer in offers)


def _hung(hanging: Hanging) -> Sequence[PetitionDocument]:
    """Return the papers in the order they were hung, with who has them."""
    if "documents" not in hanging.there:
        return []
    hung = _papers(petition=hanging.petition.pk)
    for one in hung:
        one.petition = hanging.petition
    records = {"services": ServiceRecord.objects.all(), "postings": Posting.objects.all()}
    path, papers = "documents__document", [one.document for one in hung]
    hanging.load(path, papers, records)
    for name in records:
        of_this_kind = [record for paper in papers for record in getattr(paper, name).all()]
        hanging.load(f"{path}__{name}", of_this_kind, {"corrections": ServiceCorrection.objects.all()})
    return hung


@prepared
def _papers(petition: Given) -> QuerySet[PetitionDocument]:
    who_has_it = ("document__organ", "document__drafter", "document__returner")
    papers = PetitionDocument.objects.filter(petition=petition)
    return papers.select_related(*who_has_it).order_by("pk")


def version_of_paper(petition: Petition, document_id: UUID) -> int:
    """Return which draft of a paper of this petition stands now (Q32)."""
    return petition.documents.select_related("document").get(document=document_id).document.version


def papers_of(
    hanging: Hanging, asked: Asked, handlings: Mapping[Any, Handling], now: datetime
) -> Iterator[PaperOnPage]:
    hung = _hung(hanging)
    people = {person.pk: mask_name(person.name) for person in addressees(hanging.petition)} if hung else {}
    opinions = (one.document for one in hung if one.document.kind == DocumentKind.D15)
    decisions = _decisions(hung)
    terms = review_terms((record.served_on for paper in opinions for record in paper.services.all()), now=now)
    for one in hung:
        document = one.document
        handling = handlings.get(one.handling_id)
        records = list(document.services.all())
        postings = list(document.postings.all())
        mistaken = [record for record in records if _is_corrected(record)]
        served = {record.petitioner_ref: record for record in records if record not in mistaken}
        posted = [one for one in postings if not _is_corrected(one)]
        to_serve = [(pk, name) for pk, name in people.items() if pk not in served]
        issue = _issue(one, asked, handling)
        paper = PaperOnPage(
            hung=one,
            served=[
                DeliveryOnPage(_service_words(record, people), record, _propose(record, one, asked, handling))
                for record in served.values()
            ],
            mistaken=[
                *(_service_words(record, people) for record in mistaken),
                *(_posting_words(each, people) for each in postings if _is_corrected(each)),
            ],
            review=[
                _review_words(record, terms[record.served_on], people, now)
                for record in served.values()
                if document.kind == DocumentKind.D15
            ],
            corrections=_corrections(one, asked, handling, now),
            posted=[
                DeliveryOnPage(
                    _posting_words(each, people),
                    each,
                    None if _waits(each) else propose_posting_of(each, one, asked, handling),
                )
                for each in posted
            ],
            reads_draft=issue is None and _reads_draft(one, asked),
            issue=issue,
            send_back=_send_back(one, asked, handling),
            anew=_anew(one, hung, asked, handling, decisions),
            serve=_delivery("serve_paper", one, asked, handling, to_serve),
            post=_delivery("post_paper", one, asked, handling, to_serve),
        )
        yield paper


def _service_words(record: ServiceRecord, people: Mapping[Any, str]) -> str:
    return _("%(name)s %(day)s, %(how)s") % {
        "name": people.get(record.petitioner_ref, "—"),
        "day": record.served_on,
        "how": record.get_method_display(),
    }


def _review_words(record: ServiceRecord, term: Preview, people: Mapping[Any, str], now: datetime) -> str:
    """Say until when a person may ask for 复查 of an opinion, or that the time is over (Art 35; T7)."""
    over = term.reckoning.due_at is not None and term.reckoning.due_at <= now
    words = (
        _("%(name)s could ask for review until %(day)s; what comes now is registered all the same")
        if over
        else _("%(name)s may ask for review until %(day)s")
    )
    return words % {"name": people.get(record.petitioner_ref, "—"), "day": term.words}


def _posting_words(record: Posting, people: Mapping[Any, str]) -> str:
    name = people.get(record.petitioner_ref, "—")
    return _("posted to %(name)s %(day)s") % {"name": name, "day": record.posted_on}


def _is_corrected(record: ServiceRecord | Posting) -> bool:
    return any(each.confirmed for each in record.corrections.all())


def _waits(record: ServiceRecord | Posting) -> bool:
    return any(each.decided_at is None for each in record.corrections.all())


def _propose(
    record: ServiceRecord, hung: PetitionDocument, asked: Asked, handling: Handling | None
) -> Offer | None:
    return None if _waits(record) else propose_of(record, hung, asked, handling)


def _corrections(
    hung: PetitionDocument, asked: Asked, handling: Handling | None, now: datetime
) -> Sequence[CorrectionOnPage]:
    """Return the proposals that wait on a paper; those on the papers of a remedy stand with the remedy."""
    if hung.remedy_id is not None:
        return []
    own = asked.hat.organ.is_or_carries_on(hung.document.organ)

    def decides(correction_id: int) -> Offer | None:
        return asked.offer("decide_service", handling, correction=correction_id) if own else None

    hung.handling = handling
    records = [*hung.document.services.all(), *hung.document.postings.all()]
    return list(corrections_of(records, hung, asked, decides, now))


def _reads_draft(hung: PetitionDocument, asked: Asked) -> bool:
    return not hung.document.is_issued and may_read_draft(hung.document, asked.hat)


def _issue(hung: PetitionDocument, asked: Asked, handling: Handling | None) -> Offer | None:
    return _on_a_draft("issue_paper", hung, asked, handling)


def _send_back(hung: PetitionDocument, asked: Asked, handling: Handling | None) -> Offer | None:
    return _on_a_draft("return_paper", hung, asked, handling)


def _on_a_draft(name: str, hung: PetitionDocument, asked: Asked, handling: Handling | None) -> Offer | None:
    """A draft is approved or sent back by another person than drew it up."""
    document = hung.document
    if document.state not in NOT_YET_OUT or handling is None or document.drafter_id == asked.hat.user.pk:
        return None
    return asked.offer(name, handling, version=document.version, document=document.pk)


# What was decided, by the handling and the claim's number.
Decisions = Mapping[tuple[UUID, int], Acceptance]


def _decisions(hung: Sequence[PetitionDocument]) -> Decisions:
    """Return what the notices tell of that were sent back and have to be drawn up anew, in one query if there are."""
    waiting = [one.handling_id for one in hung if _waits_anew(one, hung)]
    if not waiting:
        return {}
    decided = Acceptance.objects.filter(handling__in=waiting).select_related("claim")
    return {(one.handling_id, one.claim.number): one for one in decided}


def _waits_anew(one: PetitionDocument, hung: Sequence[PetitionDocument]) -> bool:
    document = one.document
    returned = document.kind in DRAWN_NOTICES and document.state == DocumentState.RETURNED
    return returned and not is_answered(one, hung)


def _anew(
    one: PetitionDocument,
    hung: Sequence[PetitionDocument],
    asked: Asked,
    handling: Handling | None,
    decisions: Decisions,
) -> Offer | None:
    """Offer a notice that was sent back to be drawn up anew, filled with what was decided."""
    if handling is None or not _waits_anew(one, hung):
        return None
    offer = asked.offer("draft_notice", handling, document=one.document_id)
    if offer is None or not isinstance(offer.form, DraftNotice):
        return None
    kind = DocumentKind(one.document.kind)
    offer.form.ask_as_of(kind)
    decided = [decisions[handling.pk, number] for number in one.claims]
    said = said_of(kind, [each.claim for each in decided], decided[0])
    offer.form.initial.update({"facts": said.facts, "where_to_go": said.where_to_go})
    return offer


def _delivery(
    name: str,
    hung: PetitionDocument,
    asked: Asked,
    handling: Handling | None,
    people: Sequence[tuple[Any, str]],
) -> Offer | None:
    goes_to_petitioners = bool(hung.claims)
    if (
        hung.document.state != DocumentState.ISSUED
        or (handling is None and hung.route_id is None)
        or not people
        or not goes_to_petitioners
    ):
        return None
    offer = asked.offer(name, handling, document=hung.document_id)
    if offer is not None:
        offer.form.fields["person"].widget.choices = people
    return offer
