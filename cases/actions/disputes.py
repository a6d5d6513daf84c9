"""管辖争议: opened by the sender or by the organ that objects, settled as Art 24 has it, and routed by it (R-24)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from cases.handling_rules import typed_day_faults
from cases.handlings import lock_with_joined, take_from, tell_organ
from cases.models import Claim, Handling, JurisdictionDispute, Petition, ReturnRequest, SettledBy
from cases.parts import lock_petition, touch
from cases.routes import Decision, refuse_merits_at_the_office, see_if_all_routed, send_claims
from cases.states import Receipt, RouteKind
from cases.superiors import common_superior
from cases.workflow import HANDLES, Place, Step, check, move_handling, seat_of
from deadlines.calendars import previous_working_day
from lib.errors import OutOfTurn, Refused
from notices.models import Kind


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """Who accepts, and who said so on which day for what reason (Art 24)."""

    how: SettledBy
    accepts_id: int
    decided_on: date
    finding: str
    # the joint conference by its name; the organs and the common superior are known
    decider: str = ""
    evidence_note: str = ""


@transaction.atomic(durable=True)
def open_dispute(
    petition_id: UUID,
    *,
    claims: Sequence[int],
    organ_ids: Collection[int],
    reason: str,
    by: Hat,
    now: datetime,
) -> JurisdictionDispute:
    """Write down that organs are at odds over who accepts some claims (Art 24; R-24).

    The claims stay with whom they are and every clock runs until it is settled.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ neither sent nor leads it
    :raises OutOfTurn: if a dispute is open already, or a claim was decided on
    :raises Refused: if the claims lie with several organs, fewer than two organs are named, or no reason is
    """
    petition = lock_petition(petition_id, by)
    leads = _handling_of(petition, by)
    check(Step.OPEN_DISPUTE, petition, by, leads)
    if petition.disputes.filter(settled_at=None).exists():
        raise OutOfTurn(_("A dispute over this petition is open already."))
    chosen, handling = _disputed_claims(petition, claims)
    if Place.SENDS not in seat_of(petition, by).places and handling != leads:
        message = _("This unit leads no such claim.")
        raise Refused(message, fields={"claims": message})
    if any(claim.decision for claim in chosen):
        raise OutOfTurn(_("A claim has been decided on; who accepts is no longer open."))
    organs = _parties(handling, organ_ids, now)
    if not reason.strip():
        raise Refused(_("Say what is in dispute."), fields={"reason": _("Say what is in dispute.")})
    dispute = JurisdictionDispute.objects.create(
        petition=petition,
        handling=handling,
        claims=[claim.number for claim in chosen],
        reason=reason.strip(),
        opened_by=by.post,
        opened_at=now,
    )
    dispute.organs.set(organs)
    facts = {"claims": dispute.claims, "organs": sorted(organ.code for organ in organs)}
    record("petition.open_dispute", petition, by=by.actor, at=now, facts=facts)
    touch(petition, now=now)
    # the organs that have no part in the petition yet do not learn of it
    told = {petition.register_organ, *([handling.organ] if handling else [])} - {by.organ}
    for organ in told:
        key = f"dispute:{dispute.pk}"
        tell_organ(organ, HANDLES, Kind.DISPUTE_OPENED, petition, key=key, now=now)
    return dispute


@transaction.atomic(durable=True)
def settle_dispute(
    petition_id: UUID, settlement: Settlement, *, by: Hat, now: datetime
) -> JurisdictionDispute:
    """Write who accepts, and route the claims by it at once (Art 24; R-24).

    The organs agree; else their common superior decides; only without one the joint conference coordinates.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ did not register it
    :raises OutOfTurn: if no dispute is open
    :raises Refused: if this is not who settles it, or day, organ or reason cannot be
    """
    lock_with_joined(petition_id, by)
    petition = lock_petition(petition_id, by)
    check(Step.SETTLE_DISPUTE, petition, by)
    dispute = (
        petition.disputes.select_for_update(of=("self",))
        .select_related("handling__organ", "handling__route")
        .filter(settled_at=None)
        .first()
    )
    if dispute is None:
        raise OutOfTurn(_("No dispute is open."))
    accepts = Organ.objects.valid_on(timezone.localdate(now)).filter(pk=settlement.accepts_id).first()
    organs = list(dispute.organs.select_related("next_higher"))
    decider = _decider(settlement, organs, accepts)
    _refuse_days(dispute, settlement, now)
    assert accepts is not None  # noqa: S101  `_decider` refused otherwise
    dispute.settled_how, dispute.decider, dispute.accepts = settlement.how, decider, accepts
    dispute.decided_on, dispute.finding = settlement.decided_on, settlement.finding.strip()
    dispute.evidence_note = settlement.evidence_note.strip()
    dispute.backdated = settlement.decided_on < previous_working_day(timezone.localdate(now))
    dispute.settled_by, dispute.settled_at = by.post, now
    dispute.save(
        update_fields=[
            "settled_how",
            "decider",
            "accepts",
            "decided_on",
            "finding",
            "evidence_note",
            "backdated",
            "settled_by",
            "settled_at",
        ]
    )
    facts = {
        "how": settlement.how,
        "organ": accepts.code,
        "claims": dispute.claims,
        "on": settlement.decided_on.isoformat(),
    }
    record("petition.settle_dispute", petition, by=by.actor, at=now, facts=facts)
    _route_by_it(petition, dispute, accepts, by=by, now=now)
    touch(petition, now=now)
    return dispute


def _handling_of(petition: Petition, by: Hat) -> Handling | None:
    open_now = Handling.objects.filter(petition=petition, ended_at=None).select_related("organ")
    return next((each for each in open_now if by.organ.is_or_carries_on(each.organ)), None)


def _disputed_claims(petition: Petition, numbers: Sequence[int]) -> tuple[list[Claim], Handling | None]:
    """Return the claims, held, and who leads all of them; nobody while they wait for their way."""
    claims = list(
        Claim.objects.select_for_update(of=("self",))
        .select_related("handling__organ", "route")
        .filter(petition=petition, **({"number__in": set(numbers)} if numbers else {}))
        .order_by("number")
    )
    if not claims or len(claims) < len(set(numbers)):
        message = _("There is no such claim.")
        raise Refused(message, fields={"claims": message})
    handlings = {claim.handling for claim in claims}
    ended_elsewhere = any(claim.handling is None and claim.route is not None for claim in claims)
    if len(handlings) > 1 or ended_elsewhere:
        message = _("A dispute is over claims that one organ leads, or that wait for their way.")
        raise Refused(message, fields={"claims": message})
    return claims, next(iter(handlings))


def _parties(handling: Handling | None, organ_ids: Iterable[int], now: datetime) -> list[Organ]:
    named = set(organ_ids) | ({handling.organ_id} if handling else set())
    organs = list(Organ.objects.valid_on(timezone.localdate(now)).filter(pk__in=named))
    if len(organs) != len(named) or len(organs) < 2:
        message = _("Name the organs at odds, two at least, that exist today.")
        raise Refused(message, fields={"organs": message})
    return organs


def _decider(settlement: Settlement, organs: Sequence[Organ], accepts: Organ | None) -> str:
    """Return who settled it, in words, once that is who may."""
    if accepts is None:
        message = _("Choose the unit that accepts.")
        raise Refused(message, fields={"organ": message})
    if settlement.how is SettledBy.AGREED:
        if accepts not in organs:
            message = _("The organs agree on one of themselves.")
            raise Refused(message, fields={"organ": message})
        return "、".join(sorted(organ.name for organ in organs))
    superior = common_superior(organs)
    if settlement.how is SettledBy.SUPERIOR:
        if superior is None:
            message = _("These organs have no common superior: the joint conference coordinates (Art 24).")
            raise Refused(message, fields={"how": message})
        return superior.name
    if superior is not None:
        message = _("Their common superior decides: %(organ)s (Art 24).") % {"organ": superior.short_name}
        raise Refused(message, fields={"how": message})
    if not settlement.decider.strip():
        message = _("Name the joint conference.")
        raise Refused(message, fields={"decider": message})
    return settlement.decider.strip()


def _refuse_days(dispute: JurisdictionDispute, settlement: Settlement, now: datetime) -> None:
    today = timezone.localdate(now)
    faults = typed_day_faults(
        "decided_on",
        settlement.decided_on,
        after=timezone.localdate(dispute.petition.received_at),
        today=today,
        earliest=previous_working_day(today),
        evidence=settlement.evidence_note,
    )
    if not settlement.finding.strip():
        faults["finding"] = _("Write down the reason.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def _route_by_it(
    petition: Petition, dispute: JurisdictionDispute, accepts: Organ, *, by: Hat, now: datetime
) -> None:
    """Let the claims go to who accepts; where they are there already, nothing moves."""
    before = dispute.handling
    key = f"dispute:{dispute.pk}:settled"
    if before is not None:
        before.petition = petition
        _answer_objection(before, accepts, dispute.finding, by=by, now=now)
        if accepts.is_or_carries_on(before.organ):
            tell_organ(before.organ, HANDLES, Kind.DISPUTE_SETTLED, petition, key=key, now=now)
            return
    claims = list(
        Claim.objects.select_for_update(of=("self",)).filter(petition=petition, number__in=dispute.claims)
    )
    decision = _as_sent_before(before, accepts, dispute, by)
    refuse_merits_at_the_office(claims, decision, by)
    if before is not None:
        _take_claims(before, claims, now=now)
    send_claims(petition, claims, decision, accepts, by=by, now=now)
    see_if_all_routed(petition, by=by, now=now)


def _answer_objection(handling: Handling, accepts: Organ, finding: str, *, by: Hat, now: datetime) -> None:
    """An objection that waited is answered by it: agreed if the claims go elsewhere (Art 23(3); R-22)."""
    asked = ReturnRequest.objects.select_for_update().filter(handling=handling, decided_at=None).first()
    if asked is None:
        return
    asked.decided_by, asked.decided_at, asked.finding = by.post, now, finding[:500]
    asked.agreed = not accepts.is_or_carries_on(handling.organ)
    asked.save(update_fields=["decided_by", "decided_at", "agreed", "finding"])
    move_handling(handling, at=now, receipt=Receipt.RECEIVED)


def _as_sent_before(
    before: Handling | None, accepts: Organ, dispute: JurisdictionDispute, by: Hat
) -> Decision:
    """Return the way the claims go now: assigned if they were assigned, with the same day."""
    reason = dispute.finding[:300]
    if by.organ.is_or_carries_on(accepts):
        return Decision(kind=RouteKind.SELF_HANDLE, reason=reason)
    if before is not None and before.report_due_on is not None:
        return Decision(
            kind=RouteKind.ASSIGN, organ_id=accepts.pk, report_due_on=before.report_due_on, reason=reason
        )
    return Decision(kind=RouteKind.FORWARD, organ_id=accepts.pk, reason=reason)


def _take_claims(handling: Handling, claims: Sequence[Claim], *, now: datetime) -> None:
    """Take these claims from who led them; with its last one the handling ends and its clocks with it."""
    rest = handling.claims.exclude(pk__in=[claim.pk for claim in claims])
    if not rest.exists():
        received = handling.receipt
        take_from(handling, now=now)
        move_handling(handling, at=now, receipt=Receipt.RETURNED if received != Receipt.DELIVERED else None)
        return
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(
        handling=None, route=None, known_at=now
    )
