"""What the page of a planned decision shows of its public hearings, and what a hat may do with each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from hearings import permissions as may
from hearings.decision_hearing_deeds import ON_DECISION_HEARING
from hearings.decision_states import OPINIONS, Speech, Studied
from hearings.models import Attendee, DecisionEntry, DecisionHearing, PlannedDecision

# the deeds that stand at the line they are done to
INLINE = frozenset({"drop-attendee", "note-attendance", "confirm-record", "study-opinion"})


@dataclass(frozen=True)
class Line:
    """A line of the record as the page shows it."""

    row: DecisionEntry
    is_opinion: bool


@dataclass(frozen=True)
class Heard:
    """A public hearing as the page shows it: who attends, its record, and what may be done with it."""

    row: DecisionHearing
    attendees: Sequence[Attendee]
    lines: Sequence[Line]
    offers: Sequence[Offer]
    prepares: bool
    studies: Sequence[tuple[str, Any]]


def hearings_of(decision: PlannedDecision, hat: Hat, *, bound: Bound) -> list[Heard]:
    """Return the public hearings on the drafts of a decision, the newest first."""
    rows = (
        DecisionHearing.objects.filter(draft__decision=decision)
        .select_related("draft", "chair__user", "clerk__user")
        .prefetch_related("attendees", "entries__attendee")
        .order_by("-announced_at", "-pk")
    )
    return [_heard(row, decision, hat, bound) for row in rows]


def _heard(row: DecisionHearing, decision: PlannedDecision, hat: Hat, bound: Bound) -> Heard:
    attendees = sorted(row.attendees.all(), key=lambda one: one.pk)
    entries = sorted(row.entries.all(), key=lambda one: one.pk)
    prepares = decision.is_prepared and may.prepares(hat, decision)
    offers = []
    for slug in _slugs_of(row, attendees, ends=may.ends_decision(hat, decision)) if prepares else ():
        deed = ON_DECISION_HEARING[slug]
        where = (f"hearing {row.pk}", slug)
        form: Any = bound.get(where) or deed.form(auto_id=f"id-{slug}-{row.pk}-%s")
        if slug == "write-down":
            form.offer([(one.pk, f"{one.name} {one.stands_for}") for one in attendees if one.came])
        offers.append(Offer(deed, form, "hearings:on_decision_hearing", row.pk))
    lines = [Line(entry, Speech(entry.speech) in OPINIONS) for entry in entries]
    return Heard(row, attendees, lines, offers, prepares, Studied.choices)


def _slugs_of(row: DecisionHearing, attendees: Sequence[Attendee], *, ends: bool) -> Iterator[str]:
    """Yield what whoever prepares a decision may do with one of its hearings, the main deed first."""
    if row.is_announced and row.list_published_on is None:
        yield from ("enter-attendee", "publish-list")
    elif row.is_announced:
        yield "deliver-material" if any(one.material_on is None for one in attendees) else "open"
    if row.is_open:
        if all(one.signed_at is None for one in attendees):
            yield "write-down"
        yield "close-record"
    if ends and (row.is_announced or row.is_open):
        yield "call-off"
