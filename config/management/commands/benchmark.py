"""Fill a database of its own with very many petitions and measure the product against its budgets."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Post
from accounts.roles import Role
from cases.models import Petition
from config.benchmark.exporting import measure_export
from config.benchmark.importing import measure_import
from config.benchmark.measuring import Line, disk, measure, measure_clients
from config.benchmark.multiplying import COPIED, multiply
from config.demo.content import read_world
from config.demo.making import make_world

DATABASE = "huiyin_benchmark"
MOST = 1_000_000


class Command(BaseCommand):
    help = (
        "Make the database huiyin_benchmark beside the product's own, fill it, and measure pages, deeds and sweeps"
        " against the budgets. The product's database is not touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--petitions", type=int, default=100_000, help="how many, at most a million")
        parser.add_argument("--times", type=int, default=40, help="how often each page and deed is measured")
        parser.add_argument(
            "--imports", type=int, default=0, help="rows of a list that is taken in and measured"
        )
        parser.add_argument(
            "--export", action="store_true", help="write all of it into a workbook, and measure that"
        )
        parser.add_argument("--keep", action="store_true", help="leave the database for another run")

    def handle(
        self, *args: Any, petitions: int, times: int, imports: int, export: bool, keep: bool, **options: Any
    ) -> None:
        if not 0 < petitions <= MOST:
            message = f"--petitions goes from 1 to {MOST:,}."
            raise CommandError(message)
        if settings.DEBUG:
            self.stderr.write("DEBUG is on: the figures are not those of operation.")
        with _own_database(keep=keep), _own_files():
            self._fill(petitions)
            self.report(times=times, clients=True)
            if imports:
                self._import(imports)
            if export:
                self._export()

    def _registrar(self) -> Hat:
        today = timezone.localdate()
        posts = Post.objects.held_on(today).filter(role=Role.REGISTRAR, organ__number_prefix__isnull=False)
        post = posts.select_related("user").earliest("pk")
        return next(hat for hat in hats_of(post.user, on=today) if hat.post.pk == post.pk)

    def _export(self) -> None:
        """Print how long a workbook of everything takes: 20 s and 200 MB for 100,000 rows at most."""
        measured = measure_export(by=self._registrar(), now=timezone.now())
        self.stdout.write(
            f"export of {measured.rows:,} rows: {measured.seconds:.1f} s, at most {measured.peak_megabytes:.0f} MB"
        )

    def _import(self, rows: int) -> None:
        """Print how fast a list is taken in; the budget is a thousand rows a second (architecture §5)."""
        by = self._registrar()
        for kind in ("csv", "xlsx"):
            measured = measure_import(rows, kind=kind, by=by, now=timezone.now())
            self.stdout.write(
                f"import of {rows:,} rows of .{kind}: {measured.rows_a_second:,.0f} rows/s, trial"
                f" {measured.trial_seconds:.1f} s, at most {measured.peak_megabytes:.0f} MB"
            )

    def _fill(self, petitions: int) -> None:
        if Petition.objects.filter(number__contains=COPIED).exists():
            self.stdout.write(f"Taken up again: {Petition.objects.count():,} petitions.")
            return
        if not Petition.objects.exists():
            call_command("load_reference", verbosity=0)
            now = timezone.now()
            make_world(read_world(), today=timezone.localdate(now), latest=now)
        begun = timezone.now()
        count = multiply(petitions)
        seconds = (timezone.now() - begun).total_seconds()
        self.stdout.write(f"{count:,} petitions, filled in {seconds:.0f} s.")

    def report(self, *, times: int, clients: bool) -> None:
        """Print what was measured of the connected database, a line for each kind of work."""
        self.stdout.write(f"Load of the machine: {' '.join(f'{load:.1f}' for load in os.getloadavg())}")
        self.stdout.write(
            f"{'work':<48}{'as':<14}{'p95 ms':>8}{'budget':>8}{'own ms':>8}{'SQL ms':>8}{'queries':>9}{'times':>7}"
        )
        for line in measure(times=times, now=timezone.now()):
            self._say(line)
        if clients:
            self._say(measure_clients(times=times))
        self.stdout.write(f"Load of the machine: {' '.join(f'{load:.1f}' for load in os.getloadavg())}")
        for table, size, rows in disk():
            self.stdout.write(f"{table:<48}{size / 1024**2:>10.1f} MB{rows:>14,} rows")

    def _say(self, line: Line) -> None:
        budget = "" if line.budget is None else f"{line.budget:g}"
        own, sql = (f"{median(of):.1f}" if of else "" for of in (line.own, line.sql))
        over = "" if line.keeps else "  OVER"
        self.stdout.write(
            f"{line.work:<48}{line.who:<14}{line.p95:>8.1f}{budget:>8}{own:>8}{sql:>8}{line.queries:>9}{len(line.times):>7}{over}"
        )


@contextmanager
def _own_database(*, keep: bool) -> Iterator[None]:
    """Work in a database of this command's own on the same server; one of that name made by others is refused.

    :raises CommandError: if a database of that name stands there without this command's mark
    """
    product = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [DATABASE]
        )
        row = cursor.fetchone()
    if row is not None and row[0] != DATABASE:
        message = f"A database {DATABASE} stands there that this command did not make. Rename it first."
        raise CommandError(message)
    connection.settings_dict["TEST"] = {**connection.settings_dict["TEST"], "NAME": DATABASE}
    connection.creation.create_test_db(verbosity=0, autoclobber=not keep, serialize=False, keepdb=keep)
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {DATABASE} IS '{DATABASE}'")
    try:
        yield
    finally:
        connection.creation.destroy_test_db(product, verbosity=0, keepdb=keep)


@contextmanager
def _own_files() -> Iterator[None]:
    """Keep the papers that are made in a folder of their own."""
    folder = settings.VAR / "benchmark" / "files"
    folder.mkdir(parents=True, exist_ok=True)
    shelf = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, "base_url": None},
    }
    with override_settings(STORAGES={**settings.STORAGES, "default": shelf}):
        yield
