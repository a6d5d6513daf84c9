"""Make the petition office and its three administrators on an empty installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import actions
from accounts.roles import Role
from audit.parts import Actor
from lib.errors import Refused

COMMAND_LINE = Actor(words="manage.py first_administrators")


class Command(BaseCommand):
    help = (
        "Make the petition office and its system, security and audit administrator, three different persons. Their"
        " passwords are printed once and must be changed at the first sign-in. Only on an empty installation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", default="141102", help="code of the division the office looks after")
        parser.add_argument("--code", default="LS", help="the office's code")
        parser.add_argument("--name", default="离石区信访局", help="the office's official name")
        parser.add_argument("--short-name", default="区信访局", help="what people call it")
        for kind in ("system", "security", "audit"):
            parser.add_argument(f"--{kind}", required=True, help=f"staff number of the {kind} administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = actions.found(
                code=options["code"],
                name=options["name"],
                short_name=options["short_name"],
                place_code=options["place"],
                administrators={
                    Role.SYSTEM_ADMINISTRATOR: options["system"],
                    Role.SECURITY_ADMINISTRATOR: options["security"],
                    Role.AUDIT_ADMINISTRATOR: options["audit"],
                },
                by=COMMAND_LINE,
                now=timezone.now(),
            )
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        for account in accounts:
            self.stdout.write(f"{account.user.username}  {account.password}")
