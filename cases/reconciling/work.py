"""What the worker does with a superior's list: reads it outside any transaction, and has it compared in one (Q43).

Killed in between it has written nothing, and the next worker begins anew; of two that read the same list one is too
late and stops.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.hats import Hat, hat_of
from cases.actions import reconciling
from cases.models import ReconciledRow, Reconciliation, ReconciliationStop
from cases.reconciling.columns import Column, columns_of, is_known
from cases.reconciling.rows import read_row
from lib.errors import NotAllowed, OutOfTurn, Unknown
from lib.tables.limits import Unreadable
from lib.tables.reading import Table, open_table

Clock = Callable[[], datetime]
# A year of a large district has some thousands; so many are compared in one transaction of seconds.
MOST_ROWS = 20_000


class _Stopped(Exception):  # noqa: N818 - what is the case with the list
    def __init__(self, stop: ReconciliationStop) -> None:
        super().__init__(stop)
        self.stop = stop


def read_lists(*, clock: Clock) -> int:
    """Read and compare the lists that wait, one after the other. Return how many. Safe to run twice."""
    waiting = list(Reconciliation.objects.to_read().values_list("pk", flat=True))
    for reconciliation_id in waiting:
        _read_and_compare(reconciliation_id, clock)
    return len(waiting)


def _read_and_compare(reconciliation_id: UUID, clock: Clock) -> None:
    reconciliation = Reconciliation.objects.select_related("file", "uploader").get(pk=reconciliation_id)
    if not reconciliation.is_being_read:
        return
    try:
        by = _uploader(reconciliation, clock())
        columns, rows = _read(reconciliation)
        reconciling.compare_list(reconciliation_id, columns=columns, rows=rows, by=by, now=clock())
    except OutOfTurn:
        # Somebody else read it, or it was thrown away.
        return
    except Unreadable as unreadable:
        _stop(
            reconciliation_id, ReconciliationStop(unreadable.fault.value), clock, unreadable.facts.get("line")
        )
    except _Stopped as stopped:
        _stop(reconciliation_id, stopped.stop, clock)
    except (NotAllowed, Unknown):
        _stop(reconciliation_id, ReconciliationStop.NOT_ALLOWED, clock)


def _stop(reconciliation_id: UUID, stop: ReconciliationStop, clock: Clock, line: int | None = None) -> None:
    try:
        reconciling.stop_reconciliation(reconciliation_id, stop=stop, line=line, by=None, now=clock())
    except OutOfTurn:
        # Thrown away meanwhile.
        return


def _uploader(reconciliation: Reconciliation, now: datetime) -> Hat:
    """Return the hat of whoever uploaded the list, if he still wears it; whether it still may, the deed asks."""
    hat = hat_of(reconciliation.uploader, reconciliation.post_id, on=timezone.localdate(now))
    if hat is None:
        raise _Stopped(ReconciliationStop.NOT_ALLOWED)
    return hat


def _read(reconciliation: Reconciliation) -> tuple[dict[str, str], list[ReconciledRow]]:
    file = reconciliation.file
    if file is None:
        raise _Stopped(ReconciliationStop.NOT_A_LIST)
    with (
        default_storage.open(file.path) as opened,
        open_table(opened, known=is_known, size=file.size) as table,
    ):
        return _rows(table)


def _rows(table: Table) -> tuple[dict[str, str], list[ReconciledRow]]:
    headings = columns_of(table.columns)
    if Column.NUMBER not in headings:
        raise _Stopped(ReconciliationStop.NO_NUMBERS)
    rows: list[ReconciledRow] = []
    for row in table.rows():
        if len(rows) == MOST_ROWS:
            raise _Stopped(ReconciliationStop.TOO_MANY_ROWS)
        rows.append(read_row(row, headings))
    return headings, rows
