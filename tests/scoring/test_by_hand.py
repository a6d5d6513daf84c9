"""Published rules on facts few enough to be worked out by hand, and a year beside a sheet filled in by hand."""

import tomllib
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from cases.states import Outcome
from config.demo.scoring import draw, published
from indicators.sweeps import follow_history
from scoring.actions import entries
from scoring.actions.closes import close_month
from scoring.closing import agrees, recomputed
from scoring.models import CloseEntry, ScoreEntry
from scoring.states import EntryState
from scoring.sweeps import close_appeals, propose_scores, read_rates, tell_units
from tests.cases.handling.given import (
    a_township,
    a_unit,
    accepted,
    drafted,
    finished,
    investigated,
    notified,
    opinion_issued,
    received,
    registered,
    served,
)
from tests.given import MONDAY
from tests.scoring.given import Rules, adopt, scorers
from tests.scoring.ledger import LATE, again

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

SHEET = Path(__file__).with_name("sheet_of_a_year.toml")
# the fourth of January of the next year: every period of the year is over
JANUARY = MONDAY + timedelta(days=308)
CONTESTED_NO_MORE = JANUARY + timedelta(days=14)


def in_force(key: str) -> Rules:
    by = scorers()
    rules = Rules(draw(published()[key], by=by.officer, now=MONDAY).pk, by)
    adopt(rules)
    return rules


def find(rules: Rules, organ, title: str, count: int = 1) -> None:
    """Let the officer enter what was missing under the rule of this title."""
    found = entries.Found(
        rule_id=rules.now.rules.get(title=title).pk,
        organ_id=organ.pk,
        happened_on=LATE.date(),
        count=count,
        words="核对档案时发现",
    )
    entries.propose_entry(found, by=rules.by.officer, now=LATE)


def answered(unit):
    """Return a petition of a unit that was accepted, told and answered on its first day, and not supported."""
    case = notified(accepted(received(registered(unit=unit))))
    return served(opinion_issued(drafted(investigated(case, outcome=Outcome.NOT_SUPPORT))))


def december(rules: Rules):
    """Let the year end: what the clocks and rates say is proposed, told, contested by nobody, and closed."""
    follow_history()
    propose_scores(now=JANUARY)
    read_rates(now=JANUARY)
    tell_units(now=JANUARY)
    for entry in ScoreEntry.objects.standing().filter(state=EntryState.PROPOSED):
        entries.notify_unit(entry.pk, by=rules.by.director, now=JANUARY)
    close_appeals(now=CONTESTED_NO_MORE)
    return close_month(year=2026, month=12, by=rules.by.officer, now=CONTESTED_NO_MORE)


def by_item(closed):
    """Return what each item gave or took of each unit, by the entries that were frozen."""
    frozen = CloseEntry.objects.filter(line__close=closed)
    points: Counter[tuple[str, str]] = Counter()
    for unit, title, given in frozen.values_list("line__organ__code", "entry__rule__title", "points"):
        points[unit, title] += given
    return dict(points)


def scores(closed):
    return dict(closed.lines.values_list("organ__code", "score"))


def a_year_of_departments():
    """One department that was late once and held four meetings of six, one that was in time; A1 without its repeats."""
    rules = in_force("rates")
    late_one, other = a_unit(), a_unit("CG")
    finished(answered(late_one))
    late = received(registered(unit=late_one))
    again(late, now=MONDAY + timedelta(days=4))
    again(late)
    in_time = answered(other)
    again(in_time)
    finished(in_time, now=LATE)
    find(rules, late_one.organ, "专题会议", 2)
    find(rules, late_one.organ, "制定年度计划")
    return december(rules)


def test_q36_a_year_by_a1_beside_the_sheet_filled_in_by_hand_with_every_difference_named():
    closed = a_year_of_departments()
    ours = by_item(closed)
    lines = tomllib.loads(SHEET.read_text(encoding="utf-8"))["lines"]

    assert ours == {
        (line["unit"], line["item"]): Decimal(line["ledger"]) for line in lines if Decimal(line["ledger"])
    }
    differ = [line for line in lines if Decimal(line["hand"]) != Decimal(line["ledger"])]
    assert differ == [line for line in lines if line.get("why")]
    # 100 - 0.62 - 1 - 1 - 2 - 2
    assert scores(closed) == {"CG": Decimal(100), "ZJ": Decimal("93.38")}
    again_out = recomputed(closed)
    assert all(agrees(line, again_out[line.organ_id]) for line in closed.lines.all())


def test_q36_a_year_by_a2_duties_that_were_not_held():
    rules, organ = in_force("duties"), a_township().organ
    find(rules, organ, "领导机构、计划、措施和总结")
    find(rules, organ, "专题研究会议")
    find(rules, organ, "领导接待日有排班")
    find(rules, organ, "接待场所、制度、档案和登记")
    find(rules, organ, "季度和重要时段排查上报", 3)
    find(rules, organ, "班子成员每人包案至少一件", 2)

    # 100 - 1 - 1 - 5 - 2 - 3 × 0.5 - 2 × 0.5
    assert scores(december(rules)) == {"FS": Decimal("88.50")}


def test_q36_a_year_by_a5_a_rate_by_steps_and_a_meeting_that_was_not_held():
    rules, unit = in_force("handling"), a_township()
    for _each in range(11):
        finished(answered(unit))
    received(registered(unit=unit))
    find(rules, unit.organ, "班子专题研究")

    closed = december(rules)
    # told in time 11 of 12, 91.67 %: eight whole points below 100 cost a point each; answered in time 11 of 11
    assert by_item(closed) == {("FS", "按期受理"): Decimal(-8), ("FS", "班子专题研究"): Decimal(-3)}
    assert scores(closed) == {"FS": Decimal(89)}
