"""Write everything that lies under an older key anew under the newest one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.parts import Actor
from cases.rotation import codes_of_older_keys
from config.rotation import TABLES
from infra.rotation import SealedTable, rewrite_batch
from lib.crypto import CannotDecrypt

COMMAND_LINE = Actor(words="manage.py rotate_keys")


class Command(BaseCommand):
    help = (
        "Write every sealed value and index that is of an older key or cipher anew under the first one of the settings."
        " It may be stopped at any moment and run again, and the product may run meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=200, help="rows in one transaction")
        parser.add_argument("--most", type=int, help="stop after so many rows of each table")

    def handle(self, *args: Any, **options: Any) -> None:
        remaining = sum(self._rotate(table, options["batch"], options["most"]) for table in TABLES)
        if codes := codes_of_older_keys().count():
            self.stdout.write(
                f"{codes} query codes in use are of an older key. They are known to their owners only and go when they"
                " are issued again: keep their key in QUERY_CODE_KEYS."
            )
        if remaining:
            self.stdout.write(f"{remaining} rows remain under an older key: run it again.")
        else:
            self.stdout.write(
                "No row remains under an older key of FIELD_KEYS, REPORTER_KEYS or BLIND_INDEX_KEYS."
            )

    def _rotate(self, table: SealedTable, batch: int, most: int | None) -> int:
        """Rewrite a table's rows. Return how many remain.

        :raises CommandError: for a value whose key is not among the settings
        """
        written = 0
        try:
            while most is None or written < most:
                size = batch if most is None else min(batch, most - written)
                rows = rewrite_batch(table, size=size, by=COMMAND_LINE, now=timezone.now())
                if not rows:
                    break
                written += rows
        except CannotDecrypt as error:
            message = (
                f"A value of {table.name} cannot be opened with the keys of the settings. Put the key it was sealed"
                " with back behind the first one; what was written so far stays."
            )
            raise CommandError(message) from error
        remaining = table.stale().count()
        self.stdout.write(f"{table.name}: {written} rows rewritten, {remaining} remain")
        return remaining
