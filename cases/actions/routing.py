"""Where each claim goes: forwarded, assigned, guided, kept or handled here; and the return (Art 22, 23)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases.file_papers import issue_objection, issue_objection_answer
from cases.handling_rules import litigation_faults, route_faults
from cases.handlings import (
    lock_handling,
    lock_with_joined,
    refuse_reported,
    settle_call,
    take_from,
    tell_organ,
)
from cases.models import Claim, Handling, Petition, PetitionClock, ReturnRequest, Route
from cases.parts import check_version, copy_next_due, lock_petition, touch
from cases.routes import (
    Decision,
    is_political_legal_beside,
    refuse_merits_at_the_office,
    see_if_all_routed,
    send_claims,
    waiting_claims,
)
from cases.states import (
    FROM_ABOVE,
    GIVES_TO_AN_ORGAN,
    Channel,
    ClockCode,
    PetitionClass,
    Receipt,
    RouteKind,
    Routing,
)
from cases.told import issue_word
from cases.workflow import HANDLES, Step, check, move, move_handling
from deadlines.parts import meet, start_clock
from lib.errors import NotAllowed, OutOfTurn, Refused
from notices.models import Kind

SHORTEST_OBJECTION = 20


@transaction.atomic(durable=True)
def route(petition_id: UUID, decision: Decision, *, seen_version: int, by: Hat, now: datetime) -> Route:
    """Decide where claims go, exactly one of five ways; without numbers, all that wait (R-11, R-20; Q10).

    The office's T1 and T1a are met when no claim waits any longer. An organ that leads is told, and gets its letter.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if routing is not its step
    :raises OutOfTurn: if nothing waits to be routed
    :raises Stale: if somebody changed the petition since (Q32)
    :raises Refused: if a particular of this way is missing, a litigation-related petition goes elsewhere than the law
        has it without a reason (R-06, R-12), or a claim is a report (it is sealed instead; Q1)
    """
    lock_with_joined(petition_id, by)
    petition = lock_petition(petition_id, by)
    check(Step.ROUTE, petition, by)
    check_version(petition, seen_version)
    claims = waiting_claims(petition, decision.claims)
    organ = _leading_organ(decision, by, now)
    refuse_reported(petition, organ)
    faults = route_faults(
        decision.kind,
        organ_given=organ is not None,
        report_due_on=decision.report_due_on,
        guided_to=decision.guided_to,
        keep_ground=decision.keep_ground,
        today=timezone.localdate(now),
    )
    if petition.litigation_related:
        faults |= litigation_faults(
            decision.kind,
            came_as_visit=petition.channel == Channel.VISIT,
            to_political_legal=organ is not None and is_political_legal_beside(organ, petition),
            reason=decision.reason,
        )
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    _refuse_simple(petition, decision)
    _refuse_disputed(petition, [claim.number for claim in claims])
    _class_of_claims(claims, decision, now)
    refuse_merits_at_the_office(claims, decision, by)
    made = send_claims(petition, claims, decision, organ, by=by, now=now)
    touch(petition, now=now)
    see_if_all_routed(petition, by=by, now=now)
    return made


def _refuse_disputed(petition: Petition, numbers: Sequence[int]) -> None:
    """While it is in dispute who accepts, the claims stay where they are (Art 24; R-24)."""
    dispute = petition.disputes.filter(settled_at=None).first()
    if dispute is not None and set(dispute.claims) & set(numbers):
        raise OutOfTurn(_("Who accepts is in dispute; settle that first (Art 24)."))


def _leading_organ(decision: Decision, by: Hat, now: datetime) -> Organ | None:
    if decision.kind == RouteKind.SELF_HANDLE:
        return by.organ
    if decision.kind not in GIVES_TO_AN_ORGAN or decision.organ_id is None:
        return None
    organ = Organ.objects.valid_on(timezone.localdate(now)).filter(pk=decision.organ_id).first()
    if organ is None or organ.pk == by.organ.pk:
        message = _("Choose another unit than your own that exists today.")
        raise Refused(message, fields={"organ": message})
    return organ


def _class_of_claims(claims: Sequence[Claim], decision: Decision, now: datetime) -> None:
    """Give each claim its class (Art 29–31); one without a class goes to no organ."""
    if decision.petition_class is PetitionClass.REPORT_ACCUSATION:
        message = _(
            "A report or accusation is sealed: use “Seal”, which takes it out of the open lane at once."
        )
        raise Refused(message, fields={"petition_class": message})
    unclear = [claim for claim in claims if claim.petition_class is None]
    if decision.kind in GIVES_TO_AN_ORGAN and unclear and decision.petition_class is None:
        message = _("Say what it is: an appeal or request, or a suggestion.")
        raise Refused(message, fields={"petition_class": message})
    if decision.petition_class is not None:
        Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(
            petition_class=decision.petition_class, known_at=now
        )


def _refuse_simple(petition: Petition, decision: Decision) -> None:
    """The short way is not for what a superior assigned, what is signed jointly, or what is grave (2016 measures)."""
    if decision.simple_ground is None:
        return
    from_above = petition.source in FROM_ABOVE or decision.kind == RouteKind.ASSIGN
    if from_above or petition.is_joint_letter or petition.is_urgent or petition.is_collective:
        message = _("The simple track is not for assigned, joint, collective or grave matters.")
        raise Refused(message, fields={"simple_ground": message})


@transaction.atomic(durable=True)
def countersign_keep(petition_id: UUID, route_id: int, *, agree: bool, by: Hat, now: datetime) -> Route:
    """Countersign a decision to keep, or refuse it so that the claims wait again (Q13).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it is no section head of the organ, or its wearer made the decision
    :raises OutOfTurn: if no such decision waits
    """
    petition = lock_petition(petition_id, by)
    check(Step.COUNTERSIGN_KEEP, petition, by)
    made = (
        Route.objects.select_for_update(of=("self",))
        .select_related("made_by")
        .filter(pk=route_id, petition=petition, kind=RouteKind.KEEP, countersigned_at=None, ended_at=None)
        .first()
    )
    if made is None:
        raise OutOfTurn(_("No decision to keep waits here."))
    if made.maker_id == by.user.pk or made.made_by_id == by.post.pk:
        raise NotAllowed(_("A second person countersigns."))
    if agree:
        made.countersigned_by, made.countersigner, made.countersigned_at = by.post, by.user, now
    else:
        made.ended_at = now
        Claim.objects.filter(route=made).update(route=None, known_at=now)
    made.save(update_fields=["countersigned_by", "countersigner", "countersigned_at", "ended_at"])
    record("petition.countersign_keep", petition, by=by.actor, at=now, facts={"agreed": agree})
    touch(petition, now=now)
    if agree:
        made.petition = petition
        issue_word(made, by=by, now=now)
        see_if_all_routed(petition, by=by, now=now)
    return made


@transaction.atomic(durable=True)
def object_to(
    petition_id: UUID, handling_id: UUID, *, reason: str, proper_organ: str = "", by: Hat, now: datetime
) -> ReturnRequest:
    """Object that the matter is outside the organ's power, within five working days of receipt (Art 23(3); R-22).

    The clocks run on: if the sender does not agree, nothing was gained (Q22).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if the organ does not lead it
    :raises OutOfTurn: if the five working days are over, or it decided on a claim already
    :raises Refused: if the reasons are not detailed
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.OBJECT, petition, by, handling)
    if len(reason.strip()) < SHORTEST_OBJECTION:
        message = _("Give detailed reasons, at least %(least)d characters (Art 23(3)).") % {
            "least": SHORTEST_OBJECTION
        }
        raise Refused(message, fields={"reason": message})
    if handling.claims.exclude(decision="").exists():
        raise OutOfTurn(_("A claim has been decided on; the matter can no longer be returned."))
    clock = (
        PetitionClock.objects.select_for_update(of=("self",))
        .filter(petition=petition, organ=handling.organ, code=ClockCode.T4, met_at=None, cancelled_at=None)
        .first()
    )
    if clock is None or (clock.due_at is not None and now >= clock.due_at):
        raise OutOfTurn(_("The five working days for an objection are over (Art 23(3))."))
    meet(clock, at=now, now=now)
    copy_next_due(petition)
    asked = ReturnRequest.objects.create(
        handling=handling, reason=reason, proper_organ=proper_organ, asked_by=by.post, asked_at=now
    )
    move_handling(handling, at=now, receipt=Receipt.OBJECTION_PENDING)
    issue_objection(asked, by=by, now=now)
    record("petition.object", petition, by=by.actor, at=now, facts={"organ": handling.organ.code})
    touch(petition, now=now)
    key = f"objection:{asked.pk}"
    tell_organ(handling.sender, HANDLES, Kind.OBJECTION_TO_DECIDE, petition, key=key, now=now)
    return asked


@transaction.atomic(durable=True)
def decide_return(
    petition_id: UUID, handling_id: UUID, *, agree: bool, finding: str, by: Hat, now: datetime
) -> Handling:
    """Decide on an objection, as the sender. Agreed, the organ's clocks end and the sender's own run on from the
    first receipt; refused, they never stopped (Art 23(3); R-22, invariant 9).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if its organ did not send it
    :raises OutOfTurn: if no objection waits
    :raises Refused: if it does not say what was found
    """
    lock_with_joined(petition_id, by)
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.DECIDE_RETURN, petition, by, handling)
    if not finding.strip():
        raise Refused(_("Say what you found."), fields={"finding": _("Say what you found.")})
    _refuse_disputed(petition, list(handling.claims.values_list("number", flat=True)))
    asked = ReturnRequest.objects.select_for_update().get(handling=handling, decided_at=None)
    asked.decided_by, asked.decided_at, asked.agreed, asked.finding = by.post, now, agree, finding
    asked.save(update_fields=["decided_by", "decided_at", "agreed", "finding"])
    if agree:
        take_from(handling, now=now)
        move_handling(handling, at=now, receipt=Receipt.RETURNED)
        _wait_for_a_route_again(petition, by=by, now=now)
    else:
        move_handling(handling, at=now, receipt=Receipt.RECEIVED)
    asked.handling = handling
    issue_objection_answer(asked, by=by, now=now)
    record("petition.decide_return", petition, by=by.actor, at=now, facts={"agreed": agree})
    touch(petition, now=now)
    settle_call(petition, f"objection:{asked.pk}", now=now)
    key = f"objection:{asked.pk}:decided"
    if not agree:
        tell_organ(handling.organ, HANDLES, Kind.OBJECTION_REFUSED, petition, key=key, now=now)
    return handling


def _wait_for_a_route_again(petition: Petition, *, by: Hat, now: datetime) -> None:
    """The sender's fifteen days go on from the first receipt, whatever time the objection took (invariant 9)."""
    if petition.routing == Routing.ROUTED:
        move(petition, Routing.REGISTERED, step=Step.DECIDE_RETURN, by=by, at=now)
    if not petition.register_organ.looks_after_a_place:
        # its T2 runs on: an organ's own petition is answered by a notice, not by routing (Art 23(2))
        return
    open_now = PetitionClock.objects.open().filter(petition=petition, code=ClockCode.T1)
    if not open_now.exists():
        start_clock(
            PetitionClock,
            ClockCode.T1,
            started_at=petition.received_at,
            event="received",
            now=now,
            petition=petition,
            organ=petition.register_organ,
        )
    copy_next_due(petition)
