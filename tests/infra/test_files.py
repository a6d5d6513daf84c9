"""Files are told by their bytes, drawn anew if they are pictures, and given out only to be saved."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageFile

from infra import files
from infra.models import StoredFile
from lib.errors import Refused
from tests.given import MONDAY


def an_upload(content: bytes, name: str = "a.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def a_picture(width: int = 4, height: int = 3, kind: str = "JPEG", **facts: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind, **facts)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\n", "application/pdf"),
        (b"ID3\x03" + b"\0" * 20, "audio/mpeg"),
        (b"#!AMR\n" + b"\0" * 20, "audio/amr"),
        (b"OggS" + b"\0" * 20, "audio/ogg"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/x-wav"),
        (b"\0\0\0\x1cftypM4A \0\0\0\0", "audio/m4a"),
    ],
)
def test_papers_and_recordings_are_kept_byte_by_byte(content, kind):
    checked = files.check(an_upload(content, "name says nothing.exe"))

    assert (checked.content_type, checked.content) == (kind, content)


@pytest.mark.parametrize(
    "content", [b"", b"plain text", b"PK\x03\x04" + b"\0" * 30, b"GIF89a" + b"\0" * 30, b"<svg/>"]
)
def test_what_is_not_on_the_list_is_refused(content):
    with pytest.raises(Refused):
        files.check(an_upload(content, "来信.pdf"))


def test_a_picture_lying_on_its_side_stands_upright_and_says_nothing_else():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "MARKER"

    checked = files.check(an_upload(a_picture(40, 30, exif=exif)))

    drawn = Image.open(io.BytesIO(checked.content))
    assert drawn.size == (30, 40)
    assert b"MARKER" not in checked.content
    assert not drawn.getexif()


def test_what_hangs_behind_a_picture_is_gone():
    checked = files.check(an_upload(a_picture() + b"<script>MARKER</script>"))

    assert b"MARKER" not in checked.content


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch):
    with pytest.raises(Refused):
        files.check(an_upload(a_picture(4, 3)), most_pixels=11)
    assert files.check(an_upload(a_picture(4, 3)), most_pixels=12).content

    def unpacked(_picture: Image.Image) -> None:
        raise AssertionError

    monkeypatch.setattr(ImageFile.ImageFile, "load", unpacked)
    for kind in ("JPEG", "PNG"):
        with pytest.raises(Refused):
            files.check(an_upload(a_picture(8000, 6000, kind)))


def test_a_file_too_large_is_refused(monkeypatch):
    monkeypatch.setitem(files._LIMITS, "application/pdf", 10)

    with pytest.raises(Refused):
        files.check(an_upload(b"%PDF-1.4 more than ten"))


@pytest.mark.django_db
def test_a_file_is_stored_with_its_hash_under_a_name_that_tells_nothing(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }

    with transaction.atomic():
        stored = files.store(files.check(an_upload(b"%PDF-1.4", "张大强.pdf")), now=MONDAY)

    assert StoredFile.objects.get().sha256 == stored.sha256
    assert "张大强" not in stored.path
    assert (tmp_path / stored.path).read_bytes() == b"%PDF-1.4"
