"""Figures: how many of how many, in which parts, and which petitions these are. One code for every reader."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import Avg, Count, F, Q, Sum

from cases.ledger import midnight_after
from indicators.measures import MEASURES, Code, Part, within
from indicators.models import FactQuerySet
from indicators.periods import Period
from indicators.universe import UNIVERSES, USUAL, Universe

# The last moment of a day, to the second part that the database keeps.
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Asked:
    """Of which days a figure is asked, in which universe, and as it was known at the end of which day.

    Place and category narrow it to a part of their tree, a unit to what it leads today; empty they do not.
    """

    period: Period
    universe: Universe = USUAL
    place_path: str = ""
    category_path: str = ""
    as_of: date | None = None
    # the key of an organ
    unit: int | None = None

    @property
    def known_at(self) -> datetime | None:
        """The moment whose knowledge counts; none for what is known now."""
        return None if self.as_of is None else midnight_after(self.as_of) - _INSTANT

    def at(self, now: datetime) -> datetime:
        """Return the moment from which it is said what is past: the one that is asked about, never a later one."""
        return now if self.known_at is None else min(self.known_at, now)


@dataclass(frozen=True)
class Figure:
    """A count of petitions: how many belong to it, and how many of them to each part. Units are petitions."""

    code: Code
    of: int
    parts: Mapping[Part, int]

    @property
    def counted(self) -> int:
        """The numerator: the parts that the definition counts."""
        return sum(self.parts[part] for part in MEASURES[self.code].counted)

    @property
    def base(self) -> int:
        """The denominator: all that belongs to it, or the part that the definition says."""
        name = MEASURES[self.code].of
        return self.of if name is Part.ALL else self.parts[name]

    @property
    def rate(self) -> Fraction | None:
        """Numerator through denominator; none where nothing belongs to it, which is neither 0 nor 100 % (trap 6)."""
        return Fraction(self.counted, self.base) if self.base else None


@dataclass(frozen=True)
class Volume:
    """批次 and 人次: petitions, and the persons they count (data-standard §5)."""

    batches: int
    persons: int


@dataclass(frozen=True)
class Mean:
    """Days from registration on, over so many cases; none where there is no case."""

    cases: int
    days: Decimal | None


def facts(asked: Asked, seen: FactQuerySet) -> FactQuerySet:
    """Return what was known, when it is asked about, of the petitions of a universe among those that are seen.

    `seen` is what a hat may know of: `Fact.objects.visible_to(hat)`.
    """
    known = seen.known(asked.known_at).filter(UNIVERSES[asked.universe].condition)
    if asked.place_path:
        known = known.filter(place_path__startswith=asked.place_path)
    if asked.category_path:
        known = known.filter(content_category__path__startswith=asked.category_path)
    if asked.unit is not None:
        known = known.filter(petition__handlings__organ=asked.unit, petition__handlings__ended_at=None)
    return known


def cohort(code: Code, asked: Asked, seen: FactQuerySet) -> FactQuerySet:
    """Return what belongs to an indicator: its denominator."""
    measure = MEASURES[code]
    return facts(asked, seen).filter(measure.among, measure.cohort(asked.period))


def part(code: Code, name: Part, asked: Asked, seen: FactQuerySet, *, now: datetime) -> FactQuerySet:
    """Return what belongs to one part of an indicator, or to all of it.

    :raises KeyError: for a part that the indicator does not have
    """
    whole = cohort(code, asked, seen)
    return whole if name is Part.ALL else whole.filter(MEASURES[code].parts(asked.at(now))[name])


def figure(code: Code, asked: Asked, seen: FactQuerySet, *, now: datetime) -> Figure:
    """Return an indicator with all its parts, in one query."""
    return figures_of([code], asked, seen, now=now)[code]


def figures_of(
    codes: Iterable[Code], asked: Asked, seen: FactQuerySet, *, now: datetime
) -> Mapping[Code, Figure]:
    """Return indicators with all their parts, in one query for all those that count the same petitions."""
    alike: defaultdict[tuple[object, Q], list[Code]] = defaultdict(list)
    for code in codes:
        alike[MEASURES[code].cohort, MEASURES[code].among].append(code)
    found: dict[Code, Figure] = {}
    for same in alike.values():
        counts = {"of": Count("pk")}
        for code in same:
            for name, condition in MEASURES[code].parts(asked.at(now)).items():
                counts[f"{code}_{name}"] = Count("pk", filter=condition)
        row = cohort(same[0], asked, seen).aggregate(**counts)
        for code in same:
            parts = {name: row[f"{code}_{name}"] for name in MEASURES[code].parts(asked.at(now))}
            found[code] = Figure(code, row["of"], parts)
    return found


def volume(asked: Asked, seen: FactQuerySet) -> Volume:
    """Return what was registered in a period: batches and person-times."""
    sums = cohort(Code.REGISTERED, asked, seen).aggregate(
        batches=Count("pk"), persons=Sum("petitioner_count", default=0)
    )
    return Volume(**sums)


def cycles(asked: Asked, seen: FactQuerySet) -> tuple[Mean, Mean]:
    """Return the mean days of first petitions from registration to the unit's decision, and to the end (I10).

    Each case of what was finished in the period weighs the same.
    """
    finished = facts(asked, seen).filter(within("finished_at", asked.period), is_repeat=False)
    decided = Q(unit_done_at__isnull=False)
    sums = finished.aggregate(
        decided=Count("pk", filter=decided),
        to_decision=Avg(F("unit_done_at") - F("registered_at"), filter=decided),
        cases=Count("pk"),
        to_end=Avg(F("finished_at") - F("registered_at")),
    )
    return mean(sums["decided"], sums["to_decision"]), mean(sums["cases"], sums["to_end"])


def mean(cases: int, span: timedelta | None) -> Mean:
    """Return a mean span in days, one decimal, half rounded up."""
    if span is None:
        return Mean(cases, None)
    days = Decimal(span // _INSTANT) / Decimal(timedelta(days=1) // _INSTANT)
    return Mean(cases, days.quantize(Decimal("0.1"), ROUND_HALF_UP))


def change(now: int, before: int) -> Fraction | None:
    """Return the change from a count to a later one (同比, I14); none from nothing."""
    return Fraction(now - before, before) if before else None


def percent(ratio: Fraction | None) -> str:
    """Return a ratio as people read it: one decimal, half rounded up, and a dash for none (trap 6)."""
    if ratio is None:
        return "—"
    exact = Decimal(ratio.numerator) * 100 / Decimal(ratio.denominator)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{shown} %".replace("-", "−")
