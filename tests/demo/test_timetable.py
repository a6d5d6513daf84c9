"""When the demo's petitions come in: true to the office's hours, never in the future, the same each time."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from config.demo.content import read_world
from config.demo.timetable import AT_THE_OFFICE, arrivals, draw

PETITIONS = read_world().petitions
WEDNESDAY = date(2026, 6, 17)
# 18:00 in Shanghai
CLOSING = datetime(2026, 6, 17, 10, tzinfo=UTC)


def _last_weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _timed(latest: datetime = CLOSING):
    return arrivals(PETITIONS, today=WEDNESDAY, latest=latest, last_working_day=_last_weekday)


def test_every_petition_arrives_once_in_the_order_of_registering():
    timed = _timed()

    assert sorted(arrival.petition.title for arrival in timed) == sorted(
        petition.title for petition in PETITIONS
    )
    assert [arrival.registered_at for arrival in timed] == sorted(arrival.registered_at for arrival in timed)


def test_it_is_received_before_it_is_registered_and_registered_by_now():
    for arrival in _timed():
        assert arrival.received_at < arrival.registered_at <= CLOSING, arrival.petition.title


def test_people_come_to_the_office_on_working_days_in_office_hours():
    for arrival in _timed():
        if arrival.petition.channel in AT_THE_OFFICE:
            local = timezone.localtime(arrival.received_at)
            assert local.weekday() < 5, arrival.petition.title
            assert time(8, 30) <= local.time() < time(17, 0), arrival.petition.title


def test_what_would_come_later_today_came_on_an_earlier_day():
    early = datetime(2026, 6, 16, 16, 5, tzinfo=UTC)

    assert [arrival for arrival in _timed(early) if arrival.registered_at > early] == []


def test_a_second_reading_gives_the_same_times():
    assert _timed() == _timed()


def test_draws_differ_by_title_and_by_purpose():
    assert len({draw(petition.title, "clock", 10**6) for petition in PETITIONS}) > 190
    assert draw("一", "clock", 10**6) != draw("一", "desk", 10**6)
