"""What the pages of events show: the ledger, one event, and the form of a new one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from accounts.roles import ORGAN_WIDE, Role
from assignments.models import Assignment
from assignments.states import OWED, State
from deadlines.lamps import Lamp, lamp_of
from grids.event_deeds import ON_ASKED, ON_EVENT
from grids.event_parts import asked_on, seats_of
from grids.event_states import STATE_ALONE, EventState, Step
from grids.forms.events import EventFilter, Report
from grids.models import EventMove, EventPhoto, Grid, GridEvent, Round, grids_of
from grids.models.events import EventQuerySet
from grids.models.grids import ON_THE_GROUND
from grids.permissions import WORKS_WITH_GRIDS, may_read_rating
from grids.petitions import status_of, waiting_for
from grids.secrets import open_contact
from grids.workflow import may_take
from lib.ids import uuid7
from lib.keyset import page_of

READS_EVENTS = ON_THE_GROUND | ORGAN_WIDE | {Role.LEADER}
# what waits for whoever has the event; of the rest a unit or the petition office is the next
WAITS = frozenset(
    {
        *(EventState.DISCOVERED, EventState.REPORTED, EventState.ACCEPTED),
        *(EventState.FED_BACK, EventState.VERIFIED),
    }
)


@dataclass(frozen=True)
class Row:
    """One event as the ledger shows it."""

    event: GridEvent
    lamp: Lamp
    title: str


def shows_words(hat: Hat, event: GridEvent) -> bool:
    """Test if a hat reads the words of an event; on the ground nothing but its state once it is a petition (Q3)."""
    return hat.role not in ON_THE_GROUND or event.state not in STATE_ALONE


def waits_for(hat: Hat) -> EventQuerySet:
    """Return the events that wait for a hat: those of its organ's desk, or in its own grids."""
    rows = GridEvent.objects.visible_to(hat)
    if hat.role in ON_THE_GROUND:
        return rows.filter(state=EventState.DISCOVERED)
    if hat.organ.looks_after_a_place:
        return rows.filter(pk__in=waiting_for(hat).values("pk"))
    return rows.filter(organ=hat.organ, state__in=sorted(WAITS - {EventState.DISCOVERED}))


def found_by(hat: Hat, form: EventFilter, *, now: datetime) -> EventQuerySet:
    """Return the events that a hat knows of and asked for; without a question the open ones."""
    asked = form.cleaned_data if form.is_valid() else {}
    view = asked.get("view", "")
    rows = waits_for(hat) if view == "waits" else GridEvent.objects.visible_to(hat)
    if view == "over":
        rows = rows.filter(ended_at__isnull=False)
    elif view != "waits":
        rows = rows.open()
    if view == "late":
        rows = rows.filter(next_due_at__lte=now)
    if asked.get("ledger"):
        rows = rows.filter(type__ledger=asked["ledger"])
    if asked.get("type"):
        rows = rows.filter(Q(type=asked["type"]) | Q(type__parent=asked["type"]))
    if asked.get("grid"):
        rows = rows.filter(grid__path__startswith=asked["grid"].path)
    return rows


def grids_asked(hat: Hat) -> QuerySet[Grid]:
    """Return the standing grids whose events a hat may ask for: on the ground its own, for others those it reads."""
    rows = grids_of(hat.post) if hat.role in ON_THE_GROUND else Grid.objects.visible_to(hat)
    return rows.filter(ended_at=None).order_by("path")


def ledger_page(hat: Hat, asked: Any, *, cursor: str | None, now: datetime) -> dict[str, Any]:
    """Return a page of the ledger, newest first, in a fixed number of queries whatever its length."""
    form = EventFilter(asked, grids_asked(hat))
    found = found_by(hat, form, now=now).select_related("grid", "type", "organ")
    page = page_of(found, by="received_at", cursor=cursor, descending=True)
    return {
        "form": form,
        "page": page,
        "rows": [
            Row(event, lamp_of(event.next_due_at, None, now, done=not event.is_open), _title(hat, event))
            for event in page.rows
        ],
        "reports": may_report(hat),
        "has_map": hat.role in WORKS_WITH_GRIDS,
    }


def _title(hat: Hat, event: GridEvent) -> str:
    return event.title if shows_words(hat, event) else ""


def may_report(hat: Hat) -> bool:
    """Test if a hat works in a grid that it could report an event of."""
    return hat.role in ON_THE_GROUND or Grid.objects.kept_by(hat).exists()


def report_form(hat: Hat, data: Any = None, files: Any = None, *, found_in: Round | None = None) -> Report:
    """Return the form of a new event, with the grids the hat works in and a key of its own; of a round its grid."""
    rows = grids_of(hat.post) if hat.role in ON_THE_GROUND else Grid.objects.kept_by(hat)
    grids = rows.filter(ended_at=None).order_by("path")
    if data is not None:
        return Report(data, grids=grids, files=files)
    if found_in is not None:
        initial = {"event_id": uuid7(), "grid": found_in.grid, "round_id": found_in.pk}
        return Report(grids=grids.filter(pk=found_in.grid_id), initial=initial)
    only = grids[:2]
    initial = {"event_id": uuid7(), "grid": only[0] if len(only) == 1 else None}
    return Report(grids=grids, initial=initial)


@dataclass(frozen=True)
class Asked:
    """What one unit is asked, and what this hat may do about it."""

    row: Assignment
    lamp: Lamp
    offers: list[Offer]


def event_page(hat: Hat, event: GridEvent, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one event: its words as far as this hat reads them, its photos, who was asked, what happened."""
    words = shows_words(hat, event)
    moves = (
        EventMove.objects.filter(event=event).select_related("person", "by__organ", "organ").order_by("pk")
    )
    clock = event.clocks.order_by("-pk").first()
    return {
        "event": event,
        "lamp": lamp_of(event.next_due_at, clock.amber_at if clock else None, now, done=not event.is_open),
        "words": words,
        "contact": open_contact(event.pk, event.contact_sealed) if words and seats_of(hat, event) else "",
        "location": getattr(event, "location", None) if words else None,
        "photos": EventPhoto.objects.filter(event=event).order_by("phase", "pk") if words else [],
        "moves": moves if words else [],
        "asked": [_asked(row, hat, bound, now) for row in asked_on(event)] if words else [],
        "lifts": event.lifts.select_related("from_organ", "rule").order_by("raised_at"),
        "joined": event.joined.order_by("number"),
        "evaluation": getattr(event, "evaluation", None) if may_read_rating(hat) else None,
        "petition": status_of([event.pk]).get(event.pk),
        "takes_in": waiting_for(hat).filter(pk=event.pk).exists(),
        "offers": list(_offers(hat, event, bound)),
    }


def _offers(hat: Hat, event: GridEvent, bound: Bound) -> Iterator[Offer]:
    seats = seats_of(hat, event)
    for deed in ON_EVENT.values():
        step = Step(deed.name)
        if not may_take(step, seats, EventState(event.state)):
            continue
        if step is Step.EVALUATE and hasattr(event, "evaluation"):
            continue
        form = bound.get(("event", deed.slug))
        if form is None:
            form = deed.form(initial={"version": event.version}, auto_id=f"id-{deed.slug}-%s")
        yield Offer(deed, form, "grids:on_event", event.pk)


def _asked(row: Assignment, hat: Hat, bound: Bound, now: datetime) -> Asked:
    offers = []
    if row.state in OWED and Assignment.objects.asked_of(hat).filter(pk=row.pk).exists():
        for deed in ON_ASKED.values():
            if deed.name == "receive" and row.state != State.ASKED:
                continue
            form = bound.get((f"asked:{row.pk}", deed.slug)) or deed.form(
                auto_id=f"id-{row.pk}-{deed.slug}-%s"
            )
            offers.append(Offer(deed, form, "grids:on_asked", row.pk))
    return Asked(row, row.lamp(now), offers)
