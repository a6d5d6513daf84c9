"""The demo world made as a whole, or completed: accounts, petitions, and what was done on them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from config.demo.content import DemoWorld
from config.demo.house import is_staffed, make_house
from config.demo.pacing import Workdays
from config.demo.registering import missing, park_drafts, register_all
from config.demo.ways import walk_all
from deadlines.calendars import calendar_of

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Made:
    """How much of the demo world was missing and was made."""

    accounts: int
    petitions: int
    deeds: int


def make_world(world: DemoWorld, *, today: date, latest: datetime) -> Made:
    """Make what is missing of the demo world, nothing in it after `latest`. Return how much that was."""
    workdays = _workdays(today)
    whole = is_staffed(world) and not missing(world.petitions)
    # What the machine would lose by stopping now is done again at the next start, so nobody waits for the disk.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    accounts = 0 if whole else make_house(world, today=today)
    petitions = register_all(
        world.petitions, today=today, latest=latest, last_working_day=workdays.last_until
    )
    deeds = walk_all(world, today=today, latest=latest, workdays=workdays)
    deeds += park_drafts(world, latest=latest)
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")
    return Made(accounts, petitions, deeds)


def _workdays(today: date) -> Workdays:
    """Return the office days around the demo; a year not entered yet counts Monday to Friday (Q26)."""
    calendar = calendar_of((today.year - 1, today.year, today.year + 1)).by_weekday()
    return Workdays(
        first_from=lambda day: calendar.after(day - _ONE_DAY, 1),
        last_until=lambda day: calendar.before(day + _ONE_DAY),
    )
