"""Each run of a sweep leaves a record, and one that stays out for twice its period is known to be missing."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial, wraps

from django.conf import settings
from django.utils import timezone

from infra.models import Sweep, SweepRun
from infra.timetable import periods

# What says the time: a sweep that works for a while asks it again.
Clock = Callable[[], datetime]


@dataclass
class Tally:
    """What a run left alone, by reason: short codes such as "decided_meanwhile", of which the pages make words."""

    skipped: Counter[str] = field(default_factory=Counter)

    def skip(self, reason: str, count: int = 1) -> None:
        if count:
            self.skipped[reason] += count


def on_record(sweep: Callable[[Clock, Tally], int]) -> Callable[..., int]:
    """Make a task of a sweep that returns how often it acted; each run is kept under the task's own name.

    The task takes the moment it is to believe in, as ISO text, in a simulation alone.
    """
    name = f"{sweep.__module__}.{sweep.__name__}"

    @wraps(sweep)
    def recorded(at: str | None = None) -> int:
        clock = timezone.now if at is None else _standing_at(at)
        return run(name, partial(sweep, clock), clock=clock)

    return recorded


def _standing_at(at: str) -> Clock:
    if not settings.SIMULATION:
        message = "Only a simulation says what time it is."
        raise PermissionError(message)
    moment = datetime.fromisoformat(at)
    return lambda: moment


def run(name: str, sweep: Callable[[Tally], int], *, clock: Clock) -> int:
    """Run a sweep and keep when it began and ended, what it saw, acted on and left alone. Return how often it acted.

    The record is written outside the sweep's own transactions: before the first and after the last. One that was
    killed in between stays without an end, one that broke says by what kind of error.
    """
    started_at = clock()
    known, _new = Sweep.objects.get_or_create(pk=name, defaults={"known_at": started_at})
    record = SweepRun.objects.create(sweep=known, started_at=started_at)
    tally = Tally()
    with ExitStack() as watch:
        watch.push(partial(_note_what_broke_it, record))
        acted = sweep(tally)
    finished_at = clock()
    seen = acted + tally.skipped.total()
    SweepRun.objects.filter(pk=record.pk).update(
        finished_at=finished_at, seen=seen, acted=acted, skipped=dict(tally.skipped)
    )
    Sweep.objects.filter(pk=name).update(finished_at=finished_at)
    return acted


def _note_what_broke_it(
    record: SweepRun, kind: type[BaseException] | None, _error: object, _trace: object
) -> None:
    if kind is not None:
        SweepRun.objects.filter(pk=record.pk).update(broken_by=kind.__name__[:60])


@dataclass(frozen=True)
class Missing:
    """A sweep that has not come to its end for more than twice its period; without `since` none ever did."""

    name: str
    since: datetime | None


def missing(now: datetime) -> list[Missing]:
    """Return the sweeps of the timetable that stayed out, in the order of their names.

    One that is new counts from when it was first known of; where nothing ever ran, all are missing.
    """
    known = {sweep.pk: sweep for sweep in Sweep.objects.all()}
    if not known:
        return [Missing(name, None) for name in sorted(periods())]
    absent = []
    for name, every in sorted(periods().items()):
        sweep = known.get(name)
        if sweep is not None and (sweep.finished_at or sweep.known_at) < now - 2 * every:
            absent.append(Missing(name, sweep.finished_at))
    return absent


def know_all(*, now: datetime) -> int:
    """Note the sweeps of the timetable that nothing is known of yet. Return how many there were."""
    unknown = set(periods()) - set(Sweep.objects.values_list("pk", flat=True))
    Sweep.objects.bulk_create(
        [Sweep(name=name, known_at=now) for name in sorted(unknown)], ignore_conflicts=True
    )
    return len(unknown)
