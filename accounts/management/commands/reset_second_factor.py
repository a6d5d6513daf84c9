"""Let somebody in again whom nobody else can help: the last security administrator without his second factor."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import TrustedDevice, User
from accounts.models.users import as_typed
from audit.parts import Actor, record

COMMAND_LINE = Actor(words="manage.py reset_second_factor")


class Command(BaseCommand):
    help = (
        "Take away a person's second factors and trusted devices; he sets up new ones at the next sign-in. For the"
        " security administrator whom no colleague can help any more; everybody else is helped on the pages. The audit"
        " keeps it as done on the server."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="staff number")

    def handle(self, *args: Any, **options: Any) -> None:
        username = as_typed(options["username"])
        _reset(username, now=timezone.now())
        self.stdout.write(
            f"{username} signs in with the password alone and sets up a new second factor then."
        )


@transaction.atomic(durable=True)
def _reset(username: str, *, now: datetime) -> None:
    """Take away second factors and trusted devices, and write it down.

    :raises CommandError: if nobody has this staff number, or the account is closed
    """
    user = User.objects.select_for_update(no_key=True).filter(username=username).first()
    if user is None:
        message = f"Nobody has the staff number {username}."
        raise CommandError(message)
    if not user.is_active:
        message = f"The account {username} is closed."
        raise CommandError(message)
    Authenticator.objects.filter(user=user).delete()
    TrustedDevice.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    record("account.reset_second_factor", user, by=COMMAND_LINE, at=now)
