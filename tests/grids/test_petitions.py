"""At the resident's wish an event becomes a petition, words unchanged; the grid sees its state alone (Q3, Art 22)."""

from uuid import uuid4

import pytest

from accounts.roles import Role
from cases.actions.from_grids import take_event
from cases.actions.register import register
from cases.models import Draft, Petition
from grids.actions.handing_over import hand_over_event
from grids.event_states import EventState
from grids.models import GridEvent
from lib.errors import NotAllowed, OutOfTurn, Unknown
from tests.cases.browsers import signed_in
from tests.cases.given import an_intake
from tests.given import MONDAY, a_hat
from tests.grids.given import a_clerk, a_grid, a_worker, an_event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


@pytest.fixture
def handed():
    clerk = a_clerk()
    grid = a_grid(by=clerk)
    worker = a_worker(grid, by=clerk)
    event = an_event(grid, worker, contact="13900000000")
    hand_over_event(event.pk, wished=True, version=1, by=worker, now=MONDAY)
    return GridEvent.objects.get(), worker


def test_q3_the_office_takes_it_in_with_the_words_unchanged_and_registers_it(handed):
    event, worker = handed
    registrar, colleague = a_hat(Role.REGISTRAR), a_hat(Role.REGISTRAR)
    browser = signed_in(registrar)
    (box,) = [box for box in browser.open("desk:my_work").context["boxes"] if box.url_name == "grids:events"]
    assert box.count == 1
    assert browser.open("grids:events", query={"view": "waits"}).context["rows"][0].event == event

    with pytest.raises(Unknown):
        take_event(uuid4(), by=registrar, now=MONDAY)
    for by in (worker, a_hat(Role.GRID_LEADER)):
        with pytest.raises((Unknown, NotAllowed)):
            take_event(event.pk, by=by, now=MONDAY)
    assert not Draft.objects.exists()
    assert browser.send("cases:take_event", event.pk).status_code == 302
    form = browser.open("cases:draft", event.pk).content.decode()
    assert "三号楼二单元楼道堆放杂物，\n　邻里为此争执。" in form and "13900000000" in form
    assert take_event(event.pk, by=registrar, now=MONDAY).pk == event.pk
    with pytest.raises(OutOfTurn):
        take_event(event.pk, by=colleague, now=MONDAY)

    register(event.pk, an_intake(text=event.text), by=registrar, now=MONDAY)
    event.refresh_from_db()
    assert event.state == EventState.CONVERTED
    assert Petition.objects.get().submission_id == event.pk
    page = signed_in(worker).open("grids:event", event.pk)
    assert page.context["petition"] == Petition.objects.get().get_routing_display()
    assert event.title not in page.content.decode()


def test_q1_of_a_petition_that_was_sealed_the_grid_learns_nothing_more(handed):
    event, worker = handed
    registrar = a_hat(Role.REGISTRAR)
    a_hat(Role.SEALED_LANE_OFFICER)
    take_event(event.pk, by=registrar, now=MONDAY)
    register(event.pk, an_intake(names_a_wrongdoer=True), by=registrar, now=MONDAY)

    assert Petition.objects.get().sealed
    page = signed_in(worker).open("grids:event", event.pk)
    assert str(page.context["petition"]) == "信访部门已登记"


def test_registering_anything_else_touches_no_event(handed):
    event, _worker = handed
    register(uuid4(), an_intake(), by=a_hat(Role.REGISTRAR), now=MONDAY)
    event.refresh_from_db()
    assert event.state == EventState.HANDED_OVER
