"""One line per sweep."""

from celery import shared_task

from infra.sweep_runs import Clock, Tally, on_record
from portal import sweeps


@shared_task
@on_record
def remove_old_attempts(clock: Clock, _tally: Tally) -> int:
    return sweeps.remove_old_attempts(now=clock())
