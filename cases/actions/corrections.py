"""Mistakes put right: a field corrected with its old value kept, a double entry or test voided by two persons (Q18)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import fingerprint, record
from cases import permissions as may
from cases.correcting import faults_of_value
from cases.locks import lock_several
from cases.models import ContentCategory, Correction, Petition, PetitionClock, VoidProposal
from cases.models.voids import VoidGround
from cases.parts import check_version, copy_next_due, follow_place, lock_petition, touch
from cases.rules import is_collective
from cases.searchable import index_anew
from cases.secrets import seal_field
from cases.states import CLASS_OF, ORAL, Channel, Purpose, Routing
from cases.workflow import Step, check, move
from deadlines.calendars import previous_working_day
from deadlines.parts import cancel, start_clock
from infra.local_settings import Setting, value_of
from lib.errors import NotAllowed, OutOfTurn, Refused
from places.models import Place

# The registered fields that can be put right, and where each is kept. The petitioner's own words are not among them.
WORDS = frozenset({"title", "summary"})
FACTS = frozenset(
    {
        "channel",
        "purpose",
        "content_category",
        "place",
        "place_detail",
        "received_at",
        "petition_date",
        "petitioner_count",
        "involved_count",
        "addressee",
        "is_joint_letter",
        "is_anonymous",
        "litigation_related",
        "is_urgent",
        "power_level",
        "visit_level_ok",
    }
)


@dataclass(frozen=True)
class Corrected:
    """A field's present value after the correction, and how many clocks moved with it."""

    petition: Petition
    clocks_moved: int


@transaction.atomic(durable=True)
def correct(
    petition_id: UUID, *, field: str, value: Any, reason: str, seen_version: int, by: Hat, now: datetime
) -> Corrected:
    """Put one registered field right; the old value and the reason are kept, issued papers stay as they are (Q18).

    A corrected day of receipt restarts the clocks that ran from it; the page has shown the new days before.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is not of the organ that registered it
    :raises Stale: if somebody changed the petition since `seen_version`
    :raises Refused: without a reason, for a field that cannot be corrected, or for a value that cannot stand
    """
    petition = lock_petition(petition_id, by)
    if not may.may_correct(by, petition):
        raise NotAllowed(_("Only the organ that registered it corrects it."))
    check_version(petition, seen_version)
    if not reason.strip():
        raise Refused(_("Say why it is corrected."), fields={"reason": _("Say why it is corrected.")})
    if field not in WORDS | FACTS:
        raise Refused(_("This field is not corrected but stays as registered."))
    if wrong := faults_of_value(petition, field, value):
        raise Refused(next(iter(wrong.values())), fields=wrong)
    holder = petition.words if field in WORDS else petition
    before = getattr(holder, field)
    before_words = str(before.pk if isinstance(before, Place | ContentCategory) else before)
    setattr(holder, field, value)
    if field in WORDS:
        holder.save(update_fields=[field])
        touch(petition, now=now)
    else:
        touch(petition, now=now, also=_written_with(petition, field, reason))
    if field in WORDS | {"received_at"}:
        index_anew(petition)
    if field == "place":
        follow_place(petition, now=now)
    if field == "purpose":
        # claims that no organ leads yet are of the petition's class
        waiting = petition.claims.filter(handling=None)
        waiting.update(petition_class=petition.petition_class, known_at=now)
    correction = Correction(
        petition=petition,
        field=field,
        reason=reason,
        corrected_by=by.post,
        corrected_at=now,
        before_sealed=b"",
    )
    correction.before_sealed = seal_field("correction", petition.pk, field, before_words) or b""
    correction.save(force_insert=True)
    moved = _restart_clocks(petition, now) if field == "received_at" else 0
    facts = {"field": field, "before": fingerprint(before_words), "clocks_moved": moved}
    record("petition.correct", petition, by=by.actor, at=now, facts=facts)
    return Corrected(petition, moved)


def _written_with(petition: Petition, field: str, reason: str) -> list[str]:
    """Return the columns that change with a field, having set those that follow from it."""
    if field == "purpose":
        petition.petition_class = CLASS_OF.get(Purpose(petition.purpose))
        return ["purpose", "petition_class"]
    if field in {"channel", "petitioner_count"}:
        threshold = value_of(Setting.COLLECTIVE_THRESHOLD, on=timezone.localdate(petition.received_at))
        channel = Channel(petition.channel)
        petition.is_collective = is_collective(channel, petition.petitioner_count, threshold)
        petition.visit_level_ok = petition.visit_level_ok if channel is Channel.VISIT else None
        petition.transcribed_by = petition.registered_by if channel in ORAL else None
        return [field, "is_collective", "visit_level_ok", "transcribed_by"]
    if field == "place":
        petition.place_path = petition.place.path
        petition.involvements.update(place_path=petition.place.path)
        return ["place", "place_path"]
    if field == "content_category":
        petition.category_confirmed = True
        return ["content_category", "category_confirmed"]
    if field == "received_at":
        petition.involvements.update(received_at=petition.received_at)
        received_on = timezone.localdate(petition.received_at)
        if received_on < previous_working_day(timezone.localdate(petition.registered_at)):
            petition.backdating_evidence = petition.backdating_evidence or reason
            return ["received_at", "backdating_evidence"]
    return [field]


def _restart_clocks(petition: Petition, now: datetime) -> int:
    """Cancel the open clocks that ran from receipt and start them anew from the right day. Return how many."""
    running = list(PetitionClock.objects.open().filter(petition=petition, start_event="received"))
    for clock in running:
        cancel(clock, at=now)
        start_clock(
            PetitionClock,
            clock.rule.code,
            started_at=petition.received_at,
            event="received",
            now=now,
            set_day=clock.set_day,
            petition=petition,
            organ=clock.organ,
        )
    copy_next_due(petition)
    return len(running)


@transaction.atomic(durable=True)
def propose_void(
    petition_id: UUID, *, ground: VoidGround, stays_number: str = "", reason: str, by: Hat, now: datetime
) -> VoidProposal:
    """Propose to void a double entry or a test; a second person decides (Q18).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is not of the organ that registered it
    :raises Refused: without a reason, or if the entry that stays is not named or not seen by this hat
    :raises OutOfTurn: if it is void already, or a proposal waits
    """
    petition = lock_petition(petition_id, by)
    if not may.may_propose_void(by, petition):
        raise NotAllowed(_("Only the organ that registered it proposes to void it."))
    if not petition.is_untouched:
        raise OutOfTurn(_("Something has been done on it; it can no longer be voided."))
    if petition.void_proposals.filter(decided_at=None).exists():
        raise OutOfTurn(_("A proposal waits for a decision."))
    stays = None
    if ground is VoidGround.DOUBLE_ENTRY:
        stays = (
            Petition.objects.visible_to(by)
            .open()
            .filter(number=stays_number.strip())
            .exclude(pk=petition.pk)
            .first()
        )
        if stays is None:
            message = _("Give the number of the entry that stays.")
            raise Refused(message, fields={"stays_number": message})
    if not reason.strip():
        raise Refused(_("Say why it is void."), fields={"reason": _("Say why it is void.")})
    proposal = VoidProposal.objects.create(
        petition=petition,
        ground=ground,
        stays=stays,
        reason=reason,
        proposed_by=by.post,
        proposer=by.user,
        proposed_at=now,
    )
    # Not the number of the entry that stays: it may be sealed one day, and the audit is never changed.
    record("petition.propose_void", petition, by=by.actor, at=now, facts={"ground": ground})
    return proposal


@transaction.atomic(durable=True)
def decide_void(petition_id: UUID, *, confirm: bool, by: Hat, now: datetime) -> Petition:
    """Confirm or refuse a proposal to void; a void petition keeps number and audit and leaves every clock (Q18).

    :raises Unknown: if this hat does not see the petition
    :raises OutOfTurn: if no proposal waits
    :raises NotAllowed: if this hat may not decide, or its wearer proposed it
    """
    waiting = dict(
        VoidProposal.objects.filter(petition=petition_id, decided_at=None).values_list("pk", "stays")
    )
    # The entry that stays is held too, before it is judged: of two double entries that name each other one stays.
    lock_several({petition_id, *filter(None, waiting.values())})
    petition = lock_petition(petition_id, by)
    proposal = VoidProposal.objects.select_for_update().filter(pk__in=waiting, decided_at=None).first()
    if proposal is None:
        raise OutOfTurn(_("No proposal waits for a decision."))
    if not may.may_confirm_void(by, petition) or proposal.proposer_id == by.user.pk:
        raise NotAllowed(_("A second person with the right decides: section head or director."))
    if confirm and not petition.is_untouched:
        raise OutOfTurn(_("Something has been done on it; it can no longer be voided."))
    if confirm and proposal.stays_id and Petition.objects.get(pk=proposal.stays_id).is_void:
        raise OutOfTurn(_("The entry that was to stay is void itself."))
    proposal.decided_by, proposal.decider, proposal.decided_at, proposal.confirmed = (
        by.post,
        by.user,
        now,
        confirm,
    )
    proposal.save(update_fields=["decided_by", "decider", "decided_at", "confirmed"])
    if not confirm:
        record("petition.refuse_void", petition, by=by.actor, at=now)
        return petition
    for clock in PetitionClock.objects.open().filter(petition=petition):
        cancel(clock, at=now)
    copy_next_due(petition)
    check(Step.VOID, petition, by)
    move(petition, Routing.VOID, step=Step.VOID, by=by, at=now)
    return petition
