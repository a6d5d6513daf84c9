"""Each run of a sweep leaves a record, whatever becomes of it; one that stays out is missed."""

from datetime import timedelta
from itertools import count

import pytest
from celery.schedules import crontab

from config.celery import TIMETABLE, longest_wait
from infra.models import Sweep, SweepRun
from infra.sweep_runs import Clock, Missing, Tally, know_all, missing, on_record, run
from infra.sweeps import remove_old_sweep_runs
from infra.timetable import periods
from tests.given import MONDAY

pytestmark = pytest.mark.django_db

EACH_MINUTE, DAILY = "infra.tasks.close_audit_block", "infra.tasks.remove_loose_files"


def ticking(start=MONDAY):
    """A clock that goes on by a second whenever it is read."""
    seconds = count()
    return lambda: start + timedelta(seconds=next(seconds))


def two_of_three(tally: Tally) -> int:
    tally.skip("decided_meanwhile")
    return 2


def broken(tally: Tally) -> int:
    message = "张某某"
    raise ValueError(message)


def test_a_run_says_when_it_began_and_ended_and_what_it_came_upon():
    assert run(EACH_MINUTE, two_of_three, clock=ticking()) == 2

    left = SweepRun.objects.get()
    assert (left.started_at, left.finished_at) == (MONDAY, MONDAY + timedelta(seconds=1))
    assert (left.seen, left.acted, left.skipped) == (3, 2, {"decided_meanwhile": 1})
    assert Sweep.objects.get().finished_at == left.finished_at


def test_a_run_that_breaks_says_by_what_kind_of_error_and_keeps_no_word_of_it():
    with pytest.raises(ValueError, match="张某某"):
        run(EACH_MINUTE, broken, clock=ticking())

    left = SweepRun.objects.get()
    assert (left.finished_at, left.broken_by) == (None, "ValueError")
    assert Sweep.objects.get().finished_at is None


def test_a_sweep_is_missing_after_twice_its_period_and_not_before():
    run(EACH_MINUTE, two_of_three, clock=lambda: MONDAY)
    know_all(now=MONDAY)

    assert missing(MONDAY + timedelta(minutes=2)) == []
    assert Missing(EACH_MINUTE, MONDAY) in missing(MONDAY + timedelta(minutes=2, seconds=1))


def test_a_sweep_that_only_breaks_is_missing_like_one_that_does_not_come():
    run(EACH_MINUTE, two_of_three, clock=lambda: MONDAY)
    with pytest.raises(ValueError, match="张某某"):
        run(EACH_MINUTE, broken, clock=lambda: MONDAY + timedelta(minutes=3))

    assert Missing(EACH_MINUTE, MONDAY) in missing(MONDAY + timedelta(minutes=3))


def test_a_new_sweep_is_missed_from_when_it_was_first_known_of():
    know_all(now=MONDAY)

    assert DAILY not in {one.name for one in missing(MONDAY + timedelta(days=2))}
    assert Missing(DAILY, None) in missing(MONDAY + timedelta(days=2, minutes=1))


def test_where_nothing_ever_ran_everything_is_missing():
    assert {one.name for one in missing(MONDAY)} == set(periods())


def test_every_sweep_of_the_timetable_is_expected_as_often_as_it_comes():
    assert set(periods()) == {line["task"] for line in TIMETABLE.values()}
    assert periods()[EACH_MINUTE] == timedelta(minutes=1)
    assert periods()[DAILY] == timedelta(days=1)
    assert longest_wait(crontab(minute="0,20", hour="8-17")) == timedelta(hours=14, minutes=40)


def test_runs_that_found_nothing_go_after_a_month_and_what_was_done_stays_for_years():
    run(EACH_MINUTE, lambda tally: 0, clock=lambda: MONDAY)
    run(DAILY, two_of_three, clock=lambda: MONDAY)

    assert remove_old_sweep_runs(now=MONDAY + timedelta(days=30)) == 0
    assert remove_old_sweep_runs(now=MONDAY + timedelta(days=31)) == 1
    assert SweepRun.objects.get().sweep_id == DAILY
    assert remove_old_sweep_runs(now=MONDAY + timedelta(days=1099)) == 1


@on_record
def what_time_it_is(clock: Clock, _tally: Tally) -> int:
    return clock().year


def test_only_a_simulation_tells_a_sweep_what_time_it_is(settings):
    with pytest.raises(PermissionError):
        what_time_it_is(at="2031-03-02T09:00:00+08:00")
    refused = SweepRun.objects.count()

    settings.SIMULATION = "1"
    told = what_time_it_is(at="2031-03-02T09:00:00+08:00")

    assert (refused, told) == (0, 2031)
    assert SweepRun.objects.get().started_at.year == 2031
