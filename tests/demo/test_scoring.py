"""The demo's rules of scores: those of this year hold, another version waits to be adopted; made once."""

from datetime import date, datetime, time

import pytest
from django.test import TestCase
from django.utils import timezone

from config.demo.content import read_world
from config.demo.house import make_house
from config.demo.scores import keep_scores
from config.demo.scoring import score
from scoring.models import MonthClose, RateReading, RuleSet
from scoring.states import Scope, SetState

TODAY = date(2026, 6, 17)
LATEST = timezone.make_aware(datetime.combine(TODAY, time(18, 0)))


@pytest.mark.wide
class TestScoring(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_house(read_world(), today=TODAY)
        cls.made = score(latest=LATEST)
        keep_scores(latest=LATEST)

    def test_each_kind_of_unit_has_rules_that_hold_today(self):
        held = RuleSet.objects.adopted().filter(valid_from__lte=TODAY, valid_to__gte=TODAY)
        assert {row.scope for row in held} == set(Scope)

    def test_another_version_waits_to_be_adopted(self):
        waits = RuleSet.objects.get(state=SetState.DRAFT)
        assert (waits.version, waits.rules.exists()) == (2, True)

    def test_they_are_made_once(self):
        assert (self.made, score(latest=LATEST)) == (4, 0)

    def test_last_month_is_closed_with_every_unit_that_has_rules(self):
        close = MonthClose.objects.get()
        assert (close.name, close.lines.exists()) == ("2026-05", True)
        assert {line.rule_set.scope for line in close.lines.select_related("rule_set")} == set(Scope)

    def test_rates_of_periods_that_are_over_are_read(self):
        assert not RateReading.objects.filter(until__gt=TODAY).exists()

    def test_the_ledger_is_begun_once(self):
        assert (keep_scores(latest=LATEST), MonthClose.objects.count()) == (0, 1)
