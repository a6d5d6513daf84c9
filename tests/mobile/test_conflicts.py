"""Where a phone and somebody else wrote of one event, a human decides, and what is not chosen is kept."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from grids.actions import handing_over, handling
from grids.event_states import EventState, Phase
from grids.models import EventMove, EventPhoto, GridEvent
from infra.files import check
from lib.errors import NotAllowed, OutOfTurn, Stale, Unknown
from mobile.actions.resolving import resolve_conflict
from mobile.models import Conflict, ReceiptPhoto
from mobile.states import Choice
from tests.cases.browsers import signed_in
from tests.given import MONDAY, a_hat, an_organ
from tests.grids.given import NEXT_DOOR, a_clerk, a_community, a_grid, a_worker, an_event
from tests.mobile.given import SYNC, a_picture, a_step, said, sends_photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


@pytest.fixture
def case():
    """A worker settled without a signal what the community had accepted meanwhile; one picture came with it."""
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    worker = a_worker(grid, by=clerk)
    event = an_event(grid, worker)
    handling.accept_event(event.pk, version=1, by=clerk, now=MONDAY)
    phone, step = signed_in(worker), a_step("settle", worker, event.pk, words="双方和好")
    assert said(phone, step) == ["hard"]
    assert sends_photo(phone, step)["answer"] == "applied"
    event.refresh_from_db()
    return grid, worker, clerk, event, Conflict.objects.get()


def test_my_words_go_into_the_record_and_it_stands_as_it_was(case):
    _grid, worker, _clerk, event, conflict = case
    assert not EventPhoto.objects.exists()

    resolve_conflict(conflict.pk, choice=Choice.NOTE, version=2, by=worker, now=MONDAY)
    event.refresh_from_db()
    assert event.state == EventState.ACCEPTED
    move = EventMove.objects.get(step="progress")
    assert (move.words, move.client_id) == ("双方和好", conflict.receipt_id)
    assert EventPhoto.objects.get().phase == Phase.AFTER
    assert ReceiptPhoto.objects.get().is_hung
    assert Entry.objects.filter(verb="submission.note").count() == 1


def test_the_page_shows_the_pictures_of_both_versions_to_whoever_decides_and_to_nobody_else(case):
    grid, worker, clerk, event, conflict = case
    handling.add_photo(event.pk, phase=Phase.BEFORE, photo=check(a_picture()), by=clerk, now=MONDAY)
    own, other = ReceiptPhoto.objects.get().file, EventPhoto.objects.get().file

    for hat in (worker, clerk):
        page = signed_in(hat)
        shown = page.open("mobile:conflict", conflict.pk)
        assert ([*shown.context["own_photos"]], [*shown.context["other_photos"]]) == ([own], [other])
        for file in (own, other):
            answer = page.open("mobile:conflict_photo", conflict.pk, file.pk)
            assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    colleague = a_worker(grid, by=clerk, patch="2号楼")
    neighbour = a_clerk(a_community("LHSQ", NEXT_DOOR))
    for stranger in (colleague, neighbour):
        for file in (own, other):
            assert signed_in(stranger).open("mobile:conflict_photo", conflict.pk, file.pk).status_code == 404

    # of what became the petition office's the ground reads its state alone, and no picture
    event.refresh_from_db()
    handing_over.hand_over_event(event.pk, wished=True, version=event.version, by=clerk, now=MONDAY)
    assert signed_in(worker).open("mobile:conflict_photo", conflict.pk, own.pk).status_code == 404


def test_my_step_is_taken_as_the_event_stands_now(case):
    _grid, worker, _clerk, event, conflict = case
    resolve_conflict(conflict.pk, choice=Choice.MINE, version=2, by=worker, now=MONDAY)
    event.refresh_from_db()
    assert (event.state, event.settled_on_spot) == (EventState.FED_BACK, True)
    assert EventPhoto.objects.count() == 1


def test_it_stays_as_it_is_and_what_was_written_is_kept_beside_it(case):
    _grid, _worker, clerk, event, conflict = case
    moves = EventMove.objects.count()
    resolve_conflict(conflict.pk, choice=Choice.THEIRS, version=2, by=clerk, now=MONDAY)
    conflict.refresh_from_db()
    assert (conflict.words, conflict.choice, conflict.settled_by) == ("双方和好", Choice.THEIRS, clerk.post)
    assert EventMove.objects.count() == moves and not EventPhoto.objects.exists()
    with pytest.raises(OutOfTurn):
        resolve_conflict(conflict.pk, choice=Choice.MINE, version=2, by=clerk, now=MONDAY)
    event.refresh_from_db()
    assert event.state == EventState.ACCEPTED


def test_who_may_not_decide_knows_of_nothing_and_a_stale_page_decides_nothing(case):
    grid, worker, clerk, event, conflict = case
    strangers = [
        a_worker(grid, by=clerk, patch="2号楼"),
        a_worker(a_grid("YN02", by=clerk), by=clerk),
        a_clerk(a_community("LHSQ", NEXT_DOOR)),
    ]
    for stranger in strangers:
        with pytest.raises(Unknown):
            resolve_conflict(conflict.pk, choice=Choice.THEIRS, version=2, by=stranger, now=MONDAY)
        assert signed_in(stranger).open("mobile:conflict", conflict.pk).status_code == 404
        assert not Conflict.objects.visible_to(stranger).exists()
    with pytest.raises(Stale):
        resolve_conflict(conflict.pk, choice=Choice.MINE, version=1, by=worker, now=MONDAY)
    handling.feed_back(event.pk, words="社区办了", version=2, by=clerk, now=MONDAY)
    with pytest.raises(OutOfTurn):
        resolve_conflict(conflict.pk, choice=Choice.MINE, version=3, by=worker, now=MONDAY)
    assert Conflict.objects.open().count() == 1 and not EventPhoto.objects.exists()


def test_a_unit_that_was_asked_and_the_petition_office_decide_nothing(case):
    _grid, _worker, clerk, event, conflict = case
    unit, office = a_hat(Role.CASE_OFFICER, organ=an_organ("CG")), a_hat(Role.REGISTRAR)
    asked = {"organ_id": unit.organ.pk, "act": "清运", "due_on": timezone.localdate(MONDAY)}
    handling.ask_unit(event.pk, **asked, version=2, by=clerk, now=MONDAY)
    assert GridEvent.objects.visible_to(unit).exists()
    assert not Conflict.objects.visible_to(unit).exists()
    handing_over.hand_over_event(event.pk, version=3, wished=True, by=clerk, now=MONDAY)
    assert GridEvent.objects.visible_to(office).exists()

    for stranger in (unit, office):
        assert not Conflict.objects.visible_to(stranger).exists()
        with pytest.raises(Unknown):
            resolve_conflict(conflict.pk, choice=Choice.THEIRS, version=4, by=stranger, now=MONDAY)
    assert Conflict.objects.open().exists()


def test_nobody_verifies_what_he_did_by_way_of_a_conflict(case):
    grid, worker, _clerk, _event, _conflict = case
    other = an_event(grid, worker)
    handling.settle_event(other.pk, words="好了", version=1, by=worker, now=MONDAY)
    step = a_step("verify", worker, other.pk, version=1)
    assert said(signed_in(worker), step) == ["hard"]
    kept = Conflict.objects.get(receipt=step["id"])
    with pytest.raises(NotAllowed):
        resolve_conflict(kept.pk, choice=Choice.MINE, version=2, by=worker, now=MONDAY)
    other.refresh_from_db()
    assert other.state == EventState.FED_BACK


def test_the_page_shows_both_versions_and_decides(case):
    _grid, worker, clerk, _event, conflict = case
    browser = signed_in(worker)
    assert browser.get(SYNC).json()["conflicts"] == [
        {"id": conflict.pk, "event": str(conflict.receipt.event_id)}
    ]
    assert "楼道堆放杂物起争执" in browser.open("mobile:conflicts").content.decode()
    page = browser.open("mobile:conflict", conflict.pk).content.decode()
    assert "双方和好" in page and clerk.user.name in page

    stale = browser.send("mobile:conflict", conflict.pk, choice="mine", version=1)
    assert stale.status_code == 409 and Conflict.objects.open().exists()
    assert browser.send("mobile:conflict", conflict.pk, choice="", version=2).status_code == 422
    done = browser.send("mobile:conflict", conflict.pk, choice="note", version=2)
    assert done.status_code == 302 and not Conflict.objects.open().exists()
    assert browser.get(SYNC).json()["conflicts"] == []
    assert worker.user.name in browser.open("mobile:conflict", conflict.pk).content.decode()


def test_of_what_became_a_petition_the_page_shows_the_number_alone(case):
    _grid, worker, clerk, event, conflict = case
    handing_over.hand_over_event(event.pk, version=2, wished=True, by=clerk, now=MONDAY)
    for page in ("mobile:conflicts", "mobile:conflict"):
        keys = [conflict.pk] if page == "mobile:conflict" else []
        shown = signed_in(worker).open(page, *keys).content.decode()
        assert event.number in shown and "杂物" not in shown
    with pytest.raises(OutOfTurn):
        resolve_conflict(conflict.pk, choice=Choice.NOTE, version=3, by=worker, now=MONDAY)
    resolve_conflict(conflict.pk, choice=Choice.THEIRS, version=3, by=worker, now=MONDAY)
    assert not Conflict.objects.open().exists()


def test_the_database_keeps_what_was_written_and_who_decided(case):
    _grid, _worker, _clerk, _event, conflict = case
    for change in (
        lambda: Conflict.objects.update(words="别的"),
        Conflict.objects.all().delete,
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.update(choice="note")
    conflict.refresh_from_db()
    assert (conflict.words, conflict.choice) == ("双方和好", "")
