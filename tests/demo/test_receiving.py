"""The demo's receptions, stations and public page come to the newspaper's figures, and are made once."""

from datetime import date, datetime, time

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organ
from config.demo.content import PETITION_OFFICE, read_world
from config.demo.house import make_house
from config.demo.receiving import receive
from leadership.models import DutyDay, Station, Substitution, Ticket
from leadership.reception_figures import figures
from leadership.reception_states import TicketState
from leadership.station_pages import stations_page
from portal.models import Publication
from portal.states import Topic
from tests.cases.given import a_petition
from tests.given import a_hat

TODAY = date(2026, 6, 17)
LATEST = timezone.make_aware(datetime.combine(TODAY, time(18, 0)))


@pytest.mark.wide
class TestReceiving(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_house(read_world(), today=TODAY)
        for _number in range(5):
            a_petition(now=LATEST, received_at=LATEST)
        cls.done = receive(latest=LATEST)

    def test_the_secretary_took_62_down_with_88_persons_and_the_district_head_60_with_90(self):
        office = Organ.objects.get(code=PETITION_OFFICE)
        counted = figures(office, since=date(2026, 1, 1), until=TODAY, today=TODAY)
        by_name = {one.post.user.username: one for one in counted}

        assert by_name["shuji"].done.field == (62, 88)
        assert by_name["quzhang"].done.field == (60, 90)
        assert by_name["shuji"].trips_wanted == 3

    def test_there_are_42_stations_and_200_mediations_before_litigation(self):
        page = stations_page(a_hat(), {"page": "3"}, now=LATEST, bound={})

        assert (page["page"].paginator.count, Station.objects.count()) == (42, 42)
        assert page["elsewhere"]["mediated"] == 200
        advice, mediation = page["totals"]
        assert (mediation["matters"], mediation["settled"], advice["matters"] > 0) == (200, 163, True)

    def test_mondays_are_the_secretarys_and_every_working_day_has_a_leader(self):
        mondays = DutyDay.objects.filter(day__week_day=2)
        assert set(mondays.values_list("planned__user__username", flat=True)) == {"shuji"}
        assert DutyDay.objects.filter(day__gt=TODAY).count() > 20
        assert Substitution.objects.count() == 1
        assert set(Ticket.objects.values_list("state", flat=True)) == {TicketState.SEEN, TicketState.WAITING}

    def test_the_public_page_says_what_the_office_is_to_publish(self):
        assert Publication.objects.standing().count() == len(Topic)
        page = Client().get(reverse("portal:entry"))
        assert (page.status_code, page.context["office"].code) == (200, PETITION_OFFICE)

    def test_it_is_made_once(self):
        assert self.done > 300
        assert receive(latest=LATEST) == 0
