"""The registration form in a browser without a script: nothing typed is ever lost, nothing is registered twice."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import OrganKind
from accounts.roles import Role
from cases.models import Draft, Petition, QueryCode, Reporter
from cases.states import STAT_GROUP_OF, Channel, Purpose, StatGroup
from lib.codes import code_digest
from tests.cases.browsers import register_by_form, typed
from tests.cases.given import a_category
from tests.given import SHANGHAI, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


def codes_on(page) -> list[str]:
    return CODE.findall(page.content.decode())


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

    first = registrar.get(registrar.send("cases:draft", draft, do="register", **typed()).url)
    again = registrar.get(registrar.send("cases:draft", draft, do="register", **typed()).url)

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


def test_the_slip_says_where_the_public_page_is_if_the_office_has_one(registrar, settings):
    assert "网上查询" not in register_by_form(registrar).content.decode()

    settings.PUBLIC_PAGE_URL = "https://xinfang.example.gov.cn/public/"
    slip = register_by_form(registrar, title="另一件事").content.decode()
    assert '<dd class="slip-address">https://xinfang.example.gov.cn/public/</dd>' in slip


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
    assert {"reported_kind", "reported_name"} <= set(page.context["form"].main.errors)
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
