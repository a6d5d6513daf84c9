"""What entries make of a base: every cap, exact, in whatever order they come."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.arithmetic import Line, period_key, total
from scoring.refused import why_refused
from scoring.rules import suggested
from scoring.states import Period

CAPS = {"base": Decimal(100), "floor": Decimal(0), "case_cap": Decimal(5), "bonus_cap": Decimal(10)}


def line(points, **facts):
    given_facts = {
        "key": "1",
        "happened_on": date(2026, 3, 2),
        "is_bonus": Decimal(points) > 0,
        "rule": "rule",
        "period": (2026, 0),
        "weight": Decimal(100),
        "case": None,
        **facts,
    }
    return Line(points=Decimal(points), **given_facts)


def score(*lines, **caps):
    return total(lines, **{**CAPS, **caps})


@pytest.mark.parametrize(
    ("points", "measure"),
    [
        ("90", None),
        ("89.99", "circular"),
        ("79.99", "interview"),
        ("69.99", "listed"),
        ("59.99", "rectification"),
    ],
)
def test_a_score_suggests_a_measure_to_the_joint_conference(points, measure):
    assert suggested(Decimal(points), Decimal(100)) == measure


def test_nothing_entered_leaves_the_base():
    assert score().score == Decimal(100)


def test_sc_5_fifteen_per_cent_of_bonus_are_capped_at_ten():
    counted = score(line(15))
    assert (counted.entered, counted.bonus, counted.score) == (Decimal(15), Decimal(10), Decimal(110))


def test_a_case_costs_five_points_at_most_whatever_rules_it_broke():
    counted = score(
        *(line(-2, key=str(one), rule=one, case="case") for one in range(4)), line(-2, case="other")
    )
    assert counted.deducted == Decimal(-7)


def test_a_rule_takes_no_more_than_its_weight_in_each_of_its_periods():
    weight = {"weight": Decimal(2)}
    march = [line(-1, key=str(one), period=(2026, 3), **weight) for one in range(5)]
    counted = score(*march, line("-1.5", period=(2026, 4), **weight))
    assert counted.deducted == Decimal("-3.5")


def test_the_score_falls_no_lower_than_the_floor():
    assert score(line(-80), floor=Decimal(60)).score == Decimal(60)


def test_sc_7_a_reversal_takes_the_bonus_and_nothing_more():
    counted = score(line(2), line(-2, is_bonus=True, case="case"), line(-1))
    assert (counted.bonus, counted.deducted, counted.score) == (Decimal(0), Decimal(-1), Decimal(99))


@pytest.mark.parametrize(
    ("period", "first", "second", "same"),
    [
        (Period.MONTH, date(2026, 3, 1), date(2026, 3, 31), True),
        (Period.MONTH, date(2026, 3, 31), date(2026, 4, 1), False),
        (Period.QUARTER, date(2026, 1, 1), date(2026, 3, 31), True),
        (Period.QUARTER, date(2026, 3, 31), date(2026, 4, 1), False),
        (Period.QUARTER, date(2026, 10, 1), date(2026, 12, 31), True),
        (Period.YEAR, date(2026, 1, 1), date(2026, 12, 31), True),
        (Period.YEAR, date(2026, 12, 31), date(2027, 1, 1), False),
    ],
)
def test_in_which_period_a_day_lies(period, first, second, same):
    assert (period_key(period, first) == period_key(period, second)) is same


LINES = st.lists(
    st.builds(
        lambda number, cents, rule, case, day: line(
            Decimal(cents) / 100,
            key=str(number),
            rule=(rule, cents > 0),
            case=case,
            happened_on=date(2026, 3, day),
            weight=Decimal(4),
        ),
        st.integers(0, 999),
        st.integers(-900, 900).filter(bool),
        st.sampled_from("ab"),
        st.sampled_from([None, "x", "y"]),
        st.integers(1, 28),
    ),
    max_size=12,
    unique_by=lambda one: one.key,
)


@given(lines=LINES, data=st.data())
def test_the_order_of_entries_is_indifferent_and_no_cap_is_ever_passed(lines, data):
    counted = score(*lines)
    assert score(*data.draw(st.permutations(lines))) == counted
    assert Decimal(0) <= counted.bonus <= CAPS["bonus_cap"]
    assert (
        Decimal(0) <= -counted.deducted <= sum((-one.points for one in lines if one.points < 0), Decimal(0))
    )
    assert counted.score == max(CAPS["floor"], CAPS["base"] + counted.deducted + counted.bonus)
    for case in ("x", "y"):
        of_case = [one for one in lines if one.case == case and one.points < 0]
        assert -score(*of_case).deducted <= CAPS["case_cap"]


@pytest.mark.parametrize(
    "said",
    [
        "按期答复率",
        "领导包案职责落实",
        "未按期书面告知信访人",
        "季度排查上报",
        "因单位未按期办理而被再次反映",
    ],
)
def test_what_a_unit_did_may_be_said(said):
    assert why_refused(said) is None
