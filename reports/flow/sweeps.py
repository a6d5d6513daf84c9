"""What the clock brings to event logs: writing those that wait, and removing their files. Safe to run twice."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from infra.turns import KEPT, carry_on_in_turn
from reports.flow.actions import HELD
from reports.flow.parts import take_file_from
from reports.flow.work import carry_on
from reports.models import EventLog
from reports.states import LogState


def carry_on_logs(*, clock: Callable[[], datetime]) -> int:
    """Write the logs that wait, one after the other, for one turn. Return how many."""
    return carry_on_in_turn(EventLog.objects.waiting, partial(carry_on, clock=clock), hold=HELD, clock=clock)


def remove_log_files(*, now: datetime) -> int:
    """Remove the files of logs that were written a day ago. Return how many."""
    old = EventLog.objects.filter(state=LogState.DONE, finished_at__lt=now - KEPT)
    return sum(_remove(log_id, now) for log_id in list(old.values_list("pk", flat=True)))


@transaction.atomic(durable=True)
def _remove(log_id: UUID, now: datetime) -> int:
    held = EventLog.objects.select_for_update(skip_locked=True, of=("self",)).select_related("file")
    log = held.filter(pk=log_id, state=LogState.DONE, finished_at__lt=now - KEPT).first()
    if log is None:
        return 0
    take_file_from(log, state=LogState.REMOVED)
    return 1
