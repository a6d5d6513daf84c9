"""A draft is tried on the facts of the year before, beside the version that holds; nothing is entered by it."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from indicators.sweeps import follow_history
from scoring.models import RateReading, ScoreEntry
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, received
from tests.given import MONDAY
from tests.scoring.given import a_rule, adopted, drawn
from tests.scoring.test_exclusions import excluded
from tests.scoring.test_rates import RATE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shelf")]

NEXT_YEAR = MONDAY + timedelta(days=310)


@pytest.fixture(autouse=True)
def january():
    """Let the pages' clock stand in January of the next year."""
    with time_machine.travel(NEXT_YEAR, tick=False):
        yield


def change_of(page):
    return {one.organ.code: (one.total.score, one.change) for one in page.context["rows"]}


def test_each_units_change_is_shown_and_nothing_is_entered():
    held = adopted()
    received()
    a_unit("CG")
    follow_history()
    draft = drawn(a_rule(points=Decimal(2)), RATE, by=held.by, now=NEXT_YEAR)

    page = signed_in(held.by.officer).open("scoring:replay", draft.pk)

    assert change_of(page) == {
        "CG": (Decimal(100), Decimal(0)),
        "ZJ": (Decimal(94), Decimal(-5)),
    }
    assert not (ScoreEntry.objects.exists() or RateReading.objects.exists())


def test_a_case_that_is_left_out_is_left_out_of_the_replay():
    held, case = adopted(), received()
    excluded(case, by=held.by)
    draft = drawn(by=held.by, now=NEXT_YEAR)
    page = signed_in(held.by.officer).open("scoring:replay", draft.pk)
    assert change_of(page)["ZJ"] == (Decimal(100), Decimal(0))


def test_only_who_keeps_the_rules_tries_them():
    held = adopted()
    for hat in (a_unit().head, a_unit("CG").head):
        assert signed_in(hat).open("scoring:replay", held.pk).status_code == 404
