"""Gives the tests a throw-away PostgreSQL and Valkey, before Django reads its settings.

Loaded by pytest as a plugin (`-p tests.services`). Each worker of a parallel run has its own: what one transaction
of a server still waits for is seen in all its databases, and the tests of the audit's chain look at just that. With
DATABASE_URL or REDIS_URL set, that server is used instead. HUIYIN_TEST_PG=15 takes Debian's PostgreSQL 15.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.services import programs
from config.services.postgres import THROW_AWAY, Cluster, binaries
from config.services.valkey import Broker
from tests.prepared import prepared_cluster

# Set where the database of the tests stands migrated already, and is this process's alone.
PREPARED = "HUIYIN_TEST_DATABASE_PREPARED"

os.environ.setdefault("DEBUG", "true")

_to_stop: list[tuple[programs.Program, subprocess.Popen[bytes]]] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start what is missing. A wrapper runs before pytest-django's own hook, which reads the settings."""
    hands_out_work = bool(early_config.known_args_namespace.numprocesses)
    if not hands_out_work or "PYTEST_XDIST_WORKER" in os.environ:
        _settle()
    return (yield)


def _settle() -> None:
    folder = _folder_that_goes_away()
    os.environ["HUIYIN_VAR"] = str(folder / "var")
    if version := os.environ.get("HUIYIN_TEST_PG"):
        os.environ["PG_BIN"] = f"/usr/lib/postgresql/{version}/bin"
    if not os.environ.get("DATABASE_URL"):
        shutil.copytree(prepared_cluster(), folder / "pg")
        cluster = Cluster(folder / "pg", folder, binaries(), THROW_AWAY)
        _run(cluster.program(), folder)
        os.environ["DATABASE_URL"] = cluster.url
        os.environ[PREPARED] = "true"
    if not os.environ.get("REDIS_URL"):
        broker = Broker(folder / "valkey", folder)
        _run(broker.program(), folder)
        os.environ["REDIS_URL"] = broker.url


def _folder_that_goes_away() -> Path:
    """Return a new temp folder that is removed when this process ends, however it ends.

    A shell holds the other end of a pipe that only this process has open.
    """
    folder = Path(tempfile.mkdtemp(prefix="huiyin-tests-"))
    remover = 'cat; for try in 1 2 3 4 5; do rm -rf "$0" && exit; sleep 1; done'
    subprocess.Popen(
        ["/bin/sh", "-c", remover, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return folder


def _run(program: programs.Program, folder: Path) -> None:
    log = folder / f"{program.name}.log"
    process = programs.start(program, log)
    _to_stop.append((program, process))
    programs.wait_until_ready(program, process, log, seconds=30)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    programs.stop(_to_stop)
    _to_stop.clear()
