"""What the pages of the ground show: the diary, the courtyards of a grid, and one of them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accounts.hats import Hat
from accounts.page_deeds import Bound, Deed, Offer
from grids.actions.ground import Opened
from grids.forms.ground import WriteNote
from grids.ground_deeds import ON_COURTYARD, ON_GROUND
from grids.models import Courtyard, DiaryNote, Grid, worked_in
from lib.ids import uuid7
from lib.keyset import page_of

_COLUMNS = (
    *("name", "buildings", "stairwells", "contact", "phone"),
    *("hydrants", "valves", "meeting_point"),
)


def note_form(hat: Hat, data: Any = None) -> WriteNote:
    """Return the form of a new note, with the grids the hat works in and a key of its own."""
    grids = worked_in(hat).filter(ended_at=None).order_by("path")
    only = grids[:2]
    initial = {"note_id": uuid7(), "grid": only[0] if len(only) == 1 else None}
    form = WriteNote(data) if data is not None else WriteNote(initial=initial)
    form.offer(grids)
    return form


def diary_page(hat: Hat, form: WriteNote, *, cursor: str | None, now: datetime) -> dict[str, Any]:
    """Return a page of the diary of the grids this hat works in, newest first, by grid and never by person."""
    notes = DiaryNote.objects.visible_to(hat).filter(expires_on__gte=timezone.localdate(now))
    rows = notes.select_related("grid", "writer")
    page = page_of(rows, by="written_at", cursor=cursor, descending=True)
    return {"form": form, "page": page, "rows": page.rows, "writes": worked_in(hat).exists()}


def ground_page(hat: Hat, grid: Grid, *, bound: Bound, now: datetime) -> dict[str, Any]:
    """Return the courtyards of a grid, with how many households gave something for a service."""
    kept = Q(cards__expires_on__gte=timezone.localdate(now))
    rows = Courtyard.objects.filter(grid=grid).annotate(kept=Count("cards", filter=kept))
    offers = _offers(ON_GROUND, "ground", bound, "grids:on_ground", grid.pk)
    return {
        "grid": grid,
        "courtyards": rows.order_by("name"),
        "offers": list(offers) if grid.ended_at is None else [],
    }


def courtyard_page(
    row: Courtyard, *, bound: Bound, now: datetime, opened: Opened | None = None
) -> dict[str, Any]:
    """Return one courtyard, and its cards by service and day; what was given stands in an opened one alone."""
    cards = row.cards.filter(expires_on__gte=timezone.localdate(now))
    initial = {name: getattr(row, name) for name in _COLUMNS}
    return {
        "courtyard": row,
        "cards": cards.order_by("help", "expires_on", "pk"),
        "opened": opened,
        "offers": list(
            _offers(ON_COURTYARD, "courtyard", bound, "grids:on_courtyard", row.pk, change=initial)
        ),
    }


def _offers(
    deeds: Mapping[str, Deed], name: str, bound: Bound, url: str, key: object, **initial: Mapping[str, Any]
) -> Iterator[Offer]:
    for deed in deeds.values():
        form = bound.get((name, deed.slug))
        if form is None:
            form = deed.form(initial=initial.get(deed.name), auto_id=f"id-{deed.slug}-%s")
        yield Offer(deed, form, url, key)
