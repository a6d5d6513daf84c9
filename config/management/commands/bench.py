"""Fill a database of its own with very many petitions and measure the product against its budgets."""

import os
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cases.models import Petition
from config import catalogues
from config.benchmark import database, table
from config.benchmark.copying import multiply
from config.benchmark.exporting import measure_export
from config.benchmark.hats import the_hats
from config.benchmark.importing import measure_import
from config.benchmark.measuring import disk, measure
from config.benchmark.phones import measure_phones, rows_of
from config.benchmark.timing import pace
from config.demo.content import read_world
from config.demo.crowd_content import read_crowd
from config.demo.making import make_world
from config.services.preparing import collect_assets
from indicators.parts import add_up_all
from indicators.sweeps import follow_history

LEAST, MOST = 5_000, 1_000_000


class Command(BaseCommand):
    help = (
        "`load N` fills the database huiyin_bench beside the product's own with N petitions, `run` measures pages,"
        " deeds, sweeps, export and import on it and prints the tables of docs/performance.md, `drop` removes it."
        " The product's database is not touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        load = steps.add_parser("load", help="fill the database anew")
        load.add_argument("petitions", type=int, help=f"how many, from {LEAST:,} to {MOST:,}")
        run = steps.add_parser("run", help="measure")
        run.add_argument("--times", type=int, default=40, help="how often each page and deed is measured")
        run.add_argument(
            "--imports",
            type=int,
            default=0,
            help="rows of a list that is taken in, measured and withdrawn again",
        )
        run.add_argument(
            "--lists-only", action="store_true", help="measure export and import alone, no pages and deeds"
        )
        phones = steps.add_parser("phones", help="let a hundred phones send, and fetch the day of one")
        phones.add_argument("--times", type=int, default=40, help="how often the day is fetched")
        steps.add_parser("drop", help="remove the database")

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        if settings.DEBUG:
            self.stderr.write("DEBUG is on: the figures are not those of operation.")
        done: Mapping[str, Callable[..., None]] = {
            "load": self._load,
            "run": self._run,
            "phones": self._phones,
            "drop": self._drop,
        }
        try:
            done[step](**{name: options[name] for name in _OPTIONS[step]})
        except database.Foreign as foreign:
            raise CommandError(str(foreign)) from foreign

    def _load(self, *, petitions: int) -> None:
        if not LEAST <= petitions <= MOST:
            message = f"The petitions go from {LEAST:,} to {MOST:,}."
            raise CommandError(message)
        begun = timezone.now()
        with database.services():
            database.make_empty()
            with database.connected():
                call_command("migrate", interactive=False, verbosity=0)
                call_command("load_reference", verbosity=0)
                now = timezone.now()
                make_world(read_world(), read_crowd(), today=timezone.localdate(now), latest=now)
                # so that figures are copied with what they count
                follow_history()
                made = timezone.now()
                count = multiply(petitions)
                with transaction.atomic():
                    add_up_all()
        ended = timezone.now()
        self.stdout.write(
            f"{count:,} petitions: {(made - begun).total_seconds():.0f} s for those that are copied,"
            f" {(ended - made).total_seconds():.0f} s for the copies."
        )

    def _drop(self) -> None:
        with database.services():
            there = database.drop()
        self.stdout.write("The bench's database is gone." if there else "There was none.")

    def _run(self, *, times: int, imports: int, lists_only: bool) -> None:
        # words and assets of pages, where the house was never started
        catalogues.compile_all()
        if not settings.DEBUG:
            collect_assets()
        with database.services():
            if not database.is_there():
                message = "There is nothing to measure yet: ./start bench load 100000"
                raise CommandError(message)
            with database.connected():
                # a database filled by an earlier version of the product
                call_command("migrate", interactive=False, verbosity=0)
                self._say_what_machine()
                if not lists_only:
                    self.report(times=times, clients=True)
                self._lists(imports)
                self.stdout.write(f"\nLoad of the machine at the end: {_load()}\n\n")
                self._say(*table.of_disk(disk()))

    def _phones(self, *, times: int) -> None:
        with database.services():
            if not database.is_there():
                message = "There is nothing to measure yet: ./start bench load 100000"
                raise CommandError(message)
            with database.connected():
                call_command("migrate", interactive=False, verbosity=0)
                self._say_what_machine()
                self.report_phones(times=times)

    def report_phones(self, *, times: int) -> None:
        """Print whether what a hundred phones sent is there once each, and how long a day's package takes."""
        arrived, day = measure_phones(times=times)
        self._say(*table.heading_of_work(), table.row_of(day), *rows_of(arrived))

    def _say_what_machine(self) -> None:
        self.stdout.write(
            f"{timezone.localdate()}, {Petition.objects.count():,} petitions, {os.cpu_count()} processors, load"
            f" {_load()}; thirty million additions take {pace():.1f} s.\n\n"
        )

    def report(self, *, times: int, clients: bool) -> None:
        """Print what was measured of the connected database, a row for each kind of work."""
        self._say(*table.heading_of_work())
        for line in measure(times=times, now=timezone.now(), clients=clients):
            self._say(table.row_of(line))

    def _lists(self, imports: int) -> None:
        """Print how long a workbook takes, and how fast lists are taken in: a short one first, to compare memory."""
        hats = the_hats()
        by, second = hats.registrar, hats.head
        exported = measure_export(by=by, now=timezone.now())
        taken_in = [
            (kind, measure_import(rows, kind=kind, by=by, second=second, now=timezone.now()))
            for kind in ("csv", "xlsx")
            for rows in sorted({min(imports, 10_000), imports})
            if rows
        ]
        self._say("", *table.lists(exported, taken_in))

    def _say(self, *lines: str) -> None:
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()


_OPTIONS = {
    "load": ("petitions",),
    "run": ("times", "imports", "lists_only"),
    "phones": ("times",),
    "drop": (),
}


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())
