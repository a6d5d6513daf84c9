"""The search as one uses it: the box by its key, rows by keys, a person by post; at both widths, without barriers."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.given import a_person, a_petition
from tests.given import a_hat, a_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = "13987650123"


@pytest.fixture
def registrar():
    return a_hat(Role.REGISTRAR, user=a_user(username="dengji", password=PASSWORD))


def some_petitions(registrar):
    now = timezone.now()
    for number in range(3):
        a_petition(
            registrar,
            now=now,
            received_at=now,
            title="永宁花园购房多年未办理不动产权证",
            text=f"2013 年购房至今没有办下不动产权证，多次找开发商无果，电话 {PHONE}，请求协调。"
            * (number + 1),
            people=(a_person("欧阳娜娜", phone=PHONE),),
        )


def test_words_are_found_by_keys_alone(page_desktop, registrar):
    some_petitions(registrar)
    page = page_desktop
    sign_in(page, "dengji", PASSWORD)

    page.keyboard.press("/")
    page.keyboard.type("不动产权证 开发商")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    picture(page, "search-words-1440")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/petitions/*/")


def test_q5_a_person_leaves_no_trace_in_the_address(page_desktop, registrar):
    some_petitions(registrar)
    page = page_desktop
    sign_in(page, "dengji", PASSWORD)

    page.fill("#q", PHONE)
    page.press("#q", "Enter")
    page.wait_for_selector("#person_purpose")
    assert PHONE not in page.url
    assert page.input_value("#person_sought") == PHONE
    picture(page, "search-person-1440")
    assert_axe_clean(page)
    page.select_option("#person_purpose", "at_the_window")
    page.click("form[action='/search/person/'] button[type=submit]")
    page.wait_for_selector("table[data-keys]")

    assert PHONE not in page.url
    assert page.locator("table[data-keys] tbody tr").count() == 3
    picture(page, "search-person-found-1440", whole=True)


def test_the_search_fits_a_telephone(page_phone, registrar):
    some_petitions(registrar)
    page = page_phone
    sign_in(page, "dengji", PASSWORD)

    page.goto("/search/")
    picture(page, "search-empty-390", whole=True)
    page.fill("#q-here", "不动产权证")
    page.press("#q-here", "Enter")
    page.wait_for_selector("mark")

    picture(page, "search-words-390", whole=True)
    assert_no_sideways_scroll(page)
    assert_axe_clean(page)
