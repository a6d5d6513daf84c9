"""The frame and the shared pieces in a real browser."""

import pytest
from django.utils import translation

from tests.browser.walks import (
    assert_axe_clean,
    assert_no_sideways_scroll,
    picture,
    without_modern_colours,
)
from tests.front.addresses import GOOD_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.front.addresses")]
PAGE = "/components/"
MASKED = "138****1234"
LOOKS = {
    "page": ("body", "one => getComputedStyle(one).backgroundColor"),
    "main action": (".btn-primary", "one => getComputedStyle(one).backgroundColor"),
    "edge of a field": ("#id_title", "one => getComputedStyle(one).borderTopColor"),
    "card": (".card", "one => getComputedStyle(one).backgroundColor"),
}
PLAIN_LOOKS = {
    "page": "rgb(241, 243, 246)",
    "main action": "rgb(27, 90, 160)",
    "edge of a field": "rgb(125, 138, 154)",
    "card": "rgb(255, 255, 255)",
}


@pytest.fixture(params=["page_desktop", "page_1366", "page_phone"])
def page(request, transactional_db):
    # asked for by name, or pytest-django does not see that a server and so the database is wanted
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?bad", "/nowhere/"])
def test_no_barrier_and_no_sideways_scroll_at_any_size(page, address):
    page.goto(address)

    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    picture(page, f"components-{page.viewport_size['width']}", whole=True)


def test_an_old_browser_still_shows_readable_pages(page_desktop):
    """Design §2: every declaration Chrome 109 drops is dropped here too."""
    without_modern_colours(page_desktop)

    page_desktop.goto(PAGE)

    assert_axe_clean(page_desktop)
    assert {name: page_desktop.eval_on_selector(*look) for name, look in LOOKS.items()} == PLAIN_LOOKS
    picture(page_desktop, "components-old-browser")


def test_the_drawer_opens_and_closes_on_a_phone(page_phone):
    page_phone.goto(PAGE)
    page_phone.click("[data-open-side]")
    assert page_phone.is_visible("#side nav")
    assert page_phone.get_attribute("[data-open-side]", "aria-expanded") == "true"

    page_phone.keyboard.press("Escape")

    assert not page_phone.is_visible("#side nav")
    assert page_phone.evaluate("document.activeElement.matches('[data-open-side]')")


def test_the_drawer_opens_without_scripts(page_without_scripts):
    page_without_scripts.set_viewport_size({"width": 390, "height": 844})
    page_without_scripts.goto(PAGE)

    page_without_scripts.click("[data-open-side]")

    assert page_without_scripts.is_visible("#side nav")


def test_a_failed_form_puts_the_reader_on_what_to_correct(page_desktop):
    page_desktop.goto(f"{PAGE}?bad")
    assert page_desktop.evaluate("document.activeElement.matches('[data-errsum]')")

    page_desktop.click("[data-errsum] a[href='#id_unit']")

    assert page_desktop.evaluate("document.activeElement.id") == "id_unit"


def test_a_covered_value_is_shown_in_its_place_and_covered_again(page_desktop):
    page_desktop.goto(PAGE)
    page_desktop.click("form.pii button")
    page_desktop.wait_for_selector("form.pii.open")
    assert page_desktop.inner_text("form.pii .v") == "138 0000 1234"

    page_desktop.wait_for_selector("form.pii:not(.open)")

    assert page_desktop.inner_text("form.pii .v") == MASKED


def test_a_value_that_could_not_be_shown_stays_covered_and_says_so(page_desktop):
    page_desktop.goto(PAGE)
    page_desktop.route("**/reveal/", lambda route: route.abort())

    page_desktop.click("form.pii button")

    page_desktop.wait_for_selector("form.pii .say:not(:empty)")
    assert page_desktop.inner_text("form.pii .v") == MASKED


def test_the_row_keys_move_and_open(page_desktop):
    page_desktop.goto(PAGE)

    for key in "jjjk":
        page_desktop.keyboard.press(key)
    page_desktop.keyboard.press("Enter")

    page_desktop.wait_for_url("**/?row=2")


@pytest.mark.parametrize(("key", "address"), [("n", "**/cases/intake/"), ("N", "**/cases/intake/")])
def test_the_key_n_opens_registering(page_desktop, key, address):
    page_desktop.goto(PAGE)

    page_desktop.keyboard.press(key)

    page_desktop.wait_for_url(address)


def test_keys_are_silent_in_fields_while_composing_and_when_switched_off(page_desktop):
    page_desktop.goto(PAGE)
    page_desktop.focus("#id_title")
    page_desktop.keyboard.type("n/?")
    assert page_desktop.input_value("#id_title") == "n/?"

    page_desktop.evaluate("document.activeElement.blur()")
    page_desktop.evaluate(
        "document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true}))"
    )
    assert not page_desktop.is_visible("#keys-help")

    page_desktop.keyboard.press("?")
    page_desktop.uncheck("[data-single-keys]")
    page_desktop.keyboard.press("Escape")
    page_desktop.evaluate("document.activeElement.blur()")
    page_desktop.keyboard.press("/")
    assert page_desktop.evaluate("document.activeElement.id") != "q"


def test_a_form_is_saved_while_it_is_written(page_desktop):
    page_desktop.goto(PAGE)

    page_desktop.fill("#id_title", "街上村修路占地")

    page_desktop.wait_for_selector("[data-sync]:not(.sync-wait) >> text=已保存 09:41")
    assert page_desktop.input_value("[name=seen_version]") == "2"


def test_a_lost_network_is_said_and_the_text_is_saved_when_it_is_back(page_desktop):
    page_desktop.goto(PAGE)
    page_desktop.route("**/autosave/", lambda route: route.abort())
    page_desktop.fill("#id_title", "街上村修路占地")
    page_desktop.wait_for_selector(".sync-bad")
    page_desktop.unroute("**/autosave/")

    page_desktop.evaluate("window.dispatchEvent(new Event('online'))")

    page_desktop.wait_for_selector("[data-sync]:not(.sync-bad) >> text=已保存 09:41")


@pytest.mark.parametrize(
    ("typed", "told"), [("别人先存了", "别人先存了这份草稿"), ("换了岗位", "您在别的窗口换了岗位")]
)
def test_a_refused_save_is_told_and_nothing_typed_is_lost(page_desktop, typed, told):
    """Q32: the stale write is refused, the text stays; so with a hat that was changed meanwhile."""
    page_desktop.goto(PAGE)

    page_desktop.fill("#id_title", typed)

    page_desktop.wait_for_selector(f"[data-conflict] >> text={told}")
    assert page_desktop.input_value("#id_title") == typed
    assert page_desktop.input_value("[name=seen_version]") == "1"


def test_rows_are_added_and_struck_out_with_their_numbers_kept(page_desktop):
    page_desktop.goto(PAGE)
    page_desktop.click("[data-repeat-add]")
    page_desktop.fill("[name=people-0-name]", "刘")
    page_desktop.fill("[name=people-1-name]", "张")

    page_desktop.click("[data-row] >> nth=0 >> [data-row-remove]")

    assert page_desktop.input_value("[name=people-TOTAL_FORMS]") == "2"
    assert page_desktop.is_checked("[name=people-0-DELETE]")
    assert page_desktop.inner_text("[data-row]:not([hidden]) [data-row-number]") == "1"
    assert page_desktop.input_value("[name=people-1-name]") == "张"


def test_no_more_rows_than_the_form_takes(page_desktop):
    page_desktop.goto(PAGE)

    for _more in range(2):
        page_desktop.click("[data-repeat-add]")

    assert page_desktop.is_disabled("[data-repeat-add]")


def test_a_place_is_found_and_chosen_by_keyboard(page_desktop):
    page_desktop.goto(PAGE)
    page_desktop.fill("#id_place", "街")
    page_desktop.wait_for_selector("[role=option]")

    page_desktop.keyboard.press("ArrowDown")
    page_desktop.keyboard.press("Enter")

    assert page_desktop.input_value("#id_place") == "街上村"
    assert page_desktop.input_value("#id_place_code") == "141102"
    assert page_desktop.get_attribute("#id_place", "aria-expanded") == "false"


def test_a_changed_word_takes_the_chosen_place_back(page_desktop):
    page_desktop.goto(PAGE)
    page_desktop.fill("#id_place", "街")
    page_desktop.click("[role=option]")

    page_desktop.fill("#id_place", "别处")

    assert page_desktop.input_value("#id_place_code") == ""


def test_an_idle_screen_is_covered_until_its_owner_is_back_and_keeps_the_text(page_desktop):
    """Protection §6, Q34: Escape does not lift the cover, a wrong password does not either."""
    page_desktop.goto(f"{PAGE}?idle=0.05")
    page_desktop.fill("#id_title", "还没写完")
    page_desktop.wait_for_selector("#screen-lock[open]")
    for _twice in range(2):
        page_desktop.keyboard.press("Escape")
    assert page_desktop.is_visible("#screen-lock")
    page_desktop.fill("#lock-password", "wrong")
    page_desktop.keyboard.press("Enter")
    page_desktop.wait_for_selector("#screen-lock >> text=密码不对")

    page_desktop.fill("#lock-password", GOOD_PASSWORD)
    page_desktop.keyboard.press("Enter")

    page_desktop.wait_for_selector("#screen-lock", state="hidden")
    assert page_desktop.input_value("#id_title") == "还没写完"
    assert page_desktop.input_value("main [name=csrfmiddlewaretoken] >> nth=0") == "renewed"


def test_the_language_changes_and_comes_back_to_the_same_page(page_desktop):
    page_desktop.goto(f"{PAGE}?row=3")

    page_desktop.click("[name=language][value=en] >> visible=true")

    page_desktop.wait_for_url("**/components/?row=3")
    with translation.override("en"):
        assert page_desktop.inner_text(".skip") == translation.gettext("Skip to the content")


def test_paper_carries_no_buttons_and_says_who_printed(page_desktop):
    page_desktop.goto(PAGE)

    page_desktop.emulate_media(media="print")

    assert not page_desktop.is_visible("#side")
    assert not page_desktop.is_visible("form.pii button")
    assert "李文斌" in page_desktop.inner_text(".print-only")
