"""Service guides (Q42): steps and the whole list of papers, told once; who keeps them, and what the public reads."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organ
from accounts.roles import Role
from audit.models import Entry
from lib.errors import NotAllowed, Refused, Unknown
from portal.actions import Guide, end_guide, post_guide, publish
from portal.models import ServiceGuide
from portal.states import Topic
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
TODAY = timezone.localdate(MONDAY)
_ENGLISH = {"title_en": "Registering a title", "steps_en": "Apply\nCollect", "papers_en": "Identity card"}


def guide(organ: Organ, **facts) -> Guide:
    given = {
        "organ_id": organ.pk,
        "title": "不动产首次登记",
        "steps": "窗口提交\n\n 五个工作日审核 \n领证",
        "papers": "身份证\n购房合同",
        "valid_from": TODAY,
        **facts,
    }
    return Guide(**given)


def posted(unit=None, **facts) -> ServiceGuide:
    """Let a unit's head post a guide in a place whose office publishes."""
    publish(Topic.HOURS, text="8:30", by=a_hat(Role.OFFICE_DIRECTOR), now=MONDAY)
    unit = unit or a_unit()
    return post_guide(guide(unit.organ, **facts), by=unit.head, now=MONDAY)


def opened(name, *args, language="zh-hans"):
    browser = Client()
    browser.cookies["language"] = language
    return browser.get(reverse(name, args=args))


def test_q42_anybody_reads_the_steps_and_the_whole_list_of_papers():
    row = posted()

    assert row.title in opened("portal:guides").content.decode()
    page = opened("portal:guide", row.pk)
    assert page.context["guide"].steps == ["窗口提交", "五个工作日审核", "领证"]
    assert page.context["guide"].papers == ["身份证", "购房合同"]
    assert "购房合同" in page.content.decode()
    assert reverse("portal:guides") in opened("portal:entry").content.decode()
    assert Entry.objects.get(verb="service_guide.post").facts == {"organ": "ZJ"}


def test_in_english_only_where_the_whole_guide_was_written_in_it():
    row = posted(**_ENGLISH)
    half = posted(a_unit("CG"), **{**_ENGLISH, "papers_en": ""})
    assert opened("portal:guide", row.pk, language="en").context["guide"].steps == ["Apply", "Collect"]
    assert opened("portal:guide", half.pk, language="en").context["guide"].lang == "zh-CN"
    assert opened("portal:guide", row.pk).context["guide"].title == "不动产首次登记"


@pytest.mark.parametrize(
    "days",
    [
        {"valid_from": TODAY + timedelta(days=1)},
        {"valid_from": TODAY - timedelta(days=9), "valid_to": TODAY - timedelta(days=1)},
    ],
    ids=["to come", "over"],
)
def test_outside_its_days_the_public_does_not_read_it_and_its_keeper_does(days):
    unit = a_unit()
    row = posted(unit, **days)
    assert opened("portal:guide", row.pk).status_code == 404
    assert row.title not in opened("portal:guides").content.decode()
    assert row.title in signed_in(unit.head).open("portal:kept_guides").content.decode()


def test_a_new_wording_ends_the_one_before_which_stays():
    unit = a_unit()
    first = posted(unit)
    second = posted(unit, papers="身份证")
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (MONDAY, None)
    assert opened("portal:guide", first.pk).status_code == 404
    for write in ({"papers": "无"}, {"valid_to": TODAY}):
        with pytest.raises(InternalError), transaction.atomic():
            ServiceGuide.objects.filter(pk=second.pk).update(**write)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", " "),
        ("steps", ""),
        ("papers", "\n"),
        ("valid_to", TODAY - timedelta(days=1)),
        ("organ_id", 0),
    ],
)
def test_half_a_guide_is_refused(field, wrong):
    unit = a_unit()
    with pytest.raises(Refused) as refusal:
        post_guide(guide(unit.organ, **{field: wrong}), by=unit.head, now=MONDAY)
    assert list(refusal.value.fields) == [field.removesuffix("_id")]
    assert not ServiceGuide.objects.exists()


def test_the_unit_keeps_its_own_the_office_those_of_its_place_and_nobody_else():
    unit, neighbour, office = a_unit(), a_unit("CG"), a_hat(Role.OFFICE_DIRECTOR)
    for hat in (neighbour.head, unit.officer, a_hat(Role.PETITION_OFFICER)):
        with pytest.raises(NotAllowed):
            post_guide(guide(unit.organ), by=hat, now=MONDAY)
    assert not ServiceGuide.objects.exists()
    row = post_guide(guide(unit.organ), by=office, now=MONDAY)
    with pytest.raises(NotAllowed):
        end_guide(row.pk, by=neighbour.head, now=MONDAY)
    row.refresh_from_db()
    assert row.ended_at is None

    end_guide(row.pk, by=unit.head, now=MONDAY)

    assert Entry.objects.filter(verb="service_guide.end").exists()
    with pytest.raises(Unknown):
        end_guide(row.pk, by=unit.head, now=MONDAY)


def test_a_head_writes_a_guide_on_its_page_and_a_refusal_keeps_what_was_typed():
    unit = a_unit()
    browser = signed_in(unit.head)
    typed = {
        "organ": "ZJ", "title": "公租房申请", "steps": "提交\n公示", "papers": "身份证", "valid_from": "2026-03-02",
    }  # fmt: skip
    refused = browser.send("portal:kept_guides", **{**typed, "valid_to": "2026-03-01"})
    assert (refused.status_code, ServiceGuide.objects.count()) == (422, 0)
    assert "公租房申请" in refused.content.decode()
    foreign = browser.send("portal:kept_guides", **{**typed, "organ": a_unit("CG").organ.code})
    assert (foreign.status_code, ServiceGuide.objects.count()) == (403, 0)

    assert browser.send("portal:kept_guides", **typed).status_code == 302

    row = ServiceGuide.objects.get()
    assert browser.send("portal:end_guide", row.pk).status_code == 302
    assert not ServiceGuide.objects.standing().exists()
    assert signed_in(unit.officer).open("portal:kept_guides").status_code == 403
