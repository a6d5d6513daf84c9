"""One line per sweep."""

from celery import shared_task

from infra.sweep_runs import Clock, Tally, on_record
from scoring import sweeps


@shared_task
@on_record
def propose_scores(clock: Clock, _tally: Tally) -> int:
    return sweeps.propose_scores(now=clock())


@shared_task
@on_record
def read_rates(clock: Clock, _tally: Tally) -> int:
    return sweeps.read_rates(now=clock())


@shared_task
@on_record
def tell_units(clock: Clock, _tally: Tally) -> int:
    return sweeps.tell_units(now=clock())


@shared_task
@on_record
def close_appeals(clock: Clock, _tally: Tally) -> int:
    return sweeps.close_appeals(now=clock())
