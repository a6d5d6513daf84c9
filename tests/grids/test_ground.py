"""The diary, courtyards and household cards: of places, sealed where a household gave it, gone on its day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from grids import sweeps
from grids.actions.ground import (
    change_courtyard,
    open_card,
    remove_card,
    remove_note,
    write_note,
)
from grids.diary_steps import NewNote
from grids.ground_states import About
from grids.models import Courtyard, DiaryNote, HouseholdCard
from grids.rotation import TABLES
from infra.files import check
from lib.errors import OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat
from tests.grids.given import (
    NEXT_DOOR,
    a_card,
    a_clerk,
    a_community,
    a_courtyard,
    a_grid,
    a_worker,
    courtyard_facts,
    the_street,
)
from tests.grids.test_events import a_picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
TODAY = timezone.localdate(MONDAY)


@pytest.fixture
def world():
    """A grid with its worker, the community's clerk, and who works there no more than anybody: next door, above."""
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    others = [
        a_worker(a_grid("YN02", by=clerk), by=clerk),
        a_clerk(a_community("LHSQ", NEXT_DOOR)),
        a_hat(Role.CASE_OFFICER, organ=the_street()),
        a_hat(Role.REGISTRAR),
    ]
    return grid, a_worker(grid, by=clerk), clerk, others


def a_note(grid, by, *, key=None, now=MONDAY, **given):
    usual = {
        "grid_id": grid.pk, "about": About.PLACE, "subject": "三号院门口", "text": "盲道上停了四辆电动车，当场挪走。",
    }  # fmt: skip
    return write_note(key or uuid4(), NewNote(**{**usual, **given}), by=by, now=now)


def test_a_note_is_written_once_and_goes_on_its_day(world):
    grid, worker, _clerk, _others = world
    key = uuid4()
    for _turn in range(2):
        note = a_note(grid, worker, key=key)
    assert DiaryNote.objects.get() == note and note.expires_on == TODAY + timedelta(days=90)
    entry = Entry.objects.get(verb="diary.write")
    assert entry.facts == {"code": grid.code}

    assert sweeps.remove_expired_notes(now=MONDAY + timedelta(days=90)) == 0
    assert sweeps.remove_expired_notes(now=MONDAY + timedelta(days=91)) == 1
    assert not DiaryNote.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["王大爷独居", "找到张某了解情况", "欧阳先生反映", "姓李的住户", "她名叫刘桂香", "电话13900000000",
     "身份证142301196001011234", "3号楼2单元501有人", "301室漏水"],
)  # fmt: skip
def test_a_note_names_nobody_no_number_and_no_door(world, text):
    grid, worker, _clerk, _others = world
    for given in ({"text": text}, {"subject": text[:60]}):
        with pytest.raises(Refused):
            a_note(grid, worker, **given)
    assert not DiaryNote.objects.exists() and not Entry.objects.filter(verb="diary.write").exists()


@pytest.mark.parametrize(
    "text",
    ["二单元楼道堆放杂物，已清理", "3 号楼前路灯不亮", "物业周三前画线", "日间照料室来了 12 人", "志愿者师傅修好水泵"],
)  # fmt: skip
def test_a_place_or_a_service_may_be_written_of(world, text):
    grid, worker, _clerk, _others = world
    assert a_note(grid, worker, text=text).text == text


def test_only_who_works_in_the_grid_reads_and_writes_there_and_no_tier_above(world):
    grid, worker, clerk, others = world
    note = a_note(grid, worker)
    row = a_courtyard(grid, clerk)
    card = a_card(row, worker)
    for hat in others:
        with pytest.raises(Unknown):
            a_note(grid, hat)
        for deed in (
            lambda hat=hat: a_courtyard(grid, hat, name="另一院"),
            lambda hat=hat: change_courtyard(row.pk, courtyard_facts(), by=hat, now=MONDAY),
            lambda hat=hat: a_card(row, hat),
            lambda hat=hat: open_card(card.pk, by=hat, now=MONDAY),
            lambda hat=hat: remove_card(card.pk, by=hat, now=MONDAY),
            lambda hat=hat: remove_note(note.pk, by=hat, now=MONDAY),
        ):
            with pytest.raises(Unknown):
                deed()
        assert not DiaryNote.objects.visible_to(hat).exists()
        browser = signed_in(hat)
        for name, key in (("grids:courtyards", grid.pk), ("grids:courtyard", row.pk)):
            assert browser.open(name, key).status_code == 404
        assert note.text not in browser.open("grids:diary").content.decode()
        assert browser.send("grids:open_card", card.pk).status_code == 404
    assert (DiaryNote.objects.count(), Courtyard.objects.count(), HouseholdCard.objects.count()) == (1, 1, 1)
    assert not Entry.objects.filter(verb="household_card.open").exists()


def test_a_note_is_not_rewritten_and_taken_out_by_its_writer_alone(world):
    grid, worker, clerk, _others = world
    note = a_note(grid, worker)
    with pytest.raises(InternalError), transaction.atomic():
        DiaryNote.objects.update(text="改写")
    with pytest.raises(Unknown):
        remove_note(note.pk, by=clerk, now=MONDAY)
    with pytest.raises(Unknown):
        a_note(grid, clerk, key=note.pk)
    remove_note(note.pk, by=worker, now=MONDAY)
    assert not DiaryNote.objects.exists()
    assert Entry.objects.get(verb="diary.remove").facts == {"code": grid.code}


def test_the_database_keeps_no_note_and_no_card_for_longer_than_it_may(world):
    grid, worker, clerk, _others = world
    note = a_note(grid, worker)
    card = a_card(a_courtyard(grid, clerk), worker)
    note.pk, note.expires_on = uuid4(), note.written_on + timedelta(days=185)
    card.pk, card.expires_on = uuid4(), card.agreed_on + timedelta(days=367)
    for row in (note, card):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
    with pytest.raises(InternalError), transaction.atomic():
        HouseholdCard.objects.update(expires_on=F("expires_on") + timedelta(days=1))


def test_a_courtyard_holds_its_place_and_its_plan(world):
    grid, _worker, clerk, _others = world
    plan = check(SimpleUploadedFile("三号院.jpg", a_picture().read()))
    row = a_courtyard(grid, clerk, plan=plan, hydrants="西墙两处", valves="一号楼地下室")
    changed = change_courtyard(
        row.pk, courtyard_facts(name="三号院（南）", buildings=5), by=clerk, now=MONDAY
    )
    assert (changed.name, changed.buildings, changed.hydrants, changed.plan) == (
        "三号院（南）",
        5,
        "",
        row.plan,
    )
    assert signed_in(clerk).open("grids:courtyard_plan", row.pk).status_code == 200
    for given in (
        {"name": "三号院（南）"},
        {"name": "b", "hydrants": "问王大爷"},
        {"name": "b", "valves": "钥匙 13900000000"},
        {"name": "b", "contact": " "},
    ):
        with pytest.raises(Refused):
            a_courtyard(grid, clerk, **given)
    assert Courtyard.objects.count() == 1


def test_what_a_household_gives_is_sealed_opened_on_record_and_removed_when_taken_back(world, caplog):
    grid, worker, clerk, _others = world
    row = a_courtyard(grid, clerk)
    card = a_card(row, worker)
    for kept in ("302", "腿脚不便", "13900000000"):
        assert kept.encode() not in bytes(card.given_sealed)
    browser = signed_in(clerk)
    listed = browser.open("grids:courtyard", row.pk).content.decode()
    assert "每周送药上门" in listed and "302" not in listed and "13900000000" not in listed
    assert not Entry.objects.filter(verb="household_card.open").exists()

    shown = browser.send("grids:open_card", card.pk).content.decode()

    assert "302" in shown and "13900000000" in shown
    entry = Entry.objects.get(verb="household_card.open")
    assert entry.facts == {"code": grid.code} and "13900000000" not in caplog.text
    (table,) = [table for table in TABLES if table.model is HouseholdCard]
    before = bytes(card.given_sealed)
    assert table.rewrite(card) == ["given_sealed"] and card.given_sealed != before
    assert browser.send("grids:remove_card", card.pk).status_code == 302
    assert not HouseholdCard.objects.exists()


def test_without_the_households_wish_or_for_too_long_nothing_is_kept(world):
    grid, worker, clerk, _others = world
    row = a_courtyard(grid, clerk)
    for given in (
        {"agreed": False},
        {"expires_on": TODAY - timedelta(days=1)},
        {"expires_on": TODAY + timedelta(days=367)},
        {"purpose": " "},
        {"door": ""},
        {"words": "李大爷，独居"},
        {"words": "身份证142301196001011234"},
    ):
        with pytest.raises(Refused):
            a_card(row, worker, **given)
    assert not HouseholdCard.objects.exists()


def test_a_card_is_closed_after_its_day_and_removed_by_the_clock(world):
    grid, worker, clerk, _others = world
    row = a_courtyard(grid, clerk)
    card = a_card(row, worker, expires_on=TODAY)
    late = MONDAY + timedelta(days=1)
    with pytest.raises(OutOfTurn):
        open_card(card.pk, by=worker, now=late)
    assert [sweeps.remove_expired_notes(now=late) for _turn in range(2)] == [1, 0]
    assert Courtyard.objects.count() == 1


def test_no_column_holds_a_name_and_nothing_is_asked_for_by_person():
    columns = {field.name for model in (DiaryNote, HouseholdCard) for field in model._meta.concrete_fields}
    assert columns == {
        *("id", "grid", "about", "subject", "text", "written_by", "writer", "written_on", "written_at"),
        *("courtyard", "help", "purpose", "given_sealed", "agreed_on", "entered_at", "entered_by"),
        "expires_on",
    }


def test_on_its_page_a_worker_writes_and_takes_out(world):
    grid, worker, clerk, _others = world
    phone = signed_in(worker)
    typed = {"note_id": str(uuid4()), "grid": str(grid.pk), "about": "service", "subject": "日间照料"}
    refused = phone.send("grids:diary", **typed, text="王大爷没来")
    assert refused.status_code == 422 and "王大爷没来" in refused.content.decode()
    assert phone.send("grids:diary", **typed, text="今天来了十二位老人").status_code == 302
    assert "今天来了十二位老人" in signed_in(clerk).open("grids:diary").content.decode()
    assert phone.send("grids:remove_note", typed["note_id"]).status_code == 302
    assert not DiaryNote.objects.exists()
    entered = signed_in(clerk).send(
        "grids:on_ground", grid.pk, "enter-courtyard", name="三号院", buildings=4, stairwells=12,
        contact="永宁物业", phone="0358-8220001",
    )  # fmt: skip
    assert entered.status_code == 302
    assert "三号院" in phone.open("grids:courtyards", grid.pk).content.decode()


def test_programs_write_and_read_the_diary_and_never_what_was_given(world):
    grid, worker, clerk, others = world
    program = a_program(clerk, may_write=True)
    body = {
        "note_id": str(uuid4()),
        "grid": str(grid.pk),
        "about": "place",
        "subject": "院门",
        "text": "门锁坏了",
    }
    assert post(program, "/api/v1/diary/", body).status_code == 201
    assert post(program, "/api/v1/diary/", {**body, "text": "张某"}).status_code in {201, 400}
    assert [row["text"] for row in program.get("/api/v1/diary/").json()["results"]] == ["门锁坏了"]
    assert a_program(others[1]).get("/api/v1/diary/").json()["results"] == []
    row = a_courtyard(grid, clerk)
    card = a_card(row, worker)
    read = program.get(f"/api/v1/household-cards/{card.pk}/").json()
    assert read["purpose"] == "每周送药上门" and "302" not in str(read)
    assert post(program, f"/api/v1/household-cards/{card.pk}/remove/", {}).status_code == 204
    assert not HouseholdCard.objects.exists()
