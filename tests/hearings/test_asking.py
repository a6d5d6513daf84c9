"""A hearing is asked for, decided on by another person, and held by the procedure of its place and time (Art 31(6))."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from audit.models import Entry
from hearings.actions import asking
from hearings.models import Hearing, ProcedureSet
from hearings.states import HearingState
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.handling.given import a_unit, received, voided
from tests.given import MONDAY
from tests.hearings.given import asked, asks, called, granted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def test_the_office_notes_it_and_a_head_grants_it():
    held = asked()
    assert held.now.state == HearingState.ASKED

    asking.decide_hearing(held.pk, agree=True, by=held.head, now=MONDAY)

    assert held.now.state == HearingState.GRANTED
    assert held.now.decider_id == held.head.user.pk
    assert Entry.objects.get(verb="petition.decide_hearing").actor_post_id == held.head.post.pk


def test_the_unit_that_leads_may_note_it_and_its_neighbour_learns_nothing():
    case = received()
    with pytest.raises(Unknown):
        asking.ask_hearing(case.pk, asks(), by=a_unit("CG").officer, now=MONDAY)
    assert not Hearing.objects.exists()

    row = asking.ask_hearing(case.pk, asks(), by=case.unit.officer, now=MONDAY)

    assert row.organ_id == case.unit.organ.pk


def test_who_noted_it_does_not_decide_and_declining_takes_a_reason():
    held = asked()
    with pytest.raises(NotAllowed):
        asking.decide_hearing(held.pk, agree=True, by=held.officer, now=MONDAY)
    with pytest.raises(Refused):
        asking.decide_hearing(held.pk, agree=False, reason=" ", by=held.head, now=MONDAY)
    assert held.now.state == HearingState.ASKED
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.update(decider=held.officer.user)

    asking.decide_hearing(held.pk, agree=False, reason="应当通过诉讼解决", by=held.head, now=MONDAY)

    assert held.now.state == HearingState.DECLINED
    with pytest.raises(OutOfTurn):
        asking.decide_hearing(held.pk, agree=True, by=held.head, now=MONDAY)


def test_one_hearing_at_a_time_and_none_on_what_is_over():
    held = asked()
    with pytest.raises(OutOfTurn):
        asking.ask_hearing(held.case.pk, asks(), by=held.officer, now=MONDAY)
    over = voided()
    with pytest.raises(OutOfTurn):
        asking.ask_hearing(over.pk, asks(), by=over.office.officer, now=MONDAY)
    assert Hearing.objects.count() == 1


def test_a_lapsed_procedure_and_another_province_s_are_none_of_today():
    case = received()
    for code in ("SX-2021", "SD-2006"):
        procedure = ProcedureSet.objects.get(code=code).pk
        with pytest.raises(Refused) as refusal:
            asking.ask_hearing(case.pk, asks(procedure_id=procedure), by=case.office.officer, now=MONDAY)
        assert "procedure" in refusal.value.fields
    assert not Hearing.objects.exists()
    assert ProcedureSet.objects.get(code="SX-2021").has_lapsed(on=date(2026, 1, 1))
    place = case.office.organ.place
    lapsed = ProcedureSet.objects.in_force(place, on=date(2025, 12, 31)).values_list("code", flat=True)
    assert set(lapsed) == {"SX-2021", "DISTRICT"}


@pytest.mark.parametrize("days", [-400, 1], ids=["before the petition", "ahead"])
def test_q25_the_day_it_was_asked_for_lies_between_receipt_and_today(days):
    case = received()
    day = MONDAY.date() + timedelta(days=days)
    with pytest.raises(Refused):
        asking.ask_hearing(case.pk, asks(applied_on=day), by=case.office.officer, now=MONDAY)
    assert not Hearing.objects.exists()


def test_a_procedure_is_followed_never_changed_and_its_panel_is_odd():
    row = ProcedureSet.objects.get(code="DISTRICT")
    for change in ({"notice_days": 1}, {"least_panel": 4}):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            ProcedureSet.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureSet.objects.create(
            code="X", name="偶数", applicants=["organ"], least_panel=4, most_representatives=5, most_agents=2,
            source="无", valid_from=date(2026, 1, 1),
        )  # fmt: skip


def test_it_is_called_off_with_a_reason_and_sets_room_and_persons_free():
    held = called()
    with pytest.raises(NotAllowed):
        asking.call_off_hearing(held.pk, reason="撤回", by=held.officer, now=MONDAY)
    with pytest.raises(Refused):
        asking.call_off_hearing(held.pk, reason="", by=held.head, now=MONDAY)
    assert held.now.bookings.count() == 3

    asking.call_off_hearing(held.pk, reason="信访人撤回听证申请", by=held.head, now=MONDAY)

    assert (held.now.state, held.now.bookings.count()) == (HearingState.CALLED_OFF, 0)
    assert granted(held.case).now.state == HearingState.GRANTED
