"""Gatherings that repeat: put into the calendar by the clock, once a day, and one day alone can be called off."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from audit.models import Entry
from grids import sweeps
from grids.actions.gatherings import SeriesFacts, call_off_gathering, end_series, enter_series
from grids.actions.hierarchy import close_grid
from grids.gathering_states import GatheringKind, GatheringState, Repeat
from grids.models import Gathering, GatheringSeries
from grids.repeats import days_of
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program, post
from tests.given import MONDAY
from tests.grids.given import NEXT_DOOR, a_clerk, a_community, a_grid, a_worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
TODAY = timezone.localdate(MONDAY)
A_WEEK = timedelta(days=7)


def a_series(by, *, now=MONDAY, **given):
    usual = {
        "kind": GatheringKind.COUNCIL,
        "topic": "每周说事议事",
        "place": "红色议事厅",
        "repeat": Repeat.WEEK,
        "first_on": TODAY,
    }
    return enter_series(SeriesFacts(**{**usual, **given}), by=by, now=now)


def days(series):
    return list(series.gatherings.order_by("held_on").values_list("held_on", flat=True))


@pytest.mark.parametrize(
    ("repeat", "first", "expected"),
    [
        pytest.param(Repeat.WEEK, date(2026, 2, 27), [(2, 27), (3, 6), (3, 13)], id="every Friday"),
        pytest.param(Repeat.TEN_DAYS, date(2026, 1, 9), [(1, 9), (1, 19), (1, 29), (2, 9)], id="of each 旬"),
        pytest.param(
            Repeat.TEN_DAYS, date(2026, 1, 21), [(1, 21), (2, 1), (2, 11)], id="no eleventh day of a 旬"
        ),
        pytest.param(Repeat.MONTH, date(2026, 1, 31), [(1, 31), (2, 28), (3, 31)], id="a shorter month"),
    ],
)
def test_days_follow_from_the_first_one(repeat, first, expected):
    found = list(days_of(repeat, first=first, until=None, through=date(2026, 12, 31)))
    assert [(day.month, day.day) for day in found[: len(expected)]] == expected
    last = date(2026, *expected[1])
    assert list(days_of(repeat, first=first, until=last, through=date(2026, 12, 31)))[-1] == last


def test_the_clock_puts_each_day_into_the_calendar_once_and_makes_up_for_nothing_that_is_past():
    clerk = a_clerk()
    series = a_series(clerk, grid_id=a_grid(by=clerk).pk)
    assert days(series) == [TODAY + n * A_WEEK for n in range(6)]
    assert Gathering.objects.first().entered_by == clerk.post

    assert sweeps.enter_gatherings(now=MONDAY) == 0
    assert sweeps.enter_gatherings(now=MONDAY + A_WEEK) == 1
    assert sweeps.enter_gatherings(now=MONDAY + 20 * A_WEEK) == 6
    assert TODAY + 10 * A_WEEK not in days(series)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gathering.objects.create(
            series=series, organ=series.organ, kind=series.kind, topic="x", place="x", held_on=TODAY,
            entered_by=clerk.post, entered_at=MONDAY,
        )  # fmt: skip


def test_of_a_grid_that_was_closed_no_further_day_is_entered():
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    a_series(clerk, grid_id=grid.pk)
    close_grid(grid.pk, reason="并入", by=clerk, now=MONDAY)
    assert sweeps.enter_gatherings(now=MONDAY + A_WEEK) == 0


def test_one_day_alone_is_called_off_and_stays_so():
    clerk = a_clerk()
    series = a_series(clerk)
    holiday = series.gatherings.get(held_on=TODAY + A_WEEK)

    call_off_gathering(holiday.pk, reason="放假", by=clerk, now=MONDAY)
    assert sweeps.enter_gatherings(now=MONDAY) == 0
    planned = series.gatherings.filter(state=GatheringState.PLANNED)
    assert planned.count() == 5 and not planned.filter(held_on=TODAY + A_WEEK).exists()


def test_a_series_that_is_ended_repeats_no_longer_and_what_was_stays():
    clerk = a_clerk()
    series = a_series(clerk)
    with pytest.raises(Refused):
        end_series(series.pk, reason=" ", by=clerk, now=MONDAY)
    assert series.gatherings.filter(state=GatheringState.PLANNED).count() == 6

    end_series(series.pk, reason="改为每月一次", by=clerk, now=MONDAY)
    assert series.gatherings.get(state=GatheringState.PLANNED).held_on == TODAY
    assert sweeps.enter_gatherings(now=MONDAY + A_WEEK) == 0
    with pytest.raises(OutOfTurn):
        end_series(series.pk, reason="再次", by=clerk, now=MONDAY)
    verbs = Entry.objects.filter(verb__startswith="gathering_series.").values_list("verb", flat=True)
    assert sorted(verbs) == ["gathering_series.end", "gathering_series.enter"]
    with pytest.raises(InternalError), transaction.atomic():
        GatheringSeries.objects.update(topic="别的")


def test_what_cannot_be_is_refused_and_a_neighbour_neither_ends_nor_sees_it():
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    for wrong in (
        {"topic": " "},
        {"place": "王大爷家，电话 13800001111"},
        {"first_on": TODAY - timedelta(days=1)},
        {"until_on": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            a_series(clerk, **wrong)
    with pytest.raises(NotAllowed):
        a_series(a_worker(grid, by=clerk))
    assert not GatheringSeries.objects.exists() and not Gathering.objects.exists()

    series = a_series(clerk)
    neighbour = a_clerk(a_community("LHSQ", NEXT_DOOR))
    with pytest.raises(Unknown):
        end_series(series.pk, reason="x", by=neighbour, now=MONDAY)
    assert signed_in(neighbour).send("grids:on_series", series.pk, "end", reason="x").status_code == 404
    assert signed_in(neighbour).open("grids:gatherings").context["series"] == []
    series.refresh_from_db()
    assert series.ended_at is None


def test_it_is_entered_and_ended_on_the_page_and_by_programs():
    clerk = a_clerk()
    page, program = signed_in(clerk), a_program(clerk)
    typed = {
        "kind": "council", "topic": "旬会商", "place": "社区", "repeat": "ten_days", "first_on": str(TODAY),
    }  # fmt: skip
    assert page.send("grids:on_gatherings", clerk.organ.pk, "enter-series", **typed).status_code == 302
    ((series, _offer),) = page.open("grids:gatherings").context["series"]
    assert series.repeat == Repeat.TEN_DAYS
    keeper = f"/api/v1/grid-keepers/{clerk.organ.pk}/enter-series/"
    assert post(program, keeper, {**typed, "topic": "另一件"}).status_code == 200

    refused = page.send("grids:on_series", series.pk, "end", reason="")
    assert refused.status_code == 422
    assert page.send("grids:on_series", series.pk, "end", reason="不再需要").status_code == 302
    other = GatheringSeries.objects.standing().get()
    ended = post(program, f"/api/v1/gathering-series/{other.pk}/end/", {"reason": "不再需要"})
    assert ended.json()["end_reason"] == "不再需要"
    assert not GatheringSeries.objects.standing().exists()
