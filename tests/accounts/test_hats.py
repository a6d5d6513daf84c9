"""Hats: putting one on, writing under another, acting for somebody absent."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.hats import hat_of, hats_of
from accounts.models import Absence, Post, RolePolicy
from accounts.roles import Role
from audit.models import Entry
from tests.accounts.given import in_the_demo_world, signed_in
from tests.given import MONDAY, a_hat, a_post, a_user, an_organ

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _monday(settings):
    in_the_demo_world(settings)
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_changing_the_hat_changes_the_session_key(client):
    hat = signed_in(client, a_hat())
    other = a_post(Role.HEARING_CLERK, user=hat.user)
    before = client.session.session_key

    client.post("/hats/", {"post": other.pk})

    assert client.session.session_key != before
    assert client.get("/account/").context["request"].hat.post == other


@pytest.mark.parametrize("wanted", ["0", "", "x", "not mine"])
def test_a_hat_of_somebody_else_is_unknown(client, wanted):
    mine = signed_in(client, a_hat())
    other = a_post(Role.SECURITY_ADMINISTRATOR)

    answer = client.post("/hats/", {"post": other.pk if wanted == "not mine" else wanted})

    assert answer.status_code == 404
    assert client.get("/account/").context["request"].hat.post == mine.post


def test_a_write_under_another_hat_is_refused_and_writes_nothing(client):
    security = signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))
    a_post(Role.HEARING_CLERK, user=security.user)

    answer = client.post(
        "/administration/policies/",
        {
            "hat": security.post.pk + 1,
            "of": "registrar",
            "registrar-role": "registrar",
            "registrar-idle_minutes": "5",
            "registrar-trusted_device_days": "1",
        },
    )

    assert answer.status_code == 409
    assert "不是用您现在的岗位打开的" in answer.content.decode()
    assert not RolePolicy.objects.exists()
    assert not Entry.objects.filter(verb="role_policy.set").exists()


def test_the_hat_may_also_come_in_the_header(client):
    security = signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    answer = client.post("/administration/policies/", {}, headers={"x-hat": str(security.post.pk + 1)})

    assert answer.status_code == 409


def test_a_deputy_has_the_hat_from_the_first_day_to_the_last():
    post, deputy = a_post(), a_user()
    Absence.objects.create(
        post=post, deputy=deputy, since=TODAY, until=TODAY + timedelta(days=2), reason="出差"
    )

    worn = [bool(hats_of(deputy, on=TODAY + timedelta(days=day))) for day in (-1, 0, 2, 3)]

    assert worn == [False, True, True, False]


def test_a_deputy_signs_with_his_own_name_for_the_absent_one():
    post, deputy = a_post(user=a_user("王丽娟")), a_user("白静怡")
    Absence.objects.create(post=post, deputy=deputy, since=TODAY, until=TODAY, reason="出差")

    hat = hat_of(deputy, post.pk, on=TODAY)

    assert hat.words == "白静怡（代王丽娟） 区信访局 督查科"
    assert (hat.actor.user_id, hat.actor.post_id) == (deputy.pk, post.pk)


def test_an_absence_that_was_ended_gives_no_hat():
    post, deputy = a_post(), a_user()
    Absence.objects.create(post=post, deputy=deputy, since=TODAY, until=TODAY, reason="出差", ended_at=MONDAY)

    assert hats_of(deputy, on=TODAY) == []


def test_a_post_is_worn_on_its_last_day_and_not_after():
    post = a_post(held_to=date(2026, 3, 2))

    assert hat_of(post.user, post.pk, on=date(2026, 3, 2)).post == post
    assert hat_of(post.user, post.pk, on=date(2026, 3, 3)) is None


def test_a_closed_account_has_no_hat():
    post = a_post(user=a_user(is_active=False))

    assert hats_of(post.user, on=TODAY) == []


def test_a_hat_that_ended_overnight_falls_back_to_another(client):
    hat = signed_in(client, a_hat())
    other = a_post(Role.HEARING_CLERK, user=hat.user)

    Post.objects.filter(pk=hat.post.pk).update(held_to=date(2026, 3, 1))

    assert client.get("/account/").context["request"].hat.post == other


def test_only_offices_that_look_after_a_place_see_all_of_it():
    office, department = a_post(), a_post(organ=an_organ())

    assert office.sees_its_place
    assert not department.sees_its_place
