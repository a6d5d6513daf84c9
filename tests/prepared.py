"""The database of the tests as the migrations leave it, made once and copied by every run.

Django renders every model anew for many of the steps of a migration: half a minute of processor time for each worker
of each run. What stands in var/test-database was made from the very migrations and libraries that stand here now, or
it is made anew.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from config.services import programs
from config.services.postgres import DATABASE, THROW_AWAY, Cluster, binaries

ROOT = Path(__file__).resolve().parent.parent
STORE = ROOT / "var" / "test-database"
# as in the settings
NAME = f"test_{DATABASE}"


def prepared_cluster() -> Path:
    """Return a cluster at rest that holds the migrated database; made first if there is none for this state."""
    STORE.mkdir(parents=True, exist_ok=True)
    chosen = binaries()
    wanted = STORE / _state(chosen)
    with (STORE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.exists():
            for older in STORE.glob("pg-*"):
                shutil.rmtree(older)
            _make(wanted, chosen)
    return wanted


def _state(chosen: Path) -> str:
    """Name what the database is made from."""
    sources = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("requirements*.txt")]
    sources += [ROOT / "lib" / "ids.py", ROOT / "config" / "services" / "postgres.py", Path(__file__)]
    digest = hashlib.sha256(os.fsencode(chosen))
    for source in sorted(sources):
        digest.update(os.fsencode(source.relative_to(ROOT)) + b"\0" + source.read_bytes() + b"\0")
    return f"pg-{digest.hexdigest()[:20]}"


def _make(wanted: Path, chosen: Path) -> None:
    unfinished = wanted.with_name(wanted.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="huiyin-tests-") as near:
        cluster = Cluster(unfinished, Path(near), chosen, THROW_AWAY)
        cluster.make()
        program = cluster.program()
        process = programs.start(program, Path(near) / "postgres.log")
        try:
            programs.wait_until_ready(program, process, Path(near) / "postgres.log", seconds=30)
            cluster.create_database()
            with closing(cluster.connect("postgres")) as connection, connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {NAME}")
            url = cluster.url.replace(f"/{DATABASE}?", f"/{NAME}?")
            environment = {**os.environ, "DATABASE_URL": url, "DEBUG": "true"}
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        finally:
            programs.stop([(program, process)])
    unfinished.rename(wanted)


if __name__ == "__main__":
    prepared_cluster()
