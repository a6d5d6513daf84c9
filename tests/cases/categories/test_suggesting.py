"""While a petition is typed its content category is suggested, with the words that led there; a person confirms."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from cases.category_suggestions import suggest_categories
from cases.models import CategoryModel, ContentCategory, Draft, Petition
from cases.states import Purpose
from tests.cases.browsers import typed
from tests.cases.categories.given import HOUSES, LAND, WAGES, a_model, the_category
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()
TEXT = "厂里拖欠工资和加班费三个月，多次讨要没有结果。"


def a_form(browser) -> UUID:
    """Begin a new form and return its identity."""
    return UUID(browser.open("cases:intake").url.rstrip("/").rpartition("/")[2])


def suggested(browser, form: UUID | None = None, **facts: object):
    answer = browser.send("cases:suggest_category", form or a_form(browser), **typed(text=TEXT, **facts))
    assert answer.status_code == 200
    return [one.category.name for one in answer.context["suggestions"]]


def test_what_is_typed_gets_at_most_three_categories_with_the_words_that_led_there(registrar):
    a_model()

    answer = registrar.send("cases:suggest_category", a_form(registrar), **typed(title="拖欠工资", text=TEXT))

    first, *others = answer.context["suggestions"]
    assert first.category == the_category(WAGES)
    assert set(first.words) == {"工资", "加班费"}
    assert len(others) <= 2
    assert "工资、加班费" in answer.content.decode() or "加班费、工资" in answer.content.decode()
    assert answer["Cache-Control"].find("no-store") >= 0


def test_without_a_model_nothing_is_suggested_and_the_form_does_not_speak_of_it(registrar):
    page = registrar.get(registrar.open("cases:intake").url)

    assert suggested(registrar) == []
    assert "data-suggestions-url" not in page.content.decode()


def test_no_text_stands_in_an_address(registrar):
    a_model()

    assert (
        registrar.open("cases:suggest_category", a_form(registrar), query={"text": TEXT}).status_code == 405
    )


@pytest.mark.parametrize(
    "reporting",
    [
        {"purpose": Purpose.REPORT_ACCUSATION},
        {"names_a_wrongdoer": "on"},
        {"report_text": "厂长克扣工资"},
    ],
    ids=["purpose", "tick", "a part of it"],
)
def test_q1_what_reports_a_wrongdoer_is_not_scored(registrar, reporting):
    a_model()
    assert suggested(registrar) != []

    assert suggested(registrar, **reporting) == []


def test_q1_a_draft_that_was_sealed_is_not_scored_whatever_is_typed_into_it_later(registrar):
    a_model()
    form = a_form(registrar)
    registrar.send("cases:autosave", form, **typed(text=TEXT, names_a_wrongdoer="on"))
    assert Draft.objects.get(pk=form).sealed_whole

    assert suggested(registrar, form) == []


def test_without_scripts_a_button_suggests_and_a_press_fills_the_field_and_registers_nothing(registrar):
    a_model()
    form = a_form(registrar)
    facts = typed(text=TEXT, content_category="")

    asked = registrar.send("cases:draft", form, **facts, do="suggest")
    taken = registrar.send(
        "cases:draft", form, **{**facts, "seen_version": "1"}, take_category=the_category(WAGES).pk
    )

    assert f'name="take_category" value="{the_category(WAGES).pk}"' in asked.content.decode()
    assert taken.context["form"].main["content_category"].value() == str(the_category(WAGES).pk)
    assert not Petition.objects.exists()
    assert b"take_category" not in bytes(Draft.objects.get(pk=form).content_sealed)


def test_what_is_no_category_fills_nothing(registrar):
    a_model()

    page = registrar.send(
        "cases:draft", a_form(registrar), **typed(content_category=""), take_category="nothing"
    )

    assert page.status_code == 200
    assert "selected" not in page.content.decode().partition('name="content_category"')[2][:200]


def test_a_category_that_has_ended_is_not_suggested():
    a_model()
    ContentCategory.objects.filter(name=WAGES).update(valid_to=TODAY - timedelta(days=1))

    assert the_category(WAGES) not in [one.category for one in suggest_categories("", TEXT, on=TODAY)]


@pytest.mark.parametrize(
    "text", ["", "工资", "天气很好，大家都很高兴，再见。"], ids=["empty", "short", "strange"]
)
def test_a_text_that_says_too_little_gets_no_suggestion(text):
    a_model()

    assert suggest_categories("", text, on=TODAY) == []


def test_a_new_model_takes_the_place_of_the_old_one_in_a_running_process():
    a_model({HOUSES: ("工资",), LAND: ("征地",)})
    before = suggest_categories("", TEXT, on=TODAY)

    a_model(now=MONDAY + timedelta(days=1))

    assert [one.category.name for one in before] == [HOUSES]
    assert suggest_categories("", TEXT, on=TODAY)[0].category.name == WAGES


def test_weights_that_are_not_those_that_were_stored_suggest_nothing():
    a_model()
    CategoryModel.objects.update(sha256="0" * 64)

    assert suggest_categories("", TEXT, on=TODAY) == []


def test_the_weights_are_read_once_and_a_suggestion_costs_two_queries():
    a_model()
    suggest_categories("", TEXT, on=TODAY)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        suggest_categories("", TEXT * 20, on=TODAY)

    assert len(queries) == 2
    assert '"weights"' not in "".join(query["sql"] for query in queries)


def test_another_ones_form_answers_as_one_that_never_was(sign_in):
    """Q6."""
    a_model()
    owner, other = sign_in(a_hat(Role.REGISTRAR)), sign_in(a_hat(Role.REGISTRAR))
    form = a_form(owner)
    owner.send("cases:autosave", form, **typed(text=TEXT))

    answers = {
        other.send("cases:suggest_category", one, **typed(text=TEXT)).status_code for one in (form, uuid4())
    }

    assert answers == {404}
