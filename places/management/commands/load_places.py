"""Load lists of divisions."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.parts import Actor
from lib.errors import Refused
from places import actions

SEED = Path(__file__).resolve().parents[2] / "seed"
# places/seed/NOTICE.md: the list does not say since when a division exists
FIRST_DAY = date(2004, 1, 1)
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Load the shipped list of divisions, or other lists with the columns code and name. May be repeated:"
        " what is there stays, what is new is added, nothing is renamed or removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file", type=Path, action="append", help="a CSV list; may be given several times"
        )
        parser.add_argument(
            "--valid-from", type=date.fromisoformat, default=FIRST_DAY, help="since when new divisions exist"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = actions.load_list(
                [row for path in options["file"] or sorted(SEED.glob("*.csv")) for row in _rows(path)],
                valid_from=options["valid_from"],
                by=Actor(words="load_places"),
                now=timezone.now(),
            )
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        if options["verbosity"]:
            self._tell(loaded)

    def _tell(self, loaded: actions.ListLoaded) -> None:
        self.stdout.write(
            f"{loaded.added} divisions added, {loaded.unchanged} unchanged"
            if loaded.added
            else f"nothing to add, {loaded.unchanged} unchanged"
        )
        for code, name in loaded.named_otherwise[:SHOWN]:
            self.stdout.write(
                f"{code} is {name} in the list: if it was renamed, enter that on the page of divisions"
            )
        _count(self.stdout.write, loaded.named_otherwise, "named otherwise")
        for code in loaded.without_parent[:SHOWN]:
            self.stderr.write(f"{code} not loaded: the division above it is not in the tree")
        _count(self.stderr.write, loaded.without_parent, "not loaded")


def _count(write: Any, found: list[Any], words: str) -> None:
    if len(found) > SHOWN:
        write(f"{len(found)} {words}")


def _rows(path: Path) -> Iterable[tuple[str, str]]:
    """Yield code and name by the header's names, whatever other columns there are.

    :raises CommandError: if the file is not there or lacks a column
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield row["code"].strip(), row["name"].strip()
    except FileNotFoundError as error:
        message = f"{path} is not there."
        raise CommandError(message) from error
    except KeyError as error:
        message = f"{path} has no column {error}."
        raise CommandError(message) from error
