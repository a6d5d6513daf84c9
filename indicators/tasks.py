"""One line per sweep."""

from celery import shared_task

from indicators import sweeps
from infra.sweep_runs import Clock, Tally, on_record


@shared_task
@on_record
def follow_history(_clock: Clock, _tally: Tally) -> int:
    return sweeps.follow_history()
