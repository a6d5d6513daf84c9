"""A list of another system taken in: by a person from the upload to the withdrawal, by the worker in between."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat, actor_of
from audit.parts import record
from cases import permissions as may
from cases.imported import others_sealed
from cases.imports.faults import Fault, Found
from cases.imports.fields import Field, match_columns
from cases.imports.rows import Ready
from cases.imports.withdrawing import has_been_touched, make_void
from cases.models import ImportBatch, ImportedRow, ImportFinding, ImportSource, ImportState, Stop, Verdict
from cases.registering import file_many
from cases.states import Channel, Purpose
from infra.files import check_list, store_as_it_is
from lib.copying import write_rows
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.new_rows import new_row
from lib.tables.limits import MOST_BYTES
from places.models import Place

# A worker that says nothing for so long is taken for dead, and another takes over.
HELD = timedelta(minutes=2)
# So many rows are shown as they would be registered.
SAMPLE = 10
_BEFORE_RUN = frozenset(
    {ImportState.LOOKING, ImportState.TO_MATCH, ImportState.CHECKING, ImportState.CHECKED}
)
_COUNTS = ("last_line", "rows_done", "created", "finished", "linked", "rejected", "unplaced")
# So many names of places that are not known here are put before a person, and none that is a whole sentence.
MOST_PLACES, LONGEST_PLACE_NAME = 200, 20


@transaction.atomic(durable=True)
def upload_list(source_name: str, upload: "File[bytes]", *, by: Hat, now: datetime) -> ImportBatch:
    """Take in a file from a source; the worker looks for its columns.

    :raises NotAllowed: if this hat takes in no lists
    :raises Refused: without the source's name, or for a file that is no list
    """
    if not may.may_take_in_lists(by):
        raise NotAllowed(_("Your post takes in no lists."))
    name = " ".join(source_name.split())
    if not name:
        message = _("Say where the list comes from.")
        raise Refused(message, fields={"source": message})
    check_list(upload, most=MOST_BYTES)
    file = store_as_it_is(upload, content_type="application/octet-stream", now=now)
    source, _made = ImportSource.objects.get_or_create(organ=by.organ, name=name)
    batch = ImportBatch.objects.create(
        source=source,
        post=by.post,
        asker=by.user,
        file=file,
        file_name=file.name,
        uploaded_at=now,
        worked_at=now,
    )
    # The file's name is a person's choice and may name one; its hash is enough.
    record("import.upload", batch, by=by.actor, at=now, facts={"sha256": file.sha256, "size": file.size})
    return batch


@transaction.atomic(durable=True)
def match_list(
    batch_id: UUID,
    *,
    mapping: Mapping[str, str],
    channel: Channel,
    purpose: Purpose,
    category_id: int | None,
    received_on: date | None,
    places: Mapping[str, str] | None = None,
    by: Hat,
    now: datetime,
) -> ImportBatch:
    """Confirm which column is what, and what the list does not say; the worker tries it out, writing nothing.

    `places` says by its code which division a name is meant to be that the list writes otherwise; it is remembered for
    the lists of this source.

    :raises Unknown: if this hat does not see the loading
    :raises OutOfTurn: if it is not waiting for this
    :raises Refused: if two columns fill one field, none is the text, rows would have no day of receipt, or a place is
        none of the office's
    """
    batch = _locked(batch_id, by)
    _check_own(batch, by)
    if batch.state not in {ImportState.TO_MATCH, ImportState.CHECKED}:
        raise OutOfTurn(_("This list is not waiting for its columns."))
    chosen = {column: field for column, field in mapping.items() if field and column in batch.columns}
    _check_mapping(chosen, purpose, received_on, now)
    meant = {words: code for words, code in (places or {}).items() if code and words in batch.unknown_places}
    _check_places(meant, batch.source.organ.place.path)
    batch.mapping, batch.channel, batch.purpose = chosen, channel, purpose
    batch.category_id, batch.received_on = category_id, received_on
    _begin(
        batch, ImportState.CHECKING, now, also=["mapping", "channel", "purpose", "category", "received_on"]
    )
    remembered = batch.source.mapping | {column: mapping.get(column, "") for column in batch.columns}
    ImportSource.objects.filter(pk=batch.source_id).update(
        mapping=remembered,
        stated={"channel": channel, "purpose": purpose},
        places=batch.source.places | meant,
    )
    facts = {"channel": channel, "purpose": purpose}
    record("import.match", batch, by=by.actor, at=now, facts=facts)
    return batch


def _check_mapping(
    chosen: Mapping[str, str], purpose: Purpose, received_on: date | None, now: datetime
) -> None:
    fields = list(chosen.values())
    twice = sorted({field for field in fields if fields.count(field) > 1})
    if twice:
        message = _("Two columns cannot fill one field: %(field)s.") % {"field": Field(twice[0]).label}
        raise Refused(message, fields={"mapping": message})
    if Field.TEXT not in fields:
        message = _("Say which column holds the petitioner's own words.")
        raise Refused(message, fields={"mapping": message})
    if Field.RECEIVED_AT not in fields and received_on is None:
        message = _("No column says when they were received: state the day. No period will run from it.")
        raise Refused(message, fields={"received_on": message})
    if received_on is not None and received_on > timezone.localdate(now):
        message = _("The day of receipt cannot lie in the future.")
        raise Refused(message, fields={"received_on": message})
    if purpose is Purpose.REPORT_ACCUSATION:
        message = _("Reports and accusations are registered by hand, each in the sealed lane (Q1).")
        raise Refused(message, fields={"purpose": message})


def _check_places(meant: Mapping[str, str], path: str) -> None:
    codes = set(meant.values())
    known = Place.objects.current().inside(path).filter(code__in=codes)
    if known.count() < len(codes):
        message = _("Choose a place of your own office.")
        raise Refused(message, fields={"places": message})


@transaction.atomic(durable=True)
def run_import(batch_id: UUID, *, by: Hat, now: datetime) -> ImportBatch:
    """Have a list that was tried out taken in; the worker does it, a thousand rows at a time.

    :raises Unknown: if this hat does not see the loading
    :raises OutOfTurn: if it was not tried out, or runs already
    """
    batch = _locked(batch_id, by)
    _check_own(batch, by)
    if batch.state != ImportState.CHECKED:
        raise OutOfTurn(_("This list was not tried out, or is being taken in already."))
    _begin(batch, ImportState.RUNNING, now)
    record("import.run", batch, by=by.actor, at=now, facts={"rows": batch.rows})
    return batch


@transaction.atomic(durable=True)
def discard_import(batch_id: UUID, *, by: Hat, now: datetime) -> ImportBatch:
    """Throw a list away of which nothing was written yet.

    :raises Unknown: if this hat does not see the loading
    :raises OutOfTurn: if something of it was written
    """
    batch = _locked(batch_id, by)
    _check_own(batch, by)
    if batch.state not in _BEFORE_RUN:
        raise OutOfTurn(_("It is being taken in already."))
    _end(batch, ImportState.STOPPED, now, stopped_by=Stop.DISCARDED)
    record("import.stop", batch, by=by.actor, at=now, facts={"why": Stop.DISCARDED})
    return batch


@transaction.atomic(durable=True)
def ask_withdrawal(batch_id: UUID, *, reason: str, by: Hat, now: datetime) -> ImportBatch:
    """Ask that every petition of a loading become void; a second person decides (Q18).

    :raises Unknown: if this hat does not see the loading
    :raises NotAllowed: if it may not load either
    :raises OutOfTurn: if it has not run, or something has been done on one of its petitions
    :raises Refused: without a reason
    """
    batch = _locked(batch_id, by)
    if not may.may_ask_withdrawal(by, batch):
        raise NotAllowed(_("Only those who take in lists ask for this."))
    if batch.state != ImportState.DONE or not batch.created:
        raise OutOfTurn(_("There is nothing of this list to withdraw."))
    if has_been_touched(batch):
        raise OutOfTurn(Stop.TOUCHED.label)
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn."), fields={"reason": _("Say why it is withdrawn.")})
    batch.state, batch.withdraw_reason, batch.stopped_by = (
        ImportState.WITHDRAWAL_ASKED,
        reason.strip()[:200],
        "",
    )
    batch.withdrawal_asked_by, batch.withdrawal_asker, batch.withdrawal_asked_at = by.post, by.user, now
    asked = [
        "withdraw_reason",
        "withdrawal_asked_by",
        "withdrawal_asker",
        "withdrawal_asked_at",
        "stopped_by",
    ]
    batch.save(update_fields=["state", *asked])
    record("import.ask_withdrawal", batch, by=by.actor, at=now, facts={"petitions": batch.created})
    return batch


@transaction.atomic(durable=True)
def decide_withdrawal(batch_id: UUID, *, confirm: bool, by: Hat, now: datetime) -> ImportBatch:
    """Confirm or refuse that a loading be withdrawn; what is confirmed the worker carries out in one piece (Q18).

    :raises Unknown: if this hat does not see the loading
    :raises OutOfTurn: if nobody asked for it
    :raises NotAllowed: if this hat may not decide, or its wearer asked himself
    """
    batch = _locked(batch_id, by)
    if batch.state != ImportState.WITHDRAWAL_ASKED:
        raise OutOfTurn(_("Nobody asks for a withdrawal."))
    if not may.may_confirm_withdrawal(by, batch) or batch.withdrawal_asker_id == by.user.pk:
        raise NotAllowed(_("A second person with the right decides: section head or director."))
    if not confirm:
        batch.state = ImportState.DONE
        batch.save(update_fields=["state"])
        record("import.refuse_withdrawal", batch, by=by.actor, at=now)
        return batch
    batch.state, batch.held_until_at = ImportState.WITHDRAWING, None
    batch.withdrawal_decided_by, batch.withdrawal_decider, batch.worked_at = by.post, by.user, now
    decided = ["withdrawal_decided_by", "withdrawal_decider"]
    batch.save(update_fields=["state", "held_until_at", "worked_at", *decided])
    return batch


@transaction.atomic(durable=True)
def note_columns(
    batch_id: UUID,
    *,
    sheet: str,
    heading_line: int,
    columns: Sequence[str],
    examples: Mapping[str, Sequence[str]],
    rows: int,
    by: Hat,
    now: datetime,
) -> ImportBatch:
    """Write what the worker found in a file: the columns wait to be matched, as they were the last time.

    `examples` are a few values of each column, covered.

    :raises OutOfTurn: if somebody else went on with it
    """
    batch = _held(batch_id, ImportState.LOOKING, None)
    batch.sheet, batch.heading_line, batch.columns, batch.rows = sheet[:60], heading_line, list(columns), rows
    batch.mapping = match_columns(batch.columns, batch.source.mapping)
    stated = batch.source.stated
    batch.channel, batch.purpose = stated.get("channel", batch.channel), stated.get("purpose", batch.purpose)
    batch.state, batch.worked_at, batch.held_until_at = ImportState.TO_MATCH, now, None
    batch.examples = {column: list(values) for column, values in examples.items()}
    found = ["sheet", "heading_line", "columns", "rows", "mapping", "channel", "purpose", "examples"]
    batch.save(update_fields=[*found, "state", "worked_at", "held_until_at"])
    return batch


@transaction.atomic(durable=True)
def note_tried(
    batch_id: UUID,
    *,
    after_line: int,
    upto_line: int,
    ready: Sequence[Ready],
    findings: Mapping[int, tuple[Verdict, Sequence[Found]]],
    by: Hat,
    now: datetime,
) -> ImportBatch:
    """Write what rows would come to; no petition is made.

    :raises OutOfTurn: if somebody else went on with it
    """
    batch = _held(batch_id, ImportState.CHECKING, after_line)
    _write_findings(batch, findings)
    if len(batch.sample) < SAMPLE:
        batch.sample = [*batch.sample, *(one.as_shown() for one in ready)][:SAMPLE]
        batch.save(update_fields=["sample"])
    answered = sum(1 for one in ready if one.incoming.reply and one.incoming.reply.answers)
    _note_places(batch, ready)
    batch.save(update_fields=["unknown_places"])
    _count(batch, upto_line, made=len(ready), finished=answered, findings=findings, now=now)
    return batch


@transaction.atomic(durable=True)
def import_rows(
    batch_id: UUID,
    *,
    after_line: int,
    upto_line: int,
    ready: Sequence[Ready],
    findings: Mapping[int, tuple[Verdict, Sequence[Found]]],
    by: Hat,
    now: datetime,
) -> ImportBatch:
    """Register the next rows of a list, a thousand at most, and write how far it has come, in one transaction.

    :raises NotAllowed: if this hat does not register
    :raises OutOfTurn: if somebody else went on with it
    """
    batch = _held(batch_id, ImportState.RUNNING, after_line)
    made, known, refused = file_many([one.incoming for one in ready], by=by, now=now)
    found = dict(findings)
    rows = []
    for one in ready:
        petition = made.get(one.incoming.submission_id)
        if petition is not None:
            rows.append(
                new_row(
                    ImportedRow,
                    petition=petition,
                    batch=batch,
                    line=one.line,
                    others_sealed=others_sealed(petition, one.others),
                    arrived_version=petition.version,
                )
            )
        elif one.incoming.submission_id in known:
            found[one.line] = (Verdict.LINKED, [Found(Fault.HERE_ALREADY)])
        else:
            refusal = refused[one.incoming.submission_id]
            found[one.line] = (
                Verdict.REJECTED,
                [Found(Fault.NOT_REGISTERED, column=", ".join(sorted(refusal.fields)))],
            )
    write_rows(rows)
    _write_findings(batch, found)
    finished = sum(1 for petition in made.values() if not petition.is_open)
    batch.unplaced += sum(1 for one in ready if one.unknown_place and one.incoming.submission_id in made)
    _count(batch, upto_line, made=len(made), finished=finished, findings=found, now=now)
    return batch


@transaction.atomic(durable=True)
def end_import(
    batch_id: UUID, *, state: ImportState, rejects: "File[bytes] | None" = None, by: Hat, now: datetime
) -> ImportBatch:
    """Write that a trial or a run has come to the end of its list, with the file of what was rejected.

    :raises OutOfTurn: if somebody else went on with it
    """
    trial = state is ImportState.CHECKED
    batch = _held(batch_id, ImportState.CHECKING if trial else ImportState.RUNNING, None)
    batch.rows = batch.rows_done
    if rejects is not None:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        batch.rejects = store_as_it_is(rejects, content_type=kind, now=now)
    batch.state, batch.worked_at, batch.held_until_at = state, now, None
    batch.finished_at = None if trial else now
    batch.save(update_fields=["rows", "rejects", "state", "worked_at", "held_until_at", "finished_at"])
    if not trial:
        facts = {name: getattr(batch, name) for name in ("rows", "created", "finished", "linked", "rejected")}
        record("import.end", batch, by=by.actor, at=now, facts=facts)
    return batch


@transaction.atomic(durable=True)
def stop_import(
    batch_id: UUID, *, stop: Stop, line: int | None = None, by: Hat | None, now: datetime
) -> ImportBatch:
    """Write that nothing more of a list is taken in, and why. What was committed stays, and can be withdrawn.

    :raises OutOfTurn: if it has ended meanwhile
    """
    batch = ImportBatch.objects.select_for_update(no_key=True, of=("self",)).get(pk=batch_id)
    if not batch.is_at_work:
        raise OutOfTurn(_("It has ended already."))
    written = batch.state == ImportState.RUNNING and batch.created
    batch.stopped_at_line = line
    _end(batch, ImportState.DONE if written else ImportState.STOPPED, now, stopped_by=stop)
    actor = by.actor if by else actor_of(batch.asker)
    record("import.stop", batch, by=actor, at=now, facts={"why": stop, "line": line})
    return batch


@transaction.atomic(durable=True)
def withdraw_petitions(batch_id: UUID, *, by: Hat, now: datetime) -> ImportBatch:
    """Make every petition of a loading void, or none: keeping number and audit, leaving every clock (Q18).

    `by` is the second person. If something has been done on one meanwhile, the loading stays as it is and says so.
    """
    batch = _held(batch_id, ImportState.WITHDRAWING, None)
    if make_void(batch, by=by, now=now):
        _end(batch, ImportState.WITHDRAWN, now)
        record("import.withdraw", batch, by=by.actor, at=now, facts={"petitions": batch.created})
    else:
        _end(batch, ImportState.DONE, now, stopped_by=Stop.TOUCHED)
        record("import.stop", batch, by=by.actor, at=now, facts={"why": Stop.TOUCHED})
    return batch


def _locked(batch_id: UUID, hat: Hat) -> ImportBatch:
    """Return a loading that a hat sees, held until the transaction ends.

    :raises Unknown: if there is none, or none for this hat (Q6)
    """
    rows = ImportBatch.objects.visible_to(hat).select_for_update(no_key=True, of=("self",))
    batch = rows.select_related("source__organ").filter(pk=batch_id).first()
    if batch is None:
        raise Unknown(_("There is no such list."))
    return batch


def _check_own(batch: ImportBatch, by: Hat) -> None:
    """Refuse going on with a list that another post loaded: it may hold what this one is not to see.

    :raises NotAllowed: if it is another post's
    """
    if batch.post_id != by.post.pk or not may.may_take_in_lists(by):
        raise NotAllowed(_("Only the post that uploaded the list goes on with it."))


def _held(batch_id: UUID, state: ImportState, after_line: int | None) -> ImportBatch:
    """Return the loading that a worker carries on, if nobody else has gone on with it.

    :raises OutOfTurn: if it stands elsewhere by now
    """
    rows = ImportBatch.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "source__organ__place"
    )
    batch = rows.get(pk=batch_id)
    if batch.state != state or (after_line is not None and batch.last_line != after_line):
        raise OutOfTurn(_("Somebody else went on with it."))
    return batch


def _begin(batch: ImportBatch, state: ImportState, now: datetime, also: Sequence[str] = ()) -> None:
    """Let the worker walk the list from its first row."""
    ImportFinding.objects.filter(batch=batch).delete()
    for name in _COUNTS:
        setattr(batch, name, 0)
    batch.state, batch.worked_at, batch.held_until_at = state, now, None
    batch.sample, batch.unknown_places = [], {}
    cleared = ["sample", "unknown_places"]
    batch.save(update_fields=[*_COUNTS, "state", "worked_at", "held_until_at", *cleared, *also])


def _end(batch: ImportBatch, state: ImportState, now: datetime, *, stopped_by: str = "") -> None:
    batch.state, batch.stopped_by, batch.worked_at, batch.held_until_at = state, stopped_by, now, None
    batch.finished_at, batch.sample, batch.unknown_places, batch.examples = now, [], {}, {}
    ended = ["state", "stopped_by", "stopped_at_line", "worked_at", "held_until_at", "finished_at"]
    batch.save(update_fields=[*ended, "sample", "unknown_places", "examples"])


def _note_places(batch: ImportBatch, ready: Sequence[Ready]) -> None:
    """Count the rows whose place is not known, and the names that could be one, so many of them at most."""
    for one in ready:
        name = one.unknown_place
        batch.unplaced += bool(name)
        seen = batch.unknown_places.get(name, 0)
        if name and len(name) <= LONGEST_PLACE_NAME and (seen or len(batch.unknown_places) < MOST_PLACES):
            batch.unknown_places[name] = seen + 1


def _write_findings(batch: ImportBatch, findings: Mapping[int, tuple[Verdict, Sequence[Found]]]) -> None:
    write_rows(
        [
            ImportFinding(batch=batch, line=line, verdict=verdict, faults=[one.as_facts() for one in faults])
            for line, (verdict, faults) in sorted(findings.items())
        ]
    )


def _count(
    batch: ImportBatch,
    upto_line: int,
    *,
    made: int,
    finished: int,
    findings: Mapping[int, tuple[Verdict, Any]],
    now: datetime,
) -> None:
    verdicts = [verdict for verdict, _faults in findings.values()]
    batch.last_line = upto_line
    batch.rows_done += made + len(verdicts)
    batch.rows = max(batch.rows, batch.rows_done)
    batch.created += made
    batch.finished += finished
    batch.linked += verdicts.count(Verdict.LINKED)
    batch.rejected += verdicts.count(Verdict.REJECTED)
    batch.worked_at, batch.held_until_at = now, now + HELD
    batch.save(update_fields=[*_COUNTS, "rows", "worked_at", "held_until_at"])
