"""What is done beside the handling: each part opens its petitions, and a neighbour counts none of it."""

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from cases.actions import sealing
from cases.intake import Reported
from cases.states import ReportedKind
from indicators.beside import BESIDE, counts, held_for
from indicators.drill import Counted
from indicators.figures import Asked
from indicators.measures import Code, Part
from tests.cases.browsers import signed_in
from tests.cases.handling.conftest import shelf
from tests.given import a_hat, a_place, an_organ
from tests.hearings.given import asked as a_hearing
from tests.indicators.given import LATER, THIS_YEAR
from tests.leadership.test_call_backs import answer, drawn
from tests.leadership.test_lifts_by_hand import lifted_by_hand

__all__ = ["shelf"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]

YEAR = Asked(THIS_YEAR)


def counted(code, hat=None):
    found = counts(code, YEAR, hat or a_hat(Role.OFFICE_DIRECTOR), now=LATER)
    return {part: number for part, number in found.items() if number}


def listed(code, part):
    browser = signed_in(a_hat(Role.OFFICE_DIRECTOR))
    word = str(Counted(code, part, YEAR))
    return browser.open("cases:ledger", query={"view": "all", "figure": word}).context["count"]


def test_a_lift_counts_in_its_tier_and_how_long_it_is_held():
    _case, _leader, lift = lifted_by_hand()
    part = Part(lift.to_tier)

    assert counted(Code.LIFTED) == {Part.ALL: 1, part: 1}
    assert listed(Code.LIFTED, part) == 1
    held = held_for(YEAR, a_hat(Role.OFFICE_DIRECTOR), now=LATER)[part]
    assert held.cases == 1
    assert round(held.days) == (LATER - lift.raised_at).days


def test_a_hearing_counts_by_what_became_of_it():
    a_hearing()

    assert counted(Code.HEARD) == {Part.ALL: 1, Part.COMING: 1}
    assert listed(Code.HEARD, Part.COMING) == 1
    assert listed(Code.HEARD, Part.HELD) == 0


def test_q41_a_call_back_counts_by_its_answer_and_for_the_office_alone():
    case, row = drawn()
    answer(row, case.office.officer)

    assert counted(Code.CALLED_BACK) == {Part.ALL: 1, Part.ANSWERED: 1, Part.IN_DOUBT: 1}
    assert listed(Code.CALLED_BACK, Part.IN_DOUBT) == 1
    assert counted(Code.CALLED_BACK, case.unit.head) == {}


def test_q2_q6_a_neighbour_counts_nothing_and_nobody_what_was_sealed():
    held = a_hearing()
    elsewhere = an_organ("JD", kind=OrganKind.PETITION_OFFICE, place=a_place("141130"))

    for code in BESIDE:
        assert counted(code, a_hat(Role.OFFICE_DIRECTOR, organ=elsewhere)) == {}
    reported = Reported(kind=ReportedKind.UNIT, organ_id=held.case.unit.organ.pk)
    sealing.seal(held.case.pk, reason="反映承办单位", reported=[reported], by=a_hat(), now=LATER)
    assert counted(Code.HEARD) == {}
