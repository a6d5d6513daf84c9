"""The door in a real browser: locked after five failures, the second factor from the first day on, language, hats."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone

from accounts.models import OrganKind, User
from accounts.roles import Role
from audit.models import Entry
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, picture, sign_in
from tests.given import a_hat, a_post, a_user, an_organ

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TRIES = 5


@pytest.fixture
def officer():
    return a_hat(Role.PETITION_OFFICER, user=a_user(username="duban", password=PASSWORD))


def try_password(page, password):
    page.goto("/sign-in/")
    page.fill("[name=username]", "duban")
    page.fill("[name=password]", password)
    page.click("form:has([name=password]) [type=submit]")


def code_of(secret):
    """Return what the authenticator app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def came_in(page):
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page.is_visible("summary:has(.avatar-t)")


def test_five_wrong_passwords_lock_the_door_to_the_right_one_too(page_desktop, officer):
    """Protection §6: the page says how long, and who unlocks it at once."""
    page = page_desktop
    told = []
    for _try in range(TRIES):
        try_password(page, "wrong")
        told.append(page.inner_text("[data-errsum]"))

    try_password(page, PASSWORD)
    refused = page.inner_text("[data-errsum]")

    assert_axe_clean(page)
    picture(page, "sign_in_locked_1440")
    assert "15 分钟" in told[-1] and "已锁定" in told[-1]
    assert "已锁定" not in told[-2]
    assert "已锁定" in refused
    assert page.url.endswith("/sign-in/")
    assert Entry.objects.filter(verb="account.sign_in_failed").count() == TRIES


def test_the_second_factor_is_set_up_and_opens_the_door_by_app_and_by_recovery_code(
    page_desktop, officer, settings
):
    """Q34: without a factor one gets no further than setting one up; a recovery code opens once."""
    settings.SECOND_FACTOR_REQUIRED = True
    page = page_desktop
    try_password(page, PASSWORD)
    page.wait_for_url("**/account/second-factors/")
    page.goto("/petitions/")
    kept_out = page.url
    page.click("main a[href*=totp]")
    secret = page.inner_text("main code")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", code_of(secret))
    page.click("main form:has([name=code]) [type=submit]")
    page.wait_for_selector("ol code")
    assert_axe_clean(page)
    recovery = page.inner_text("ol code >> nth=0")
    page.goto("/petitions/")
    opened = page.url

    page.context.clear_cookies()
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        try_password(page, PASSWORD)
        page.wait_for_url("**/second-factor/**")
        assert_axe_clean(page)
        page.fill("[name=code]", code_of(secret))
        page.click("main form[data-passkey] [type=submit]")
        by_app = came_in(page)
    page.context.clear_cookies()
    try_password(page, PASSWORD)
    page.fill("[name=code]", recovery)
    page.click("main form[data-passkey] [type=submit]")
    by_recovery = came_in(page)
    page.context.clear_cookies()
    try_password(page, PASSWORD)
    page.fill("[name=code]", recovery)
    page.click("main form[data-passkey] [type=submit]")
    page.wait_for_selector("[data-errsum]")

    assert kept_out.endswith("/account/second-factors/")
    assert opened.endswith("/petitions/")
    assert (by_app, by_recovery) == (True, True)
    assert "/second-factor/" in page.url


def test_the_language_is_switched_and_stays_with_the_account(page_desktop, officer):
    page = page_desktop
    sign_in(page, "duban", PASSWORD)
    page.goto("/petitions/")
    chinese = page.inner_text("h1")

    page.click(".pt-top [name=language][value=en] >> visible=true")
    page.wait_for_selector("html[lang=en]")
    english = page.inner_text("h1")
    page.context.clear_cookies()
    sign_in(page, "duban", PASSWORD)

    assert not chinese.isascii()
    assert english.isascii()
    assert page.get_attribute("html", "lang") == "en"
    assert User.objects.get(username="duban").language == "en"


def test_another_hat_is_put_on_from_the_menu(page_desktop, officer):
    """Q29: another post, another organ; the page says at once as whom one works."""
    township = an_organ(kind=OrganKind.TOWNSHIP, short_name="凤山街道")
    a_post(Role.UNIT_HEAD, user=officer.user, organ=township, title="主任")
    page = page_desktop
    sign_in(page, "duban", PASSWORD)
    before = page.inner_text("summary:has(.avatar-t)")
    assert_axe_clean(page)

    page.click("summary:has(.avatar-t)")
    picture(page, "menu_1440")
    assert_axe_clean(page, within=".menu-body")
    page.click(".menu-body button >> text=凤山街道")
    page.wait_for_selector("summary:has(.avatar-t) >> text=凤山街道")

    assert "区信访局" in before
    assert "主任" in page.inner_text("summary:has(.avatar-t)")
