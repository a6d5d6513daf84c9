"""One line per sweep."""

from celery import shared_task

from indicators import sweeps
from infra.sweep_runs import Clock, Tally, on_record


@shared_task
@on_record
def follow_history(_clock: Clock, _tally: Tally) -> int:
    return sweeps.follow_history()


@shared_task
@on_record
def merge_sums(_clock: Clock, _tally: Tally) -> int:
    return sweeps.merge_sums()


@shared_task
@on_record
def recount_figures(clock: Clock, tally: Tally) -> int:
    return sweeps.recount_figures(now=clock(), tally=tally)
