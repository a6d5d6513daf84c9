"""A machine to start Huiyin on: a folder of its own, a free port, and nothing of the tests' own services."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
_OURS = ("DATABASE_URL", "REDIS_URL", "DEBUG", "DEMO", "HUIYIN_VAR", "PYTEST_XDIST_WORKER")


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def a_machine(var: Path, **environment: str) -> dict[str, str]:
    """Return the environment of a machine that knows no settings but its folder and a free port."""
    bare = {name: value for name, value in os.environ.items() if name not in _OURS}
    return bare | {"HUIYIN_VAR": str(var), "WEB_PORT": str(a_free_port()), "DEMO": "false"} | environment


def manage(
    machine: dict[str, str], *arguments: str, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=machine, capture_output=True, text=True, timeout=seconds)


class House:
    """A running `manage.py up`, ended at the latest when the block ends."""

    def __init__(self, machine: dict[str, str]) -> None:
        self.port = int(machine["WEB_PORT"])
        self.said = Path(machine["HUIYIN_VAR"]) / "said"
        self.said.parent.mkdir(parents=True, exist_ok=True)
        with self.said.open("w") as words:
            self.runner = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=machine, stdout=words, stderr=words
            )

    def __enter__(self) -> "House":
        until(self.is_ready, seconds=180)
        until(lambda: "runs at" in self.said.read_text(), seconds=30)
        return self

    def __exit__(self, *error: object) -> None:
        self.runner.send_signal(signal.SIGINT)
        try:
            self.runner.wait(20)
        except subprocess.TimeoutExpired:
            below = [words for pid in descendants_of(self.runner.pid) for words in words_of(pid)]
            self.runner.kill()
            raise AssertionError("\n".join(["it does not end:", self.said.read_text(), *below])) from None

    def is_ready(self) -> bool:
        assert self.runner.poll() is None, self.said.read_text()
        return self.asks("/readyz") == {"database": True, "broker": True, "migrations": True}

    def asks(self, path: str) -> object:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return None
        finally:
            connection.close()

    def program(self, name: str) -> int:
        """Return the process id of one of the runner's own children, 0 while it is down."""
        return next((pid for pid, command in children_of(self.runner.pid).items() if name in command), 0)


def children_of(pid: int) -> dict[int, str]:
    """Return every process below this one with its command line."""
    return {child: words for child, parent, words in _processes() if parent == pid}


def everything_in(folder: Path) -> list[str]:
    """Return the command lines of all processes that work in a folder, whoever started them."""
    return [words for _, _, words in _processes() if str(folder) in words]


def descendants_of(pid: int) -> set[int]:
    found: set[int] = set()
    for child in children_of(pid):
        found |= {child} | descendants_of(child)
    return found


def words_of(pid: int) -> list[str]:
    """Return the command line of a process, or nothing if it is gone."""
    return [words for child, _, words in _processes() if child == pid]


def alive(pids: set[int]) -> set[int]:
    return pids & {pid for pid, _, _ in _processes()}


def until(holds: Callable[[], bool], seconds: float) -> None:
    """Wait until something holds, and fail if it never does."""
    give_up_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up_at, "it never came to hold"
        time.sleep(0.1)


def _processes() -> list[tuple[int, int, str]]:
    """Return id, parent and command line of each process that is not already dead."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            found.append((int(folder.name), int(parent), words))
    return found
