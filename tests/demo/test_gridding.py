"""The demo's community has fifteen grids and 178 leaders, and events in every state; it is made once."""

from datetime import date, datetime, time

import pytest
from django.db.models import Count
from django.test import TestCase
from django.utils import timezone

from accounts.hats import hats_of
from accounts.models import User
from config.demo.content import read_world
from config.demo.gridding import keep_grids
from config.demo.house import make_house
from config.demo.tiers import make_tiers
from grids.event_states import EventState
from grids.models import EventLift, Grid, GridEvent, GridStaff
from grids.states import Part

TODAY = date(2026, 6, 17)
LATEST = timezone.make_aware(datetime.combine(TODAY, time(18, 0)))


@pytest.mark.wide
class TestGridding(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_house(read_world(), today=TODAY)
        make_tiers(today=TODAY)
        cls.done = keep_grids(today=TODAY, latest=LATEST)

    def test_fifteen_grids_have_15_52_and_111_leaders(self):
        leaders = GridStaff.objects.standing().filter(part=Part.LEADER)
        levels = dict(leaders.values_list("level").annotate(number=Count("pk")))

        assert Grid.objects.posted().count() == 15
        assert levels == {1: 15, 2: 52, 3: 111}

    def test_events_stand_in_every_state_but_the_last_of_a_petition(self):
        assert GridEvent.objects.count() > 30
        states = set(GridEvent.objects.values_list("state", flat=True))
        assert states >= set(EventState) - {EventState.CONVERTED, EventState.VERIFIED}
        assert EventLift.objects.count() == 2
        assert not GridEvent.objects.filter(received_at__gt=LATEST).exists()

    def test_whoever_signs_in_as_worker_sees_the_events_of_his_own_grid_alone(self):
        (hat,) = hats_of(User.objects.get(username="wangge"), on=TODAY)
        seen = GridEvent.objects.visible_to(hat)
        assert seen.count() > 5
        assert set(seen.values_list("grid__code", flat=True)) == {"YN04"}

    def test_it_is_made_once(self):
        assert self.done > 40
        assert keep_grids(today=TODAY, latest=LATEST) == 0
