"""`manage.py traceability` writes docs/traceability.md and says which rules may be marked as built."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import traceability


class Command(BaseCommand):
    help = "Write docs/traceability.md from docs/rules and the numbers that code and tests name."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        catalogue, found = traceability.rules(root), traceability.trace(root)
        (root / "docs" / "traceability.md").write_text(traceability.page(catalogue, found), encoding="utf-8")
        for fault in traceability.faults(catalogue, found):
            self.stdout.write(fault)
        ready = traceability.ready(catalogue, found)
        if ready:
            self.stdout.write("Named in code and tests, not marked as built: " + " ".join(ready))
