"""Tiers and rules are data with validity: entered by the system administrator, followed and never changed."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from assignments.actions import RuleFacts, SeatFacts, end_escalation, enter_escalation, enter_seat
from assignments.models import EscalationRule, Seat
from assignments.states import Tier, Trigger
from lib.errors import NotAllowed, OutOfTurn, Refused
from tests.cases.browsers import signed_in
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = MONDAY.date()


def facts(**changed: object) -> SeatFacts:
    body = an_organ("QZF", kind=OrganKind.LEADING_BODY)
    office = an_organ("LXB", kind=OrganKind.JOINT_CONFERENCE_OFFICE)
    given = {"tier": Tier.DISTRICT_LEADER, "organ_id": body.pk, "fallback_id": office.pk, "answer_days": 3}
    return SeatFacts(**{**given, "by_portfolio": True, **changed})


def test_a_seat_is_followed_by_its_next_version_and_stays_as_it_was():
    administrator = a_hat(Role.SYSTEM_ADMINISTRATOR)
    enter_seat("fenguan", facts(), valid_from=TODAY, by=administrator, now=MONDAY)
    with pytest.raises(Refused):
        enter_seat("fenguan", facts(answer_days=5), valid_from=TODAY, by=administrator, now=MONDAY)
    enter_seat("fenguan", facts(answer_days=5), valid_from=date(2026, 4, 1), by=administrator, now=MONDAY)
    with pytest.raises(OutOfTurn):
        enter_seat("fenguan", facts(), valid_from=date(2026, 5, 1), by=administrator, now=MONDAY)

    kept = list(Seat.objects.order_by("version").values_list("version", "answer_days", "valid_to"))
    assert kept == [(1, 3, date(2026, 3, 31)), (2, 5, None)]
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Seat.objects.filter(version=1).update(answer_days=9)


def test_only_the_system_administrator_enters_and_a_seat_with_nobody_is_refused():
    for role in (Role.SECURITY_ADMINISTRATOR, Role.OFFICE_DIRECTOR):
        with pytest.raises(NotAllowed):
            enter_seat("fenguan", facts(), valid_from=TODAY, by=a_hat(role), now=MONDAY)
    with pytest.raises(Refused):
        enter_seat(
            "fenguan",
            facts(by_portfolio=False),
            valid_from=TODAY,
            by=a_hat(Role.SYSTEM_ADMINISTRATOR),
            now=MONDAY,
        )

    assert not Seat.objects.exists()


def test_a_rule_that_could_never_lift_anything_is_refused_and_one_may_be_ended():
    administrator = a_hat(Role.SYSTEM_ADMINISTRATOR)
    rule = RuleFacts(trigger=Trigger.OVERDUE_ANSWER, days=0, seat_code="fenguan")
    with pytest.raises(Refused):
        enter_escalation("answer", rule, valid_from=TODAY, by=administrator, now=MONDAY)
    assert not EscalationRule.objects.exists()

    enter_seat("fenguan", facts(), valid_from=TODAY, by=administrator, now=MONDAY)
    enter_escalation("answer", rule, valid_from=TODAY, by=administrator, now=MONDAY)
    end_escalation("answer", last_day=TODAY, by=administrator, now=MONDAY)

    assert not EscalationRule.objects.in_force(date(2026, 3, 3)).exists()


@pytest.mark.usefixtures("monday")
def test_the_page_enters_both_and_keeps_what_was_refused():
    browser = signed_in(a_hat(Role.SYSTEM_ADMINISTRATOR))
    given = facts()
    seat = {
        "do": "seat",
        "seat-code": "fenguan",
        "seat-valid_from": "2026-03-02",
        "seat-tier": "district_leader",
        "seat-organ": given.organ_id,
        "seat-fallback": given.fallback_id,
        "seat-answer_days": 3,
    }
    assert browser.send("assignments:escalation", **seat).status_code == 422
    assert not Seat.objects.exists()
    seat["seat-titles"] = "区委副书记\n常务副区长"
    assert browser.send("assignments:escalation", **seat).status_code == 302
    rule = {
        "do": "rule",
        "rule-code": "overdue",
        "rule-valid_from": "2026-03-02",
        "rule-trigger": "overdue_acceptance",
        "rule-days": 0,
        "rule-seat_code": "fenguan",
    }
    assert browser.send("assignments:escalation", **rule).status_code == 302

    assert Seat.objects.get().titles == ["区委副书记", "常务副区长"]
    assert EscalationRule.objects.get().acts is False
    assert "overdue" in browser.open("assignments:escalation").content.decode()
    assert signed_in(a_hat(Role.OFFICE_DIRECTOR)).open("assignments:escalation").status_code == 403
