"""What stands on a page is read whole: at the three widths, in both languages, with the longest names there are."""

import pytest

from accounts.roles import Role
from cases.states import Channel
from tests.accounts.given import PASSWORD
from tests.browser.test_people_rows import IS_CUT
from tests.browser.test_registering import at_the_form
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.given import a_category, a_person, a_petition
from tests.given import a_hat, a_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG_NAME = "阿" + "卜" * 39 + "提"
OFFICE = (1440, 1366)
# The fields of each row of the form that do not begin on one line.
UNEVEN = """
    () => [...document.querySelectorAll("[data-intake] .row.g-2")].filter((row) => row.offsetParent).flatMap((row) => {
        const FIELD = "input:not([type=hidden]), select:not([hidden]), textarea";
        const fields = [...row.querySelectorAll(":scope > div")].map((cell) => ({
            line: Math.round(cell.getBoundingClientRect().top),
            top: Math.round(cell.querySelector(FIELD).getBoundingClientRect().top),
            name: cell.querySelector("label")?.textContent.trim(),
        }));
        return fields.filter((one) => fields.some((other) => other.line === one.line && other.top < one.top));
    }).map((one) => one.name)
"""
# What runs over the card it stands in.
OVER_ITS_CARD = """
    () => [...document.querySelectorAll(".card button, .card select, .card input")].filter((one) => one.offsetParent)
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.matches("button")
            || one.getBoundingClientRect().right > one.closest(".card").getBoundingClientRect().right)
        .map((one) => one.name || one.textContent.trim())
"""


@pytest.fixture
def registrar():
    return a_hat(Role.REGISTRAR, user=a_user(username="dengji", password=PASSWORD))


def in_english(page):
    page.click("[name=language][value=en] >> visible=true")
    page.wait_for_selector("html[lang=en]")
    return page


def at_width(page, width):
    page.set_viewport_size({"width": width, "height": 844 if width < 700 else 900})
    return page


def test_the_fields_of_the_form_begin_on_one_line_in_both_languages(page_desktop, registrar):
    page = at_the_form(page_desktop)
    uneven = {}

    for language in ("zh", "en"):
        for details in page.locator("[data-intake] details").all():
            details.evaluate("one => { one.open = true; }")
        for width in OFFICE:
            at_width(page, width)
            uneven[language, width] = page.evaluate(UNEVEN)
            picture(page, f"fit-intake-{width}-{language}", whole=True)
        if language == "zh":
            in_english(at_width(page, 1440))

    assert not [fault for fault in uneven.items() if fault[1]]


def test_nothing_is_cut_on_a_phone_in_english(page_desktop, registrar):
    page = in_english(at_the_form(page_desktop))

    at_width(page, 390)

    picture(page, "fit-intake-390-en", whole=True)
    assert page.evaluate(OVER_ITS_CARD) == []
    for name in ("source", "purpose", "power_level", "people-0-role"):
        assert not page.eval_on_selector(f"[name={name}]", IS_CUT), name
    assert_no_sideways_scroll(page)


def test_a_category_is_found_by_its_first_letters_and_shown_whole_by_the_arrow(page_desktop, registrar):
    page = at_the_form(page_desktop)
    field = page.locator("#id_content_category")

    field.press_sequentially("zfbz")
    page.wait_for_selector("[role=option]")
    picture(page, "fit-category-1440")
    page.click(f"[role=option][data-value='{a_category().pk}']")
    chosen, shown = (
        page.eval_on_selector("select[name=content_category]", "one => one.value"),
        field.input_value(),
    )
    field.press("ArrowDown")
    page.locator("[role=option]").nth(50).wait_for()

    assert chosen == str(a_category().pk)
    assert shown == a_category().label
    assert_axe_clean(page)


@pytest.mark.parametrize("role", [Role.PETITION_OFFICER, Role.REGISTRAR, Role.INSPECTOR])
def test_the_bar_of_a_case_offers_something_on_a_phone(page_phone, role):
    petition = a_petition()
    a_hat(role, user=a_user(username="walker", password=PASSWORD))
    sign_in(page_phone, "walker", PASSWORD)

    page_phone.goto(f"/petitions/{petition.pk}/")
    bar = page_phone.locator(".acts")
    heights = [one.bounding_box()["height"] for one in bar.locator(".btn:visible").all()]
    bar.locator("summary").click()
    picture(page_phone, f"fit-case-bar-{role.value}")
    offered = bar.locator(".menu-body a:visible, .menu-body button:visible").count()
    inside = bar.locator(".menu-body").bounding_box()

    assert heights and min(heights) >= 44
    assert offered and inside["y"] >= 0 and inside["x"] >= 0
    assert_no_sideways_scroll(page_phone)
    assert_axe_clean(page_phone)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.INSPECTOR])
def test_the_longest_name_and_title_widen_no_page(page_desktop, role):
    a_hat(role, user=a_user(username="walker", password=PASSWORD))
    petition = a_petition(
        channel=Channel.LETTER,
        title="Zusammensetzungen" * 7,
        place_detail="X" * 100,
        people=(a_person(LONG_NAME, phone="13900006025、13900006026", address="Y" * 150),),
    )
    sign_in(page_desktop, "walker", PASSWORD)

    for address in (f"/petitions/{petition.pk}/", "/petitions/?view=all", "/"):
        page_desktop.goto(address)
        for width in (*OFFICE, 390):
            at_width(page_desktop, width)
            picture(page_desktop, f"fit-long-{role.value}-{width}-{len(address)}", whole=True)
            assert_no_sideways_scroll(page_desktop)
        at_width(page_desktop, 1440)
    page_desktop.goto(f"/petitions/{petition.pk}/")
    assert "阿****提" in page_desktop.inner_text("main")


def test_signing_in_on_a_phone_begins_at_the_top(page_phone):
    page_phone.goto("/sign-in/")

    picture(page_phone, "fit-sign-in-390")
    assert page_phone.locator("header").bounding_box()["height"] < 120
    assert_no_sideways_scroll(page_phone)


def test_the_times_of_all_roles_stand_in_one_table(page_desktop):
    a_hat(Role.SECURITY_ADMINISTRATOR, user=a_user(username="anquan", password=PASSWORD))
    sign_in(page_desktop, "anquan", PASSWORD)

    page_desktop.goto("/administration/policies/")

    rows = page_desktop.locator(".policies tbody tr")
    tallest = max(row.bounding_box()["height"] for row in rows.all())
    for width in (*OFFICE, 390):
        at_width(page_desktop, width)
        picture(page_desktop, f"fit-policies-{width}", whole=True)
        assert_no_sideways_scroll(page_desktop)
    assert rows.count() == len(Role)
    assert tallest <= 48
    assert page_desktop.locator("main button[type=submit]").count() == 1
    assert_axe_clean(page_desktop)
