"""The demo's ground: what residents told, the flood season's round, weekly rounds, the diary, a courtyard."""

from datetime import date, datetime, time

import pytest
from django.db.models import Sum
from django.test import TestCase
from django.utils import timezone

from config.demo.content import read_world
from config.demo.gridding import keep_grids
from config.demo.grounding import work_the_ground
from config.demo.house import make_house
from config.demo.tiers import make_tiers
from grids.event_states import EventState, Origin
from grids.gathering_states import GatheringState
from grids.models import DiaryNote, DirectReport, Gathering, GridEvent, HouseholdCard, Round, RoundPlan
from grids.round_pages import progress_of
from portal.models import Telling

TODAY = date(2026, 6, 17)
LATEST = timezone.make_aware(datetime.combine(TODAY, time(18, 0)))


@pytest.mark.wide
class TestGrounding(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_house(read_world(), today=TODAY)
        make_tiers(today=TODAY)
        keep_grids(today=TODAY, latest=LATEST)
        cls.done = work_the_ground(today=TODAY, latest=LATEST)

    def test_residents_told_events_a_petition_and_one_thing_that_names_a_cadre(self):
        states = set(GridEvent.objects.filter(origin=Origin.QR).values_list("state", flat=True))
        assert states == {EventState.REPORTED, EventState.HANDED_OVER}
        assert (Telling.objects.count(), DirectReport.objects.count()) == (4, 1)

    def test_in_the_flood_season_30_people_of_5_groups_found_20_problems_in_15_grids(self):
        plan = RoundPlan.objects.get(occasion="汛期")
        found = progress_of(Round.objects.filter(plan=plan), TODAY)

        assert plan.groups.count() == 5
        assert plan.groups.aggregate(people=Sum("members"))["people"] == 30
        assert (found.rounds, found.done, found.found, found.struck) == (15, 15, 20, 19)
        assert (found.late, found.missed, found.percent) == (0, 0, "95.0")

    def test_of_last_weeks_rounds_two_were_missed_and_this_weeks_wait(self):
        weekly = Round.objects.filter(plan__occasion="")
        found = progress_of(weekly, TODAY)
        assert (found.rounds, found.done, found.zero, found.missed) == (30, 13, 13, 2)
        assert weekly.filter(missed_at__isnull=False).count() == 2

    def test_the_diary_is_of_places_and_a_card_is_sealed(self):
        assert DiaryNote.objects.count() == 3 and HouseholdCard.objects.count() == 1

    def test_gatherings_are_followed_up_held_and_in_the_calendar(self):
        states = set(Gathering.objects.values_list("state", flat=True))
        assert states == {GatheringState.FOLLOWED, GatheringState.HELD, GatheringState.PLANNED}

    def test_it_is_made_once(self):
        assert self.done > 40
        assert work_the_ground(today=TODAY, latest=LATEST) == 0
