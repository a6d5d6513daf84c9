"""受理: each claim is accepted, led into its own procedure, or declined for a listed reason (Art 23, 31)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.ends import call_to_finish
from cases.handling_rules import typed_day_faults
from cases.handlings import (
    beginning_of,
    claim_of,
    end_clocks,
    lock_handling,
    meet_clocks,
    moment_of,
    open_clock,
    start,
    write_progress,
)
from cases.matters import concluding_opinion_of, pending_level_of
from cases.models import Acceptance, Claim, Handling, Petition, ProgressKind
from cases.papers import draft_notices
from cases.parts import touch
from cases.rules import register_level
from cases.states import (
    ClaimDecision,
    ClockCode,
    HandlingState,
    NonAcceptReason,
    PetitionClass,
    RegisterLevel,
    StatutoryRoute,
)
from cases.told import see_to_notices
from cases.workflow import Step, check, move_handling
from deadlines.calendars import previous_working_day
from lib.errors import OutOfTurn, Refused
from places.models import Level


@dataclass(frozen=True, kw_only=True)
class Concluded:
    """The 复核 opinion that concluded the same matter: number, who, when (Art 36(3); invariant 7)."""

    number: str
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Pending:
    """The same matter pending elsewhere: its number and the level of the organ that has it (Art 19(3); R-25)."""

    number: str
    level: RegisterLevel | None


@dataclass(frozen=True)
class Decided:
    """What was decided on a claim besides the checklist: the day with its evidence, and the reason's own facts.

    A decision is late if its day was typed more than one working day after it (Q25).
    """

    on: date
    evidence_note: str
    is_late: bool
    reason: str = ""
    concluded: Concluded | None = None
    pending: Pending | None = None


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The five points of the acceptance checklist, each answered with its fact (law.md §2.4; Q12)."""

    power_fact: str
    pending_fact: str
    concluded_fact: str
    litigation_fact: str
    route_fact: str

    def faults(self) -> Mapping[str, str]:
        """Return what is not answered, by point."""
        words = _("Answer this point with its fact.")
        return {point: words for point, fact in asdict(self).items() if not fact.strip()}


@transaction.atomic(durable=True)
def accept(
    petition_id: UUID,
    handling_id: UUID,
    number: int,
    *,
    statutory_route: StatutoryRoute | None,
    checklist: Checklist,
    decided_on: date,
    where_to_go: str = "",
    evidence_note: str = "",
    by: Hat,
    now: datetime,
) -> Claim:
    """Accept one claim, or lead it into the procedure of its own (RT1–RT5); only RT6 starts the sixty days.

    A suggestion is accepted without a route (Q20). The claims of RT6 that one organ leads share one T5, from the
    first acceptance (Q10). The day lies neither in the future nor before the receipt; more than one working day back
    it needs evidence (Q25).

    :raises Unknown: if this hat does not see the petition, or the organ does not lead the claim
    :raises NotAllowed: if the organ does not lead it
    :raises OutOfTurn: if it was decided on, or nothing was received yet
    :raises Refused: if a point of the checklist is not answered, or there is no statutory route (invariant 1)
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.ACCEPT, petition, by, handling)
    claim = _undecided(handling, number)
    suggestion = claim.petition_class == PetitionClass.SUGGESTION
    floor = previous_working_day(timezone.localdate(now))
    faults = dict(checklist.faults()) | _day_faults(handling, decided_on, evidence_note, floor, now)
    if not suggestion and statutory_route is None:
        faults["statutory_route"] = _("Choose the statutory route (Art 31).")
    led = not suggestion and statutory_route not in {None, StatutoryRoute.RT6}
    if led and not where_to_go.strip():
        faults["where_to_go"] = _("Say which organ or procedure it goes to.")
    _refuse(faults)
    claim.statutory_route = "" if suggestion else str(statutory_route)
    claim.decision = ClaimDecision.LED if led else ClaimDecision.ACCEPTED
    decided = Decided(decided_on, evidence_note, is_late=decided_on < floor)
    _write(claim, handling, checklist, decided, where_to_go, by, now)
    facts = {
        "claim": number,
        "decision": claim.decision,
        "route": claim.statutory_route,
        "on": decided_on.isoformat(),
    }
    record("petition.accept", petition, by=by.actor, at=now, facts=facts)
    if claim.decision == ClaimDecision.ACCEPTED:
        _begin_handling(handling, claim, decided_on, now)
    _after_decision(petition, handling, by, now)
    return claim


@transaction.atomic(durable=True)
def decline(
    petition_id: UUID,
    handling_id: UUID,
    number: int,
    *,
    reason: NonAcceptReason,
    checklist: Checklist,
    where_to_go: str,
    decided_on: date,
    concluded: Concluded | None = None,
    pending: Pending | None = None,
    evidence_note: str = "",
    by: Hat,
    now: datetime,
) -> Claim:
    """Decline one claim, for a reason of the closed list and with the whole checklist answered (R-20 … R-25; Q12).

    That the same matter is pending is a reason at the superior level alone (Art 19(3)): at the same level it is
    joined to what is pending (Q11). The opinion that concluded the matter is looked up where none is named (Art 36(3)).

    :raises Unknown: if this hat does not see the petition, or the organ does not lead the claim
    :raises NotAllowed: if the organ does not lead it
    :raises OutOfTurn: if it was decided on, or nothing was received yet
    :raises Refused: if a point is not answered, where to go is not said, or the reason does not apply at this level
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.DECLINE, petition, by, handling)
    claim = _undecided(handling, number)
    floor = previous_working_day(timezone.localdate(now))
    faults = dict(checklist.faults()) | _day_faults(handling, decided_on, evidence_note, floor, now)
    if not where_to_go.strip():
        faults["where_to_go"] = _("Say where the petitioner can go with it.")
    again = reason is NonAcceptReason.CONCLUDED
    if again and concluded is None:
        concluded = _concluded_before(petition, by)
    if again and concluded is None:
        faults["reexamination_number"] = _("Name the re-examination opinion with its date (Art 36(3)).")
    if reason is NonAcceptReason.PENDING_SAME_MATTER:
        faults |= _pending_faults(handling, pending, by)
    _refuse(faults)
    claim.decision = ClaimDecision.NO_LONGER_ACCEPTED if again else ClaimDecision.NOT_ACCEPTED
    decided = Decided(decided_on, evidence_note, decided_on < floor, reason, concluded, pending)
    _write(claim, handling, checklist, decided, where_to_go, by, now)
    facts = {"claim": number, "decision": claim.decision, "reason": reason, "on": decided_on.isoformat()}
    record("petition.decline", petition, by=by.actor, at=now, facts=facts)
    _after_decision(petition, handling, by, now)
    return claim


@transaction.atomic(durable=True)
def convert(petition_id: UUID, handling_id: UUID, *, reason: str, by: Hat, now: datetime) -> Handling:
    """Leave the simple track: the acceptance date stays and the sixty days apply (deadlines.md §4).

    :raises Unknown: if this hat does not see the petition, or the handling is not of it
    :raises NotAllowed: if the organ does not lead it
    :raises OutOfTurn: if it is not on the simple track
    :raises Refused: without a reason
    """
    petition, handling = lock_handling(petition_id, handling_id, by)
    check(Step.CONVERT, petition, by, handling)
    if not handling.simple_track:
        raise OutOfTurn(_("It is on the ordinary track already."))
    if not reason.strip():
        _refuse({"reason": _("Say why the short way does not do.")})
    handling.simple_track, handling.simple_ground = False, ""
    handling.save(update_fields=["simple_track", "simple_ground"])
    write_progress(
        handling, ProgressKind.PROGRESS, done_on=timezone.localdate(now), words=reason, by=by, now=now
    )
    end_clocks(handling, [ClockCode.T11, ClockCode.T12], now=now)
    has_rt6 = handling.claims.filter(statutory_route=StatutoryRoute.RT6).exists()
    if has_rt6 and handling.accepted_on is not None:
        at = moment_of(handling.accepted_on, now=now)
        start(handling, ClockCode.T5, event="accepted", at=at, now=now)
    record("petition.convert", petition, by=by.actor, at=now)
    touch(petition, now=now)
    return handling


def _undecided(handling: Handling, number: int) -> Claim:
    claim = claim_of(handling, number)
    if claim.decision:
        raise OutOfTurn(_("This claim has been decided on."))
    if handling.disputes.filter(settled_at=None, claims__contains=[number]).exists():
        raise OutOfTurn(_("Who accepts is in dispute; settle that first (Art 24)."))
    return claim


def _day_faults(
    handling: Handling, decided_on: date, evidence_note: str, floor: date, now: datetime
) -> dict[str, str]:
    return typed_day_faults(
        "decided_on",
        decided_on,
        after=timezone.localdate(handling.received_at or now),
        today=timezone.localdate(now),
        earliest=floor,
        evidence=evidence_note,
    )


def _concluded_before(petition: Petition, by: Hat) -> Concluded | None:
    """Return the opinion that concluded what this petition repeats, if it was issued in this house (D08; R-42)."""
    opinion = concluding_opinion_of(petition, by)
    if opinion is None or opinion.dated_on is None:
        return None
    return Concluded(number=opinion.number, by=opinion.organ.name, on=opinion.dated_on)


def _pending_faults(handling: Handling, pending: Pending | None, by: Hat) -> dict[str, str]:
    """Return why the same matter pending is no reason here: unnamed, or pending at this level or above (Art 19(3))."""
    if pending is None or not pending.number.strip():
        return {"pending_number": _("Name the petition that is pending, and the level at which it is.")}
    level = pending_level_of(pending.number, by) or pending.level
    # a larger code is a lower level (data-standard §4.6)
    if level is None or level <= register_level(Level(handling.organ.place.level)):
        return {
            "pending_level": _(
                "It is pending at this level: join it to the pending petition instead; only the superior level "
                "declines for this reason (Art 19(3))."
            )
        }
    return {}


def _refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def _write(
    claim: Claim,
    handling: Handling,
    checklist: Checklist,
    decided: Decided,
    where_to_go: str,
    by: Hat,
    now: datetime,
) -> None:
    concluded, pending = decided.concluded, decided.pending
    claim.known_at = now
    claim.save(update_fields=["statutory_route", "decision", "known_at"])
    Acceptance.objects.create(
        claim=claim,
        handling=handling,
        decided_by=by.post,
        decided_at=now,
        decided_on=decided.on,
        backdated=decided.is_late,
        evidence_note=decided.evidence_note,
        reason=decided.reason,
        where_to_go=where_to_go,
        pending_number=pending.number if pending else "",
        pending_level=(pending.level or "") if pending else "",
        reexamination_number=concluded.number if concluded else "",
        reexamined_by=concluded.by if concluded else "",
        reexamined_on=concluded.on if concluded else None,
        **asdict(checklist),
    )


def _begin_handling(handling: Handling, claim: Claim, decided_on: date, now: datetime) -> None:
    """Start the period of what was accepted, once for the organ (Q10), counted from the day of acceptance."""
    handling.accepted_on = handling.accepted_on or decided_on
    handling.quiet_since_at = handling.quiet_since_at or beginning_of(handling.accepted_on)
    if handling.state == HandlingState.UNDER_REVIEW:
        move_handling(handling, at=now, state=HandlingState.INVESTIGATING)
    at = moment_of(decided_on, now=now)
    end_clocks(handling, [ClockCode.T4], now=now)
    meet_clocks(handling, [ClockCode.T11], at=at, now=now)
    if claim.petition_class == PetitionClass.SUGGESTION:
        if open_clock(handling, ClockCode.SUGGESTION) is None:
            start(handling, ClockCode.SUGGESTION, event="accepted", at=at, now=now)
        return
    running = handling.petition.clocks.open().filter(
        organ=handling.organ, code__in=[ClockCode.T5, ClockCode.T12]
    )
    if running.filter(presumed=False).exists():
        return
    # a presumed T5 gives way to the legal one (Q23)
    end_clocks(handling, [ClockCode.T5], now=now)
    code = ClockCode.T12 if handling.simple_track else ClockCode.T5
    start(handling, code, event="accepted", at=at, now=now)


def _after_decision(petition: Petition, handling: Handling, by: Hat, now: datetime) -> None:
    """Once every claim is decided on, the notices wait as drafts; without anything accepted, only they are left."""
    decided = list(handling.claims.values_list("decision", "statutory_route"))
    if all(decision for decision, _route in decided):
        accepted = [route for decision, route in decided if decision == ClaimDecision.ACCEPTED]
        if not accepted:
            move_handling(handling, at=now, state=HandlingState.NOT_ACCEPTED)
            end_clocks(handling, [ClockCode.T4], now=now)
            meet_clocks(handling, [ClockCode.T11], at=now, now=now)
        if StatutoryRoute.RT6 not in accepted:
            # a presumed T5 has nothing left to presume (Q23; invariant 2)
            end_clocks(handling, [ClockCode.T5], now=now)
        draft_notices(handling, by=by, now=now)
        see_to_notices(handling, now=now)
        if not accepted:
            # what was accepted has no opinion yet, so nothing else needs asking
            call_to_finish(petition, now=now)
    touch(petition, now=now)
