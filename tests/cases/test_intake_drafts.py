"""Drafts and papers at the window: parked, resumed and saved by the page; files and originals taken in."""

import io
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.roles import Role
from audit.models import Entry
from cases.actions.drafts import save_draft
from cases.actions.notes import return_original, take_original
from cases.models import Attachment, Draft, Original, Petition
from infra.models import StoredFile
from lib.errors import OutOfTurn
from tests.cases.browsers import Browser, typed
from tests.cases.given import a_petition
from tests.given import MONDAY, SHANGHAI, a_hat

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def own_folder_for_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


def a_photo(name: str = "现场.jpg", **more: object) -> SimpleUploadedFile:
    """Make a picture that carries where and with what it was taken."""
    picture = Image.new("RGB", (40, 30), "red")
    exif = Image.Exif()
    exif[0x010F] = "MARKER-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (37.0, 31.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "PNG" if name.endswith("png") else "JPEG", exif=exif)
    assert b"MARKER-CAMERA" in out.getvalue()
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg", **more)


def attach_to_draft(browser: Browser, draft: UUID, upload: SimpleUploadedFile, **facts: object):
    return browser.send("cases:draft", draft, do="attach", kind="photo", upload=upload, **typed(**facts))


# Drafts


def test_q31_several_drafts_are_parked_and_taken_up_again(registrar):
    first, second = uuid4(), uuid4()

    parked = registrar.send("cases:draft", first, do="park", **typed(title="第一件"))
    registrar.send("cases:draft", second, do="park", **typed(title="第二件"))
    listed = registrar.get(parked.url).content.decode()

    assert parked.url == reverse("cases:drafts")
    assert "第一件" in listed and "第二件" in listed
    assert "第二件" in registrar.open("cases:draft", second).content.decode()
    assert not Petition.objects.exists()


def test_q6_a_draft_of_somebody_else_answers_as_one_that_never_was(registrar, sign_in):
    draft = uuid4()
    registrar.send("cases:draft", draft, do="park", **typed(title="第一件"))
    colleague = sign_in(a_hat(Role.REGISTRAR))

    listed = colleague.open("cases:drafts").content.decode()
    opened, never_was = colleague.open("cases:draft", draft), colleague.open("cases:draft", uuid4())
    saved = colleague.send("cases:draft", draft, do="save", **typed(title="改掉", seen_version="1"))

    assert "第一件" not in listed + opened.content.decode()
    assert opened.status_code == never_was.status_code == 404
    assert saved.status_code == 404
    assert "第一件" in registrar.open("cases:draft", draft).content.decode()


def test_q6_a_form_that_was_sealed_by_registering_is_no_new_form_any_more(registrar):
    begun = registrar.open("cases:intake").url
    opened = registrar.get(begun).status_code

    registrar.post(
        begun,
        {"hat": registrar.hat.key, "do": "register"}
        | typed(purpose="report_accusation", reported_kind="person", reported_name="某某"),
    )

    assert Petition.objects.get().sealed
    assert (opened, registrar.get(begun).status_code) == (200, 404)


def test_a_text_longer_than_its_field_stays_whole_and_is_refused_in_words(registrar):
    draft, long = uuid4(), "永宁花园办证" * 50
    registrar.send("cases:draft", draft, do="save", **typed(title=long))

    again = registrar.open("cases:draft", draft).content.decode()
    refused = registrar.send("cases:draft", draft, do="register", **typed(title=long, seen_version="1"))

    assert f'value="{long}"' in again and "maxlength" not in again
    assert refused.status_code == 422
    assert f'value="{long}"' in refused.content.decode()
    assert refused.context["form"].main.errors["title"] == ["最多 120 个字，现在是 300 个字。"]


def test_a_draft_thrown_away_is_gone(registrar):
    draft = uuid4()
    registrar.send("cases:draft", draft, do="park", **typed())

    registrar.send("cases:discard", draft)

    assert not Draft.objects.exists()


def test_autosave_answers_with_the_version_that_the_next_save_names(registrar):
    draft = uuid4()

    first = registrar.send("cases:autosave", draft, **typed())
    second = registrar.send("cases:autosave", draft, **typed(seen_version="1", title="改好的"))

    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert first.json()["sealed"] is False
    assert "改好的" in registrar.open("cases:draft", draft).content.decode()


def test_q32_an_older_window_is_told_and_overwrites_nothing(registrar):
    draft = uuid4()
    registrar.send("cases:autosave", draft, **typed())
    registrar.send("cases:autosave", draft, **typed(seen_version="1", title="新窗口"))

    by_script = registrar.send("cases:autosave", draft, **typed(seen_version="1", title="旧窗口"))
    by_hand = registrar.send("cases:draft", draft, do="save", **typed(seen_version="1", title="旧窗口"))

    assert (by_script.status_code, by_script.json()["code"]) == (409, "stale")
    assert by_hand.status_code == 409
    assert "旧窗口" in by_hand.content.decode()
    assert "新窗口" in registrar.open("cases:draft", draft).content.decode()


def test_a_late_autosave_does_not_bring_a_registered_form_back(registrar):
    draft = uuid4()
    registrar.send("cases:draft", draft, do="register", **typed())

    late = registrar.send("cases:autosave", draft, **typed(seen_version="0"))

    assert late.status_code == 409
    assert not Draft.objects.exists()


def test_the_deadlines_are_previewed_for_the_day_typed(registrar):
    page = registrar.send("cases:deadlines_preview", uuid4(), **typed(received_at="2026-03-02 09:30"))

    assert [shown.reckoning.last_day for shown in page.context["deadlines"]] == [
        date(2026, 3, 17),
        date(2026, 3, 6),
    ]
    assert not Draft.objects.exists()


def test_a_draft_waiting_past_its_alarm_says_so_in_the_list(registrar):
    save_draft(
        uuid4(),
        content={"title": ["放了很久"]},
        received_at=datetime(2026, 2, 24, 9, tzinfo=SHANGHAI),
        seals=False,
        seen_version=0,
        by=registrar.hat,
        now=datetime(2026, 2, 24, 9, tzinfo=SHANGHAI),
    )

    page = registrar.open("cases:drafts").content.decode()

    assert "放了很久" in page
    assert "alert-circle" in page


# Files


@pytest.mark.parametrize("name", ["现场.jpg", "现场.png"])
def test_a_picture_loses_where_and_with_what_it_was_taken(registrar, name):
    draft = uuid4()

    attach_to_draft(registrar, draft, a_photo(name))
    registrar.send("cases:draft", draft, do="register", **typed(seen_version="1"))

    petition = Petition.objects.get()
    attachment = Attachment.objects.get(petition=petition)
    content = b"".join(registrar.open("cases:file", petition.pk, attachment.pk).streaming_content)
    assert attachment.file.name == name
    assert b"MARKER-CAMERA" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_pdf_is_kept_as_it_came(registrar):
    draft = uuid4()

    attach_to_draft(registrar, draft, SimpleUploadedFile("来信.pdf", PDF))

    assert StoredFile.objects.get().size == len(PDF)
    assert "来信.pdf" in registrar.open("cases:draft", draft).content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"MZ\x90\x00" + b"\x00" * 200),
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("photo.jpg", b"<html>not a picture</html>"),
        ("broken.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
    ],
)
def test_what_is_no_picture_paper_or_recording_is_refused_with_the_text_kept(registrar, name, content):
    page = attach_to_draft(registrar, uuid4(), SimpleUploadedFile(name, content))

    assert page.status_code == 422
    assert name in page.content.decode()
    assert "2013 年买的房" in page.content.decode()
    assert not StoredFile.objects.exists()


def test_a_file_taken_off_a_draft_is_not_registered(registrar):
    draft = uuid4()
    attach_to_draft(registrar, draft, a_photo())

    registrar.send("cases:detach", draft, Attachment.objects.get().pk)
    registrar.send("cases:draft", draft, do="register", **typed(seen_version="1"))

    assert not Petition.objects.get().attachments.filter(removed_at=None).exists()


def test_a_file_of_somebody_elses_draft_is_neither_added_nor_taken_off(registrar, sign_in):
    draft = uuid4()
    attach_to_draft(registrar, draft, a_photo())
    colleague = sign_in(a_hat(Role.REGISTRAR))

    taken_off = colleague.send("cases:detach", draft, Attachment.objects.get().pk)
    added = attach_to_draft(colleague, draft, a_photo("别的.jpg"), seen_version="1")

    assert (taken_off.status_code, added.status_code) == (404, 404)
    assert Attachment.objects.get().removed_at is None


# Originals


def test_q31_an_original_is_taken_in_and_given_back_once():
    clerk = a_hat(Role.REGISTRAR)
    petition = a_petition(clerk)

    original = take_original(petition.pk, what="购房合同原件", sheets=12, by=clerk, now=MONDAY)
    given_back = return_original(petition.pk, original.pk, by=clerk, now=MONDAY)
    with pytest.raises(OutOfTurn):
        return_original(petition.pk, original.pk, by=clerk, now=MONDAY)

    assert (given_back.received_by, given_back.returned_by) == (clerk.post, clerk.post)
    verbs = Entry.objects.about(petition).filter(verb__startswith="petition.original")
    assert sorted(verbs.values_list("verb", flat=True)) == [
        "petition.original_returned",
        "petition.original_taken",
    ]


def test_q31_an_original_stands_on_the_case_until_it_is_given_back(registrar):
    petition = a_petition(registrar.hat)

    registrar.send("cases:deed", petition.pk, "take-original", what="购房合同原件", sheets="12")
    original = Original.objects.get()
    give_back = reverse("cases:deed", args=[petition.pk, "return-original"])
    with_it = registrar.open("cases:petition", petition.pk).content.decode()
    registrar.post(give_back, {"hat": registrar.hat.key, "original": str(original.pk)})
    without = registrar.open("cases:petition", petition.pk).content.decode()

    assert "购房合同原件" in with_it and give_back in with_it
    assert "购房合同原件" in without and give_back not in without
