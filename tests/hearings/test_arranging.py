"""Day, room, chair, panel and notices: nothing and nobody is booked twice, and who decides is impartial."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import Role
from audit.models import Entry
from cases.actions.handling import note_progress
from cases.models.progress import ProgressKind
from hearings.actions import arranging, holding
from hearings.arithmetic import drawn
from hearings.models import Booking, HearingNotice, Seat
from hearings.states import HearingState, NoticeMode, PauseGround, SeatRole
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.handling.given import a_unit, accepted, received
from tests.given import MONDAY, a_hat
from tests.hearings.given import DAY, a_call, a_registry, all_came, called, granted, seated, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def test_it_is_called_numbered_booked_and_those_who_sit_are_told():
    held = called()

    row = held.now
    assert (row.state, row.number) == (HearingState.CALLED, "离信访听〔2026〕1号")
    assert Booking.objects.filter(hearing=row).count() == 3
    told_posts = set(Notice.objects.filter(kind="hearing_called").values_list("post", flat=True))
    assert told_posts == {held.chair.post.pk, held.clerk.post.pk}


def test_the_day_leaves_the_days_of_notice():
    held = granted()
    soon = {"begins_at": MONDAY + timedelta(days=6), "ends_at": MONDAY + timedelta(days=6, hours=1)}
    with pytest.raises(Refused) as refusal:
        arranging.call_hearing(held.pk, a_call(held, **soon), by=held.officer, now=MONDAY)
    assert "begins_at" in refusal.value.fields
    assert held.now.state == HearingState.GRANTED


def test_a_room_and_a_person_are_never_booked_twice():
    first, second = called(), granted(received())
    taken = first.now.room_id
    with pytest.raises(Refused) as refusal:
        arranging.call_hearing(second.pk, a_call(second, room_id=taken), by=second.officer, now=MONDAY)
    assert "room" in refusal.value.fields
    again = a_call(second, chair_id=first.chair.post.pk)
    with pytest.raises(Refused):
        arranging.call_hearing(second.pk, again, by=second.officer, now=MONDAY)
    assert second.now.state == HearingState.GRANTED
    during = Booking.objects.get(hearing=first.pk, room=taken).during
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(hearing=second.now, during=during, room_id=taken)

    later = {"begins_at": DAY + timedelta(hours=3), "ends_at": DAY + timedelta(hours=5)}
    arranging.call_hearing(second.pk, a_call(second, room_id=taken, **later), by=second.officer, now=MONDAY)

    assert second.now.state == HearingState.CALLED


def test_who_investigated_the_petition_does_not_chair():
    case = accepted()
    held = granted(case)
    note_progress(
        case.pk, case.handling_id, kind=ProgressKind.INVESTIGATION,
        words="现场查看", done_on=MONDAY.date(), by=case.unit.officer, now=MONDAY,
    )  # fmt: skip
    call = a_call(held, chair_id=case.unit.officer.post.pk)
    with pytest.raises(Refused) as refusal:
        arranging.call_hearing(held.pk, call, by=held.officer, now=MONDAY)
    assert "chair" in refusal.value.fields
    assert not Seat.objects.exists()


def test_the_panel_is_drawn_by_a_seed_anybody_can_draw_again_by():
    held = called()
    members = a_registry(held)
    for count in (4, 3, 9):
        with pytest.raises(Refused):
            arranging.draw_panel(held.pk, count=count, by=held.officer, now=MONDAY)
    assert held.seats(SeatRole.PANEL) == []

    arranging.draw_panel(held.pk, count=5, by=held.officer, now=MONDAY)

    row = held.now
    assert row.drawn_from == sorted(member.pk for member in members)
    seats = {seat.panelist_id for seat in held.seats(SeatRole.PANEL)}
    assert seats == set(drawn(row.drawn_from, 5, row.draw_seed))
    assert Entry.objects.get(verb="hearing.draw_panel").facts["seed"] == row.draw_seed
    with pytest.raises(OutOfTurn):
        arranging.draw_panel(held.pk, count=5, by=held.officer, now=MONDAY)


def test_who_recuses_himself_leaves_with_the_reason_and_does_not_come_back():
    held = seated()
    seat = held.seats(SeatRole.PANEL)[0]
    with pytest.raises(Refused):
        arranging.let_leave(held.pk, seat_id=seat.pk, why=" ", by=held.officer, now=MONDAY)

    arranging.let_leave(held.pk, seat_id=seat.pk, why="与信访人系亲属，回避", by=held.officer, now=MONDAY)

    seat.refresh_from_db()
    assert seat.left_at == MONDAY
    assert not Booking.objects.filter(hearing=held.pk, panelist=seat.panelist_id).exists()
    with pytest.raises(Refused):
        arranging.choose_panelist(held.pk, panelist_id=seat.panelist_id, by=held.officer, now=MONDAY)
    free = [row.pk for row in held.now.drawn_from and a_registry(held, 1)]
    arranging.choose_panelist(held.pk, panelist_id=free[0], by=held.officer, now=MONDAY)
    assert len(held.seats(SeatRole.PANEL)) == 5


def test_agents_are_as_many_as_the_procedure_allows():
    held = called()
    for name in ("王律师", "李律师"):
        arranging.seat_other(held.pk, role=SeatRole.AGENT, words=name, by=held.officer, now=MONDAY)
    with pytest.raises(Refused):
        arranging.seat_other(held.pk, role=SeatRole.AGENT, words="赵律师", by=held.officer, now=MONDAY)
    with pytest.raises(Unknown):
        arranging.seat_representative(held.pk, position=99, by=held.officer, now=MONDAY)
    assert len(held.seats(SeatRole.AGENT)) == 2


def test_a_notice_has_its_proof_and_is_in_time_or_agreed_to():
    held = seated()
    seat = held.seats(SeatRole.PETITIONER)[0]
    with pytest.raises(OutOfTurn):
        told(held, seat)
    late = arranging.seat_officer(held.pk, post_id=held.case.unit.head.post.pk, by=held.officer, now=MONDAY)
    all_came(held)
    with pytest.raises(OutOfTurn) as refusal:
        holding.open_hearing(held.pk, recusal_asked=True, by=held.officer, now=DAY)
    assert "告知" in str(refusal.value.message) or "told" in str(refusal.value.message)
    for wrong in ({"proof": " "}, {"told_on": DAY.date()}):
        with pytest.raises(Refused):
            told(held, late, **wrong)
    four_days = MONDAY + timedelta(days=4)
    arranging.note_notice(
        held.pk, seat_id=late.pk, mode=NoticeMode.POST, told_on=four_days.date(), proof="挂号信",
        by=held.officer, now=four_days,
    )  # fmt: skip
    with pytest.raises(OutOfTurn):
        holding.open_hearing(held.pk, recusal_asked=True, by=held.officer, now=DAY)
    assert HearingNotice.objects.count() == 3


def test_put_off_it_is_free_again_and_called_anew_with_new_notices():
    held = seated()
    arranging.put_off(held.pk, ground=PauseGround.FORCE, why="大雪封路", by=held.officer, now=MONDAY)
    row = held.now
    assert (row.state, row.begins_at, Booking.objects.count()) == (HearingState.GRANTED, None, 0)

    later = {"begins_at": DAY + timedelta(days=4), "ends_at": DAY + timedelta(days=4, hours=2)}
    arranging.call_hearing(held.pk, a_call(held, **later), by=held.officer, now=MONDAY)

    assert held.now.number == "离信访听〔2026〕1号"
    assert Booking.objects.filter(panelist__isnull=False).count() == 5
    all_came(held, now=DAY + timedelta(days=4))
    with pytest.raises(OutOfTurn):
        holding.open_hearing(held.pk, recusal_asked=True, by=held.officer, now=DAY + timedelta(days=4))


def test_another_organ_reads_but_does_not_arrange():
    held = called()
    with pytest.raises(NotAllowed):
        arranging.seat_representative(held.pk, position=1, by=held.case.unit.officer, now=MONDAY)
    with pytest.raises(Unknown):
        arranging.seat_representative(held.pk, position=1, by=a_unit("CG").officer, now=MONDAY)
    assert held.seats(SeatRole.PETITIONER) == []


def test_nobody_of_the_sealed_lane_or_the_administrators_sits():
    held = called()
    for role in (Role.SEALED_LANE_OFFICER, Role.SYSTEM_ADMINISTRATOR):
        post = a_hat(role, organ=held.officer.organ).post
        with pytest.raises(Refused):
            arranging.seat_officer(held.pk, post_id=post.pk, by=held.officer, now=MONDAY)
    assert held.seats(SeatRole.OFFICER) == []
