"""Deciding on repeats: looked for by the petition's persons and words, decided by a person, taken back with a reason
(data-standard §6; Q14; R-25)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.models import Entry
from audit.parts import fingerprint, record
from cases import permissions as may
from cases.candidates import Candidate, Sought, find, is_never_repeated, sought_in
from cases.locks import lock_several
from cases.models import Draft, Petition, RepeatDecision
from cases.parts import lock_petition, touch
from cases.repeats import end_waiting, is_joined, refuse_order, refuse_outcome, write_decision
from cases.states import RepeatOutcome
from cases.workflow import Step, check, refusal_of, seat_of, standing_of
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

LOOK = "petition.look_for_earlier"


@dataclass(frozen=True)
class Choice:
    """What a registrar said about one candidate while typing; without more, to decide later."""

    outcome: RepeatOutcome = RepeatOutcome.LATER
    same_person: bool = False
    reason: str = ""


@transaction.atomic(durable=True)
def look_while_typing(draft_id: UUID, sought: Sought, *, by: Hat, now: datetime) -> list[Candidate]:
    """Return the earlier petitions that may be what is being typed; a look by person is written down (Q5, Q14).

    The caller asks for nothing that reports a wrongdoer: that is the lane's (Q1).

    :raises NotAllowed: if this hat does not register
    :raises Unknown: if the form is somebody else's
    """
    if not (may.may_register(by) or may.registers_for_office(by)):
        raise NotAllowed(_("Your post does not register petitions."))
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is not None and (draft.post_id != by.post.pk or draft.sealed):
        raise Unknown(_("There is no such draft."))
    candidates = find(sought, by)
    _write_down(Draft(pk=draft_id), sought, by=by, now=now)
    return candidates


@transaction.atomic(durable=True)
def look_for_earlier(petition_id: UUID, *, by: Hat, now: datetime) -> list[Candidate]:
    """Return the petitions that may be the same matter as a registered one; a look by person is written down (Q5).

    :raises Unknown: if this hat does not see the petition in the open lane
    :raises NotAllowed: if its post does not decide on repeats there
    :raises OutOfTurn: if it is void
    """
    petition = lock_petition(petition_id, by)
    check(Step.DECIDE_REPEAT, petition, by)
    if is_never_repeated(petition):
        return []
    sought = sought_in(petition)
    candidates = find(sought, by)
    _write_down(petition, sought, by=by, now=now)
    return candidates


def _write_down(subject: Petition | Draft, sought: Sought, *, by: Hat, now: datetime) -> None:
    """Who looks for persons says what for: here always the decision on repeats (Q5; protection §2).

    Once a day for each who looks and each set of persons, so that typing on writes no second line.
    """
    if not sought.by:
        return
    facts = {"purpose": "duplicate_decision", "by": sought.by, "persons": _mark_of(subject, sought)}
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    known = Entry.objects.about(subject).filter(
        verb=LOOK, actor_user_id=by.user.pk, at__gte=today, facts__persons=facts["persons"]
    )
    if not known.exists():
        record(LOOK, subject, by=by.actor, at=now, facts=facts)


def _mark_of(subject: Petition | Draft, sought: Sought) -> str:
    """Return a mark of the persons that tells nothing outside of this one petition or draft."""
    homes = [f"{name} {address}" for name, address in sought.homes]
    return fingerprint("\n".join([str(subject.pk), *sorted([*sought.id_numbers, *sought.phones, *homes])]))


@transaction.atomic(durable=True)
def decide_repeat(
    petition_id: UUID,
    earlier_id: UUID,
    *,
    outcome: RepeatOutcome,
    same_person: bool = False,
    reason: str = "",
    by: Hat,
    now: datetime,
) -> RepeatDecision:
    """Decide whether a petition raises an earlier one's matter again, or put it off (Q14).

    Both stay registered petitions of their own, linked (R-25). Nothing else follows here: what is pending at this level
    is joined by its own deed (Q11), and what a superior or a unit does not accept is declined by the unit.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if a decision on the two stands, or one is void
    :raises Refused: if this hat sees no such earlier one, without a reason, for a suggestion, thanks or an enquiry, or
        for a state the earlier one is not in
    """
    petition, earlier = _lock_pair(petition_id, earlier_id, by)
    check(Step.DECIDE_REPEAT, petition, by)
    if earlier is None:
        words = _("There is no such petition.")
        raise Refused(words, fields={"earlier": words})
    refuse_order(petition, earlier)
    refuse_outcome(petition, earlier, outcome, reason=reason)
    end_waiting(petition, earlier, by=by, now=now)
    return write_decision(petition, earlier, outcome, same_person=same_person, reason=reason, by=by, now=now)


@transaction.atomic(durable=True)
def keep_choices(petition_id: UUID, choices: Mapping[UUID, Choice], *, by: Hat, now: datetime) -> int:
    """Write what was said about candidates while the petition was typed. Return how many wait to be decided (Q14).

    Nothing here keeps anybody from registering: a choice without its reason, or one that cannot be, is put off. Pairs
    that stand already, as after a second sending of the form, stay as they are.

    :raises Unknown: if this hat does not see the petition in the open lane
    :raises NotAllowed: if its post does not decide on repeats there
    """
    # asked before the lock, so that nobody holds or waits for what he may not know of
    seen = Petition.objects.visible_to(by).filter(pk__in=list(choices)).values_list("pk", flat=True)
    lock_several({petition_id, *seen})
    petition = lock_petition(petition_id, by)
    decides = refusal_of(Step.DECIDE_REPEAT, seat_of(petition, by), standing_of(petition)) is None
    if not decides and petition.registered_by_id != by.post.pk:
        raise NotAllowed(_("Your post does not take this step."))
    if is_never_repeated(petition):
        return 0
    decided = RepeatDecision.objects.standing().of(petition).values_list("petition", "earlier")
    known = {key for pair in decided for key in pair}
    waiting = 0
    earlier_ones = Petition.objects.visible_to(by).in_bulk(list(set(seen) - known))
    for key, earlier in earlier_ones.items():
        # a station that takes in for the office leaves the decision to it (Q30)
        choice = choices[key] if decides else Choice()
        try:
            refuse_order(petition, earlier)
            refuse_outcome(petition, earlier, choice.outcome, reason=choice.reason)
        except OutOfTurn:
            continue
        except Refused as refusal:
            if "earlier" in refusal.fields:
                continue
            choice = Choice()
        waiting += choice.outcome is RepeatOutcome.LATER
        write_decision(
            petition,
            earlier,
            choice.outcome,
            same_person=choice.same_person,
            reason=choice.reason,
            by=by,
            now=now,
        )
    return waiting


@transaction.atomic(durable=True)
def reverse_repeat(
    petition_id: UUID, decision_id: int, *, reason: str, by: Hat, now: datetime
) -> RepeatDecision:
    """Take a decision on a repeat back, as an officer of the organ that registered; it stays in the history (Q14).

    :raises Unknown: if this hat does not see one of the two, or the decision is not on this petition
    :raises NotAllowed: if its post is no officer's there
    :raises OutOfTurn: if it was taken back already, or its claims run joined with the earlier one's
    :raises Refused: without a reason
    """
    known = RepeatDecision.objects.filter(pk=decision_id, petition=petition_id).first()
    petition, earlier = _lock_pair(petition_id, known.earlier_id if known else None, by)
    check(Step.REVERSE_REPEAT, petition, by)
    if earlier is None:
        raise Unknown(_("There is no such decision."))
    decision = RepeatDecision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    if decision.ended_at is not None:
        raise OutOfTurn(_("This decision was taken back already."))
    if decision.outcome == RepeatOutcome.SAME_PENDING and is_joined(petition, earlier):
        raise OutOfTurn(_("Its claims were joined to the earlier petition; the decision stands with them."))
    if not reason.strip():
        words = _("Say why it is taken back.")
        raise Refused(words, fields={"reason": words})
    decision.ended_at, decision.ended_by, decision.ender = now, by.post, by.user
    decision.end_reason = reason.strip()
    decision.save(update_fields=["ended_at", "ended_by", "ender", "end_reason"])
    record("petition.reverse_repeat", petition, by=by.actor, at=now, facts={"outcome": decision.outcome})
    touch(petition, now=now)
    return decision


def _lock_pair(petition_id: UUID, earlier_id: UUID | None, by: Hat) -> tuple[Petition, Petition | None]:
    """Return a petition and another one where this hat sees it, held in one order, so that two cannot wait in a ring.

    :raises Unknown: if it does not see the first (Q6)
    """
    pair = [key for key in (petition_id, earlier_id) if key is not None]
    # asked before the lock, so that nobody holds or waits for what he may not know of
    seen = set(Petition.objects.visible_to(by).filter(pk__in=pair).values_list("pk", flat=True))
    lock_several(seen)
    petition = lock_petition(petition_id, by)
    return petition, lock_petition(earlier_id, by) if earlier_id is not None and earlier_id in seen else None
