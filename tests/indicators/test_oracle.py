"""Three ways to one number: the product, plain SQL, and an oracle that replays every deed."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role
from indicators.figures import Asked, cohort, figure, part
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact, FactQuerySet, Mark
from indicators.periods import Period
from indicators.recounting import recount
from indicators.sweeps import follow_history
from indicators.universe import Universe
from tests.given import SHANGHAI, a_hat, a_place, an_organ
from tests.indicators.doing import Doer
from tests.indicators.oracle import Reckoning, World
from tests.indicators.random_world import Deed, Do, random_deeds

NOW = datetime(2026, 7, 1, 9, tzinfo=SHANGHAI)
PERIODS = [
    Period(date(2025, 1, 1), date(2026, 1, 1)),
    Period(date(2025, 3, 1), date(2025, 4, 1)),
    Period(date(2026, 1, 1), date(2026, 10, 1)),
]
DAYS = [None, date(2025, 4, 15), date(2025, 11, 30), date(2026, 3, 3)]
# of the larger one at least ten thousand deeds
QUICK, WHOLE = (40, 20), (500, 22)
STREET = "141102002"


@pytest.fixture
def a_world(request):
    """A random world on the tables, its facts followed to the last deed."""
    seed, (petitions, each) = request.param
    deeds = random_deeds(seed, petitions=petitions, each=each)
    doer = Doer()
    doer.do_all(deeds)
    follow_history()
    with connection.cursor() as cursor:
        # a house counts its rows by itself; a world of one transaction looks empty to the planner
        cursor.execute("analyze")
    return deeds, doer


WORLDS = pytest.mark.parametrize(
    "a_world",
    [(46, QUICK), pytest.param((2, WHOLE), marks=pytest.mark.wide)],
    ids=["quick", "whole"],
    indirect=True,
)


@pytest.mark.django_db
@WORLDS
def test_every_indicator_equals_a_slow_replay_of_all_deeds_up_to_the_day(a_world):
    deeds, doer = a_world
    met: set[tuple[Code, Part]] = set()

    for hat, sees in _readers(deeds, doer):
        for day in DAYS:
            for universe in Universe:
                met |= _compare(deeds, doer, hat, sees, day, universe)

    # a world in which nothing ever comes again would prove nothing of I07
    assert met == {(code, name) for code, measure in MEASURES.items() for name in measure.parts(NOW)}
    assert not Mark.objects.exists()


@pytest.mark.django_db
@WORLDS
def test_every_indicator_equals_plain_sql_on_the_tables_of_deeds(a_world):
    for universe in Universe:
        for period in PERIODS:
            recounted = recount(period, universe, now=NOW)
            assert set(recounted) == set(MEASURES)
            for code, counts in recounted.items():
                found = figure(code, Asked(period, universe), Fact.objects.open_lane(), now=NOW)
                assert (code, {Part.ALL: found.of, **found.parts}) == (code, counts)


def _readers(deeds: list[Deed], doer: Doer):
    whole = World(deeds)
    street = an_organ("JD2", kind=OrganKind.PETITION_OFFICE, place=a_place(STREET))
    unit = a_hat(Role.CASE_OFFICER, organ=doer.units["housing"])
    yield a_hat(Role.OFFICE_DIRECTOR), lambda number: True
    yield (
        a_hat(Role.OFFICE_DIRECTOR, organ=street),
        lambda number: whole.cases[number].facts["township"] == STREET,
    )
    yield unit, lambda number: whole.cases[number].unit == "housing"


def _compare(deeds: list[Deed], doer: Doer, hat: Hat, sees, day: date | None, universe: Universe):
    """Return which parts had a petition."""
    known = [deed for deed in deeds if day is None or deed.at.astimezone(SHANGHAI).date() <= day]
    hidden = {deed.petition for deed in deeds if deed.do is Do.SEAL}
    at = NOW if day is None else _midnight(day + timedelta(days=1)) - timedelta(microseconds=1)
    reckoned = Reckoning(World(known), at, hidden, sees, universe.value)
    met: set[tuple[Code, Part]] = set()
    for period in PERIODS:
        asked = Asked(period, universe, as_of=day)
        for code in MEASURES:
            expected = reckoned.all(code.value, _midnight(period.since), _midnight(period.until))
            met |= {(code, Part(name)) for parts in expected.values() for name in parts}
            by_key = {doer.keys[number]: parts for number, parts in expected.items()}
            _same(code, asked, Fact.objects.visible_to(hat), by_key)
    return met


def _same(code: Code, asked: Asked, seen: FactQuerySet, expected) -> None:
    found = figure(code, asked, seen, now=NOW)
    keys = set(cohort(code, asked, seen).values_list("petition", flat=True))
    assert (code, asked, keys) == (code, asked, set(expected))
    assert found.of == len(expected)
    for name, count in found.parts.items():
        members = {key for key, parts in expected.items() if name.value in parts}
        listed = set(part(code, name, asked, seen, now=NOW).values_list("petition", flat=True))
        assert (code, name, asked, listed) == (code, name, asked, members)
        assert count == len(members)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
