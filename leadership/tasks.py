"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from leadership import sweeps


@shared_task
def open_supervision() -> int:
    return sweeps.open_supervision(now=timezone.now())


@shared_task
def escalate() -> int:
    return sweeps.escalate(now=timezone.now())


@shared_task
def close_lifts() -> int:
    return sweeps.close_lifts(now=timezone.now())
