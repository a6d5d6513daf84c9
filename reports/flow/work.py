"""What the worker does with an event log: fixes which petitions are in it, and writes them a thousand at a time.

Each thousand is read anew through what the hat sees now: what was sealed or went elsewhere since is left out.
"""

import secrets
import tempfile
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.core.files.base import File
from django.db.models import QuerySet
from django.utils import timezone

from accounts.hats import Hat, hat_of
from indicators import figures
from indicators.figures import Asked
from indicators.measures import Code
from indicators.models import Fact
from indicators.periods import Period
from lib.errors import OutOfTurn
from reports.flow import actions
from reports.flow.events import events_of
from reports.flow.writing import LOGS, CsvLog, XesLog, case_key
from reports.models import EventLog
from reports.permissions import may_take_log_out
from reports.states import LogForm

Clock = Callable[[], datetime]
MOST_CASES = 300_000
AT_ONCE = 1_000


def carry_on(log_id: UUID, *, clock: Clock) -> None:
    """Write a log that this worker holds, from its beginning to its end."""
    log = EventLog.objects.select_related("asker", "category").get(pk=log_id)
    hat = hat_of(log.asker, log.post_id, on=timezone.localdate(clock()))
    try:
        if hat is None or not may_take_log_out(hat):
            actions.stop_log(log_id, by=None, now=clock())
            return
        keys = list(scope_of(log, hat).order_by("registered_at", "pk")[: MOST_CASES + 1])
        if len(keys) > MOST_CASES:
            actions.stop_log(log_id, by=hat, now=clock())
            return
        _write(log, keys, hat, clock)
    except OutOfTurn:
        # Another worker was taken for the one to go on.
        return


def scope_of(log: EventLog, hat: Hat) -> QuerySet[Fact, UUID]:
    """Return the petitions a log is of, as far as a hat sees them."""
    asked = Asked(Period(log.since, log.until), category_path=log.category.path if log.category else "")
    return figures.cohort(Code.REGISTERED, asked, Fact.objects.visible_to(hat)).values_list(
        "petition", flat=True
    )


def _write(log: EventLog, keys: list[UUID], hat: Hat, clock: Clock) -> None:
    salt, written = secrets.token_hex(16), list[UUID]()
    with tempfile.TemporaryFile() as out:
        writer = LOGS[LogForm(log.form)](out)
        for start in range(0, len(keys), AT_ONCE):
            written += _write_some(writer, log, keys[start : start + AT_ONCE], hat, salt)
            actions.note_progress(log.pk, cases=len(keys), cases_done=len(written), by=hat, now=clock())
        writer.close()
        out.seek(0)
        name = f"{log.since}-{log.until}.{log.form}"
        actions.finish_log(log.pk, file=File(out, name=name), petitions=written, by=hat, now=clock())


def _write_some(writer: CsvLog | XesLog, log: EventLog, keys: list[UUID], hat: Hat, salt: str) -> list[UUID]:
    seen = set(scope_of(log, hat).filter(petition__in=keys))
    written = [key for key in keys if key in seen]
    cases = groupby(events_of(written), key=lambda event: event.petition_id)
    writer.write((case_key(petition, salt=salt), events) for petition, events in cases)
    return written
