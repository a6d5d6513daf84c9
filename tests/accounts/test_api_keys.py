"""Programs' keys: one post each, hashed, expiring, revocable, read-only unless said otherwise."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions
from accounts.models import ApiToken, Post
from accounts.roles import Role
from accounts.second_factor import digest_of
from audit.models import Entry
from lib.errors import NotAllowed, Refused
from tests.accounts.given import in_the_demo_world
from tests.given import MONDAY, a_hat, a_post

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class WhoAmI(APIView):
    """Says whose hat a request wears."""

    def get(self, request: Request) -> Response:
        return Response({"post": request.hat.post.pk, "same": request._request.hat is request.hat})

    post = get


urlpatterns = [path("who/", WhoAmI.as_view())]


@pytest.fixture(autouse=True)
def _monday(settings):
    in_the_demo_world(settings)
    with time_machine.travel(MONDAY, tick=False):
        yield


def a_key(post, **facts):
    facts.setdefault("days", 30)
    security = a_hat(Role.SECURITY_ADMINISTRATOR)
    return actions.make_token(post.pk, label="数据上报", by=security, now=MONDAY, **facts)


def ask(client, key, method="get"):
    return getattr(client, method)("/who/", headers={"authorization": f"Token {key}"})


def test_a_program_acts_from_its_post(client):
    post = a_post()

    answer = ask(client, a_key(post).key)

    assert answer.json() == {"post": post.pk, "same": True}


def test_a_key_is_kept_as_a_hash_and_its_making_is_recorded():
    post = a_post()

    made = a_key(post)

    assert bytes(ApiToken.objects.get().digest) == digest_of(made.key)
    assert Entry.objects.about(made.token).get().facts == {"post": post.pk, "may_write": False, "days": 30}


def test_a_key_that_reads_does_not_write(client):
    answer = ask(client, a_key(a_post()).key, "post")

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")


def test_a_key_that_may_write_writes(client):
    assert ask(client, a_key(a_post(), may_write=True).key, "post").status_code == 200


@pytest.mark.parametrize("key", ["wrong", "", "a b", "ключ"])
def test_a_wrong_key_opens_nothing(client, key):
    answer = client.get("/who/", headers={"authorization": f"Token {key}".encode().decode("latin-1")})

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")


def test_without_a_key_and_a_session_the_answer_is_json_and_says_how_to_come_in(client):
    answer = client.get("/who/")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


def test_a_key_ends_with_its_days(client):
    made = a_key(a_post(), days=1)

    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        assert ask(client, made.key).status_code == 401


def test_a_revoked_key_opens_nothing(client):
    made = a_key(a_post())

    actions.revoke_token(made.token.pk, by=a_hat(Role.SECURITY_ADMINISTRATOR), now=MONDAY)

    assert ask(client, made.key).status_code == 401


def test_a_key_ends_with_its_post_and_with_the_account(client):
    ended, closed = a_post(), a_post()
    keys = [a_key(ended).key, a_key(closed).key]
    Post.objects.filter(pk=ended.pk).update(held_to="2026-03-01")
    closed.user.is_active = False
    closed.user.save(update_fields=["is_active"])

    assert [ask(client, key).status_code for key in keys] == [401, 401]


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.SEALED_LANE_OFFICER]
)
def test_no_program_acts_where_persons_must_be_apart(role):
    with pytest.raises(Refused):
        a_key(a_post(role))

    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [0, 367])
def test_a_key_lasts_a_day_at_least_and_a_year_at_most(days):
    with pytest.raises(Refused):
        a_key(a_post(), days=days)

    assert not ApiToken.objects.exists()


def test_only_the_security_administrator_makes_keys():
    with pytest.raises(NotAllowed):
        actions.make_token(a_post().pk, label="x", days=1, by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=MONDAY)

    assert not ApiToken.objects.exists()


def test_a_browser_uses_the_api_under_its_hat(client):
    hat = signed_in_on_the_pages(client)

    assert client.get("/who/").json()["post"] == hat.post.pk


def test_a_write_from_a_browser_needs_its_csrf_token():
    client = Client(enforce_csrf_checks=True)
    user = a_hat().user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["seen"] = int(MONDAY.timestamp())
    session.save()

    assert (client.get("/who/").status_code, client.post("/who/").status_code) == (200, 403)


def test_a_write_under_another_hat_is_refused_in_json(client):
    hat = signed_in_on_the_pages(client)

    answer = client.post("/who/", headers={"x-hat": str(hat.post.pk + 1)})

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_hat")


def signed_in_on_the_pages(client):
    hat = a_hat()
    client.force_login(hat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["seen"] = int(MONDAY.timestamp())
    session.save()
    return hat
