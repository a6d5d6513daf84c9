"""Leaving a case out of scores: proposed by one person, approved by another, lifted with why (Q39)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.models import Petition
from leadership.parts import hold_open_lane
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from scoring import permissions as may
from scoring.models import CaseExclusion
from scoring.parts import words_on_a_case
from scoring.states import ExclusionGround


@transaction.atomic(durable=True)
def propose_exclusion(
    *, petition_number: str, ground: ExclusionGround, words: str, by: Hat, now: datetime
) -> CaseExclusion:
    """Propose that a case does not count in scores, on a ground of the closed list.

    :raises NotAllowed: if this hat keeps no scores of the petition's place
    :raises Refused: for a number this hat sees no petition of (Q6), for a case that is proposed or excluded already,
        or without facts
    """
    found = Petition.objects.visible_to(by).filter(number=petition_number.strip())
    key = found.values_list("pk", flat=True).first()
    if key is None:
        words = _("You see no petition of this number.")
        raise Refused(words, fields={"petition_number": words})
    petition = hold_open_lane(key)
    if not may.excludes(by, petition):
        raise NotAllowed(_("Whoever keeps the scores of its place leaves a case out."))
    if CaseExclusion.objects.filter(petition=petition, ended_at=None).exists():
        words = _("This case is proposed or left out already.")
        raise Refused(words, fields={"petition_number": words})
    row = CaseExclusion.objects.create(
        petition=petition,
        ground=ground,
        words=words_on_a_case(words, "words", petition.pk),
        proposed_by=by.post,
        proposer=by.user,
        proposed_at=now,
    )
    record("score_exclusion.propose", row, by=by.actor, at=now, facts={"excluded_for": ground})
    return row


@transaction.atomic(durable=True)
def approve_exclusion(exclusion_id: UUID, *, by: Hat, now: datetime) -> CaseExclusion:
    """Approve that a case does not count; its entries stay and count no more while it stands.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it keeps no scores there, or proposed it
    :raises OutOfTurn: if it was approved or ended
    """
    row = _held(exclusion_id, by)
    if row.approved_at is not None:
        raise OutOfTurn(_("It was approved already."))
    if row.proposer_id == by.user.pk:
        raise NotAllowed(_("Somebody else than who proposed it approves it."))
    row.approved_by, row.approver, row.approved_at = by.post, by.user, now
    row.save(update_fields=["approved_by", "approver", "approved_at"])
    record("score_exclusion.approve", row, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def end_exclusion(exclusion_id: UUID, *, end_words: str, by: Hat, now: datetime) -> CaseExclusion:
    """Lift an exclusion, or refuse a proposed one, with why; the case counts again.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it keeps no scores there
    :raises OutOfTurn: if it ended already
    :raises Refused: without a reason
    """
    row = _held(exclusion_id, by)
    row.ended_by, row.ended_at, row.end_words = (
        by.post,
        now,
        words_on_a_case(end_words, "end_words", row.petition_id),
    )
    row.save(update_fields=["ended_by", "ended_at", "end_words"])
    record("score_exclusion.end", row, by=by.actor, at=now)
    return row


def _held(exclusion_id: UUID, by: Hat) -> CaseExclusion:
    """Return an exclusion that has not ended, held with its petition before it."""
    key = may.exclusions_for(by).filter(pk=exclusion_id).values_list("petition", flat=True).first()
    if key is None:
        raise Unknown(_("There is no such exclusion."))
    petition = hold_open_lane(key)
    row = CaseExclusion.objects.select_for_update(of=("self",)).get(pk=exclusion_id)
    if not may.excludes(by, petition):
        raise NotAllowed(_("Whoever keeps the scores of its place leaves a case out."))
    if row.ended_at is not None:
        raise OutOfTurn(_("It has ended."))
    return row
