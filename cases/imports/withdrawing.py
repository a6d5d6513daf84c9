"""Making every petition of a loading void, as long as nobody has touched one of them (Q18)."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Model, Q

from accounts.hats import Hat
from audit.parts import record_each
from cases.locks import lock_several
from cases.models import (
    Attachment,
    ConductIncident,
    EnquiryNote,
    ImportBatch,
    JoinedMatter,
    Original,
    Petition,
    Reader,
    RepeatDecision,
    Route,
    SafetyNote,
    VoidProposal,
)
from cases.models.voids import VoidGround
from cases.states import Routing
from lib.transactions import require_transaction
from notices.models import Notice

_AT_ONCE = 1000
# What somebody does on a petition without moving it, and by what it names the petition: notes, papers, and what others
# were held against it or joined to it.
_WORK: tuple[tuple[type[Model], str], ...] = (
    (Route, "petition"),
    (Attachment, "petition"),
    (Original, "petition"),
    (EnquiryNote, "petition"),
    (SafetyNote, "petition"),
    (ConductIncident, "petition"),
    (VoidProposal, "petition"),
    (RepeatDecision, "earlier"),
    (JoinedMatter, "pending"),
    (Reader, "petition"),
)


def has_been_touched(batch: ImportBatch) -> bool:
    """Test if anything was done on one of a loading's petitions since it arrived."""
    moved = ~Q(version=F("imported_row__arrived_version")) | Q(sealed=True)
    if Petition.objects.filter(moved, imported_row__batch=batch).exists():
        return True
    return any(
        model._default_manager.filter(**{f"{name}__imported_row__batch": batch}).exists()
        for model, name in _WORK
    )


def make_void(batch: ImportBatch, *, by: Hat, now: datetime) -> bool:
    """Make all petitions of a loading void, held in the order of their keys. Return whether it was done, or none.

    Each keeps its number and audit, and an own decision of two persons; its clocks are cancelled and its number in the
    source is free again, because a void petition takes none.

    :raises RuntimeError: outside a transaction
    """
    require_transaction("make_void")
    found = Petition.objects.filter(imported_row__batch=batch).order_by("pk")
    before = dict(found.values_list("pk", "routing"))
    ids = list(before)
    lock_several(ids)
    if has_been_touched(batch):
        return False
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        _decide(batch, some, now)
        with connection.cursor() as cursor:
            for statement in (_CANCEL, _VOID, _NOTHING_DUE):
                cursor.execute(statement, {"ids": some, "void": Routing.VOID.value, "now": now})
        facts = [(pk, {"before": before[pk], "after": Routing.VOID.value}) for pk in some]
        record_each("petition.void", Petition, facts, by=by.actor, at=now)
        told = Notice.objects.standing().filter(subject_id__in=[str(pk) for pk in some])
        told.update(withdrawn_at=now)
    return True


def _decide(batch: ImportBatch, petition_ids: list[UUID], now: datetime) -> None:
    asked_by, asker, asked_at = batch.withdrawal_asked_by, batch.withdrawal_asker, batch.withdrawal_asked_at
    if asked_by is None or asker is None or asked_at is None:
        message = f"nobody asked to withdraw {batch.pk}"
        raise RuntimeError(message)
    VoidProposal.objects.bulk_create(
        [
            VoidProposal(
                petition_id=petition_id,
                ground=VoidGround.IMPORT_WITHDRAWN,
                reason=batch.withdraw_reason,
                proposed_by=asked_by,
                proposer=asker,
                proposed_at=asked_at,
                decided_by=batch.withdrawal_decided_by,
                decider=batch.withdrawal_decider,
                decided_at=now,
                confirmed=True,
            )
            for petition_id in petition_ids
        ]
    )


# As `deadlines.parts.cancel`, `workflow.move` and `parts.copy_next_due` write it, for a thousand at once.
_CANCEL = """
UPDATE cases_petitionclock SET cancelled_at = %(now)s, known_at = %(now)s, next_alarm_at = NULL
WHERE petition_id = ANY(%(ids)s) AND met_at IS NULL AND cancelled_at IS NULL
"""
_VOID = """
UPDATE cases_petition SET routing = %(void)s, version = version + 1, known_at = %(now)s,
    next_due_at = NULL, next_amber_at = NULL
WHERE id = ANY(%(ids)s)
"""
_NOTHING_DUE = """
UPDATE cases_involvement SET next_due_at = NULL WHERE petition_id = ANY(%(ids)s) AND ended_at IS NULL
"""
