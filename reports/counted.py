"""What the dashboard counts of some days for a reader: from sums where they are kept, from facts where they are not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, F, Func, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.hats import Hat
from indicators import figures, sums
from indicators.figures import Asked, Figure, Mean, Volume
from indicators.measures import Code
from indicators.models import Fact, FactQuerySet, MonthSum
from indicators.periods import Period

RATES = (
    *(Code.I01, Code.I02, Code.I03, Code.I04, Code.I05, Code.I06),
    *(Code.I07, Code.I08, Code.I11, Code.I13),
)
_A_MONTH_OR_MORE = timedelta(days=31)


@dataclass(frozen=True)
class Counted:
    """The numbers of one set of days."""

    rates: Mapping[Code, Figure]
    volume: Volume
    cycles: tuple[Mean, Mean]
    months: Mapping[date, Volume]


def counted_of(asked: Asked, hat: Hat, *, now: datetime) -> Counted:
    """Return what a hat counts of some days."""
    seen = Fact.objects.visible_to(hat)
    if not _are_kept(asked, hat):
        return Counted(
            figures.figures_of(RATES, asked, seen, now=now),
            figures.volume(asked, seen),
            figures.cycles(asked, seen),
            _by_month(asked, seen),
        )
    added = sums.sums_of(asked, hat.organ.place.path, now=now)
    rates = sums.figures_of(RATES, added, seen, now=now)
    return Counted(rates, sums.volume(added), sums.cycles(added), sums.by_month(added))


def _are_kept(asked: Asked, hat: Hat) -> bool:
    return hat.sees_its_place and sums.are_kept(asked, hat.organ.place.path)


def _by_month(asked: Asked, seen: FactQuerySet) -> Mapping[date, Volume]:
    registered: Any = figures.cohort(Code.REGISTERED, asked, seen)
    rows = registered.annotate(month=TruncMonth("registered_at")).order_by().values_list("month")
    summed = rows.annotate(batches=Count("pk"), persons=Sum("petitioner_count"))
    return {month.date(): Volume(batches, persons) for month, batches, persons in summed}


# how many, by the path of the place and of the top of the tree of categories
Cells = Mapping[tuple[str, str], int]


def cells_of(asked: Asked, hat: Hat, *, now: datetime) -> Cells:
    """Return how many came of each category at each place next below the reader's own.

    Whole months are read from sums, and the days before and after them from facts.
    """
    inside = asked.place_path or hat.organ.place.path
    depth = inside.count("/") + 1
    seen = Fact.objects.visible_to(hat)
    if not _are_kept(asked, hat) or depth > sums.DEEPEST:
        return _cells(asked, seen, inside, depth)
    months, rest = _months_and_rest(asked.period, today=timezone.localdate(now))
    cells: Counter[tuple[str, str]] = Counter()
    if months is not None:
        rows: Any = MonthSum.objects.filter(
            sums.in_universe(asked),
            place_path__startswith=inside,
            month__gte=months.since,
            month__lt=months.until,
        )
        by_place = (
            rows.annotate(code=_split("place_path", depth)).order_by().values_list("code", "category_path")
        )
        for code, category, number in by_place.annotate(number=Sum("batches")):
            cells[_below(inside, code), category] += number
    for period in rest:
        cells.update(_cells(replace(asked, period=period), seen, inside, depth))
    return +cells


def _months_and_rest(period: Period, *, today: date) -> tuple[Period | None, list[Period]]:
    """Return the whole months of a period and what lies before and after; days to come make a month whole."""
    first = period.since if period.since.day == 1 else _next_month(period.since)
    last = _next_month(period.until) if period.until > today else period.until.replace(day=1)
    if first >= last:
        return None, [period]
    rest = [(period.since, first), (last, period.until)]
    return Period(first, last), [Period(since, until) for since, until in rest if since < until]


def _next_month(day: date) -> date:
    return (day.replace(day=1) + _A_MONTH_OR_MORE).replace(day=1)


def _cells(asked: Asked, seen: FactQuerySet, inside: str, depth: int) -> Counter[tuple[str, str]]:
    grouped: Any = figures.cohort(Code.REGISTERED, asked, seen).annotate(
        place_code=_split("place_path", depth), category_code=_split("content_category__path", 1)
    )
    rows = grouped.order_by().values_list("place_code", "category_code").annotate(count=Count("pk"))
    cells: Counter[tuple[str, str]] = Counter()
    for place, category, count in rows:
        cells[_below(inside, place), f"{category}/"] += count
    return cells


def _below(inside: str, code: str) -> str:
    """Return the path of a place next below another; what is registered of the whole place lies in none below it."""
    return f"{inside}{code}/" if code else inside


def _split(path: str, depth: int) -> Func:
    return Func(F(path), Value("/"), Value(depth), function="split_part", output_field=CharField())
