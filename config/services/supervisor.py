"""Keeps programs running: starts them in order, starts again what ended, stops them in reverse."""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.services import programs
from config.services.programs import Program

# Seconds before a program that keeps ending is started again.
_BACK_OFF = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
# After so many seconds of life its earlier ends are forgotten.
_STEADY_SECONDS = 60.0
_ROUND_SECONDS = 0.2
_LOG_ROUND_SECONDS = 30.0


@dataclass
class _Kept:
    program: Program
    process: subprocess.Popen[bytes]
    started_at: float
    ends: int = 0
    # Moment to start it again, while it is down.
    due_at: float | None = None


class Supervisor:
    """The programs of one house, in the order they were begun. Used from one thread.

    `back_off` are the seconds before one that keeps ending is started again, the first, the second time and so on.
    """

    def __init__(self, logs: Path, say: Callable[[str], None], back_off: Sequence[float] = _BACK_OFF) -> None:
        self.logs = logs
        self.say = say
        self._back_off = back_off
        self._kept: list[_Kept] = []

    def begin(self, program: Program, seconds: float = 60) -> None:
        """Start a program and return when it is ready.

        :raises Obstacle: if it is not ready in time
        """
        log = self._log(program)
        process = programs.start(program, log)
        self._kept.append(_Kept(program, process, time.monotonic()))
        programs.wait_until_ready(program, process, log, seconds)

    def watch(self, until: Callable[[], bool]) -> None:
        """Start again what ends, until told to leave off."""
        logs_due_at = 0.0
        while not until():
            now = self.look_after_all()
            if now >= logs_due_at:
                for kept in self._kept:
                    programs.keep_short(self._log(kept.program))
                logs_due_at = now + _LOG_ROUND_SECONDS
            time.sleep(_ROUND_SECONDS)

    def look_after_all(self) -> float:
        """Start again what has ended, once. Return the moment."""
        now = time.monotonic()
        for kept in self._kept:
            self._look_after(kept, now)
        return now

    def pid_of(self, name: str) -> int:
        """Return the process of a program, which leads a session of its own.

        :raises KeyError: if none of that name was begun
        """
        return {kept.program.name: kept.process.pid for kept in self._kept}[name]

    def _look_after(self, kept: _Kept, now: float) -> None:
        if kept.due_at is None and kept.process.poll() is not None:
            programs.clear_away(kept.process)
            if now - kept.started_at > _STEADY_SECONDS:
                kept.ends = 0
            wait = self._back_off[min(kept.ends, len(self._back_off) - 1)]
            kept.ends += 1
            kept.due_at = now + wait
            self.say(f"{kept.program.name} ended ({_how(kept.process)}); starting it again.")
        if kept.due_at is not None and now >= kept.due_at:
            kept.process = programs.start(kept.program, self._log(kept.program))
            kept.started_at, kept.due_at = now, None

    def end(self) -> None:
        """Stop everything, last begun first; those of one tier are asked together."""
        while self._kept:
            tier = self._kept[-1].program.tier
            together = [kept for kept in reversed(self._kept) if kept.program.tier == tier]
            programs.stop([(kept.program, kept.process) for kept in together])
            self._kept = [kept for kept in self._kept if kept.program.tier != tier]

    def _log(self, program: Program) -> Path:
        return self.logs / f"{program.name}.log"


def _how(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"signal {-code}" if code < 0 else f"exit code {code}"
