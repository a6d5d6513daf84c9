"""Entering who answers at a tier and what lifts a matter there; a version is followed, never changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from accounts.roles import Role
from assignments.models import EscalationRule, Seat
from assignments.states import Span, Tier, Trigger
from audit.parts import record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown

Row = TypeVar("Row", Seat, EscalationRule)


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    """Who answers at a tier: whose portfolio it is, else these titles in their order or each, else the office named."""

    tier: Tier
    organ_id: int
    fallback_id: int
    answer_days: int
    titles: tuple[str, ...] = ()
    by_portfolio: bool = False
    asks_all: bool = False
    by_place: bool = False
    span: Span | None = None


@dataclass(frozen=True, kw_only=True)
class RuleFacts:
    """What lifts a matter, after how many days, where it goes, and whether at once."""

    trigger: Trigger
    days: int
    seat_code: str
    acts: bool = False


@transaction.atomic(durable=True)
def enter_seat(code: str, facts: SeatFacts, *, valid_from: date, by: Hat, now: datetime) -> Seat:
    """Enter who answers at a tier, or the version that follows the one in force.

    :raises NotAllowed: if this hat is not the system administrator's
    :raises OutOfTurn: if a version that begins later is entered already
    :raises Refused: if nobody could ever be found, an organ is none of today, or the day is over
    """
    _check(by)
    organs = set(
        Organ.objects.current()
        .filter(pk__in=[facts.organ_id, facts.fallback_id])
        .values_list("pk", flat=True)
    )
    faults = {}
    if facts.organ_id not in organs:
        faults["organ"] = _("Choose an organ that exists today.")
    if facts.fallback_id not in organs:
        faults["fallback"] = _("Choose an organ that exists today.")
    if not facts.titles and not facts.by_portfolio and not facts.by_place and facts.tier is not Tier.CITY:
        faults["titles"] = _(
            "Name at least one title, or let the portfolio decide: else it is always the office."
        )
    if facts.asks_all and facts.by_portfolio:
        faults["asks_all"] = _(
            "Whoever looks after it answers alone: name the titles that are asked instead."
        )
    if facts.answer_days < 1:
        faults["answer_days"] = _("One working day at least.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    last = Seat.objects.select_for_update().filter(code=code).order_by("-version").first()
    seat = Seat(
        code=code,
        tier=facts.tier,
        organ_id=facts.organ_id,
        fallback_id=facts.fallback_id,
        titles=list(facts.titles),
        by_portfolio=facts.by_portfolio,
        asks_all=facts.asks_all,
        by_place=facts.by_place,
        answer_days=facts.answer_days,
        span=facts.span or "",
        valid_from=valid_from,
    )
    _follow(seat, last, now=now)
    record("seat.enter", seat, by=by.actor, at=now, facts=_facts(seat) | {"to_tier": facts.tier})
    return seat


@transaction.atomic(durable=True)
def enter_escalation(
    code: str, facts: RuleFacts, *, valid_from: date, by: Hat, now: datetime
) -> EscalationRule:
    """Enter a rule by which matters are lifted, or the version that follows the one in force.

    :raises NotAllowed: if this hat is not the system administrator's
    :raises OutOfTurn: if a version that begins later is entered already
    :raises Refused: if it could never lift anything because nobody is named where it leads, or the day is over
    """
    _check(by)
    if not Seat.objects.in_force(valid_from).filter(code=facts.seat_code).exists():
        words = _("On that day nobody is named there: this rule could never lift anything.")
        raise Refused(words, fields={"seat_code": words})
    last = EscalationRule.objects.select_for_update().filter(code=code).order_by("-version").first()
    rule = EscalationRule(
        code=code,
        trigger=facts.trigger,
        days=facts.days,
        seat_code=facts.seat_code,
        acts=facts.acts,
        valid_from=valid_from,
    )
    _follow(rule, last, now=now)
    record("escalation.enter", rule, by=by.actor, at=now, facts=_facts(rule) | {"trigger": facts.trigger})
    return rule


@transaction.atomic(durable=True)
def end_escalation(code: str, *, last_day: date, by: Hat, now: datetime) -> EscalationRule:
    """End a rule with a day; what it lifted stands.

    :raises NotAllowed: if this hat is not the system administrator's
    :raises Unknown: if there is none in force
    :raises Refused: for a day that is over
    """
    _check(by)
    rules = EscalationRule.objects.select_for_update().in_force(timezone.localdate(now))
    rule: EscalationRule | None = rules.filter(code=code).first()
    if rule is None:
        raise Unknown(_("There is no such rule."))
    if last_day < timezone.localdate(now):
        raise Refused(_("The day is over."), fields={"last_day": _("The day is over.")})
    rule.valid_to = last_day
    rule.save(update_fields=["valid_to"])
    record("escalation.end", rule, by=by.actor, at=now, facts={"code": code, "until": last_day.isoformat()})
    return rule


def _check(by: Hat) -> None:
    if by.role != Role.SYSTEM_ADMINISTRATOR:
        raise NotAllowed(_("Only the system administrator enters who answers at a tier."))


def _follow(row: Row, last: Any, *, now: datetime) -> None:
    """Write a version that follows the last one, which ends the day before."""
    today = timezone.localdate(now)
    first = today if last is None else today + timedelta(days=1)
    if row.valid_from < first:
        words = _("A version begins today at the earliest, one that follows another tomorrow.")
        raise Refused(words, fields={"valid_from": words})
    if last is not None and last.valid_from > today:
        raise OutOfTurn(_("A version that begins later is entered already."))
    row.version = 1 if last is None else last.version + 1
    if last is not None and (last.valid_to is None or last.valid_to >= row.valid_from):
        last.valid_to = row.valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    row.save(force_insert=True)


def _facts(row: Seat | EscalationRule) -> dict[str, Any]:
    return {"code": row.code, "version": row.version, "valid_from": row.valid_from.isoformat()}
