"""A petition beside the list: covered, for who may see it, and without a trace of a reading."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.models import Handling, Urging
from cases.states import ClockCode, Purpose
from tests.cases.browsers import signed_in
from tests.cases.given import a_person, a_petition
from tests.cases.handling.given import a_unit, registered, routed
from tests.given import a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_it_says_where_the_petition_stands_and_covers_every_name():
    people = (a_person("张大强"), a_person("李小红"))
    petition = a_petition(
        people=people, petitioner_count=2, title="李小红、张大强的房子", text="我的原话在此"
    )
    officer = signed_in(a_hat(Role.PETITION_OFFICER))

    part = officer.get(f"/petitions/{petition.pk}/preview/", headers={"HX-Request": "true"}).content.decode()
    page = officer.open("cases:preview", petition.pk).content.decode()

    assert "李*红、张*强的房子" in part and "2026年3月17日" in part and "<html" not in part
    assert str(ClockCode.T1.label) in part and str(ClockCode.T1A.label) in part
    assert "张大强" not in part + page and "李小红" not in part + page
    assert "我的原话在此" not in part + page
    assert "<html" in page and petition.number in page


def test_it_marks_nothing_as_read_and_leaves_no_trace():
    case = routed(registered())
    before = Entry.objects.count()

    answer = signed_in(case.unit.officer).open("cases:preview", case.pk)

    assert answer.status_code == 200
    assert not Entry.objects.filter(verb="petition.look").exists() and Entry.objects.count() == before
    assert Handling.objects.get(petition=case.pk).read_at is None


def test_q6_what_one_may_not_see_is_not_there():
    case = routed(registered())
    sealed = a_petition(purpose=Purpose.REPORT_ACCUSATION)

    assert signed_in(a_unit("GA").officer).open("cases:preview", case.pk).status_code == 404
    assert signed_in(case.office.officer).open("cases:preview", sealed.pk).status_code == 404


def test_what_waits_for_this_hat_is_offered_beside_the_list_and_shown_before_it_is_done():
    case = routed()
    office, unit = signed_in(case.office.officer), signed_in(case.unit.officer)

    here, there = office.open("cases:preview", case.pk), unit.open("cases:preview", case.pk)

    assert [deed.name for deed in here.context["list_deeds"]] == ["give_reader", "urge"]
    assert [deed.name for deed in there.context["list_deeds"]] == ["give_reader"]
    shown = office.send("cases:chosen", deed="urge", picked=str(case.pk))
    assert shown.context["waiting"] == 1
    assert not Urging.objects.exists()
