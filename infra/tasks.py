"""One line per sweep."""

from celery import shared_task

from audit.sweeps import close_block
from infra import sweeps
from infra.sweep_runs import Clock, Tally, know_all, on_record


@shared_task
@on_record
def close_audit_block(clock: Clock, _tally: Tally) -> int:
    return close_block(now=clock())


@shared_task
@on_record
def know_all_sweeps(clock: Clock, _tally: Tally) -> int:
    return know_all(now=clock())


@shared_task
@on_record
def remove_loose_files(clock: Clock, _tally: Tally) -> int:
    return sweeps.remove_loose_files(now=clock())


@shared_task
@on_record
def remove_nameless_files(clock: Clock, _tally: Tally) -> int:
    return sweeps.remove_nameless_files(now=clock())


@shared_task
@on_record
def remove_ended_sessions(clock: Clock, _tally: Tally) -> int:
    return sweeps.remove_ended_sessions(now=clock())


@shared_task
@on_record
def remove_old_sign_ins(clock: Clock, _tally: Tally) -> int:
    return sweeps.remove_old_sign_ins(now=clock())


@shared_task
@on_record
def remove_old_sweep_runs(clock: Clock, _tally: Tally) -> int:
    return sweeps.remove_old_sweep_runs(now=clock())
