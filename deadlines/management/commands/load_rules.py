"""Load the first versions of the rules shipped with the product."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.parts import Actor
from deadlines.actions import load_shipped_rules
from deadlines.models import Rule

SEED = Path(__file__).resolve().parents[2] / "seed" / "rules.toml"


class Command(BaseCommand):
    help = "Load the first version of each rule that is not there yet. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        shipped = tomllib.loads(SEED.read_text(encoding="utf-8"))["rule"]
        were_there = Rule.objects.count()
        added = load_shipped_rules(shipped, by=Actor(words="load_rules"), now=timezone.now())
        self.stdout.write(f"{len(added)} rules loaded, {were_there} were there")
