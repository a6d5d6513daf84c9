"""The dashboard: one set of days, one reader, every number with its list."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from accounts.hats import Hat
from cases.models import ContentCategory
from indicators import figures
from indicators.figures import Asked, Mean, Volume
from indicators.measures import Code, Part
from indicators.models import Fact
from indicators.periods import Period
from indicators.sweeps import complete_until
from places.models import Place
from reports.counted import RATES, Cells, cells_of, counted_of
from reports.numbers import Line, Number, change_words, line_of, opens, parts_of

_DEEPEST = 5


@dataclass(frozen=True)
class Month:
    """A month of the trend, with the same month of the year before."""

    day: date
    batches: Number
    persons: int
    before: Volume


@dataclass(frozen=True)
class Group:
    """What came of one category, or at one place: with the change on the year before, and how full its bar is."""

    name: str
    batches: Number
    change: str
    width: str


@dataclass(frozen=True)
class Row:
    """A place of the heat table: a cell for each category, then their sum."""

    name: str
    cells: Sequence[tuple[Number, int]]
    whole: Number


@dataclass(frozen=True)
class Dashboard:
    """Everything the page shows."""

    asked: Asked
    complete_until: datetime
    volume: Volume
    before: Volume
    batches_url: str
    batches_change: str
    persons_change: str
    open_now: Number
    ages: Sequence[Number]
    stock: Mapping[str, Number]
    lines: Sequence[Line]
    to_decision: Mean
    to_end: Mean
    months: Sequence[Month]
    categories: Sequence[Group]
    heads: Sequence[str]
    rows: Sequence[Row]


def dashboard(asked: Asked, hat: Hat, *, now: datetime) -> Dashboard:
    """Return the dashboard of some days for a hat, in a fixed number of queries."""
    seen = Fact.objects.visible_to(hat)
    before = replace(asked, period=asked.period.a_year_before())
    counted, last = counted_of(asked, hat, now=now), counted_of(before, hat, now=now)
    found = figures.figures_of((Code.OPEN_NOW, Code.I16), asked, seen, now=now)
    volume, volume_before = counted.volume, last.volume
    cells, cells_before = cells_of(asked, hat, now=now), cells_of(before, hat, now=now)
    to_decision, to_end = counted.cycles
    heads = _names(ContentCategory.objects.all(), {category for _place, category in cells})
    return Dashboard(
        asked=asked,
        complete_until=complete_until(now),
        volume=volume,
        before=volume_before,
        batches_url=opens(Code.REGISTERED, Part.ALL, asked),
        batches_change=change_words(volume.batches, volume_before.batches),
        persons_change=change_words(volume.persons, volume_before.persons),
        open_now=Number("", found[Code.OPEN_NOW].of, opens(Code.OPEN_NOW, Part.ALL, asked)),
        ages=parts_of(found[Code.OPEN_NOW], asked),
        stock={
            part.value: Number("", count, opens(Code.I16, part, asked))
            for part, count in found[Code.I16].parts.items()
        },
        lines=[line_of(counted.rates[code], last.rates[code], asked) for code in RATES],
        to_decision=to_decision,
        to_end=to_end,
        months=_months(asked, counted.months, last.months),
        categories=_categories(asked, cells, cells_before, heads),
        heads=list(heads.values()),
        rows=_rows(asked, cells, heads),
    )


def _names(rows: Any, paths: set[str]) -> Mapping[str, str]:
    """Return the names of nodes by their paths, in the order of the tree."""
    return dict(rows.filter(path__in=paths).order_by("path").values_list("path", "name"))


def _months(asked: Asked, now: Mapping[date, Volume], last: Mapping[date, Volume]) -> Sequence[Month]:
    months = []
    day = asked.period.since.replace(day=1)
    while day < asked.period.until:
        after = (day.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
        of_month = Period(max(day, asked.period.since), min(after, asked.period.until))
        url = opens(Code.REGISTERED, Part.ALL, replace(asked, period=of_month))
        volume = now.get(day, Volume(0, 0))
        number = Number("", volume.batches, url)
        months.append(
            Month(day, number, volume.persons, last.get(day.replace(year=day.year - 1), Volume(0, 0)))
        )
        day = after
    return months


def _categories(asked: Asked, cells: Cells, cells_before: Cells, heads: Mapping[str, str]) -> Sequence[Group]:
    now, last = _by_category(cells), _by_category(cells_before)
    most = max(now.values(), default=1)
    return [
        Group(
            name=heads[path],
            batches=Number("", count, opens(Code.REGISTERED, Part.ALL, replace(asked, category_path=path))),
            change=change_words(count, last[path]),
            width=f"{100 * count // most}%",
        )
        for path, count in now.most_common()
    ]


def _by_category(cells: Cells) -> Counter[str]:
    counted: Counter[str] = Counter()
    for (_place, category), count in cells.items():
        counted[category] += count
    return counted


def _rows(asked: Asked, cells: Cells, heads: Mapping[str, str]) -> Sequence[Row]:
    names = _names(Place.objects.current(), {place for place, _category in cells})
    most = max(cells.values(), default=0)
    by_place: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (place, category), count in cells.items():
        by_place[place][category] = count
    rows = []
    for place in sorted(by_place):
        here = replace(asked, place_path=place)
        counts = [(category, by_place[place].get(category, 0)) for category in heads]
        rows.append(
            Row(
                name=names.get(place, place),
                cells=[
                    (
                        Number(
                            "", count, opens(Code.REGISTERED, Part.ALL, replace(here, category_path=path))
                        ),
                        _depth(count, most),
                    )
                    for path, count in counts
                ],
                whole=Number("", sum(by_place[place].values()), opens(Code.REGISTERED, Part.ALL, here)),
            )
        )
    return rows


def _depth(count: int, most: int) -> int:
    """Return how dark a cell is, 0 for nothing."""
    return 0 if not count else 1 + (_DEEPEST - 1) * count // most
