"""Taking a file in and giving it out: what kinds are taken, how large, and what is left of a picture."""

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO

import filetype
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from infra.models import StoredFile
from lib.errors import Refused
from lib.ids import uuid7
from lib.transactions import require_transaction

MEGABYTE = 1024 * 1024
MOST_PIXELS = 40_000_000
# of anybody at the public door: a phone's usual camera, and an eighth of a gigabyte unpacked at most
MOST_PIXELS_OF_ANYBODY = 16_000_000
# Pictures are drawn anew, so that place and device recorded in them are gone.
_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
_LIMITS = {
    "image/jpeg": 20 * MEGABYTE,
    "image/png": 20 * MEGABYTE,
    "application/pdf": 50 * MEGABYTE,
    "audio/mpeg": 50 * MEGABYTE,
    "audio/m4a": 50 * MEGABYTE,
    "audio/x-wav": 50 * MEGABYTE,
    "audio/amr": 50 * MEGABYTE,
    "audio/ogg": 50 * MEGABYTE,
}
# What Excel's files are told to be by their first bytes.
_LISTS = frozenset(
    {
        "application/zip",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/msword",
    }
)
_OLE2 = b"\xd0\xcf\x11\xe0"
# The same sound in a box that some telephones label as film.
_SAME_AS = {"video/mp4": "audio/m4a", "audio/mp4": "audio/m4a"}


# A folder for each month, and in it the file under its id.
_FOLDER = "%Y/%m"
_STORED = re.compile(r"\d{4}/\d{2}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its true kind and its bytes as they will be stored."""

    name: str
    content_type: str
    content: bytes


def check(upload: "File[bytes]", *, most_pixels: int = MOST_PIXELS) -> Checked:
    """Return the file with its kind told from its bytes, pictures drawn anew.

    How many pixels a picture has is read from its head, before it is unpacked: a few bytes may unpack into gigabytes.

    :raises Refused: if the kind is not taken, the file is too large, or a picture cannot be read
    """
    name = (upload.name or "file")[-200:]
    head = upload.read(8192)
    upload.seek(0)
    kind = filetype.guess_mime(head) or ""
    kind = _SAME_AS.get(kind, kind)
    limit = _LIMITS.get(kind)
    if limit is None:
        raise Refused(
            _(
                "“%(name)s” is not taken. Taken are pictures (JPG, PNG), PDF, and recordings (MP3, M4A, WAV, AMR, OGG)."
            )
            % {"name": name}
        )
    if (upload.size or 0) > limit:
        raise Refused(
            _("“%(name)s” is larger than %(limit)d MB.") % {"name": name, "limit": limit // MEGABYTE}
        )
    if kind in _PICTURES:
        content = _drawn_anew(upload, name, _PICTURES[kind], most_pixels)
    else:
        content = upload.read()
    return Checked(name, kind, content)


def _drawn_anew(upload: IO[bytes], name: str, picture_format: str, most_pixels: int) -> bytes:
    """Return a picture's pixels the right way up and nothing else that was in the file."""
    unreadable = Refused(_("The picture “%(name)s” cannot be read or is too large.") % {"name": name})
    try:
        picture = Image.open(upload)
        if picture.width * picture.height > most_pixels:
            raise unreadable
        upright = ImageOps.exif_transpose(picture)
        clean = Image.new("RGB", upright.size, "white")
        clean.paste(upright.convert("RGB"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise unreadable from error
    out = io.BytesIO()
    clean.save(out, picture_format, quality=88, optimize=True)
    return out.getvalue()


def store(checked: Checked, *, now: datetime) -> StoredFile:
    """Write a checked file to the storage and its row to the database.

    The bytes are written first: a row always has its file. A file whose row was rolled back stays unreachable.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("files.store")
    file_id = uuid7()
    path = default_storage.save(f"{now:{_FOLDER}}/{file_id}", ContentFile(checked.content))
    return StoredFile.objects.create(
        id=file_id,
        path=path,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        stored_at=now,
    )


def check_list(upload: "File[bytes]", *, most: int) -> None:
    """Refuse a file that is no list of text or of Excel by its first bytes, or is too large; it is read later.

    :raises Refused: naming the file
    """
    name = (upload.name or "file")[-200:]
    head = upload.read(8192)
    upload.seek(0)
    kind = filetype.guess_mime(head)
    if not head.strip() or not (kind is None or kind in _LISTS or head.startswith((b"PK\x03\x04", _OLE2))):
        raise Refused(
            _("“%(name)s” is no list that can be read. Taken are .xlsx, .xls, .csv and .jsonl.")
            % {"name": name}
        )
    if (upload.size or 0) > most:
        raise Refused(
            _("“%(name)s” is larger than %(limit)d MB.") % {"name": name, "limit": most // MEGABYTE}
        )


def store_as_it_is(upload: "File[bytes]", *, content_type: str, now: datetime) -> StoredFile:
    """Write a file to the storage as it came, piece by piece, and its row to the database.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("files.store_as_it_is")
    file_id = uuid7()
    digest, size = hashlib.sha256(), 0
    for piece in upload.chunks():
        digest.update(piece)
        size += len(piece)
    upload.seek(0)
    path = default_storage.save(f"{now:{_FOLDER}}/{file_id}", upload)
    return StoredFile.objects.create(
        id=file_id,
        path=path,
        name=(upload.name or "file")[-200:],
        content_type=content_type,
        size=size,
        sha256=digest.hexdigest(),
        stored_at=now,
    )


def remove(*files: StoredFile) -> None:
    """Remove files that nothing leads to any more: their rows now, their bytes with the commit.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("files.remove")
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()
    for file in files:
        transaction.on_commit(partial(default_storage.delete, file.path))


def is_one_of_ours(path: str) -> bool:
    """Test if a file of the storage lies where `store` puts files and is called as it calls them."""
    return _STORED.fullmatch(path) is not None


def download(file: StoredFile) -> FileResponse:
    """Return the file as something to save, never to run. Who may have it was asked before."""
    return _to_save(default_storage.open(file.path), file.name, file.content_type)


def hand_out(made: Checked) -> FileResponse:
    """Return what was made for this answer alone as something to save, never to run."""
    return _to_save(io.BytesIO(made.content), made.name, made.content_type)


def _to_save(content: IO[bytes], name: str, content_type: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
