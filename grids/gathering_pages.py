"""What the pages of gatherings show: the calendar, what is to be followed up, figures of the year, one gathering."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from grids import permissions as may
from grids.forms.gatherings import EnterGathering, GatheringFilter, NoteGathering
from grids.gathering_deeds import ON_GATHERING, ON_GATHERINGS, ON_SERIES
from grids.gathering_states import GatheringKind, GatheringState
from grids.models import Gathering, GatheringSeries, Grid
from lib.keyset import page_of

_LISTED = 50


def gatherings_page(
    hat: Hat, asked: Any, *, cursor: str | None, bound: Bound, now: datetime
) -> dict[str, Any]:
    """Return the calendar: what comes, what is to be noted or followed up, what was, and the year in numbers."""
    today = timezone.localdate(now)
    form = GatheringFilter(asked)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    seen = Gathering.objects.visible_to(hat).select_related("organ", "grid")
    if kind:
        seen = seen.filter(kind=kind)
    planned = seen.filter(state=GatheringState.PLANNED).order_by("held_on", "pk")
    owed = seen.filter(state=GatheringState.HELD, follow_up_on__isnull=False)
    past = seen.exclude(state=GatheringState.PLANNED)
    page = page_of(past, by="entered_at", cursor=cursor, descending=True)
    return {
        "form": form,
        "coming": planned.filter(held_on__gte=today)[:_LISTED],
        "to_note": planned.filter(held_on__lt=today)[:_LISTED],
        "to_follow": owed.order_by("follow_up_on", "pk")[:_LISTED],
        "today": today,
        "page": page,
        "rows": page.rows,
        "year": today.year,
        "figures": _figures(hat, today.year),
        "offers": list(_of_gatherings(hat, bound)),
        "series": [(row, _end_of(row, bound)) for row in _series(hat)],
    }


def _figures(hat: Hat, year: int) -> list[tuple[str, Mapping[str, Any]]]:
    """Return of each kind how many were held in a year, how many people came, how much was settled or followed up."""
    held = Gathering.objects.visible_to(hat).filter(
        held_on__year=year, state__in=[GatheringState.HELD, GatheringState.FOLLOWED]
    )
    counted = {
        row["kind"]: row
        for row in held.order_by()
        .values("kind")
        .annotate(
            number=Count("pk"),
            people=Sum("attendance"),
            settled=Sum("settled"),
            agreed=Count("pk", filter=~Q(agreement="")),
            followed=Count("pk", filter=Q(state=GatheringState.FOLLOWED)),
        )
    }
    return [(str(kind.label), counted[kind]) for kind in GatheringKind if kind in counted]


def gathering_page(hat: Hat, row: Gathering, *, bound: Bound, now: datetime) -> dict[str, Any]:
    """Return one gathering and what may be done about it."""
    return {"gathering": row, "offers": list(_of_gathering(hat, row, bound, now))}


def _of_gatherings(hat: Hat, bound: Bound) -> Iterator[Offer]:
    if not may.may_keep(hat):
        return
    for deed in ON_GATHERINGS.values():
        form = bound.get(("gatherings", deed.slug)) or deed.form(auto_id=f"id-{deed.slug}-%s")
        prepare(form, hat)
        yield Offer(deed, form, "grids:on_gatherings", hat.organ.pk)


def _series(hat: Hat) -> Iterable[GatheringSeries]:
    rows = GatheringSeries.objects.kept_by(hat).standing().select_related("grid")
    return rows.order_by("first_on", "pk")[:_LISTED]


def _end_of(row: GatheringSeries, bound: Bound) -> Offer:
    (deed,) = ON_SERIES.values()
    form = bound.get((f"series:{row.pk}", deed.slug)) or deed.form(auto_id=f"id-{row.pk}-%s")
    return Offer(deed, form, "grids:on_series", row.pk)


def prepare(form: Any, hat: Hat) -> None:
    """Let the grids that a hat keeps be chosen."""
    if isinstance(form, EnterGathering):
        form.offer(Grid.objects.kept_by(hat).standing().order_by("path"))


def _of_gathering(hat: Hat, row: Gathering, bound: Bound, now: datetime) -> Iterator[Offer]:
    if not Gathering.objects.kept_by(hat).filter(pk=row.pk).exists():
        return
    planned = row.state == GatheringState.PLANNED
    offered = {
        "note": planned and row.held_on <= timezone.localdate(now),
        "follow_up": row.state == GatheringState.HELD and bool(row.agreement),
        "call_off": planned,
    }
    for deed in ON_GATHERING.values():
        if not offered[deed.name]:
            continue
        form = bound.get(("gathering", deed.slug))
        if form is None:
            form = deed.form(auto_id=f"id-{deed.slug}-%s")
            fit(form, row)
        yield Offer(deed, form, "grids:on_gathering", row.pk)


def fit(form: Any, row: Gathering) -> None:
    """Let a form ask what its kind of gathering is noted with."""
    if isinstance(form, NoteGathering):
        form.fit(row.kind)
