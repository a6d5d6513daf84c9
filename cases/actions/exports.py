"""The ledger taken out as a workbook: asked for by a person, written by the worker, fetched by the same person."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Func, UUIDField
from django.utils.translation import gettext as _

from accounts.hats import Hat, actor_of
from audit.parts import record
from cases import permissions as may
from cases.columns import columns_in
from cases.exports.parts import take_file_from
from cases.models import (
    ExportedPetitions,
    ExportPurpose,
    ExportState,
    ExportStop,
    LedgerExport,
    Petition,
)
from cases.models.exports import EXPORT_AT_WORK
from infra.files import store_as_it_is
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

# A worker that says nothing for so long is taken for dead, and another takes over.
HELD = timedelta(minutes=2)
# So many of one person may wait at the same time.
MOST_WAITING = 3
# So many may be ticked one by one.
MOST_PICKED = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic(durable=True)
def ask_export(
    facts: Mapping[str, str],
    *,
    columns: Sequence[str],
    by_date: bool,
    picked: Sequence[UUID] = (),
    purpose: ExportPurpose,
    by: Hat,
    now: datetime,
) -> LedgerExport:
    """Have the ledger written into a workbook as the page shows it, always masked (Q4); the worker does it.

    `facts` is the page's filter as codes. The audit keeps what for and what was asked for; whole numbers of petitions
    are left out of it, since one may be sealed one day (Q8).

    :raises NotAllowed: if this hat has no open ledger
    :raises Refused: if three of this person wait already, or more than 500 were ticked
    """
    if not may.may_take_ledger_out(by):
        raise NotAllowed(_("Your post takes out no list of petitions."))
    if len(picked) > MOST_PICKED:
        raise Refused(_("At most %(most)d petitions can be ticked at once.") % {"most": MOST_PICKED})
    waiting = LedgerExport.objects.filter(asker=by.user, state__in=sorted(EXPORT_AT_WORK))
    if waiting.count() >= MOST_WAITING:
        raise Refused(_("Three of your lists are being written. Wait for one of them."))
    export = LedgerExport.objects.create(
        post=by.post,
        asker=by.user,
        purpose=purpose,
        facts=dict(facts),
        by_date=by_date,
        columns=[column.value for column in columns_in(columns)],
        picked=list(picked),
        asked_at=now,
    )
    told = {name: code for name, code in facts.items() if name != "q"}
    counted = {"count": len(picked)} if picked else {}
    record("ledger.export", export, by=by.actor, at=now, facts={"what_for": purpose, **told, **counted})
    return export


@transaction.atomic(durable=True)
def begin_export(export_id: UUID, *, rows: int, by: Hat, now: datetime) -> LedgerExport:
    """Write how many rows an export will have, before the first.

    :raises OutOfTurn: if somebody else finished it
    """
    export = _held(export_id)
    export.state, export.rows, export.rows_done = ExportState.RUNNING, rows, 0
    export.held_until_at = now + HELD
    export.save(update_fields=["state", "rows", "rows_done", "held_until_at"])
    return export


@transaction.atomic(durable=True)
def note_progress(export_id: UUID, *, rows_done: int, by: Hat, now: datetime) -> LedgerExport:
    """Write how far an export has come; it is held on.

    :raises OutOfTurn: if somebody else finished it
    """
    export = _held(export_id)
    export.rows_done, export.held_until_at = rows_done, now + HELD
    export.save(update_fields=["rows_done", "held_until_at"])
    return export


@transaction.atomic(durable=True)
def finish_export(
    export_id: UUID, *, file: "File[bytes]", petitions: Sequence[UUID], by: Hat, now: datetime
) -> LedgerExport:
    """Keep a written workbook, and which petitions are in it.

    :raises OutOfTurn: if somebody else finished it
    """
    export = _held(export_id)
    ExportedPetitions.objects.filter(export=export).delete()
    ExportedPetitions.objects.create(export=export, petitions=list(petitions))
    stored = store_as_it_is(file, content_type=_XLSX, now=now)
    export.state, export.file, export.finished_at = ExportState.DONE, stored, now
    export.rows = export.rows_done = len(petitions)
    export.held_until_at = None
    export.save(
        update_fields=["state", "file", "finished_at", "rows", "rows_done", "held_until_at"],
    )
    facts = {"rows": len(petitions), "sha256": stored.sha256, "what_for": export.purpose}
    record("ledger.write", export, by=by.actor, at=now, facts=facts)
    return export


@transaction.atomic(durable=True)
def stop_export(export_id: UUID, *, stop: ExportStop, by: Hat | None, now: datetime) -> LedgerExport:
    """Write that an export comes to nothing, and why.

    :raises OutOfTurn: if somebody else finished it
    """
    export = _held(export_id)
    export.state, export.stopped_by, export.held_until_at = ExportState.STOPPED, stop, None
    export.save(update_fields=["state", "stopped_by", "held_until_at"])
    actor = by.actor if by else actor_of(export.asker)
    record("ledger.stop", export, by=actor, at=now, facts={"why": stop})
    return export


@transaction.atomic(durable=True)
def fetch_export(export_id: UUID, *, by: Hat, now: datetime) -> StoredFile | None:
    """Return a written workbook to whoever asked for it, and write that he took it.

    It is given out only while he may see every petition in it. If one was sealed or went elsewhere meanwhile, the file
    is removed and the list written anew without it: nothing is returned, and nothing says which (Q1, Q6).

    :raises Unknown: if this person did not ask for it from this post, or there is no file of it
    """
    export = _locked(export_id, by)
    if export.state != ExportState.DONE or export.file is None:
        raise Unknown(_("There is no such file, or it was removed after a day."))
    if not may.may_take_ledger_out(by):
        raise NotAllowed(_("Your post takes out no list of petitions."))
    if not _sees_all_of(export, by):
        take_file_from(export, state=ExportState.WAITING)
        return None
    facts = {"rows": export.rows, "what_for": export.purpose, "sha256": export.file.sha256}
    record("ledger.fetch", export, by=by.actor, at=now, facts=facts)
    return export.file


def _sees_all_of(export: LedgerExport, hat: Hat) -> bool:
    keys = ExportedPetitions.objects.filter(export=export).values_list(
        Func(F("petitions"), function="unnest", output_field=UUIDField()), flat=True
    )
    return Petition.objects.visible_to(hat).filter(pk__in=keys).count() == export.rows


def _locked(export_id: UUID, by: Hat) -> LedgerExport:
    held = LedgerExport.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    export = held.select_related("file").filter(pk=export_id).first()
    if export is None:
        raise Unknown(_("There is no such list."))
    return export


def _held(export_id: UUID) -> LedgerExport:
    """Hold an export that a worker writes.

    :raises OutOfTurn: if it is not being written any more
    """
    held = LedgerExport.objects.select_for_update(of=("self",), no_key=True).select_related("asker")
    export = held.get(pk=export_id)
    if not export.is_at_work:
        raise OutOfTurn(_("This list is not being written any more."))
    return export
