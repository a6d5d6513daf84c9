"""What the worker does with an export: fixes which petitions are in it, and writes them a thousand at a time.

The order is fixed once, so that a row that moves meanwhile is neither twice in the list nor missing. Each thousand is
read anew through what the hat sees now: what was sealed or went elsewhere since is left out.
"""

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone, translation

from accounts.hats import Hat, hat_of
from cases import permissions as may
from cases.actions import exports
from cases.columns import columns_in
from cases.exports.reading import Reader
from cases.exports.sheet import LINES_ABOVE, About, LedgerSheet, widths_of, write_definitions
from cases.forms.ledger import LedgerFilter, filter_of
from cases.ledger import asked, in_order
from cases.ledger_words import view_words
from cases.models import ExportPurpose, ExportStop, LedgerExport, Petition
from lib.errors import OutOfTurn
from lib.tables.writing import writing

Clock = Callable[[], datetime]
MOST_ROWS = 300_000
AT_ONCE = 1_000


class _Impossible(Exception):  # noqa: N818 - what is the case
    """The export cannot be written; `stop` says why."""

    def __init__(self, stop: ExportStop) -> None:
        super().__init__(stop)
        self.stop = stop


def carry_on(export_id: UUID, *, clock: Clock) -> None:
    """Write an export that this worker holds, from its beginning to its end."""
    export = LedgerExport.objects.select_related("asker").get(pk=export_id)
    try:
        hat = _asker(export, clock())
        with translation.override(export.asker.language or settings.LANGUAGE_CODE):
            _write(export, hat, clock)
    except OutOfTurn:
        # Another worker was taken for the one to go on.
        return
    except _Impossible as impossible:
        exports.stop_export(export_id, stop=impossible.stop, by=None, now=clock())


def _asker(export: LedgerExport, now: datetime) -> Hat:
    """Return the hat of whoever asked, if he still wears it and it still reads the ledger."""
    hat = hat_of(export.asker, export.post_id, on=timezone.localdate(now))
    if hat is None or not may.may_take_ledger_out(hat):
        raise _Impossible(ExportStop.NOT_ALLOWED)
    return hat


def _write(export: LedgerExport, hat: Hat, clock: Clock) -> None:
    now = clock()
    form = filter_of(export.facts, hat, on=timezone.localdate(now))
    if form.is_unclear:
        raise _Impossible(ExportStop.UNCLEAR)
    keys = _keys(export, form, hat, now)
    exports.begin_export(export.pk, rows=len(keys), by=hat, now=now)
    columns, about = columns_in(export.columns), about_of(export, form, hat, on=timezone.localdate(now))
    written: list[UUID] = []
    with tempfile.TemporaryFile() as out:
        with writing(out) as book:
            with book.sheet(
                about.view, widths=widths_of(columns), still=LINES_ABOVE, foot=about.foot
            ) as sheet:
                ledger = LedgerSheet(sheet, columns, about)
                reader = Reader(hat, now=now)
                for start in range(0, len(keys), AT_ONCE):
                    for row in reader.rows(keys[start : start + AT_ONCE]):
                        ledger.write(row)
                        written.append(row.petition.pk)
                    exports.note_progress(export.pk, rows_done=len(written), by=hat, now=clock())
            write_definitions(book, columns, about, rows=len(written))
        out.seek(0)
        exports.finish_export(
            export.pk, file=File(out, name=about.file_name), petitions=written, by=hat, now=clock()
        )


def _keys(export: LedgerExport, form: LedgerFilter, hat: Hat, now: datetime) -> list[UUID]:
    """Return which petitions the list has, in its order, as the page would show them at this moment."""
    visible = Petition.objects.visible_to(hat)
    if export.picked:
        found = visible.filter(pk__in=export.picked)
    else:
        question = form.question(hat, on=timezone.localdate(now))
        found = asked(visible, question, hat=hat, now=now)
    ordered = in_order(found, hat=hat, by_date=export.by_date)
    keys = list(ordered.values_list("pk", flat=True)[: MOST_ROWS + 1])
    if len(keys) > MOST_ROWS:
        raise _Impossible(ExportStop.TOO_MANY)
    return keys


def about_of(export: LedgerExport, form: LedgerFilter, hat: Hat, *, on: date) -> About:
    return About(
        unit=str(hat.organ),
        view=str(view_words(form.question(hat, on=on).view)),
        on=on,
        person=hat.user.name,
        purpose=ExportPurpose(export.purpose),
        filters=[(label, words) for _name, label, words in form.in_force()],
        by_date=export.by_date,
        picked=bool(export.picked),
    )
