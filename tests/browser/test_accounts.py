"""The door and the administration of people in a real browser: the same at every width, and clean to axe."""

import pytest

from accounts.roles import Role
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.given import a_hat, a_post, a_user, an_organ

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_person(role, username="lswb0127", **facts):
    return a_hat(role, user=a_user(username=username, password=PASSWORD), **facts)


def look(page, name, whole=True):
    picture(page, name, whole=whole)
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)


def test_the_door_looks_the_same_wide_and_narrow(page_desktop, page_phone):
    a_person(Role.PETITION_OFFICER)
    for page, width in ((page_desktop, "1440"), (page_phone, "390")):
        page.goto("/sign-in/")
        page.fill("[name=username]", "lswb0127")
        page.fill("[name=password]", "wrong")
        page.click("main form[method=post] [type=submit] >> nth=-1")
        page.wait_for_selector(".errsum")
        look(page, f"sign_in_{width}", whole=False)


@pytest.mark.parametrize(
    ("role", "address", "name"),
    [
        (Role.SECURITY_ADMINISTRATOR, "/administration/staff/", "staff"),
        (Role.SECURITY_ADMINISTRATOR, "/administration/staff/{person}/", "person"),
        (Role.SECURITY_ADMINISTRATOR, "/administration/staff/{person}/give-post/", "give_post"),
        (Role.SECURITY_ADMINISTRATOR, "/administration/policies/", "policies"),
        (Role.SECURITY_ADMINISTRATOR, "/administration/tokens/", "tokens"),
        (Role.SYSTEM_ADMINISTRATOR, "/administration/organs/", "organs"),
        (Role.SYSTEM_ADMINISTRATOR, "/administration/organs/{organ}/", "organ"),
        (Role.SYSTEM_ADMINISTRATOR, "/administration/organs/{organ}/replace/", "replace_organ"),
        (Role.REGISTRAR, "/account/", "account"),
        (Role.REGISTRAR, "/account/second-factors/", "second_factors"),
        (Role.REGISTRAR, "/account/second-factors/totp/", "add_totp"),
        (Role.REGISTRAR, "/account/second-factors/passkey/", "add_passkey"),
    ],
)
def test_every_page_holds_at_both_widths(page_desktop, page_phone, role, address, name):
    a_person(role)
    colleague = a_post(organ=an_organ(parent=a_post().organ), role=Role.CASE_OFFICER)
    where = address.format(person=colleague.user_id, organ=colleague.organ_id)
    for page, width in ((page_desktop, "1440"), (page_phone, "390")):
        sign_in(page, "lswb0127", PASSWORD)
        page.goto(where)
        look(page, f"{name}_{width}")


def test_a_passkey_is_set_up_and_opens_the_door(page_desktop):
    """With a virtual authenticator: what the browser and the server tell each other is real."""
    person = a_person(Role.REGISTRAR)
    page = page_desktop
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    sign_in(page, person.user.username, PASSWORD)
    page.goto("/account/second-factors/passkey/")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=name]", "办公电脑")
    page.click("[data-passkey-button]")
    page.wait_for_selector("text=恢复码")
    page.context.clear_cookies()

    page.goto("/sign-in/")
    page.fill("[name=username]", person.user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit] >> nth=-1")
    page.wait_for_url("**/second-factor/**")
    page.click("[data-passkey-button]")

    page.wait_for_url(lambda url: "/sign-in/" not in url)
