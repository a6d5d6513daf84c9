"""The days of a simulation: each sweep of the timetable at each of its moments, through the broker and the worker."""

import contextlib
import os
import signal
import time as clock
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from celery import Celery
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerIsAway
from redis import RedisError

from config.celery import TIMETABLE
from config.services.supervisor import Supervisor
from infra.models import SweepRun

# Two rounds a day: after the digest's time, and before the office closes.
ROUNDS = (time(8, 40), time(17, 40))
# With rounds hours apart every sweep of ten minutes would count as missing.
_NOT_PLAYED = {"notices.tasks.tell_of_missing_sweeps"}
SWEEPS = tuple(line["task"] for line in TIMETABLE.values() if line["task"] not in _NOT_PLAYED)
# what is killed, by the names of the supervisor's programs
VICTIMS = ("worker", "valkey", "postgres")
# A task that was lost with a program is asked for again, as the clock would.
_PATIENCE_SECONDS = 2.0
_GIVE_UP_SECONDS = 90.0


class Stuck(Exception):  # noqa: N818 - said as it is
    """A sweep did not come to its end, however often it was asked for."""


def moments(first: date, days: int) -> Iterator[datetime]:
    """Yield the rounds of so many days, from the one after a day on."""
    for number in range(1, days + 1):
        for round_ in ROUNDS:
            yield timezone.make_aware(datetime.combine(first + timedelta(number), round_))


def kills_among(strikes: int, count: int, seed: str) -> dict[int, tuple[str, float]]:
    """Draw before which strikes' ends something is killed: its name, and after how many seconds."""
    draw = Random(seed)  # noqa: S311 - a play, no secret
    chosen = draw.sample(range(strikes), min(count, strikes))
    return {strike: (draw.choice(VICTIMS), draw.uniform(0, 0.04)) for strike in chosen}


def go_through(
    app: Celery, supervisor: Supervisor, first: date, days: int, kills: Mapping[int, tuple[str, float]]
) -> None:
    """Have every sweep run at every moment, one after the other; what is drawn is killed meanwhile.

    :raises Stuck: if one does not come to its end
    """
    strike = 0
    for moment in moments(first, days):
        for sweep in SWEEPS:
            _strike(app, supervisor, sweep, moment, kills.get(strike))
            strike += 1


def _strike(
    app: Celery, supervisor: Supervisor, sweep: str, moment: datetime, kill: tuple[str, float] | None
) -> None:
    began = clock.monotonic()
    asked_at = 0.0
    while not _is_done(sweep, moment):
        now = clock.monotonic()
        if now - began > _GIVE_UP_SECONDS:
            message = f"{sweep} at {moment} did not end in {_GIVE_UP_SECONDS:.0f} s."
            raise Stuck(message)
        if not asked_at or now - asked_at > _PATIENCE_SECONDS:
            _ask(app, sweep, moment)
            asked_at = clock.monotonic()
            if kill is not None:
                victim, after = kill
                clock.sleep(after)
                # one that is down already, from the kill before, is started again all the same
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(supervisor.pid_of(victim), signal.SIGKILL)
                kill = None
        supervisor.look_after_all()
        clock.sleep(0.01)


def _ask(app: Celery, sweep: str, moment: datetime) -> None:
    # a connection of its own: one that was kept would be that to a broker killed since; asked again, it is there
    with contextlib.suppress(BrokerIsAway, RedisError, OSError), app.connection_for_write() as broker:
        app.send_task(sweep, kwargs={"at": moment.isoformat()}, connection=broker, retry=False)


def _is_done(sweep: str, moment: datetime) -> bool:
    try:
        return SweepRun.objects.filter(sweep=sweep, started_at=moment, finished_at__isnull=False).exists()
    except (OperationalError, InterfaceError):
        # the server was killed; the next question opens a connection to the one started again
        connection.close()
        return False
