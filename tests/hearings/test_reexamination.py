"""A hearing within a re-examination: its time is left out, and its conclusion goes into the opinion (Art 36(1)(2))."""

from datetime import date

import pytest
from django.utils import timezone

from cases.models import HearingTime
from cases.states import ClockCode
from hearings.actions import asking
from hearings.states import HearingState
from lib.errors import NotAllowed, OutOfTurn
from tests.cases.handling import given as ways
from tests.cases.handling.given import at
from tests.cases.remedies import given as remedies
from tests.hearings import given

pytestmark = pytest.mark.django_db


def ask(contested, by, now):
    asked = given.asks(applied_on=timezone.localdate(now))
    return asking.ask_hearing(contested.pk, asked, by=by, now=now)


def granted(contested, now):
    hearing = ask(contested, contested.city.officer, now)
    return asking.decide_hearing(hearing.pk, agree=True, by=contested.city.head, now=now)


def a_finished_one():
    contested = remedies.served()
    ways.finish(contested.case, now=at(3, 10))
    contested = remedies.reviewed(remedies.accepted(remedies.requested(contested)))
    return remedies.in_reexamination(contested)


def test_the_reexamining_organ_hears_the_parties_though_the_petition_is_finished():
    contested = a_finished_one()

    hearing = granted(contested, at(4, 13))

    time = HearingTime.objects.get(hearing=hearing.pk)
    assert (hearing.state, time.since, time.until) == (HearingState.GRANTED, date(2026, 4, 13), None)
    assert contested.clock(ClockCode.T10).last_day is None


def test_a_hearing_called_off_lets_the_days_count_again():
    contested = a_finished_one()
    hearing = granted(contested, at(4, 13))

    asking.call_off_hearing(hearing.pk, reason="申请人撤回", by=contested.city.head, now=at(4, 16))

    # 10 May and the three days between
    assert contested.clock(ClockCode.T10).last_day == date(2026, 5, 13)


def test_the_reviewing_organ_hears_nobody_on_a_finished_petition():
    contested = a_finished_one()

    with pytest.raises((NotAllowed, OutOfTurn)):
        ask(contested, contested.district.officer, at(4, 13))


def test_a_hearing_during_the_handling_stops_no_period():
    held = given.granted()

    assert not HearingTime.objects.filter(hearing=held.pk).exists()
