"""What is noted on a case: an enquiry, a safety note, a conduct record, an original handed in and given back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases import permissions as may
from cases.models import ConductIncident, EnquiryNote, Original, SafetyNote
from cases.models.notes import ConductArticle, SafetyKind, VerifiedBy
from cases.parts import lock_either, lock_petition
from cases.workflow import check_open
from lib.errors import NotAllowed, OutOfTurn, Unknown

# protection §3
_REVIEW_WITHIN = timedelta(days=7)
_GONE_AFTER = timedelta(days=30)


@transaction.atomic(durable=True)
def note_enquiry(
    petition_id: UUID, *, by_phone: bool, verified_by: VerifiedBy, told: str, by: Hat, now: datetime
) -> EnquiryNote:
    """Note that somebody asked where the matter stands; it is no petition and never a repeat (Q15).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this hat does not deal with petitioners
    """
    petition = lock_either(petition_id, by)
    if not may.may_note(by, petition):
        raise NotAllowed(_("Your post does not take enquiries."))
    note = EnquiryNote.objects.create(
        petition=petition,
        asked_at=now,
        by_phone=by_phone,
        verified_by=verified_by,
        told=told,
        noted_by=by.post,
    )
    record(
        "petition.enquiry",
        petition,
        by=by.actor,
        at=now,
        facts={"verified_by": verified_by, "phone": by_phone},
    )
    return note


@transaction.atomic(durable=True)
def note_safety(
    petition_id: UUID, *, kind: SafetyKind, observed_fact: str, action_taken: str, by: Hat, now: datetime
) -> SafetyNote:
    """Note an observed danger and what was done; to be reviewed within 7 days, gone from view after 30 (Q7).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this hat is neither of the case team nor on duty
    :raises OutOfTurn: if the petition is void
    """
    petition = lock_petition(petition_id, by)
    if not may.is_case_team_or_duty(by, petition):
        raise NotAllowed(_("Only the case team and the duty leader write safety notes."))
    check_open(petition)
    today = timezone.localdate(now)
    note = SafetyNote.objects.create(
        petition=petition,
        kind=kind,
        observed_fact=observed_fact,
        action_taken=action_taken,
        observed_by=by.post,
        observed_at=now,
        review_on=today + _REVIEW_WITHIN,
        expires_on=today + _GONE_AFTER,
    )
    record("petition.safety_note", petition, by=by.actor, at=now, facts={"kind": kind})
    return note


@transaction.atomic(durable=True)
def close_safety_note(petition_id: UUID, note_id: int, *, by: Hat, now: datetime) -> SafetyNote:
    """Close a safety note when the danger has passed.

    :raises Unknown: if this hat does not see the petition, or the note is not on it
    :raises NotAllowed: if this hat is neither of the case team nor on duty
    """
    petition = lock_petition(petition_id, by)
    if not may.is_case_team_or_duty(by, petition):
        raise NotAllowed(_("Only the case team and the duty leader close safety notes."))
    note = (
        SafetyNote.objects.select_for_update().filter(petition=petition, pk=note_id, closed_at=None).first()
    )
    if note is None:
        raise Unknown(_("There is no such note."))
    note.closed_at = now
    note.save(update_fields=["closed_at"])
    record("petition.safety_note_closed", petition, by=by.actor, at=now)
    return note


@transaction.atomic(durable=True)
def note_conduct(
    petition_id: UUID, *, article: ConductArticle, what_happened: str, by: Hat, now: datetime
) -> ConductIncident:
    """Note an act at a visit, with the article of the Regulations it falls under (Art 26; R-60, Q7).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this hat is neither of the case team nor on duty
    :raises OutOfTurn: if the petition is void
    """
    petition = lock_petition(petition_id, by)
    if not may.is_case_team_or_duty(by, petition):
        raise NotAllowed(_("Only the case team and the duty leader write conduct records."))
    check_open(petition)
    incident = ConductIncident.objects.create(
        petition=petition, article=article, what_happened=what_happened, seen_by=by.post, seen_at=now
    )
    record("petition.conduct", petition, by=by.actor, at=now, facts={"article": article})
    return incident


@transaction.atomic(durable=True)
def take_original(petition_id: UUID, *, what: str, sheets: int, by: Hat, now: datetime) -> Original:
    """Take in a paper as an original; the receipt is printed from it (Q31).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this hat does not deal with petitioners
    :raises OutOfTurn: if the petition is void
    """
    petition = lock_either(petition_id, by)
    if not may.may_note(by, petition):
        raise NotAllowed(_("Your post does not take in papers."))
    check_open(petition)
    original = Original.objects.create(
        petition=petition, what=what, sheets=sheets, received_by=by.post, received_at=now
    )
    record("petition.original_taken", petition, by=by.actor, at=now, facts={"sheets": sheets})
    return original


@transaction.atomic(durable=True)
def return_original(petition_id: UUID, original_id: int, *, by: Hat, now: datetime) -> Original:
    """Record that an original was given back (Q31).

    :raises Unknown: if this hat does not see the petition, or the paper is not on it
    :raises NotAllowed: if this hat does not deal with petitioners
    :raises OutOfTurn: if it was given back before
    """
    petition = lock_either(petition_id, by)
    if not may.may_note(by, petition):
        raise NotAllowed(_("Your post does not give papers back."))
    original = Original.objects.select_for_update().filter(petition=petition, pk=original_id).first()
    if original is None:
        raise Unknown(_("There is no such paper on this petition."))
    if original.returned_at is not None:
        raise OutOfTurn(_("This paper was already given back."))
    original.returned_by, original.returned_at = by.post, now
    original.save(update_fields=["returned_by", "returned_at"])
    record("petition.original_returned", petition, by=by.actor, at=now, facts={"original": original.pk})
    return original
