"""Gatherings on the ground (说事议事): planned, noted, followed up; counts and words of matters, nothing of persons."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from grids.actions.gatherings import (
    GatheringFacts,
    Held,
    call_off_gathering,
    enter_gathering,
    follow_up,
    note_gathering,
)
from grids.gathering_states import GatheringKind, GatheringState
from grids.models import Gathering
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat
from tests.grids.given import NEXT_DOOR, a_clerk, a_community, a_grid, a_worker, the_street

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
TODAY = timezone.localdate(MONDAY)


def a_gathering(by, *, now=MONDAY, **given):
    usual = {"kind": GatheringKind.HALL, "topic": "物业费怎么定", "place": "红色议事厅", "held_on": TODAY}
    return enter_gathering(GatheringFacts(**{**usual, **given}), by=by, now=now)


def noted(row, by, *, now=MONDAY, **given):
    usual = {
        "attendance": 32,
        "agreement": "物业费由每月 60 元降为 40 元",
        "follow_up_on": TODAY + timedelta(days=30),
    }
    return note_gathering(row.pk, Held(**{**usual, **given}), by=by, now=now)


def test_a_gathering_is_noted_with_what_was_agreed_and_later_with_what_came_of_it():
    clerk = a_clerk()
    row = noted(a_gathering(clerk), clerk)
    assert (row.state, row.attendance, row.noted_by) == (GatheringState.HELD, 32, clerk.post)

    done = follow_up(row.pk, effect="自本月起按 40 元收取", by=clerk, now=MONDAY + timedelta(days=20))

    assert (done.state, done.effect) == (GatheringState.FOLLOWED, "自本月起按 40 元收取")
    verbs = Entry.objects.filter(verb__startswith="gathering.").values_list("verb", flat=True)
    assert sorted(verbs) == ["gathering.enter", "gathering.follow_up", "gathering.note"]
    for deed in (
        lambda: follow_up(row.pk, effect="x", by=clerk, now=MONDAY),
        lambda: noted(row, clerk),
        lambda: call_off_gathering(row.pk, reason="x", by=clerk, now=MONDAY),
    ):
        with pytest.raises(OutOfTurn):
            deed()


@pytest.mark.parametrize("kind", [GatheringKind.COUNSELLING, GatheringKind.MEDIATION])
def test_of_rooms_numbers_alone_are_kept(kind):
    clerk = a_clerk()
    row = a_gathering(clerk, kind=kind, topic="心语空间")
    for given in (
        {"matters": 5, "settled": 4},
        {"agreement": "", "matters": 4, "settled": 5, "follow_up_on": None},
        {"agreement": "", "follow_up_on": None},
    ):
        with pytest.raises(Refused):
            noted(row, clerk, **given)
    done = noted(row, clerk, agreement="", follow_up_on=None, matters=5, settled=4)
    assert (done.matters, done.settled, done.agreement) == (5, 4, "")
    with pytest.raises(OutOfTurn):
        follow_up(row.pk, effect="x", by=clerk, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gathering.objects.update(agreement="说了什么")


def test_nobody_is_named_and_days_and_numbers_must_be_possible():
    clerk = a_clerk()
    for given in (
        {"topic": "王大爷的事"},
        {"topic": " "},
        {"place": "2单元301"},
        {"held_on": TODAY + timedelta(days=367)},
    ):
        with pytest.raises(Refused):
            a_gathering(clerk, **given)
    assert not Gathering.objects.exists()
    row = a_gathering(clerk)
    for given in (
        {"agreement": "张某同意搬走"},
        {"matters": 3, "settled": 1},
        {"follow_up_on": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            noted(row, clerk, **given)
    later = a_gathering(clerk, held_on=TODAY + timedelta(days=1))
    with pytest.raises(OutOfTurn):
        noted(later, clerk)
    assert set(Gathering.objects.values_list("state", flat=True)) == {GatheringState.PLANNED}


def test_who_keeps_the_grids_writes_the_tier_above_reads_and_a_neighbour_knows_of_none():
    clerk = a_clerk()
    own, other = a_grid(by=clerk), a_grid("YN02", by=clerk)
    worker = a_worker(own, by=clerk)
    above = a_hat(Role.CASE_OFFICER, organ=the_street())
    neighbour = a_clerk(a_community("LHSQ", NEXT_DOOR))
    row, elsewhere = a_gathering(clerk, grid_id=own.pk), a_gathering(clerk, grid_id=other.pk, topic="路灯")

    assert set(Gathering.objects.visible_to(worker)) == {row}
    assert set(Gathering.objects.visible_to(above)) == {row, elsewhere}
    assert not Gathering.objects.visible_to(neighbour).exists()
    for hat in (worker, above, neighbour):
        for deed in (
            lambda hat=hat: noted(row, hat),
            lambda hat=hat: call_off_gathering(row.pk, reason="x", by=hat, now=MONDAY),
        ):
            with pytest.raises(Unknown):
                deed()
    assert signed_in(neighbour).open("grids:gathering", row.pk).status_code == 404
    assert signed_in(worker).open("grids:gathering", elsewhere.pk).status_code == 404
    with pytest.raises(NotAllowed):
        a_gathering(worker)
    with pytest.raises(Unknown):
        a_gathering(neighbour, grid_id=own.pk)
    assert Gathering.objects.count() == 2


def test_one_that_is_called_off_says_why_and_stays():
    clerk = a_clerk()
    row = a_gathering(clerk, held_on=TODAY + timedelta(days=3))
    with pytest.raises(Refused):
        call_off_gathering(row.pk, reason=" ", by=clerk, now=MONDAY)
    call_off_gathering(row.pk, reason="下雨改期", by=clerk, now=MONDAY)
    with pytest.raises(InternalError), transaction.atomic():
        Gathering.objects.update(state=GatheringState.PLANNED, called_off_why="")


def test_on_its_pages_a_gathering_goes_from_the_calendar_to_what_came_of_it():
    clerk = a_clerk()
    browser = signed_in(clerk)
    entered = browser.send(
        "grids:on_gatherings", clerk.organ.pk, "enter-gathering", kind="council", topic="楼道堆放怎么管",
        place="社区活动室", held_on=str(TODAY),
    )  # fmt: skip
    assert entered.status_code == 302
    row = Gathering.objects.get()
    assert "楼道堆放怎么管" in browser.open("grids:gatherings").content.decode()
    note = {"attendance": 18, "agreement": "每月一次清理日", "follow_up_on": str(TODAY + timedelta(days=9))}
    assert browser.send("grids:on_gathering", row.pk, "note", **{**note, "attendance": ""}).status_code == 422
    assert browser.send("grids:on_gathering", row.pk, "note", **note).status_code == 302
    assert [one.pk for one in browser.open("grids:gatherings").context["to_follow"]] == [row.pk]
    assert browser.send("grids:on_gathering", row.pk, "follow-up", effect="清理了四次").status_code == 302
    seen = browser.open("grids:gatherings", query={"kind": "council"})
    assert seen.context["figures"][0][1]["people"] == 18
    assert "清理了四次" in browser.open("grids:gathering", row.pk).content.decode()


def test_programs_enter_and_note_gatherings():
    clerk = a_clerk()
    program = a_program(clerk, may_write=True)
    body = {"kind": "volunteer", "topic": "逢五志愿服务", "place": "三号院", "held_on": str(TODAY)}
    assert post(program, f"/api/v1/grid-keepers/{clerk.organ.pk}/enter-gathering/", body).status_code == 200
    row = Gathering.objects.get()
    done = post(program, f"/api/v1/gatherings/{row.pk}/note/", {"attendance": 12})
    assert (done.status_code, done.json()["state"], done.json()["attendance"]) == (200, "held", 12)
    stranger = a_program(a_clerk(a_community("LHSQ", NEXT_DOOR)))
    assert stranger.get("/api/v1/gatherings/").json()["results"] == []
    assert stranger.get(f"/api/v1/gatherings/{row.pk}/").status_code == 404
