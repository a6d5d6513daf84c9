"""Figures to start from: what was asked of which days, and a world of a few deeds."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.roles import Role
from indicators import figures
from indicators.figures import Asked, Figure
from indicators.measures import Code
from indicators.models import Fact, FactQuerySet
from indicators.periods import Period
from indicators.sweeps import follow_history
from tests.given import SHANGHAI, a_hat
from tests.indicators.doing import Doer
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

THIS_YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
LATER = datetime(2026, 12, 31, 12, tzinfo=SHANGHAI)


def moment(
    month: int, day: int, hour: int = 10, minute: int = 0, second: int = 0, *, year: int = 2026
) -> datetime:
    """Return a moment of a day in Asia/Shanghai."""
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


def registering(at: datetime, petition: int = 0, **facts: Any) -> Deed:
    """Make the deed of registering what was received at that moment: one claim, one person, by the office, a letter."""
    usual = {
        "claims": 1,
        "office": True,
        "level": "0300",
        "received_before": timedelta(0),
        "litigation": False,
        "township": TOWNSHIPS[0],
        "channel": "letter",
        "count": 1,
        "suggestion": False,
        "category": 0,
    }
    return Deed(at, Do.REGISTER, petition, {**usual, **facts})


def routing(at: datetime, petition: int = 0) -> Deed:
    """Make the deed of giving it to a unit."""
    return Deed(at, Do.ROUTE, petition, {"unit": "housing"})


def done(*deeds: Deed) -> Doer:
    """Do these deeds, and let the figures follow."""
    doer = Doer()
    doer.do_all(deeds)
    follow_history()
    return doer


def a_directors() -> FactQuerySet:
    """Return what the district's director may know of."""
    return Fact.objects.visible_to(a_hat(Role.OFFICE_DIRECTOR))


def figure(code: Code, *, since: date, until: date, now: datetime = LATER, **asked: Any) -> Figure:
    """Return a figure of some days as the district's director reads it."""
    return figures.figure(code, Asked(Period(since, until), **asked), a_directors(), now=now)
