"""Check the whole database: what deeds wrote, counted and compared again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.checks import CHECKS


class Command(BaseCommand):
    help = (
        "Check clocks, numbers, parts, copied columns, audit and sums of all petitions. Each fault is a line; with any"
        " the exit code is 1. Nothing is changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = 0
        for name, check in CHECKS.items():
            faults = 0
            for fault in check(now):
                self.stderr.write(fault)
                faults += 1
            self.stdout.write(f"{name}: {faults or 'no'} faults")
            found += faults
        if found:
            message = f"{found} faults"
            raise CommandError(message)
