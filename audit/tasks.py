"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from audit import sweeps


@shared_task
def close_block() -> int:
    return sweeps.close_block(now=timezone.now())
