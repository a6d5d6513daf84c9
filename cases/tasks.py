"""One line per sweep."""

from celery import shared_task
from django.utils import timezone

from cases import sweeps
from cases.exports import sweeps as exports
from cases.imports import sweeps as imports
from cases.reconciling.work import read_lists


@shared_task
def give_waiting_to_the_lane() -> int:
    return sweeps.give_waiting_to_the_lane(now=timezone.now())


@shared_task
def tell_of_waiting_drafts() -> int:
    return sweeps.tell_of_waiting_drafts(now=timezone.now())


@shared_task
def deem_received() -> int:
    return sweeps.deem_received(now=timezone.now())


@shared_task
def presume_handling() -> int:
    return sweeps.presume_handling(now=timezone.now())


@shared_task
def lapse_objections() -> int:
    return sweeps.lapse_objections(now=timezone.now())


@shared_task
def sample_keeps() -> int:
    return sweeps.sample_keeps(now=timezone.now())


@shared_task
def put_objections_before_heads() -> int:
    return sweeps.put_objections_before_heads(now=timezone.now())


@shared_task
def carry_on_imports() -> int:
    return imports.carry_on_imports(clock=timezone.now)


@shared_task
def remove_import_files() -> int:
    return imports.remove_import_files(now=timezone.now())


@shared_task
def read_superiors_lists() -> int:
    return read_lists(clock=timezone.now)


@shared_task
def carry_on_exports() -> int:
    return exports.carry_on_exports(clock=timezone.now)


@shared_task
def remove_export_files() -> int:
    return exports.remove_export_files(now=timezone.now())
