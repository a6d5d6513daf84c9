"""What the clock brings to loadings: carrying on those that wait, and removing their files. Safe to run twice."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.hats import actor_of
from audit.parts import record
from cases.actions.imports import HELD
from cases.imports.work import carry_on
from cases.models import ImportBatch, ImportState, Stop
from infra import files
from infra.models import StoredFile
from infra.turns import KEPT, carry_on_in_turn


def carry_on_imports(*, clock: Callable[[], datetime]) -> int:
    """Carry on the loadings that wait for the worker, one after the other, for one turn. Return how many."""

    def one(batch_id: UUID) -> None:
        carry_on(batch_id, clock=clock)
        _let_go(batch_id)

    return carry_on_in_turn(ImportBatch.objects.waiting, one, hold=HELD, clock=clock)


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
    had = [file_id for file_id in (batch.file_id, batch.rejects_id) if file_id is not None]
    batch.file, batch.rejects = None, None
    batch.sample, batch.unknown_places, batch.examples = [], {}, {}
    if batch.state in {ImportState.LOOKING, ImportState.TO_MATCH, ImportState.CHECKING, ImportState.CHECKED}:
        batch.state, batch.stopped_by = ImportState.STOPPED, Stop.EXPIRED
        record("import.stop", batch, by=actor_of(batch.asker), at=now, facts={"why": Stop.EXPIRED})
    shown = ["sample", "unknown_places", "examples"]
    batch.save(update_fields=["file", "rejects", "state", "stopped_by", *shown])
    files.remove(*StoredFile.objects.filter(pk__in=had))
    return 1
