"""How work is timed: alone, with its statements repeated bare, and by eight clients at once."""

import gc
import multiprocessing
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from accounts import sessions
from accounts.hats import Hat

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# as the product runs: two processes of four threads
CLIENTS, PROCESSES = 8, 2
# how much slower work may be with all of them (architecture §5)
SLOWER_WITH_CLIENTS = 4
WARM_UPS = 3
# So many times the statements of a piece of work are repeated by themselves.
_REPEATED = 10


class Browser(Client):
    """A signed-in browser in the same process, so that what is timed is the server alone."""

    def __init__(self, hat: Hat) -> None:
        super().__init__(SERVER_NAME="localhost")
        self.hat = hat
        self.force_login(hat.user, backend=BACKEND)
        session = self.session
        sessions.begin(session, sessions.Shown.BY_ITSELF, now=timezone.now())
        session[sessions.HAT] = hat.post.pk
        session.save()

    def ask(self, url: str, fields: Mapping[str, object] | None = None) -> HttpResponseBase:
        """Get a page, or post a form to it.

        :raises RuntimeError: for anything but a page or the way to one
        """
        if fields is None:
            answer = self.get(url, secure=settings.HTTPS_ONLY)
        else:
            answer = self.post(url, {"hat": self.hat.key, **fields}, secure=settings.HTTPS_ONLY)
        if answer.status_code not in {200, 302}:
            message = f"{answer.status_code} instead of a page"
            raise RuntimeError(message)
        return answer

    def size_of(self, url: str, fields: Mapping[str, object] | None = None) -> int:
        """Ask for a page and return how many bytes it has."""
        return len(getattr(self.ask(url, fields), "content", b""))


# One time of a piece of work; returns the bytes of the answer.
Turn = Callable[[Browser], int]


@dataclass(frozen=True)
class Work:
    """A kind of work as one hat does it."""

    name: str
    who: str
    # p95 in milliseconds; architecture §5
    budget: float | None
    hat: Hat
    turns: Sequence[Turn]
    # each turn can be done once only
    once: bool = False
    # its statements cannot be repeated
    writes: bool = False


@dataclass
class Line:
    """One kind of work as it was measured: milliseconds on the wall, of our own reckoning, and of the database."""

    work: str
    who: str
    budget: float | None
    times: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    # what the database took meanwhile
    sql: list[float] = field(default_factory=list)
    # what the same statements take by themselves
    bare: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0
    errors: int = 0

    @property
    def p50(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return p95_of(self.times)

    @property
    def keeps(self) -> bool:
        return not self.errors and (self.budget is None or self.p95 <= self.budget)


def p95_of(times: Sequence[float]) -> float:
    """Return what nineteen of twenty stay under."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


class _Statements:
    """Adds up what the database takes of one piece of work, and keeps what was asked."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.asked: list[tuple[str, Any]] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - begun
            self.asked.append((sql, params))

    def again(self) -> float:
        """Read the same rows by the bare statements. Return the milliseconds."""
        begun = time.perf_counter()
        with connection.connection.cursor() as cursor:
            for sql, params in self.asked:
                if sql.lstrip().startswith(("SELECT", "WITH")):
                    cursor.execute(sql, params)
                    cursor.fetchall()
        return (time.perf_counter() - begun) * 1000


def timed(line: Line, work: Callable[[], int]) -> _Statements:
    """Do one piece of work and note how long it took."""
    statements = _Statements()
    with connection.execute_wrapper(statements):
        begun, reckoned = time.perf_counter(), time.thread_time()
        line.size = work()
        line.times.append((time.perf_counter() - begun) * 1000)
    line.own.append((time.thread_time() - reckoned) * 1000)
    line.sql.append(statements.seconds * 1000)
    line.queries = len(statements.asked)
    return statements


def measure_alone(work: Work, times: int) -> Line:
    """Do a kind of work so many times, one after the other, after a warm-up."""
    line, browser = Line(work.name, work.who, work.budget), Browser(work.hat)
    turns = iter(work.turns) if work.once else cycle(work.turns)
    for turn in islice(turns, WARM_UPS):
        turn(browser)
    gc.collect()
    for turn in islice(turns, times):
        statements = timed(line, lambda turn=turn: turn(browser))  # type: ignore[misc]
        if not work.writes and len(line.bare) < _REPEATED:
            line.bare.append(statements.again())
    return line


def measure_together(works: Sequence[Work], times: int) -> Line:
    """Let eight clients do a kind of work at once, `times` in all at least, each of the hats twice if there are four.

    What can be done once only goes on where `measure_alone` ended.
    """
    each = max(5, -(-times // CLIENTS))
    shares = [_share(works[client % len(works)], client, each, times) for client in range(CLIENTS)]
    # the children find their shares here: what is done is not sent to them
    _AT_ONCE[:] = [shares[process::PROCESSES] for process in range(PROCESSES)]
    connections.close_all()
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork")) as pool:
        done = list(pool.map(_clients, range(PROCESSES)))
    budget = works[0].budget
    return Line(
        works[0].name,
        f"{CLIENTS} clients",
        None if budget is None else budget * SLOWER_WITH_CLIENTS,
        times=[one for times, _errors in done for one in times],
        errors=sum(errors for _times, errors in done),
    )


def needed(times: int) -> int:
    """Return how many turns work that can be done once only takes, alone and by eight clients."""
    return WARM_UPS + times + CLIENTS * max(5, -(-times // CLIENTS))


Share = tuple[Hat, Sequence[Turn]]
_AT_ONCE: list[list[Share]] = []


def _share(work: Work, client: int, each: int, times: int) -> Share:
    if not work.once:
        return work.hat, list(islice(cycle(work.turns), client, client + each))
    first = WARM_UPS + times + client * each
    return work.hat, work.turns[first : first + each]


def _clients(process: int) -> tuple[list[float], int]:
    shares = _AT_ONCE[process]
    with ThreadPoolExecutor(len(shares)) as pool:
        done = list(pool.map(_client, shares))
    return [one for times, _errors in done for one in times], sum(errors for _times, errors in done)


def _client(share: Share) -> tuple[list[float], int]:
    hat, turns = share
    browser, times, errors = Browser(hat), [], 0
    for turn in turns:
        begun = time.perf_counter()
        try:
            turn(browser)
        except RuntimeError:
            errors += 1
        times.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return times, errors


def pace() -> float:
    """Return the seconds of thirty million additions: below two on an ordinary core that is not held back."""
    begun, number = time.perf_counter(), 0
    for step in range(10_000_000):
        number += step
    return (time.perf_counter() - begun) * 3


@dataclass
class Memory:
    """The most memory, in megabytes, that the process held while a block of work was done."""

    before: float = 0.0
    most: float = 0.0

    def __enter__(self) -> "Memory":
        # from here on the kernel counts the peak anew
        Path("/proc/self/clear_refs").write_text("5")
        self.before = _megabytes("VmRSS")
        return self

    def __exit__(self, *exception: object) -> None:
        self.most = _megabytes("VmHWM")


def _megabytes(name: str) -> float:
    lines: Iterable[str] = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))
