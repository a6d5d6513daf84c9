"""What grows and is to be cleared away. Safe to run twice, or in two places at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from infra import files
from infra.files import is_one_of_ours
from infra.local_settings import Setting, value_of
from infra.models import StoredFile, SweepRun

_BATCH = 200
# Cybersecurity Law Art 23(3): six months, whatever the district has set (protection §6)
_LEAST_SIGN_IN_LOG = timedelta(days=184)
# A run that found nothing proves for a month that it came, one that acted for as long as other logs.
_IDLE_RUNS_KEPT, _RUNS_KEPT = timedelta(days=30), timedelta(days=3 * 366)


def remove_loose_files(*, now: datetime) -> int:
    """Remove files that hang on nothing, after their days of grace: of drafts thrown away, or never attached.

    A file under quarantine still hangs on its petition and stays (Q18). Return how many rows were removed.
    """
    before = _days_ago(Setting.LOOSE_FILE_DAYS, now)
    removed = 0
    while batch := _remove_loose_batch(before):
        removed += batch
    return removed


@transaction.atomic(durable=True)
def _remove_loose_batch(before: datetime) -> int:
    """Remove the rows of one batch, and the files themselves once that is certain.

    A file whose removal did not happen any more has no row, and is found by `remove_nameless_files`.
    """
    loose = (
        StoredFile.objects.hanging_on_nothing()
        .filter(stored_at__lt=before)
        .order_by("stored_at", "pk")
        .select_for_update(skip_locked=True)
    )
    batch = list(loose[:_BATCH])
    files.remove(*batch)
    return len(batch)


def remove_nameless_files(*, now: datetime) -> int:
    """Remove files from the storage that no row names, after their days of grace. Return how many.

    They are left by an upload that was broken off after its bytes were written, or by a removal that was broken off
    before them. Whatever does not lie and is not called as the house does it is left alone, and everything is where the
    database knows of no file at all: it is then more likely the wrong one.
    """
    if not StoredFile.objects.exists():
        return 0
    before = _days_ago(Setting.LOOSE_FILE_DAYS, now)
    removed = 0
    for folder in _folders():
        paths = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
        known = set(StoredFile.objects.filter(path__startswith=f"{folder}/").values_list("path", flat=True))
        for path in sorted(filter(is_one_of_ours, paths - known)):
            if default_storage.get_modified_time(path) < before:
                default_storage.delete(path)
                removed += 1
    return removed


def _folders() -> Iterator[str]:
    """Yield the folder of each month there are files of."""
    for year in sorted(default_storage.listdir("")[0]):
        for month in sorted(default_storage.listdir(year)[0]):
            yield f"{year}/{month}"


def remove_ended_sessions(*, now: datetime) -> int:
    """Remove sessions whose time has passed. Return how many."""
    return _remove_all(Session.objects.filter(expire_date__lt=now))


def remove_old_sign_ins(*, now: datetime) -> int:
    """Remove what is known of tries to sign in and is older than the district keeps it. Return how many rows."""
    before = min(_days_ago(Setting.SIGN_IN_LOG_DAYS, now), now - _LEAST_SIGN_IN_LOG)
    return sum(
        _remove_all(table.objects.filter(attempt_time__lt=before))
        for table in (AccessAttempt, AccessFailureLog, AccessLog)
    )


def remove_old_sweep_runs(*, now: datetime) -> int:
    """Remove the record of runs that found nothing after weeks, of all others after years. Return how many rows."""
    idle = SweepRun.objects.filter(started_at__lt=now - _IDLE_RUNS_KEPT, seen=0, broken_by="")
    old = SweepRun.objects.filter(started_at__lt=now - _RUNS_KEPT)
    return _remove_all(idle) + _remove_all(old)


def _remove_all(rows: "models.QuerySet[Any]") -> int:
    """Remove rows, a batch at a time; what another run holds is left to it. Return how many."""
    removed = 0
    while batch := _remove_batch(rows):
        removed += batch
    return removed


@transaction.atomic(durable=True)
def _remove_batch(rows: "models.QuerySet[Any]") -> int:
    keys = list(rows.order_by("pk").select_for_update(skip_locked=True).values_list("pk", flat=True)[:_BATCH])
    rows.model.objects.filter(pk__in=keys).delete()
    return len(keys)


def _days_ago(setting: Setting, now: datetime) -> datetime:
    return now - timedelta(days=value_of(setting, on=timezone.localdate(now)))
