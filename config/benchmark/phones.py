"""A hundred phones that send what they wrote without a signal, and a day of one: is each there once, how fast."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import User
from accounts.roles import Role
from config.benchmark.timing import CLIENTS, Browser, Line, Work, measure_alone
from grids.models import EventType, GridEvent, grids_of
from mobile.models import Receipt

PHONES, EACH = 100, 10
# issue 7: a day's package of fifty open events, milliseconds of the server
PACKAGE = 100


@dataclass(frozen=True)
class Arrived:
    """How many submissions were sent, twice each, how many receipts and events there are, and how long it took."""

    sent: int
    receipts: int
    events: int
    seconds: float

    @property
    def once_each(self) -> bool:
        return self.sent == self.receipts == self.events


def the_workers() -> list[Hat]:
    """Return the hats that stand for a grid; one person may carry several phones.

    :raises LookupError: if there is none
    """
    today = timezone.localdate()
    users = User.objects.filter(posts__role=Role.GRID_WORKER).order_by("pk").distinct()
    hats = [hat for user in users for hat in hats_of(user, on=today) if hat.role == Role.GRID_WORKER]
    workers = [hat for hat in hats if grids_of(hat.post).filter(ended_at=None).exists()]
    if not workers:
        message = "nobody stands for a grid"
        raise LookupError(message)
    return workers


def measure_phones(*, times: int) -> tuple[Arrived, Line]:
    """Let a hundred phones send ten reports each, each batch twice, then fetch the day of one that has fifty open."""
    workers = the_workers()
    batches = [
        (worker, _batch(worker, now=timezone.now()))
        for worker in (workers[phone % len(workers)] for phone in range(PHONES))
    ]
    keys = [one["id"] for _worker, batch in batches for one in batch]
    begun = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(_send, [*batches, *batches]))
    seconds = perf_counter() - begun
    arrived = Arrived(
        sent=len(keys),
        receipts=Receipt.objects.filter(pk__in=keys).count(),
        events=GridEvent.objects.filter(pk__in=keys).count(),
        seconds=seconds,
    )
    door = reverse("mobile:sync_door")
    day = Work("phone: day of fifty open events", "grid worker", PACKAGE, workers[0], [_day(door)])
    return arrived, measure_alone(day, times)


def _day(door: str) -> Any:
    return lambda browser: browser.size_of(door)


def _batch(worker: Hat, *, now: datetime) -> list[dict[str, Any]]:
    grid = grids_of(worker.post).filter(ended_at=None).order_by("path")[0]
    type_ = EventType.objects.filter(ended_at=None, children=None).order_by("code")[0]
    typed = {
        "grid": str(grid.pk),
        "type": type_.pk,
        "origin": "worker",
        "names_cadre": "no",
        "title": "楼道堆放杂物",
        "text": "二单元楼道堆放杂物，通行不便。",
    }
    envelope = {
        "kind": "report",
        "user": worker.user.pk,
        "post": worker.post.pk,
        "observed_at": now.isoformat(),
    }
    return [{"id": str(uuid4()), **envelope, "typed": typed} for _ in range(EACH)]


def _send(work: tuple[Hat, Sequence[dict[str, Any]]]) -> None:
    """Send a batch as a phone of its own does, signed in by itself.

    :raises RuntimeError: if a submission is answered otherwise than as taken
    """
    worker, batch = work
    try:
        body = {"sent_at": timezone.now().isoformat(), "submissions": list(batch)}
        answer = Browser(worker).post(
            reverse("mobile:sync_door"),
            body,
            content_type="application/json",
            headers={"X-Hat": worker.key},
            secure=settings.HTTPS_ONLY,
        )
        said = {one["answer"] for one in answer.json()["answers"]}
        if not said <= {"applied", "had"}:
            message = f"a phone was answered {sorted(said)}"
            raise RuntimeError(message)
    finally:
        connections.close_all()


def rows_of(arrived: Arrived) -> Iterator[str]:
    """Yield what became of the submissions, in words."""
    yield ""
    yield (
        f"{PHONES} phones, {arrived.sent:,} submissions, each sent twice, {CLIENTS} at a time: {arrived.receipts:,}"
        f" receipts and {arrived.events:,} events in {arrived.seconds:.1f} s,"
        f" {'once each' if arrived.once_each else 'NOT ONCE EACH'}."
    )
