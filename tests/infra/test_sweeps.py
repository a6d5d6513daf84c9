"""What grows is cleared away: loose files after their days of grace, ended sessions, old tries to sign in."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.roles import Role
from assignments.models import AssignmentMove
from cases.actions.attachments import add_to_draft, add_to_petition, quarantine, remove_from_draft
from cases.actions.drafts import discard_draft, save_draft
from cases.models import Attachment
from cases.states import AttachmentKind
from infra import files, sweeps
from infra.models import LocalSetting, StoredFile
from lib.ids import uuid7
from tests.cases.given import a_petition
from tests.given import MONDAY, a_hat
from tests.leadership.given import issued, replied

pytestmark = pytest.mark.django_db

WITHIN_GRACE, AFTER_GRACE = MONDAY + timedelta(days=6), MONDAY + timedelta(days=8)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }
    return tmp_path


def a_checked_file() -> files.Checked:
    return files.check(SimpleUploadedFile("来信.pdf", b"%PDF-1.4"))


def a_loose_file(now: datetime = MONDAY) -> StoredFile:
    with transaction.atomic():
        return files.store(a_checked_file(), now=now)


def a_nameless_file(of: datetime, name: str = "") -> str:
    """Put a file into the storage that no row names, as an upload broken off leaves it."""
    path = default_storage.save(f"{of:%Y/%m}/{name or uuid7()}", ContentFile(b"x"))
    os.utime(default_storage.path(path), (of.timestamp(), of.timestamp()))
    return path


def a_draft_with_a_file(by) -> Attachment:
    draft = save_draft(
        uuid4(), content={}, received_at=MONDAY, seals=False, seen_version=0, by=by, now=MONDAY
    )
    return add_to_draft(draft.pk, file=a_checked_file(), kind=AttachmentKind.SCAN, by=by, now=MONDAY)


def test_the_file_of_a_draft_thrown_away_is_removed_after_its_grace(django_capture_on_commit_callbacks):
    registrar = a_hat(Role.REGISTRAR)
    attachment = a_draft_with_a_file(registrar)
    discard_draft(attachment.draft_id, by=registrar, now=MONDAY)

    with django_capture_on_commit_callbacks(execute=True):
        early = sweeps.remove_loose_files(now=WITHIN_GRACE)
    stood = default_storage.exists(attachment.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        removed = sweeps.remove_loose_files(now=AFTER_GRACE)

    assert (early, stood, removed) == (0, True, 1)
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(attachment.file.path)


def test_a_file_leaves_the_storage_only_once_its_row_is_gone_for_good():
    file = a_loose_file()

    sweeps.remove_loose_files(now=AFTER_GRACE)

    assert default_storage.exists(file.path)


def test_files_of_petitions_and_drafts_stay_and_so_do_those_taken_off_or_under_quarantine(
    django_capture_on_commit_callbacks,
):
    registrar, head = a_hat(Role.REGISTRAR), a_hat(Role.SECTION_HEAD)
    taken_off = a_draft_with_a_file(registrar)
    remove_from_draft(taken_off.draft_id, taken_off.pk, by=registrar, now=MONDAY)
    petition = a_petition(registrar)
    shut_away = add_to_petition(
        petition.pk, file=a_checked_file(), kind=AttachmentKind.SCAN, by=registrar, now=MONDAY
    )
    quarantine(petition.pk, shut_away.pk, reason="别人的身份证", by=head, now=MONDAY)

    with django_capture_on_commit_callbacks(execute=True):
        removed = sweeps.remove_loose_files(now=AFTER_GRACE)

    assert removed == 0
    assert all(default_storage.exists(file.path) for file in StoredFile.objects.all())
    assert StoredFile.objects.count() == 2


def test_a_file_stays_also_where_nothing_leads_back_from_it():
    case, slip = issued()
    replied(case, slip, file=a_checked_file())
    shown = AssignmentMove.objects.exclude(file=None).get()

    removed = sweeps.remove_loose_files(now=AFTER_GRACE)

    assert removed == 0
    assert StoredFile.objects.filter(pk=shown.file_id).exists()


def test_many_loose_files_go_in_batches_and_a_second_run_finds_none(monkeypatch):
    monkeypatch.setattr(sweeps, "_BATCH", 2)
    for _ in range(5):
        a_loose_file()

    assert sweeps.remove_loose_files(now=AFTER_GRACE) == 5
    assert sweeps.remove_loose_files(now=AFTER_GRACE) == 0


def test_the_district_sets_the_grace(django_capture_on_commit_callbacks):
    LocalSetting.objects.create(key="loose_file_days", value=30, valid_from=MONDAY.date(), basis="办公会")
    a_loose_file()

    assert sweeps.remove_loose_files(now=AFTER_GRACE) == 0
    assert sweeps.remove_loose_files(now=MONDAY + timedelta(days=31)) == 1


def test_bytes_without_a_row_are_removed_after_their_grace_and_nothing_else_is():
    known = a_loose_file()
    os.utime(default_storage.path(known.path), (0, 0))
    left_behind = a_nameless_file(MONDAY)
    fresh = a_nameless_file(AFTER_GRACE)
    somebody_elses = a_nameless_file(MONDAY, "readme.txt")

    removed = sweeps.remove_nameless_files(now=AFTER_GRACE)

    assert removed == 1
    assert [default_storage.exists(path) for path in (known.path, left_behind, fresh, somebody_elses)] == [
        *(True, False, True, True)
    ]


def test_with_a_database_that_knows_no_file_the_storage_is_left_alone():
    left_behind = a_nameless_file(MONDAY)

    assert sweeps.remove_nameless_files(now=AFTER_GRACE) == 0
    assert default_storage.exists(left_behind)


def test_only_sessions_that_have_ended_are_removed(monkeypatch):
    monkeypatch.setattr(sweeps, "_BATCH", 2)
    for number in range(5):
        Session.objects.create(session_key=f"old-{number}", expire_date=MONDAY - timedelta(seconds=1))
    Session.objects.create(session_key="new", expire_date=MONDAY)

    assert sweeps.remove_ended_sessions(now=MONDAY) == 5
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def a_try_to_sign_in(table, at: datetime) -> None:
    facts = {"failures_since_start": 1} if table is AccessAttempt else {}
    row = table.objects.create(username=f"u{at:%Y%m%d}", user_agent="x", path_info="/sign-in/", **facts)
    table.objects.filter(pk=row.pk).update(attempt_time=at)


@pytest.mark.parametrize("table", [AccessAttempt, AccessFailureLog, AccessLog])
def test_tries_to_sign_in_are_kept_three_years(table):
    a_try_to_sign_in(table, MONDAY - timedelta(days=3 * 366 + 1))
    a_try_to_sign_in(table, MONDAY - timedelta(days=3 * 366 - 1))

    assert sweeps.remove_old_sign_ins(now=MONDAY) == 1
    assert table.objects.get().attempt_time == MONDAY - timedelta(days=3 * 366 - 1)


def test_tries_to_sign_in_are_kept_six_months_whatever_the_district_sets():
    LocalSetting.objects.create(key="sign_in_log_days", value=1, valid_from=MONDAY.date(), basis="办公会")
    a_try_to_sign_in(AccessFailureLog, MONDAY - timedelta(days=183))
    a_try_to_sign_in(AccessFailureLog, MONDAY - timedelta(days=185))

    assert sweeps.remove_old_sign_ins(now=MONDAY) == 1
