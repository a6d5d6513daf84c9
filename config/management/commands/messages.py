"""`manage.py messages [room …]` brings the catalogues up to the code; `--check` says what is missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import catalogues


class Command(BaseCommand):
    help = "Collect the texts of the given rooms (default: all) into their Chinese catalogues, or check them."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rooms", nargs="*")
        parser.add_argument("--check", action="store_true", help="write nothing; fail if anything is amiss")

    def handle(self, *args: Any, rooms: list[str], check: bool, **options: Any) -> None:
        house = catalogues.House.ours()
        strangers = set(rooms) - set(house.rooms)
        if strangers:
            raise CommandError("No such room: " + ", ".join(sorted(strangers)))
        if not check:
            catalogues.update(house, rooms or house.rooms)
        found = [
            line
            for line in catalogues.problems(house)
            if not rooms or any(line.startswith(f"{room}:") for room in rooms)
        ]
        for line in found:
            self.stdout.write(line)
        if check and found:
            message = f"{len(found)} places where the two languages differ."
            raise CommandError(message)
