"""When each demo petition came in and was registered, counted back from the demo's today."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases.states import Channel
from config.demo.content import DemoPetition

# Someone of the office takes these in person, so they come on working days and in office hours.
AT_THE_OFFICE = frozenset({Channel.VISIT, Channel.PHONE, Channel.LETTER, Channel.FAX})
_OPENS, _CLOSES = time(8, 30), time(17, 0)
_WEB_FROM, _WEB_UNTIL = time(6, 30), time(22, 45)
_LONGEST_REGISTERING = 40


@dataclass(frozen=True)
class Arrival:
    """A petition with the moments at which it was received and registered."""

    petition: DemoPetition
    received_at: datetime
    registered_at: datetime


def arrivals(
    petitions: Iterable[DemoPetition],
    *,
    today: date,
    latest: datetime,
    last_working_day: Callable[[date], date],
) -> list[Arrival]:
    """Return the petitions in the order of registering, none later than `latest`.

    `last_working_day` gives the last working day on or before a day.
    """
    timed = [_arrival(petition, today, latest, last_working_day) for petition in petitions]
    return sorted(timed, key=lambda arrival: (arrival.registered_at, arrival.petition.title))


def _arrival(
    petition: DemoPetition, today: date, latest: datetime, last_working_day: Callable[[date], date]
) -> Arrival:
    minutes = minutes_at_the_desk(petition.title)
    day = today - timedelta(days=petition.days_ago)
    while True:
        if petition.channel in AT_THE_OFFICE:
            day = last_working_day(day)
        received_at = moment_on(day, petition.channel, petition.title)
        registered_at = received_at + timedelta(minutes=minutes)
        if registered_at <= latest:
            return Arrival(petition, received_at, registered_at)
        day -= timedelta(days=1)


def minutes_at_the_desk(title: str) -> int:
    """Return how many minutes after its receipt a petition is registered."""
    return 1 + draw(title, "desk", _LONGEST_REGISTERING)


def moment_on(day: date, channel: Channel, title: str) -> datetime:
    """Return when on a day a petition came in: within office hours where somebody takes it in person."""
    first, last = (_OPENS, _CLOSES) if channel in AT_THE_OFFICE else (_WEB_FROM, _WEB_UNTIL)
    opening = datetime.combine(day, first)
    span = datetime.combine(day, last) - opening
    minute = draw(title, "clock", int(span.total_seconds()) // 60)
    return timezone.make_aware(opening + timedelta(minutes=minute))


def draw(title: str, purpose: str, below: int) -> int:
    """Return a number from 0 to below `below`: looks drawn, always the same for a title and a purpose."""
    digest = hashlib.sha256(f"{purpose}:{title}".encode()).digest()
    return int.from_bytes(digest[:4]) % below
