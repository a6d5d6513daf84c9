"""Many phones, and one phone many times, at the same moment: each submission arrives once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from grids.models import EventMove, GridEvent
from mobile.batches import answer_each, batch_of
from mobile.models import Conflict, Receipt
from tests.cases.test_concurrency import at_once, refusals
from tests.given import MONDAY
from tests.grids.given import a_clerk, a_grid, a_worker, an_event
from tests.mobile.given import a_report, a_step

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
    pytest.mark.usefixtures("shelf"),
]


def sending(hat, *submissions):
    body = {"sent_at": MONDAY.isoformat(), "submissions": list(submissions)}
    return lambda: answer_each(batch_of(body, now=MONDAY), by=hat, now=MONDAY)


def test_one_submission_sent_by_eight_connections_at_once_is_there_once():
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    worker = a_worker(grid, by=clerk)
    event = an_event(grid, worker, keep=True)
    report, settled = a_report(worker, grid), a_step("settle", worker, event.pk)

    found = at_once(*[sending(worker, report, settled)] * 8)
    assert refusals(found) == []
    for place in (0, 1):
        said = sorted(answers[place]["answer"] for answers in found)
        assert said == ["applied", *["had"] * 7]
    assert (GridEvent.objects.count(), EventMove.objects.count()) == (2, 3)
    assert Receipt.objects.count() == 2 and not Conflict.objects.exists()


def test_two_who_settle_one_event_at_once_leave_one_step_and_one_version_kept():
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    workers = [a_worker(grid, by=clerk, patch=patch) for patch in ("1号楼", "2号楼")]
    event = an_event(grid, workers[0], keep=True)

    found = at_once(*(sending(hat, a_step("settle", hat, event.pk)) for hat in workers))
    assert sorted(answers[0]["answer"] for answers in found) == ["applied", "hard"]
    assert EventMove.objects.filter(step="settle").count() == Conflict.objects.count() == 1


def test_six_phones_with_six_submissions_each_sent_twice_arrive_once_each():
    clerk = a_clerk()
    grids = [a_grid(f"YN{number:02}", by=clerk) for number in range(6)]
    phones = [a_worker(grid, by=clerk) for grid in grids]
    sent = {hat: [a_report(hat, grid) for _ in range(6)] for hat, grid in zip(phones, grids, strict=True)}

    found = at_once(*(sending(hat, *reports) for hat, reports in sent.items() for _ in range(2)))
    assert refusals(found) == []
    keys = {str(key) for key in GridEvent.objects.values_list("pk", flat=True)}
    assert keys == {report["id"] for reports in sent.values() for report in reports}
    assert Receipt.objects.count() == 36
    numbers = sorted(GridEvent.objects.values_list("number", flat=True))
    assert numbers == [f"WG2026-{number:06}" for number in range(1, 37)]


def test_a_thousand_submissions_that_queued_on_a_hundred_phones_arrive_once_each():
    clerk = a_clerk()
    phones = []
    for number in range(100):
        grid = a_grid(f"YN{number:03}", by=clerk)
        phones.append((a_worker(grid, by=clerk), grid))
    sent = [(hat, [a_report(hat, grid) for _ in range(10)]) for hat, grid in phones]

    with ThreadPoolExecutor(8) as pool:
        # the answer of the first half was lost, so those phones send their queues again
        found = list(pool.map(_sent_by_a_phone, [*sent, *sent[:50]]))

    said = Counter(answer for answers in found for answer in answers)
    assert said == {"applied": 1000, "had": 500}
    keys = {str(key) for key in GridEvent.objects.values_list("pk", flat=True)}
    assert keys == {report["id"] for _hat, reports in sent for report in reports}
    assert Receipt.objects.count() == 1000 and not Conflict.objects.exists()
    assert len(set(GridEvent.objects.values_list("number", flat=True))) == 1000


def _sent_by_a_phone(queue):
    hat, reports = queue
    try:
        return [answer["answer"] for answer in sending(hat, *reports)()]
    finally:
        connections.close_all()
