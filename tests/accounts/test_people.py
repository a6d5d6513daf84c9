"""Accounts: opening, closing, helping their owners back in, and who may do it to whom."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from accounts import actions
from accounts.models import ApiToken, Post, TrustedDevice, User
from accounts.roles import Role
from accounts.sign_in import is_locked
from audit.models import Entry
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.accounts.given import PASSWORD, a_second_factor, an_open_matter, in_the_demo_world, open_matters
from tests.given import MONDAY, a_hat, a_post, a_user, an_organ

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("matters")]
TODAY = MONDAY.date()


@pytest.fixture
def matters():
    with open_matters():
        yield


@pytest.fixture
def security():
    return a_hat(Role.SECURITY_ADMINISTRATOR)


def test_an_opened_account_has_a_password_that_must_be_changed(security):
    opened = actions.open_account(username="LSWB0200 ", name="贺建勋", by=security, now=MONDAY)

    user = User.objects.get(username="lswb0200")
    assert user.check_password(opened.password)
    assert user.must_change_password
    entry = Entry.objects.about(user).get()
    assert (entry.verb, entry.actor_post_id, entry.facts) == (
        "account.open",
        security.post.pk,
        {"username": "lswb0200"},
    )


def test_a_staff_number_is_given_once(security):
    a_user(username="lswb0200")

    with pytest.raises(Refused) as refusal:
        actions.open_account(username="LSWB0200", name="贺建勋", by=security, now=MONDAY)

    assert list(refusal.value.fields) == ["username"]
    assert User.objects.filter(username="lswb0200").count() == 1


def test_closing_an_account_ends_posts_keys_devices_and_second_factors(security):
    post = a_post()
    a_second_factor(post.user)
    made = actions.make_token(post.pk, label="x", days=9, by=security, now=MONDAY)
    device = actions.trust_device(by=post.user, now=MONDAY, digest=b"1" * 32, agent="", until=MONDAY)

    actions.close_account(post.user_id, by=security, now=MONDAY)

    user = User.objects.get(pk=post.user_id)
    assert (user.is_active, user.left_on) == (False, TODAY)
    assert Post.objects.get(pk=post.pk).held_to == TODAY
    assert ApiToken.objects.get(pk=made.token.pk).revoked_at == MONDAY
    assert TrustedDevice.objects.get(pk=device.pk).revoked_at == MONDAY
    assert not Authenticator.objects.filter(user=user).exists()


def test_an_account_does_not_close_while_work_is_his(security):
    post = a_post()
    an_open_matter(post)

    with pytest.raises(OutOfTurn):
        actions.close_account(post.user_id, by=security, now=MONDAY)

    assert User.objects.get(pk=post.user_id).is_active
    assert Post.objects.get(pk=post.pk).held_to is None


def test_work_on_a_post_that_has_ended_keeps_the_account_open_too(security):
    post = a_post(held_to="2026-01-31")
    an_open_matter(post)

    with pytest.raises(OutOfTurn):
        actions.close_account(post.user_id, by=security, now=MONDAY)

    assert User.objects.get(pk=post.user_id).is_active


def test_an_account_does_not_close_while_its_owner_stands_in_for_somebody(security):
    absent, deputy = a_post(), a_post()
    actions.announce_absence(
        absent.pk,
        deputy_id=deputy.user_id,
        since=TODAY,
        until=TODAY,
        reason="出差",
        by=security,
        now=MONDAY,
    )

    with pytest.raises(OutOfTurn):
        actions.close_account(deputy.user_id, by=security, now=MONDAY)

    assert User.objects.get(pk=deputy.user_id).is_active


def test_nobody_closes_his_own_account(security):
    with pytest.raises(NotAllowed):
        actions.close_account(security.user.pk, by=security, now=MONDAY)

    assert User.objects.get(pk=security.user.pk).is_active


def test_a_reset_password_must_be_changed_and_is_recorded_without_it(security):
    person = a_user(password=PASSWORD)

    reset = actions.reset_password(person.pk, by=security, now=MONDAY)

    person.refresh_from_db()
    assert person.check_password(reset.password)
    assert person.must_change_password
    entry = Entry.objects.about(person).get()
    assert (entry.verb, entry.facts) == ("account.reset_password", {})


def test_a_reset_second_factor_takes_recovery_codes_and_devices_along(security):
    person = a_user()
    a_second_factor(person)
    actions.trust_device(by=person, now=MONDAY, digest=b"1" * 32, agent="", until=MONDAY)

    actions.reset_second_factor(person.pk, by=security, now=MONDAY)

    assert not Authenticator.objects.filter(user=person).exists()
    assert not TrustedDevice.objects.filter(user=person, revoked_at=None).exists()


def test_passwords_made_here_pass_our_own_rules(security):
    for number in range(20):
        opened = actions.open_account(username=f"made{number}", name="贺建勋", by=security, now=MONDAY)
        opened.user.set_password("something-else-1")
        opened.user.save(update_fields=["password"])

        actions.change_password(opened.password, by=opened.user, now=MONDAY)


@pytest.mark.parametrize("new", ["short", "1234567890123", "password1234", "lswb0200lswb"])
def test_a_weak_password_is_refused(new):
    person = a_user(password=PASSWORD, username="lswb0200")

    with pytest.raises(Refused):
        actions.change_password(new, by=person, now=MONDAY)

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


# Read across: who, and whether he may unlock and reset an ordinary colleague of the petition office, somebody of
# another organ, and the security administrator of the office.
HELPERS = [
    ("security administrator", True, True, True),
    ("steward", True, False, False),
    ("colleague", False, False, False),
    ("steward elsewhere", False, True, False),
    ("system administrator", False, False, False),
    ("audit administrator", False, False, False),
]


@pytest.mark.parametrize("deed", [actions.unlock, actions.reset_password, actions.reset_second_factor])
@pytest.mark.parametrize(("who", "colleague", "elsewhere", "administrator"), HELPERS)
def test_who_may_help_whom(deed, who, colleague, elsewhere, administrator):
    department = an_organ()
    helper = {
        "security administrator": lambda: a_hat(Role.SECURITY_ADMINISTRATOR),
        "steward": lambda: a_hat(is_steward=True),
        "colleague": lambda: a_hat(),
        "steward elsewhere": lambda: a_hat(Role.CASE_OFFICER, organ=department, is_steward=True),
        "system administrator": lambda: a_hat(Role.SYSTEM_ADMINISTRATOR),
        "audit administrator": lambda: a_hat(Role.AUDIT_ADMINISTRATOR),
    }[who]()
    persons = [a_post(), a_post(Role.CASE_OFFICER, organ=department), a_post(Role.SECURITY_ADMINISTRATOR)]

    may = [_does(deed, post.user, helper) for post in persons]

    assert may == [colleague, elsewhere, administrator]


def _does(deed, user, helper):
    try:
        deed(user.pk, by=helper, now=MONDAY)
    except NotAllowed:
        assert not Entry.objects.about(user).exists()
        return False
    return Entry.objects.about(user).count() == 1


@pytest.mark.parametrize("deed", [actions.unlock, actions.reset_password, actions.reset_second_factor])
@pytest.mark.parametrize("role", [Role.SECURITY_ADMINISTRATOR, Role.PETITION_OFFICER])
def test_nobody_helps_himself(deed, role):
    hat = a_hat(role, is_steward=role is Role.PETITION_OFFICER)

    with pytest.raises(NotAllowed):
        deed(hat.user.pk, by=hat, now=MONDAY)

    assert not Entry.objects.about(hat.user).exists()


@pytest.mark.parametrize("deed", [actions.unlock, actions.reset_password, actions.close_account])
def test_an_account_that_is_not_there_is_unknown(deed, security):
    with pytest.raises(Unknown):
        deed(0, by=security, now=MONDAY)


def test_a_reset_password_opens_a_locked_account(client, security, settings):
    in_the_demo_world(settings)
    person = a_user(username="lswb0200")
    with time_machine.travel(MONDAY, tick=False):
        for _ in range(5):
            client.post("/sign-in/", {"username": "lswb0200", "password": "wrong"})
        locked = is_locked("lswb0200")

        actions.reset_password(person.pk, by=security, now=MONDAY)

        assert (locked, is_locked("lswb0200")) == (True, False)
