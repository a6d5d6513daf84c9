"""One line per sweep."""

from celery import shared_task

from infra.sweep_runs import Clock, Tally, on_record
from notices import sweeps
from notices.outbox import send_waiting


@shared_task
@on_record
def write_digests(clock: Clock, _tally: Tally) -> int:
    return sweeps.write_digests(now=clock())


@shared_task
@on_record
def send_deliveries(clock: Clock, tally: Tally) -> int:
    return send_waiting(clock=clock, tally=tally)


@shared_task
@on_record
def tell_of_missing_sweeps(clock: Clock, _tally: Tally) -> int:
    return sweeps.tell_of_missing_sweeps(now=clock())


@shared_task
@on_record
def tell_of_missing_year(clock: Clock, _tally: Tally) -> int:
    return sweeps.tell_of_missing_year(now=clock())
