"""The demo world as made: who can sign in, what each may see and has to do, and that it is made only once."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory, TestCase, override_settings
from django.utils import timezone

from accounts.hats import hats_of
from accounts.models import Absence, Organ, Portfolio, Post, User
from accounts.roles import Role
from audit.models import Entry
from audit.sweeps import close_block
from cases.models import (
    Acceptance,
    Attachment,
    Claim,
    CoHandling,
    Draft,
    Extension,
    Handling,
    JoinedMatter,
    JurisdictionDispute,
    OtherEnd,
    Petition,
    PetitionClock,
    ReportedParty,
    Resolution,
    Route,
    SearchText,
)
from cases.searchable import search_text_of_stored
from cases.states import (
    Basis,
    Channel,
    ClaimDecision,
    ClockCode,
    EndKind,
    HandlingState,
    NonAcceptReason,
    Purpose,
    Receipt,
    RouteKind,
    Routing,
)
from config.demo.content import DemoWorld, read_world
from config.demo.content_of_ways import Until
from config.demo.house import make_house
from config.demo.logins import LOGINS, PASSWORD
from config.demo.making import make_world
from config.demo.registering import submission_id_of
from deadlines.lamps import Colour, lamp_of
from desk.my_work import my_work
from documents.models import Document
from documents.states import DocumentKind, State

TODAY = date(2026, 6, 17)
CLOSING = timezone.make_aware(datetime.combine(TODAY, time(18, 0)))


def _make(*, demo: bool = True) -> str:
    said = StringIO()
    with override_settings(DEMO=demo):
        call_command("make_demo", today=TODAY, percent=0, stdout=said)
    return said.getvalue()


def _hat(role: Role):
    username = dict(LOGINS)[role]
    return next(hat for hat in hats_of(User.objects.get(username=username), on=TODAY) if hat.role == role)


# The oldest petitions: the others came in after them, so that numbers still follow the days.
OLD = 72


def _cut_off(world: DemoWorld) -> DemoWorld:
    """Return the world as far as a first run came that was cut off: the oldest petitions, sent to their units."""
    old = [petition for petition in world.petitions if petition.days_ago >= OLD]
    return replace(
        world,
        drafts=(),
        petitions=tuple(
            replace(
                petition,
                ways=tuple(
                    replace(way, until=Until.DELIVERED, finished=False, resolved=None)
                    for way in petition.ways
                ),
            )
            for petition in old
        ),
    )


@pytest.mark.wide
class TestDemoWorld(TestCase):
    """Made once for the tests of this class, in two goes, as after a first run that was cut off."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.opened_before_the_cut = make_house(read_world(), today=TODAY)
        cls.before_the_cut = make_world(_cut_off(read_world()), today=TODAY, latest=CLOSING)
        cls.said = _make()
        # What the database asks at the end of a transaction, asked once and not again after each test.
        connection.check_constraints()

    def test_a_half_made_world_is_completed_and_nothing_made_twice(self):
        registered = self.before_the_cut.petitions
        assert self.opened_before_the_cut == User.objects.count() == len(read_world().staff)
        assert registered > 5
        assert self.before_the_cut.deeds > registered
        assert f"0 accounts, {200 - registered} petitions" in self.said
        assert (
            Document.objects.filter(kind=DocumentKind.D02, case__petition__in=self._old()).count()
            <= registered
        )

    def _old(self):
        return Petition.objects.filter(
            submission_id__in=[submission_id_of(petition) for petition in _cut_off(read_world()).petitions]
        )

    def test_petitions_stand_in_every_state(self):
        assert Counter(Petition.objects.values_list("routing", flat=True)) == {
            Routing.REGISTERED: 40,
            Routing.ROUTED: 119,
            Routing.ENDED: 2,
            Routing.FINISHED: 37,
            Routing.VOID: 2,
        }
        standing = Handling.objects.filter(ended_at=None)
        assert Counter(standing.values_list("receipt", flat=True)) == {
            Receipt.DELIVERED: 17,
            Receipt.OBJECTION_PENDING: 3,
            Receipt.RECEIVED: 136,
        }
        assert Counter(standing.values_list("state", flat=True)) == {
            HandlingState.UNDER_REVIEW: 37,
            HandlingState.NOT_ACCEPTED: 10,
            HandlingState.INVESTIGATING: 63,
            HandlingState.OPINION_ISSUED: 13,
            HandlingState.SERVED: 20,
            HandlingState.EXECUTING: 6,
            HandlingState.EXECUTED: 7,
        }
        assert Handling.objects.filter(receipt=Receipt.RETURNED).count() == 2
        assert standing.filter(deemed_received=True).count() == 4

    def test_claims_ended_in_every_lawful_way(self):
        declined = (ClaimDecision.NOT_ACCEPTED, ClaimDecision.NO_LONGER_ACCEPTED)
        refused = Acceptance.objects.filter(claim__decision__in=declined)
        led = Claim.objects.filter(decision=ClaimDecision.LED)

        assert set(refused.values_list("reason", flat=True)) == set(NonAcceptReason)
        assert set(led.values_list("statutory_route", flat=True)) == {"RT1", "RT2", "RT4", "RT5"}
        assert set(Route.objects.values_list("kind", flat=True)) == set(RouteKind)
        kept = Route.objects.filter(kind=RouteKind.KEEP)
        assert (kept.exclude(countersigned_at=None).count(), kept.count()) == (2, 3)
        assert Resolution.objects.exclude(confirmed_at=None).count() == 4

    def test_petitions_ended_otherwise_in_every_way_one_was_joined_and_one_is_in_dispute(self):
        ends = OtherEnd.objects.filter(reopened_at=None, petition__routing=Routing.ENDED)
        joined = JoinedMatter.objects.get()

        assert Counter(ends.values_list("kind", flat=True)) == dict.fromkeys(EndKind, 1)
        assert joined.petition.routing == Routing.ROUTED
        assert joined.petition.clocks.filter(code=ClockCode.T1, met_at=None).count() == 0
        assert JurisdictionDispute.objects.filter(settled_at=None).count() == 1

    def test_litigation_related_ones_went_where_the_law_has_them_or_it_is_said_why(self):
        routed = Route.objects.filter(petition__litigation_related=True, ended_at=None)

        assert routed.count() >= 5
        unsaid = [
            route
            for route in routed.filter(reason="").select_related("petition")
            if not (
                route.kind == RouteKind.GUIDE
                if route.petition.channel == Channel.VISIT
                else route.petition.handlings.get().organ.is_political_legal
            )
        ]
        assert unsaid == []

    def test_extensions_wait_were_granted_and_were_refused(self):
        assert Counter(Extension.objects.values_list("approved", flat=True)) == {None: 3, True: 2, False: 2}

    def test_units_were_asked_for_help_and_fed_back(self):
        assert CoHandling.objects.filter(fed_back_at=None).exists()
        assert CoHandling.objects.exclude(fed_back_at=None).count() >= 5

    def test_files_hang_on_some_and_one_form_is_parked(self):
        assert Attachment.objects.filter(removed_at=None).count() == 6
        assert Draft.objects.filter(post__user__username="dengji").count() == 1

    def test_papers_are_numbered_in_the_order_of_their_days(self):
        for organ in Organ.objects.filter(documents__number__gt="").distinct():
            series = (
                Document.objects.filter(organ=organ, uploaded=False)
                .exclude(number="")
                .order_by("issued_at", "pk")
            )
            last: dict[str, int] = {}
            for number in series.values_list("number", flat=True):
                stem, _bracket, rest = number.partition("〕")
                serial = int(rest.removesuffix("号"))
                assert serial == last.get(stem, 0) + 1, number
                last[stem] = serial

    def test_nothing_is_late_but_what_is_meant_to_be(self):
        late = PetitionClock.objects.open().filter(due_at__lte=CLOSING).exclude(code="T1a")
        meant = {petition.title: petition.late for petition in read_world().petitions if petition.late}

        assert dict(late.values_list("petition__words__title", "code")) == meant
        assert Counter(meant.values()) == {"T1": 2, "T5": 3}

    def test_no_clock_runs_on_what_is_finished_ended_or_void(self):
        ended = Petition.objects.filter(routing__in=[Routing.FINISHED, Routing.VOID, Routing.ENDED])
        # a finished one may be contested: then the period is the reviewing organ's
        running = PetitionClock.objects.open().filter(petition__in=ended, remedy=None).exclude(code="TE")

        assert list(running.values_list("petition__words__title", "code")) == []

    def test_everybody_who_has_part_in_petitions_has_work_on_the_desk(self):
        # who has part by an instruction, a briefing or a grid alone, has none in these petitions yet
        by_themselves = {Role.LEADER_SECRETARY, Role.GRID_WORKER, Role.GRID_LEADER}
        works = {role: my_work(_hat(role), now=CLOSING) for role, _ in LOGINS if role not in by_themselves}

        idle = [
            role
            for role, work in works.items()
            if not work["administrator"] and not any(box.count for box in work["boxes"])
        ]
        assert idle == []

    def test_the_housing_bureau_has_a_full_desk(self):
        leads = Handling.objects.filter(organ__code="ZJ", ended_at=None)
        drafts = Document.objects.filter(organ__code="ZJ", state=State.DRAFT)

        assert leads.filter(receipt=Receipt.DELIVERED).count() == 3
        assert leads.filter(state=HandlingState.INVESTIGATING).count() >= 12
        assert drafts.filter(kind=DocumentKind.D15).count() == 2
        assert drafts.filter(kind=DocumentKind.D05).count() == 2
        assert Extension.objects.filter(organ__code="ZJ", decided_at=None).count() == 1

    def test_whoever_issues_opinions_has_a_reviewer_an_officer_and_a_head(self):
        for organ in Organ.objects.filter(handlings__isnull=False).distinct():
            roles = set(Post.objects.filter(organ=organ).values_list("role", flat=True))
            assert organ.next_higher_id is not None, organ
            assert {Role.CASE_OFFICER, Role.UNIT_HEAD} <= roles, organ

    def test_the_numbers_and_the_audit_hold(self):
        said = StringIO()
        close_block(now=CLOSING)

        call_command("check_numbers", stdout=said)
        call_command("verify_audit", stdout=said)

        assert "no gap" in said.getvalue()

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

        assert {lamp.colour for lamp in lamps} >= {Colour.GREEN, Colour.AMBER, Colour.RED}

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

    def test_a_leader_sees_what_lies_in_his_places_and_what_his_organs_have_part_in(self):
        hat = _hat(Role.LEADER)
        led = Portfolio.objects.filter(post=hat.post, organ__isnull=False).values_list(
            "organ__path", flat=True
        )

        theirs = Petition.objects.visible_to(hat).prefetch_related("involvements__organ")
        outside = [
            petition
            for petition in theirs.select_related("place")
            if not petition.place.code.startswith("141102003")
            # what was put before him stands with him wherever it lies
            and not any(
                part.post_id == hat.post.pk and Basis.LIFTED in part.bases
                for part in petition.involvements.all()
            )
            and not any(
                part.organ is not None and part.organ.path.startswith(path)
                for part in petition.involvements.all()
                for path in led
            )
        ]

        assert theirs.filter(place__code__startswith="141102003").exists()
        assert outside == []
        assert Portfolio.objects.filter(post=_hat(Role.LEADER).post, organ__isnull=False).count() == 2

    def test_townships_registered_some_themselves(self):
        kinds = set(Petition.objects.values_list("register_organ__kind", flat=True))

        assert kinds == {"petition_office", "township"}

    def test_one_person_has_two_posts_and_one_acts_for_another(self):
        absence = Absence.objects.get()

        assert len(hats_of(User.objects.get(username="lianxi"), on=TODAY)) == 2
        assert absence.post in [hat.post for hat in hats_of(absence.deputy, on=TODAY) if hat.acts_for]

    def test_the_search_knows_every_open_petition_as_it_stands_and_no_sealed_one(self):
        rows = SearchText.objects.select_related("petition__words")
        stale = [
            row.petition.number
            for row in rows
            if (row.words, row.month) != ((anew := search_text_of_stored(row.petition)).words, anew.month)
        ]

        assert stale == []
        assert not rows.filter(petition__sealed=True).exists()
        assert rows.count() == Petition.objects.filter(sealed=False).count()

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
