"""The demo's clean-up of tricycles was postponed, talked over, adjusted and made; guides are published; made once."""

from datetime import date, datetime, time

import pytest
from django.test import TestCase
from django.utils import timezone

from accounts.roles import Role
from config.demo.content import read_world
from config.demo.deciding import decide
from config.demo.desks import Desks
from config.demo.guiding import guide
from config.demo.house import make_house
from hearings.decision_states import AssessmentResult, DecisionState
from hearings.models import PlannedDecision, RiskAssessment
from hearings.waiting import risks_that_wait_for
from portal.models import ServiceGuide

TODAY = date(2026, 6, 17)
LATEST = timezone.make_aware(datetime.combine(TODAY, time(18, 0)))


@pytest.mark.wide
class TestDeciding(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_house(read_world(), today=TODAY)
        cls.decided, cls.guided = decide(latest=LATEST), guide(latest=LATEST)

    def test_the_clean_up_was_postponed_talked_over_adjusted_and_made(self):
        plan = PlannedDecision.objects.get(state=DecisionState.MADE)
        first, second = RiskAssessment.objects.filter(draft__decision=plan).order_by("begun_at")
        assert (first.result, first.controllable) == (AssessmentResult.POSTPONE, False)
        assert (second.result, second.draft.number) == (AssessmentResult.GO, 2)
        assert (second.consultations.count(), second.follow_ups.count()) == (2, 1)
        (heard,) = second.hearings.all()
        assert (heard.state, heard.draft.number, heard.attendees.count()) == ("studied", 1, 3)
        assert max(each.noted_at for each in second.follow_ups.all()) <= LATEST

    def test_another_waits_for_the_head_of_its_unit(self):
        desks = Desks(TODAY)
        assert risks_that_wait_for(desks.one("SC", Role.UNIT_HEAD)) == 1
        assert risks_that_wait_for(desks.one("CG", Role.UNIT_HEAD)) == 0

    def test_guides_of_two_units_are_published(self):
        assert ServiceGuide.objects.valid_on(TODAY).count() == 2

    def test_they_are_made_once(self):
        assert (self.decided, self.guided) == (2, 2)
        assert (decide(latest=LATEST), guide(latest=LATEST)) == (0, 0)
