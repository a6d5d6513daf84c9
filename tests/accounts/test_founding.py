"""The first three administrators of an empty installation."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organ, Post, User
from accounts.roles import ADMINISTRATORS
from audit.models import Entry
from tests.given import a_place, a_post

pytestmark = pytest.mark.django_db
THREE = ("--system", "xt01", "--security", "aq01", "--audit", "sj01")


def test_three_persons_are_made_whose_printed_passwords_must_be_changed(capsys):
    a_place()

    call_command("first_administrators", *THREE)

    printed = dict(line.split() for line in capsys.readouterr().out.splitlines())
    made = {user.username: user for user in User.objects.all()}
    assert printed.keys() == made.keys() == {"xt01", "aq01", "sj01"}
    assert all(made[number].check_password(password) for number, password in printed.items())
    assert all(user.must_change_password for user in made.values())
    assert set(Post.objects.values_list("role", flat=True)) == ADMINISTRATORS
    assert Entry.objects.filter(verb="post.give").count() == 3


def test_it_is_done_once():
    a_place()
    a_post()

    with pytest.raises(CommandError):
        call_command("first_administrators", *THREE)

    assert not User.objects.filter(username="xt01").exists()


def test_one_person_is_not_two_administrators():
    a_place()

    with pytest.raises(CommandError):
        call_command("first_administrators", "--system", "xt01", "--security", "XT01", "--audit", "sj01")

    assert not Organ.objects.exists()
