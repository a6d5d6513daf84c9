"""What leaders, stations and grids did in some days: beside what was registered, each number with its own list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from accounts.hats import Hat
from accounts.models import Organ
from grids.models import Grid, GridStaff
from grids.states import Part as GridPart
from indicators import beside
from indicators.beside import BESIDE
from indicators.catalogue import CATALOGUE, part_words
from indicators.figures import Asked, Mean, percent
from indicators.measures import Code, Part
from leadership import permissions as may
from leadership.list_pages import listed_for
from leadership.models import Station
from leadership.reception_figures import figures as leaders_figures
from leadership.rosters import office_of
from leadership.sponsor_pages import sponsored_for
from leadership.states import SponsorEnd
from leadership.views.meetings import MEETS
from leadership.views.sponsoring import READS_COVERAGE
from reports.numbers import Number, opens


@dataclass(frozen=True)
class Share:
    """How many of how many: of a list what was struck off, of a leader's petitions what came to its result."""

    name: str
    counted: int
    of: int
    url: str

    @property
    def rate(self) -> str:
        return percent(Fraction(self.counted, self.of) if self.of else None)


@dataclass(frozen=True)
class Taken:
    """A leader's journeys with petitions (带案下访), in batches and person-times."""

    name: str
    batches: int
    persons: int


@dataclass(frozen=True)
class GridLevel:
    """One level of the grids: how many there are, and how many leaders stand for it."""

    name: str
    grids: int
    leaders: int


@dataclass(frozen=True)
class Beside:
    """What was done beside the handling: of how many petitions, in which parts; of tiers how many days they held it."""

    code: Code
    name: str | Promise
    whole: Number
    parts: Sequence[tuple[Number, Mean | None]]


@dataclass(frozen=True)
class Work:
    """What the card shows; what a hat has no page for is empty."""

    lists: Sequence[Share]
    sponsored: Sequence[Share]
    taken: Sequence[Taken]
    taken_url: str
    stations: int
    levels: Sequence[GridLevel]
    beside: Sequence[Beside]


def work(asked: Asked, hat: Hat, *, now: datetime) -> Work:
    """Return what was done in some days as a hat reads of it, in a fixed number of queries.

    Of lists what was struck off by the last of the days, of leaders' petitions what was resolved by the moment that is
    asked about; stations and grids as they stand today.
    """
    last = min(asked.period.until - timedelta(days=1), timezone.localdate(asked.at(now)))
    since, office = asked.period.since, office_of(hat.organ)
    receiving = office if hat.role in may.RECEIVES else None
    reads_sponsors = office is not None and hat.role in READS_COVERAGE
    return Work(
        lists=_lists(hat, last) if hat.role in MEETS else [],
        sponsored=_sponsored(asked, hat, now) if reads_sponsors else [],
        taken=_taken(receiving, since, last) if receiving else [],
        taken_url=f"{reverse('leadership:receptions')}?{urlencode({'since': since, 'until': last})}",
        stations=Station.objects.standing().filter(office=receiving).count() if receiving else 0,
        levels=_levels(hat),
        beside=[_beside(code, asked, hat, now) for code in BESIDE],
    )


def _lists(hat: Hat, on: date) -> Sequence[Share]:
    return [
        Share(
            each.row.name,
            each.rate.struck,
            each.rate.listed,
            f"{reverse('leadership:strike_list', args=[each.row.pk])}?{urlencode({'on': on, 'struck': 1})}",
        )
        for each in listed_for(hat, on=on)
    ]


def _sponsored(asked: Asked, hat: Hat, now: datetime) -> Sequence[Share]:
    """Return leaders in the order of their organs, never of a number."""
    at = asked.at(now)
    begun = sponsored_for(hat, since=asked.period.since_at, now=now).filter(
        begun_at__lt=min(asked.period.until_at, at)
    )
    resolved = Q(end=SponsorEnd.COMPLETED, ended_at__lte=at)
    leaders: Any = begun.order_by("kind", "post__organ__path", "post__title", "post", "outsider")
    rows = leaders.values_list("post__title", "post__user__name", "outsider").annotate(
        of=Count("pk"), resolved=Count("pk", filter=resolved)
    )
    url = reverse("leadership:sponsors")
    return [
        Share(outsider or f"{title} {name}", resolved, of, url)
        for title, name, outsider, of, resolved in rows
    ]


def _taken(office: Organ, since: date, last: date) -> Sequence[Taken]:
    """Return the leaders of an office who went down with petitions, in the order of their organs."""
    done = leaders_figures(office, since=since, until=last, today=last)
    return [
        Taken(f"{one.post.title} {one.post.user.name}", *one.done.field) for one in done if one.done.trips
    ]


def _levels(hat: Hat) -> Sequence[GridLevel]:
    """Return the levels of the grids that a hat works with, those of one name together, from the top."""
    standing = Grid.objects.visible_to(hat).standing()
    leading = GridStaff.objects.standing().filter(part=GridPart.LEADER, grid__in=standing.values("pk"))
    grids = _by_level(standing.values_list("scheme__levels", "level").annotate(Count("pk")))
    leaders = _by_level(leading.values_list("grid__scheme__levels", "level").annotate(Count("pk")))
    return [
        GridLevel(name, grids[level, name], leaders[level, name])
        for level, name in sorted({*grids, *leaders})
    ]


def _beside(code: Code, asked: Asked, hat: Hat, now: datetime) -> Beside:
    counted = beside.counts(code, asked, hat, now=now)
    held = beside.held_for(asked, hat, now=now) if code is Code.LIFTED else {}
    return Beside(
        code,
        CATALOGUE[code].name,
        Number("", counted[Part.ALL], opens(code, Part.ALL, asked)),
        [
            (Number(part_words(part), count, opens(code, part, asked)), held.get(part))
            for part, count in counted.items()
            if part is not Part.ALL
        ],
    )


def _by_level(rows: Any) -> Counter[tuple[int, str]]:
    counted: Counter[tuple[int, str]] = Counter()
    for levels, level, number in rows:
        counted[level, levels[level - 1]] += number
    return counted
