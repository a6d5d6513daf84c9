"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from cases import sweeps
from cases.exports import sweeps as exports
from cases.imports import sweeps as imports
from cases.reconciling.work import read_lists
from cases.reminding import sweeps as reminding
from infra.sweep_runs import Tally, on_record


@shared_task
@on_record
def give_waiting_to_the_lane(tally: Tally) -> int:
    return sweeps.give_waiting_to_the_lane(now=timezone.now(), tally=tally)


@shared_task
@on_record
def tell_of_waiting_drafts(_tally: Tally) -> int:
    return sweeps.tell_of_waiting_drafts(now=timezone.now())


@shared_task
@on_record
def deem_received(tally: Tally) -> int:
    return sweeps.deem_received(now=timezone.now(), tally=tally)


@shared_task
@on_record
def presume_handling(tally: Tally) -> int:
    return sweeps.presume_handling(now=timezone.now(), tally=tally)


@shared_task
@on_record
def lapse_objections(tally: Tally) -> int:
    return sweeps.lapse_objections(now=timezone.now(), tally=tally)


@shared_task
@on_record
def sample_keeps(_tally: Tally) -> int:
    return sweeps.sample_keeps(now=timezone.now())


@shared_task
@on_record
def put_objections_before_heads(tally: Tally) -> int:
    return sweeps.put_objections_before_heads(now=timezone.now(), tally=tally)


@shared_task
@on_record
def carry_on_imports(_tally: Tally) -> int:
    return imports.carry_on_imports(clock=timezone.now)


@shared_task
@on_record
def remove_import_files(_tally: Tally) -> int:
    return imports.remove_import_files(now=timezone.now())


@shared_task
@on_record
def read_superiors_lists(_tally: Tally) -> int:
    return read_lists(clock=timezone.now)


@shared_task
@on_record
def carry_on_exports(_tally: Tally) -> int:
    return exports.carry_on_exports(clock=timezone.now)


@shared_task
@on_record
def remove_export_files(_tally: Tally) -> int:
    return exports.remove_export_files(now=timezone.now())


@shared_task
@on_record
def remind_of_periods(tally: Tally) -> int:
    return reminding.remind_of_periods(now=timezone.now(), tally=tally)
