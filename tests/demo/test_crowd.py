"""The crowd on file: as many as the figures say, finished and answered, the same each time and never twice."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Sum
from django.test import TestCase
from django.utils import timezone

from accounts.models import Organ
from accounts.roles import Role
from cases.categories import ContentCategory
from cases.checks import CHECKS
from cases.models import EarlierReply, Petition, PetitionClock, Petitioner
from cases.states import FROM_ABOVE, RegisterLevel, Routing, Source
from config.demo.content import read_world
from config.demo.crowd_content import read_crowd
from config.demo.making import make_world
from config.demo.particulars import id_number_of, phone_of
from config.demo.timetable import AT_THE_OFFICE
from indicators.sweeps import follow_history
from tests.cases.browsers import signed_in
from tests.given import a_hat

TODAY = date(2025, 10, 13)
CLOSING = timezone.make_aware(datetime.combine(TODAY, time(18, 0)))
CROWD = read_crowd()
# some that came in within the figures' months, left where they were registered
FEW = replace(
    read_world(),
    drafts=(),
    petitions=tuple(
        replace(petition, ways=(), scan="") for petition in read_world().petitions if petition.days_ago > 75
    ),
)


def _of_the_figures(year: int):
    return Petition.objects.exclude(routing=Routing.VOID).filter(
        sealed=False,
        register_level=RegisterLevel.COUNTY,
        registered_at__date__range=(date(year, 1, 1), date(year, 9, 30)),
    )


def test_every_matter_names_a_category_and_units_that_there_are():
    units = {organ.code for organ in read_world().organs} | {"township"}
    groups = {group for year in CROWD.years for _place, group in year.cells}

    assert set(CROWD.matters) == groups
    for group, matters in CROWD.matters.items():
        assert len(matters) >= 6
        for matter in matters:
            assert CROWD.group_of(matter.category) == group
            assert set(matter.units) <= units
            assert len(matter.wordings) >= 2


def test_nobody_shares_a_telephone_or_a_card_with_anybody_else():
    numbers = range(20_000)

    assert len({phone_of(number) for number in numbers}) == 20_000
    assert len({id_number_of(number) for number in numbers}) == 20_000


@pytest.mark.wide
class TestSmallCrowd(TestCase):
    """A thirtieth of the crowd, made in one go around a few petitions."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.made = make_world(FEW, CROWD, today=TODAY, latest=CLOSING, percent=4)
        connection.check_constraints()

    def _crowd(self):
        return Petition.objects.filter(earlier_reply__isnull=False)

    def test_month_by_month_it_is_its_share_of_the_figures(self):
        for figures in CROWD.years:
            year = TODAY.year - figures.years_back
            months = Counter(
                timezone.localdate(moment).month
                for moment in _of_the_figures(year).values_list("registered_at", flat=True)
            )
            wanted = {month: number * 4 // 100 for month, number in figures.petitions.items()}
            assert sum(months.values()) == sum(wanted.values())
        assert self.made.crowd == self._crowd().count()

    def test_each_is_finished_with_the_reply_of_a_unit_after_it_was_registered(self):
        assert set(self._crowd().values_list("routing", flat=True)) == {Routing.FINISHED}
        names = {organ.name for organ in read_world().organs}
        for reply in EarlierReply.objects.select_related("petition"):
            assert reply.unit in names
            assert reply.petition.registered_at < reply.replied_at <= CLOSING
            assert "{" not in reply.text

    def test_most_were_answered_in_time_and_who_was_late_was_late_twice(self):
        met = PetitionClock.objects.filter(petition__in=self._crowd())

        late = set(met.exclude(breached_at=None).values_list("petition", flat=True))
        assert met.filter(met_at=None).count() == 0
        assert len(late) < self.made.crowd * 0.1
        assert set(met.filter(petition__in=late).values_list("breached_at", flat=True)) != {None}

    def test_who_takes_it_in_person_does_so_on_working_days_in_office_hours(self):
        for petition in self._crowd().filter(channel__in=AT_THE_OFFICE):
            received = timezone.localtime(petition.received_at)
            assert time(8, 30) <= received.time() <= time(17, 0)
            assert petition.received_at < petition.registered_at

    def test_they_came_from_all_four_levels_with_the_numbers_they_had_there(self):
        sources = Counter(self._crowd().values_list("source", flat=True))
        from_above = self._crowd().filter(source__in=FROM_ABOVE)

        assert sources[Source.SELF_RECEIVED] > self.made.crowd / 2
        assert len(set(from_above.values_list("superior_number", flat=True))) == from_above.count() > 5
        assert set(from_above.values_list("superior_organ", flat=True)) >= {"市信访局", "省信访局"}

    def test_numbers_follow_the_days_and_no_check_finds_a_fault(self):
        for year in (2024, 2025):
            rows = Petition.objects.filter(number__startswith=f"LS{year}-").order_by("number")
            moments = list(rows.values_list("registered_at", flat=True))
            assert moments == sorted(moments)
        assert [fault for check in CHECKS.values() for fault in check(CLOSING)] == []

    def test_persons_are_as_many_as_are_named_or_more_and_texts_differ(self):
        named = self._crowd().annotate(named=Count("people")).values_list("petitioner_count", "named")
        texts = self._crowd().values_list("words__text", flat=True)

        assert all(1 <= names <= count for count, names in named)
        assert len(set(texts)) == len(texts)
        assert all(20 < len(text) < 400 and "{" not in text for text in texts)

    def test_a_second_run_adds_nothing_on_that_day_or_any_later(self):
        before = Petition.objects.count()
        for days in (0, 1, 100):
            made = make_world(
                FEW,
                CROWD,
                today=TODAY + timedelta(days=days),
                latest=CLOSING + timedelta(days=days),
                percent=4,
            )
            assert (made.petitions, made.crowd) == (0, 0)
        assert Petition.objects.count() == before

    def test_what_a_killed_run_left_out_is_made_up_and_is_the_same(self):
        planned = set(self._crowd().values_list("submission_id", "words__text"))

        assert make_world(FEW, CROWD, today=TODAY, latest=CLOSING, percent=5).crowd > 0

        assert planned < set(self._crowd().values_list("submission_id", "words__text"))


@pytest.mark.wide
class TestWholeCrowd(TestCase):
    """The district at the size of the newspaper's figures, around the petitions that were registered."""

    @classmethod
    def setUpTestData(cls) -> None:
        world = read_world()
        standing = replace(
            world,
            drafts=(),
            petitions=tuple(replace(petition, ways=(), scan="") for petition in world.petitions),
        )
        cls.made = make_world(standing, CROWD, today=TODAY, latest=CLOSING)
        connection.check_constraints()

    def test_the_district_has_the_figures_that_were_printed(self):
        for year, figures in ((2025, (1823, 2580)), (2024, (2048, 3217))):
            rows = _of_the_figures(year)
            assert (rows.count(), rows.aggregate(persons=Sum("petitioner_count"))["persons"]) == figures

    def test_i14_the_dashboard_says_what_the_newspaper_printed(self):
        follow_history()
        director = a_hat(Role.OFFICE_DIRECTOR, organ=Organ.objects.get(code="LS"))

        with time_machine.travel(CLOSING, tick=False):
            browser = signed_in(director)
            page = browser.open("reports:dashboard", query={"since": "2025-01-01", "until": "2025-09-30"})

        said = page.content.decode()
        for printed in ("1,823", "2,580", "▼ 11.0 %", "▼ 19.8 %", "2,048", "3,217"):
            assert printed in said
        assert page.context["shown"].batches_change == "▼ 11.0 %"
        assert page.context["shown"].persons_change == "▼ 19.8 %"

    def test_last_year_has_each_place_group_and_month_as_planned(self):
        figures = CROWD.years[1]
        labels = {
            pk: label.replace(" › ", "/") for pk, label in ContentCategory.objects.values_list("pk", "label")
        }
        rows = list(
            _of_the_figures(2024).values_list("place__code", "content_category", "registered_at", "channel")
        )

        cells = Counter((place[:9], CROWD.group_of(labels[category])) for place, category, *_rest in rows)
        months = Counter(timezone.localdate(moment).month for *_place, moment, _channel in rows)
        assert cells == Counter({cell: wanted for cell, wanted in figures.cells.items() if wanted})
        assert months == dict(figures.petitions)
        channels = Counter(channel for *_rest, channel in rows)
        assert [channel for channel, _count in channels.most_common(2)] == ["web", "visit"]

    def test_about_97_of_a_hundred_were_answered_in_time(self):
        answered = PetitionClock.objects.filter(code="T5", met_at__isnull=False)

        in_time = answered.filter(breached_at=None).count() / answered.count()
        assert 0.96 < in_time < 0.985

    def test_the_same_letter_was_meant_and_some_write_again(self):
        same = Petition.objects.values("words__text_hash").annotate(many=Count("pk")).filter(many__gt=1)

        assert [count for count in same.values_list("many", flat=True) if not 6 <= count <= 9] == []
        assert same.count() == len(CROWD.bulks)
        telephones = Petitioner.objects.filter(is_main=True, phone_index__isnull=False).values("phone_index")
        assert telephones.annotate(many=Count("pk")).filter(many__gt=1).count() > 300

    def test_check_world_passes(self):
        said = StringIO()

        call_command("check_world", stdout=said)

        assert said.getvalue().count("no faults") == len(CHECKS)
