"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from infra import sweeps


@shared_task
def remove_loose_files() -> int:
    return sweeps.remove_loose_files(now=timezone.now())


@shared_task
def remove_nameless_files() -> int:
    return sweeps.remove_nameless_files(now=timezone.now())


@shared_task
def remove_ended_sessions() -> int:
    return sweeps.remove_ended_sessions(now=timezone.now())


@shared_task
def remove_old_sign_ins() -> int:
    return sweeps.remove_old_sign_ins(now=timezone.now())
