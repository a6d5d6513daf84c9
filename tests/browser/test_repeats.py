"""Earlier petitions beside the form and on the case page, as the registrar and the officer see them (Q14)."""

import pytest

from accounts.roles import Role
from cases.models import Petition, RepeatDecision
from cases.states import RepeatOutcome
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, picture, sign_in
from tests.cases.given import a_category, a_petition, a_village
from tests.given import a_hat, a_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def registrar():
    return a_hat(Role.REGISTRAR, user=a_user(username="dengji", password=PASSWORD))


def at_the_form(page):
    sign_in(page, "dengji", PASSWORD)
    page.keyboard.press("n")
    page.wait_for_url("**/drafts/*/")


def choose(page, name, value):
    """Choose in a field that a script may cover with one to type into."""
    page.locator(f"[name='{name}']").evaluate("(field, value) => { field.value = value; }", value)


def fill_in(page):
    choose(page, "content_category", str(a_category().pk))
    page.fill("[name='people-0-name']", "张大强")
    page.fill("[name='people-0-phone']", "13800001234")
    page.fill("[name='title']", "永宁花园购房多年未办证")
    page.fill("[name='text']", "2013 年买的房，至今没有办下不动产权证。")


def test_an_earlier_petition_appears_while_typing_and_is_decided_on_with_the_registration(
    page_desktop, registrar
):
    first = a_petition()
    page = page_desktop
    at_the_form(page)

    fill_in(page)
    page.wait_for_selector(f"#earlier >> text={first.number}")
    picture(page, "earlier_while_typing_1440")
    assert_axe_clean(page)
    assert "张大强" not in page.inner_text("#earlier")
    page.select_option(f"[name='same-{first.pk}']", "same_matter_pending")
    page.fill(f"[name='same_why-{first.pk}']", "同一套房")
    page.check(f"[name='same_person-{first.pk}']")
    # what was said stays when the panel is drawn again
    with page.expect_response("**/earlier/"):
        page.fill("[name='title']", "永宁花园购房十三年未办证")
    assert page.input_value(f"[name='same-{first.pk}']") == "same_matter_pending"
    page.fill("[name='place_text']", a_village().short_name)
    choose(page, "place", a_village().code)
    page.click("[data-main]")
    page.wait_for_url("**/slips/*/")

    decision = RepeatDecision.objects.get()
    assert (decision.outcome, decision.reason) == (RepeatOutcome.SAME_PENDING, "同一套房")


def test_without_scripts_the_same_is_behind_a_button(page_without_scripts, registrar):
    first = a_petition()
    page = page_without_scripts
    sign_in(page, "dengji", PASSWORD)
    page.goto("/petitions/new/")

    page.select_option("[name='content_category']", str(a_category().pk))
    page.fill("[name='people-0-name']", "张大强")
    page.fill("[name='people-0-phone']", "13800001234")
    page.fill("[name='title']", "永宁花园购房多年未办证")
    page.click("button[value='look']")

    assert first.number in page.inner_text("#earlier")
    assert page.input_value("[name='title']") == "永宁花园购房多年未办证"


@pytest.mark.parametrize("size", ["page_desktop", "page_phone"])
def test_the_case_page_of_what_nobody_routed_shows_earlier_ones_by_itself(size, request, registrar):
    first, later = a_petition(), a_petition()
    page = request.getfixturevalue(size)
    sign_in(page, "dengji", PASSWORD)

    page.goto(f"/petitions/{later.pk}/")
    page.wait_for_selector(f"#earlier >> text={first.number}")
    picture(page, f"earlier_on_the_case_{size}")
    page.locator("#earlier summary").first.click()
    page.fill("#earlier [name='reason']", "同一小区，不同住户")
    page.select_option("#earlier [name='outcome']", "related")
    page.click("#earlier form button[type='submit']")

    page.wait_for_selector("text=不同事项，但有关联")
    assert RepeatDecision.objects.get().petition == Petition.objects.get(pk=later.pk)
