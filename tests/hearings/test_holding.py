"""The room: opened when all is there, ten steps in their order, a record two clerks write, no word lost (Q32)."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction

from hearings.actions import arranging, holding
from hearings.models import Exhibit, RecordChange, RecordEntry, StepRun
from hearings.states import HearingState, PauseGround, SeatRole, Step
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from lib.ids import uuid7
from tests.cases.handling.given import a_unit
from tests.hearings.given import DAY, all_came, at_step, closed, opened, seated

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def wrote(held, text="房款已付清", *, entry=None, version=0, by=None, now=DAY):
    seat = held.seats(SeatRole.PETITIONER)[0]
    return holding.write_entry(
        held.pk,
        entry_id=entry or uuid7(),
        seat_id=seat.pk,
        text=text,
        version=version,
        by=by or held.clerk,
        now=now,
    )


def test_it_opens_only_when_time_has_come_and_all_are_there():
    held = seated()
    all_came(held)
    with pytest.raises(OutOfTurn):
        holding.open_hearing(held.pk, recusal_asked=True, by=held.officer, now=DAY - timedelta(minutes=1))
    with pytest.raises(Refused):
        holding.open_hearing(held.pk, recusal_asked=False, by=held.officer, now=DAY)
    away = held.seats(SeatRole.PANEL)[0]
    holding.note_presence(held.pk, seat_id=away.pk, came=False, by=held.officer, now=DAY)
    with pytest.raises(OutOfTurn):
        holding.open_hearing(held.pk, recusal_asked=True, by=held.officer, now=DAY)
    assert held.now.state == HearingState.CALLED
    holding.note_presence(held.pk, seat_id=away.pk, came=True, by=held.officer, now=DAY)

    holding.open_hearing(held.pk, recusal_asked=True, by=held.officer, now=DAY)

    assert (held.now.state, held.now.step, held.now.recusal_asked_at) == (HearingState.OPEN, 1, DAY)


def test_an_absent_petitioner_keeps_it_shut():
    held = seated()
    all_came(held)
    seat = held.seats(SeatRole.PETITIONER)[0]
    holding.note_presence(held.pk, seat_id=seat.pk, came=False, by=held.officer, now=DAY)
    with pytest.raises(OutOfTurn):
        holding.open_hearing(held.pk, recusal_asked=True, by=held.officer, now=DAY)
    assert not StepRun.objects.exists()


def test_the_steps_come_in_their_order_each_with_its_time():
    held = at_step(Step.POLICY)
    runs = list(StepRun.objects.order_by("step").values_list("step", "began_at", "ended_at"))
    assert [step for step, _began, _ended in runs] == [1, 2, 3, 4]
    assert runs[1][2] == runs[2][1] == DAY + timedelta(minutes=20)
    assert runs[3][2] is None
    assert held.now.step == Step.POLICY


def test_the_panel_votes_before_the_announcement_and_the_conclusion_leads_on():
    held = opened()
    for _number in range(1, Step.DELIBERATION):
        holding.next_step(held.pk, by=held.officer, now=DAY)
    with pytest.raises(OutOfTurn):
        holding.next_step(held.pk, by=held.officer, now=DAY)
    assert held.now.step == Step.DELIBERATION


def test_a_repeated_save_is_one_entry_and_typing_on_keeps_no_half_sentences():
    held, key = opened(), uuid7()
    wrote(held, "房款", entry=key)
    wrote(held, "房款", entry=key)
    wrote(held, "房款已付清", entry=key, version=1, now=DAY + timedelta(seconds=4))

    entry = RecordEntry.objects.get()
    assert (entry.text, entry.version, entry.step) == ("房款已付清", 2, Step.OPENING)
    assert not RecordChange.objects.exists()


def test_q32_a_second_clerk_is_shown_the_words_that_stand_and_writes_over_none():
    held, key = opened(), uuid7()
    wrote(held, "房款已付清", entry=key)
    wrote(held, "房款已付清，有发票", entry=key, version=1, by=held.officer, now=DAY + timedelta(seconds=5))

    with pytest.raises(Stale) as refusal:
        wrote(held, "房款未付清", entry=key, version=1, now=DAY + timedelta(seconds=9))

    assert "房款已付清，有发票" in str(refusal.value.message)
    assert RecordEntry.objects.get().text == "房款已付清，有发票"
    assert RecordChange.objects.get().text == "房款已付清"


def test_a_correction_keeps_the_earlier_words():
    held, key = opened(), uuid7()
    wrote(held, "三百万元", entry=key)
    wrote(held, "三百八十六万元", entry=key, version=1, now=DAY + timedelta(minutes=5))
    assert list(RecordChange.objects.values_list("version", "text")) == [(1, "三百万元")]
    with pytest.raises(InternalError), transaction.atomic():
        RecordChange.objects.update(text="别的")


def test_only_clerks_and_the_organ_write_and_only_while_it_is_heard():
    held = opened()
    with pytest.raises(NotAllowed):
        wrote(held, by=held.case.unit.officer)
    with pytest.raises(Unknown):
        wrote(held, by=a_unit("CG").officer)
    with pytest.raises(Refused):
        wrote(held, "  ")
    assert not RecordEntry.objects.exists()


def test_a_closed_record_cannot_be_written_in_any_way():
    held = opened()
    wrote(held)
    closed_one = closed(held)
    with pytest.raises(OutOfTurn):
        wrote(closed_one)
    with pytest.raises(InternalError), transaction.atomic():
        RecordEntry.objects.update(text="改")
    with pytest.raises(InternalError), transaction.atomic():
        StepRun.objects.all().delete()
    assert RecordEntry.objects.get().text == "房款已付清"


def test_evidence_is_noted_with_who_showed_it():
    held = opened()
    seat = held.seats(SeatRole.PETITIONER)[0]
    holding.show_exhibit(held.pk, seat_id=seat.pk, what="购房合同", by=held.clerk, now=DAY)
    assert Exhibit.objects.get().seat_id == seat.pk


def test_suspended_it_goes_on_where_it_was():
    held = at_step(Step.INQUIRY)
    with pytest.raises(Refused):
        holding.suspend(held.pk, ground=PauseGround.WITNESS, why="", by=held.officer, now=DAY)
    holding.suspend(held.pk, ground=PauseGround.WITNESS, why="通知新的证人", by=held.officer, now=DAY)
    with pytest.raises(OutOfTurn):
        holding.next_step(held.pk, by=held.officer, now=DAY)
    wrote(held)

    holding.resume(held.pk, by=held.officer, now=DAY + timedelta(hours=1))

    row = held.now
    assert (row.state, row.step) == (HearingState.OPEN, Step.INQUIRY)
    assert row.pauses.get().ended_at == DAY + timedelta(hours=1)


def test_who_left_does_not_speak():
    held = opened()
    seat = held.seats(SeatRole.PETITIONER)[0]
    arranging.let_leave(held.pk, seat_id=seat.pk, why="身体不适", by=held.officer, now=DAY)
    with pytest.raises(Unknown):
        holding.show_exhibit(held.pk, seat_id=seat.pk, what="购房合同", by=held.clerk, now=DAY)
    assert not Exhibit.objects.exists()
