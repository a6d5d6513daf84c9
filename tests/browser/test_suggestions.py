"""Categories suggested while a text is typed, units where it is routed: pressed, or left alone."""

import pytest

from accounts.roles import Role
from cases.models import Petition
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, picture, sign_in
from tests.cases.categories.given import HOUSES, WAGES, a_model, the_category
from tests.cases.categories.test_units import led_by
from tests.cases.given import a_petition
from tests.cases.handling.given import a_unit
from tests.given import a_hat, a_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "厂里拖欠工资和加班费三个月，购房的钱也没有着落，多次讨要没有结果。"


def a_worker(role: Role, username: str) -> None:
    a_hat(role, user=a_user(username=username, password=PASSWORD))


def at_the_form(page):
    sign_in(page, "dengji", PASSWORD)
    page.goto("/petitions/new/")


@pytest.mark.parametrize("page_size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
def test_a_suggestion_comes_while_typing_and_a_press_takes_it(page_desktop, page_size):
    a_worker(Role.REGISTRAR, "dengji")
    a_model()
    page_desktop.set_viewport_size({"width": page_size[0], "height": page_size[1]})
    sign_in(page_desktop, "dengji", PASSWORD)
    page_desktop.goto("/petitions/new/")
    asked = []
    page_desktop.on(
        "request", lambda request: asked.append(request) if "/categories/" in request.url else None
    )

    page_desktop.fill("[name='title']", "拖欠工资")
    page_desktop.fill("[name='text']", TEXT)
    first = page_desktop.locator("[data-suggestions] [name='take_category']").first
    first.wait_for()
    first.scroll_into_view_if_needed()
    picture(page_desktop, f"suggested-{page_size[0]}")
    assert_axe_clean(page_desktop)
    first.click()

    assert page_desktop.input_value("[name='content_category']") == str(the_category(WAGES).pk)
    assert page_desktop.input_value("[role='combobox'][id*='content_category']") == the_category(WAGES).label
    assert {request.method for request in asked} == {"POST"}
    assert not any(
        "张" in (request.post_data or "") or "people" in (request.post_data or "") for request in asked
    )
    assert not Petition.objects.exists()


def test_a_report_typed_in_takes_the_suggestions_away(page_desktop):
    a_worker(Role.REGISTRAR, "dengji")
    a_model()
    at_the_form(page_desktop)
    page_desktop.fill("[name='text']", TEXT)
    suggestions = page_desktop.locator("[data-suggestions] [name='take_category']")
    suggestions.first.wait_for()

    page_desktop.select_option("[name='purpose']", "report_accusation")

    suggestions.first.wait_for(state="detached")


def test_a_suggested_unit_is_put_into_the_field_by_a_press(page_desktop):
    a_worker(Role.PETITION_OFFICER, "banli")
    led_by(a_unit("ZJ"))
    waiting = a_petition()
    sign_in(page_desktop, "banli", PASSWORD)
    page_desktop.goto(f"/petitions/{waiting.pk}/?sitting=1")
    page_desktop.check("[name='kind'][value='forward']")

    page_desktop.locator("[data-puts='ZJ']").scroll_into_view_if_needed()
    picture(page_desktop, "units-1440")
    page_desktop.click("[data-puts='ZJ']")

    assert page_desktop.input_value("#do-route [name='organ']") == "ZJ"
    page_desktop.set_viewport_size({"width": 390, "height": 844})
    page_desktop.locator("[data-puts='ZJ']").scroll_into_view_if_needed()
    picture(page_desktop, "units-390")


def test_a_category_that_no_person_chose_is_confirmed_by_a_press(page_desktop):
    a_worker(Role.PETITION_OFFICER, "banli")
    a_model()
    petition = a_petition(text=TEXT, category_confirmed=False)
    sign_in(page_desktop, "banli", PASSWORD)
    page_desktop.goto(f"/petitions/{petition.pk}/")
    page_desktop.locator("#registration .suggested").scroll_into_view_if_needed()
    picture(page_desktop, "confirm-1440")

    page_desktop.click(f"#registration [name='content_category'][value='{the_category(HOUSES).code}']")

    page_desktop.wait_for_url("**#registration")
    assert Petition.objects.get(pk=petition.pk).category_confirmed
    assert page_desktop.locator("button[name='content_category']").count() == 0


def test_the_administrators_page_fits(page_desktop):
    a_worker(Role.SYSTEM_ADMINISTRATOR, "guanli")
    a_model()
    sign_in(page_desktop, "guanli", PASSWORD)
    page_desktop.goto("/administration/category-suggestions/")

    picture(page_desktop, "models-1440")
    assert_axe_clean(page_desktop)
    page_desktop.set_viewport_size({"width": 390, "height": 844})
    picture(page_desktop, "models-390")
    assert page_desktop.evaluate("document.documentElement.scrollWidth <= innerWidth")
