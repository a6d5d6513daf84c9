"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from cases import sweeps


@shared_task
def give_waiting_to_the_lane() -> int:
    return sweeps.give_waiting_to_the_lane(now=timezone.now())
