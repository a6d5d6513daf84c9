"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from infra.sweep_runs import Tally, on_record
from leadership import sweeps


@shared_task
@on_record
def open_supervision(_tally: Tally) -> int:
    return sweeps.open_supervision(now=timezone.now())


@shared_task
@on_record
def remind_of_asked(tally: Tally) -> int:
    return sweeps.remind_of_asked(now=timezone.now(), tally=tally)


@shared_task
@on_record
def escalate(_tally: Tally) -> int:
    return sweeps.escalate(now=timezone.now())


@shared_task
@on_record
def close_lifts(_tally: Tally) -> int:
    return sweeps.close_lifts(now=timezone.now())
