"""What the clock brings to exports: writing those that wait, and removing their files. Safe to run twice."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from cases.actions.exports import HELD
from cases.exports.parts import take_file_from
from cases.exports.work import carry_on
from cases.models import ExportState, LedgerExport
from infra.turns import KEPT, carry_on_in_turn


def carry_on_exports(*, clock: Callable[[], datetime]) -> int:
    """Write the exports that wait, one after the other, for one turn. Return how many."""
    return carry_on_in_turn(
        LedgerExport.objects.waiting, partial(carry_on, clock=clock), hold=HELD, clock=clock
    )


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
