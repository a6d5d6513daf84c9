"""What the pages of rounds show: what waits, how far the grids are, what was missed, what was found and is open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from deadlines.lamps import Lamp, lamp_of
from grids import permissions as may
from grids.event_pages import shows_words
from grids.event_states import EventState, Ledger
from grids.forms.rounds import ReportRound, RoundFilter
from grids.models import GridEvent, Round, RoundGroupGrid, RoundPlan
from grids.models.grids import ON_THE_GROUND
from grids.models.rounds import RoundQuerySet
from grids.round_deeds import ON_PLAN, ON_ROUND, ON_ROUNDS
from grids.round_states import Span
from lib.stretches import Stretch, part_of_month, week_of

_LISTED = 100
_CUTS: Mapping[Span, tuple[int, ...]] = {Span.TEN_DAYS: (10, 20), Span.MONTH: ()}
_STRUCK_OFF = Q(finds__event__state=EventState.CLOSED)


def span_of(span: Span, day: date) -> Stretch:
    """Return the days over which rounds are looked at together."""
    return week_of(day) if span is Span.WEEK else part_of_month(day, *_CUTS[span])


@dataclass(frozen=True)
class Progress:
    """How far some rounds are: numbers alone."""

    rounds: int
    done: int
    zero: int
    late: int
    missed: int
    found: int
    struck: int

    @property
    def percent(self) -> str:
        """How much of what was found is struck off, never rounded up to a hundred; nothing of nothing."""
        return f"{self.struck * 1000 // self.found / 10:.1f}" if self.found else ""


def progress_of(rows: RoundQuerySet, today: date) -> Progress:
    """Return how far some rounds are, in one query."""
    counted = rows.aggregate(
        rounds=Count("pk", distinct=True),
        done=Count("pk", filter=Q(done_at__isnull=False), distinct=True),
        zero=Count("pk", filter=Q(zero=True), distinct=True),
        late=Count("pk", filter=Q(done_at__date__gt=F("last_on")), distinct=True),
        missed=Count("pk", filter=Q(done_at=None, last_on__lt=today, plan__ended_at=None), distinct=True),
        found=Count("finds"),
        struck=Count("finds", filter=_STRUCK_OFF),
    )
    return Progress(**counted)


@dataclass(frozen=True)
class Found:
    """One thing found in a round, as far as this hat reads it."""

    event: GridEvent
    title: str
    lamp: Lamp


def rounds_page(hat: Hat, asked: Any, *, bound: Bound, now: datetime) -> dict[str, Any]:
    """Return what waits for whoever looks over grids, and over a stretch of days how far all of them are."""
    today = timezone.localdate(now)
    form = RoundFilter(asked)
    chosen = form.cleaned_data["of"] if form.is_valid() else ""
    span = Span(chosen or Span.WEEK)
    days = span_of(span, today)
    seen = Round.objects.visible_to(hat)
    within = seen.filter(first_on__lte=days.last, last_on__gte=days.first)
    plans = RoundPlan.objects.visible_to(hat).standing().select_related("organ")
    return {
        "form": form,
        "span": span,
        "days": days,
        "waiting": _rows(seen.waiting().filter(first_on__lte=today), today)
        if hat.role in ON_THE_GROUND
        else [],
        "progress": progress_of(within, today),
        "ledgers": _by_ledger(within),
        "open_finds": _found(hat, within, now, open_only=True),
        "missed": _rows(seen.missed(today).order_by("-last_on", "grid__path"), today),
        "plans": plans.order_by("organ__place__path", "name"),
        "offers": list(_of_rounds(hat, bound)),
    }


def _by_ledger(rows: RoundQuerySet) -> list[tuple[str, int]]:
    counted = dict(
        rows.filter(finds__isnull=False)
        .order_by()
        .values_list("finds__event__type__ledger")
        .annotate(number=Count("finds"))
    )
    return [(str(ledger.label), counted[ledger]) for ledger in Ledger if ledger in counted]


def _found(hat: Hat, rows: RoundQuerySet, now: datetime, *, open_only: bool = False) -> list[Found]:
    events = GridEvent.objects.visible_to(hat).filter(found_in__round__in=rows)
    if open_only:
        events = events.open()
    listed = events.select_related("grid", "organ", "type").order_by("next_due_at", "pk")[:_LISTED]
    return [
        Found(
            event,
            event.title if shows_words(hat, event) else "",
            lamp_of(event.next_due_at, None, now, done=not event.is_open),
        )
        for event in listed
    ]


@dataclass(frozen=True)
class Row:
    """One round of one grid with what was found in it."""

    round: Round
    found: int
    struck: int
    missed: bool
    late: bool
    group: str = ""


def _rows(rows: RoundQuerySet, today: date, groups: Mapping[Any, str] | None = None) -> list[Row]:
    counted: Any = rows.select_related("plan", "grid__organ").annotate(
        found=Count("finds"), struck=Count("finds", filter=_STRUCK_OFF)
    )
    return [
        Row(
            round=one,
            found=one.found,
            struck=one.struck,
            missed=one.done_at is None and one.last_on < today,
            late=one.done_at is not None and timezone.localdate(one.done_at) > one.last_on,
            group=(groups or {}).get(one.grid_id, ""),
        )
        for one in counted.order_by(*(rows.query.order_by or ("last_on", "grid__path", "pk")))[:_LISTED]
    ]


def plan_page(hat: Hat, plan: RoundPlan, *, bound: Bound, now: datetime) -> dict[str, Any]:
    """Return one plan: what is looked at, its groups, the latest round of each grid, what was found in all of it."""
    today = timezone.localdate(now)
    seen = Round.objects.visible_to(hat).filter(plan=plan)
    running = seen.filter(first_on=seen.aggregate(latest=Max("first_on"))["latest"])
    in_groups = RoundGroupGrid.objects.filter(plan=plan).values_list("grid", "group__name")
    return {
        "plan": plan,
        "groups": plan.groups.annotate(number=Count("grids")).order_by("pk"),
        "rows": _rows(running.order_by("grid__path"), today, dict(in_groups)),
        "progress": progress_of(running, today),
        "whole": progress_of(seen, today),
        "finds": _found(hat, seen, now),
        "keeps": keeps(hat, plan),
        "offers": list(_of_plan(hat, plan, bound)),
    }


def keeps(hat: Hat, plan: RoundPlan) -> bool:
    """Test if this hat changes the plan, which still stands."""
    return plan.ended_at is None and RoundPlan.objects.kept_by(hat).filter(pk=plan.pk).exists()


def round_page(hat: Hat, row: Round, *, bound: Bound, now: datetime) -> dict[str, Any]:
    """Return one round: what to look at, what was found so far, and the report."""
    today = timezone.localdate(now)
    waits = row.done_at is None and row.plan.ended_at is None
    reports = waits and may.may_look_over(hat, row.grid)
    return {
        "round": row,
        "missed": waits and row.last_on < today,
        "late": row.done_at is not None and timezone.localdate(row.done_at) > row.last_on,
        "finds": _found(hat, Round.objects.filter(pk=row.pk), now),
        "supplements": row.supplements.select_related("person").order_by("pk"),
        "left_out": [line for line in row.plan.checklist if line not in row.looked_at] if row.done_at else [],
        "reports": reports,
        "offers": list(_of_round(row, bound)) if reports else [],
    }


def _of_rounds(hat: Hat, bound: Bound) -> Iterator[Offer]:
    if may.may_keep(hat):
        yield from _offers(ON_ROUNDS, "rounds", bound, "grids:on_rounds", hat.organ.pk)


def _of_plan(hat: Hat, plan: RoundPlan, bound: Bound) -> Iterator[Offer]:
    if keeps(hat, plan):
        yield from _offers(ON_PLAN, "plan", bound, "grids:on_plan", plan.pk)


def _of_round(row: Round, bound: Bound) -> Iterator[Offer]:
    for offer in _offers(ON_ROUND, "round", bound, "grids:on_round", row.pk):
        if isinstance(offer.form, ReportRound):
            offer.form.offer(row)
        yield offer


def _offers(deeds: Mapping[str, Any], name: str, bound: Bound, url: str, key: object) -> Iterator[Offer]:
    for deed in deeds.values():
        form = bound.get((name, deed.slug)) or deed.form(auto_id=f"id-{deed.slug}-%s")
        yield Offer(deed, form, url, key)


def waits_for(hat: Hat, *, now: datetime) -> RoundQuerySet:
    """Return the rounds that wait for whoever stands for grids; for others what was missed."""
    today = timezone.localdate(now)
    seen = Round.objects.visible_to(hat)
    return seen.waiting() if hat.role in ON_THE_GROUND else seen.missed(today)
