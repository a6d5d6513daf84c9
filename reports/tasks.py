"""One line per sweep."""

from celery import shared_task

from infra.sweep_runs import Clock, Tally, on_record
from reports.flow import sweeps as logs
from reports.written import sweeps


@shared_task
@on_record
def draw_reports(clock: Clock, tally: Tally) -> int:
    return sweeps.draw_reports(now=clock(), tally=tally)


@shared_task
@on_record
def carry_on_logs(clock: Clock, _tally: Tally) -> int:
    return logs.carry_on_logs(clock=clock)


@shared_task
@on_record
def remove_log_files(clock: Clock, _tally: Tally) -> int:
    return logs.remove_log_files(now=clock())
