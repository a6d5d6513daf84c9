"""The pages of people and organs: who may open which, and that each shows, refuses and acts."""

import re
from dataclasses import asdict
from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Absence, ApiToken, Organ, Policy, Portfolio, Post, RolePolicy, User, policies
from accounts.roles import Role
from audit.models import Entry
from tests.accounts.given import (
    PASSWORD,
    an_open_matter,
    in_the_demo_world,
    matters_of,
    open_matters,
    signed_in,
)
from tests.given import MONDAY, a_hat, a_place, a_post, a_user, an_organ, the_petition_office

pytestmark = pytest.mark.django_db
SECURITY = {Role.SECURITY_ADMINISTRATOR}
SYSTEM = {Role.SYSTEM_ADMINISTRATOR}
EVERYBODY = set(Role)
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _monday(settings):
    in_the_demo_world(settings)
    with time_machine.travel(MONDAY, tick=False), open_matters():
        yield


# Read across: the page, whose it is.
PAGES = [
    ("/administration/staff/", SECURITY),
    ("/administration/staff/open/", SECURITY),
    ("/administration/staff/with-nobody/", SECURITY),
    ("/administration/staff/{person}/", SECURITY),
    ("/administration/staff/{person}/close/", SECURITY),
    ("/administration/staff/{person}/give-post/", SECURITY),
    ("/administration/posts/{post}/end/", SECURITY),
    ("/administration/posts/{leader}/portfolio/", SECURITY),
    ("/administration/policies/", SECURITY),
    ("/administration/tokens/", SECURITY),
    ("/administration/organs/", SYSTEM),
    ("/administration/organs/make/", SYSTEM),
    ("/administration/organs/{organ}/", SYSTEM),
    ("/administration/organs/{organ}/change/", SYSTEM),
    ("/administration/organs/{organ}/replace/", SYSTEM),
    ("/administration/organs/{organ}/split/", SYSTEM),
    ("/account/", EVERYBODY),
    ("/account/password/", EVERYBODY),
    ("/account/second-factors/", EVERYBODY),
    ("/account/second-factors/totp/", EVERYBODY),
    ("/account/second-factors/passkey/", EVERYBODY),
    ("/posts/{own}/absence/", EVERYBODY),
    ("/posts/{own}/hand-over/", EVERYBODY),
]
WHO = [Role.REGISTRAR, Role.LEADER, *SECURITY, *SYSTEM, Role.AUDIT_ADMINISTRATOR, Role.INSPECTOR]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", WHO)
def test_each_page_is_for_whom_it_is_and_tells_the_others(client, role, language):
    hat = signed_in(client, a_hat(role))
    client.post("/language/", {"language": language})
    post = a_post()
    names = {
        "person": post.user_id,
        "post": post.pk,
        "leader": a_post(Role.LEADER).pk,
        "organ": post.organ_id,
        "own": hat.post.pk,
    }

    answers = {page: client.get(page.format(**names)).status_code for page, _ in PAGES}

    assert answers == {page: 200 if role in whose else 403 for page, whose in PAGES}


def test_pages_that_are_not_there_answer_alike(client):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    answers = [
        client.get(page)
        for page in ("/administration/staff/0/", "/administration/posts/0/end/", "/posts/0/absence/")
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1


def test_the_post_of_somebody_else_is_as_unknown_as_none(client):
    signed_in(client, a_hat())
    other = a_post()

    theirs, nobodys = (client.get(f"/posts/{pk}/absence/") for pk in (other.pk, 0))

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_people_are_found_by_name_number_and_organ(client):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))
    housing = an_organ()
    wang = a_post(user=a_user("王丽娟", username="dengji1")).user
    bai = a_post(Role.CASE_OFFICER, organ=housing, user=a_user("白静怡", username="zhujian1")).user

    def found(**question):
        return [person for person, _ in client.get("/administration/staff/", question).context["rows"]]

    assert found(q="丽娟") == [wang]
    assert found(q="ZHUJIAN") == [bai]
    assert found(organ=housing.pk) == [bai]
    assert found(q="没有这个人") == []


def test_the_list_costs_the_same_for_one_person_as_for_twenty(client, django_assert_num_queries):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))
    with django_assert_num_queries(9):
        client.get("/administration/staff/")
    for _ in range(20):
        a_post()

    with django_assert_num_queries(9):
        client.get("/administration/staff/")


def test_an_account_is_opened_and_its_password_shown_once(client):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    page = client.post(
        "/administration/staff/open/", {"username": "lswb0200", "name": "贺建勋", "phone": ""}
    ).content.decode()

    password = re.search(r"<code>([^<]+)</code>", page)[1]
    opened = User.objects.get(username="lswb0200")
    assert opened.check_password(password)
    assert password not in client.get(f"/administration/staff/{opened.pk}/").content.decode()


def test_a_refused_form_comes_back_with_all_that_was_typed(client):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))
    a_user(username="lswb0200")

    answer = client.post(
        "/administration/staff/open/", {"username": "lswb0200", "name": "贺建勋", "phone": "8222"}
    )

    assert answer.status_code == 422
    assert 'value="贺建勋"' in answer.content.decode()
    assert 'value="8222"' in answer.content.decode()


def test_a_post_is_given_and_ended_from_the_pages(client):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))
    person, taking = a_user(), a_post()

    client.post(
        f"/administration/staff/{person.pk}/give-post/",
        {
            "organ": the_petition_office().pk,
            "role": "registrar",
            "title": "1 号窗口",
            "held_from": "2026-03-02",
        },
    )
    post = Post.objects.get(user=person)
    an_open_matter(post)
    shown = client.get(f"/administration/posts/{post.pk}/end/").content.decode()
    refused = client.post(f"/administration/posts/{post.pk}/end/", {"to_post": ""})
    client.post(f"/administration/posts/{post.pk}/end/", {"to_post": taking.pk})

    post.refresh_from_db()
    assert "1 件在办工作" in shown
    assert refused.status_code == 422
    assert (post.held_to, matters_of(taking)) == (TODAY, 1)


def test_work_with_nobody_is_shown_to_the_security_administrator(client):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))
    left = a_post(user=a_user("白静怡"), held_to=date(2026, 2, 27))
    before = client.get("/administration/staff/with-nobody/").content.decode()

    an_open_matter(left)

    page = client.get("/administration/staff/with-nobody/").content.decode()
    assert "白静怡" not in before
    assert f"/posts/{left.pk}/hand-over/" in page


def test_one_names_ones_own_deputy_and_comes_back(client):
    hat, deputy = signed_in(client, a_hat()), a_post().user
    tomorrow = (TODAY + timedelta(days=1)).isoformat()

    client.post(
        f"/posts/{hat.post.pk}/absence/",
        {"deputy": deputy.pk, "since": "2026-03-02", "until": tomorrow, "reason": "出差"},
    )
    absence = Absence.objects.get()
    shown = client.get("/account/").content.decode()
    client.post(f"/absences/{absence.pk}/end/")

    assert "履职" in shown
    assert Absence.objects.get().ended_at == MONDAY


def test_a_steward_unlocks_from_his_page(client):
    person = a_post(user=a_user("王丽娟", username="lswb0200", password=PASSWORD)).user
    for _ in range(5):
        client.post("/sign-in/", {"username": "lswb0200", "password": "wrong"})
    signed_in(client, a_hat(is_steward=True))
    page = client.get("/colleagues/").content.decode()

    client.post(f"/colleagues/{person.pk}/help/", {"deed": "unlock"})

    assert 'value="unlock"' in page
    assert 'value="unlock"' not in client.get("/colleagues/").content.decode()
    assert Entry.objects.about(person).filter(verb="account.unlock").count() == 1


def test_the_stewards_page_is_the_stewards_alone(client):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    assert client.get("/colleagues/").status_code == 403


def test_a_password_reset_from_the_pages_is_shown_once(client):
    person = a_post(user=a_user("王丽娟")).user
    signed_in(client, a_hat(is_steward=True))

    page = client.post(f"/colleagues/{person.pk}/help/", {"deed": "password"}).content.decode()

    person.refresh_from_db()
    assert person.check_password(re.search(r"<code>([^<]+)</code>", page)[1])


@pytest.mark.parametrize("deed", ["", "close", "unlock "])
def test_there_are_three_ways_to_help_and_no_other(client, deed):
    person = a_post().user
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    assert client.post(f"/colleagues/{person.pk}/help/", {"deed": deed}).status_code == 404


def test_an_account_is_closed_from_the_pages(client):
    post = a_post()
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    client.post(f"/administration/staff/{post.user_id}/close/")

    assert not User.objects.get(pk=post.user_id).is_active


def test_a_portfolio_is_set_and_ended_from_the_pages(client):
    leader = a_post(Role.LEADER, organ=an_organ())
    department = an_organ()
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    client.post(
        f"/administration/posts/{leader.pk}/portfolio/",
        {"organ": department.pk, "place": "", "since": "2026-03-02"},
    )
    part = Portfolio.objects.get()
    client.post(f"/administration/portfolio/{part.pk}/end/")

    part.refresh_from_db()
    assert (part.organ, part.until) == (department, TODAY)


def test_times_of_a_role_are_set_from_the_page(client):
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    shown = {
        f"{prefix}{role.value}-{name}": str(value)
        for role, policy in policies().items()
        for name, value in asdict(policy).items()
        for prefix in ("", "initial-")
    }

    def send(minutes):
        typed = {"leader-idle_minutes": minutes, "leader-trusted_device_days": "7"}
        return client.post("/administration/policies/", shown | typed)

    refused = send("2000")
    assert (refused.status_code, RolePolicy.objects.count()) == (422, 0)
    assert "2000" in refused.content.decode()
    assert send("30").status_code == 302
    assert RolePolicy.objects.get().policy == Policy(idle_minutes=30, trusted_device_days=7)
    assert Entry.objects.filter(verb="role_policy.set").count() == 1


def test_a_key_is_made_shown_once_and_revoked_from_the_page(client):
    post = a_post()
    signed_in(client, a_hat(Role.SECURITY_ADMINISTRATOR))

    page = client.post(
        "/administration/tokens/", {"post": post.pk, "label": "数据上报", "days": "30"}
    ).content.decode()
    key = re.search(r"Token ([\w-]{43})<", page)[1]
    listed = client.get("/administration/tokens/").content.decode()
    client.post(f"/administration/tokens/{ApiToken.objects.get().pk}/revoke/")

    assert "数据上报" in listed
    assert key not in listed
    assert ApiToken.objects.get().revoked_at == MONDAY


def test_an_organ_is_made_corrected_and_carried_on_from_the_pages(client):
    a_place()
    signed_in(client, a_hat(Role.SYSTEM_ADMINISTRATOR))
    typed = {
        "code": "LSSL",
        "name": "离石区水利局",
        "short_name": "区水利局",
        "kind": "department",
        "place": "141102",
        "parent": "",
        "next_higher": "",
        "number_prefix": "",
        "since": "2026-01-01",
    }

    client.post("/administration/organs/make/", typed)
    made = Organ.objects.get(code="LSSL")
    client.post(f"/administration/organs/{made.pk}/change/", {**typed, "short_name": "水利局"})
    client.post(
        f"/administration/organs/{made.pk}/replace/",
        {
            "code": "LSSW",
            "name": "离石区水务局",
            "short_name": "区水务局",
            "since": "2026-03-01",
            "basis": "离编发〔2026〕3 号",
        },
    )

    made.refresh_from_db()
    assert (made.short_name, made.valid_to) == ("水利局", date(2026, 2, 28))
    assert Organ.objects.get(code="LSSW").valid_from == date(2026, 3, 1)
    assert "离石区水利局" in client.get("/administration/organs/?ended").content.decode()


def test_a_replacement_names_one_successor_and_not_two(client):
    organ, other = an_organ(), an_organ()
    signed_in(client, a_hat(Role.SYSTEM_ADMINISTRATOR))

    answer = client.post(
        f"/administration/organs/{organ.pk}/replace/",
        {
            "successor": other.pk,
            "code": "X",
            "name": "某局",
            "short_name": "某局",
            "since": "2026-03-01",
            "basis": "x",
        },
    )

    assert answer.status_code == 422
    assert Organ.objects.get(pk=organ.pk).valid_to is None


def test_a_part_of_an_organ_is_split_off_from_the_pages(client):
    organ = an_organ()
    staying, passing = a_post(Role.CASE_OFFICER, organ=organ), a_post(Role.CASE_OFFICER, organ=organ)
    signed_in(client, a_hat(Role.SYSTEM_ADMINISTRATOR))
    typed = {
        "code": "LSYJ",
        "name": "离石区应急管理局",
        "short_name": "区应急局",
        "since": "2026-03-01",
        "basis": "离编发〔2026〕3 号",
    }

    refused = client.post(f"/administration/organs/{organ.pk}/split/", typed)
    client.post(f"/administration/organs/{organ.pk}/split/", {**typed, "posts": [passing.pk]})

    assert refused.status_code == 422
    assert "离石区应急管理局" in refused.content.decode()
    part = Organ.objects.get(code="LSYJ")
    assert list(part.posts.values_list("user", flat=True)) == [passing.user_id]
    assert list(Post.objects.filter(organ=organ, held_to=None)) == [staying]
