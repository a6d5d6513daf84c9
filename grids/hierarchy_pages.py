"""What the pages of grids show: the tree with its people, and one grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.page_deeds import Bound, Offer
from grids import permissions as may
from grids.forms.hierarchy import NameStaff
from grids.hierarchy_deeds import ON_GRID, ON_GRIDS
from grids.models import Grid, GridScheme, GridStaff, Liaison, ServiceTeam, worked_in
from grids.states import Part

_LISTED = 500


@dataclass(frozen=True)
class LevelCount:
    """One level of a scheme: how many grids and how many leaders it has."""

    name: str
    grids: int
    leaders: int


def grids_page(hat: Hat, *, bound: Bound) -> dict[str, Any]:
    """Return the tree of the grids this hat reads, and what each level counts, in a fixed number of queries."""
    standing_staff = Q(staff__until=None)
    rows = list(
        Grid.objects.visible_to(hat)
        .standing()
        .select_related("scheme", "organ", "place")
        .annotate(
            leaders=Count("staff", filter=standing_staff & Q(staff__part=Part.LEADER)),
            workers=Count("staff", filter=standing_staff & Q(staff__part=Part.WORKER)),
        )
        .order_by("path")[:_LISTED]
    )
    teams = ServiceTeam.objects.filter(
        organ__in={row.organ_id for row in rows} | {hat.organ.pk}, ended_at=None
    )
    return {
        "grids": rows,
        "levels": _levels(rows),
        "teams": teams.select_related("grid").order_by("kind", "name"),
        "keeps": may.may_keep(hat),
        "offers": list(_of_grids(hat, bound)),
    }


def _levels(grids: Sequence[Grid]) -> list[LevelCount]:
    """Return the levels of the one scheme that is shown; of several none, for they are not the same."""
    schemes = {grid.scheme_id: grid.scheme for grid in grids}
    if len(schemes) != 1:
        return []
    (scheme,) = schemes.values()
    leaders = dict(
        GridStaff.objects.standing()
        .filter(grid__in=[grid.pk for grid in grids], part=Part.LEADER)
        .values_list("level")
        .annotate(number=Count("pk"))
    )
    of_level = [sum(grid.level == level for grid in grids) for level in range(1, len(scheme.levels) + 1)]
    return [
        LevelCount(name, of_level[level - 1], leaders.get(level, 0))
        for level, name in enumerate(scheme.levels, start=1)
    ]


def _of_grids(hat: Hat, bound: Bound) -> Iterator[Offer]:
    if not may.may_keep(hat):
        return
    has_levels = GridScheme.objects.filter(organ=hat.organ).exists()
    for slug in ["open-grid", "enter-team"] if has_levels else ["enter-scheme"]:
        deed = ON_GRIDS[slug]
        form = bound.get(("grids", slug)) or deed.form(auto_id=f"id-{slug}-%s")
        yield Offer(deed, form, "grids:on_grids", hat.organ.pk)


def grid_page(hat: Hat, grid: Grid, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one grid: what is posted of it, who stands for it by level, who helps, what lies below it."""
    levels = dict(enumerate(grid.scheme.levels, start=1))
    staff = grid.staff.filter(until=None).select_related("post").order_by("level", "part", "name", "pk")
    return {
        "grid": grid,
        "staff": [(row, levels[row.level]) for row in staff],
        "teams": ServiceTeam.objects.filter(
            Q(grid=grid) | Q(grid=None, organ=grid.organ), ended_at=None
        ).order_by("kind", "name"),
        "liaisons": Liaison.objects.filter(grid=grid, until=None).order_by("kind", "name", "pk"),
        "below": Grid.objects.standing().filter(parent=grid).order_by("path"),
        "keeps": keeps(hat, grid),
        "works": worked_in(hat).filter(pk=grid.pk).exists(),
        "offers": list(_of_grid(hat, grid, bound, now)),
    }


def keeps(hat: Hat, grid: Grid) -> bool:
    """Test if this hat changes the grid, which still stands."""
    return grid.ended_at is None and may.may_keep(hat) and grid.place_path.startswith(hat.organ.place.path)


def posts_of(grid: Grid, *, now: datetime) -> QuerySet[Post]:
    """Return the posts of a grid's organ that somebody holds today."""
    held = Post.objects.held_on(timezone.localdate(now)).filter(organ__in=Organ.objects.of_today(grid.organ))
    return held.select_related("user").order_by("user__name", "pk")


def _of_grid(hat: Hat, grid: Grid, bound: Bound, now: datetime) -> Iterator[Offer]:
    if not keeps(hat, grid):
        return
    for deed in ON_GRID.values():
        if deed.name == "post" and grid.posted_at is not None:
            continue
        if deed.name == "open_below" and grid.level == len(grid.scheme.levels):
            continue
        form = bound.get(("grid", deed.slug))
        if form is None:
            initial = _facts(grid) if deed.name == "change" else {}
            form = deed.form(initial=initial, auto_id=f"id-{deed.slug}-%s")
            if isinstance(form, NameStaff):
                form.offer(grid, posts_of(grid, now=now))
        yield Offer(deed, form, "grids:on_grid", grid.pk)


def _facts(grid: Grid) -> dict[str, Any]:
    words = ("name", "area", "band", "complaint_phone")
    return {"place": grid.place.code, **{name: getattr(grid, name) for name in words}}
