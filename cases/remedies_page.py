"""复查 and 复核 as the case page shows them: how far they have gone, what was decided, what may be done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import Organ
from cases.handlings import addressees
from cases.hanging import Hanging
from cases.models import Claim, Handling, PetitionDocument, Petitioner, Remedy, RemedyRequest
from cases.offers import Asked, Offer
from cases.papers_page import DeliveryOnPage, PaperOnPage
from cases.remedies import permissions as may
from cases.remedies.standing import Standing, stand
from cases.remedy_states import OVER, RemedyState
from cases.states import PETITIONS_HIMSELF
from cases.turns_page import CorrectionOnPage, as_recorded, corrections_of
from cases.workflow import HANDLES
from documents.models import Document, Posting
from documents.states import NOT_YET_OUT, DocumentKind
from documents.states import State as DocumentState
from lib.masking import mask_name
from lib.prepared import keep_rows


@dataclass(frozen=True)
class RequestOnPage:
    """One petitioner's request, his name covered, and the deed that takes it back."""

    request: RemedyRequest
    who: str
    withdraw: Offer | None = None


@dataclass(frozen=True)
class RemedyPaper:
    """One paper of a remedy, who has it, and what may be done with it."""

    document: Document
    served: Sequence[DeliveryOnPage]
    # services and postings that were mistaken and stand no longer, and what is proposed instead (Q18)
    mistaken: Sequence[str] = ()
    corrections: Sequence[CorrectionOnPage] = ()
    reads_draft: bool = False
    issue: Offer | None = None
    send_back: Offer | None = None
    serve: Offer | None = None
    post: Offer | None = None


@dataclass(frozen=True)
class RemedyOnPage:
    """One remedy with its requests and papers, and what this hat may do."""

    remedy: Remedy
    requests: Sequence[RequestOnPage]
    papers: Sequence[RemedyPaper]
    answer: Offer | None = None
    anew: Offer | None = None
    draft: Offer | None = None
    take_in: Offer | None = None


@dataclass(frozen=True)
class StandingOnPage:
    """How far the remedies of what one organ leads have gone."""

    standing: Standing
    # until when each person may ask, in words
    terms: Sequence[str]
    remedies: Sequence[RemedyOnPage]
    ask: Offer | None = None
    # that the remedies are over, and what stays open (D25)
    tell: Offer | None = None


def remedies_of(
    hanging: Hanging,
    asked: Asked,
    handlings: Sequence[Handling],
    claims: Sequence[Claim],
    papers: Sequence[PaperOnPage],
    now: datetime,
) -> Sequence[StandingOnPage]:
    """Return where the remedies of each opinion stand; nothing before one is out."""
    every = hanging.rows(
        "remedies",
        Remedy.objects.select_related(
            "contested", "contested_organ", "organ", "opinion", "notice", "execution_organ"
        )
        .prefetch_related("requests")
        .order_by("pk"),
    )
    out = [
        one for one in handlings if one.opinion_id is not None or any(r.handling_id == one.pk for r in every)
    ]
    if not out:
        return []
    petition = hanging.petition
    documents = {paper.hung.document_id: paper.hung.document for paper in papers}
    received = {key: _received(document) for key, document in documents.items()}
    for handling in out:
        handling.opinion = documents.get(handling.opinion_id) if handling.opinion_id else None
        keep_rows(handling, "claims", [claim for claim in claims if claim.handling_id == handling.pk])
    for remedy in every:
        remedy.petition = petition
    _load_those_above([*(one.organ for one in out), *(remedy.organ for remedy in every)])
    people = {person.pk for person in addressees(petition)}
    shown = []
    for handling in out:
        of_it = [remedy for remedy in every if remedy.handling_id == handling.pk]
        standing = stand(handling, of_it, received, people, now)
        shown.append(
            StandingOnPage(
                standing=standing,
                terms=list(_terms(standing, list(petition.people.all()), now)),
                remedies=[_on_page(remedy, handling, asked, papers, now) for remedy in of_it],
                ask=_ask(standing, asked),
                tell=_tell(standing, asked, papers),
            )
        )
    return shown


def next_steps_of(shown: Sequence[StandingOnPage]) -> Iterator[tuple[Offer, str]]:
    """Give what moves a remedy on now, for the bar: each by the name of the deed."""
    for row in (row for one in shown for row in one.remedies):
        moves = [row.answer, row.anew, row.draft]
        moves += [offer for paper in row.papers for offer in (paper.issue, paper.serve)]
        yield from ((offer, str(offer.deed.button)) for offer in moves if offer is not None)


def _received(document: Document) -> Mapping[UUID, Any]:
    """Return who received a paper that the page has read, by the records that stand (Q18)."""
    records = (one for one in document.services.all() if not any(c.confirmed for c in one.corrections.all()))
    return {record.petitioner_ref: record.served_on for record in records}


def _load_those_above(organs: Sequence[Organ]) -> None:
    prefetch_related_objects(organs, "next_higher__carried_on_by")


def _terms(standing: Standing, people: Sequence[Petitioner], now: datetime) -> Iterator[str]:
    names = {person.pk: mask_name(person.name) for person in people}
    for person, term in (standing.terms or {}).items():
        over = term.reckoning.due_at is not None and term.reckoning.due_at <= now
        words = (
            _("%(name)s: the time was over on %(day)s; what comes now is noted all the same")
            if over
            else _("%(name)s: until %(day)s")
        )
        yield words % {"name": names.get(person, "—"), "day": term.words}


def _ask(standing: Standing, asked: Asked) -> Offer | None:
    """Offer to note a request, to whom it may be brought, filled with the petitioners."""
    going_on = next((each for each in standing.remedies if each.is_going_on), None)
    if standing.contested is None and going_on is None:
        return None
    above = [] if standing.organ is None else [standing.organ]
    chain = [standing.handling.organ, *(each.organ for each in standing.remedies), *above]
    no_way = going_on is None and standing.organ is None
    if no_way or asked.seat.recused or not may.may_note_request(asked.hat, asked.petition, chain):
        return None
    already = set() if going_on is None else {one.position for one in _standing_requests(going_on)}
    people = [
        (person.pk, mask_name(person.name))
        for person in asked.petition.people.all()
        if person.role in PETITIONS_HIMSELF and person.position not in already
    ]
    if not people:
        return None
    offer = asked.shown("request_remedy", handling=standing.handling.pk)
    offer.form.fields["person"].widget.choices = people
    return offer


def _tell(standing: Standing, asked: Asked, papers: Sequence[PaperOnPage]) -> Offer | None:
    """Offer the word that the remedies are over, once, to who leads the matter."""
    opinion = standing.handling.opinion
    told = (
        paper.hung.document
        for paper in papers
        if paper.hung.handling_id == standing.handling.pk and paper.hung.document.kind == DocumentKind.D25
    )
    if standing.chain not in OVER or opinion is None:
        return None
    if any(paper.drafted_at > opinion.drafted_at for paper in told):
        return None
    leads = asked.hat.role in HANDLES and asked.hat.organ.is_or_carries_on(standing.handling.organ)
    return (
        asked.shown("tell_of_end", handling=standing.handling.pk)
        if leads and not asked.seat.recused
        else None
    )


def _standing_requests(remedy: Remedy) -> list[RemedyRequest]:
    return [one for one in remedy.requests.all() if one.withdrawn_on is None]


def _on_page(
    remedy: Remedy, handling: Handling, asked: Asked, papers: Sequence[PaperOnPage], now: datetime
) -> RemedyOnPage:
    hat = asked.hat
    partial = asked.seat.recused or may.had_a_hand_in(hat, remedy.contested)
    reviews = not partial and may.reviews(hat, remedy)
    own = [paper for paper in papers if paper.hung.remedy_id == remedy.pk]
    state = RemedyState(remedy.state)
    returned = remedy.notice is not None and remedy.notice.state == DocumentState.RETURNED
    accepted = reviews and state is RemedyState.ACCEPTED
    takes_in = not partial and remedy.is_going_on and may.takes_in(hat, remedy)
    return RemedyOnPage(
        remedy=remedy,
        requests=[_request_on_page(one, remedy, asked, partial=partial) for one in remedy.requests.all()],
        papers=[_paper(paper, remedy, asked, now, partial=partial) for paper in own],
        answer=asked.shown("answer_remedy", remedy=remedy.pk)
        if reviews and state is RemedyState.REQUESTED
        else None,
        anew=asked.shown("draft_remedy_notice", remedy=remedy.pk) if reviews and returned else None,
        draft=_filled(asked.shown("draft_remedy_opinion", remedy=remedy.pk), remedy, asked)
        if accepted
        else None,
        take_in=_filled(asked.shown("take_in_remedy_opinion", remedy=remedy.pk), remedy, asked)
        if takes_in
        else None,
    )


def _request_on_page(one: RemedyRequest, remedy: Remedy, asked: Asked, *, partial: bool) -> RequestOnPage:
    names = {person.position: mask_name(person.name) for person in asked.petition.people.all()}
    free = one.withdrawn_on is None and remedy.is_going_on and not partial
    withdraw = free and may.notes_withdrawal(asked.hat, remedy)
    return RequestOnPage(
        one,
        names.get(one.position, str(one.position)),
        asked.shown("withdraw_remedy_request", request=one.pk) if withdraw else None,
    )


def _filled(offer: Offer, remedy: Remedy, asked: Asked) -> Offer:
    """Fill a form with what was found already, so that it is rewritten and not written twice."""
    offer.form.fields["execution_organ"].widget.choices = asked.units
    if offer.form.is_bound or not remedy.outcome:
        return offer
    said = ("facts", "reasons", "basis", "outcome", "ground", "changed_to", "execution_due_on", "anew_by")
    offer.form.initial.update({name: getattr(remedy, name) for name in said})
    if remedy.execution_organ is not None:
        offer.form.initial["execution_organ"] = remedy.execution_organ.code
    return offer


def _paper(paper: PaperOnPage, remedy: Remedy, asked: Asked, now: datetime, *, partial: bool) -> RemedyPaper:
    document, hat = paper.hung.document, asked.hat
    waits = document.state in NOT_YET_OUT
    approves = (
        waits and not partial and may.approves(hat, remedy) and document.drafter_id != hat.user.pk
        and remedy.state != RemedyState.WITHDRAWN
    )  # fmt: skip
    people = _to_serve(document, remedy, asked)
    notes = document.is_issued and not partial and may.delivers(hat, remedy)
    key, version = document.pk, document.version
    serve = asked.shown("serve_remedy_paper", document=key) if notes and people else None
    post = asked.shown("post_remedy_paper", document=key) if notes and people else None
    for offer in (serve, post):
        if offer is not None:
            offer.form.fields["person"].widget.choices = people
    return RemedyPaper(
        document=document,
        served=[_put_right(one, asked) if notes else one for one in (*paper.served, *paper.posted)],
        mistaken=paper.mistaken,
        corrections=_corrections(paper.hung, remedy, asked, now, partial=partial),
        reads_draft=paper.reads_draft and not approves,
        issue=asked.shown("issue_remedy_paper", version=version, document=key) if approves else None,
        send_back=asked.shown("return_remedy_paper", version=version, document=key) if approves else None,
        serve=serve,
        post=post,
    )


def _put_right(one: DeliveryOnPage, asked: Asked) -> DeliveryOnPage:
    """Offer to put a service or posting right, filled with what it says; not while a correction waits (Q18)."""
    if one.waits:
        return one
    if isinstance(one.record, Posting):
        offer = asked.shown("propose_posting", posting=one.record.pk)
    else:
        offer = asked.shown("propose_service", record=one.record.pk)
    return replace(one, propose=as_recorded(offer, one.record))


def _corrections(
    hung: PetitionDocument, remedy: Remedy, asked: Asked, now: datetime, *, partial: bool
) -> Sequence[CorrectionOnPage]:
    def decides(correction_id: int) -> Offer | None:
        if partial or not may.confirms_delivery(asked.hat, remedy):
            return None
        return asked.shown("decide_service", correction=correction_id)

    hung.remedy = remedy
    records = [*hung.document.services.all(), *hung.document.postings.all()]
    return list(corrections_of(records, hung, asked, decides, now))


def _to_serve(document: Document, remedy: Remedy, asked: Asked) -> list[tuple[UUID, str]]:
    """Return who has no record of a paper yet: who asks, and every representative (Q17)."""
    received = _received(document)
    asking = {one.position for one in _standing_requests(remedy)}
    addressed = {person.pk for person in addressees(asked.petition)}
    return [
        (person.pk, mask_name(person.name))
        for person in asked.petition.people.all()
        if (person.position in asking or person.pk in addressed) and person.pk not in received
    ]
