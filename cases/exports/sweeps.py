"""What the clock brings to exports: writing those that wait, and removing their files. Safe to run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from cases.actions.exports import HELD
from cases.exports.parts import take_file_from
from cases.exports.work import carry_on
from cases.models import ExportState, LedgerExport

# A file is kept so long after it was written (architecture, Jobs).
KEPT = timedelta(hours=24)
LONGEST_TURN = timedelta(minutes=4)


def carry_on_exports(*, clock: Callable[[], datetime]) -> int:
    """Write the exports that wait, one after the other, for one turn. Return how many."""
    carried = 0
    tried: set[UUID] = set()
    ends = clock() + LONGEST_TURN
    while clock() < ends and (export_id := _take_next(clock(), tried)) is not None:
        tried.add(export_id)
        carry_on(export_id, clock=clock)
        carried += 1
    return carried


@transaction.atomic(durable=True)
def _take_next(now: datetime, tried: set[UUID]) -> UUID | None:
    """Hold the export that has waited longest, so that no other worker begins with it as well."""
    waiting = LedgerExport.objects.waiting(now).exclude(pk__in=tried)
    export = waiting.select_for_update(skip_locked=True, no_key=True).first()
    if export is None:
        return None
    export.held_until_at = now + HELD
    export.save(update_fields=["held_until_at"])
    return export.pk


def remove_export_files(*, now: datetime) -> int:
    """Remove the files of exports that were written a day ago. Return how many."""
    old = LedgerExport.objects.filter(state=ExportState.DONE, finished_at__lt=now - KEPT)
    return sum(_remove(export_id, now) for export_id in list(old.values_list("pk", flat=True)))


@transaction.atomic(durable=True)
def _remove(export_id: UUID, now: datetime) -> int:
    held = LedgerExport.objects.select_for_update(skip_locked=True, of=("self",)).select_related("file")
    export = held.filter(pk=export_id, state=ExportState.DONE, finished_at__lt=now - KEPT).first()
    if export is None:
        return 0
    take_file_from(export, state=ExportState.REMOVED)
    return 1
