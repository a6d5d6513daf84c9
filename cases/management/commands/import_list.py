"""Takes in a list from the machine's own files, by the same deeds as the page."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import User
from cases import permissions as may
from cases.actions.imports import discard_import, match_list, run_import, upload_list
from cases.imports.faults import words_of
from cases.imports.work import carry_on
from cases.models import ImportBatch, ImportState
from cases.states import Channel, Purpose
from lib.errors import Refused

_SHOWN = 20


class Command(BaseCommand):
    help = "Take in a list (.xlsx, .xls, .csv, .jsonl) as somebody of the office; --trial writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", required=True, help="where the list comes from, the same words each time"
        )
        parser.add_argument("--staff", required=True, help="staff number of whoever takes it in")
        parser.add_argument("--channel", choices=Channel.values, default=Channel.WEB.value)
        parser.add_argument("--purpose", choices=Purpose.values, default=Purpose.REQUEST.value)
        parser.add_argument(
            "--received-on", type=date.fromisoformat, help="day of receipt of rows without one"
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="HEADING=FIELD",
            help="as on the page, over what is found",
        )
        parser.add_argument(
            "--trial", action="store_true", help="say what would become of each row, and stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        hat = self._hat(options["staff"])
        try:
            batch = self._tried(hat, options)
            if options["trial"]:
                discard_import(batch.pk, by=hat, now=timezone.now())
                return
            run_import(batch.pk, by=hat, now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self._tell(self._worked(batch))

    def _hat(self, staff: str) -> Hat:
        user = User.objects.filter(username=staff).first()
        hats = hats_of(user, on=timezone.localdate()) if user else []
        hat = next((hat for hat in hats if may.may_take_in_lists(hat)), None)
        if hat is None:
            message = f"{staff} takes in no lists"
            raise CommandError(message)
        return hat

    def _tried(self, hat: Hat, options: dict[str, Any]) -> ImportBatch:
        with options["file"].open("rb") as opened:
            file = File(opened, name=options["file"].name)
            batch = upload_list(options["source"], file, by=hat, now=timezone.now())
        batch = self._worked(batch)
        chosen = dict(pair.rpartition("=")[::2] for pair in options["column"])
        match_list(
            batch.pk,
            mapping=batch.mapping | chosen,
            channel=Channel(options["channel"]),
            purpose=Purpose(options["purpose"]),
            category_id=None,
            received_on=options["received_on"],
            by=hat,
            now=timezone.now(),
        )
        batch = self._worked(batch)
        self._tell(batch)
        return batch

    def _worked(self, batch: ImportBatch) -> ImportBatch:
        """Do the worker's part here and now.

        :raises CommandError: if the list stopped
        """
        batch.refresh_from_db()
        while batch.is_at_work:
            carry_on(batch.pk, clock=timezone.now)
            batch.refresh_from_db()
        if batch.state == ImportState.STOPPED:
            raise CommandError(str(batch.get_stopped_by_display()))
        return batch

    def _tell(self, batch: ImportBatch) -> None:
        self.stdout.write(f"{batch.get_state_display()}: {batch.rows_done}")
        for name in ("created", "finished", "linked", "rejected", "unplaced"):
            self.stdout.write(f"  {name}: {getattr(batch, name)}")
        for found in batch.findings.order_by("line")[:_SHOWN]:
            self.stdout.write(f"  {found.line}: {'；'.join(map(words_of, found.faults))}")
