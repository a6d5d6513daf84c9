"""Rates of each unit, and of each place: of what a unit led by itself, as it was known on the day that is asked about.

What several units lead together is in the rate of none: what one of them was late with would count against the other.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Exists, Q

from accounts.models import OrganKind
from cases.models import Handling
from indicators import figures
from indicators.figures import Asked
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact
from leadership.models import ListItem, Slip
from leadership.models.lists import strikes_standing
from leadership.states import RECOMMENDATIONS, Adopted
from lib.among import among

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    counted: int
    of: int

    @property
    def rate(self) -> Fraction | None:
        """Numerator through denominator; none of nothing (trap 6)."""
        return Fraction(self.counted, self.of) if self.of else None


NOTHING = Share(0, 0)


def rates_by_unit(code: Code, asked: Asked, *, now: datetime) -> Mapping[int, Share]:
    """Return an indicator of each unit in the open lane, by the unit's key; units without any case are left out.

    Nothing at all where no numbers of the indicator are kept.
    """
    if code is Code.I09:
        return _resolved(asked)
    if code is Code.I15:
        return _adopted(asked, now=now)
    whole, counted = _petitions(code, asked, now=now)
    return _shares(led_alone(whole.keys(), at=asked.at(now)), counted)


def rates_by_place(code: Code, asked: Asked, paths: Collection[str], *, now: datetime) -> Mapping[str, Share]:
    """Return an indicator of petitions in the open lane by the place of the problem: the nearest of some paths."""
    whole, counted = _petitions(code, asked, now=now)
    nearest = {
        key: max(above, key=len)
        for key, place_path in whole.items()
        if (above := [path for path in paths if place_path.startswith(path)])
    }
    return _shares(nearest, counted)


def led_by_unit(asked: Asked, *, now: datetime) -> Mapping[int, int]:
    """Return how many petitions registered in a period each unit leads by itself: to put like beside like."""
    whole, _counted = _petitions(Code.REGISTERED, asked, now=now)
    return Counter(led_alone(whole.keys(), at=asked.at(now)).values())


def led_alone(keys: Collection[UUID], *, at: datetime) -> Mapping[UUID, int]:
    """Return which unit led all claims of these petitions at a moment; what several led, or none, is left out.

    What a petition office handles itself no unit leads.
    """
    versions: Any = apps.get_model("cases", "ClaimVersion")._default_manager.filter(
        Q(known_at=None) | Q(known_at__lte=at), petition_id__in=among(keys)
    )
    newest = versions.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    handled = [row for row in newest.values_list("petition_id", "handling_id") if row[1] is not None]
    units = Handling.objects.filter(petition__in=among(keys)).exclude(organ__kind=OrganKind.PETITION_OFFICE)
    organs = dict(units.values_list("pk", "organ"))
    led: dict[UUID, set[int]] = defaultdict(set)
    for petition, handling in handled:
        if handling in organs:
            led[petition].add(organs[handling])
    return {petition: next(iter(by)) for petition, by in led.items() if len(by) == 1}


def _petitions(code: Code, asked: Asked, *, now: datetime) -> tuple[Mapping[UUID, str], set[UUID]]:
    """Return the petitions of an indicator with their places, and those that count; nothing if none are kept."""
    if code not in MEASURES:
        return {}, set()
    seen = Fact.objects.open_lane()
    whole = dict(figures.cohort(code, asked, seen).values_list("petition", "place_path"))
    counted: set[UUID] = set()
    for part in sorted(MEASURES[code].counted):
        counted |= set(
            figures.part(code, Part(part), asked, seen, now=now).values_list("petition", flat=True)
        )
    return whole, counted


def _shares(keyed: Mapping[UUID, Key], counted: Collection[UUID]) -> Mapping[Key, Share]:
    of = Counter(keyed.values())
    some = Counter(key for petition, key in keyed.items() if petition in counted)
    return {key: Share(some[key], number) for key, number in of.items()}


def _resolved(asked: Asked) -> Mapping[int, Share]:
    """Return what of every list was struck off by the end of the period (I09)."""
    day = asked.as_of or asked.period.until - timedelta(days=1)
    rows: Any = ListItem.objects.listed_by(day).order_by().values_list("organ")
    return {
        organ: Share(struck, of)
        for organ, struck, of in rows.annotate(
            struck=Count("pk", filter=Exists(strikes_standing(day))), of=Count("pk")
        )
    }


def _adopted(asked: Asked, *, now: datetime) -> Mapping[int, Share]:
    """Return what of the recommendations due in the period was adopted, wholly or in part (I15; R-51)."""
    due = Slip.objects.issued().filter(
        kind__in=sorted(RECOMMENDATIONS),
        petition__sealed=False,
        assignment__asked_at__lte=asked.at(now),
        assignment__clock__cancelled_at=None,
        assignment__clock__due_at__gte=asked.period.since_at,
        assignment__clock__due_at__lt=asked.period.until_at,
    )
    said = Q(assignment__replied_at__lte=asked.at(now), adopted__in=[Adopted.WHOLLY, Adopted.PARTLY])
    listed: Any = due.order_by().values_list("addressee")
    rows = listed.annotate(said=Count("pk", filter=said), of=Count("pk"))
    return {organ: Share(adopted, of) for organ, adopted, of in rows}
