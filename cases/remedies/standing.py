"""How far the remedies of an opinion have gone: what may be asked for, of whom, until when (law.md §3; R-40 … R-42)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from accounts.models import Organ
from cases.matters import terms_of
from cases.models import Handling, Remedy
from cases.remedies.rules import reviewer_of
from cases.remedy_states import LEAVES_IT_OPEN, Chain, RemedyState, Stage
from cases.states import OUTCOMES_OF_APPEALS
from deadlines.parts import Preview
from documents.models import Document, ServiceRecord

# who received which paper on which day, by the paper's key and the person's
Received = Mapping[UUID, Mapping[UUID, date]]


@dataclass(frozen=True)
class Standing:
    """Where the remedies of one handling stand."""

    handling: Handling
    chain: Chain
    # the remedies of the opinion that stands, the oldest first
    remedies: Sequence[Remedy] = ()
    # what may be contested now, and before whom; none where nothing may be, or nobody is entered
    stage: Stage | None = None
    contested: Document | None = None
    organ: Organ | None = None
    # until when each person who received it may ask
    terms: Mapping[UUID, Preview] | None = None

    @property
    def going_on(self) -> str | None:
        """The stage of the remedy that goes on; none where none does."""
        return next((each.stage for each in self.remedies if each.is_going_on), None)

    @property
    def review(self) -> Remedy | None:
        """The review of the opinion that stands, if it was decided or goes on."""
        return _holding(self.remedies, Stage.REVIEW)

    @property
    def reexamination(self) -> Remedy | None:
        return _holding(self.remedies, Stage.REEXAMINATION)


def standings_of(
    handlings: Sequence[Handling], *, people: Collection[UUID], now: datetime
) -> Sequence[Standing]:
    """Return where the remedies of some handlings stand, in a fixed number of queries.

    `people` are those an opinion is served on: whoever has not received it still has all his days.
    """
    prefetch_related_objects(handlings, "claims", "opinion", "organ__next_higher__carried_on_by")
    ours = [handling.pk for handling in handlings]
    related = ("contested", "contested_organ", "organ__next_higher__carried_on_by", "opinion", "notice")
    every = list(Remedy.objects.filter(handling__in=ours).select_related(*related).order_by("pk"))
    opinions = {handling.opinion_id for handling in handlings} | {each.opinion_id for each in every}
    received = received_of({key for key in opinions if key is not None})
    return [
        stand(handling, [each for each in every if each.handling_id == handling.pk], received, people, now)
        for handling in handlings
    ]


def received_of(papers: Collection[UUID]) -> Received:
    """Return who received which of some papers on which day; a posting tells nobody when he read it (INV-4)."""
    found: dict[UUID, dict[UUID, date]] = {key: {} for key in papers}
    rows = ServiceRecord.objects.standing().filter(document__in=papers)
    for document, person, day in rows.values_list("document", "petitioner_ref", "served_on"):
        found[document][person] = day
    return found


def _holding(remedies: Sequence[Remedy], stage: Stage) -> Remedy | None:
    rows = (each for each in remedies if each.stage == stage and each.state not in LEAVES_IT_OPEN)
    return next(rows, None)


def stand(
    handling: Handling,
    every: Sequence[Remedy],
    received: Received,
    people: Collection[UUID],
    now: datetime,
) -> Standing:
    """Return where the remedies of one handling stand, of rows that were read: its opinion, claims and organ with it.

    `every` are its remedies, the oldest first, with the organs that decide and those above them.
    """
    opinion = handling.opinion
    if opinion is None or not _is_reviewable(handling):
        return Standing(handling, Chain.NOT_BEGUN)
    firsts = {each.pk for each in every if each.contested_id == opinion.pk}
    of_it = [each for each in every if each.pk in firsts or each.after_id in firsts]
    review, again = _holding(of_it, Stage.REVIEW), _holding(of_it, Stage.REEXAMINATION)
    if review is None:
        above = reviewer_of(handling.organ)
        return _open_or_lapsed(handling, of_it, Stage.REVIEW, opinion, above, received, people, now)
    if review.is_going_on:
        return Standing(handling, Chain.IN_REVIEW, of_it)
    if again is None and review.opinion is not None:
        above = reviewer_of(review.organ)
        return _open_or_lapsed(
            handling, of_it, Stage.REEXAMINATION, review.opinion, above, received, people, now
        )
    decided = again is not None and again.state == RemedyState.DECIDED
    return Standing(handling, Chain.CONCLUDED if decided else Chain.IN_REEXAMINATION, of_it)


def _is_reviewable(handling: Handling) -> bool:
    """Test if an opinion answers anything but suggestions, of which there is nothing to review (Art 29, 35)."""
    return any(claim.outcome in OUTCOMES_OF_APPEALS for claim in handling.claims.all())


_MAY_ASK = {
    Stage.REVIEW: ("T7", Chain.NOT_BEGUN, Chain.MAY_ASK_REVIEW),
    Stage.REEXAMINATION: ("T9", Chain.REVIEW_DECIDED, Chain.MAY_ASK_REEXAMINATION),
}


def _open_or_lapsed(
    handling: Handling,
    remedies: Sequence[Remedy],
    stage: Stage,
    contested: Document,
    above: Organ | None,
    received: Received,
    people: Collection[UUID],
    now: datetime,
) -> Standing:
    code, to_be_served, may_ask = _MAY_ASK[stage]
    by_person = received.get(contested.pk, {})
    by_day = terms_of(code, by_person.values(), now=now)
    terms = {person: by_day[day] for person, day in by_person.items()}
    runs = [term for term in terms.values() if _runs(term, now)]
    if not terms:
        chain = to_be_served
    else:
        chain = may_ask if runs or set(people) - set(terms) else Chain.LAPSED
    return Standing(handling, chain, remedies, stage, contested, above, terms)


def _runs(term: Preview, now: datetime) -> bool:
    due_at = term.reckoning.due_at
    return due_at is None or now < due_at
