"""Bring tables, words, assets and reference data to the state of this code, where no runner does it."""

from typing import Any

from django.core.management.base import BaseCommand

from config.services import preparing


class Command(BaseCommand):
    help = "Migrate, compile the catalogues, gather the assets and load the reference data. May be repeated."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        preparing.prepare(with_demo=False, say=self.stdout.write)
