"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from audit.sweeps import close_block
from infra import sweeps
from infra.sweep_runs import Tally, know_all, on_record


@shared_task
@on_record
def close_audit_block(_tally: Tally) -> int:
    return close_block(now=timezone.now())


@shared_task
@on_record
def know_all_sweeps(_tally: Tally) -> int:
    return know_all(now=timezone.now())


@shared_task
@on_record
def remove_loose_files(_tally: Tally) -> int:
    return sweeps.remove_loose_files(now=timezone.now())


@shared_task
@on_record
def remove_nameless_files(_tally: Tally) -> int:
    return sweeps.remove_nameless_files(now=timezone.now())


@shared_task
@on_record
def remove_ended_sessions(_tally: Tally) -> int:
    return sweeps.remove_ended_sessions(now=timezone.now())


@shared_task
@on_record
def remove_old_sign_ins(_tally: Tally) -> int:
    return sweeps.remove_old_sign_ins(now=timezone.now())


@shared_task
@on_record
def remove_old_sweep_runs(_tally: Tally) -> int:
    return sweeps.remove_old_sweep_runs(now=timezone.now())
