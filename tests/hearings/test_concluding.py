"""Votes with dissent, a conclusion they carry, promises with a person and a day, signatures, the frozen record."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction

from assignments.models import Assignment
from assignments.states import State
from cases.models import PetitionClock
from hearings.actions import concluding
from hearings.effects import effect_of
from hearings.models import Commitment, Hearing, Seat
from hearings.records import digest_of
from hearings.states import HearingState, SeatRole, Step, Vote
from leadership.actions import answers
from lib.errors import NotAllowed, OutOfTurn, Refused
from tests.cases.handling.given import a_unit, accepted, the_petitioner
from tests.hearings.given import (
    DAY,
    at_step,
    called,
    closed,
    concluded,
    concludes,
    opened,
    promised,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def test_dissent_has_its_reasons_and_only_the_deliberating_panel_votes():
    held = opened()
    seat = held.seats(SeatRole.PANEL)[0]
    with pytest.raises(OutOfTurn):
        concluding.note_vote(held.pk, seat_id=seat.pk, vote=Vote.SUPPORT, by=held.officer, now=DAY)
    held = at_step(Step.DELIBERATION, held)
    with pytest.raises(Refused):
        concluding.note_vote(held.pk, seat_id=seat.pk, vote=Vote.AGAINST, by=held.officer, now=DAY)
    assert not Seat.objects.exclude(vote="").exists()

    concluding.note_vote(
        held.pk, seat_id=seat.pk, vote=Vote.AGAINST, words="证据不足", by=held.officer, now=DAY
    )

    seat.refresh_from_db()
    assert (seat.vote, seat.vote_words) == (Vote.AGAINST, "证据不足")


def test_the_conclusion_is_the_one_the_votes_carry():
    held = at_step(Step.ANNOUNCEMENT)
    for wrong in ({"outcome": Vote.PARTLY}, {"facts": " "}, {"basis": ""}):
        with pytest.raises(Refused):
            concluding.conclude(held.pk, concludes(**wrong), by=held.officer, now=DAY)
    assert held.now.state == HearingState.OPEN

    concluding.conclude(held.pk, concludes(), by=held.officer, now=DAY + timedelta(hours=2))

    assert (held.now.state, held.now.step, held.now.outcome) == (
        HearingState.CONCLUDED,
        Step.SIGNING,
        Vote.SUPPORT,
    )


def test_a_promise_has_a_person_of_the_unit_and_a_day_ahead():
    held = at_step(Step.COMMENTS)
    stranger = a_unit("CG").officer.post.pk
    for wrong in ({"words": " "}, {"responsible_id": stranger}, {"due_on": DAY.date()}):
        with pytest.raises(Refused):
            promised(held, **wrong)
    assert not Commitment.objects.exists()

    row = promised(held)
    assert row.assignment is None

    concluding.drop_promise(held.pk, commitment_id=row.pk, by=held.officer, now=DAY)
    assert not Commitment.objects.exists()


def test_it_closes_once_all_signed_and_its_record_and_hash_stay():
    held = concluded()
    with pytest.raises(OutOfTurn):
        concluding.close_hearing(held.pk, by=held.officer, now=DAY)
    assert held.now.state == HearingState.CONCLUDED
    seats = list(Seat.objects.filter(hearing=held.pk, left_at=None))
    for seat in seats:
        why = "不同意结论" if seat.role == SeatRole.PETITIONER else ""
        concluding.sign_record(held.pk, seat_id=seat.pk, refused_why=why, by=held.officer, now=DAY)

    concluding.close_hearing(held.pk, by=held.officer, now=DAY + timedelta(hours=3))

    row = held.now
    assert row.digest == digest_of(row.frozen)
    assert "不同意结论" in row.frozen
    assert the_petitioner(held.case).name in row.frozen
    for change in ({"facts": "别的"}, {"frozen": "{}"}, {"state": HearingState.OPEN}):
        with pytest.raises(InternalError), transaction.atomic():
            Hearing.objects.filter(pk=held.pk).update(**change)


def test_what_was_promised_is_asked_with_a_clock_and_followed_until_verified():
    held = closed()
    row = Commitment.objects.select_related("assignment__clock").get()
    assert row.assignment is not None
    assert row.assignment.clock.last_day == row.due_on
    unit = held.case.unit
    assert list(Assignment.objects.asked_of(unit.officer)) == [row.assignment]
    effect = effect_of(held.now, now=DAY)
    assert effect is not None
    assert (effect.promised, effect.verified, effect.is_good) == (1, 0, False)

    answers.reply(row.assignment.pk, words="已验收", by=unit.officer, now=DAY + timedelta(days=3))
    answers.verify(row.assignment.pk, words="看过验收单", by=held.officer, now=DAY + timedelta(days=4))

    assert Assignment.objects.get().state == State.VERIFIED


def test_silence_counts_only_ninety_days_after_all_is_verified():
    held = closed()
    row = Commitment.objects.get()
    answers.reply(row.assignment_id, words="已验收", by=held.case.unit.officer, now=DAY + timedelta(days=3))
    answers.verify(row.assignment_id, words="看过验收单", by=held.officer, now=DAY + timedelta(days=4))
    effect = {days: effect_of(held.now, now=DAY + timedelta(days=days)) for days in (4, 94, 95)}
    assert [one.is_good for one in effect.values() if one] == [False, False, True]


def test_what_is_published_names_nobody():
    held = closed()
    name = the_petitioner(held.case).name
    with pytest.raises(NotAllowed):
        concluding.publish(held.pk, words="先办证、后清算。", by=held.officer, now=DAY)
    for wrong in (f"{name}的诉求得到支持", "电话 13800138000", " "):
        with pytest.raises(Refused):
            concluding.publish(held.pk, words=wrong, by=held.head, now=DAY)
    assert held.now.published_at is None

    concluding.publish(held.pk, words="先办证、后清算。", by=held.head, now=DAY)

    assert held.now.published_words == "先办证、后清算。"
    with pytest.raises(NotAllowed):
        concluding.publish(held.pk, words="再公布一次", by=held.head, now=DAY)


def test_art_36_a_hearing_while_handling_moves_no_clock():
    case = accepted()

    def clocks():
        rows = PetitionClock.objects.filter(petition=case.pk).order_by("pk")
        return list(rows.values("code", "last_day", "due_at", "paused_since", "met_at", "cancelled_at"))

    before = clocks()
    closed(opened(called(case)))
    assert clocks() == before
