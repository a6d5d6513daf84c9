"""The lamp: green, amber from "warn", red only when overdue (Q27)."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import translation

from deadlines import parts
from deadlines.lamps import Band, Colour, lamp_of, lamp_of_clock
from tests.deadlines.given import a_clock, at

DUE = at("2026-03-18 00:00")
AMBER = at("2026-03-14 00:00")


@pytest.mark.parametrize(
    ("now", "css", "days_left", "words"),
    [
        pytest.param("2026-03-04 09:00", "g", 13, "剩 13 天", id="thirteen days left"),
        pytest.param("2026-03-13 23:59:59", "g", 4, "剩 4 天", id="the moment before amber"),
        pytest.param("2026-03-14 00:00", "y", 3, "剩 3 天", id="warn begins"),
        pytest.param("2026-03-17 00:00", "y", 0, "今天到期", id="the last day begins"),
        pytest.param("2026-03-17 23:59:59", "y", 0, "今天到期", id="the last second"),
        pytest.param("2026-03-18 00:00", "r", -1, "超期 1 天", id="the first moment too late"),
        pytest.param("2026-03-19 12:00", "r", -2, "超期 2 天", id="two days over"),
    ],
)
def test_the_lamp_of_a_row_comes_from_two_moments(now, css, days_left, words):
    """Q27."""
    lamp = lamp_of(DUE, AMBER, at(now))

    assert (lamp.css, lamp.days_left, lamp.words) == (css, days_left, words)


def test_the_lamp_speaks_the_readers_language():
    lamp = lamp_of(DUE, AMBER, at("2026-03-04 09:00"))

    with translation.override("en"):
        assert lamp.words == "13 days left"
    assert lamp.words == "剩 13 天"


@pytest.mark.parametrize(
    ("now", "css", "words"),
    [
        pytest.param("2026-03-02 10:00", "g", "剩 2 小时", id="two hours"),
        pytest.param("2026-03-02 11:30", "y", "剩 1 小时", id="half an hour is the last one begun"),
        pytest.param("2026-03-02 12:10", "r", "超期 1 小时", id="ten minutes over"),
    ],
)
def test_hours_are_shown_where_a_period_ends_within_the_day(now, css, words):
    """T16."""
    lamp = lamp_of(at("2026-03-02 12:00"), at("2026-03-02 11:00"), at(now))

    assert (lamp.css, lamp.words) == (css, words)


def test_what_is_done_or_has_not_begun_has_no_colour():
    assert (lamp_of(DUE, AMBER, at("2026-04-01"), done=True).css, lamp_of(None, None, DUE).css) == ("d", "0")
    assert lamp_of(DUE, AMBER, DUE, done=True).words == "已完成"
    assert lamp_of(None, None, DUE).words == "未起算"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "colour", "band"),
    [
        ("2026-04-10 23:59", Colour.GREEN, Band.RUNS),
        ("2026-04-11 00:00", Colour.GREEN, Band.NOTICE),
        ("2026-04-21 00:00", Colour.AMBER, Band.WARN),
        ("2026-04-28 00:00", Colour.AMBER, Band.URGE),
        ("2026-05-02 00:00", Colour.RED, Band.OVERDUE),
    ],
)
def test_a_clocks_lamp_names_its_band_and_notice_has_no_colour(now, colour, band):
    """T5, Q27, deadlines.md §5."""
    lamp = lamp_of_clock(a_clock(code="T5", day="2026-03-02"), at(now))

    assert (lamp.colour, lamp.band) == (colour, band)


@pytest.mark.django_db
def test_a_clock_met_late_says_so():
    """Lessons of others: late is never quite green again."""
    clock = a_clock(code="T5", day="2026-03-02")
    with transaction.atomic():
        parts.meet(clock, at=at("2026-05-04"), now=at("2026-05-04"))

    lamp = lamp_of_clock(clock, at("2026-05-05"))

    assert (lamp.css, lamp.band, lamp.words) == ("d", Band.MET_LATE, "超期办结")


@pytest.mark.django_db
def test_a_clock_that_waits_for_a_calendar_turns_amber_by_its_hidden_day_and_never_red():
    """T4, Q26."""
    clock = a_clock(code="T4", day="2026-12-29")

    seen = [lamp_of_clock(clock, at(now)).css for now in ("2026-12-30", "2027-01-01 00:00", "2027-03-01")]

    assert clock.last_day is None
    assert clock.alarm_day == date(2027, 1, 5)
    assert seen == ["g", "y", "y"]
    assert lamp_of_clock(clock, at("2026-12-30")).words == "待日历公布"
