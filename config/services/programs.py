"""A program that is kept running: how it is started, when it is ready, and how it is asked to stop."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

LOG_BYTES = 10 * 1024 * 1024

_PR_SET_PDEATHSIG = 1
# Loaded here, because between fork and exec nothing may be imported any more.
_libc = ctypes.CDLL(None, use_errno=True)


class Obstacle(Exception):  # noqa: N818 - said as it is
    """Something outside the product stands in the way; the message is one sentence with a way on."""


@dataclass(frozen=True)
class Program:
    """What to run and what to expect of it. `is_ready` may be asked at any time and never raises."""

    name: str
    command: Sequence[str]
    is_ready: Callable[[], bool]
    stop_signal: signal.Signals = signal.SIGTERM
    # What the kernel sends when the runner is killed, if not the signal above.
    death_signal: signal.Signals | None = None
    # Seconds from the wish to stop until it is killed.
    stop_seconds: float = 3.0
    # Programs of a higher tier lean on those of a lower one and are stopped first.
    tier: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)
    # Put right what a killed predecessor left behind.
    before: Callable[[], None] = lambda: None


def start(program: Program, log: Path) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, its words appended to a log.

    It gets a signal from the kernel when the thread that called this ends, so nothing outlives a
    runner that was killed; call it from the main thread.
    """
    program.before()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as words:
        return subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            env={**os.environ, **program.environment},
            start_new_session=True,
            preexec_fn=partial(_end_with, os.getpid(), program.death_signal or program.stop_signal),
        )


def _end_with(parent: int, stop_signal: int) -> None:
    """Ask the kernel for a signal when the parent ends. Runs in the child, between fork and exec."""
    _libc.prctl(_PR_SET_PDEATHSIG, stop_signal)
    if os.getppid() != parent:  # it ended before we could ask
        os._exit(1)


def wait_until_ready(program: Program, process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Return once the program answers.

    :raises Obstacle: if it ends first or does not answer in time, with the last line of its log
    """
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            break
        if program.is_ready():
            return
        time.sleep(0.03)
    message = f"{program.name} does not start: {last_line(log)} (more in {log})."
    raise Obstacle(message)


def last_line(log: Path) -> str:
    """Return the last line that says something, or an empty text."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4096))
        lines = [line.strip() for line in file.read().decode(errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "it said nothing")


def stop(running: Sequence[tuple[Program, subprocess.Popen[bytes]]]) -> None:
    """Ask programs to stop, together, and kill each that does not in its time, with its whole session."""
    asked_at = time.monotonic()
    for program, process in running:
        if process.poll() is None:
            process.send_signal(program.stop_signal)
    for program, process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, asked_at + program.stop_seconds - time.monotonic()))
        clear_away(process)


def clear_away(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a program: itself if it still runs, and children it left behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def keep_short(log: Path, limit: int = LOG_BYTES) -> None:
    """Begin a log anew when it has passed its limit; the part before stays as `.1`.

    The program goes on writing to the same open file, so a line written in that very moment may be lost.
    """
    if log.exists() and log.stat().st_size > limit:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)
