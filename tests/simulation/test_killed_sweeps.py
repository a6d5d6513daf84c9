"""kill -9 of a worker inside a sweep's transaction, and between its commit and its last word: once, and not twice."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.db import connection

from assignments.models import Assignment, AssignmentClock
from audit.models import Entry
from cases.models import Handling
from cases.states import Receipt
from config.celery import app
from config.services import house, programs
from infra.models import Sweep, SweepRun
from notices.models import Notice
from scoring.models import EntryStep, ScoreEntry
from tests.cases.handling import given
from tests.commands.given import ROOT, until
from tests.given import MONDAY
from tests.leadership.given import issued
from tests.scoring.given import adopted
from tests.scoring.ledger import LATE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kill]

SWEEP = "cases.tasks.deem_received"
# past the first working day after the sending (Q22)
LATER = MONDAY + timedelta(days=3)


class Worker:
    """The product's own worker on the tests' database and broker, told what time it is."""

    def __init__(self, folder: Path) -> None:
        own = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        self.environment = {"DATABASE_URL": urlunsplit(own), "HUIYIN_VAR": str(folder), "SIMULATION": "1"}
        self.log = folder / "worker.log"

    def start(self) -> None:
        program = house.worker(ROOT, app)
        program = replace(program, environment={**program.environment, **self.environment})
        self.process = programs.start(program, self.log)
        programs.wait_until_ready(program, self.process, self.log, seconds=60)

    def kill(self) -> None:
        """End it and its children with no chance to tidy up."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    its = Worker(tmp_path)
    its.start()
    yield its
    programs.clear_away(its.process)


@contextmanager
def held(statement: str, *values: object) -> Iterator[None]:
    """Hold rows in a session of its own."""
    parts = connection.get_connection_params()
    known = {name: parts[name] for name in ("dbname", "user", "password", "host", "port") if name in parts}
    with closing(psycopg2.connect(**known)) as other, other.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.fetchall()
        yield


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def strike(sweep: str = SWEEP, at: datetime = LATER) -> None:
    app.send_task(sweep, kwargs={"at": at.isoformat()})


def ended(sweep: str = SWEEP) -> bool:
    return SweepRun.objects.filter(sweep=sweep, finished_at__isnull=False).exists()


def deemed() -> list[Entry]:
    return list(Entry.objects.filter(verb="petition.deem_received"))


def test_killed_inside_its_transaction_nothing_was_done_and_the_next_run_does_it_once(worker):
    case = given.routed(given.registered())
    handling = Handling.objects.get(petition=case.pk)

    with held("SELECT 1 FROM cases_handling WHERE id = %s FOR UPDATE", str(handling.pk)):
        strike()
        until(somebody_waits, seconds=20)
        worker.kill()
    before = (deemed(), Handling.objects.get(pk=handling.pk).receipt)
    worker.start()
    strike()
    until(ended, seconds=20)

    assert before == ([], Receipt.DELIVERED)
    assert len(deemed()) == 1
    assert Handling.objects.get(pk=handling.pk).receipt == Receipt.RECEIVED
    assert SweepRun.objects.filter(sweep=SWEEP).count() == 2


def test_killed_between_its_commit_and_its_last_word_nothing_is_done_twice(worker):
    case = given.routed(given.registered())
    handling = Handling.objects.get(petition=case.pk)
    Sweep.objects.create(name=SWEEP, known_at=MONDAY)

    # the run's own record is written last: until then the broker has had no answer either
    with held("SELECT 1 FROM infra_sweep WHERE name = %s FOR NO KEY UPDATE", SWEEP):
        strike()
        until(lambda: deemed() != [] and somebody_waits(), seconds=20)
        worker.kill()
    before = (len(deemed()), Notice.objects.count())
    worker.start()
    strike()
    until(lambda: SweepRun.objects.filter(sweep=SWEEP).count() >= 2 and ended(), seconds=20)

    assert before[0] == 1
    assert (len(deemed()), Notice.objects.count()) == before
    assert Handling.objects.get(pk=handling.pk).receipt == Receipt.RECEIVED


def test_killed_in_the_midst_of_a_batch_each_is_told_of_its_day_once_by_the_next_run(worker):
    sweep, late = "leadership.tasks.remind_of_asked", given.at(3, 12)
    for code in ("ZJ", "CG", "JT"):
        issued(given.received(given.registered(unit=given.a_unit(code))))
    last = AssignmentClock.objects.latest("pk")

    with held("SELECT 1 FROM assignments_assignmentclock WHERE id = %s FOR UPDATE", last.pk):
        strike(sweep, late)
        until(somebody_waits, seconds=20)
        worker.kill()
    before = Notice.objects.filter(kind="asked_late").count()
    worker.start()
    strike(sweep, late)
    until(lambda: ended(sweep), seconds=20)
    strike(sweep, late)
    until(lambda: SweepRun.objects.filter(sweep=sweep, finished_at__isnull=False).count() == 2, seconds=20)

    told = Notice.objects.filter(kind="asked_late")
    assert before == 0
    assert told.values("subject_id").distinct().count() == Assignment.objects.count() == 3
    assert Entry.objects.filter(verb="petition.remind_of_asked").count() == 3
    assert not AssignmentClock.objects.filter(breached_at=None).exists()


def test_killed_in_the_midst_of_proposing_the_next_run_ends_in_the_same_ledger(worker):
    sweep = "scoring.tasks.propose_scores"
    adopted()
    cases = [given.received(given.registered(unit=given.a_unit(code))) for code in ("ZJ", "CG", "JT")]

    with held("SELECT 1 FROM cases_petition WHERE id = %s FOR UPDATE", str(cases[1].pk)):
        strike(sweep, LATE)
        until(somebody_waits, seconds=20)
        worker.kill()
    before = set(ScoreEntry.objects.values_list("petition", flat=True))
    worker.start()
    strike(sweep, LATE)
    until(lambda: ended(sweep), seconds=20)
    strike(sweep, LATE)
    until(lambda: SweepRun.objects.filter(sweep=sweep, finished_at__isnull=False).count() == 2, seconds=20)

    assert cases[1].pk not in before
    entered = ScoreEntry.objects.values_list("petition", "organ__code", "points")
    expected = [(case.pk, case.unit.organ.code, -1) for case in cases]
    assert sorted(entered) == sorted(expected)
    assert EntryStep.objects.count() == 3
