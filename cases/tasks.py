"""One line per sweep."""

from celery import shared_task

from cases import sweeps
from cases.dossiers import sweeps as dossiers
from cases.exports import sweeps as exports
from cases.imports import sweeps as imports
from cases.reconciling.work import read_lists
from cases.reminding import sweeps as reminding
from infra.sweep_runs import Clock, Tally, on_record


@shared_task
@on_record
def give_waiting_to_the_lane(clock: Clock, tally: Tally) -> int:
    return sweeps.give_waiting_to_the_lane(now=clock(), tally=tally)


@shared_task
@on_record
def tell_of_waiting_drafts(clock: Clock, _tally: Tally) -> int:
    return sweeps.tell_of_waiting_drafts(now=clock())


@shared_task
@on_record
def deem_received(clock: Clock, tally: Tally) -> int:
    return sweeps.deem_received(now=clock(), tally=tally)


@shared_task
@on_record
def presume_handling(clock: Clock, tally: Tally) -> int:
    return sweeps.presume_handling(now=clock(), tally=tally)


@shared_task
@on_record
def lapse_objections(clock: Clock, tally: Tally) -> int:
    return sweeps.lapse_objections(now=clock(), tally=tally)


@shared_task
@on_record
def sample_keeps(clock: Clock, _tally: Tally) -> int:
    return sweeps.sample_keeps(now=clock())


@shared_task
@on_record
def put_objections_before_heads(clock: Clock, tally: Tally) -> int:
    return sweeps.put_objections_before_heads(now=clock(), tally=tally)


@shared_task
@on_record
def carry_on_imports(clock: Clock, _tally: Tally) -> int:
    return imports.carry_on_imports(clock=clock)


@shared_task
@on_record
def remove_import_files(clock: Clock, _tally: Tally) -> int:
    return imports.remove_import_files(now=clock())


@shared_task
@on_record
def read_superiors_lists(clock: Clock, _tally: Tally) -> int:
    return read_lists(clock=clock)


@shared_task
@on_record
def carry_on_exports(clock: Clock, _tally: Tally) -> int:
    return exports.carry_on_exports(clock=clock)


@shared_task
@on_record
def remove_export_files(clock: Clock, _tally: Tally) -> int:
    return exports.remove_export_files(now=clock())


@shared_task
@on_record
def bind_dossiers(clock: Clock, _tally: Tally) -> int:
    return dossiers.bind_dossiers(clock=clock)


@shared_task
@on_record
def remove_dossiers(clock: Clock, _tally: Tally) -> int:
    return dossiers.remove_dossiers(now=clock())


@shared_task
@on_record
def remind_of_periods(clock: Clock, tally: Tally) -> int:
    return reminding.remind_of_periods(now=clock(), tally=tally)
