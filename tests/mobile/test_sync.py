"""What a phone wrote without a signal comes here once, in one of five answers, whatever the network does to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, InternalError, transaction
from django.test import Client

from accounts.roles import Role
from audit.models import Entry
from grids.actions import handing_over, handling
from grids.event_states import EventState
from grids.models import DirectReport, EventClock, EventMove, EventPhoto, GridEvent
from infra.models import StoredFile
from mobile.models import Conflict, Receipt, ReceiptPhoto
from tests.cases.browsers import signed_in
from tests.given import MONDAY, a_hat
from tests.grids.given import a_clerk, a_grid, a_worker, an_event
from tests.mobile.given import (
    SESSION,
    SYNC,
    a_picture,
    a_report,
    a_step,
    answers,
    said,
    sends,
    sends_photo,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    """A grid with its worker and his phone, and the community's clerk."""
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    worker = a_worker(grid, by=clerk)
    return grid, worker, clerk, signed_in(worker)


def test_a_report_and_the_steps_that_follow_it_come_in_one_batch(world):
    grid, worker, _clerk, phone = world
    report = a_report(worker, grid, observed_at=MONDAY - 3 * HOUR)
    note = a_step("progress", worker, report["id"], follows=report["id"])
    settled = a_step("settle", worker, report["id"], follows=report["id"], words="双方和好")

    first, second, third = answers(phone, report, note, settled)
    event = GridEvent.objects.get()
    assert (first["answer"], first["event"], first["number"]) == ("applied", report["id"], event.number)
    assert (second["answer"], third["answer"]) == ("applied", "applied")
    assert (event.state, event.observed_at, event.received_at) == (
        EventState.FED_BACK, MONDAY - 3 * HOUR, MONDAY,
    )  # fmt: skip
    steps = list(EventMove.objects.order_by("pk").values_list("step", flat=True))
    assert steps == ["report", "progress", "settle"]
    assert str(EventMove.objects.get(step="settle").client_id) == settled["id"]


def test_what_is_sent_again_is_answered_as_it_was_and_changes_nothing(world):
    grid, worker, _clerk, phone = world
    report = a_report(worker, grid)
    settled = a_step("settle", worker, report["id"])
    said(phone, report, settled)

    again = answers(phone, settled, report, settled)
    assert [(one["answer"], one["was"]) for one in again] == [("had", "applied")] * 3
    assert (GridEvent.objects.count(), EventMove.objects.count(), Receipt.objects.count()) == (1, 2, 2)


def test_a_step_that_overtakes_its_report_waits_and_leaves_nothing(world):
    grid, worker, _clerk, phone = world
    report = a_report(worker, grid)
    settled = a_step("settle", worker, report["id"], follows=report["id"])

    assert said(phone, settled, report, settled) == ["later", "applied", "applied"]
    assert Receipt.objects.count() == 2


def test_a_note_on_an_event_that_moved_on_is_added_and_says_so(world):
    grid, worker, clerk, phone = world
    event = an_event(grid, worker)
    handling.accept_event(event.pk, version=1, by=clerk, now=MONDAY)

    (answer,) = answers(phone, a_step("progress", worker, event.pk, version=1, words="又去看了"))
    event.refresh_from_db()
    assert (answer["answer"], event.state) == ("soft", EventState.ACCEPTED)
    assert EventMove.objects.get(step="progress").words == "又去看了"
    assert not Conflict.objects.exists()


@pytest.mark.parametrize("kind", ["settle", "send_up", "verify"])
def test_where_an_event_stands_is_never_changed_by_an_old_version(world, kind):
    grid, worker, clerk, phone = world
    event = an_event(grid, worker)
    handling.accept_event(event.pk, version=1, by=clerk, now=MONDAY)
    before = EventMove.objects.count()

    step = a_step(kind, worker, event.pk, version=1, words="已和好")
    assert said(phone, step, step) == ["hard", "had"]
    event.refresh_from_db()
    conflict = Conflict.objects.get()
    assert (event.state, event.version, EventMove.objects.count()) == (EventState.ACCEPTED, 2, before)
    assert (conflict.words, conflict.version, conflict.state) == ("已和好", 2, EventState.ACCEPTED)
    assert Entry.objects.filter(verb="submission.keep", subject_id=str(event.pk)).count() == 1
    assert "和好" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_note_on_an_event_that_is_over_is_kept_for_a_human(world):
    grid, worker, clerk, phone = world
    event = an_event(grid, worker)
    handling.return_event(event.pk, reason="不属本社区", version=1, by=clerk, now=MONDAY)

    assert said(phone, a_step("progress", worker, event.pk, version=1)) == ["hard"]
    assert not EventMove.objects.filter(step="progress").exists()


def test_what_is_refused_says_why_and_leaves_nothing_so_that_it_may_come_again(world):
    grid, worker, clerk, phone = world
    event = an_event(grid, worker)
    wrong = [
        a_report(worker, grid, title=" "),
        a_report(worker, grid, type=-1),
        a_report(worker, grid, title="长" * 61),
        a_report(worker, a_grid("YN02", by=clerk)),
        a_report(worker, grid, observed_at=MONDAY - timedelta(days=31)),
        a_step("settle", worker, event.pk, words=" "),
        a_step("verify", worker, event.pk),
        a_step("settle", worker, uuid4()),
        {"id": "nonsense"},
        "nonsense",
    ]
    found = answers(phone, *wrong)
    assert [one["answer"] for one in found] == ["refused"] * len(wrong)
    assert all(one["reason"] for one in found)
    assert found[0]["fields"]["title"]
    assert not Receipt.objects.exists() and GridEvent.objects.count() == 1 and EventMove.objects.count() == 1

    corrected = {**wrong[0], "typed": {**wrong[0]["typed"], "title": "杂物"}}
    assert said(phone, corrected) == ["applied"]


def test_one_that_is_refused_stops_no_other(world):
    grid, worker, _clerk, phone = world
    good = [a_report(worker, grid) for _ in range(3)]
    assert said(phone, good[0], {"id": 1}, good[1], a_report(worker, grid, text=""), good[2]) == [
        "applied", "refused", "applied", "refused", "applied",
    ]  # fmt: skip
    assert GridEvent.objects.count() == 3


def test_what_somebody_else_wrote_is_refused_and_stays_his(world):
    grid, worker, clerk, phone = world
    other = a_worker(grid, by=clerk, patch="2号楼")
    report = a_report(worker, grid)

    (answer,) = answers(signed_in(other), report)
    assert (answer["answer"], answer["code"]) == ("refused", "other_sender")
    assert not GridEvent.objects.exists() and not Receipt.objects.exists()
    assert said(phone, report) == ["applied"]
    # nor does a stranger take a key for his own
    taken = {**a_report(other, grid), "id": report["id"]}
    (answer,) = answers(signed_in(other), taken)
    assert (answer["answer"], answer["code"]) == ("refused", "unknown")
    assert GridEvent.objects.get().reporter == worker.user


def test_the_neighbouring_grid_writes_nothing_and_reads_nothing(world):
    grid, worker, clerk, _phone = world
    event = an_event(grid, worker, keep=True)
    neighbour = a_worker(a_grid("YN02", by=clerk), by=clerk)
    browser = signed_in(neighbour)

    (answer,) = answers(browser, a_step("settle", neighbour, event.pk))
    assert (answer["answer"], answer["code"]) == ("refused", "unknown")
    (answer,) = answers(browser, a_step("settle", neighbour, event.pk, version=9))
    assert (answer["answer"], answer["code"]) == ("refused", "unknown")
    event.refresh_from_db()
    assert event.state == EventState.DISCOVERED and not Conflict.objects.exists()
    assert browser.get(SYNC).json()["events"] == []


def test_whoever_is_not_signed_in_is_told_so_in_json_and_led_nowhere(world):
    for answer in (Client().get(SYNC), Client().get(SESSION), sends(Client())):
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")
    for hat in (a_clerk(), a_hat(Role.PETITION_OFFICER)):
        answer = signed_in(hat).get(SYNC)
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")


def test_what_is_sent_without_the_fresh_token_is_refused_in_json(world):
    grid, worker, _clerk, _phone = world
    phone = signed_in(worker)
    phone.handler.enforce_csrf_checks = True
    refused = sends(phone, a_report(worker, grid))
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/json")
    assert not GridEvent.objects.exists()

    token = phone.get(SESSION).json()["csrf"]
    body = {"sent_at": MONDAY.isoformat(), "submissions": [a_report(worker, grid)]}
    sent = phone.post(SYNC, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert sent.json()["answers"][0]["answer"] == "applied"


def test_a_phone_whose_clock_is_wrong_is_noticed_and_no_period_counts_from_it(world):
    grid, worker, _clerk, phone = world
    slow, right = a_report(worker, grid, observed_at=MONDAY - 5 * HOUR), a_report(worker, grid)
    found = sends(phone, slow, slow_by=5 * HOUR).json()
    assert found["clock_behind"] == 5 * 3600
    said(phone, right)

    event, other = (GridEvent.objects.get(pk=one["id"]) for one in (slow, right))
    assert (event.clock_was_off, event.observed_at) == (True, MONDAY - 5 * HOUR)
    assert EventClock.objects.get(event=event).started_at == MONDAY
    assert other.clock_was_off is False
    assert Receipt.objects.get(pk=slow["id"]).clock_behind == 5 * 3600


def test_q3_what_names_a_cadre_goes_to_the_office_alone_and_nothing_here_says_who_sent_it(world):
    grid, worker, _clerk, phone = world
    report = a_report(worker, grid, names_cadre="yes", text="网格长收了钱")

    (first,), (again,) = answers(phone, report), answers(phone, report)
    assert (first, again) == (
        {"id": report["id"], "answer": "applied"},
        {"id": report["id"], "answer": "had"},
    )
    assert DirectReport.objects.count() == 1
    assert not Receipt.objects.exists() and not GridEvent.objects.exists()
    assert sends_photo(phone, report)["answer"] == "later"


def test_pictures_come_after_the_text_once_each_and_say_nothing_of_the_phone(world):
    grid, worker, _clerk, phone = world
    report = a_report(worker, grid)
    assert sends_photo(phone, report)["answer"] == "later"
    said(phone, report)

    found = [sends_photo(phone, report, number)["answer"] for number in (1, 2, 1, 0, 7)]
    assert found == ["applied", "applied", "had", "refused", "refused"]
    assert EventPhoto.objects.count() == ReceiptPhoto.objects.count() == StoredFile.objects.count() == 2
    with default_storage.open(EventPhoto.objects.first().file.path) as file:
        assert b"PhoneMaker" not in file.read()
    stranger = signed_in(a_worker(grid, patch="2号楼"))
    assert sends_photo(stranger, report, 3)["code"] == "unknown"
    assert EventPhoto.objects.count() == 2


def test_a_picture_that_is_none_or_too_late_is_refused_with_its_reason(world):
    grid, worker, clerk, phone = world
    report = a_report(worker, grid, keep=False)
    said(phone, report)
    no_picture = phone.post(f"/mobile/photos/{report['id']}/1/", {"photo": a_pdf()})
    assert no_picture.json()["answer"] == "refused"
    assert phone.post(f"/mobile/photos/{report['id']}/1/").status_code == 400
    handling.return_event(report["id"], reason="不属本社区", version=1, by=clerk, now=MONDAY)
    assert sends_photo(phone, report)["code"] == "out_of_turn"
    assert not EventPhoto.objects.exists() and not StoredFile.objects.exists()


def a_pdf():
    picture = a_picture()
    picture.file.seek(0)
    picture.file.write(b"%PDF-1.4" + b" " * 100)
    picture.file.truncate()
    picture.file.seek(0)
    return picture


def test_what_became_a_petition_shows_its_state_alone_and_takes_nothing_more(world):
    grid, worker, _clerk, phone = world
    event = an_event(grid, worker, keep=True, contact="13800001111")
    handing_over.hand_over_event(event.pk, version=1, wished=True, by=worker, now=MONDAY)

    (row,) = phone.get(SYNC).json()["events"]
    assert set(row) == {
        *("id", "number", "version", "state", "state_words", "grid", "due_at", "steps"),
    }  # fmt: skip
    assert row["steps"] == []
    assert "杂物" not in phone.get(SYNC).content.decode()
    assert said(phone, a_step("progress", worker, event.pk, version=1)) == ["hard"]


def test_a_receipt_is_there_once_and_stays_as_it_was(world):
    grid, worker, _clerk, phone = world
    report = a_report(worker, grid)
    said(phone, report)
    receipt = Receipt.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(
            **{field.attname: getattr(receipt, field.attname) for field in receipt._meta.fields}
        )
    for change in (lambda: Receipt.objects.update(answer="hard"), Receipt.objects.all().delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    assert Receipt.objects.get().answer == "applied"


def test_too_much_at_once_or_no_batch_is_refused_whole(world):
    grid, worker, _clerk, phone = world
    many = [a_report(worker, grid) for _ in range(51)]
    for body in (
        {"sent_at": MONDAY.isoformat(), "submissions": many},
        {"sent_at": "gestern", "submissions": many[:1]},
        {"submissions": many[:1]},
        [],
    ):
        answer = phone.post(SYNC, body, content_type="application/json")
        assert answer.status_code == 400
    assert not GridEvent.objects.exists()
