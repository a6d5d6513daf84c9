"""Whatever a network does to what a phone sends (orders, repeats, losses): nothing is lost, nothing is there twice."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grids.actions import handling
from grids.actions.rounds import report_round
from grids.event_states import EventState
from grids.models import DiaryNote, EventMove, EventPhoto, GridEvent, Round
from mobile.models import Conflict, Receipt, ReceiptPhoto
from tests.cases.browsers import signed_in
from tests.given import MONDAY
from tests.grids.given import a_clerk, a_grid, a_plan, a_worker
from tests.mobile.given import a_note, a_report, a_round_report, a_step, answers, sends_photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

# what leaves a phone's queue; everything else is sent again
FINAL = {"applied", "soft", "hard", "had", "refused"}
KINDS = ("progress", "progress", "settle", "send_up")


@dataclass
class Phone:
    """A queue as the phone keeps it: in order of writing, and left only by one of the five answers."""

    browser: Any
    queue: list[dict[str, Any]] = field(default_factory=list)
    photos: list[tuple[dict[str, Any], int]] = field(default_factory=list)
    on_the_way: list[list[dict[str, Any]]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def send(self, batch: list[dict[str, Any]], *, heard: bool) -> None:
        """Send a batch; unheard, the server's answer never arrives."""
        for answer in answers(self.browser, *batch):
            if heard and answer["answer"] in FINAL:
                self.queue = [one for one in self.queue if one["id"] != answer["id"]]
                if answer["answer"] == "refused":
                    self.refused.append(answer["id"])

    def send_photos(self, *, heard: bool) -> None:
        for submission, number in list(self.photos):
            if sends_photo(self.browser, submission, number)["answer"] in FINAL and heard:
                self.photos.remove((submission, number))


def written(hat: Any, grid: Any, row: Any, plan: list[list[str]], found: int) -> list[dict[str, Any]]:
    """Return what a worker wrote without a signal: events with some steps each, notes, a round with its finds."""
    sent = [a_note(hat, grid) for _ in plan]
    sent += [a_report(hat, grid, round_id=str(row.pk)) for _ in range(found)]
    follows = sent[-1]["id"] if found else None
    sent.append({**a_round_report(hat, row, zero=found == 0), "follows": follows})
    for steps in plan:
        report = a_report(hat, grid)
        sent.append(report)
        sent += [a_step(kind, hat, report["id"], follows=report["id"]) for kind in steps]
    return sent


WEATHER = st.lists(
    st.tuples(
        st.sampled_from(
            ["sent", "unheard", "lost", "late", "replayed", "pictures", "somebody", "looked over"]
        ),
        st.randoms(use_true_random=False),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plan=st.lists(st.lists(st.sampled_from(KINDS), max_size=3), min_size=1, max_size=3),
    found=st.integers(0, 2),
    weather=WEATHER,
)
def test_nothing_is_lost_and_nothing_is_there_twice(plan, found, weather):
    clerk = a_clerk()
    grid = a_grid(f"G{uuid4().hex[:8]}", by=clerk)
    worker = a_worker(grid, by=clerk)
    row = a_plan(clerk, name=f"排查{grid.code}").rounds.select_related("plan").get(grid=grid)
    phone = Phone(signed_in(worker))
    sent = written(worker, grid, row, plan, found)
    phone.queue = list(sent)
    phone.photos = [(one, 1) for one in sent if one["kind"] == "report"]
    for what, random in weather:
        batch = random.sample(phone.queue, random.randint(0, len(phone.queue)))
        match what:
            case "sent" | "unheard":
                phone.send(batch + batch[: random.randint(0, 2)], heard=what == "sent")
                phone.on_the_way.append(batch)
            case "late":
                phone.on_the_way.append(batch)
            case "replayed" if phone.on_the_way:
                phone.send(random.choice(phone.on_the_way), heard=random.random() < 0.5)
            case "pictures":
                phone.send_photos(heard=random.random() < 0.5)
            case "somebody":
                the_clerk_accepts(clerk, grid)
            case "looked over":
                the_clerk_looks_over(clerk, row)
    phone.send(phone.queue, heard=True)
    assert phone.queue == []
    phone.send_photos(heard=True)

    # a second step meets a newer version and is kept: nothing here is refused
    assert phone.photos == [] and phone.refused == []
    reports = {one["id"] for one in sent if one["kind"] == "report"}
    steps = [one["id"] for one in sent if one["kind"] in KINDS]
    notes = [one["id"] for one in sent if one["kind"] == "diary"]
    assert {str(key) for key in GridEvent.objects.filter(grid=grid).values_list("pk", flat=True)} == reports
    moves = EventMove.objects.filter(event__grid=grid, client_id__isnull=False)
    kept = Conflict.objects.filter(receipt__event__grid=grid)
    where = [str(key) for key in moves.values_list("client_id", flat=True)]
    where += [str(key) for key in kept.values_list("receipt", flat=True)]
    assert Counter(where) == Counter(steps)
    assert Receipt.objects.filter(event__grid=grid).count() == len(reports) + len(steps)
    assert ReceiptPhoto.objects.filter(receipt__event__grid=grid).count() == len(reports)
    assert EventPhoto.objects.filter(event__grid=grid).count() == len(reports)
    written_down = DiaryNote.objects.filter(grid=grid).values_list("pk", flat=True)
    assert Counter(map(str, written_down)) == Counter(notes)
    row.refresh_from_db()
    assert [row.person, *(one.person for one in row.supplements.all())].count(worker.user) == 1
    assert Receipt.objects.filter(round=row).count() == 1


def the_clerk_looks_over(clerk: Any, row: Any) -> None:
    if Round.objects.filter(pk=row.pk, done_at=None).exists():
        report_round(row.pk, looked_at=row.plan.checklist, zero=not row.finds.exists(), by=clerk, now=MONDAY)


def the_clerk_accepts(clerk: Any, grid: Any) -> None:
    for event in GridEvent.objects.filter(grid=grid, state=EventState.REPORTED):
        handling.accept_event(event.pk, version=event.version, by=clerk, now=MONDAY)
