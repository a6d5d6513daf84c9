"""Registering in a browser without a script: nothing typed is ever lost, nothing is registered twice."""

import io
import re
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions.drafts import save_draft
from cases.actions.notes import return_original, take_original
from cases.models import Attachment, Draft, Original, Petition, Petitioner, QueryCode, Reporter
from cases.states import STAT_GROUP_OF, Channel, Purpose, StatGroup
from infra.models import StoredFile
from lib.codes import code_digest
from lib.errors import OutOfTurn
from tests.cases.browsers import Browser, register_by_form, rows, typed
from tests.cases.given import a_category, a_petition
from tests.given import MONDAY, SHANGHAI, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def registrar(sign_in) -> Browser:
    return sign_in(a_hat(Role.REGISTRAR))


@pytest.fixture(autouse=True)
def own_folder_for_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


def codes_on(page) -> list[str]:
    return CODE.findall(page.content.decode())


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


# The form


def test_a_new_form_has_an_identity_of_its_own(registrar):
    first, second = registrar.open("cases:intake"), registrar.open("cases:intake")

    assert first.status_code == 302
    assert first.url != second.url
    assert registrar.get(first.url).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR])
def test_a_post_that_does_not_register_gets_no_form(sign_in, role):
    assert sign_in(a_hat(role)).open("cases:intake").status_code == 403


def test_a_complete_form_is_registered_and_the_slip_shows_the_code_once(registrar, settings):
    page = register_by_form(registrar)

    petition = Petition.objects.get()
    (code,) = codes_on(page)
    assert page.status_code == 200
    assert petition.number in page.content.decode()
    assert QueryCode.objects.get(petition=petition).digest == code_digest(code, keys=settings.QUERY_CODE_KEYS)
    assert "no-store" in page["Cache-Control"]


def test_q31_the_same_form_posted_again_shows_the_number_without_the_code(registrar):
    draft = uuid4()

    first = registrar.send("cases:draft", draft, do="register", **typed())
    again = registrar.send("cases:draft", draft, do="register", **typed())

    petition = Petition.objects.get()
    assert len(codes_on(first)) == 1
    assert petition.number in again.content.decode()
    assert codes_on(again) == []
    assert Petition.objects.count() == QueryCode.objects.count() == 1


def test_q31_the_slip_names_no_matter_and_no_person(registrar):
    slip = register_by_form(registrar).content.decode()

    assert "张大强" not in slip
    assert "13800001234" not in slip
    assert "不动产权证" not in slip


def test_the_petitioners_own_words_are_kept_to_the_character(registrar):
    text = "\n　第一行  \r\n第二行 𠮷\u200b 末尾  \n"

    register_by_form(registrar, text=text)

    assert Petition.objects.get().words.text == text


def test_going_back_to_a_registered_form_opens_the_case(registrar):
    draft = uuid4()
    registrar.send("cases:draft", draft, do="register", **typed())

    page = registrar.open("cases:draft", draft)

    assert page.url == reverse("cases:petition", args=[Petition.objects.get().pk])


def test_an_incomplete_form_keeps_everything_typed_and_is_saved_as_a_draft(registrar):
    draft = uuid4()

    page = registrar.send(
        "cases:draft", draft, do="register", **typed(title="", place="", place_text="", place_detail="三号楼")
    )

    shown = page.content.decode()
    assert page.status_code == 422
    assert "2013 年买的房" in shown and "13800001234" in shown and "三号楼" in shown
    assert not Petition.objects.exists()
    assert Draft.objects.get().pk == draft
    assert "三号楼" in registrar.open("cases:draft", draft).content.decode()


def test_the_faults_stand_at_the_top_with_a_link_to_each_field(registrar):
    page = register_by_form(registrar, title="", content_category="").content.decode()

    assert "data-errsum" in page
    assert 'href="#id_title"' in page
    assert 'href="#id_content_category"' in page


def test_a_character_that_cannot_be_kept_is_refused_in_words_with_the_text_kept(registrar):
    page = register_by_form(registrar, text="前\x00后")

    assert page.status_code == 422
    assert "text" in page.context["form"].main.errors
    assert "后" in page.content.decode()
    assert not Petition.objects.exists()


def test_a_refusal_of_the_deed_stands_beside_its_field_with_the_text_kept(registrar):
    """Q25: more than one working day back needs evidence."""
    page = register_by_form(registrar, received_at="2026-02-24 10:00")

    assert page.status_code == 400
    assert "backdating_evidence" in page.context["form"].main.errors
    assert "2013 年买的房" in page.content.decode()
    assert not Petition.objects.exists()
    assert Draft.objects.exists()


def test_a_superiors_number_that_is_registered_already_is_refused_beside_its_field(registrar):
    """Q21: a superior's matter is registered once under its number."""
    from_above = {
        "source": "assigned_from_superior",
        "superior_organ": "吕梁市信访局",
        "superior_number": "LL-2026-88",
        "superior_date": "2026-02-27",
        "superior_due_on": "2026-03-20",
    }
    register_by_form(registrar, **from_above)

    page = register_by_form(registrar, **from_above)

    assert page.status_code == 400
    assert "superior_number" in page.context["form"].main.errors
    assert Petition.objects.count() == 1


def test_q21_a_petition_from_above_asks_for_the_superiors_particulars(registrar):
    page = register_by_form(registrar, source="transferred_from_superior")

    assert page.status_code == 422
    assert {"superior_organ", "superior_number", "superior_date"} <= set(page.context["form"].main.errors)
    assert not Petition.objects.exists()


def test_a_bent_form_is_answered_and_not_broken_on(registrar):
    draft = uuid4()

    answers = [
        registrar.send("cases:draft", draft, do=do, **{**typed(), name: value})
        for do in ("save", "add_person", "register")
        for name, value in (("people-TOTAL_FORMS", "many"), ("seen_version", "first"))
    ]

    assert all(answer.status_code < 500 for answer in answers)


# Place


def test_an_ambiguous_place_is_confirmed_by_a_person(registrar):
    page = register_by_form(registrar, place="", place_text="凤山")

    assert page.status_code == 422
    assert page.context["form"].main.place_candidates
    assert 'type="radio" name="place"' in page.content.decode()
    assert not Petition.objects.exists()


def test_the_place_chosen_among_candidates_is_registered(registrar):
    page = register_by_form(registrar, place="", place_text="凤山")
    chosen = page.context["form"].main.place_candidates[0]

    register_by_form(registrar, place=chosen.code, place_text="凤山")

    assert Petition.objects.get().place == chosen


def test_a_place_that_nobody_knows_says_so(registrar):
    page = register_by_form(registrar, place="", place_text="没有这个地方吧")

    assert page.status_code == 422
    assert page.context["form"].main.place_candidates == []
    assert "place_text" in page.context["form"].main.errors


# People


def test_adding_a_person_without_a_script_keeps_what_was_typed(registrar):
    draft = uuid4()

    page = registrar.send("cases:draft", draft, do="add_person", **typed())

    shown = page.content.decode()
    assert page.status_code == 200
    assert "张大强" in shown and "people-1-name" in shown
    assert Draft.objects.filter(pk=draft).exists()


def test_adding_a_claim_without_a_script_keeps_what_was_typed(registrar):
    page = registrar.send("cases:draft", uuid4(), do="add_claim", **typed())

    shown = page.content.decode()
    assert "给出办证时间表" in shown and "claims-1-wording" in shown


def test_a_form_grows_row_by_row_and_is_registered_with_all_of_them(registrar):
    draft = uuid4()
    people = rows("people", {"name": "张大强"}, {"name": "李梅", "role": "accompanying"}, {"name": ""})
    claims = rows("claims", {"wording": "办证"}, {"wording": ""}, {"wording": "退费"})

    registrar.send("cases:draft", draft, do="add_person", **typed())
    registrar.send(
        "cases:draft",
        draft,
        do="register",
        **typed(**people, **claims, petitioner_count="2", seen_version="1"),
    )

    petition = Petition.objects.get()
    assert list(petition.people.order_by("position").values_list("name", flat=True)) == ["张大强", "李梅"]
    assert list(petition.claims.order_by("number").values_list("wording", flat=True)) == ["办证", "退费"]


def test_q17_a_pasted_list_of_sixty_names_accompanies_and_the_count_stands(registrar):
    pasted = "\n".join(f"{number}. 村民{number}\t1380000{number:04}\t凤山村" for number in range(1, 61))

    register_by_form(registrar, channel="visit", petitioner_count="75", name_list=pasted)

    petition = Petition.objects.get()
    assert (petition.petitioner_count, petition.is_collective) == (75, True)
    assert petition.people.count() == 61
    assert petition.people.filter(role="accompanying").count() == 60
    assert petition.people.get(position=61).name == "村民60"


def test_r07_six_typed_as_representatives_are_registered_and_the_sixth_accompanies(registrar):
    six = rows("people", *({"name": f"来访人{number}"} for number in range(1, 7)))

    page = register_by_form(registrar, channel="visit", petitioner_count="6", **six)

    assert page.status_code == 200
    assert Petitioner.objects.filter(role="representative").count() == 5
    assert Petitioner.objects.get(name="来访人6").role == "accompanying"


def test_q19_a_petitioner_under_14_comes_through_a_guardian(registrar):
    child = {"name": "小明", "under_14": "on"}
    alone = register_by_form(registrar, **rows("people", child))
    before = Petition.objects.count()

    guardian = {"name": "张大强", "role": "guardian", "acts_for": "1"}
    register_by_form(registrar, petitioner_count="2", **rows("people", child, guardian))

    assert (alone.status_code, before) == (422, 0)
    assert Petitioner.objects.get(name="张大强").acts_for.name == "小明"


def test_an_anonymous_petition_is_said_to_be_so(registrar):
    nobody = rows("people", {"name": ""})

    unsaid = register_by_form(registrar, **nobody)
    before = Petition.objects.count()
    register_by_form(registrar, is_anonymous="on", **nobody)

    assert (unsaid.status_code, before) == (422, 0)
    assert Petition.objects.get().is_anonymous


def test_an_identity_number_with_a_wrong_digit_is_refused_and_stays_typed(registrar):
    page = register_by_form(
        registrar, **rows("people", {"name": "张大强", "id_number": "110101199003070013"})
    )

    assert page.status_code == 422
    assert "110101199003070013" in page.content.decode()
    assert not Petition.objects.exists()


def test_name_address_and_one_contact_are_enough(registrar):
    """DS-3: No identity number is asked for, and nothing more than these facts is taken (PIPL Art 6)."""
    person = {"name": "张大强", "phone": "13800001234", "address": "永宁花园 3 号楼", "ethnicity": "汉"}

    register_by_form(registrar, **rows("people", person))

    row = Petitioner.objects.get()
    assert (row.name, row.address, row.id_number_sealed) == ("张大强", "永宁花园 3 号楼", None)
    taken = {field.name for field in Petitioner._meta.get_fields()}
    assert not taken & {"ethnicity", "birth_date", "occupation", "politics", "photo", "education"}


# Codes of the data standard


@pytest.mark.parametrize("channel", Channel)
def test_r01_every_channel_is_taken_and_folds_to_one_of_four_groups(registrar, channel):
    """DS-4.1."""
    page = register_by_form(registrar, channel=channel)

    assert page.status_code == 200
    assert Petition.objects.get().channel == channel
    assert STAT_GROUP_OF[channel] in StatGroup


def test_r01_an_assignment_is_no_channel_but_a_source(registrar):
    page = register_by_form(registrar, channel="assigned_from_superior")

    assert page.status_code == 422
    assert "channel" in page.context["form"].main.errors
    assert not Petition.objects.exists()


@pytest.mark.parametrize("source", ["hotline_transfer", "grid_report", "leader_instruction", "media"])
def test_the_source_is_kept_apart_from_the_channel(registrar, source):
    """DS-4.2."""
    register_by_form(registrar, source=source, channel="phone")

    petition = Petition.objects.get()
    assert (petition.source, petition.channel) == (source, "phone")


@pytest.mark.parametrize(
    ("purpose", "legal_class"),
    [
        ("request", "appeal_request"),
        ("appeal", "appeal_request"),
        ("suggestion", "suggestion"),
        ("enquiry", None),
    ],
)
def test_the_purpose_leads_to_the_class_of_the_law(registrar, purpose, legal_class):
    """DS-4.3."""
    register_by_form(registrar, purpose=purpose)

    assert Petition.objects.get().petition_class == legal_class


def test_a_category_is_chosen_on_any_level_and_an_ended_one_no_more(registrar):
    """DS-4.4."""
    first_level = a_category().parent
    ended = a_category().parent.children.order_by("code").last()
    ended.valid_to = datetime(2026, 3, 1, tzinfo=SHANGHAI).date()
    ended.save(update_fields=["valid_to"])

    page = register_by_form(registrar, content_category=str(ended.pk))
    before = Petition.objects.count()
    register_by_form(registrar, content_category=str(first_level.pk))

    assert (page.status_code, before) == (422, 0)
    assert Petition.objects.get().content_category == first_level


def test_the_level_follows_from_the_registering_organs_place(registrar, sign_in):
    """DS-4.6."""
    street = an_organ(kind=OrganKind.TOWNSHIP, place=a_place("141102001"), number_prefix="FS")

    register_by_form(registrar)
    register_by_form(sign_in(a_hat(Role.REGISTRAR, organ=street)))

    levels = Petition.objects.values_list("number", "register_level")
    assert dict(levels) == {"LS2026-000001": "0300", "FS2026-000001": "0400"}


@pytest.mark.parametrize("answer", ["true", "false", "unknown"])
def test_r05_the_level_of_a_visit_is_noted_and_never_keeps_it_out(registrar, answer):
    page = register_by_form(registrar, channel="visit", visit_level_ok=answer)

    assert page.status_code == 200
    assert Petition.objects.get().visit_level_ok is {"true": True, "false": False, "unknown": None}[answer]


# The sealed lane at the window


def test_q1_a_report_is_registered_sealed_and_its_slip_leads_to_no_case(registrar):
    unit = an_organ()

    page = register_by_form(
        registrar, purpose=Purpose.REPORT_ACCUSATION, reported_kind="unit", reported_organ=str(unit.pk)
    )

    petition = Petition.objects.get()
    assert petition.sealed
    assert Reporter.objects.filter(petition=petition).exists()
    assert len(codes_on(page)) == 1
    assert str(petition.pk) not in page.content.decode()
    assert registrar.open("cases:petition", petition.pk).status_code == 404


def test_q1_a_report_says_who_is_reported(registrar):
    page = register_by_form(registrar, names_a_wrongdoer="on")

    assert page.status_code == 422
    assert "reported_kind" in page.context["form"].main.errors
    assert not Petition.objects.exists()
    assert Draft.objects.get().sealed


def test_q1_a_mixed_petition_gives_two_slips_and_one_open_case(registrar):
    page = register_by_form(
        registrar, report_text="经办人索要好处。", reported_kind="person", reported_name="某某"
    )

    numbers = set(Petition.objects.values_list("number", flat=True))
    assert numbers == {"LS2026-000001", "LSM2026-000001"}
    assert all(number in page.content.decode() for number in numbers)
    assert len(codes_on(page)) == 2


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


def test_a_draft_is_in_nobody_elses_list_and_opens_empty_to_him(registrar, sign_in):
    draft = uuid4()
    registrar.send("cases:draft", draft, do="park", **typed(title="第一件"))
    colleague = sign_in(a_hat(Role.REGISTRAR))

    listed = colleague.open("cases:drafts").content.decode()
    opened = colleague.open("cases:draft", draft).content.decode()
    saved = colleague.send("cases:draft", draft, do="save", **typed(title="改掉", seen_version="1"))

    assert "第一件" not in listed + opened
    assert saved.status_code == 404
    assert "第一件" in registrar.open("cases:draft", draft).content.decode()


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


# The hat, and papers


def test_a_form_of_another_hat_is_refused_and_writes_nothing(registrar):
    page = registrar.post(
        reverse("cases:draft", args=[uuid4()]), {**typed(), "do": "register", "hat": str(a_hat().post.pk)}
    )

    assert page.status_code == 409
    assert not Petition.objects.exists()
    assert not Draft.objects.exists()


def test_q30_a_community_without_a_series_takes_in_for_the_office(sign_in):
    office = a_hat().organ
    station = an_organ(kind=OrganKind.COMMUNITY, parent=office, path=f"{office.path}S1/")

    register_by_form(sign_in(a_hat(Role.REGISTRAR, organ=station)))

    petition = Petition.objects.get()
    assert (petition.register_organ, petition.on_behalf_of) == (office, station)
    assert petition.number == "LS2026-000001"


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

    registrar.send("cases:take_original", petition.pk, what="购房合同原件", sheets="12")
    original = Original.objects.get()
    give_back = reverse("cases:return_original", args=[petition.pk, original.pk])
    with_it = registrar.open("cases:petition", petition.pk).content.decode()
    registrar.post(give_back, {"hat": registrar.hat.key})
    without = registrar.open("cases:petition", petition.pk).content.decode()

    assert "购房合同原件" in with_it and give_back in with_it
    assert "购房合同原件" in without and give_back not in without


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
