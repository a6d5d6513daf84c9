"""Rounds over grids (排查): opened by the clock, reported with finds or as zero, missed ones seen by the tier above."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from grids import sweeps
from grids.actions import handling
from grids.actions.hierarchy import close_grid
from grids.actions.rounds import end_plan, enter_group, report_round
from grids.models import GridEvent, Round, RoundFind, RoundGroup, RoundGroupGrid, RoundPlan
from grids.rhythms import stretches
from grids.round_pages import progress_of
from grids.round_states import Rhythm
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.stretches import Stretch, quarter_of
from notices.models import Kind, Notice
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat, an_organ
from tests.grids.given import (
    NEXT_DOOR,
    a_clerk,
    a_community,
    a_grid,
    a_plan,
    a_type,
    a_worker,
    an_event,
    the_street,
)  # fmt: skip

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
TODAY = timezone.localdate(MONDAY)
LINES = ["消防通道", "燃气管线"]


@pytest.fixture
def world():
    """Two grids of a community with a worker in the first, the community's clerk, and who keeps those of the street."""
    clerk = a_clerk()
    grid, other = a_grid(by=clerk), a_grid("YN02", by=clerk)
    return grid, other, a_worker(grid, by=clerk), clerk, a_hat(Role.CASE_OFFICER, organ=the_street())


def days(first, last):
    return Stretch(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("rhythm", "first", "today", "found"),
    [
        ("day", "2026-03-02", "2026-03-03", [("2026-03-02", "2026-03-02"), ("2026-03-03", "2026-03-03")]),
        ("week", "2026-03-04", "2026-03-09", [("2026-03-04", "2026-03-08"), ("2026-03-09", "2026-03-15")]),
        ("ten_days", "2026-02-20", "2026-02-21", [("2026-02-20", "2026-02-20"), ("2026-02-21", "2026-02-28")]),
        ("half_month", "2026-03-10", "2026-03-16", [("2026-03-10", "2026-03-15"), ("2026-03-16", "2026-03-31")]),
        ("month", "2026-02-02", "2026-03-01", [("2026-02-02", "2026-02-28"), ("2026-03-01", "2026-03-31")]),
        ("fives", "2026-12-20", "2026-12-26", [("2026-12-20", "2026-12-25"), ("2026-12-26", "2027-01-05")]),
        ("fives", "2026-03-05", "2026-03-06", [("2026-03-05", "2026-03-05"), ("2026-03-06", "2026-03-15")]),
        ("fives", "2027-01-03", "2027-01-03", [("2027-01-03", "2027-01-05")]),
        ("quarter", "2026-02-02", "2026-04-01", [("2026-02-02", "2026-03-31"), ("2026-04-01", "2026-06-30")]),
    ],
)  # fmt: skip
def test_each_rhythm_has_its_days(rhythm, first, today, found):
    begun = stretches(
        Rhythm(rhythm), first=date.fromisoformat(first), until=None, today=date.fromisoformat(today)
    )
    assert list(begun) == [days(*each) for each in found]


def test_a_special_one_is_one_round_and_the_last_is_cut_to_the_plans_end():
    first, until = date(2026, 6, 1), date(2026, 6, 12)
    once = stretches(Rhythm.ONCE, first=first, until=until, today=date(2026, 7, 1))
    assert list(once) == [Stretch(first, until)]
    weekly = stretches(Rhythm.WEEK, first=first, until=until, today=date(2026, 7, 1))
    assert list(weekly)[-1] == days("2026-06-08", "2026-06-12")
    assert quarter_of(date(2026, 12, 31)) == days("2026-10-01", "2026-12-31")


def test_a_plan_opens_a_round_of_each_grid_and_tells_who_stands_for_it(world):
    grid, other, worker, clerk, _above = world
    below = a_grid("YN0101", by=clerk, parent=grid, name="一片区")
    neighbour = a_grid("LH01", by=a_clerk(a_community("LHSQ", NEXT_DOOR)))

    plan = a_plan(clerk)

    opened = Round.objects.filter(plan=plan)
    assert {row.grid for row in opened} == {other, below}
    assert neighbour not in {row.grid for row in opened}
    assert {(row.first_on, row.last_on) for row in opened} == {(TODAY, TODAY + timedelta(days=6))}
    assert Entry.objects.get(verb="round_plan.enter").facts == {"rhythm": "week"}
    assert not Notice.objects.filter(kind=Kind.ROUND_WAITS, post=worker.post).exists()


def test_the_clock_opens_what_has_begun_once_and_makes_up_for_what_it_missed(world):
    grid, _other, worker, clerk, _above = world
    plan = a_plan(clerk)
    (called,) = Notice.objects.filter(kind=Kind.ROUND_WAITS)
    assert called.post == worker.post and called.subject_id == str(plan.rounds.get(grid=grid).pk)
    assert sweeps.open_rounds(now=MONDAY) == 0

    later = a_grid("YN03", by=clerk)
    assert sweeps.open_rounds(now=MONDAY + timedelta(hours=1)) == 1
    assert Round.objects.get(grid=later).first_on == TODAY
    assert sweeps.open_rounds(now=MONDAY + timedelta(days=14)) == 6
    assert sweeps.open_rounds(now=MONDAY + timedelta(days=14)) == 0
    assert Round.objects.filter(grid=grid).count() == 3


@pytest.mark.concurrency
def test_two_clocks_at_once_open_each_round_once(world):
    _grid, _other, _worker, clerk, _above = world
    a_plan(clerk)

    def one(_turn):
        try:
            return sweeps.open_rounds(now=MONDAY + timedelta(days=7))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(one, range(3))) == 2


def test_a_zero_report_needs_every_line_and_a_find_makes_it_none(world):
    grid, other, worker, clerk, _above = world
    row = a_plan(clerk).rounds.get(grid=grid)
    for facts in (
        {"looked_at": LINES, "zero": False},
        {"looked_at": LINES[:1], "zero": True},
        {"looked_at": ["别的"], "zero": True, "words": "x"},
    ):
        with pytest.raises(Refused):
            report_round(row.pk, **facts, by=worker, now=MONDAY)
    assert Round.objects.get(pk=row.pk).done_at is None

    done = report_round(row.pk, looked_at=LINES, zero=True, by=worker, now=MONDAY)

    assert (done.zero, done.person, done.looked_at) == (True, worker.user, LINES)
    assert Entry.objects.get(verb="round.report").facts == {"zero": True, "code": grid.code}
    assert not Notice.objects.standing().filter(kind=Kind.ROUND_WAITS).exists()
    with pytest.raises(OutOfTurn):
        report_round(row.pk, looked_at=LINES, zero=True, by=worker, now=MONDAY)
    second = Round.objects.get(grid=other)
    found = an_event(other, clerk, round_id=second.pk)
    with pytest.raises(Refused):
        report_round(second.pk, looked_at=LINES, zero=True, by=clerk, now=MONDAY)
    report_round(second.pk, looked_at=LINES[:1], zero=False, words="燃气由公司检修", by=clerk, now=MONDAY)
    assert RoundFind.objects.get().event == found


def test_what_is_found_is_an_event_of_that_round_once_and_of_no_other_grid(world):
    grid, other, worker, clerk, _above = world
    row = a_plan(clerk).rounds.get(grid=grid)
    key = uuid4()
    for _turn in range(2):
        an_event(grid, worker, key=key, round_id=row.pk)
    assert RoundFind.objects.get().event_id == key
    with pytest.raises(Unknown):
        an_event(other, clerk, round_id=row.pk)
    neighbour = a_worker(a_grid("LH01", by=a_clerk(a_community("LHSQ", NEXT_DOOR))))
    with pytest.raises(Unknown):
        an_event(grid, neighbour, round_id=row.pk)
    report_round(row.pk, looked_at=LINES, zero=False, by=worker, now=MONDAY)
    with pytest.raises(OutOfTurn):
        an_event(grid, worker, round_id=row.pk)
    assert GridEvent.objects.count() == 1


def test_who_neither_stands_for_the_grid_nor_keeps_it_reports_nothing(world):
    grid, other, worker, clerk, above = world
    plan = a_plan(clerk)
    neighbour = a_clerk(a_community("LHSQ", NEXT_DOOR))
    office = a_hat(Role.PETITION_OFFICER)
    with pytest.raises(Unknown):
        report_round(plan.rounds.get(grid=other).pk, looked_at=LINES, zero=True, by=worker, now=MONDAY)
    row = plan.rounds.get(grid=grid)
    with pytest.raises(Unknown):
        report_round(row.pk, looked_at=LINES, zero=True, by=neighbour, now=MONDAY)
    with pytest.raises(NotAllowed):
        report_round(row.pk, looked_at=LINES, zero=True, by=office, now=MONDAY)
    assert not Round.objects.filter(done_at__isnull=False).exists()
    assert signed_in(neighbour).open("grids:round", row.pk).status_code == 404
    assert signed_in(neighbour).open("grids:plan", plan.pk).status_code == 404
    for hat in (worker, clerk, above, office):
        assert signed_in(hat).open("grids:round", row.pk).status_code == 200


def test_a_missed_round_is_told_once_and_stands_with_the_tier_above_until_it_is_done_late(world):
    grid, other, worker, clerk, above = world
    plan = a_plan(clerk, until_on=TODAY + timedelta(days=6))
    ended = MONDAY + timedelta(days=7)
    assert sweeps.tell_of_missed_rounds(now=MONDAY + timedelta(days=6)) == 0
    assert [sweeps.tell_of_missed_rounds(now=ended) for _turn in range(2)] == [2, 0]

    told = Notice.objects.filter(kind=Kind.ROUND_MISSED)
    assert {one.post for one in told} == {clerk.post} and told.count() == 2
    row = plan.rounds.get(grid=grid)
    done = report_round(row.pk, looked_at=LINES, zero=True, by=worker, now=ended)
    assert {one.subject_id for one in told.filter(withdrawn_at=None)} == {str(plan.rounds.get(grid=other).pk)}
    found = progress_of(Round.objects.filter(plan=plan), timezone.localdate(ended))
    assert (found.rounds, found.done, found.late, found.zero, found.missed) == (2, 1, 1, 1, 1)
    assert done.missed_at == ended
    missed = Round.objects.visible_to(above).missed(timezone.localdate(ended))
    assert [one.grid for one in missed] == [other]


def test_the_streets_own_plan_goes_over_the_grids_of_its_communities(world):
    grid, _other, worker, clerk, above = world
    next_door = a_grid("LH01", by=a_clerk(a_community("LHSQ", NEXT_DOOR)))
    plan = a_plan(
        above, name="汛期专项", rhythm=Rhythm.ONCE, until_on=TODAY + timedelta(days=9), occasion="汛期"
    )
    assert {row.grid for row in plan.rounds.all()} >= {grid, next_door}
    assert plan in RoundPlan.objects.visible_to(worker) and plan in RoundPlan.objects.visible_to(clerk)
    with pytest.raises(Unknown):
        end_plan(plan.pk, reason="x", by=clerk, now=MONDAY)
    sweeps.tell_of_missed_rounds(now=MONDAY + timedelta(days=10))
    told = Notice.objects.filter(kind=Kind.ROUND_MISSED, subject_id=str(plan.rounds.get(grid=grid).pk))
    assert {one.post for one in told} == {clerk.post, above.post}


def test_groups_look_over_each_grid_once(world):
    grid, other, _worker, clerk, above = world
    plan = a_plan(clerk)
    group = enter_group(plan.pk, name="第一组", members=6, codes=["yn01"], by=clerk, now=MONDAY)
    assert [one.grid for one in group.grids.all()] == [grid]
    for facts in (
        {"name": "第二组", "members": 6, "codes": ["YN01"]},
        {"name": "第一组", "members": 6, "codes": ["YN02"]},
        {"name": "第二组", "members": 6, "codes": ["XX99"]},
        {"name": "第二组", "members": 6, "codes": []},
    ):
        with pytest.raises(Refused):
            enter_group(plan.pk, **facts, by=clerk, now=MONDAY)
    with pytest.raises(Unknown):
        enter_group(plan.pk, name="第二组", members=6, codes=["YN02"], by=above, now=MONDAY)
    assert RoundGroup.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundGroupGrid.objects.create(plan=plan, group=group, grid=grid)
    other_plan = a_plan(clerk, name="另一个")
    with pytest.raises(InternalError), transaction.atomic():
        RoundGroupGrid.objects.create(plan=other_plan, group=group, grid=other)


def test_an_ended_plan_and_a_closed_grid_ask_for_nothing_more(world):
    grid, other, worker, clerk, _above = world
    plan = a_plan(clerk)
    close_grid(other.pk, reason="并入第一网格", by=clerk, now=MONDAY)
    late = MONDAY + timedelta(days=30)
    assert [row.grid for row in Round.objects.missed(timezone.localdate(late))] == [grid]

    end_plan(plan.pk, reason="改为每月", by=clerk, now=MONDAY)

    assert not Notice.objects.standing().filter(kind=Kind.ROUND_WAITS).exists()
    assert sweeps.open_rounds(now=late) == sweeps.tell_of_missed_rounds(now=late) == 0
    with pytest.raises(OutOfTurn):
        report_round(plan.rounds.get(grid=grid).pk, looked_at=LINES, zero=True, by=worker, now=late)
    with pytest.raises(OutOfTurn):
        end_plan(plan.pk, reason="again", by=clerk, now=MONDAY)


def test_plans_that_cannot_be_are_refused(world):
    _grid, _other, worker, clerk, _above = world
    a_plan(clerk)
    for facts in (
        {"name": "每周排查"},
        {"name": " "},
        {"name": "b", "checklist": [" "]},
        {"name": "b", "checklist": ["x" * 81]},
        {"name": "b", "from_on": TODAY - timedelta(days=1)},
        {"name": "b", "rhythm": Rhythm.ONCE},
        {"name": "b", "until_on": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            a_plan(clerk, **facts)
    for hat in (worker, a_hat(Role.PETITION_OFFICER)):
        with pytest.raises(NotAllowed):
            a_plan(hat, name="b")
    assert RoundPlan.objects.count() == 1


def test_what_was_reported_stays(world):
    grid, _other, worker, clerk, _above = world
    row = a_plan(clerk).rounds.get(grid=grid)
    report_round(row.pk, looked_at=LINES, zero=True, by=worker, now=MONDAY)
    for change in ({"zero": False}, {"last_on": TODAY + timedelta(days=30)}):
        with pytest.raises(InternalError), transaction.atomic():
            Round.objects.filter(pk=row.pk).update(**change)


def test_on_their_pages_a_worker_reports_a_find_and_the_round(world):
    grid, _other, worker, clerk, above = world
    planned = signed_in(clerk).send(
        "grids:on_rounds", clerk.organ.pk, "enter-plan", name="每周排查", rhythm="week",
        checklist="\n".join(LINES), from_on=str(TODAY),
    )  # fmt: skip
    assert planned.status_code == 302
    row = Round.objects.get(grid=grid)
    phone = signed_in(worker)
    assert "每周排查" in phone.open("grids:rounds").content.decode()
    (box,) = [b for b in phone.open("desk:my_work").context["boxes"] if b.url_name == "grids:rounds"]
    assert box.count == 1
    form = phone.open("grids:report", query={"round": row.pk}).content.decode()
    assert str(row.pk) in form
    told = phone.send(
        "grids:report", event_id=str(uuid4()), round_id=str(row.pk), grid=str(grid.pk), type=a_type().pk,
        origin="worker", names_cadre="no", title="消防通道堵了", text="四号院消防通道停满了车。",
    )  # fmt: skip
    assert told.url == f"/grids/rounds/{row.pk}/"
    refused = phone.send("grids:on_round", row.pk, "report", looked_at=LINES, zero="on")
    assert refused.status_code == 422
    assert phone.send("grids:on_round", row.pk, "report", looked_at=LINES).status_code == 302
    event = GridEvent.objects.get()
    for hat in (clerk, above):
        for span in ("week", "ten_days", "month"):
            seen = signed_in(hat).open("grids:rounds", query={"of": span})
            assert [one.event for one in seen.context["open_finds"]] == [event]
    plan = signed_in(above).open("grids:plan", row.plan_id)
    assert "消防通道堵了" in plan.content.decode() and not plan.context["offers"]
    handling.accept_event(event.pk, version=1, by=clerk, now=MONDAY)


def test_programs_read_and_report_rounds_as_people_do(world):
    grid, _other, _worker, clerk, _above = world
    program = a_program(clerk, may_write=True)
    body = {"name": "每周排查", "rhythm": "week", "checklist": "\n".join(LINES), "from_on": str(TODAY)}
    answer = post(program, f"/api/v1/grid-keepers/{clerk.organ.pk}/enter-plan/", body)
    assert answer.status_code == 200
    assert post(program, f"/api/v1/grid-keepers/{the_street().pk}/enter-plan/", body).status_code == 404
    row = Round.objects.get(grid=grid)
    done = post(program, f"/api/v1/rounds/{row.pk}/report/", {"looked_at": LINES, "zero": True})
    assert (done.status_code, done.json()["zero"], done.json()["looked_at"]) == (200, True, LINES)
    assert len(program.get("/api/v1/rounds/").json()["results"]) == 2
    assert program.get("/api/v1/round-plans/").json()["results"][0]["name"] == "每周排查"
    stranger = a_program(a_clerk(a_community("LHSQ", NEXT_DOOR)))
    assert stranger.get("/api/v1/rounds/").json()["results"] == []
    assert stranger.get(f"/api/v1/rounds/{row.pk}/").status_code == 404


def test_the_page_costs_the_same_for_few_rounds_and_for_many(world):
    _grid, _other, _worker, clerk, _above = world
    a_plan(clerk)
    browser = signed_in(clerk)
    plan = RoundPlan.objects.get()
    counted = []
    for number in range(2):
        for page, key in (("grids:rounds", ()), ("grids:plan", (plan.pk,))):
            browser.open(page, *key)
            with CaptureQueriesContext(connection) as queries:
                browser.open(page, *key)
            counted.append(len(queries))
        a_grid(f"YN1{number}", by=clerk)
        sweeps.open_rounds(now=MONDAY)
    assert counted[:2] == counted[2:]


def test_a_petition_office_of_the_place_reads_and_a_department_does_not(world):
    grid, _other, _worker, clerk, _above = world
    row = a_plan(clerk).rounds.get(grid=grid)
    assert Round.objects.visible_to(a_hat(Role.OFFICE_DIRECTOR)).filter(pk=row.pk).exists()
    department = a_hat(Role.CASE_OFFICER, organ=an_organ("ZJJ"))
    assert not Round.objects.visible_to(department).exists()
    assert not RoundPlan.objects.visible_to(department).exists()
