"""The administrator's pages of calendar and rules: look first, then confirm."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from deadlines.models import CalendarYear, Rule
from tests.accounts.given import in_the_demo_world, signed_in
from tests.deadlines.given import NOTICE_2027
from tests.given import a_hat

pytestmark = pytest.mark.django_db

CALENDAR = "/administration/calendar/"
RULES = "/administration/rules/"
FACTS = {
    "article": "R-14",
    "length": "3",
    "roll": "none",
    "exclude_start_day": "on",
    "extended_by": "office",
    "most_extension_days": "11",
    "most_extensions": "",
    "notice": "2",
    "warn": "1",
    "urge": "0",
}


@pytest.fixture
def administrator(client, settings):
    in_the_demo_world(settings)
    signed_in(client, a_hat(Role.SYSTEM_ADMINISTRATOR))
    return client


def in_a_month():
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def test_a_year_shows_its_free_and_its_worked_days(administrator):
    page = administrator.get(CALENDAR, {"year": "2026"}).content.decode()

    assert '<span class="tg tg-g" title="春节 · 法定节假日">17 休</span>' in page
    assert '<span class="tg tg-a" title="春节 · 调休上班日">14 班</span>' in page


@pytest.mark.parametrize("year", ["1999", "x", "99999999999", ""])
def test_a_year_that_is_not_there_says_so(administrator, year):
    assert administrator.get(CALENDAR, {"year": year}).status_code == 200


def test_a_notice_is_shown_day_by_day_before_anything_is_saved(administrator):
    """Q26."""
    answer = administrator.post(CALENDAR, {"source": "国办", "text": NOTICE_2027, "do": "preview"})

    assert answer.status_code == 200
    assert "2027年1月31日（周日）" in answer.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_notice_that_leaves_a_holiday_out_is_asked_whether_it_is_whole(administrator):
    part = "\n".join(line for line in NOTICE_2027.splitlines() if "端午" not in line)

    whole = administrator.post(CALENDAR, {"source": "国办", "text": NOTICE_2027, "do": "preview"})
    short = administrator.post(CALENDAR, {"source": "国办", "text": part, "do": "preview"})

    assert whole.context["foreseen"].read.not_named == []
    assert short.context["foreseen"].read.not_named == ["端午节"]
    assert "端午节" in short.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_confirmed_notice_is_loaded(administrator):
    """Q26."""
    answer = administrator.post(CALENDAR, {"source": "国办", "text": NOTICE_2027, "do": "load"}, follow=True)

    assert answer.redirect_chain == [(f"{CALENDAR}?year=2027", 302)]
    assert "2027 年已录入" in answer.content.decode()
    assert CalendarYear.objects.get(year=2027).source == "国办"


def test_a_slip_is_named_and_what_was_typed_stays(administrator):
    wrong = "2027年\n一、元旦：1月1日（周一）放假。"

    answer = administrator.post(CALENDAR, {"source": "国办发明电〔2026〕9号", "text": wrong, "do": "load"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "日期与星期不符：元旦：1月1日（周一）" in page
    assert "国办发明电〔2026〕9号" in page
    assert "一、元旦：1月1日（周一）放假。" in page
    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.parametrize("address", [CALENDAR, RULES, f"{RULES}T5/"])
def test_only_the_system_administrator_has_these_pages(client, settings, address):
    """protection §6."""
    in_the_demo_world(settings)
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403


def test_the_rules_stand_in_the_order_of_their_numbers(administrator):
    """T1 … T19."""
    page = administrator.get(RULES).content.decode()

    shown = [page.index(f'fw-bold">{code}</td>') for code in ("T1", "T1a", "T2", "T10", "T17", "T17a", "T19")]
    assert shown == sorted(shown)
    assert "《信访工作条例》第34条" in page


def test_a_rule_that_is_not_there_is_not_there(administrator):
    assert administrator.get(f"{RULES}X9/").status_code == 404


def test_a_new_version_is_compared_before_anything_is_saved(administrator):
    """T1a, R-14."""
    answer = administrator.post(f"{RULES}T1a/", {**FACTS, "valid_from": in_a_month(), "do": "preview"})

    assert answer.status_code == 200
    assert "今天起算的期限到" in answer.content.decode()
    assert Rule.objects.filter(code="T1a").count() == 1


def test_a_confirmed_version_holds_from_its_day(administrator):
    """T1a, R-14."""
    answer = administrator.post(f"{RULES}T1a/", {**FACTS, "valid_from": in_a_month(), "do": "add"})

    assert (answer.status_code, answer.url) == (302, f"{RULES}T1a/")
    new = Rule.objects.get(code="T1a", version=2)
    assert (new.length, new.most_extensions, new.valid_from) == (3, None, date.fromisoformat(in_a_month()))


def test_a_version_that_does_not_fit_keeps_what_was_typed(administrator):
    answer = administrator.post(
        f"{RULES}T1a/", {**FACTS, "valid_from": in_a_month(), "warn": "9", "do": "add"}
    )

    assert answer.status_code == 422
    assert 'name="warn" value="9"' in answer.content.decode()
    assert Rule.objects.filter(code="T1a").count() == 1
