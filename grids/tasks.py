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
