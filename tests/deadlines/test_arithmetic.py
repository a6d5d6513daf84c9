"""Periods counted out: the law's own examples, and what others counted (deadlines.md §6, law.md §5)."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest

from deadlines.arithmetic import (
    Calendar,
    Pause,
    Roll,
    Term,
    Unit,
    YearNotLoaded,
    bands,
    midnight_after,
    reckon,
)
from tests.deadlines.given import DATA, SHANGHAI, T1, T2, T4, T5, T6, T7, T10, T16, at, the_calendar


def codes(reckoning):
    return [step.code for step in reckoning.steps]


STRICT = [
    pytest.param(
        T1,
        "2026-02-06",
        date(2026, 2, 21),
        date(2026, 2, 24),
        id="T1 ends in the Spring Festival",
    ),
    pytest.param(T5, "2026-08-03", date(2026, 10, 2), date(2026, 10, 8), id="T5 ends on National Day"),
    pytest.param(T4, "2026-03-10", date(2026, 3, 17), date(2026, 3, 17), id="T4 counts working days"),
    pytest.param(T1, "2026-03-02", date(2026, 3, 17), date(2026, 3, 17), id="law §5 no 1: routed within T1"),
    pytest.param(T2, "2026-03-10", date(2026, 3, 25), date(2026, 3, 25), id="law §5 no 2: notice within T3"),
    pytest.param(T5, "2026-03-20", date(2026, 5, 19), date(2026, 5, 19), id="law §5 no 3: opinion within T5"),
]


@pytest.mark.parametrize(("term", "start", "last_day", "rolled_day"), STRICT)
def test_an_organs_last_day_is_strict_and_the_rolled_one_stands_beside_it(term, start, last_day, rolled_day):
    """T1, T2, T3, T4, T5: deadlines.md §2, §6."""
    reckoning = reckon(term, at(start), the_calendar())

    assert (reckoning.last_day, reckoning.rolled_day) == (last_day, rolled_day)
    assert reckoning.due_at == midnight_after(last_day)


ROLLED = [
    pytest.param("2026-04-01", date(2026, 5, 6), id="Labour Day block"),
    pytest.param("2026-01-31", date(2026, 3, 2), id="31 January, no leap year"),
    pytest.param("2024-01-31", date(2024, 3, 1), id="31 January, leap year"),
    pytest.param("2026-05-19", date(2026, 6, 18), id="law §5 no 5"),
    pytest.param("2026-08-29", date(2026, 9, 28), id="stays on a working day"),
]


@pytest.mark.parametrize(("served", "last_day"), ROLLED)
def test_a_citizens_last_day_rolls_to_the_next_working_day(served, last_day):
    """T7: Art 35; Civil Code Art 203."""
    reckoning = reckon(T7, at(served), the_calendar())

    assert reckoning.last_day == last_day
    assert reckoning.due_at == midnight_after(last_day)


def test_one_extension_moves_the_opinion_by_thirty_days():
    """T5, R-36, law §5 no 3: Art 34."""
    reckoning = reckon(T5, at("2026-03-20"), the_calendar(), extension_days=30)

    assert reckoning.last_day == date(2026, 6, 18)
    assert codes(reckoning) == ["starts", "start_day_excluded", "calendar_days", "extended", "ends"]


def test_a_hearings_days_do_not_count_in_a_reexamination():
    """T10, R-41: Art 36(2)."""
    hearing = Pause(date(2026, 6, 10), date(2026, 6, 25))

    reckoning = reckon(T10, at("2026-06-01"), the_calendar(), pauses=[hearing])

    assert reckoning.last_day == date(2026, 7, 16)
    assert reckoning.steps[-2].values == {"days": 15, "day": "2026-07-16"}


def test_a_pause_that_goes_on_leaves_the_last_day_open():
    """T10: Art 36(2)."""
    reckoning = reckon(T10, at("2026-06-01"), the_calendar(), pauses=[Pause(date(2026, 6, 10), None)])

    assert (reckoning.last_day, reckoning.due_at) == (None, None)
    assert reckoning.paused_since == date(2026, 6, 10)
    assert reckoning.alarm_day == date(2026, 7, 1)


def test_a_pause_leaves_out_working_days_only_where_working_days_are_counted():
    """T4: a week's pause moves five working days by five, not by seven."""
    week = Pause(date(2026, 3, 13), date(2026, 3, 20))

    reckoning = reckon(T4, at("2026-03-10"), the_calendar(), pauses=[week])

    assert reckoning.last_day == date(2026, 3, 24)
    assert reckoning.steps[-2].values == {"days": 5, "day": "2026-03-24"}


def test_a_worked_saturday_counts_and_a_free_monday_does_not():
    """T4: 2026-02-14 and 02-28 are worked, 02-16 and 02-23 are free (deadlines.md §3)."""
    assert reckon(T4, at("2026-02-13"), the_calendar()).last_day == date(2026, 2, 27)


def test_a_set_day_is_taken_as_it_is():
    """T6, Q21: the superior's day, on a Sunday too."""
    reckoning = reckon(T6, at("2026-03-02"), the_calendar(), set_day=date(2026, 3, 22))

    assert (reckoning.last_day, reckoning.rolled_day) == (date(2026, 3, 22), date(2026, 3, 23))
    assert codes(reckoning) == ["starts", "as_set", "not_rolled", "ends"]


def test_a_period_as_set_without_its_day_is_a_mistake():
    """T6."""
    with pytest.raises(ValueError, match="needs its day"):
        reckon(T6, at("2026-03-02"), the_calendar())


def test_hours_run_by_the_clock_and_through_midnight():
    """T16: Art 25."""
    reckoning = reckon(T16, at("2026-03-02 23:30"), the_calendar())

    assert reckoning.due_at == at("2026-03-03 01:30")
    assert reckoning.starts_on == date(2026, 3, 2)
    assert reckoning.last_day == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("received_at", "last_day"),
    [
        pytest.param(
            datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC), date(2026, 3, 17), id="last second of the day"
        ),
        pytest.param(datetime(2026, 3, 2, 16, 0, tzinfo=UTC), date(2026, 3, 18), id="midnight in Shanghai"),
    ],
)
def test_the_day_is_the_local_one(received_at, last_day):
    """T1."""
    assert reckon(T1, received_at, the_calendar()).last_day == last_day


def test_the_last_second_of_the_last_day_is_in_time_and_the_next_is_not():
    """T1: a day ends at 24:00 (deadlines.md §2)."""
    due_at = reckon(T1, at("2026-03-02"), the_calendar()).due_at

    assert due_at - timedelta(seconds=1) == at("2026-03-17 23:59:59")
    assert due_at == datetime(2026, 3, 17, 16, 0, tzinfo=UTC)


def test_a_rule_may_count_its_start_day():
    """deadlines.md §2: a switch of each rule."""
    counted = Term(15, Unit.CALENDAR_DAYS, exclude_start_day=False)

    assert reckon(counted, at("2026-03-02"), the_calendar()).last_day == date(2026, 3, 16)


def test_working_days_wait_for_a_year_without_a_calendar_and_alarm_by_weekdays():
    """T4, Q26."""
    reckoning = reckon(T4, at("2026-12-29"), the_calendar())

    assert (reckoning.last_day, reckoning.due_at, reckoning.waiting_for_year) == (None, None, 2027)
    assert reckoning.alarm_day == date(2027, 1, 5)
    assert codes(reckoning) == ["starts", "start_day_excluded", "waits"]


def test_a_citizens_day_in_a_year_without_a_calendar_is_not_before_the_strict_one():
    """T7, Q26."""
    reckoning = reckon(T7, at("2026-12-03"), the_calendar())

    assert (reckoning.last_day, reckoning.waiting_for_year) == (None, 2027)
    assert reckoning.steps[-1].as_facts() == {"code": "waits_not_before", "year": 2027, "day": "2027-01-02"}
    assert reckoning.alarm_day == date(2027, 1, 4)


def test_an_organs_calendar_days_do_not_wait_for_a_calendar():
    """T5, Q26: only the day beside it does."""
    reckoning = reckon(T5, at("2026-11-22"), the_calendar())

    assert (reckoning.last_day, reckoning.rolled_day) == (date(2027, 1, 21), None)
    assert reckoning.waiting_for_year is None


def test_a_calendar_says_which_year_is_missing():
    """Q26."""
    with pytest.raises(YearNotLoaded) as missing:
        the_calendar().is_workday(date(2027, 1, 4))

    assert missing.value.year == 2027


def test_bands_begin_with_the_day_on_which_so_many_are_left():
    """Q27, deadlines.md §5: 3 days before the last of 15."""
    reckoning = reckon(T1, at("2026-03-02"), the_calendar())

    begin = bands(T1, reckoning, the_calendar(), notice=7, warn=3, urge=1)

    assert begin.notice_at == at("2026-03-10 00:00")
    assert begin.warn_at == at("2026-03-14 00:00")
    assert begin.urge_at == at("2026-03-16 00:00")


def test_bands_of_working_days_skip_the_weekend():
    """T4: 2 working days before Tuesday 17 March is Friday."""
    reckoning = reckon(T4, at("2026-03-10"), the_calendar())

    begin = bands(T4, reckoning, the_calendar(), notice=3, warn=2, urge=1)

    assert begin.notice_at == at("2026-03-12 00:00")
    assert begin.warn_at == at("2026-03-13 00:00")
    assert begin.urge_at == at("2026-03-16 00:00")


def test_bands_of_hours_are_hours():
    """T16."""
    reckoning = reckon(T16, at("2026-03-02 09:00"), the_calendar())

    assert bands(T16, reckoning, the_calendar(), notice=1, warn=1, urge=0).warn_at == at("2026-03-02 10:00")


def test_every_day_of_23_years_is_as_three_sources_have_it():
    """deadlines.md §3."""
    calendar = the_calendar()
    with (DATA / "workdays-2004-2026.csv").open(encoding="utf-8-sig", newline="") as lines:
        days = list(csv.DictReader(lines))

    strange = [
        line["date"]
        for line in days
        if {line["chinesecalendar_1_11_0"], line["holiday_cn"], line["chinese_days_1_5_7"]} - {""}
        != {str(int(calendar.is_workday(date.fromisoformat(line["date"]))))}
    ]
    assert len(days) == 8401
    assert strange == []


def _oracle():
    """Yield the 333 start days with what each column counts: a term and its due day."""
    with (DATA / "public_deadline_vectors.csv").open(encoding="utf-8-sig", newline="") as lines:
        for line in csv.DictReader(lines):
            start = line.pop("start")
            yield pytest.param(start, [(_term_of(column), due) for column, due in line.items()], id=start)


def _term_of(column: str) -> Term:
    kind, _, rest = column.partition("+")
    roll = Roll.FORWARD if rest.endswith("_rolled_to_workday") else Roll.NONE
    length = int(rest.removesuffix("_rolled_to_workday"))
    return Term(length, Unit.CALENDAR_DAYS if kind == "cal" else Unit.WORKING_DAYS, roll)


@pytest.mark.parametrize(("start", "counted"), list(_oracle()))
def test_due_days_agree_with_those_counted_by_others(start, counted):
    """T1, T4, T5, T7, deadlines.md §2."""
    due = [reckon(term, at(start), the_calendar()).last_day.isoformat() for term, _due in counted]

    assert len(counted) == 15
    assert due == [expected for _term, expected in counted]


def test_a_calendar_of_its_own_is_told_days_that_are_not_as_their_weekday():
    calendar = Calendar(frozenset({2026}), {date(2026, 5, 9): True, date(2026, 5, 4): False})

    assert calendar.after(date(2026, 5, 1), 1) == date(2026, 5, 5)
    assert calendar.before(date(2026, 5, 10)) == date(2026, 5, 9)
    assert calendar.rolled(date(2026, 5, 2)) == date(2026, 5, 5)


def test_days_are_those_of_the_zone_that_is_given():
    """T1 counted elsewhere than in Shanghai."""
    amsterdam = SHANGHAI.__class__("Europe/Amsterdam")

    reckoning = reckon(T1, datetime(2026, 3, 2, 22, 30, tzinfo=UTC), the_calendar(), zone=amsterdam)

    assert reckoning.last_day == date(2026, 3, 17)
    assert reckoning.due_at == datetime(2026, 3, 18, 0, 0, tzinfo=amsterdam)
