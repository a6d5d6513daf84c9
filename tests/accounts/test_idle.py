"""A session that idles: it locks by role, keeps what was being written, and opens on the spot (Q31, Q34)."""

import html
import re
from datetime import timedelta

import pytest
import time_machine

from accounts import actions
from accounts.kept import Kept
from accounts.models import Policy, User, policy_of
from accounts.roles import Role
from tests.accounts.given import PASSWORD, a_second_factor, in_the_demo_world, signed_in
from tests.given import MONDAY, a_hat, a_post, a_user

pytestmark = pytest.mark.django_db
OPEN = "/administration/staff/open/"


@pytest.fixture(autouse=True)
def _monday(settings):
    in_the_demo_world(settings)
    with time_machine.travel(MONDAY, tick=False):
        yield


def after(**pause):
    return time_machine.travel(MONDAY + timedelta(**pause), tick=False)


@pytest.mark.parametrize(
    ("role", "minutes"),
    [
        (Role.REGISTRAR, 15),
        (Role.SECURITY_ADMINISTRATOR, 15),
        (Role.GRID_WORKER, 720),
        (Role.GRID_LEADER, 720),
        (Role.LEADER, 720),
    ],
)
def test_a_role_may_idle_so_long_and_no_longer(client, role, minutes):
    signed_in(client, a_hat(role))

    with after(minutes=minutes):
        assert client.get("/account/").status_code == 200
    with after(minutes=2 * minutes, seconds=1):
        assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_another_time_set_by_the_security_administrator_holds_at_once(client):
    signed_in(client, a_hat(Role.REGISTRAR))
    actions.set_role_policies(
        {Role.REGISTRAR: Policy(idle_minutes=5, trusted_device_days=30)},
        by=a_hat(Role.SECURITY_ADMINISTRATOR),
        now=MONDAY,
    )

    with after(minutes=5, seconds=1):
        assert client.get("/account/").status_code == 302
    assert policy_of(Role.REGISTRAR).idle_minutes == 5


def test_using_the_session_keeps_it(client):
    signed_in(client, a_hat())

    for minutes in (10, 20, 30, 40):
        with after(minutes=minutes):
            assert client.get("/account/").status_code == 200


def test_the_session_is_written_once_a_minute_at_most(client):
    signed_in(client, a_hat())
    seen = client.session["seen"]

    with after(seconds=59):
        client.get("/account/")
        within = client.session["seen"]
    with after(seconds=60):
        client.get("/account/")
        later = client.session["seen"]

    assert (within - seen, later - seen) == (0, 60)


def what_is_kept(page):
    return html.unescape(re.search(r'name="kept" value="([^"]*)"', page)[1])


def test_what_was_sent_too_late_is_kept_and_sent_on_after_signing_in(client):
    hat = signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR, user=a_user(password=PASSWORD)))
    text = '贺"<建勋>'

    with after(minutes=16):
        late = client.post(OPEN, {"username": "lswb0200", "name": text, "hat": hat.key})
        again = client.post(
            "/sign-in/again/",
            {
                "username": hat.user.username,
                "password": PASSWORD,
                "kept": what_is_kept(late.content.decode()),
            },
        )
        page = again.content.decode()
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
        action = re.search(r'action="([^"]+)" data-go-on', page)[1]
        client.post(action, {name: html.unescape(value) for name, value in fields})

    assert late.status_code == 401
    assert User.objects.get(username="lswb0200").name == text


def test_nothing_is_written_before_signing_in_again(client):
    hat = signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    with after(minutes=16):
        client.post(OPEN, {"username": "lswb0200", "name": "贺建勋", "hat": hat.key})

    assert not User.objects.filter(username="lswb0200").exists()


def test_passwords_are_not_kept_in_the_page(client):
    signed_in(client, a_hat())

    with after(minutes=16):
        late = client.post("/account/password/", {"password": PASSWORD, "new_password": "xiao-dong-chuan-9"})

    assert late.status_code == 401
    assert PASSWORD not in late.content.decode()
    assert "xiao-dong-chuan-9" not in late.content.decode()


def test_a_wrong_password_keeps_the_text_and_says_so(client):
    hat = signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))
    with after(minutes=16):
        late = client.post(OPEN, {"username": "lswb0200", "name": "贺建勋"})
        kept = what_is_kept(late.content.decode())

        again = client.post(
            "/sign-in/again/", {"username": hat.user.username, "password": "wrong", "kept": kept}
        )

    assert again.status_code == 422
    assert what_is_kept(again.content.decode()) == kept
    assert "还可以再试 4 次" in again.content.decode()


def test_the_hat_the_form_was_opened_under_is_put_on_again(client):
    first = signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR, user=a_user(password=PASSWORD)))
    second = a_post(Role.HEARING_CLERK, user=first.user)
    client.post("/hats/", {"post": second.pk})
    with after(minutes=16):
        late = client.post(OPEN, {"username": "lswb0200", "name": "贺建勋", "hat": first.key})
        kept = what_is_kept(late.content.decode())

        client.post("/sign-in/again/", {"username": first.user.username, "password": PASSWORD, "kept": kept})

        assert client.get("/account/").context["request"].hat.post == first.post


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "x",
        "[]",
        '{"to": "https://elsewhere.example/", "fields": [], "files": 0}',
        '{"to": "//e.example/"}',
    ],
)
def test_what_no_page_of_ours_carried_is_not_sent_on(rf, carried):
    assert Kept.read(carried, rf.post("/sign-in/again/")) is None


def test_the_lock_opens_with_the_password_and_the_session_goes_on(client):
    signed_in(client, a_hat(user=a_user(password=PASSWORD)))

    with after(minutes=16):
        answer = client.post("/sign-in/unlock/", {"password": PASSWORD})
        page = client.get("/account/")

    assert answer.status_code == 200
    assert answer.json()["csrf_token"]
    assert page.status_code == 200


def test_the_lock_stays_shut_for_a_wrong_password(client):
    signed_in(client, a_hat())

    with after(minutes=16):
        answer = client.post("/sign-in/unlock/", {"password": "wrong"})
        page = client.get("/account/")

    assert (answer.status_code, page.status_code) == (422, 302)
    assert "还可以再试 4 次" in answer.content.decode()


def test_the_lock_asks_for_the_code_too_where_one_was_shown(client):
    hat = a_hat()
    _secret, codes = a_second_factor(hat.user)
    hat.user.set_password(PASSWORD)
    hat.user.save(update_fields=["password"])
    client.post("/sign-in/", {"username": hat.user.username, "password": PASSWORD})
    client.post("/sign-in/second-factor/", {"code": codes[0]})

    with after(minutes=16):
        without = client.post("/sign-in/unlock/", {"password": PASSWORD})
        with_code = client.post("/sign-in/unlock/", {"password": PASSWORD, "code": codes[1]})

    assert (without.status_code, with_code.status_code) == (422, 200)


def test_nobody_unlocks_where_nobody_was_signed_in(client):
    assert client.post("/sign-in/unlock/", {"password": PASSWORD}).status_code == 401
