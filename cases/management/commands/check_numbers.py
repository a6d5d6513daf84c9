"""Check that no petition number is missing."""

from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.models import Petition
from infra.models import NumberSeries


class Command(BaseCommand):
    help = "Check every series of petition numbers for gaps, over all lanes; void petitions keep theirs (Q16, Q18)."

    def handle(self, *args: Any, **options: Any) -> None:
        found: dict[str, int] = defaultdict(int)
        for number in Petition.objects.values_list("number", flat=True).iterator(chunk_size=5000):
            series, _separator, _serial = number.rpartition("-")
            found[series] += 1
        broken = [
            f"{series.key}: {series.last} given, {found[_printed(series.key)]} found"
            for series in NumberSeries.objects.filter(key__startswith="petition/").order_by("key")
            if series.last != found[_printed(series.key)]
        ]
        if broken:
            raise CommandError("\n".join(broken))
        self.stdout.write(f"{sum(found.values())} numbers, no gap")


def _printed(key: str) -> str:
    """Return how numbers of a series begin: `petition/LS/2026` gives `LS2026`."""
    _kind, prefix, year = key.split("/")
    return f"{prefix}{year}"
