"""What is closed when a petition is finished (办结): each claim with its end, the papers and who has them, the days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from assignments.models import Assignment
from assignments.states import Kind
from cases.models import Claim, Petition, PetitionClock
from cases.papers_page import PaperOnPage
from cases.states import UNLIT_CLOCKS
from deadlines.words import title_of
from documents.models import Document
from documents.states import GOES_TO_PETITIONERS
from lib.masking import mask_text


@dataclass(frozen=True)
class ClosedClaim:
    number: int
    words: str
    end: str | Promise


@dataclass(frozen=True)
class Closing:
    """What the form of finishing says before its button (Q10, Q24)."""

    claims: Sequence[ClosedClaim]
    papers: Sequence[tuple[Document, str]]
    received_on: date
    # days since the receipt, its own not counted
    days: int
    # the organ's periods that were met, and those that were not in time
    kept: Sequence[str]
    late: Sequence[str]
    # slips and instructions that units still owe an answer to, or that wait to be verified; they stay after it
    asked: Sequence[Assignment]


def closing_of(
    petition: Petition,
    claims: Sequence[Claim],
    papers: Sequence[PaperOnPage],
    *,
    names: Sequence[str],
    now: datetime,
) -> Closing:
    """Return what is closed, of the rows that the page has read already. `names` are covered in the claims."""
    received_on = timezone.localdate(petition.received_at)
    lit = [clock for clock in petition.clocks.all() if clock.code not in UNLIT_CLOCKS]
    met = [clock for clock in lit if clock.met_at is not None]
    late = [clock for clock in lit if clock.breached_at is not None or (clock in met and _is_late(clock))]
    kept = [clock for clock in met if clock not in late]
    return Closing(
        claims=[ClosedClaim(one.number, mask_text(one.wording, names=names), _end_of(one)) for one in claims],
        papers=list(_papers(papers)),
        received_on=received_on,
        days=(timezone.localdate(now) - received_on).days,
        kept=[str(title_of(clock.code)) for clock in kept],
        late=[str(title_of(clock.code)) for clock in late],
        asked=list(_still_asked(petition)),
    )


def _still_asked(petition: Petition) -> QuerySet[Assignment]:
    """Return what finishing does not end: urgings are taken back with it, lifted matters end with the petition."""
    standing = Assignment.objects.standing().filter(subject_id=str(petition.pk))
    return (
        standing.exclude(kind__in=[Kind.URGE, Kind.LIFTED]).select_related("organ").order_by("asked_at", "pk")
    )


def _is_late(clock: PetitionClock) -> bool:
    """Test if a period was met after its end, which no sweep may have written yet."""
    return clock.due_at is not None and clock.met_at is not None and clock.met_at > clock.due_at


def _end_of(claim: Claim) -> str | Promise:
    """Return how a claim ended: by its result, by the decision on it, or by the way it went."""
    if claim.outcome:
        return claim.get_outcome_display()
    if claim.decision:
        return claim.get_decision_display()
    return claim.route.get_kind_display() if claim.route is not None else ""


def _papers(papers: Sequence[PaperOnPage]) -> Iterator[tuple[Document, str]]:
    for paper in papers:
        document = paper.hung.document
        if document.is_issued and document.kind in GOES_TO_PETITIONERS:
            yield document, "；".join(one.words for one in (*paper.served, *paper.posted))
