"""A whole installation in one folder, and back again: database, files, and proof that all is there (Q44).

The keys are not in it: a stolen backup shows no identity number and no telephone. It carries a fingerprint of
each key, so that a restore under other keys is refused before anything is written.
"""

import hashlib
import json
import os
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction

from audit.chain import breaks
from audit.models import Block
from config.services.postgres import binaries
from config.services.programs import Obstacle
from infra.models import StoredFile

DUMP = "database.dump"
FILES = "files"
MANIFEST = "manifest.json"
_KEYS = ("FIELD_KEYS", "REPORTER_KEYS", "BLIND_INDEX_KEYS", "QUERY_CODE_KEYS", "AUDIT_KEYS")


class BadArchive(Obstacle):
    """An archive is not whole, does not fit here, or came back different; the message says which and how."""


@dataclass(frozen=True)
class Manifest:
    """What was saved; after a restore all of it must be found again."""

    version: str
    made_at: str
    dump_sha256: str
    # rows of each table, and the hash of each stored file by its path
    rows: Mapping[str, int]
    files: Mapping[str, str]
    # number and hash of the audit's last block
    audit_blocks: int
    audit_digest: str
    # setting and key id to a fingerprint that gives nothing of the key away
    keys: Mapping[str, str]


def save(folder: Path, *, now: datetime) -> Manifest:
    """Write everything into a new folder, as it stood at one moment, while the house goes on working.

    :raises BadArchive: if the folder is there, or a file that the database names is not
    """
    unfinished = folder.with_name(folder.name + ".unfinished")
    if folder.exists() or unfinished.exists():
        message = f"{folder} or {unfinished} is there already; name another folder."
        raise BadArchive(message)
    (unfinished / FILES).mkdir(mode=0o700, parents=True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        _run(
            "pg_dump", "--format=custom", f"--snapshot={cursor.fetchone()[0]}", f"--file={unfinished / DUMP}"
        )
        blocks, digest = _end_of_audit()
        manifest = Manifest(
            version=version(),
            made_at=now.isoformat(),
            dump_sha256=_sha256(unfinished / DUMP),
            rows=rows_of_tables(),
            files={stored.path: _copy_out(stored, unfinished) for stored in StoredFile.objects.iterator()},
            audit_blocks=blocks,
            audit_digest=digest,
            keys=_fingerprints(),
        )
    (unfinished / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
    unfinished.rename(folder)
    return manifest


def read(folder: Path) -> Manifest:
    """Return what an archive holds, checked against what lies in it and against this machine's keys.

    :raises BadArchive: if it is not whole, or was written under other keys
    """
    if not (folder / MANIFEST).is_file():
        message = f"{folder} is no backup: there is no {MANIFEST} in it."
        raise BadArchive(message)
    manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    if _sha256(folder / DUMP) != manifest.dump_sha256:
        message = f"{folder / DUMP} is damaged; take another backup."
        raise BadArchive(message)
    for path, digest in manifest.files.items():
        if _sha256(folder / FILES / path) != digest:
            message = f"{folder / FILES / path} is damaged; take another backup."
            raise BadArchive(message)
    here = _fingerprints()
    if missing := [name for name, fingerprint in manifest.keys.items() if here.get(name) != fingerprint]:
        message = (
            f"This backup was written under other keys ({', '.join(missing)}): "
            f"bring the old machine's keys.env to {settings.VAR / 'keys.env'} first."
        )
        raise BadArchive(message)
    return manifest


def restore(folder: Path, manifest: Manifest) -> None:
    """Fill an empty database and the file storage, and prove that all of it came back.

    :raises BadArchive: if the database is not empty, or something came back different
    """
    if rows_of_tables():
        message = "There is already a database here; a backup is restored into an empty installation only."
        raise BadArchive(message)
    _run(
        "pg_restore",
        "--no-owner",
        "--single-transaction",
        f"--dbname={_addresses()['PGDATABASE']}",
        str(folder / DUMP),
    )
    for path, digest in manifest.files.items():
        _copy_in(folder / FILES / path, path, digest)
    _refuse_difference("rows", manifest.rows, rows_of_tables())
    _refuse_difference("audit", (manifest.audit_blocks, manifest.audit_digest), _end_of_audit())
    if any(breaks()):
        message = "The audit's chain is broken after the restore; take another backup."
        raise BadArchive(message)


def rows_of_tables() -> dict[str, int]:
    """Return how many rows each table has; none in an empty database."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def version() -> str:
    """Return the product's version."""
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def _end_of_audit() -> tuple[int, str]:
    last = Block.objects.order_by("-number").first()
    return (last.number, bytes(last.digest).hex()) if last else (0, "")


def _copy_out(stored: StoredFile, archive: Path) -> str:
    """Copy a stored file into the archive. Return its hash."""
    if not default_storage.exists(stored.path):
        message = f"The stored file {stored.path} is missing from the storage; the backup would not be whole."
        raise BadArchive(message)
    target = archive / FILES / stored.path
    target.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with default_storage.open(stored.path) as source, target.open("wb") as copy:
        for chunk in source.chunks():
            found.update(chunk)
            copy.write(chunk)
    if found.hexdigest() != stored.sha256:
        message = f"The stored file {stored.path} is not what was stored; the backup would not be whole."
        raise BadArchive(message)
    return found.hexdigest()


def _copy_in(source: Path, path: str, digest: str) -> None:
    if not default_storage.exists(path):
        with source.open("rb") as content:
            default_storage.save(path, content)
    found = hashlib.sha256()
    with default_storage.open(path) as stored:
        for chunk in stored.chunks():
            found.update(chunk)
    if found.hexdigest() != digest:
        message = f"In the storage there is another {path} than in the backup."
        raise BadArchive(message)


def _refuse_difference(what: str, saved: object, found: object) -> None:
    if saved != found:
        message = f"The {what} came back different: {saved} were saved, {found} are here."
        raise BadArchive(message)


def _fingerprints() -> dict[str, str]:
    return {
        f"{name}:{key_id}": hashlib.sha256(b"which key is this? " + key).hexdigest()[:16]
        for name in _KEYS
        for key_id, key in getattr(settings, name).items()
    }


def _sha256(file: Path) -> str:
    if not file.is_file():
        return ""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _run(program: str, *arguments: str) -> None:
    command = [str(binaries() / program), "--no-password", *arguments]
    done = subprocess.run(command, env=os.environ | _addresses(), capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        message = f"{program} refuses: {done.stderr.strip().splitlines()[0]}"
        raise BadArchive(message)


def _addresses() -> dict[str, str]:
    """Return where the database is as PostgreSQL's programs read it: no password on a command line."""
    known = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    parameters = connection.get_connection_params()
    return {variable: str(parameters[name]) for name, variable in known.items() if parameters.get(name)}
