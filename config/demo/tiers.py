"""Who answers at each tier of the demo's district, and what lifts a matter there: entered by its administrator."""

from dataclasses import replace
from datetime import date, datetime, time

from django.utils import timezone

from accounts.hats import hats_of
from accounts.models import Organ, User
from accounts.roles import Role
from assignments.actions import RuleFacts, SeatFacts, enter_escalation, enter_seat
from assignments.models import Seat
from assignments.states import Span, Tier, Trigger
from config.demo.content import PETITION_OFFICE
from config.demo.logins import LOGINS

_CONFERENCE_OFFICE, _GOVERNMENT, _COMMITTEE = "LXB", "ZF", "QW"
_RULES = (
    ("acceptance", RuleFacts(trigger=Trigger.OVERDUE_ACCEPTANCE, days=3, seat_code="fenguan")),
    ("answer", RuleFacts(trigger=Trigger.OVERDUE_ANSWER, days=5, seat_code="fenguan")),
    ("unsigned", RuleFacts(trigger=Trigger.NOT_SIGNED, days=5, seat_code="fenguan")),
    ("returned", RuleFacts(trigger=Trigger.RETURNED_TWICE, days=0, seat_code="fenguan")),
    ("standstill", RuleFacts(trigger=Trigger.NO_PROGRESS, days=30, seat_code="fenguan")),
    ("not_executed", RuleFacts(trigger=Trigger.NOT_EXECUTED, days=10, seat_code="fenguan")),
    ("again", RuleFacts(trigger=Trigger.REPEAT_AFTER_OVERDUE, days=0, seat_code="fenguan")),
    ("events", RuleFacts(trigger=Trigger.EVENT_OVERDUE, days=2, seat_code="jiedao", acts=True)),
    ("unanswered", RuleFacts(trigger=Trigger.UNANSWERED, days=2, seat_code="zhuyao", acts=True)),
)


def make_tiers(*, today: date) -> int:
    """Enter seats and rules where there are none. Return how many."""
    if Seat.objects.exists():
        return 0
    office = Organ.objects.get(code=PETITION_OFFICE)
    since = max(office.valid_from, today)
    now = timezone.make_aware(datetime.combine(since, time(9, 0)))
    user = User.objects.get(username=dict(LOGINS)[Role.SYSTEM_ADMINISTRATOR])
    by = next(hat for hat in hats_of(user, on=since) if hat.role == Role.SYSTEM_ADMINISTRATOR)
    organs = {organ.code: organ.pk for organ in Organ.objects.current()}
    in_charge = SeatFacts(
        tier=Tier.DISTRICT_LEADER,
        organ_id=organs[_GOVERNMENT],
        fallback_id=organs[_CONFERENCE_OFFICE],
        answer_days=3,
        by_portfolio=True,
        titles=("区委副书记",),
    )
    each = replace(in_charge, by_portfolio=False, asks_all=True)
    seats = (
        ("fenguan", in_charge),
        (
            "jiedao",
            replace(in_charge, tier=Tier.TOWNSHIP, by_portfolio=False, by_place=True, titles=()),
        ),
        (
            "kualingyu",
            replace(each, titles=("区委副书记", "常务副区长/区委常委、副区长"), span=Span.CROSS_SECTOR),
        ),
        (
            "zhuyao",
            replace(
                each,
                tier=Tier.DISTRICT_HEADS,
                organ_id=organs[_COMMITTEE],
                titles=("区委书记", "区长"),
                span=Span.DISTRICT,
            ),
        ),
        (
            "shiji",
            replace(
                each,
                tier=Tier.CITY,
                titles=(),
                asks_all=False,
                fallback_id=office.pk,
                span=Span.CITY_POWER,
            ),
        ),
    )
    for code, facts in seats:
        enter_seat(code, facts, valid_from=since, by=by, now=now)
    for code, rule in _RULES:
        enter_escalation(code, rule, valid_from=since, by=by, now=now)
    return len(seats) + len(_RULES)
