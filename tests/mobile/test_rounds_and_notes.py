"""Rounds and the diary written on a phone: taken once, by the rules of the ordinary pages, and nothing of it lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from audit.models import Entry
from grids.actions.rounds import end_plan, report_round
from grids.models import DiaryNote, GridEvent, Round, RoundFind, RoundSupplement
from mobile.models import Receipt
from tests.cases.browsers import signed_in
from tests.given import MONDAY
from tests.grids.given import NEXT_DOOR, a_clerk, a_community, a_grid, a_plan, a_worker
from tests.mobile.given import SYNC, a_note, a_report, a_round_report, answers, said, sends, sends_photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    """A grid with a weekly round that began an hour ago, its worker, and who keeps it."""
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    worker = a_worker(grid, by=clerk)
    a_plan(clerk, now=MONDAY - AN_HOUR)
    return grid, worker, clerk, Round.objects.select_related("plan").get()


def test_the_day_holds_the_rounds_that_wait_and_the_diary_of_its_own_grids(world):
    grid, worker, clerk, row = world
    neighbour = a_worker(a_grid("LH01", by=a_clerk(a_community("LHSQ", NEXT_DOOR))))
    assert said(signed_in(worker), a_note(worker, grid)) == ["applied"]

    day = signed_in(worker).get(SYNC).json()
    (carried,) = day["rounds"]
    assert (carried["id"], carried["checklist"], carried["found"]) == (str(row.pk), row.plan.checklist, 0)
    assert [note["subject"] for note in day["notes"]] == ["三号楼门口"]
    other = signed_in(neighbour).get(SYNC).json()
    assert (other["rounds"], other["notes"]) == ([], [])

    report_round(row.pk, looked_at=row.plan.checklist, zero=True, by=clerk, now=MONDAY)
    assert signed_in(worker).get(SYNC).json()["rounds"] == []


def test_a_zero_report_counts_from_when_the_phone_saw_it_and_arrives_once(world):
    _grid, worker, _clerk, row = world
    phone, sent = signed_in(worker), a_round_report(worker, row, observed_at=MONDAY - AN_HOUR / 2)

    assert said(phone, sent, sent) == ["applied", "had"]
    row.refresh_from_db()
    assert (row.zero, row.done_at, row.received_at) == (True, MONDAY - AN_HOUR / 2, MONDAY)
    receipt = Receipt.objects.get()
    assert (receipt.round, receipt.event, receipt.seen_version) == (row, None, None)
    assert Entry.objects.filter(verb="round.report").count() == 1
    assert sends_photo(phone, sent)["answer"] == "refused"
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Receipt.objects.create(
            id=receipt.event_id or sent["id"].replace("-", "f")[:32], kind="round", answer="applied",
            user=worker.user, post=worker.post, observed_at=MONDAY, received_at=MONDAY, clock_behind=0,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("observed_at", "slow_by"),
    [
        pytest.param(MONDAY - 2 * AN_HOUR, timedelta(), id="before the round began"),
        pytest.param(MONDAY + AN_HOUR, timedelta(), id="not yet"),
        pytest.param(MONDAY - AN_HOUR / 2, AN_HOUR, id="by a clock that is wrong"),
    ],
)
def test_what_the_phone_says_of_the_time_is_not_believed_where_it_cannot_be(world, observed_at, slow_by):
    _grid, worker, _clerk, row = world

    answers(signed_in(worker), a_round_report(worker, row, observed_at=observed_at), slow_by=slow_by)
    row.refresh_from_db()
    assert row.done_at == MONDAY


def test_what_was_found_goes_before_the_report_and_forbids_the_zero(world):
    grid, worker, _clerk, row = world
    found = a_report(worker, grid, round_id=str(row.pk))

    assert said(signed_in(worker), found, a_round_report(worker, row)) == ["applied", "refused"]
    assert Round.objects.get().done_at is None
    assert RoundFind.objects.get().event_id == GridEvent.objects.get().pk
    assert said(signed_in(worker), a_round_report(worker, row, zero=False)) == ["applied"]


def test_a_report_of_a_round_that_another_reported_meanwhile_stands_beside_it(world):
    grid, worker, clerk, row = world
    phone = signed_in(worker)
    report_round(row.pk, looked_at=row.plan.checklist, zero=True, by=clerk, now=MONDAY)
    found, second = a_report(worker, grid, round_id=str(row.pk)), a_round_report(worker, row, zero=False)

    assert said(phone, found, second) == ["soft", "soft"]
    assert said(phone, second) == ["had"]
    row.refresh_from_db()
    assert (row.zero, row.person, RoundFind.objects.exists()) == (True, clerk.user, False)
    beside = RoundSupplement.objects.get()
    assert (beside.zero, beside.looked_at, beside.person) == (False, row.plan.checklist, worker.user)
    assert beside in signed_in(clerk).open("grids:round", row.pk).context["supplements"]
    assert GridEvent.objects.count() == 1
    with pytest.raises(InternalError), transaction.atomic():
        RoundSupplement.objects.update(zero=True)


def test_rounds_that_were_ended_take_no_report_and_what_was_found_is_taken_without_them(world):
    grid, worker, clerk, row = world
    end_plan(row.plan_id, reason="合并", by=clerk, now=MONDAY)

    found = a_report(worker, grid, round_id=str(row.pk))
    assert said(signed_in(worker), found, a_round_report(worker, row)) == ["soft", "refused"]
    assert Round.objects.get().done_at is None
    assert not Receipt.objects.filter(kind="round").exists()


def test_a_neighbour_reports_no_round_of_another_grid_and_writes_nothing_in_its_diary(world):
    grid, _worker, clerk, row = world
    neighbour = a_worker(a_grid("YN02", by=clerk), by=clerk)

    sent = answers(signed_in(neighbour), a_round_report(neighbour, row), a_note(neighbour, grid))
    assert [(answer["answer"], answer["code"]) for answer in sent] == [
        ("refused", "unknown"),
        ("refused", "refused"),
    ]
    assert not (Receipt.objects.exists() or DiaryNote.objects.exists())
    row.refresh_from_db()
    assert row.done_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"looked_at": ["消防通道"]}, id="left out without a word"),
        pytest.param({"looked_at": ["别的"]}, id="not on the list"),
        pytest.param({"zero": False}, id="neither finds nor zero"),
    ],
)
def test_a_report_is_refused_for_what_the_page_refuses(world, wrong):
    _grid, worker, _clerk, row = world
    assert said(signed_in(worker), a_round_report(worker, row, **wrong)) == ["refused"]
    assert not Receipt.objects.exists()


def test_a_note_is_written_once_of_the_day_it_was_written_on_and_names_nobody(world):
    grid, worker, _clerk, _row = world
    phone, yesterday = signed_in(worker), MONDAY - timedelta(days=1)
    note = a_note(worker, grid, observed_at=yesterday)

    assert said(phone, note, note) == ["applied", "had"]
    written = DiaryNote.objects.get()
    assert (written.written_on, written.writer) == (timezone.localdate(yesterday), worker.user)
    assert Receipt.objects.get().event is None
    assert said(phone, a_note(worker, grid, text="王大爷电话 13800001111")) == ["refused"]
    assert DiaryNote.objects.count() == Receipt.objects.count() == 1


def test_a_note_that_lay_on_a_phone_for_long_is_of_the_day_it_came(world):
    grid, worker, _clerk, _row = world
    sends(signed_in(worker), a_note(worker, grid, observed_at=MONDAY - timedelta(days=45)))
    assert DiaryNote.objects.get().written_on == timezone.localdate(MONDAY)


def test_what_is_about_nothing_is_no_submission(world):
    _grid, worker, _clerk, row = world
    sent = a_round_report(worker, row)
    del sent["round"]
    assert said(signed_in(worker), sent) == ["refused"]
    assert Round.objects.get().done_at is None
