"""The demo world as made: who can sign in, what each may see, and that making it again changes nothing."""

from datetime import date, datetime, time
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory, TestCase, override_settings
from django.utils import timezone

from accounts.hats import hats_of
from accounts.models import Absence, Organ, Portfolio, Post, User
from accounts.roles import Role
from audit.models import Entry
from cases.models import Petition, PetitionClock, ReportedParty
from cases.states import Channel, Purpose
from config.demo.content import read_world
from config.demo.house import make_house
from config.demo.logins import LOGINS, PASSWORD
from deadlines.lamps import Colour, lamp_of

TODAY = date(2026, 6, 17)
CLOSING = timezone.make_aware(datetime.combine(TODAY, time(18, 0)))


def _make(*, demo: bool = True) -> str:
    said = StringIO()
    with override_settings(DEMO=demo):
        call_command("make_demo", today=TODAY, stdout=said)
    return said.getvalue()


def _hat(role: Role):
    username = dict(LOGINS)[role]
    return next(hat for hat in hats_of(User.objects.get(username=username), on=TODAY) if hat.role == role)


class TestDemoWorld(TestCase):
    """Made once for the tests of this class, in two goes, as after a first run that was cut off."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.opened_before_the_cut = make_house(read_world(), today=TODAY)
        cls.said = _make()

    def test_a_half_made_world_is_completed_and_nothing_made_twice(self):
        assert self.opened_before_the_cut == User.objects.count() == len(read_world().staff)
        assert "0 accounts, 200 petitions" in self.said

    def test_there_are_forty_organs_in_the_district(self):
        assert Organ.objects.filter(place__path__contains="/141102/").count() == 40

    def test_a_login_of_every_role_opens_with_the_password_printed(self):
        request = RequestFactory().post("/sign-in/")

        refused = [
            name for _, name in LOGINS if authenticate(request, username=name, password=PASSWORD) is None
        ]

        assert refused == []

    def test_every_role_is_held_by_its_login_today(self):
        assert {_hat(role).role for role, _ in LOGINS} == set(Role)

    def test_two_hundred_petitions_came_in_by_every_channel(self):
        assert Petition.objects.count() == 200
        assert set(Petition.objects.values_list("channel", flat=True)) == set(Channel)

    def test_lamps_are_green_amber_and_red(self):
        lamps = [
            lamp_of(petition.next_due_at, petition.next_amber_at, CLOSING)
            for petition in Petition.objects.all()
        ]

        assert {lamp.colour for lamp in lamps} == {Colour.GREEN, Colour.AMBER, Colour.RED}

    def test_every_petition_runs_a_clock_and_wrote_its_audit_entry(self):
        assert Petition.objects.exclude(pk__in=PetitionClock.objects.values("petition")).count() == 0
        assert Entry.objects.filter(verb="petition.register").count() == 200

    def test_numbers_of_an_office_have_no_gap_and_follow_the_day(self):
        for organ in Organ.objects.filter(registered__isnull=False).distinct():
            for sealed in (False, True):
                rows = organ.registered.filter(sealed=sealed).order_by("number")
                serials = [int(number[-6:]) for number in rows.values_list("number", flat=True)]
                moments = list(rows.values_list("registered_at", flat=True))

                assert serials == list(range(1, len(serials) + 1)), organ
                assert moments == sorted(moments), organ

    def test_reports_are_sealed_and_reach_the_lane_alone(self):
        reports = Petition.objects.filter(purpose=Purpose.REPORT_ACCUSATION)
        open_lane = [role for role, _ in LOGINS if role != Role.SEALED_LANE_OFFICER]

        assert set(reports.values_list("sealed", flat=True)) == {True}
        assert Petition.objects.sealed_to(_hat(Role.SEALED_LANE_OFFICER)).count() == reports.count() == 8
        for role in open_lane:
            hat = _hat(role)
            assert not Petition.objects.visible_to(hat).filter(sealed=True).exists(), role
            assert not Petition.objects.sealed_to(hat).exists(), role

    def test_nobody_of_a_reported_unit_sees_the_report(self):
        for party in ReportedParty.objects.select_related("petition").exclude(organ=None):
            for post in Post.objects.filter(organ=party.organ).select_related("user"):
                for hat in hats_of(post.user, on=TODAY):
                    assert not Petition.objects.visible_to(hat).filter(pk=party.petition_id).exists()
                    assert not Petition.objects.sealed_to(hat).filter(pk=party.petition_id).exists()

    def test_a_leader_sees_what_lies_in_his_places(self):
        theirs = Petition.objects.visible_to(_hat(Role.LEADER))

        assert theirs.exists()
        assert set(theirs.values_list("place__code", flat=True).distinct()) <= {
            code
            for code in {petition.place for petition in read_world().petitions}
            if code.startswith("141102003")
        }
        assert Portfolio.objects.filter(post=_hat(Role.LEADER).post, organ__isnull=False).count() == 2

    def test_townships_registered_some_themselves(self):
        kinds = set(Petition.objects.values_list("register_organ__kind", flat=True))

        assert kinds == {"petition_office", "township"}

    def test_one_person_has_two_posts_and_one_acts_for_another(self):
        absence = Absence.objects.get()

        assert len(hats_of(User.objects.get(username="lianxi"), on=TODAY)) == 2
        assert absence.post in [hat.post for hat in hats_of(absence.deputy, on=TODAY) if hat.acts_for]

    def test_making_it_again_changes_nothing(self):
        before = (
            Petition.objects.count(),
            User.objects.count(),
            Organ.objects.count(),
            Entry.objects.count(),
        )

        said = _make()

        after = (Petition.objects.count(), User.objects.count(), Organ.objects.count(), Entry.objects.count())
        assert after == before
        assert "nothing was changed" in said


@pytest.mark.django_db
def test_outside_the_demo_it_is_refused():
    with pytest.raises(CommandError, match="DEMO=true"):
        _make(demo=False)

    assert not User.objects.exists()


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_a_day_to_come_is_refused():
    with pytest.raises(CommandError, match="future"):
        call_command("make_demo", today=date(9999, 1, 1))

    assert not User.objects.exists()
