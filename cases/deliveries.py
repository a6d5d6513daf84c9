"""Which issued papers answer which claims and whom they reached, read at once for any number of organs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from cases.models import Acceptance, Claim, Handling, PetitionDocument, Remedy
from cases.states import PetitionClass
from documents.models import Document, Posting, ServiceRecord
from documents.states import DocumentKind

# Services and postings by their keys, and the day that a correction would put in their place; none for none (Q18).
Instead = Mapping[UUID, date | None]
NOTHING_INSTEAD: Instead = {}
# A claim as one organ leads it: the handling, and its number on the petition.
Led = tuple[UUID, int]


@dataclass(frozen=True)
class Deliveries:
    """What is on paper about the claims of some handlings."""

    papers: Mapping[UUID, Sequence[PetitionDocument]]
    decided_on: Mapping[Led, date]
    suggestions: frozenset[Led]

    def days(
        self, led: Led, kinds: Collection[DocumentKind], instead: Instead = NOTHING_INSTEAD
    ) -> dict[UUID, date]:
        """Return when each person had a claim's paper posted or in hand, the earlier of the two (Q24)."""
        return _earliest(self._answering(led, kinds), instead)

    def served(self, led: Led, kinds: Collection[DocumentKind]) -> set[UUID]:
        """Return who has a claim's paper in hand."""
        return {one.petitioner_ref for paper in self._answering(led, kinds) for one in paper.services.all()}

    def in_hand(self, document_id: UUID) -> set[UUID]:
        """Return who has one paper in hand."""
        hung = (one for of_one in self.papers.values() for one in of_one if one.document_id == document_id)
        return {record.petitioner_ref for one in hung for record in one.document.services.all()}

    def _answering(self, led: Led, kinds: Collection[DocumentKind]) -> Iterator[Document]:
        """Yield the issued papers of some kinds that answer a claim.

        None is older than the decision it tells of, and a plain notice answers a suggestion alone (Q20, Q25).
        """
        handling_id, number = led
        decided_on = self.decided_on.get(led, date.min)
        for hung in self.papers.get(handling_id, ()):
            paper = hung.document
            if paper.kind not in kinds or number not in hung.claims:
                continue
            if paper.dated_on is None or paper.dated_on < decided_on:
                continue
            if paper.kind != DocumentKind.NOTICE or led in self.suggestions:
                yield paper


def deliveries_of(handlings: Collection[Handling]) -> Deliveries:
    """Return what is on paper about the claims of these handlings, in five queries at the most."""
    papers: dict[UUID, list[PetitionDocument]] = defaultdict(list)
    # a letter that sends it on answers no claim
    hung = PetitionDocument.objects.filter(handling__in=handlings).exclude(document__issued_at=None)
    hung = hung.exclude(claims=[])
    # an opinion that was revoked answers nothing any more, and its delivery meets nothing
    hung = hung.exclude(document__in=Remedy.objects.remanding().values("revoked"))
    for one in hung.select_related("document").prefetch_related(*_standing("document__")):
        if one.handling_id is not None:
            papers[one.handling_id].append(one)
    if not papers:
        return Deliveries({}, {}, frozenset())
    # the first decision of an organ on a claim is the one its paper tells of
    decided = Acceptance.objects.filter(handling__in=handlings).order_by("-pk")
    suggestions = Claim.objects.filter(handling__in=handlings, petition_class=PetitionClass.SUGGESTION)
    return Deliveries(
        papers=papers,
        decided_on={
            (handling, number): day
            for handling, number, day in decided.values_list("handling", "claim__number", "decided_on")
        },
        suggestions=frozenset(suggestions.values_list("handling", "number")),
    )


def delivered_on(papers: QuerySet[Document], instead: Instead = NOTHING_INSTEAD) -> dict[UUID, date]:
    """Return when each person had one of these papers posted or in hand, the earlier of the two."""
    return _earliest(papers.prefetch_related(*_standing()), instead)


def _standing(path: str = "") -> "tuple[Prefetch[Any], Prefetch[Any]]":
    """What a confirmed correction replaced or took back is no service and no posting any more (Q18)."""
    services = Prefetch(f"{path}services", ServiceRecord.objects.standing())
    return services, Prefetch(f"{path}postings", Posting.objects.standing())


def _earliest(papers: Iterable[Document], instead: Instead) -> dict[UUID, date]:
    found: dict[UUID, date] = {}
    for paper in papers:
        posted = [(one.petitioner_ref, instead.get(one.pk, one.posted_on)) for one in paper.postings.all()]
        served = [(one.petitioner_ref, instead.get(one.pk, one.served_on)) for one in paper.services.all()]
        for person, day in (*posted, *served):
            if day is not None:
                found[person] = min(day, found.get(person, day))
    return found
