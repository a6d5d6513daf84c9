"""Load the content categories shipped with the product."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.models import ContentCategory
from lib.trees import child_path

SEED = Path(__file__).resolve().parents[2] / "seed" / "content_categories.csv"
# Older than any ledger that is imported: the list's own beginning is not known.
SINCE = date(2004, 1, 1)


class Command(BaseCommand):
    help = "Load the content categories that are not there yet. A second run changes nothing."

    @transaction.atomic(durable=True)
    def handle(self, *args: Any, **options: Any) -> None:
        known = {row.code: row for row in ContentCategory.objects.all()}
        were_there = len(known)
        lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        for shipped in csv.DictReader(lines):
            if shipped["code"] not in known:
                known[shipped["code"]] = _written(shipped, known.get(shipped["parent"]))
        self.stdout.write(f"{len(known) - were_there} categories loaded, {were_there} were there")


def _written(shipped: dict[str, str], parent: ContentCategory | None) -> ContentCategory:
    return ContentCategory.objects.create(
        code=shipped["code"],
        name=shipped["name"],
        parent=parent,
        path=child_path(parent.path if parent else "", shipped["code"]),
        label=f"{parent.label} › {shipped['name']}" if parent else shipped["name"],
        valid_from=SINCE,
    )
