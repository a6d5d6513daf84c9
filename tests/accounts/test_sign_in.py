"""Signing in and out: password, the lock after five failures, what the browser may learn from an answer."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog
from django.urls import reverse

from accounts import actions
from accounts.models import User
from accounts.roles import Role
from audit.models import Entry
from tests.accounts.given import PASSWORD, in_the_demo_world, signed_in
from tests.given import MONDAY, a_hat, a_post, a_user

pytestmark = [pytest.mark.django_db]
SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def _monday(settings):
    in_the_demo_world(settings)
    with time_machine.travel(MONDAY, tick=False):
        yield


def try_to_sign_in(client, username, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_staff_number_and_password_open_the_first_page(client):
    post = a_post(user=a_user(password=PASSWORD, username="lswb0127"))

    answer = try_to_sign_in(client, "lswb0127")

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/account/").context["request"].hat.post == post


@pytest.mark.parametrize("typed", ["LSWB0127", " lswb0127 ", "ｌｓｗｂ０１２７"])
def test_a_staff_number_is_the_same_in_every_spelling(client, typed):
    a_user(password=PASSWORD, username="lswb0127")

    assert try_to_sign_in(client, typed).status_code == 302


def test_one_goes_on_to_the_page_one_asked_for(client):
    a_post(user=a_user(password=PASSWORD, username="lswb0127"))

    asked = client.get("/account/")
    answer = try_to_sign_in(client, "lswb0127", next="/account/")

    assert asked["Location"] == f"{SIGN_IN}?next=/account/"
    assert answer["Location"] == "/account/"


def test_signing_in_leads_to_no_other_site(client):
    a_user(password=PASSWORD, username="lswb0127")

    answer = try_to_sign_in(client, "lswb0127", next="https://elsewhere.example/")

    assert answer["Location"] == "/"


def test_the_session_key_changes_when_one_signs_in(client):
    a_user(password=PASSWORD, username="lswb0127")
    client.get(SIGN_IN)
    client.session.save()
    before = client.session.session_key

    try_to_sign_in(client, "lswb0127")

    assert client.session.session_key != before


def test_a_wrong_password_says_how_often_one_may_try_again(client):
    a_user(password=PASSWORD, username="lswb0127")

    answer = try_to_sign_in(client, "lswb0127", "wrong")

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "工号或密码不对。还可以再试 4 次，之后锁定 15 分钟。"
    ]
    assert 'value="lswb0127"' in answer.content.decode()


def test_an_unknown_staff_number_gets_the_same_answers_as_a_known_one(client):
    a_user(password=PASSWORD, username="known0001")

    answers = {
        username: [try_to_sign_in(client, username, "wrong").context["form"].errors for _ in range(7)]
        for username in ("known0001", "unknown01")
    }

    assert answers["known0001"] == answers["unknown01"]


def test_the_fifth_failure_locks_even_the_right_password_out(client):
    a_user(password=PASSWORD, username="lswb0127")
    for _ in range(5):
        try_to_sign_in(client, "lswb0127", "wrong")

    answer = try_to_sign_in(client, "lswb0127")

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "连续输错 5 次，已锁定 15 分钟。本单位的账号管理员可以马上解锁。"
    ]


def test_four_failures_do_not_lock(client):
    a_user(password=PASSWORD, username="lswb0127")
    for _ in range(4):
        try_to_sign_in(client, "lswb0127", "wrong")

    assert try_to_sign_in(client, "lswb0127").status_code == 302


def test_other_spellings_browsers_and_addresses_do_not_stretch_the_count(client):
    a_user(password=PASSWORD, username="lswb0127")
    for number, typed in enumerate(["lswb0127", "LSWB0127", "Lswb0127", "lswb0127 ", "lsWB0127"]):
        client.post(
            SIGN_IN,
            {"username": typed, "password": "wrong"},
            headers={"user-agent": f"browser {number}"},
            REMOTE_ADDR=f"10.0.0.{number}",
        )

    assert try_to_sign_in(client, "lswb0127").status_code == 422


def test_the_lock_opens_after_fifteen_minutes(client):
    a_user(password=PASSWORD, username="lswb0127")
    for _ in range(5):
        try_to_sign_in(client, "lswb0127", "wrong")

    with time_machine.travel(MONDAY + timedelta(minutes=14, seconds=59), tick=False):
        assert try_to_sign_in(client, "lswb0127").status_code == 422
    with time_machine.travel(MONDAY + timedelta(minutes=15, seconds=1), tick=False):
        assert try_to_sign_in(client, "lswb0127").status_code == 302


def test_trying_on_while_locked_does_not_lock_for_longer(client):
    a_user(password=PASSWORD, username="lswb0127")
    for _ in range(5):
        try_to_sign_in(client, "lswb0127", "wrong")
    with time_machine.travel(MONDAY + timedelta(minutes=10), tick=False):
        try_to_sign_in(client, "lswb0127", "wrong")

    with time_machine.travel(MONDAY + timedelta(minutes=15, seconds=1), tick=False):
        assert try_to_sign_in(client, "lswb0127").status_code == 302


def test_the_steward_unlocks_at_once(client):
    person = a_user(password=PASSWORD, username="lswb0127")
    a_post(user=person)
    for _ in range(5):
        try_to_sign_in(client, "lswb0127", "wrong")

    actions.unlock(person.pk, by=a_hat(is_steward=True), now=MONDAY)

    assert try_to_sign_in(client, "lswb0127").status_code == 302


def test_a_closed_account_gets_the_answer_of_a_wrong_password(client):
    a_user(password=PASSWORD, username="lswb0127", is_active=False)

    right = try_to_sign_in(client, "lswb0127").context["form"].errors

    assert right["__all__"] == ["工号或密码不对。还可以再试 4 次，之后锁定 15 分钟。"]


def test_coming_in_is_recorded_and_so_is_failing(client):
    person = a_user(password=PASSWORD, username="lswb0127")
    try_to_sign_in(client, "lswb0127", "wrong")
    try_to_sign_in(client, "lswb0127")

    entries = Entry.objects.about(person).order_by("seq").values_list("verb", "facts", "actor_user_id")

    assert list(entries) == [
        ("account.sign_in_failed", {"what": "password", "locked": False}, None),
        ("account.sign_in", {"factor": ""}, person.pk),
    ]


def test_the_record_of_failures_keeps_nothing_that_was_typed_but_the_staff_number(client):
    a_user(password=PASSWORD, username="lswb0127")

    try_to_sign_in(client, "lswb0127", "my-secret-word", next="/petitions/?q=张大强")

    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.post_data, attempt.get_data) == ("lswb0127", "", "")
    assert AccessFailureLog.objects.count() == 1


def test_signing_out_ends_the_session_and_is_recorded(client):
    hat = signed_in(client, a_hat())

    answer = client.post("/sign-out/")

    assert answer["Location"] == SIGN_IN
    assert client.get("/account/").status_code == 302
    assert Entry.objects.about(hat.user).filter(verb="account.sign_out").count() == 1


def test_one_does_not_sign_out_by_following_a_link(client):
    signed_in(client, a_hat())

    assert client.get("/sign-out/").status_code == 405
    assert client.get("/account/").status_code == 200


def test_who_has_no_post_is_told_who_can_help(client):
    a_user(password=PASSWORD, username="lswb0127")
    try_to_sign_in(client, "lswb0127")

    asked = client.get("/")

    assert asked["Location"] == reverse("accounts:no_post")
    assert "安全管理员" in client.get(asked["Location"]).content.decode()


def test_a_new_password_is_demanded_before_anything_else(client):
    person = a_user(password=PASSWORD, username="lswb0127", must_change_password=True)
    a_post(user=person)
    try_to_sign_in(client, "lswb0127")

    assert client.get("/")["Location"] == "/account/password/"
    answer = client.post(
        "/account/password/",
        {"password": PASSWORD, "new_password": "han-shan-si-22", "repeated": "han-shan-si-22"},
    )

    assert answer["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert not User.objects.get(pk=person.pk).must_change_password


def test_the_language_is_kept_in_the_browser_before_anybody_is_signed_in(client):
    answer = client.post("/language/", {"language": "en", "next": SIGN_IN})

    assert answer["Location"] == SIGN_IN
    assert '<h1 class="mb-3">Sign in</h1>' in client.get(SIGN_IN).content.decode()


def test_the_language_follows_a_person_to_another_browser(client):
    hat = signed_in(client, a_hat(role=Role.REGISTRAR, user=a_user(password=PASSWORD)))
    client.post("/language/", {"language": "en"})
    client.post("/sign-out/")
    client.cookies.clear()

    try_to_sign_in(client, hat.user.username)

    assert "Your account" in client.get("/account/").content.decode()
