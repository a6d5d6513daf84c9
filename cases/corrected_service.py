"""What a corrected service or posting moves: which clocks it met, and by which day they would be met instead (Q18)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cases.deliveries import NOTHING_INSTEAD, Instead
from cases.handlings import NOTICES, addressees, all_delivered_at, moment_of, opinion_delivered_on
from cases.models import Handling, Petition, PetitionClock, PetitionDocument, Petitioner, Remedy
from cases.remedies.parts import DECIDES_BY, delivered_to_applicants_at
from cases.states import ClockCode, RouteKind
from cases.told import word_reached_at
from documents.models import Document, ServiceCorrection
from documents.rules import Sent, Service
from documents.states import DocumentKind


@dataclass(frozen=True)
class Effect:
    """One clock, and the day by which what it asks for was done: as it is written, and as it would be."""

    clock: PetitionClock
    before: date | None
    after: date | None
    after_at: datetime | None

    @property
    def late_after(self) -> bool:
        return (
            self.after_at is not None and self.clock.due_at is not None and self.after_at >= self.clock.due_at
        )


def effects_of(correction: ServiceCorrection, hung: PetitionDocument, *, now: datetime) -> list[Effect]:
    """Return what confirming a proposal would move; nothing is written."""
    mistaken = correction.mistaken
    proposed: Service | Sent | None = None
    if correction.facts is not None:
        kind = Service if correction.posting_id is None else Sent
        proposed = kind.from_facts(correction.facts, petitioner_ref=mistaken.petitioner_ref)
    instead: Instead = {mistaken.pk: proposed.day if proposed else None}
    return [effect for effect in met_by(hung, instead, now=now) if effect.before != effect.after]


def met_by(hung: PetitionDocument, instead: Instead = NOTHING_INSTEAD, *, now: datetime) -> Iterator[Effect]:
    """Give the clocks that a paper's delivery meets, with the day it does so."""
    petition, handling = hung.petition, hung.handling
    people = addressees(petition)
    if hung.remedy is not None:
        yield from _met_for_remedy(hung.remedy, hung.document, instead, now)
        return
    if not people:
        return
    if handling is not None and hung.document.kind == DocumentKind.D15:
        day = opinion_delivered_on(handling, people, instead)
        at = moment_of(day, now=now) if day else None
        for code in (ClockCode.T5, ClockCode.T12, ClockCode.SUGGESTION, ClockCode.ANEW):
            yield from _effect(petition, handling.organ_id, code, at)
        return
    if handling is not None:
        at = _notices_at(handling, people, instead, now)
        yield from _effect(petition, handling.organ_id, ClockCode.T3, at)
    told = word_reached_at(petition, people, now=now, instead=instead)
    yield from _effect(petition, petition.register_organ_id, ClockCode.T2, told)
    if petition.routes.filter(kind=RouteKind.JOIN, ended_at=None).exists():
        yield from _effect(petition, petition.register_organ_id, ClockCode.T1, told)


def _met_for_remedy(remedy: Remedy, document: Document, instead: Instead, now: datetime) -> Iterator[Effect]:
    """Give what the delivery of the paper that ends a remedy meets (T8, T10); its other papers meet nothing."""
    if remedy.paper != document:
        return
    at = delivered_to_applicants_at(remedy, instead, now=now)
    clock = remedy.clocks.filter(code=DECIDES_BY[remedy.stage], cancelled_at=None)
    yield from _effect_on(clock.select_related("rule", "organ").order_by("-pk").first(), at)


def _notices_at(
    handling: Handling, people: Iterable[Petitioner], instead: Instead, now: datetime
) -> datetime | None:
    claims = list(handling.claims.all())
    if any(not claim.decision for claim in claims):
        return None
    day = all_delivered_at(handling, NOTICES, [claim.number for claim in claims], people, instead)
    return moment_of(day, now=now) if day else None


def _effect(petition: Petition, organ_id: int, code: ClockCode, at: datetime | None) -> Iterator[Effect]:
    clock = (
        PetitionClock.objects.filter(petition=petition, organ=organ_id, code=code, cancelled_at=None)
        .select_related("rule", "organ")
        .order_by("-pk")
        .first()
    )
    yield from _effect_on(clock, at)


def _effect_on(clock: PetitionClock | None, at: datetime | None) -> Iterator[Effect]:
    if clock is None:
        return
    at = max(at, clock.started_at) if at else None
    before = timezone.localdate(clock.met_at) if clock.met_at else None
    yield Effect(clock, before, timezone.localdate(at) if at else None, at)
