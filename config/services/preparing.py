"""What has to be there before the first page: tables, words, assets, reference data, the demo world."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections

from config import catalogues
from config.services.postgres import Cluster, address, binaries, socket_folder
from config.services.programs import Obstacle
from config.services.supervisor import Supervisor
from config.services.valkey import Broker

ROOM_BYTES = 300 * 1024 * 1024
_WRITING_OUT_SECONDS = 300.0


def refuse_full_disk(folder: Path) -> None:
    """Stop before anything is half written.

    :raises Obstacle: if a first run would not fit
    """
    free = shutil.disk_usage(folder).free
    if free < ROOM_BYTES:
        message = (
            f"The disk of {folder} is full: {free // 1024**2} MB are free and {ROOM_BYTES // 1024**2} MB are "
            "needed; make room, or set HUIYIN_VAR to a folder on another disk."
        )
        raise Obstacle(message)


def own_cluster() -> Cluster | None:
    """Return the cluster of this machine, None where DATABASE_URL names another server."""
    sockets = socket_folder(settings.VAR / "run")
    if os.environ.get("DATABASE_URL") != address(sockets):
        return None
    return Cluster(settings.VAR / "postgres", sockets, binaries())


def own_broker() -> Broker | None:
    """Return the Valkey of this machine, None where REDIS_URL names another server."""
    broker = Broker(settings.VAR / "valkey", socket_folder(settings.VAR / "run"))
    return broker if broker.url == settings.REDIS_URL else None


@contextmanager
def own_database() -> Iterator[None]:
    """Have this machine's cluster running for a while; one that does not run is started and stopped."""
    cluster = own_cluster()
    if cluster is None or (cluster.folder.exists() and cluster.answers()):
        yield
        return
    cluster.make()
    supervisor = Supervisor(settings.VAR / "log", say=lambda words: None)
    try:
        # Nobody waits for a page: it may write out all that was restored before it ends.
        supervisor.begin(replace(cluster.program(), stop_seconds=_WRITING_OUT_SECONDS))
        yield
    finally:
        connections.close_all()
        supervisor.end()


class FirstRun:
    """A first run leaves a mark until all of it is done.

    One that was interrupted is begun anew with an empty database: nobody can have worked in it yet.
    """

    def __init__(self) -> None:
        self._mark = settings.VAR / "first-run"

    def begins(self, cluster: Cluster) -> bool:
        """Make the database if there is none or only half a one. Return False if it was there."""
        if cluster.has_database() and not self._mark.exists():
            return False
        self._mark.touch()
        cluster.create_database()
        return True

    def is_done(self) -> None:
        self._mark.unlink(missing_ok=True)


def prepare(*, with_demo: bool, say: Callable[[str], None]) -> None:
    """Bring tables, words, assets and reference data to the state of this code. May be repeated."""
    # First of all: words once looked up without a catalogue stay English in this process.
    catalogues.compile_all()
    say("Preparing the tables …")
    call_command("migrate", interactive=False, verbosity=0)
    if not settings.DEBUG:
        collect_assets()
    call_command("load_reference", verbosity=0)
    if with_demo:
        say("Making the demo world …")
        call_command("make_demo", verbosity=0)
    connections.close_all()


def collect_assets() -> None:
    """Gather, name by content and compress what browsers load, unless nothing changed since."""
    stamp = settings.VAR / "assets-collected"
    fingerprint = _fingerprint_of_assets()
    if settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)


def _fingerprint_of_assets() -> str:
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            found.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()
