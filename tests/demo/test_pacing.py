"""When the deeds on demo petitions were done: in order, on office days, never in the future."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from config.demo.content import read_world
from config.demo.content_of_ways import Until
from config.demo.pacing import Deed, Workdays, timed_tasks
from config.demo.timetable import arrivals

PETITIONS = read_world().petitions
WEDNESDAY = date(2026, 6, 17)
# 18:00 in Shanghai
CLOSING = datetime(2026, 6, 17, 10, tzinfo=UTC)


def _last_weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _first_weekday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def _plans(today: date = WEDNESDAY, latest: datetime = CLOSING):
    workdays = Workdays(first_from=_first_weekday, last_until=_last_weekday)
    timed = arrivals(PETITIONS, today=today, latest=latest, last_working_day=_last_weekday)
    return [
        (
            arrival,
            timed_tasks(
                arrival.petition,
                registered_at=arrival.registered_at,
                today=today,
                latest=latest,
                workdays=workdays,
            ),
        )
        for arrival in timed
    ]


def test_deeds_follow_the_registration_each_at_a_moment_of_its_own():
    for arrival, plan in _plans():
        moments = [arrival.registered_at, *(timed.moment for timed in plan)]
        assert moments == sorted(set(moments)), arrival.petition.title
        assert moments[-1] <= CLOSING, arrival.petition.title


def test_people_act_on_working_days_and_the_clock_after_midnight():
    for arrival, plan in _plans():
        for timed in plan:
            local = timezone.localtime(timed.moment)
            if timed.task.deed is Deed.DEEM:
                assert local.time() < time(1), arrival.petition.title
            elif len(plan) > 1:
                assert local.weekday() < 5, (arrival.petition.title, timed.task)
                assert time(8, 30) <= local.time() <= time(20), (arrival.petition.title, timed.task)


def test_a_demo_begun_before_the_office_opens_has_had_no_day_yet():
    early = datetime(2026, 6, 16, 16, 5, tzinfo=UTC)

    for arrival, plan in _plans(latest=early):
        moments = [arrival.registered_at, *(timed.moment for timed in plan)]
        assert moments == sorted(set(moments)), arrival.petition.title
        assert moments[-1] <= early, arrival.petition.title


def test_a_weekend_loses_no_deed():
    sunday = date(2026, 6, 21)
    as_on_wednesday = {arrival.petition.title: len(plan) for arrival, plan in _plans()}

    plans = _plans(sunday, datetime(2026, 6, 21, 10, tzinfo=UTC))

    assert {arrival.petition.title: len(plan) for arrival, plan in plans} == as_on_wednesday


def test_what_waits_to_be_routed_has_no_way():
    waiting = [petition for petition in PETITIONS if not petition.ways]

    assert len(waiting) == 37
    assert [petition for petition in waiting if petition.reported] == [
        petition for petition in PETITIONS if petition.reported
    ]


def test_every_stop_of_a_way_is_shown():
    assert {way.until for petition in PETITIONS for way in petition.ways} == set(Until)
