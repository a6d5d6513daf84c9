"""Where claims go, as pieces that routing, joining and the settling of a dispute share (Art 22, 23, 24)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, OrganKind
from audit.parts import record
from cases.ends import call_to_finish
from cases.handlings import hand_to, open_clock, start
from cases.models import Claim, Handling, Petition, PetitionClock, Route
from cases.papers import send_letter
from cases.parts import copy_next_due
from cases.rules import register_level
from cases.states import (
    INTERNAL_CLOCKS,
    ClockCode,
    KeepGround,
    PetitionClass,
    Receipt,
    RegisterLevel,
    RouteKind,
    Routing,
    SimpleGround,
)
from cases.told import issue_word, see_to_word
from cases.workflow import Step, move
from deadlines.parts import meet
from lib.errors import OutOfTurn, Refused
from lib.transactions import require_transaction
from places.models import Level


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Where some claims go. `organ_id` is who leads them; `report_due_on` the day an assigned matter is reported by."""

    kind: RouteKind
    claims: Sequence[int] = field(default_factory=tuple)
    organ_id: int | None = None
    petition_class: PetitionClass | None = None
    report_due_on: date | None = None
    guided_to: str = ""
    keep_ground: KeepGround | None = None
    simple_ground: SimpleGround | None = None
    told: str = ""
    reason: str = ""


def waiting_claims(petition: Petition, numbers: Sequence[int]) -> list[Claim]:
    """Return the claims that wait for a route, held; those named, or all."""
    require_transaction("waiting_claims")
    waiting = list(Claim.objects.select_for_update().filter(petition=petition, route=None).order_by("number"))
    if not waiting:
        raise OutOfTurn(_("Every claim has its way already."))
    if not numbers:
        return waiting
    chosen = [claim for claim in waiting if claim.number in set(numbers)]
    there = set(petition.claims.values_list("number", flat=True))
    if unknown := sorted(set(numbers) - there):
        named = {"numbers": "、".join(str(number) for number in unknown)}
        message = _("The petition has no claim %(numbers)s.") % named
        raise Refused(message, fields={"claims": message})
    if len(chosen) != len(set(numbers)):
        message = _("One of these claims has its way already.")
        raise Refused(message, fields={"claims": message})
    return chosen


def is_political_legal_beside(organ: Organ, petition: Petition) -> bool:
    """Test if an organ is the political-legal one of the level that registered a petition (Art 22(2); R-12).

    Below the county there is none: what a township registers goes to the county's.
    """
    level = min(RegisterLevel(petition.register_level), RegisterLevel.COUNTY)
    return organ.is_political_legal and register_level(Level(organ.place.level)) == level


def is_merits_at_the_office(organ: Organ, classes: Collection[str | None]) -> bool:
    """Test if an organ would decide the merits by handling claims of these classes, and may not (Art 14; R-11)."""
    at_the_office = organ.kind in {OrganKind.PETITION_OFFICE, OrganKind.JOINT_CONFERENCE_OFFICE}
    return at_the_office and PetitionClass.APPEAL_REQUEST in classes


def refuse_merits_at_the_office(claims: Sequence[Claim], decision: Decision, by: Hat) -> None:
    """A petition office coordinates and does not decide the merits (Art 14)."""
    classes = {decision.petition_class or claim.petition_class for claim in claims}
    if decision.kind == RouteKind.SELF_HANDLE and is_merits_at_the_office(by.organ, classes):
        message = _("The petition office does not decide the merits: forward or assign it (Art 14).")
        raise Refused(message, fields={"kind": message})


def send_claims(
    petition: Petition,
    claims: Sequence[Claim],
    decision: Decision,
    organ: Organ | None,
    *,
    by: Hat,
    now: datetime,
) -> Route:
    """Write a way that was checked: the organ gets its letter, and the petitioner the word that is owed (D02–D04)."""
    require_transaction("send_claims")
    made = Route.objects.create(
        petition=petition,
        kind=decision.kind,
        reason=decision.reason,
        guided_to=decision.guided_to,
        keep_ground=decision.keep_ground if decision.kind == RouteKind.KEEP and decision.keep_ground else "",
        told=decision.told,
        made_by=by.post,
        maker=by.user,
        made_at=now,
    )
    handling = _joined(petition, organ)
    report_due_on = decision.report_due_on if decision.kind == RouteKind.ASSIGN else None
    if handling is not None and report_due_on is not None:
        _assign_further(handling, report_due_on, now)
    if handling is None and organ is not None:
        handling = hand_to(
            petition,
            organ,
            made,
            report_due_on=report_due_on,
            simple_ground=decision.simple_ground,
            by=by,
            now=now,
        )
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(
        route=made, handling=handling, known_at=now
    )
    facts = {
        "kind": decision.kind,
        "claims": [claim.number for claim in claims],
        "organ": organ and organ.code,
    }
    record("petition.route", petition, by=by.actor, at=now, facts=facts)
    if handling is not None and decision.kind != RouteKind.SELF_HANDLE:
        send_letter(handling, by=by, now=now)
    if handling is not None and decision.kind == RouteKind.SELF_HANDLE:
        _run_suggestion(handling, now)
    if made.holds:
        issue_word(made, by=by, now=now)
    return made


def _joined(petition: Petition, organ: Organ | None) -> Handling | None:
    """Return what the organ leads of this petition already, which a further claim joins while nothing is decided.

    :raises Refused: if the organ has decided on its claims: it finishes those first (Q10)
    """
    if organ is None:
        return None
    handlings = Handling.objects.select_for_update(of=("self",), no_key=True).select_related("organ", "route")
    standing = handlings.filter(petition=petition, organ=organ, ended_at=None).first()
    if standing is None:
        return None
    waits = standing.receipt in {Receipt.DELIVERED, Receipt.RECEIVED}
    if not waits or standing.claims.exclude(decision="").exists():
        message = _("This unit has decided on other claims of this petition; it finishes those first.")
        raise Refused(message, fields={"organ": message})
    standing.petition = petition
    return standing


def _assign_further(handling: Handling, report_due_on: date, now: datetime) -> None:
    """Let an assigned claim that joins what an organ leads already bring its day for the report (T6)."""
    if handling.report_due_on is not None:
        return
    handling.report_due_on = report_due_on
    handling.save(update_fields=["report_due_on"])
    if handling.receipt == Receipt.RECEIVED:
        start(handling, ClockCode.T6, event="assigned", at=now, now=now, set_day=report_due_on)


def _run_suggestion(handling: Handling, now: datetime) -> None:
    """A petition office that takes up a suggestion itself has its days for the reply from then on (Art 29; Q20).

    Any other organ accepts first, while its fifteen days of notice run.
    """
    suggestions = handling.claims.filter(petition_class=PetitionClass.SUGGESTION)
    if not handling.organ.looks_after_a_place or not suggestions.exists():
        return
    if open_clock(handling, ClockCode.SUGGESTION) is None:
        start(handling, ClockCode.SUGGESTION, event="routed", at=now, now=now)


def see_if_all_routed(petition: Petition, *, by: Hat, now: datetime) -> None:
    """Once every claim has a way that holds, the petition is routed and T1 with T1a is met (Art 22(1)).

    Where claims were joined to what is pending, T1 waits for the written word (Q11).
    """
    require_transaction("see_if_all_routed")
    claims = Claim.objects.filter(petition=petition).select_related("route")
    if any(claim.route is None or not claim.route.holds for claim in claims):
        return
    joined = any(claim.route is not None and claim.route.kind == RouteKind.JOIN for claim in claims)
    codes = {*INTERNAL_CLOCKS} if joined else {ClockCode.T1, *INTERNAL_CLOCKS}
    for clock in PetitionClock.objects.open().filter(petition=petition, code__in=sorted(codes)):
        meet(clock, at=now, now=now)
    copy_next_due(petition)
    if petition.routing == Routing.REGISTERED:
        move(petition, Routing.ROUTED, step=Step.ROUTE, by=by, at=now)
    see_to_word(petition, now=now)
    call_to_finish(petition, now=now)
