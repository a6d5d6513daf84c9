"""Pieces of deciding whether one petition raises another one's matter again (data-standard §6; Q11, Q14; R-25)."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.roles import Role
from audit.parts import record
from cases.candidates import compare, is_never_repeated
from cases.models import JoinedMatter, Petition, RepeatDecision
from cases.open_lane import keys_of, visible_to_kind
from cases.parts import touch
from cases.states import OF_THE_PERSON, SAME_MATTER, RepeatOutcome, Routing
from lib.among import among_given, array_of
from lib.errors import OutOfTurn, Refused
from lib.prepared import Given, Prepared, prepared
from lib.transactions import require_transaction

_SAME = SAME_MATTER | {RepeatOutcome.NEW_FACTS}


def repeats_among(petition_ids: Collection[UUID], hat: Hat) -> set[UUID]:
    """Return which petitions are repeats (`is_repeat`, 重复信访标志) of one that this hat may open, in one query."""
    if not petition_ids:
        return set()
    return set(_repeats(hat.role, hat.organ.kind)(keys=array_of(petition_ids), **keys_of(hat)))


@cache
def _repeats(role: Role, kind: str) -> Prepared[UUID]:
    @prepared
    def repeats(keys: Given, post: Given, organ: Given, path: Given) -> QuerySet[RepeatDecision, UUID]:
        visible = visible_to_kind(role, kind, post, organ, path).values("pk")
        decided = RepeatDecision.objects.repeats().filter(petition__in=among_given(keys), earlier__in=visible)
        return decided.values_list("petition", flat=True)

    return repeats


def refuse_outcome(petition: Petition, earlier: Petition, outcome: RepeatOutcome, *, reason: str) -> None:
    """Refuse a decision on two held petitions that cannot be.

    :raises Refused: naming the field
    """
    faults = {}
    if outcome is not RepeatOutcome.LATER and not reason.strip():
        faults["reason"] = _("Say why: the facts that are the same, or are not.")
    if outcome in _SAME and (is_never_repeated(petition) or is_never_repeated(earlier)):
        faults["outcome"] = _("Suggestions, thanks and enquiries are never repeats.")
    elif outcome is RepeatOutcome.SAME_PENDING and not earlier.is_open:
        faults["outcome"] = _("The earlier petition is not pending any more.")
    elif outcome is RepeatOutcome.SAME_CONCLUDED and earlier.is_open:
        faults["outcome"] = _("The earlier petition is still pending.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def refuse_order(petition: Petition, earlier: Petition) -> None:
    """Refuse to call a petition the repeat of a later one, or a void one anything at all.

    :raises Refused: if the other one was received later
    :raises OutOfTurn: if the other one is void
    """
    if earlier.pk == petition.pk or earlier.received_at > petition.received_at:
        words = _("Decide it on the later one of the two.")
        raise Refused(words, fields={"earlier": words})
    if earlier.routing == Routing.VOID:
        raise OutOfTurn(_("The earlier petition is void."))


def end_waiting(petition: Petition, earlier: Petition, *, by: Hat, now: datetime) -> None:
    """End what was put off on a held pair, so that a decision can take its place.

    :raises OutOfTurn: if a decision stands already
    """
    require_transaction("end_waiting")
    standing = RepeatDecision.objects.standing().of(petition).of(earlier).select_for_update(of=("self",))
    for decision in standing:
        if decision.outcome != RepeatOutcome.LATER:
            raise OutOfTurn(_("This was decided already; an officer can take the decision back."))
        decision.ended_at, decision.ended_by, decision.ender = now, by.post, by.user
        decision.save(update_fields=["ended_at", "ended_by", "ender"])


def write_decision(
    petition: Petition,
    earlier: Petition,
    outcome: RepeatOutcome,
    *,
    same_person: bool | None,
    reason: str = "",
    by_joining: bool = False,
    by: Hat,
    now: datetime,
) -> RepeatDecision:
    """Write a decision that was checked, with what the look-up says of the pair today.

    Where nobody was asked whether it is the same person, the identity number, telephone or home says so.
    """
    require_transaction("write_decision")
    weight, evidence = compare(petition, earlier, by)
    if same_person is None:
        same_person = bool(OF_THE_PERSON & set(evidence))
    made = RepeatDecision.objects.create(
        petition=petition,
        earlier=earlier,
        outcome=outcome,
        same_person=same_person,
        evidence=evidence,
        weight=weight,
        reason=reason.strip(),
        by_joining=by_joining,
        decided_by=by.post,
        decider=by.user,
        decided_at=now,
    )
    # Not the other number: that petition may be sealed one day, and the audit is never changed.
    facts = {"outcome": outcome, "same_person": same_person}
    record("petition.decide_repeat", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    return made


def refuse_joining_against_decision(petition: Petition, pending: Petition) -> None:
    """Refuse to join what somebody decided is another matter, or a concluded one (Q11, Q14).

    :raises Refused: naming the number
    """
    decided = RepeatDecision.objects.standing().of(petition).of(pending)
    if decided.exclude(outcome__in=[RepeatOutcome.LATER, RepeatOutcome.SAME_PENDING]).exists():
        words = _("It was decided that this is not the same pending matter. Have that taken back first.")
        raise Refused(words, fields={"pending_number": words})


def decide_by_joining(petition: Petition, pending: Petition, *, by: Hat, now: datetime) -> None:
    """Write that a matter which was just joined is the pending one's, unless somebody decided so before (Q11)."""
    decided = RepeatDecision.objects.standing().of(petition).of(pending)
    known = decided.filter(outcome=RepeatOutcome.SAME_PENDING).exists()
    if known or is_never_repeated(petition) or is_never_repeated(pending):
        return
    end_waiting(petition, pending, by=by, now=now)
    outcome = RepeatOutcome.SAME_PENDING
    write_decision(petition, pending, outcome, same_person=None, by_joining=True, by=by, now=now)


def is_joined(petition: Petition, earlier: Petition) -> bool:
    """Test if claims of a petition were joined to another one, and still are (Q11)."""
    return JoinedMatter.objects.filter(petition=petition, pending=earlier, route__ended_at=None).exists()
