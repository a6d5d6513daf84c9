"""What the worker does with a list: finds its columns, tries it out, takes it in, withdraws it.

The rows are read outside any transaction and written a thousand at a time. Each writing asks again who wanted it, and
whether the list stands where this worker believes: a run that was killed goes on after the last thousand that were
committed, and two workers cannot write the same rows.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat, hat_of
from accounts.models import User
from cases import permissions as may
from cases.actions import imports
from cases.externals import known_externals
from cases.imports.examples import examples_of
from cases.imports.faults import Fault, Found, words_of
from cases.imports.fields import is_known
from cases.imports.planning import plan_of
from cases.imports.rows import Plan, Ready, Rejected, Seen, read_row
from cases.models import ImportBatch, ImportState, Stop, Verdict
from cases.registering import MOST_AT_ONCE
from infra.turns import LONGEST_TURN
from lib.ahead import read_ahead
from lib.collecting import rarely_collected
from lib.errors import NotAllowed, OutOfTurn
from lib.tables.cells import text_of
from lib.tables.limits import Unreadable
from lib.tables.reading import Row, Table, open_table
from lib.tables.writing import write_table

Clock = Callable[[], datetime]


class _NobodyToAsk(Exception):  # noqa: N818 - what is the case
    """Whoever asked may no longer register."""


def carry_on(batch_id: UUID, *, clock: Clock) -> None:
    """Carry a loading on as far as it goes in one turn."""
    batch = _of(batch_id)
    steps = {
        ImportState.LOOKING: _look,
        ImportState.CHECKING: _walk,
        ImportState.RUNNING: _walk,
        ImportState.WITHDRAWING: _withdraw,
    }
    step = steps.get(ImportState(batch.state))
    if step is None:
        return
    try:
        step(batch, clock)
    except OutOfTurn:
        # Somebody else carries it on, or it was thrown away.
        return
    except Unreadable as unreadable:
        imports.stop_import(
            batch_id,
            stop=Stop(unreadable.fault.value),
            line=unreadable.facts.get("line"),
            by=None,
            now=clock(),
        )
    except (_NobodyToAsk, NotAllowed):
        imports.stop_import(batch_id, stop=Stop.NOT_ALLOWED, by=None, now=clock())


def _of(batch_id: UUID) -> ImportBatch:
    return ImportBatch.objects.select_related(
        "source__organ__place", "file", "asker", "withdrawal_decider"
    ).get(pk=batch_id)


def _hat(user: User | None, post_id: int | None, now: datetime) -> Hat:
    hat = hat_of(user, post_id, on=timezone.localdate(now)) if user and post_id else None
    if hat is None:
        raise _NobodyToAsk
    return hat


def _asker(batch: ImportBatch, now: datetime) -> Hat:
    """Return the hat of whoever uploaded the list, if he still wears it and it still takes in lists."""
    hat = _hat(User.objects.get(pk=batch.asker_id), batch.post_id, now)
    if not may.may_take_in_lists(hat):
        raise _NobodyToAsk
    return hat


@contextmanager
def _table(batch: ImportBatch) -> Iterator[Table]:
    if batch.file is None:
        raise _NobodyToAsk
    with default_storage.open(batch.file.path) as file:
        remembered = set(batch.source.mapping)
        with open_table(
            file, known=lambda name: is_known(name) or name in remembered, size=batch.file.size
        ) as table:
            yield table


def _look(batch: ImportBatch, clock: Clock) -> None:
    by = _asker(batch, clock())
    with _table(batch) as table:
        imports.note_columns(
            batch.pk,
            sheet=table.sheet,
            heading_line=table.headings.line,
            columns=table.columns,
            examples=examples_of(table.rows(), batch.source.mapping),
            rows=0,
            by=by,
            now=clock(),
        )


@dataclass
class _Chunk:
    """The rows that are written together."""

    after_line: int
    upto_line: int
    ready: list[Ready] = field(default_factory=list)
    findings: dict[int, tuple[Verdict, list[Found]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.ready) + len(self.findings)

    def take(self, read: Ready | Rejected, again: Found | None) -> None:
        self.upto_line = read.line
        if isinstance(read, Rejected):
            self.findings[read.line] = (Verdict.REJECTED, list(read.faults))
        elif again is None:
            self.ready.append(read)
        else:
            same = again.fault is Fault.SAME_ROW
            self.findings[read.line] = (Verdict.LINKED if same else Verdict.REJECTED, [again])


def _walk(batch: ImportBatch, clock: Clock) -> None:
    """Walk the list from where it stands: on trial, or writing petitions."""
    trial = batch.state == ImportState.CHECKING
    ends = clock() + LONGEST_TURN
    with _table(batch) as table:
        with (
            rarely_collected(),
            closing(read_ahead(_chunks(batch, table, plan_of(batch, now=clock())))) as chunks,
        ):
            for chunk in chunks:
                _write(batch, chunk, trial, clock)
                if clock() > ends:
                    return
        if trial:
            imports.end_import(batch.pk, state=ImportState.CHECKED, by=_asker(batch, clock()), now=clock())
            return
        with _rejects(batch, table) as file:
            imports.end_import(
                batch.pk, state=ImportState.DONE, rejects=file, by=_asker(batch, clock()), now=clock()
            )


def _chunks(batch: ImportBatch, table: Table, plan: Plan) -> Iterator[_Chunk]:
    """Yield the rows that are not done with, read as petitions, as many as are written together."""
    seen, chunk = Seen(), _Chunk(batch.last_line, batch.last_line)
    for row in table.rows():
        read = read_row(row, plan)
        again = seen.again(read) if isinstance(read, Ready) else None
        if row.line <= batch.last_line:
            continue
        chunk.take(read, again)
        if chunk.size == MOST_AT_ONCE:
            yield chunk
            chunk = _Chunk(chunk.upto_line, chunk.upto_line)
    if chunk.size:
        yield chunk


def _write(batch: ImportBatch, chunk: _Chunk, trial: bool, clock: Clock) -> None:
    now = clock()
    by = _asker(batch, now)
    if trial:
        _mark_known(batch, chunk)
    write = imports.note_tried if trial else imports.import_rows
    write(
        batch.pk,
        after_line=chunk.after_line,
        upto_line=chunk.upto_line,
        ready=chunk.ready,
        findings=chunk.findings,
        by=by,
        now=now,
    )


def _mark_known(batch: ImportBatch, chunk: _Chunk) -> None:
    """Take those rows out that were taken in before."""
    known = known_externals(batch.source_id, [one.number for one in chunk.ready])
    for one in [one for one in chunk.ready if one.number in known]:
        chunk.ready.remove(one)
        chunk.findings[one.line] = (Verdict.LINKED, [Found(Fault.HERE_ALREADY)])


@contextmanager
def _rejects(batch: ImportBatch, table: Table) -> Iterator["File[bytes] | None"]:
    """Yield the rejected rows as a workbook, as they came and with the reason, to be corrected and taken in again."""
    rejected = batch.findings.filter(verdict=Verdict.REJECTED).order_by("line")
    why = dict(rejected.values_list("line", "faults").iterator())
    if not why:
        yield None
        return
    columns = table.columns
    rows = (
        [*_cells(row, columns), "；".join(map(words_of, why[row.line]))]
        for row in table.rows()
        if row.line in why
    )
    with tempfile.TemporaryFile() as out:
        write_table(out, title=_("Rejected"), rows=chain([[*columns, _("Reason for rejection")]], rows))
        out.seek(0)
        name = _("Rejected rows of %(day)s.xlsx") % {"day": timezone.localdate(batch.uploaded_at).isoformat()}
        yield File(out, name=name)


def _cells(row: Row, columns: tuple[str, ...]) -> list[str]:
    return [text_of(row.cells.get(column, "")) for column in columns]


def _withdraw(batch: ImportBatch, clock: Clock) -> None:
    by = _hat(batch.withdrawal_decider, batch.withdrawal_decided_by_id, clock())
    imports.withdraw_petitions(batch.pk, by=by, now=clock())
