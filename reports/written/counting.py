"""The numbers of a report, from what was known at the end of a day; nothing sealed, nothing void, no name."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count

from accounts.models import Organ
from cases.models import Handling, Route
from cases.states import RouteKind
from indicators import figures
from indicators.figures import Asked
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact, FactQuerySet
from leadership.models import Slip
from leadership.states import BY_THE_CONFERENCE, RECOMMENDATIONS, SlipKind
from reports.states import SMALLEST, Group, ReportKind
from reports.written.cells import folded

# what is of the moment has no year before to compare
_AT_THE_MOMENT = frozenset({Code.OPEN_NOW, Code.I16})
_CODES: Mapping[ReportKind, tuple[Code, ...]] = {
    ReportKind.WEEKLY: (Code.REGISTERED, Code.OPEN_NOW, Code.I16, Code.I03),
    ReportKind.MONTHLY: (
        *(Code.REGISTERED, Code.OPEN_NOW, Code.I16),
        *(Code.I01, Code.I02, Code.I03, Code.I07, Code.I08, Code.I13),
    ),
    ReportKind.YEARLY: tuple(MEASURES),
    ReportKind.TOPIC: (Code.REGISTERED, Code.OPEN_NOW, Code.I16, Code.I03, Code.I08),
}
_MOST_HOT = 10
_MOST_CAUSES = 2


@dataclass(frozen=True)
class Counted:
    """One number, by what it belongs to."""

    group: Group
    key: str
    count: int
    before: int | None = None


def counted_for(kind: ReportKind, asked: Asked, office: Organ, *, now: datetime) -> list[Counted]:
    """Return the numbers of a report of one office's place, in the order in which they are said."""
    seen = Fact.objects.open_lane().filter(seen_path__startswith=office.place.path)
    before = replace(asked, period=asked.period.a_year_before())
    found = [*_volume(asked, before, seen), *_indicators(_CODES[kind], asked, before, seen, now)]
    found += _trees(kind, asked, before, seen, office.place.path)
    if kind == ReportKind.YEARLY:
        found += [*_organs(asked, seen, office), *_work(asked, office), *_advice(asked, office)]
    return found


def _volume(asked: Asked, before: Asked, seen: FactQuerySet) -> Iterator[Counted]:
    now, last = figures.volume(asked, seen), figures.volume(before, seen)
    yield Counted(Group.VOLUME, "batches", now.batches, last.batches)
    yield Counted(Group.VOLUME, "persons", now.persons, last.persons)


def _indicators(
    codes: Iterable[Code], asked: Asked, before: Asked, seen: FactQuerySet, now: datetime
) -> Iterator[Counted]:
    codes = list(codes)
    found = figures.figures_of(codes, asked, seen, now=now)
    last = figures.figures_of([code for code in codes if code not in _AT_THE_MOMENT], before, seen, now=now)
    for code in codes:
        compared = last.get(code)
        for part, count in {Part.ALL: found[code].of, **found[code].parts}.items():
            earlier = None
            if compared is not None:
                earlier = compared.of if part is Part.ALL else compared.parts[part]
            yield Counted(Group.INDICATOR, f"{code}.{part}", count, earlier)


def _trees(
    kind: ReportKind, asked: Asked, before: Asked, seen: FactQuerySet, inside: str
) -> Iterator[Counted]:
    """Yield what came of each first-level category, and at each place next below; an analysis goes a level deeper."""
    depth = 2 if kind == ReportKind.TOPIC else 1
    now, last = _cells(asked, seen, inside, depth), _cells(before, seen, inside, depth)
    yield from _of_group(Group.CATEGORY, _summed(now, at=1), _summed(last, at=1))
    if kind != ReportKind.WEEKLY:
        yield from _of_group(Group.PLACE, _summed(now, at=0), _summed(last, at=0))
    if kind == ReportKind.TOPIC:
        hot = [(cell, count) for cell, count in now.most_common(_MOST_HOT) if count >= SMALLEST]
        for cell, count in hot:
            yield Counted(Group.HOT, "|".join(cell), count, last[cell])


def _cells(asked: Asked, seen: FactQuerySet, inside: str, depth: int) -> Counter[tuple[str, str]]:
    """Count by the place next below and by category, so many levels deep."""
    registered = figures.cohort(Code.REGISTERED, asked, seen).order_by()
    rows = registered.values_list("place_path", "content_category__path").annotate(count=Count("pk"))
    levels = asked.place_path or inside
    cells: Counter[tuple[str, str]] = Counter()
    for place, category, count in rows:
        below = place.removeprefix(levels).split("/")[0]
        cells[f"{levels}{below}/" if below else levels, _cut(category, depth)] += count
    return cells


def _cut(path: str, depth: int) -> str:
    return "".join(f"{code}/" for code in path.rstrip("/").split("/")[:depth])


def _summed(cells: Mapping[tuple[str, str], int], *, at: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for cell, count in cells.items():
        counts[cell[at]] += count
    return counts


def _of_group(group: Group, now: Mapping[str, int], last: Mapping[str, int]) -> Iterator[Counted]:
    kept = folded(now)
    for key, count in kept.items():
        before = last.get(key, 0) if key else sum(last.values()) - sum(last.get(one, 0) for one in kept)
        yield Counted(group, key, count, before)


def _organs(asked: Asked, seen: FactQuerySet, office: Organ) -> Iterator[Counted]:
    """Yield how many petitions each unit led, with what was raised most; in the order of organs (Art 41(1); Q40).

    Units of few petitions are left out, and so are offices, which lead nothing of their own.
    """
    registered = figures.cohort(Code.REGISTERED, asked, seen).values("petition")
    led = Handling.objects.filter(petition__in=registered).exclude(organ=office).order_by()
    rows = led.values_list("organ__code", "petition__content_category__path").annotate(
        count=Count("petition", distinct=True)
    )
    causes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for code, category, count in rows:
        causes[code][_cut(category, 2)] += count
    for code in sorted(causes):
        whole = causes[code].total()
        if whole >= SMALLEST:
            yield Counted(Group.ORGAN, code, whole)
            for category, count in causes[code].most_common(_MOST_CAUSES):
                if count >= SMALLEST:
                    yield Counted(Group.CAUSE, f"{code}|{category}", count)


def _work(asked: Asked, office: Organ) -> Iterator[Counted]:
    """Yield how many ways of each kind were given, and how many orders and measures went out (Art 41(1) 2)."""
    period = asked.period
    made = Route.objects.filter(
        **_open_petitions(office), made_at__gte=period.since_at, made_at__lt=period.until_at
    )
    kinds = dict(made.order_by().values_list("kind").annotate(count=Count("pk")))
    for kind in (RouteKind.FORWARD, RouteKind.ASSIGN):
        yield Counted(Group.WORK, kind, kinds.get(kind, 0))
    ours = {SlipKind.SUPERVISION, *BY_THE_CONFERENCE}
    yield Counted(Group.WORK, SlipKind.SUPERVISION, sum(_slips(asked, office, ours).values()))


def _advice(asked: Asked, office: Organ) -> Iterator[Counted]:
    """Yield the recommendations of each kind, and how they were answered (Art 41(1) 3; R-51)."""
    counts = _slips(asked, office, RECOMMENDATIONS)
    for kind in SlipKind:
        if kind in RECOMMENDATIONS:
            of_kind = {adopted: count for (its, adopted), count in counts.items() if its == kind}
            yield Counted(Group.ADVICE, kind, sum(of_kind.values()))
            for adopted, count in sorted(of_kind.items()):
                if adopted:
                    yield Counted(Group.ADVICE, f"{kind}.{adopted}", count)


def _slips(asked: Asked, office: Organ, kinds: Collection[SlipKind]) -> Mapping[tuple[str, str], int]:
    period = asked.period
    issued = Slip.objects.issued().filter(
        **_open_petitions(office),
        kind__in=sorted(kinds),
        assignment__asked_at__gte=period.since_at,
        assignment__asked_at__lt=period.until_at,
    )
    rows = issued.order_by().values_list("kind", "adopted").annotate(count=Count("pk"))
    return {(kind, adopted): count for kind, adopted, count in rows}


def _open_petitions(office: Organ) -> dict[str, object]:
    return {"petition__sealed": False, "petition__place_path__startswith": office.place.path}
