"""One line per sweep."""

from celery import shared_task

from grids import sweeps
from infra.sweep_runs import Clock, Tally, on_record


@shared_task
@on_record
def ring_periods(clock: Clock, _tally: Tally) -> int:
    return sweeps.ring_periods(now=clock())


@shared_task
@on_record
def remind_units(clock: Clock, _tally: Tally) -> int:
    return sweeps.remind_units(now=clock())


@shared_task
@on_record
def lift_overdue(clock: Clock, tally: Tally) -> int:
    return sweeps.lift_overdue(now=clock(), tally=tally)


@shared_task
@on_record
def open_rounds(clock: Clock, _tally: Tally) -> int:
    return sweeps.open_rounds(now=clock())


@shared_task
@on_record
def tell_of_missed_rounds(clock: Clock, _tally: Tally) -> int:
    return sweeps.tell_of_missed_rounds(now=clock())


@shared_task
@on_record
def enter_gatherings(clock: Clock, _tally: Tally) -> int:
    return sweeps.enter_gatherings(now=clock())


@shared_task
@on_record
def remove_expired_notes(clock: Clock, _tally: Tally) -> int:
    return sweeps.remove_expired_notes(now=clock())
