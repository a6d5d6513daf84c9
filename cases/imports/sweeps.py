"""What the clock brings to loadings: carrying on those that wait, and removing their files. Safe to run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.hats import actor_of
from audit.parts import record
from cases.actions.imports import HELD
from cases.imports.work import LONGEST_TURN, carry_on
from cases.models import ImportBatch, ImportState, Stop
from infra.models import StoredFile

# A list and what was rejected of it are kept so long after the last thing that happened (architecture, Jobs).
KEPT = timedelta(hours=24)


def carry_on_imports(*, clock: Callable[[], datetime]) -> int:
    """Carry on the loadings that wait for the worker, one after the other, for one turn. Return how many."""
    carried = 0
    tried: set[UUID] = set()
    ends = clock() + LONGEST_TURN
    while clock() < ends and (batch_id := _take_next(clock(), tried)) is not None:
        tried.add(batch_id)
        carry_on(batch_id, clock=clock)
        _let_go(batch_id)
        carried += 1
    return carried


@transaction.atomic(durable=True)
def _take_next(now: datetime, tried: set[UUID]) -> UUID | None:
    """Hold the loading that has waited longest, so that no other worker begins with it as well."""
    waiting = ImportBatch.objects.waiting(now).exclude(pk__in=tried)
    batch = waiting.select_for_update(skip_locked=True, no_key=True).first()
    if batch is None:
        return None
    batch.held_until_at = now + HELD
    batch.save(update_fields=["held_until_at"])
    return batch.pk


@transaction.atomic(durable=True)
def _let_go(batch_id: UUID) -> None:
    ImportBatch.objects.filter(pk=batch_id).update(held_until_at=None)


def remove_import_files(*, now: datetime) -> int:
    """Remove the files of loadings that ended, or were left lying, a day ago. Return how many loadings had any."""
    old = ImportBatch.objects.filter(worked_at__lt=now - KEPT).exclude(file=None, rejects=None)
    ids = list(
        old.exclude(state__in=[ImportState.RUNNING, ImportState.WITHDRAWING]).values_list("pk", flat=True)
    )
    return sum(_remove_files(batch_id, now) for batch_id in ids)


@transaction.atomic(durable=True)
def _remove_files(batch_id: UUID, now: datetime) -> int:
    batch = ImportBatch.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=batch_id).first()
    if batch is None or batch.worked_at >= now - KEPT:
        return 0
    files = [file_id for file_id in (batch.file_id, batch.rejects_id) if file_id is not None]
    batch.file, batch.rejects = None, None
    batch.sample, batch.unknown_places, batch.examples = [], {}, {}
    if batch.state in {ImportState.LOOKING, ImportState.TO_MATCH, ImportState.CHECKING, ImportState.CHECKED}:
        batch.state, batch.stopped_by = ImportState.STOPPED, Stop.EXPIRED
        record("import.stop", batch, by=actor_of(batch.asker), at=now, facts={"why": Stop.EXPIRED})
    shown = ["sample", "unknown_places", "examples"]
    batch.save(update_fields=["file", "rejects", "state", "stopped_by", *shown])
    for file in StoredFile.objects.filter(pk__in=files):
        transaction.on_commit(partial(default_storage.delete, file.path))
    StoredFile.objects.filter(pk__in=files).delete()
    return 1
