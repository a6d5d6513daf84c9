"""Sums say what facts say: to every reader of a place, in every universe and period, merged or not."""

from datetime import date, datetime

import pytest
from django.db.models import Count

from accounts.models import OrganKind
from accounts.roles import Role
from indicators import figures, sums
from indicators.figures import Asked
from indicators.measures import Code
from indicators.models import DaySum, Fact, MonthSum
from indicators.periods import Period
from indicators.sweeps import follow_history, merge_sums
from indicators.universe import Universe
from reports.counted import RATES, _cells, cells_of, counted_of
from tests.given import SHANGHAI, a_hat, a_place, an_organ
from tests.indicators.doing import Doer
from tests.indicators.given import moment
from tests.indicators.random_world import TOWNSHIPS, Deed, Do, random_deeds

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 9, tzinfo=SHANGHAI)
PERIODS = [
    Period(date(2025, 1, 1), date(2026, 1, 1)),
    # no whole month, one whole month, days to come
    Period(date(2025, 3, 5), date(2025, 3, 20)),
    Period(date(2025, 3, 5), date(2025, 5, 20)),
    Period(date(2026, 1, 1), date(2026, 10, 15)),
]


@pytest.fixture
def world():
    """A random world, its facts followed batch by batch."""
    doer = Doer()
    doer.do_all(random_deeds(5, petitions=60, each=20))
    follow_history()
    return doer


def readers():
    street = an_organ("JD2", kind=OrganKind.PETITION_OFFICE, place=a_place(TOWNSHIPS[1]))
    return [a_hat(Role.OFFICE_DIRECTOR), a_hat(Role.OFFICE_DIRECTOR, organ=street)]


def check_all():
    for hat in readers():
        seen = Fact.objects.visible_to(hat)
        for universe in Universe:
            for period in PERIODS:
                _same(Asked(period, universe), hat, seen)


def _same(asked, hat, seen):
    found = counted_of(asked, hat, now=NOW)
    assert (asked, found.rates) == (asked, figures.figures_of(RATES, asked, seen, now=NOW))
    assert found.volume == figures.volume(asked, seen)
    assert found.cycles == figures.cycles(asked, seen)
    assert sum(each.batches for each in found.months.values()) == found.volume.batches
    path = hat.organ.place.path
    assert cells_of(asked, hat, now=NOW) == _cells(asked, seen, path, path.count("/") + 1)


def test_sums_equal_the_count_of_facts(world):
    assert sums.are_kept(Asked(PERIODS[0]), a_hat(Role.OFFICE_DIRECTOR).organ.place.path)

    check_all()


def test_they_still_do_when_deeds_came_one_by_one_and_rows_were_merged(world):
    for number, key in enumerate(list(world.keys)[:6]):
        world.do_all([Deed(moment(6, 1, number), Do.CORRECT, key, _another(number))])
        follow_history()

    merged = merge_sums()

    check_all()
    assert merged > 0
    for rows, key in (
        (DaySum, ("day", "place_path", "plain")),
        (MonthSum, ("month", "place_path", "category_path", "plain")),
    ):
        assert not rows.objects.values(*key).annotate(many=Count("pk")).filter(many__gt=1).exists()
    assert merge_sums() == 0


def test_q1_what_is_sealed_leaves_the_sums_at_once(world):
    asked, hat = Asked(Period(date(2025, 1, 1), date(2027, 1, 1))), a_hat(Role.OFFICE_DIRECTOR)
    counted = set(
        figures.cohort(Code.REGISTERED, asked, Fact.objects.visible_to(hat)).values_list(
            "petition", flat=True
        )
    )
    key = next(number for number, pk in world.keys.items() if pk in counted)
    before = counted_of(asked, hat, now=NOW).volume.batches

    world.do_all([Deed(NOW, Do.SEAL, key)])

    assert counted_of(asked, hat, now=NOW).volume.batches == before - 1
    check_all()


def _another(number: int):
    return {
        "township": TOWNSHIPS[number % 3],
        "channel": "visit",
        "count": 3,
        "suggestion": False,
        "category": number % 4,
    }
