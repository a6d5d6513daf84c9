"""What holds for every period, whatever the days: sentences of experience, tried on random ones."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from deadlines.arithmetic import Calendar, Pause, Roll, Term, Unit, reckon
from tests.deadlines.given import SHANGHAI

YEARS = frozenset({2026, 2027})
DAYS = some.dates(date(2026, 1, 1), date(2027, 12, 31))
STARTS = some.dates(date(2026, 1, 1), date(2027, 3, 1))
CALENDARS = some.dictionaries(DAYS, some.booleans(), max_size=40).map(lambda days: Calendar(YEARS, days))
LENGTHS = some.integers(1, 90)
QUICK = settings(max_examples=150, deadline=None)


def begun(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), SHANGHAI)


def with_day(calendar: Calendar, day: date, *, worked: bool) -> Calendar:
    return replace(calendar, exceptions={**calendar.exceptions, day: worked})


@QUICK
@given(CALENDARS, STARTS, LENGTHS, DAYS)
def test_a_new_holiday_never_brings_a_working_day_deadline_forward(calendar, start, length, holiday):
    """T4, T11, T12, T13, T15."""
    term = Term(length, Unit.WORKING_DAYS)

    before = reckon(term, begun(start), calendar).last_day
    after = reckon(term, begun(start), with_day(calendar, holiday, worked=False)).last_day

    assume(before and after)
    assert after >= before


@QUICK
@given(CALENDARS, STARTS, LENGTHS, DAYS)
def test_a_new_worked_day_never_puts_a_working_day_deadline_off(calendar, start, length, worked):
    """T4, T11, T12, T13, T15."""
    term = Term(length, Unit.WORKING_DAYS)

    before = reckon(term, begun(start), calendar).last_day
    after = reckon(term, begun(start), with_day(calendar, worked, worked=True)).last_day

    assume(before and after)
    assert after <= before


@QUICK
@given(CALENDARS, STARTS, LENGTHS)
def test_the_calendar_moves_no_organs_calendar_day(calendar, start, length):
    """T1, T2, T3, T5, T8, T10."""
    reckoning = reckon(Term(length, Unit.CALENDAR_DAYS), begun(start), calendar)

    assert reckoning.last_day == start + timedelta(days=length)


@QUICK
@given(CALENDARS, STARTS, LENGTHS)
def test_a_citizens_day_moves_only_from_a_rest_day_to_the_first_working_day(calendar, start, length):
    """T7, T9, T18, T19."""
    strict = start + timedelta(days=length)

    last_day = reckon(Term(length, Unit.CALENDAR_DAYS, Roll.FORWARD), begun(start), calendar).last_day

    assume(last_day)
    assert calendar.is_workday(last_day)
    passed = [strict + timedelta(days=number) for number in range((last_day - strict).days)]
    assert not any(calendar.is_workday(day) for day in passed)


@QUICK
@given(STARTS, LENGTHS, some.integers(0, 40), some.integers(0, 20), some.integers(0, 20))
def test_a_day_in_two_pauses_is_left_out_once(start, length, offset, first, second):
    """T10: lessons of others, Art 36(2)."""
    since = start + timedelta(days=offset)
    one = Pause(since, since + timedelta(days=first))
    other = Pause(since, since + timedelta(days=second))
    longer = Pause(since, since + timedelta(days=max(first, second)))
    term, calendar = Term(length, Unit.CALENDAR_DAYS), Calendar(YEARS)

    both = reckon(term, begun(start), calendar, pauses=[one, other]).last_day

    assert both == reckon(term, begun(start), calendar, pauses=[longer]).last_day


@QUICK
@given(STARTS, LENGTHS, some.integers(0, 30), some.integers(0, 60))
def test_a_pause_after_the_last_day_heals_nothing(start, length, later, days):
    """T10: a breach stays one."""
    term, calendar = Term(length, Unit.CALENDAR_DAYS), Calendar(YEARS)
    plain = reckon(term, begun(start), calendar)
    since = plain.last_day + timedelta(days=later)

    ended = reckon(term, begun(start), calendar, pauses=[Pause(since, since + timedelta(days=days))])
    going_on = reckon(term, begun(start), calendar, pauses=[Pause(since, None)])

    assert ended == plain
    assert going_on == plain


@QUICK
@given(STARTS, LENGTHS, some.lists(some.tuples(some.integers(0, 60), some.integers(0, 15)), max_size=4))
def test_pauses_in_any_order_count_alike(start, length, spans):
    """T10: what is recounted from the same events is the same, whichever came first (lessons §11 test 4)."""
    term, calendar = Term(length, Unit.CALENDAR_DAYS), Calendar(YEARS)
    pauses = [
        Pause(start + timedelta(days=offset), start + timedelta(days=offset + days)) for offset, days in spans
    ]

    assert reckon(term, begun(start), calendar, pauses=pauses) == reckon(
        term, begun(start), calendar, pauses=reversed(pauses)
    )


@QUICK
@given(some.dates(date(2027, 10, 1), date(2027, 12, 31)), LENGTHS)
def test_a_missing_year_never_gives_a_guessed_day(start, length):
    """T4, Q26: either the day is in a loaded year, or none is given and the missing year is named."""
    reckoning = reckon(Term(length, Unit.WORKING_DAYS), begun(start), Calendar(YEARS))

    if reckoning.last_day is None:
        assert reckoning.waiting_for_year == 2028
        assert reckoning.alarm_day.year == 2028
        assert reckoning.due_at is None
    else:
        assert reckoning.last_day.year == 2027
