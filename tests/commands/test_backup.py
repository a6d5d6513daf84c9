"""A backup comes back equal in rows, files and audit, under the same keys, into an empty house (Q44)."""

import base64
import hashlib
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from audit import parts as audit
from audit.parts import Actor
from config import archive
from config.archive import BadArchive
from infra.models import StoredFile
from tests.commands.given import a_machine, manage

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CONTENT = "群众来信扫描件".encode()

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    storage = dict(settings.STORAGES["default"], OPTIONS={"location": tmp_path / "files", "base_url": None})
    settings.STORAGES = settings.STORAGES | {"default": storage}


def a_stored_file(path: str = "2026/letter.jpg") -> StoredFile:
    default_storage.save(path, ContentFile(CONTENT))
    stored = StoredFile.objects.create(
        path=path,
        name="来信.jpg",
        content_type="image/jpeg",
        size=len(CONTENT),
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        stored_at=NOW,
    )
    with transaction.atomic():
        audit.record("file.store", stored, by=Actor("test"), at=NOW)
    return stored


def another_machine(folder: Path) -> dict[str, str]:
    """Return an empty machine to which the keys of this one were brought."""
    names = ("FIELD_KEYS", "REPORTER_KEYS", "BLIND_INDEX_KEYS", "QUERY_CODE_KEYS", "AUDIT_KEYS")
    keys = {
        name: ",".join(f"{i}:{base64.b64encode(key).decode()}" for i, key in getattr(settings, name).items())
        for name in names
    }
    return a_machine(folder, **keys)


@pytest.mark.kill
def test_a_restored_installation_saves_the_same_rows_and_files_again(tmp_path):
    a_stored_file()
    saved = archive.save(tmp_path / "backup", now=NOW)
    machine = another_machine(tmp_path / "second")

    restored = manage(machine, "restore", str(tmp_path / "backup"))
    again = manage(machine, "backup", str(tmp_path / "again"))

    assert restored.returncode == 0, restored.stderr
    assert again.returncode == 0, again.stderr
    found = json.loads((tmp_path / "again" / archive.MANIFEST).read_text())
    assert found["rows"] == saved.rows
    assert found["rows"]["infra_storedfile"] == 1
    assert found["files"] == saved.files == {"2026/letter.jpg": hashlib.sha256(CONTENT).hexdigest()}
    assert (tmp_path / "second/files/2026/letter.jpg").read_bytes() == CONTENT


@pytest.mark.kill
def test_an_installation_that_is_not_empty_is_left_alone(tmp_path):
    archive.save(tmp_path / "backup", now=NOW)
    machine = another_machine(tmp_path / "second")
    manage(machine, "restore", str(tmp_path / "backup"))

    second = manage(machine, "restore", str(tmp_path / "backup"))

    assert second.returncode == 1
    assert "restored into an empty installation only" in second.stderr


def test_a_backup_under_other_keys_is_refused_before_anything_is_written(tmp_path):
    archive.save(tmp_path / "backup", now=NOW)

    done = manage(a_machine(tmp_path / "second"), "restore", str(tmp_path / "backup"))

    assert done.returncode == 1
    assert "was written under other keys" in done.stderr
    assert not (tmp_path / "second" / "postgres").exists()


def test_no_key_lies_in_a_backup(tmp_path):
    archive.save(tmp_path / "backup", now=NOW)

    words = (tmp_path / "backup" / archive.MANIFEST).read_text()

    for key in settings.FIELD_KEYS.values():
        assert key.hex() not in words
        assert base64.b64encode(key).decode() not in words
    assert not list((tmp_path / "backup").rglob("*.env"))


def test_a_damaged_dump_is_refused(tmp_path):
    archive.save(tmp_path / "backup", now=NOW)
    with (tmp_path / "backup" / archive.DUMP).open("ab") as dump:
        dump.write(b"x")

    with pytest.raises(BadArchive, match="is damaged"):
        archive.read(tmp_path / "backup")


def test_a_file_that_is_gone_stops_the_backup(tmp_path):
    stored = a_stored_file()
    default_storage.delete(stored.path)

    with pytest.raises(BadArchive, match="missing from the storage"):
        archive.save(tmp_path / "backup", now=NOW)

    assert not (tmp_path / "backup").exists()


def test_a_folder_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "backup").mkdir()

    with pytest.raises(BadArchive, match="name another folder"):
        archive.save(tmp_path / "backup", now=NOW)
