"""The second factor: who must show it, how, what a trusted device saves, and how it is kept (Q34)."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from accounts import actions
from accounts.models import Policy, TrustedDevice
from accounts.roles import Role
from accounts.second_factor import digest_of
from audit.models import Entry
from lib.errors import NotAllowed, Unknown
from tests.accounts.given import PASSWORD, a_second_factor, signed_in
from tests.given import MONDAY, a_hat, a_post, a_user

pytestmark = pytest.mark.django_db
SIGN_IN, SECOND = "/sign-in/", "/sign-in/second-factor/"


@pytest.fixture(autouse=True)
def _monday(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    with time_machine.travel(MONDAY, tick=False):
        yield


def code_of(secret):
    """Return what the authenticator app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def a_person(**facts):
    person = a_user(password=PASSWORD, username="lswb0127", **facts)
    a_post(user=person)
    return person


def sign_in(client, **more):
    return client.post(SIGN_IN, {"username": "lswb0127", "password": PASSWORD, **more})


def test_without_a_second_factor_one_gets_no_further_than_setting_one_up(client):
    a_person()
    sign_in(client)

    assert client.get("/")["Location"] == "/account/second-factors/"
    assert client.get("/account/")["Location"] == "/account/second-factors/"
    assert client.get("/account/second-factors/totp/").status_code == 200


def test_the_api_too_is_closed_until_the_second_factor_is_set_up(client):
    a_person()
    sign_in(client)

    answer = client.get("/api/v1/petitions/")

    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/json"


def test_setting_up_the_app_opens_the_house_and_shows_recovery_codes_once(client):
    person = a_person()
    sign_in(client)
    page = client.get("/account/second-factors/totp/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]

    answer = client.post("/account/second-factors/totp/", {"password": PASSWORD, "code": code_of(secret)})

    codes = re.findall(r"<code>(\d{8})</code>", answer.content.decode())
    assert len(set(codes)) == 10
    assert client.get("/account/").status_code == 200
    assert Entry.objects.about(person).filter(verb="account.add_factor").get().facts == {"kind": "totp"}


def test_the_app_is_not_taken_without_the_password(client):
    person = a_person()
    sign_in(client)
    page = client.get("/account/second-factors/totp/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]

    answer = client.post("/account/second-factors/totp/", {"password": "wrong", "code": code_of(secret)})

    assert answer.status_code == 422
    assert secret in answer.content.decode()
    assert not Authenticator.objects.filter(user=person).exists()


def test_the_secret_of_the_app_is_sealed_at_rest():
    person = a_person()

    secret, _codes = a_second_factor(person)

    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_password_and_code_on_one_page_open_the_door(client):
    secret, _codes = a_second_factor(a_person())

    answer = sign_in(client, code=code_of(secret))

    assert answer["Location"] == "/"
    assert client.get("/account/").status_code == 200


def test_the_password_alone_leads_to_the_second_page_and_no_further(client):
    a_second_factor(a_person())

    answer = sign_in(client)

    assert answer["Location"].startswith(SECOND)
    assert client.get("/account/")["Location"].startswith(SIGN_IN)


def test_the_code_on_the_second_page_opens_the_door(client):
    secret, _codes = a_second_factor(a_person())
    sign_in(client)

    answer = client.post(SECOND, {"code": code_of(secret)})

    assert answer["Location"] == "/"
    assert client.get("/account/").status_code == 200


def test_the_second_page_knows_nobody_who_has_not_shown_his_password(client):
    a_second_factor(a_person())

    assert client.get(SECOND)["Location"] == SIGN_IN


def test_the_second_page_waits_ten_minutes(client):
    secret, _codes = a_second_factor(a_person())
    sign_in(client)

    with time_machine.travel(MONDAY + timedelta(minutes=10, seconds=1), tick=False):
        answer = client.post(SECOND, {"code": code_of(secret)})

    assert answer["Location"] == SIGN_IN


def test_a_password_changed_in_between_ends_the_half_sign_in(client):
    person = a_person()
    secret, _codes = a_second_factor(person)
    sign_in(client)
    actions.reset_password(person.pk, by=a_hat(Role.SECURITY_ADMINISTRATOR), now=MONDAY)

    answer = client.post(SECOND, {"code": code_of(secret)})

    assert answer["Location"] == SIGN_IN


def test_a_code_opens_the_door_once(client):
    secret, _codes = a_second_factor(a_person())
    sign_in(client, code=code_of(secret))
    client.post("/sign-out/")

    answer = sign_in(client, code=code_of(secret))

    assert answer.status_code == 422


def test_a_recovery_code_opens_the_door_once(client):
    _secret, codes = a_second_factor(a_person())

    first = sign_in(client, code=codes[0])
    client.post("/sign-out/")
    second = sign_in(client, code=codes[0])

    assert (first.status_code, second.status_code) == (302, 422)


def test_wrong_codes_count_with_wrong_passwords_and_lock(client):
    secret, _codes = a_second_factor(a_person())
    for password, code in [("wrong", ""), (PASSWORD, "000000"), (PASSWORD, "000001")]:
        client.post(SIGN_IN, {"username": "lswb0127", "password": password, "code": code})
    sign_in(client)
    for code in ("000002", "000003"):
        client.post(SECOND, {"code": code})

    answer = client.post(SECOND, {"code": code_of(secret)})

    assert answer.status_code == 422
    assert "已锁定 15 分钟" in answer.content.decode()


def test_a_trusted_device_asks_for_no_code_for_thirty_days(client):
    secret, _codes = a_second_factor(a_person())
    sign_in(client, code=code_of(secret), trust="on")
    client.post("/sign-out/")

    with time_machine.travel(MONDAY + timedelta(days=30, seconds=-1), tick=False):
        within = sign_in(client)["Location"]
        client.post("/sign-out/")
    with time_machine.travel(MONDAY + timedelta(days=30, seconds=1), tick=False):
        after = sign_in(client)["Location"]

    assert within == "/"
    assert after.startswith(SECOND)


def test_a_device_is_not_trusted_without_the_box(client):
    secret, _codes = a_second_factor(a_person())

    sign_in(client, code=code_of(secret))

    assert not TrustedDevice.objects.exists()


def test_the_key_of_a_trusted_device_is_kept_as_a_hash(client):
    secret, _codes = a_second_factor(a_person())

    sign_in(client, code=code_of(secret), trust="on")

    cookie = client.cookies["device"]
    assert bytes(TrustedDevice.objects.get().digest) == digest_of(cookie.value)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_a_device_trusted_by_one_person_is_not_trusted_for_another(client):
    secret, _codes = a_second_factor(a_person())
    other = a_user(password=PASSWORD, username="lswb0128")
    a_post(user=other)
    a_second_factor(other)
    sign_in(client, code=code_of(secret), trust="on")
    client.post("/sign-out/")

    answer = client.post(SIGN_IN, {"username": "lswb0128", "password": PASSWORD})

    assert answer["Location"].startswith(SECOND)


def test_a_revoked_device_is_asked_again(client):
    secret, _codes = a_second_factor(a_person())
    sign_in(client, code=code_of(secret), trust="on")

    client.post(f"/account/devices/{TrustedDevice.objects.get().pk}/revoke/")
    client.post("/sign-out/")

    assert sign_in(client)["Location"].startswith(SECOND)


def test_nobody_revokes_the_device_of_another():
    secret_holder, stranger = a_person(), a_user()
    device = actions.trust_device(
        by=secret_holder, now=MONDAY, digest=b"x" * 32, agent="", until=MONDAY + timedelta(days=1)
    )

    with pytest.raises(Unknown):
        actions.revoke_device(device.pk, by=stranger, now=MONDAY)

    device.refresh_from_db()
    assert device.revoked_at is None


def test_the_shortest_time_of_several_roles_holds_and_none_means_never(client):
    person = a_person()
    a_post(Role.HEARING_CLERK, user=person)
    secret, _codes = a_second_factor(person)
    security = a_hat(Role.SECURITY_ADMINISTRATOR)
    unmarked = {Role.HEARING_CLERK: Policy(idle_minutes=15, trusted_device_days=0)}
    actions.set_role_policies(unmarked, by=security, now=MONDAY)

    sign_in(client, code=code_of(secret), trust="on")

    assert not TrustedDevice.objects.exists()


def test_the_last_second_factor_stays_where_one_is_demanded():
    person = a_person()
    a_second_factor(person)

    with pytest.raises(NotAllowed):
        actions.remove_factor(Authenticator.objects.get(user=person, type="totp").pk, by=person, now=MONDAY)

    assert Authenticator.objects.filter(user=person).count() == 2


def test_nobody_removes_the_second_factor_of_another():
    person = a_person()
    a_second_factor(person)

    with pytest.raises(Unknown):
        actions.remove_factor(Authenticator.objects.get(type="totp").pk, by=a_user(), now=MONDAY)

    assert Authenticator.objects.filter(user=person).count() == 2


def test_new_recovery_codes_make_the_old_ones_worthless(client):
    person = a_person()
    _secret, old = a_second_factor(person)

    new = actions.new_recovery_codes(by=person, now=MONDAY)

    assert sign_in(client, code=old[0]).status_code == 422
    assert sign_in(client, code=new[0]).status_code == 302


def test_in_the_demo_world_one_comes_in_without(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    signed_in(client, a_hat())

    assert client.get("/account/").status_code == 200


def test_who_has_set_one_up_is_asked_for_it_in_the_demo_world_too(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    a_second_factor(a_person())

    assert sign_in(client)["Location"].startswith(SECOND)
