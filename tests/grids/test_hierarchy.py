"""Grids as a tree of as many levels as a street has, posted for everybody ([L08] Art 6)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.handover import of_organs, of_posts
from accounts.roles import Role
from audit.models import Entry
from grids.actions import hierarchy, staff
from grids.actions.staff import LiaisonFacts, TeamFacts
from grids.models import Grid, GridScheme, GridStaff, Liaison, ServiceTeam
from grids.states import LiaisonKind, Part, Skill, StaffKind, TeamKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat, an_organ
from tests.grids.given import (
    HERE,
    LEVELS,
    NEXT_DOOR,
    a_clerk,
    a_community,
    a_grid,
    a_worker,
    facts,
    named,
    stands,
    the_street,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
TODAY = timezone.localdate(MONDAY)


@pytest.mark.parametrize("depth", [3, 5])
def test_a_tree_is_as_deep_as_its_scheme_says(depth):
    by = a_clerk()
    hierarchy.enter_scheme([f"{number}级" for number in range(1, depth + 1)], by=by, now=MONDAY)
    grid = None
    for number in range(1, depth + 1):
        grid = a_grid(f"G{number}", by=by, parent=grid, name=f"{number}")

    assert (grid.level, grid.path) == (depth, "".join(f"G{n}/" for n in range(1, depth + 1)))
    with pytest.raises(OutOfTurn):
        a_grid("TOODEEP", by=by, parent=grid, name="更深")
    assert Grid.objects.count() == depth
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Grid.objects.create(
            scheme=grid.scheme, organ=grid.organ, level=depth + 1, parent=grid, code="X", path="X/", name="x",
            place=grid.place, place_path=grid.place_path, area="x", band=grid.band, opened_at=MONDAY,
            opened_by=by.post,
        )  # fmt: skip


def test_levels_are_entered_once_and_by_who_keeps_grids():
    by = a_clerk()
    with pytest.raises(OutOfTurn):
        hierarchy.open_grid("A1", facts(), by=by, now=MONDAY)
    for wrong in ([], ["一"] * 2, [str(n) for n in range(8)]):
        with pytest.raises(Refused):
            hierarchy.enter_scheme(wrong, by=by, now=MONDAY)
    for stranger in (a_hat(Role.CASE_OFFICER, organ=an_organ("ZJ")), a_hat(Role.GRID_WORKER, organ=by.organ)):
        with pytest.raises(NotAllowed):
            hierarchy.enter_scheme(LEVELS, by=stranger, now=MONDAY)
    assert not GridScheme.objects.exists()

    hierarchy.enter_scheme(LEVELS, by=by, now=MONDAY)
    with pytest.raises(OutOfTurn):
        hierarchy.enter_scheme(LEVELS, by=by, now=MONDAY)
    with pytest.raises(InternalError), transaction.atomic():
        GridScheme.objects.update(levels=["别的"])


def test_a_grid_is_refused_what_does_not_hold():
    by = a_clerk()
    a_grid(by=by, name="第一网格")
    for wrong in (
        {"name": " "},
        {"area": ""},
        {"place_code": NEXT_DOOR},
        {"name": "第一网格"},
    ):
        with pytest.raises(Refused):
            hierarchy.open_grid("B1", facts(**{"name": "另一网格", **wrong}), by=by, now=MONDAY)
    for code in ("yn01", "有字", "A-1", ""):
        with pytest.raises(Refused):
            hierarchy.open_grid(code, facts(name="另一网格"), by=by, now=MONDAY)
    assert Grid.objects.count() == 1


def test_the_neighbour_community_keeps_and_reads_nothing_of_it_and_the_street_does():
    grid = a_grid()
    neighbour = a_clerk(a_community("LHSQ", NEXT_DOOR))
    street = a_clerk(the_street())

    with pytest.raises(Unknown):
        hierarchy.change_grid(grid.pk, facts(), by=neighbour, now=MONDAY)
    with pytest.raises(Unknown):
        staff.name_staff(grid.pk, stands(), by=neighbour, now=MONDAY)
    assert not Grid.objects.visible_to(neighbour).exists()
    assert signed_in(neighbour).open("grids:grid", grid.pk).status_code == 404
    assert signed_in(neighbour).send("grids:on_grid", grid.pk, "post").status_code == 404
    assert not GridStaff.objects.exists()

    hierarchy.change_grid(grid.pk, facts(name="改名"), by=street, now=MONDAY)
    assert Grid.objects.visible_to(street).get().name == "改名"


def test_law_8_a_grid_is_posted_with_worker_telephone_and_complaint_telephone():
    by = a_clerk()
    grid = a_grid(by=by, complaint_phone="")
    with pytest.raises(Refused):
        hierarchy.post_grid(grid.pk, by=by, now=MONDAY)
    hierarchy.change_grid(grid.pk, facts(), by=by, now=MONDAY)
    named(grid, by=by, phone="")
    with pytest.raises(Refused):
        hierarchy.post_grid(grid.pk, by=by, now=MONDAY)
    card = reverse("portal:grid", args=[grid.code])
    assert Client().get(card).status_code == 404

    named(grid, by=by, name="王平", skills=[Skill.MEDIATION])
    hierarchy.post_grid(grid.pk, by=by, now=MONDAY)

    with pytest.raises(Refused):
        hierarchy.change_grid(grid.pk, facts(complaint_phone=""), by=by, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grid.objects.update(complaint_phone="")
    page = Client().get(card).content.decode()
    assert all(
        words in page for words in ("第一网格", "王平", "0358-8200001", "0358-8200000", "data:image/svg+xml")
    )
    assert Entry.objects.filter(verb="grid.post").count() == 1


def test_one_head_at_a_time_and_nobody_twice_and_the_database_holds_it():
    by = a_clerk()
    grid = a_grid(by=by)
    head = named(grid, by=by, part=Part.LEADER, kind=StaffKind.CADRE, name="贺小平")
    named(grid, by=by, part=Part.LEADER, level=3, name="老兵甲", patch="3号楼", phone="")
    assert (head.heads, GridStaff.objects.filter(heads=True).count()) == (True, 1)
    with pytest.raises(OutOfTurn):
        named(grid, by=by, part=Part.LEADER, name="另一人")
    for wrong in (
        {"level": 4},
        {"level": 0},
        {"name": " "},
        {"since": TODAY + timedelta(days=2)},
        {"post_id": a_hat(Role.GRID_WORKER, organ=a_community("LHSQ", NEXT_DOOR)).post.pk},
    ):
        with pytest.raises(Refused):
            named(grid, by=by, **wrong)
    with pytest.raises(Refused):
        named(grid, by=by, part=Part.LEADER, level=3, name="老兵甲", patch="3号楼", phone="")
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        GridStaff.objects.filter(pk=head.pk).update(name="改名")
    with pytest.raises(IntegrityError), transaction.atomic():
        GridStaff.objects.create(
            grid=grid, part=Part.LEADER, kind=StaffKind.CADRE, level=1, heads=True, name="第二人", since=TODAY,
            entered_at=MONDAY, entered_by=by.post,
        )  # fmt: skip
    assert GridStaff.objects.count() == 2

    staff.end_staff(head.pk, by=by, now=MONDAY)
    with pytest.raises(OutOfTurn):
        staff.end_staff(head.pk, by=by, now=MONDAY)
    named(grid, by=by, part=Part.LEADER, name="接任者", since=TODAY + timedelta(days=1))
    assert GridStaff.objects.standing().get(heads=True).name == "接任者"


def test_a_liaison_to_households_is_a_number_and_a_place():
    by = a_clerk()
    grid = a_grid(by=by)
    usual = {"kind": LiaisonKind.HOUSEHOLDS, "name": "张党员", "title": "第二党小组", "since": TODAY}
    columns = {field.name for field in Liaison._meta.get_fields()}
    assert not {"resident", "household", "person", "id_number", "address", "text"} & columns

    for wrong in ({}, {"households": 6}, {"patch": "5号楼"}):
        with pytest.raises(Refused):
            staff.enter_liaison(grid.pk, LiaisonFacts(**usual, **wrong), by=by, now=MONDAY)
    row = staff.enter_liaison(grid.pk, LiaisonFacts(**usual, households=6, patch="5号楼"), by=by, now=MONDAY)
    with pytest.raises(Refused):
        staff.enter_liaison(
            grid.pk, LiaisonFacts(**{**usual, "kind": LiaisonKind.GRID}, households=2), by=by, now=MONDAY
        )
    assert Liaison.objects.count() == 1

    staff.end_liaison(row.pk, by=by, now=MONDAY)
    assert Liaison.objects.get().until == TODAY


def test_a_grid_with_people_or_grids_below_is_not_closed():
    by = a_clerk()
    grid = a_grid(by=by)
    below = a_grid("YN0101", by=by, parent=grid, name="甲片")
    with pytest.raises(OutOfTurn):
        hierarchy.close_grid(grid.pk, reason="合并", by=by, now=MONDAY)
    hierarchy.close_grid(below.pk, reason="合并", by=by, now=MONDAY)
    row = named(grid, by=by)
    with pytest.raises(OutOfTurn):
        hierarchy.close_grid(grid.pk, reason="合并", by=by, now=MONDAY)
    staff.end_staff(row.pk, by=by, now=MONDAY)
    with pytest.raises(Refused):
        hierarchy.close_grid(grid.pk, reason=" ", by=by, now=MONDAY)
    hierarchy.close_grid(grid.pk, reason="合并", by=by, now=MONDAY)

    with pytest.raises(OutOfTurn):
        named(grid, by=by, name="晚来")
    assert not Grid.objects.standing().exists()


def test_service_teams_are_entered_and_ended_by_who_keeps_the_grids():
    by = a_clerk()
    team = TeamFacts(kind=TeamKind.LAW, name="法律服务队", contact="李律师", phone="0358-8200009", members=4)
    with pytest.raises(NotAllowed):
        staff.enter_team(team, by=a_hat(), now=MONDAY)
    row = staff.enter_team(team, by=by, now=MONDAY)
    with pytest.raises(Refused):
        staff.enter_team(team, by=by, now=MONDAY)
    with pytest.raises(Unknown):
        staff.end_team(row.pk, by=a_clerk(a_community("LHSQ", NEXT_DOOR)), now=MONDAY)
    assert ServiceTeam.objects.get().ended_at is None

    staff.end_team(row.pk, by=by, now=MONDAY)
    assert ServiceTeam.objects.get().ended_at is not None


def test_q29_a_post_passes_its_grids_on_and_an_organ_its_tree():
    by = a_clerk()
    grid = a_grid(by=by)
    worker, heir = a_worker(grid, by=by), a_hat(Role.GRID_WORKER, organ=grid.organ)
    assert of_posts.open_work(worker.post)["grids"] == 1
    with transaction.atomic():
        of_posts.move_all(worker.post, heir.post, by=by, now=MONDAY)
    assert GridStaff.objects.standing().get().post_id == heir.post.pk
    assert "grids" not in of_posts.open_work(worker.post)

    new = a_community("XSQ", NEXT_DOOR)
    with transaction.atomic():
        of_organs.move_all(grid.organ, new, by=by, now=MONDAY)
    assert Grid.objects.get().organ_id == new.pk
    assert GridScheme.objects.get().organ_id == new.pk


def test_the_tree_is_kept_on_its_pages_and_read_by_programs():
    by = a_clerk()
    browser = signed_in(by)
    assert (
        browser.send("grids:on_grids", by.organ.pk, "enter-scheme", levels="网格\n片区\n楼栋").status_code
        == 302
    )
    typed = {"code": "yn01", "name": "第一网格", "place": HERE, "area": "四至", "band": "up_to_500"}
    bad = browser.send("grids:on_grids", by.organ.pk, "open-grid", **{**typed, "place": "1"})
    assert (bad.status_code, Grid.objects.count()) == (422, 0)
    browser.send("grids:on_grids", by.organ.pk, "open-grid", **typed)
    grid = Grid.objects.get()
    somebody = {
        "part": "worker", "kind": "hired", "level": "1", "name": "郝爱萍", "phone": "0358-8200001",
        "since": "2026-03-02", "skills": ["mediation", "hazard"],
    }  # fmt: skip
    assert (
        browser.send("grids:on_grid", grid.pk, "name-staff", **{**somebody, "level": "4"}).status_code == 422
    )
    browser.send("grids:on_grid", grid.pk, "name-staff", **somebody)
    row = GridStaff.objects.get()
    assert row.skills == ["mediation", "hazard"]
    page = browser.open("grids:grid", grid.pk).content.decode()
    assert "郝爱萍" in page and grid.code in page
    (level, *_rest) = browser.open("grids:grids").context["levels"]
    assert (level.name, level.grids) == ("网格", 1)

    program = a_program(by, may_write=True)
    assert program.get("/api/v1/grids/").json()["results"][0]["code"] == "YN01"
    assert post(program, f"/api/v1/grids/{grid.pk}/close/", {"reason": "并"}).status_code == 409
    browser.send("grids:end_staff", row.pk)
    assert post(program, f"/api/v1/grids/{grid.pk}/close/", {"reason": "并"}).json()["ended_at"]


def test_programs_enter_levels_a_top_grid_and_a_team_and_end_who_stands_for_it():
    clerk = a_clerk()
    program, keeper = a_program(clerk, may_write=True), f"/api/v1/grid-keepers/{clerk.organ.pk}/"
    assert post(program, f"{keeper}enter-scheme/", {"levels": "网格\n片区"}).status_code == 200
    new = {
        "code": "YN01", "name": "第一网格", "place": HERE, "area": "一号院", "band": "up_to_500",
    }  # fmt: skip
    assert post(program, f"{keeper}open-grid/", new).status_code == 200
    team = {"kind": "law", "name": "法律服务队", "contact": "顾问", "phone": "0358-8210015", "members": 2}
    assert post(program, f"{keeper}enter-team/", team).status_code == 200
    grid, team_id = Grid.objects.get(), ServiceTeam.objects.get().pk
    row = named(grid, by=clerk)
    read = program.get(f"/api/v1/grids/{grid.pk}/").json()
    assert read["staff"] == [str(row.pk)]

    stranger = a_program(a_clerk(a_community("LHSQ", NEXT_DOOR)), may_write=True)
    for address in (f"grid-staff/{row.pk}/", f"service-teams/{team_id}/"):
        assert stranger.get(f"/api/v1/{address}").status_code == 404
        assert post(stranger, f"/api/v1/{address}end/", {}).status_code == 404
        assert post(program, f"/api/v1/{address}end/", {}).status_code == 200
    assert not GridStaff.objects.standing().exists()
    assert ServiceTeam.objects.get().ended_at is not None
    assert program.get(f"/api/v1/grids/{grid.pk}/").json()["staff"] == []
