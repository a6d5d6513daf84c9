"""One line per sweep."""

from celery import shared_task

from hearings import sweeps
from infra.sweep_runs import Clock, Tally, on_record


@shared_task
@on_record
def call_off_hearings(clock: Clock, _tally: Tally) -> int:
    return sweeps.call_off_hearings(now=clock())
