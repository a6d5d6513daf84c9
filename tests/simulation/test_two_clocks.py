"""Two clocks on two hosts: one of them strikes, and the other takes its place once it is gone (RedBeat's lock)."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from celery.schedules import schedule
from django.conf import settings
from redbeat import RedBeatSchedulerEntry

from config.celery import app
from config.services import house, programs
from tests.commands.given import ROOT, until

pytestmark = pytest.mark.kill

TICK = "tests.tick"
LOCK = "redbeat::lock"

Clock = subprocess.Popen[bytes]


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """The tests' broker with something that is due each second, and nobody who takes it."""
    store = redis.Redis.from_url(settings.REDIS_URL)
    app.control.purge()
    RedBeatSchedulerEntry(TICK, TICK, schedule(1.0), app=app).save()
    yield store
    for key in store.scan_iter("redbeat:*"):
        store.delete(key)
    app.control.purge()


@pytest.fixture
def start_clock(tmp_path: Path) -> Iterator[Callable[[], Clock]]:
    running: list[Clock] = []

    def start() -> Clock:
        program = house.beat(ROOT)
        program = replace(program, environment={**program.environment, "HUIYIN_VAR": str(tmp_path)})
        running.append(programs.start(program, tmp_path / f"beat-{len(running)}.log"))
        return running[-1]

    yield start
    for clock in running:
        programs.clear_away(clock)


def struck_by(broker: redis.Redis) -> list[str]:
    """Return by which process each tick in the queue was sent, the last one first."""
    sent = (json.loads(message)["headers"] for message in broker.lrange("celery", 0, -1))
    return [headers["origin"].split("@")[0] for headers in sent if headers["task"] == TICK]


def test_of_two_clocks_one_strikes_and_the_other_takes_over(broker, start_clock):
    first = start_clock()
    until(lambda: len(struck_by(broker)) >= 2, seconds=30)
    second = start_clock()
    until(lambda: len(struck_by(broker)) >= 8, seconds=60)
    assert set(struck_by(broker)) == {f"gen{first.pid}"}

    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    struck = len(struck_by(broker))
    # it would end by itself within the minute it was drawn out to; the test does not wait for that
    assert 0 < broker.ttl(LOCK) <= settings.CELERY_REDBEAT_LOCK_TIMEOUT
    broker.expire(LOCK, 1)
    until(lambda: len(struck_by(broker)) > struck + 1, seconds=30)

    assert set(struck_by(broker)[: -struck or None]) == {f"gen{second.pid}"}
