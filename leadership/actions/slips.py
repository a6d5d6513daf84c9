"""Drawing up, signing and lifting slips and recommendations (Art 39(3), 40; R-50, R-51, R-53)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from assignments.parts import cancel, hold, tell_of_lifting
from assignments.states import STANDING
from audit.parts import record
from cases.parts import lock_petition, users_kept_out
from documents import parts as documents
from infra.models import StoredFile
from leadership import permissions as may
from leadership.models import Slip
from leadership.parts import hold_slip, tell_office
from leadership.slips import (
    Says,
    draw_up,
    fill,
    put_out,
    refuse_incomplete,
    refuse_over,
    standing_beside,
)
from leadership.states import SlipKind, SlipState
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from notices.models import Kind
from notices.parts import settle


@transaction.atomic(durable=True)
def draft_slip(petition_id: UUID, says: Says, *, by: Hat, now: datetime) -> Slip:
    """Draw up a slip or recommendation; it is nothing until a second person has signed it (documents.md §1).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if this office does not issue such a paper
    :raises OutOfTurn: if the petition is over
    :raises Refused: if the paper does not say what its kind asks for
    """
    petition = lock_petition(petition_id, by)
    if not may.may_draft(by, says.kind):
        raise NotAllowed(_("Your office does not issue this paper."))
    refuse_over(petition, says.kind)
    addressee = Organ.objects.filter(pk=says.addressee_id).first()
    refuse_incomplete(petition, says, addressee, by=by, now=now)
    slip = Slip(petition=petition, issuer=by.organ, state=SlipState.DRAFT, opened_at=now)
    fill(slip, says)
    draw_up(slip, by=by, now=now)
    slip.save(force_insert=True)
    _call_for_signature(slip, now=now)
    record("petition.draft_slip", petition, by=by.actor, at=now, facts=_facts(slip))
    return slip


@transaction.atomic(durable=True)
def revise_slip(slip_id: UUID, says: Says, *, version: int, by: Hat, now: datetime) -> Slip:
    """Write a draft anew, or take up what the clock opened or a signatory sent back (R-50).

    :raises Unknown: if there is none for this office
    :raises NotAllowed: if this office does not issue such a paper
    :raises OutOfTurn: if it was issued or ended, or the kind is another one
    :raises Stale: if somebody wrote it meanwhile (Q32)
    :raises Refused: if the paper does not say what its kind asks for
    """
    slip = hold_slip(slip_id, by)
    if not may.may_revise(by, slip):
        _refuse_state_or_person(slip, SlipState.DRAFT, SlipState.OPENED, SlipState.SENT_BACK)
    if slip.version != version:
        raise Stale(_("The draft has been changed meanwhile. Read it again."))
    if says.kind != slip.kind:
        raise OutOfTurn(_("What kind of paper it is stays; draw up another one."))
    refuse_over(slip.petition, SlipKind(slip.kind))
    addressee = Organ.objects.filter(pk=says.addressee_id).first()
    refuse_incomplete(slip.petition, says, addressee, besides=slip, by=by, now=now)
    assert addressee is not None  # noqa: S101  `refuse_incomplete` refused otherwise
    fields = fill(slip, says)
    slip.addressee = addressee
    draw_up(slip, by=by, now=now)
    slip.state, slip.version = SlipState.DRAFT, slip.version + 1
    slip.save(update_fields=[*fields, "document", "state", "version"])
    _call_for_signature(slip, now=now)
    record("petition.draft_slip", slip.petition, by=by.actor, at=now, facts=_facts(slip))
    return slip


@transaction.atomic(durable=True)
def issue_slip(slip_id: UUID, *, version: int, by: Hat, now: datetime) -> Slip:
    """Sign a draft: approved, numbered, printed, frozen and put before the unit in one (R-50, R-51, R-53).

    :raises Unknown: if there is none for this office
    :raises NotAllowed: if this post does not sign, or the person drew it up and the kind takes two
    :raises OutOfTurn: if it is no draft, the petition is over, or one like it stands and no reason for another is given
    :raises Stale: if somebody wrote it anew meanwhile (Q32)
    """
    slip = hold_slip(slip_id, by)
    if not may.may_issue(by, slip):
        _refuse_state_or_person(slip, SlipState.DRAFT)
    if slip.version != version:
        raise Stale(_("The draft has been changed meanwhile. Read it again."))
    refuse_over(slip.petition, SlipKind(slip.kind))
    if slip.document is None:
        raise OutOfTurn(_("It has no paper yet."))
    if slip.due_on is not None and slip.due_on <= timezone.localdate(now):
        raise OutOfTurn(_("Its day has come meanwhile: have it written anew with a later one."))
    if not slip.again_because and standing_beside(slip).filter(state=SlipState.ISSUED).exists():
        raise OutOfTurn(_("One like it stands already. Have it written why there is a second one."))
    row = documents.approve(slip.document, version=slip.document.version, by=by, now=now)
    documents.issue(row, by=by, now=now, on=timezone.localdate(now))
    put_out(slip, by=by, now=now)
    settle(str(slip.petition_id), f"petition:{slip.petition_id}:slip:{slip.pk}", now=now)
    record("petition.issue_slip", slip.petition, by=by.actor, at=now, facts=_facts(slip))
    return slip


@transaction.atomic(durable=True)
def return_slip(slip_id: UUID, *, version: int, remark: str, by: Hat, now: datetime) -> Slip:
    """Send a draft back instead of signing it, with what is to be written otherwise.

    :raises Unknown: if there is none for this office
    :raises NotAllowed: if this post does not sign, or the person drew it up
    :raises OutOfTurn: if it is no draft
    :raises Refused: without a remark
    :raises Stale: if somebody wrote it anew meanwhile (Q32)
    """
    slip = hold_slip(slip_id, by)
    if not may.may_issue(by, slip):
        _refuse_state_or_person(slip, SlipState.DRAFT)
    if slip.version != version:
        raise Stale(_("The draft has been changed meanwhile. Read it again."))
    if slip.document is None:
        raise OutOfTurn(_("It has no paper yet."))
    documents.return_draft(slip.document, version=slip.document.version, remark=remark, by=by, now=now)
    slip.state, slip.version = SlipState.SENT_BACK, slip.version + 1
    slip.save(update_fields=["state", "version"])
    settle(str(slip.petition_id), f"petition:{slip.petition_id}:slip:{slip.pk}", now=now)
    key = f"slip:{slip.pk}:back:{slip.version}"
    tell_office(slip.issuer, may.DRAFTS, Kind.SLIP_SENT_BACK, slip.petition, key=key, now=now)
    record("petition.return_slip", slip.petition, by=by.actor, at=now, facts=_facts(slip))
    return slip


@transaction.atomic(durable=True)
def discard_slip(slip_id: UUID, *, reason: str, by: Hat, now: datetime) -> Slip:
    """Decide that a draft is not issued, and why; also one that the clock opened (R-50).

    :raises Unknown: if there is none for this office
    :raises NotAllowed: if this office does not issue such a paper
    :raises OutOfTurn: if it was issued or ended
    :raises Refused: without a reason
    """
    slip = hold_slip(slip_id, by)
    if not may.may_revise(by, slip):
        _refuse_state_or_person(slip, SlipState.DRAFT, SlipState.OPENED, SlipState.SENT_BACK)
    _end(slip, SlipState.DISCARDED, reason, by=by, now=now)
    settle(str(slip.petition_id), f"petition:{slip.petition_id}:slip:{slip.pk}", now=now)
    record("petition.discard_slip", slip.petition, by=by.actor, at=now, facts=_facts(slip))
    return slip


@transaction.atomic(durable=True)
def lift_slip(slip_id: UUID, *, reason: str, by: Hat, now: datetime) -> Slip:
    """Lift a slip (解除), with the reason; what is still owed on it is asked no longer, and the unit is told.

    :raises Unknown: if there is none for this office
    :raises NotAllowed: if this post does not lift it
    :raises OutOfTurn: if it is not in force
    :raises Refused: without a reason
    """
    slip = hold_slip(slip_id, by)
    if not may.may_lift_slip(by, slip):
        _refuse_state_or_person(slip, SlipState.ISSUED)
    if slip.assignment_id is not None:
        assignment = hold(slip.assignment_id)
        if assignment.state in STANDING:
            cancel(assignment, reason, by=by, now=now)
        tell_of_lifting(assignment, now=now, except_users=users_kept_out(slip.petition))
    _end(slip, SlipState.LIFTED, reason, by=by, now=now)
    record("petition.lift_slip", slip.petition, by=by.actor, at=now, facts=_facts(slip))
    return slip


@transaction.atomic(durable=True)
def fetch_slip(slip_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return the file of an issued slip, for the office that issued it and the unit it is asked of; written down.

    :raises Unknown: if there is none for this hat
    """
    slip = (
        Slip.objects.select_related("petition", "addressee", "issuer", "document__file")
        .filter(pk=slip_id, petition__sealed=False)
        .first()
    )
    reads = slip is not None and may.reads_slip(by, slip)
    if slip is None or not reads or slip.document is None or slip.document.file is None:
        raise Unknown(_("There is no such paper."))
    record("petition.fetch_slip", slip.petition, by=by.actor, at=now, facts=_facts(slip))
    return slip.document.file


def _call_for_signature(slip: Slip, *, now: datetime) -> None:
    settle(str(slip.petition_id), f"petition:{slip.petition_id}:slip:{slip.pk}", now=now)
    key = f"slip:{slip.pk}:{slip.version}"
    tell_office(slip.issuer, may.SIGNS, Kind.SLIP_TO_SIGN, slip.petition, key=key, now=now)


def _end(slip: Slip, state: SlipState, reason: str, *, by: Hat, now: datetime) -> None:
    if not reason.strip():
        raise Refused(_("Say why."), fields={"reason": _("Say why.")})
    slip.state, slip.ended_by, slip.ended_at, slip.end_reason = state, by.post, now, reason.strip()
    slip.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])


def _refuse_state_or_person(slip: Slip, *states: SlipState) -> None:
    """Say whether the slip stands elsewhere, or another post is meant."""
    if slip.state not in states:
        raise OutOfTurn(_("This slip stands elsewhere by now."))
    raise NotAllowed(_("Your post does not do this with slips."))


def _facts(slip: Slip) -> dict[str, object]:
    return {
        "slip": slip.kind,
        "organ": slip.addressee.code,
        "slip_ground": slip.ground,
        "due_on": slip.due_on and slip.due_on.isoformat(),
    }
