"""What the map of grids shows: their boundaries, how many open events each has, and where those are that say so."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from grids import permissions as may
from grids.event_pages import grids_asked
from grids.event_states import STATE_ALONE
from grids.map_deeds import ON_MAP
from grids.models import EventLocation, Grid, GridBoundary, GridEvent
from grids.models.grids import ON_THE_GROUND
from lib.trees import paths_above

_MOST_GRIDS = 500
_MOST_POINTS = 500


@dataclass(frozen=True)
class OnMap:
    """A grid with how many open events it and those below it have, as far as the hat knows, and its boundary."""

    grid: Grid
    open: int
    late: int
    boundary: GridBoundary | None

    @property
    def url(self) -> str:
        """Where the open events of the grid and of those below it are listed."""
        return f"{reverse('grids:events')}?grid={self.grid.pk}"


def grids_on_map(hat: Hat, *, now: datetime) -> list[OnMap]:
    """Return the grids whose events this hat may ask for, in three queries; each counts what its ledger lists."""
    grids = list(grids_asked(hat).select_related("organ")[:_MOST_GRIDS])
    standing = GridBoundary.objects.filter(grid__in=[grid.pk for grid in grids], ended_at=None)
    boundaries = {
        one.grid_id: one for one in standing.select_related("sheet__entered_by__user", "sheet__organ")
    }
    opens, lates = _counted(hat, now)
    return [OnMap(grid, opens[grid.path], lates[grid.path], boundaries.get(grid.pk)) for grid in grids]


def _counted(hat: Hat, now: datetime) -> tuple[Counter[str], Counter[str]]:
    """Return what is open and what is overdue by path of grid, counted on the grid itself and on each above it."""
    late = Count("pk", filter=Q(next_due_at__lte=now))
    rows = GridEvent.objects.visible_to(hat).open().order_by().values_list("grid__path")
    opens, lates = Counter[str](), Counter[str]()
    for path, number, overdue in rows.annotate(number=Count("pk"), overdue=late):
        for above in paths_above(path):
            opens[above] += number
            lates[above] += overdue
    return opens, lates


def _located(hat: Hat) -> Iterator[EventLocation]:
    """Yield where open events are whose words this hat reads, the newest first."""
    events = GridEvent.objects.visible_to(hat).open()
    if hat.role in ON_THE_GROUND:
        events = events.exclude(state__in=sorted(STATE_ALONE))
    rows = EventLocation.objects.filter(event__in=events).select_related("event")
    yield from rows.order_by("-event__received_at", "-pk")[:_MOST_POINTS]


def map_page(hat: Hat, *, bound: Bound, now: datetime) -> dict[str, Any]:
    """Return the map and the list beside it, which says the same without a script."""
    rows = grids_on_map(hat, now=now)
    sheets = {row.boundary.sheet_id: row.boundary.sheet for row in rows if row.boundary}
    return {
        "rows": rows,
        "drawn": len([row for row in rows if row.boundary]),
        "map": drawn(hat, rows),
        "sheets": sorted(sheets.values(), key=lambda sheet: sheet.entered_at, reverse=True),
        "offers": list(_offers(hat, bound)),
    }


def drawn(hat: Hat, rows: list[OnMap]) -> dict[str, Any]:
    """Return what the script draws: boundaries with their counts, and points, each with its address."""
    return {
        "grids": [
            {
                "name": row.grid.name,
                "url": row.url,
                "open": row.open,
                "late": row.late,
                "polygons": row.boundary.polygons,
            }
            for row in rows
            if row.boundary
        ],
        "points": [
            {
                "name": one.event.title,
                "url": reverse("grids:event", args=[one.event_id]),
                "north": float(one.north),
                "east": float(one.east),
                "danger": one.event.is_dangerous,
            }
            for one in _located(hat)
        ],
        "words": {
            "count": _("%(name)s: %(open)s open, %(late)s overdue"),
            "nearer": _("Zoom in"),
            "farther": _("Zoom out"),
        },
    }


def _offers(hat: Hat, bound: Bound) -> Iterator[Offer]:
    if not may.may_keep(hat):
        return
    for deed in ON_MAP.values():
        form = bound.get(("map", deed.slug)) or deed.form(auto_id=f"id-{deed.slug}-%s")
        yield Offer(deed, form, "grids:on_map", hat.organ.pk)
