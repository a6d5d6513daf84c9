"""Figures of lists, recommendations and remedies."""

from datetime import date, timedelta

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from cases.remedy_states import RemedyOutcome
from indicators.elsewhere import adopted, resolved_on, upheld
from indicators.figures import Asked, percent
from indicators.periods import Period
from leadership.models import StrikeList
from leadership.states import Adopted, SlipKind
from tests.cases.handling.given import a_unit, at, received, registered
from tests.cases.remedies import given as remedies
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import LATER, THIS_YEAR
from tests.leadership import lists
from tests.leadership.given import issued, replied

pytestmark = pytest.mark.django_db

APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))


def a_director():
    return a_hat(Role.OFFICE_DIRECTOR)


def test_i09_of_a_list_is_resolved_what_was_struck_off_by_the_day():
    lists.struck(now=at(3, 2))
    lists.listed(received(registered(unit=a_unit("CG"))), now=at(3, 4))
    rows = StrikeList.objects.get()

    first, later = resolved_on(rows, on=date(2026, 3, 2)), resolved_on(rows, on=date(2026, 3, 4))

    assert (first.counted, first.of, percent(first.rate)) == (1, 1, "100.0 %")
    assert (later.counted, later.of, percent(later.rate)) == (1, 2, "50.0 %")
    assert resolved_on(rows, on=date(2026, 3, 1)).rate is None


def test_i15_recommendations_count_by_the_day_their_answer_was_due_and_in_part_is_adopted():
    one, advice = issued(kind=SlipKind.IMPROVE_WORK, now=at(3, 2))
    replied(one, advice, adopted=Adopted.PARTLY, now=at(3, 20))
    other, refused = issued(received(registered(unit=a_unit("CG"))), SlipKind.IMPROVE_WORK, now=at(3, 3))
    replied(other, refused, adopted=Adopted.NOT, words="无法采纳，理由如下", now=at(3, 21))
    issued(received(registered(unit=a_unit("JT"))), SlipKind.IMPROVE_WORK, now=at(3, 4))

    def found(asked):
        tally = adopted(asked, a_director(), now=LATER)
        return tally.counted, tally.of

    assert found(Asked(APRIL)) == (1, 3)
    assert found(Asked(APRIL, as_of=date(2026, 3, 19))) == (0, 3)
    assert found(Asked(Period(date(2026, 3, 1), date(2026, 4, 1)))) == (0, 0)


def test_i17_what_was_decided_on_opinions_is_told_by_its_outcome_and_by_the_day():
    remedies.decided()
    decided_on = remedies.ISSUED_AT.date()

    whole = upheld(Asked(THIS_YEAR), a_director(), now=LATER)
    before = upheld(Asked(THIS_YEAR, as_of=decided_on - timedelta(days=1)), a_director(), now=LATER)

    assert (whole.counted, whole.of, whole.parts[RemedyOutcome.MAINTAIN]) == (1, 1, 1)
    assert (before.of, before.rate) == (0, None)


def test_q6_a_neighbours_recommendations_and_remedies_are_in_no_count():
    remedies.decided()
    issued(received(registered(unit=a_unit("CG"))), SlipKind.IMPROVE_WORK, now=at(3, 2))
    elsewhere = an_organ("JD", kind=OrganKind.PETITION_OFFICE, place=a_place("141130"))
    neighbour = a_hat(Role.OFFICE_DIRECTOR, organ=elsewhere)

    assert upheld(Asked(THIS_YEAR), neighbour, now=LATER).of == 0
    assert adopted(Asked(THIS_YEAR), neighbour, now=LATER).of == 0
