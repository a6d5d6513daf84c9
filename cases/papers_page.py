"""The papers of a case as its page shows them: who has each, until when review may be asked for, what may be done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.handlings import addressees
from cases.hanging import Hanging
from cases.matters import review_terms
from cases.models import Handling, PetitionDocument
from cases.offers import Asked, Offer
from cases.turns_page import CorrectionOnPage, corrections_of, propose_of, propose_posting_of
from cases.workflow import APPROVES, SIGNS
from deadlines.parts import Preview
from documents.models import Posting, ServiceCorrection, ServiceRecord
from documents.states import DocumentKind
from documents.states import State as DocumentState
from lib.masking import mask_name


@dataclass(frozen=True)
class PaperOnPage:
    """One paper, who has it, and what may be done with it."""

    hung: PetitionDocument
    served: Sequence[tuple[str, Offer | None]]
    posted: Sequence[tuple[str, Offer | None]]
    # services and postings that were mistaken and stand no longer (Q18)
    mistaken: Sequence[str] = ()
    # until when those who received an opinion may ask for its review (T7)
    review: Sequence[str] = ()
    corrections: Sequence[CorrectionOnPage] = ()
    # its own organ's people read what waits for approval
    reads_draft: bool = False
    issue: Offer | None = None
    serve: Offer | None = None
    post: Offer | None = None

    @property
    def has_deeds(self) -> bool:
        proposals = (propose for _words, propose in (*self.served, *self.posted))
        offers = (self.issue, self.serve, self.post, *proposals)
        return self.reads_draft or bool(self.corrections) or any(offer is not None for offer in offers)


def _hung(hanging: Hanging) -> Sequence[PetitionDocument]:
    """Return the papers in the order they were hung, with who has them."""
    every = hanging.petition.documents.select_related("document__organ", "document__drafter")
    hung = list(every.order_by("pk"))
    records = {"services": ServiceRecord.objects.all(), "postings": Posting.objects.all()}
    path, papers = "documents__document", [one.document for one in hung]
    hanging.load(path, papers, records)
    for name in records:
        of_this_kind = [record for paper in papers for record in getattr(paper, name).all()]
        hanging.load(f"{path}__{name}", of_this_kind, {"corrections": ServiceCorrection.objects.all()})
    return hung


def papers_of(
    hanging: Hanging, asked: Asked, handlings: Mapping[Any, Handling], now: datetime
) -> Iterator[PaperOnPage]:
    hung = _hung(hanging)
    people = {person.pk: mask_name(person.name) for person in addressees(hanging.petition)} if hung else {}
    opinions = (one.document for one in hung if one.document.kind == DocumentKind.D15)
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
                (_service_words(record, people), _propose(record, one, asked, handling))
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
            corrections=list(corrections_of([*records, *postings], one, asked, handling, now)),
            posted=[
                (
                    _posting_words(each, people),
                    None if _waits(each) else propose_posting_of(each, one, asked, handling),
                )
                for each in posted
            ],
            reads_draft=issue is None and _reads_draft(one, asked),
            issue=issue,
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


def _reads_draft(hung: PetitionDocument, asked: Asked) -> bool:
    """Test if a hat reads a draft that it does not approve: who works on petitions in the organ whose paper it is."""
    own = asked.hat.organ.is_or_carries_on(hung.document.organ)
    return own and asked.hat.role in SIGNS | APPROVES and hung.document.state == DocumentState.DRAFT


def _issue(hung: PetitionDocument, asked: Asked, handling: Handling | None) -> Offer | None:
    """A draft is approved by another person than drew it up."""
    document = hung.document
    if document.state == DocumentState.ISSUED or handling is None or document.drafter_id == asked.hat.user.pk:
        return None
    return asked.offer("issue_paper", handling, version=document.version, document=document.pk)


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
