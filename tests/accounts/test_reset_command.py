"""The last security administrator without his second factor is let in again on the server (Q34)."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts.roles import Role
from audit.models import Entry
from tests.accounts.given import a_second_factor
from tests.given import a_hat, a_user

pytestmark = pytest.mark.django_db


def an_administrator(**facts):
    user = a_hat(Role.SECURITY_ADMINISTRATOR, user=a_user(username="lsaq0001", **facts)).user
    a_second_factor(user)
    return user


def test_q34_the_second_factor_goes_and_the_audit_says_that_it_was_done_on_the_server(capsys):
    user = an_administrator()

    call_command("reset_second_factor", " LSAQ0001 ")

    assert not Authenticator.objects.filter(user=user).exists()
    entry = Entry.objects.get(verb="account.reset_second_factor")
    assert (entry.subject_id, entry.actor_words) == (str(user.pk), "manage.py reset_second_factor")
    assert "lsaq0001" in capsys.readouterr().out


def test_nobody_elses_second_factor_is_touched():
    an_administrator()
    colleague = a_user()
    a_second_factor(colleague)

    call_command("reset_second_factor", "lsaq0001")

    assert list(Authenticator.objects.values_list("user", flat=True).distinct()) == [colleague.pk]


def test_an_unknown_staff_number_is_refused_in_plain_words():
    an_administrator()

    with pytest.raises(CommandError, match=r"^Nobody has the staff number lsaq0002\.$"):
        call_command("reset_second_factor", "lsaq0002")

    assert Authenticator.objects.exists()
    assert not Entry.objects.filter(verb="account.reset_second_factor").exists()


def test_a_closed_account_is_refused():
    user = an_administrator()
    user.is_active = False
    user.save(update_fields=["is_active"])

    with pytest.raises(CommandError, match="closed"):
        call_command("reset_second_factor", "lsaq0001")

    assert Authenticator.objects.exists()
