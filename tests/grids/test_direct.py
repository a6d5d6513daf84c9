"""What names a cadre goes straight to the petition office; on the ground nothing of it can be read (Q3)."""

import logging
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from accounts.models import OrganKind
from accounts.roles import Role
from assignments.models import Assignment
from audit.models import Entry
from cases.actions.drafts import discard_draft
from cases.actions.from_grids import take_report
from cases.actions.register import register
from cases.models import Attachment, Draft, Petition
from desk.audit import AuditQuestion, entries_for
from grids.actions.reporting import report_cadre, report_event
from grids.filing import NewEvent
from grids.models import DirectPhoto, DirectReport, EventClock, EventMove, GridEvent
from grids.rotation import TABLES
from grids.states import Part, StaffKind
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from places.models import Place
from tests.cases.browsers import signed_in
from tests.cases.given import an_intake
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat, an_organ, the_petition_office
from tests.grids.given import (
    NEXT_DOOR,
    STREET,
    a_clerk,
    a_community,
    a_grid,
    a_type,
    a_worker,
    the_street,
)  # fmt: skip
from tests.grids.test_events import a_picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
SECRET = "网格长王某收了物业的钱"


@pytest.fixture
def world():
    """A grid with its worker and its leader, and the community's clerk."""
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    leader = a_worker(grid, by=clerk, role=Role.GRID_LEADER, part=Part.LEADER, kind=StaffKind.CADRE)
    return grid, a_worker(grid, by=clerk), leader, clerk


def new(grid, **given):
    usual = {"type_id": a_type().pk, "title": "物业的事", "text": SECRET, "grid_id": grid.pk}
    return NewEvent(**{**usual, **given})


def as_typed(grid, **given):
    usual = {
        "event_id": str(uuid4()), "grid": str(grid.pk), "type": a_type().pk, "origin": "resident",
        "names_cadre": "yes", "title": "物业的事", "text": SECRET, "contact": "13900000000",
    }  # fmt: skip
    return {**usual, **given}


def test_q3_the_worker_gets_a_receipt_and_nobody_on_the_ground_anything(world, caplog):
    grid, worker, leader, clerk = world
    registrar = a_hat(Role.REGISTRAR)
    caplog.set_level(logging.DEBUG)
    above = a_hat(Role.CASE_OFFICER, organ=the_street())
    neighbour = a_clerk(a_community("LHSQ", NEXT_DOOR))
    phone, typed = signed_in(worker), as_typed(grid)
    unanswered = {name: value for name, value in typed.items() if name != "names_cadre"}
    assert phone.send("grids:report", **unanswered).status_code == 422
    assert not DirectReport.objects.exists() and not GridEvent.objects.exists()
    notices = Notice.objects.count()

    for _ in range(2):
        answer = phone.send("grids:report", **typed)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode() and typed["event_id"] not in answer.content.decode()

    assert SECRET not in caplog.text and typed["event_id"] not in caplog.text
    report = DirectReport.objects.get()
    assert report.office == the_petition_office()
    for kept in (SECRET, "物业的事", "13900000000", worker.user.name):
        assert kept.encode() not in bytes(report.content_sealed)
    for rows in (GridEvent, EventMove, EventClock, Assignment):
        assert not rows.objects.exists()
    called = Notice.objects.get(kind=Kind.DIRECT_WAITS)
    assert (called.post, called.ways) == (registrar.post, [])
    assert Notice.objects.count() == notices + 1
    for hat in (worker, leader, clerk, above, neighbour):
        browser = signed_in(hat)
        for page in ("grids:events", "grids:grids", "desk:my_work"):
            seen = browser.open(page)
            assert SECRET not in seen.content.decode() and typed["event_id"] not in seen.content.decode()
        assert not browser.open("grids:events", query={"view": "waits"}).context["rows"]
        assert all(
            box.url_name != "cases:direct_reports" for box in browser.open("desk:my_work").context["boxes"]
        )
        assert browser.open("grids:event", report.pk).status_code == 404
        assert browser.send("cases:take_direct", report.pk).status_code in {403, 404}
        with pytest.raises((Unknown, NotAllowed)):
            take_report(report.pk, by=hat, now=MONDAY)
    assert not Draft.objects.exists()


def test_q3_the_audit_says_neither_from_whom_nor_shows_that_it_came(world):
    grid, worker, _leader, _clerk = world
    report_cadre(uuid4(), new(grid), by=worker, now=MONDAY)
    entry = Entry.objects.get(verb="direct_report.receive")
    assert (entry.actor_words, entry.facts) == ("direct_report", {})
    assert entry.actor_user_id is None and entry.actor_post_id is None
    assert not entries_for(AuditQuestion({})).filter(pk=entry.pk).exists()


def test_q3_programs_are_answered_nothing_and_list_nothing(world):
    grid, _worker, _leader, clerk = world
    program = a_program(clerk, may_write=True)
    typed = as_typed(grid)
    answer = post(program, "/api/v1/grid-events/report/", typed)
    assert (answer.status_code, answer.content) == (204, b"")
    assert program.get("/api/v1/grid-events/").json()["results"] == []
    assert program.get(f"/api/v1/grid-events/{typed['event_id']}/").status_code == 404


def test_q1_the_office_takes_it_in_sealed_and_then_it_is_gone_from_the_grids_room(world):
    grid, worker, _leader, _clerk = world
    a_hat(Role.SEALED_LANE_OFFICER)
    registrar, colleague = a_hat(Role.REGISTRAR), a_hat(Role.REGISTRAR)
    key = uuid4()
    photo = SimpleUploadedFile("现场.jpg", a_picture().read())
    phone = signed_in(worker)
    assert (
        phone.send(
            "grids:report", **as_typed(grid, event_id=str(key), photo=photo, origin="worker")
        ).status_code
        == 200
    )
    with default_storage.open(StoredFile.objects.get().path) as kept:
        assert not Image.open(kept).getexif()

    browser = signed_in(registrar)
    (box,) = [
        box for box in browser.open("desk:my_work").context["boxes"] if box.url_name == "cases:direct_reports"
    ]
    assert box.count == 1
    assert SECRET not in browser.open("cases:direct_reports").content.decode()
    assert browser.send("cases:take_direct", key).status_code == 302
    draft = Draft.objects.get()
    assert (draft.pk, draft.sealed, draft.sealed_whole) == (key, True, True)
    form = browser.open("cases:draft", key).content.decode()
    assert SECRET in form and worker.user.name in form and "13900000000" in form
    assert signed_in(colleague).open("cases:draft", key).status_code == 404
    with pytest.raises(OutOfTurn):
        take_report(key, by=colleague, now=MONDAY)

    # whatever the registrar ticks, it stays in the lane
    register(key, an_intake(text=SECRET), by=registrar, now=MONDAY)
    petition, report = Petition.objects.get(), DirectReport.objects.get()
    assert petition.sealed and petition.submission_id == key
    assert (report.content_sealed, report.registered_at) == (None, MONDAY)
    assert Attachment.objects.get().petition == petition and not DirectPhoto.objects.exists()
    with pytest.raises(Unknown):
        take_report(key, by=registrar, now=MONDAY)


def test_what_a_registrar_threw_away_waits_again(world):
    grid, worker, _leader, _clerk = world
    registrar, colleague = a_hat(Role.REGISTRAR), a_hat(Role.REGISTRAR)
    key = uuid4()
    report_cadre(key, new(grid), by=worker, now=MONDAY)
    take_report(key, by=registrar, now=MONDAY)
    discard_draft(key, by=registrar, now=MONDAY)
    assert take_report(key, by=colleague, now=MONDAY).post == colleague.post


def test_a_streets_own_office_is_passed_over(world):
    grid, worker, _leader, _clerk = world
    street = an_organ("BHXF", kind=OrganKind.PETITION_OFFICE, place=Place.objects.get(code=STREET))
    report_cadre(uuid4(), new(grid), by=worker, now=MONDAY)
    assert DirectReport.objects.get().office == the_petition_office() != street


def test_a_key_is_one_thing_and_what_is_missing_is_refused(world):
    grid, worker, _leader, _clerk = world
    event = report_event(uuid4(), new(grid), by=worker, now=MONDAY)
    other = a_worker(a_grid("LH01", by=a_clerk(a_community("LHSQ", NEXT_DOOR))))
    for key, given, by, refusal in (
        (event.pk, {}, worker, Unknown),
        (uuid4(), {"text": " "}, worker, Refused),
        (uuid4(), {}, other, Unknown),
        (uuid4(), {}, a_hat(Role.REGISTRAR), NotAllowed),
    ):
        with pytest.raises(refusal):
            report_cadre(key, new(grid, **given), by=by, now=MONDAY)
    assert not DirectReport.objects.exists()
    key = uuid4()
    report_cadre(key, new(grid), by=worker, now=MONDAY)
    with pytest.raises(Unknown):
        report_event(key, new(grid), by=worker, now=MONDAY)
    assert GridEvent.objects.count() == 1


def test_the_database_keeps_the_words_until_they_are_registered(world):
    grid, worker, _leader, _clerk = world
    report_cadre(uuid4(), new(grid), by=worker, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectReport.objects.update(content_sealed=None)
    (table,) = [table for table in TABLES if table.model is DirectReport]
    report = DirectReport.objects.get()
    before = bytes(report.content_sealed)
    assert table.rewrite(report) == ["content_sealed"] and report.content_sealed != before
