"""对账: a superior's list taken in and compared, its differences explained one by one, and signed (Q43)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat, actor_of
from audit.parts import record
from cases import permissions as may
from cases.models import (
    Difference,
    ReconciledRow,
    Reconciliation,
    ReconciliationState,
    ReconciliationStop,
)
from cases.models.reconciliations import LONGEST_EXPLANATION
from cases.reconciling.counts import Counts, counts_of
from cases.reconciling.keeping import compared, stands_as_written, write_differences
from cases.states import FROM_ABOVE, Source
from infra import files
from infra.files import check_list, store_as_it_is
from lib.copying import write_rows
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown, Words
from lib.tables.limits import MEGABYTE

# A year of a large district has some thousands of rows.
MOST_BYTES = 20 * MEGABYTE


@transaction.atomic(durable=True)
def begin_reconciliation(
    upload: "File[bytes]",
    *,
    source: str,
    superior_organ: str,
    from_on: date,
    to_on: date,
    by: Hat,
    now: datetime,
) -> Reconciliation:
    """Take in a superior's list for a period; the worker reads and compares it.

    :raises NotAllowed: if this hat does not reconcile
    :raises Refused: for a period that cannot be, a source that is not above, or a file that is no list
    """
    if not may.may_reconcile(by):
        raise NotAllowed(_("Your post does not reconcile lists."))
    wrong: dict[str, Words] = {}
    if source and source not in {one.value for one in FROM_ABOVE}:
        wrong["source"] = _("Only lists of petitions from above are reconciled.")
    if to_on < from_on:
        wrong["to_on"] = _("The period ends before it begins.")
    elif to_on > timezone.localdate(now):
        wrong["to_on"] = _("The period lies in the future.")
    if wrong:
        raise Refused(next(iter(wrong.values())), fields=wrong)
    check_list(upload, most=MOST_BYTES)
    file = store_as_it_is(upload, content_type="application/octet-stream", now=now)
    reconciliation = Reconciliation.objects.create(
        organ=by.organ,
        source=Source(source).value if source else "",
        superior_organ=" ".join(superior_organ.split())[:80],
        from_on=from_on,
        to_on=to_on,
        post=by.post,
        uploader=by.user,
        uploaded_at=now,
        file=file,
        list_sha256=file.sha256,
    )
    facts = {"sha256": file.sha256, "size": file.size, "from": str(from_on), "to": str(to_on)}
    record("reconciliation.upload", reconciliation, by=by.actor, at=now, facts=facts)
    return reconciliation


@transaction.atomic(durable=True)
def compare_list(
    reconciliation_id: UUID,
    *,
    columns: Mapping[str, str],
    rows: Sequence[ReconciledRow],
    by: Hat,
    now: datetime,
) -> Reconciliation:
    """Keep the rows that the worker read, compare them, and remove the file. Return the reconciliation.

    :raises NotAllowed: if this hat does not reconcile
    :raises OutOfTurn: if somebody else read it, or it was thrown away
    """
    reconciliation = _locked(reconciliation_id, by)
    _check_state(reconciliation, ReconciliationState.READING)
    if not may.may_reconcile(by):
        raise NotAllowed(_("Your post does not reconcile lists."))
    for row in rows:
        row.reconciliation = reconciliation
    differences = compared(reconciliation, rows, by)
    write_rows(rows)
    write_differences(reconciliation, differences)
    reconciliation.state, reconciliation.columns = ReconciliationState.COMPARED, dict(columns)
    reconciliation.theirs, reconciliation.compared_at = len(rows), now
    _drop_file(reconciliation, ["state", "columns", "theirs", "compared_at"])
    _record_counts("reconciliation.compare", reconciliation, differences, by, now)
    return reconciliation


@transaction.atomic(durable=True)
def compare_again(reconciliation_id: UUID, *, by: Hat, now: datetime) -> Reconciliation:
    """Compare the kept list anew: what was put right is gone, what is the same keeps its explanation.

    :raises Unknown: if this hat does not see the reconciliation
    :raises NotAllowed: if it does not reconcile
    :raises OutOfTurn: if it was not compared before, or is signed
    """
    reconciliation = _open_to(reconciliation_id, by)
    differences = compared(reconciliation, _kept_rows(reconciliation), by)
    write_differences(reconciliation, differences)
    reconciliation.compared_at = now
    reconciliation.save(update_fields=["compared_at"])
    _record_counts("reconciliation.compare", reconciliation, differences, by, now)
    return reconciliation


@transaction.atomic(durable=True)
def explain_differences(
    reconciliation_id: UUID, *, differences: Collection[int], explanation: str, by: Hat, now: datetime
) -> Reconciliation:
    """Write why some differences are as they are; one that was explained before is explained anew.

    :raises Unknown: if this hat does not see the reconciliation, or one of the differences
    :raises NotAllowed: if it does not reconcile
    :raises OutOfTurn: if it was not compared, or is signed
    :raises Refused: without a difference, or without words
    """
    reconciliation = _open_to(reconciliation_id, by)
    said = explanation.strip()
    wrong: dict[str, Words] = {}
    if not differences:
        wrong["differences"] = _("Tick what you explain.")
    if not said:
        wrong["explanation"] = _("Say why it is so.")
    elif len(said) > LONGEST_EXPLANATION:
        wrong["explanation"] = _("At most %(limit)d characters.") % {"limit": LONGEST_EXPLANATION}
    if wrong:
        raise Refused(next(iter(wrong.values())), fields=wrong)
    shown = Difference.objects.filter(reconciliation=reconciliation).shown_to(by, signed=False)
    # a petition that is gone from view was another difference; the next comparison says which
    ids = list(shown.filter(pk__in=list(differences)).seen().values_list("pk", flat=True))
    if len(ids) != len(set(differences)):
        raise Unknown(_("One of these differences is gone. Compare again."))
    Difference.objects.filter(pk__in=ids).update(
        explanation=said, explained_by=by.post, explainer=by.user, explained_at=now
    )
    record("reconciliation.explain", reconciliation, by=by.actor, at=now, facts={"count": len(ids)})
    return reconciliation


@transaction.atomic(durable=True)
def sign_reconciliation(reconciliation_id: UUID, *, by: Hat, now: datetime) -> Reconciliation:
    """签字确认: stand for it that nothing differs, or that every difference is explained, as it is at this moment.

    :raises Unknown: if this hat does not see the reconciliation
    :raises NotAllowed: if it does not reconcile
    :raises OutOfTurn: if it was not compared, is signed already, something is not explained, or something has
        changed here since it was compared
    """
    reconciliation = _open_to(reconciliation_id, by)
    differences = compared(reconciliation, _kept_rows(reconciliation), by)
    if not stands_as_written(reconciliation, differences):
        raise OutOfTurn(_("Something has changed here since it was compared. Compare again, then sign."))
    left = sum(1 for one in differences if one.explained_at is None)
    if left:
        raise OutOfTurn(_("%(number)d differences are not explained yet.") % {"number": left})
    counts = counts_of(reconciliation.theirs, [one.kind for one in differences])
    reconciliation.state, reconciliation.signed_counts = ReconciliationState.SIGNED, counts.as_facts()
    reconciliation.signed_by, reconciliation.signer, reconciliation.signed_at = by.post, by.user, now
    signed = ["signed_by", "signer", "signed_at", "signed_counts"]
    reconciliation.save(update_fields=["state", *signed])
    facts = {**counts.as_facts(), "sha256": reconciliation.list_sha256}
    record("reconciliation.sign", reconciliation, by=by.actor, at=now, facts=facts)
    return reconciliation


@transaction.atomic(durable=True)
def discard_reconciliation(reconciliation_id: UUID, *, by: Hat, now: datetime) -> Reconciliation:
    """Throw a list away that was not signed, with all its rows.

    :raises Unknown: if this hat does not see the reconciliation
    :raises NotAllowed: if it does not reconcile
    :raises OutOfTurn: if it is signed, or was thrown away before
    """
    reconciliation = _locked(reconciliation_id, by)
    if not may.may_reconcile(by):
        raise NotAllowed(_("Your post does not reconcile lists."))
    _check_state(reconciliation, ReconciliationState.READING, ReconciliationState.COMPARED)
    _stop(reconciliation, ReconciliationStop.DISCARDED, None)
    facts = {"why": ReconciliationStop.DISCARDED.value}
    record("reconciliation.stop", reconciliation, by=by.actor, at=now, facts=facts)
    return reconciliation


@transaction.atomic(durable=True)
def stop_reconciliation(
    reconciliation_id: UUID,
    *,
    stop: ReconciliationStop,
    line: int | None = None,
    by: Hat | None,
    now: datetime,
) -> Reconciliation:
    """Write that a list could not be compared, and why. Its file goes.

    :raises OutOfTurn: if somebody else read it meanwhile
    """
    rows = Reconciliation.objects.select_for_update(no_key=True, of=("self",)).select_related("uploader")
    reconciliation = rows.get(pk=reconciliation_id)
    _check_state(reconciliation, ReconciliationState.READING)
    _stop(reconciliation, stop, line)
    actor = by.actor if by else actor_of(reconciliation.uploader)
    facts = {"why": stop.value, "line": line}
    record("reconciliation.stop", reconciliation, by=actor, at=now, facts=facts)
    return reconciliation


@transaction.atomic(durable=True)
def note_export(reconciliation_id: UUID, *, by: Hat, now: datetime) -> Reconciliation:
    """Write that the differences are taken out as a file; whoever reads them may.

    :raises Unknown: if this hat does not see the reconciliation
    :raises OutOfTurn: if nothing was compared
    """
    reconciliation = _locked(reconciliation_id, by)
    _check_state(reconciliation, ReconciliationState.COMPARED, ReconciliationState.SIGNED)
    shown = Difference.objects.filter(reconciliation=reconciliation)
    number = shown.shown_to(by, signed=reconciliation.is_signed).count()
    record("reconciliation.export", reconciliation, by=by.actor, at=now, facts={"rows": number})
    return reconciliation


def _locked(reconciliation_id: UUID, hat: Hat) -> Reconciliation:
    """Return a reconciliation that a hat sees, held until the transaction ends.

    :raises Unknown: if there is none, or none for this hat (Q6)
    """
    rows = Reconciliation.objects.visible_to(hat).select_for_update(no_key=True, of=("self",))
    reconciliation = rows.select_related("organ").filter(pk=reconciliation_id).first()
    if reconciliation is None:
        raise Unknown(_("There is no such reconciliation."))
    return reconciliation


def _open_to(reconciliation_id: UUID, hat: Hat) -> Reconciliation:
    """Return a reconciliation that a hat works on, held, compared and not signed."""
    reconciliation = _locked(reconciliation_id, hat)
    if not may.may_reconcile(hat):
        raise NotAllowed(_("Your post does not reconcile lists."))
    _check_state(reconciliation, ReconciliationState.COMPARED)
    return reconciliation


def _check_state(reconciliation: Reconciliation, *states: ReconciliationState) -> None:
    if reconciliation.state in states:
        return
    if reconciliation.is_signed:
        raise OutOfTurn(_("It is signed and stays as it is."))
    raise OutOfTurn(_("It does not wait for this any more."))


def _kept_rows(reconciliation: Reconciliation) -> list[ReconciledRow]:
    return list(ReconciledRow.objects.filter(reconciliation=reconciliation).order_by("line"))


def _stop(reconciliation: Reconciliation, stop: ReconciliationStop, line: int | None) -> None:
    Difference.objects.filter(reconciliation=reconciliation).delete()
    ReconciledRow.objects.filter(reconciliation=reconciliation).delete()
    reconciliation.state, reconciliation.stopped_by = ReconciliationState.STOPPED, stop
    reconciliation.stopped_at_line = line
    _drop_file(reconciliation, ["state", "stopped_by", "stopped_at_line"])


def _drop_file(reconciliation: Reconciliation, changed: Sequence[str]) -> None:
    """Save what has changed, and remove the list as it came: it may hold anything (protection §2)."""
    file = reconciliation.file
    reconciliation.file = None
    reconciliation.save(update_fields=[*changed, "file"])
    if file is not None:
        files.remove(file)


def _record_counts(
    verb: str, reconciliation: Reconciliation, differences: Sequence[Difference], by: Hat, now: datetime
) -> None:
    counts: Counts = counts_of(reconciliation.theirs, [one.kind for one in differences])
    record(verb, reconciliation, by=by.actor, at=now, facts=counts.as_facts())
