"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from infra.sweep_runs import Tally, on_record
from notices import sweeps
from notices.outbox import send_waiting


@shared_task
@on_record
def write_digests(_tally: Tally) -> int:
    return sweeps.write_digests(now=timezone.now())


@shared_task
@on_record
def send_deliveries(tally: Tally) -> int:
    return send_waiting(clock=timezone.now, tally=tally)


@shared_task
@on_record
def tell_of_missing_sweeps(_tally: Tally) -> int:
    return sweeps.tell_of_missing_sweeps(now=timezone.now())
