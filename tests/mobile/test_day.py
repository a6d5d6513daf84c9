"""What a phone carries for a day: its own grids' open events and no more, in one request of fixed cost."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.rotation import TABLES
from grids.actions import handling
from mobile.models import PhoneKey
from mobile.secrets import open_key
from tests.cases.browsers import signed_in
from tests.given import MONDAY
from tests.grids.given import a_clerk, a_grid, a_worker, an_event
from tests.mobile.given import SYNC

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


@pytest.fixture
def world():
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    return grid, a_worker(grid, by=clerk), clerk


def test_it_holds_the_grids_the_types_and_what_may_be_done_with_each_open_event(world):
    grid, worker, clerk = world
    event = an_event(grid, worker, keep=True, contact="13800001111", spot="三号楼")
    over = an_event(grid, worker)
    handling.return_event(over.pk, reason="不属本社区", version=1, by=clerk, now=MONDAY)
    an_event(a_grid("YN02", by=clerk), clerk)

    answer = signed_in(worker).get(SYNC)
    day = answer.json()
    (row,) = day["events"]
    assert (row["id"], row["title"], row["version"]) == (str(event.pk), event.title, 1)
    assert row["steps"] == ["progress", "settle", "send_up"]
    assert [one["id"] for one in day["grids"]] == [str(grid.pk)]
    assert len(day["types"]) > 5 and day["more"] is False
    assert (day["user"], day["post"]) == (worker.user.pk, worker.post.pk)
    assert "13800001111" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_who_did_it_is_not_offered_to_verify_it_and_another_is(world):
    grid, worker, clerk = world
    event = an_event(grid, worker, keep=True)
    handling.settle_event(event.pk, words="好了", version=1, by=worker, now=MONDAY)
    other = a_worker(grid, by=clerk, patch="2号楼")

    offered = {hat: signed_in(hat).get(SYNC).json()["events"][0]["steps"] for hat in (worker, other)}
    assert offered == {worker: ["progress"], other: ["progress", "verify"]}


def test_it_holds_fifty_events_and_says_that_there_are_more(world):
    grid, worker, _clerk = world
    for _ in range(51):
        an_event(grid, worker, keep=True)

    day = signed_in(worker).get(SYNC).json()
    assert (len(day["events"]), day["more"]) == (50, True)


def test_its_queries_do_not_grow_with_the_events(world):
    grid, worker, _clerk = world
    phone = signed_in(worker)
    phone.get(SYNC)
    counts = []
    for many in (1, 12):
        for _ in range(many):
            an_event(grid, worker, keep=True)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            phone.get(SYNC)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 19


def test_the_key_of_the_store_is_the_persons_own_the_same_each_time_and_sealed_at_rest(world):
    grid, worker, clerk = world
    other = a_worker(grid, by=clerk, patch="2号楼")
    first, again = (signed_in(worker).get(SYNC).json()["key"] for _ in range(2))
    theirs = signed_in(other).get(SYNC).json()["key"]

    assert first == again != theirs
    assert len(base64.b64decode(first)) == 32
    row = PhoneKey.objects.get(user=worker.user)
    assert base64.b64decode(first) not in bytes(row.key_sealed) and first.encode() not in bytes(
        row.key_sealed
    )
    (table,) = [table for table in TABLES if table.model is PhoneKey]
    before = bytes(row.key_sealed)
    assert table.rewrite(row) == ["key_sealed"] and bytes(row.key_sealed) != before
    assert open_key(worker.user.pk, row.key_sealed) == first
