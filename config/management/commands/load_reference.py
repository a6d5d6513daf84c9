"""Load what the product ships as data: divisions, holidays, rules, categories."""

import io
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

LOADERS = ("load_places", "load_calendar", "load_rules", "load_categories")


class Command(BaseCommand):
    help = "Load the shipped reference data. May be repeated: what stands stays, what is new is added."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        says = self.stdout if verbosity else io.StringIO()
        for loader in LOADERS:
            call_command(loader, verbosity=verbosity, stdout=says, stderr=self.stderr)
