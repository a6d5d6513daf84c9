"""What is unusual about a slip takes a reason, and whoever signs sees what it is about."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import OrganKind
from assignments.models import Assignment
from assignments.states import State
from cases.models import PetitionClock
from deadlines.lamps import Colour
from leadership.actions import answers, slips
from leadership.meeting_states import DecisionKind
from leadership.models import Slip
from leadership.states import Adopted, Ground, SlipKind, SlipState
from leadership.sweeps import open_supervision
from lib.errors import OutOfTurn, Refused
from tests.cases.browsers import signed_in
from tests.cases.handling.given import at, received
from tests.given import MONDAY, a_place, an_organ
from tests.leadership.given import a_held_conference, drafted, issued, replied, says, the_conference
from tests.leadership.leaders import sponsored
from tests.leadership.meetings import called, decided, held, taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def refused(case, **facts) -> list[str]:
    with pytest.raises(Refused) as refusal:
        drafted(case, **facts)
    return list(refusal.value.fields)


def test_a_second_slip_of_a_kind_and_ground_waits_for_a_reason_whoever_writes_it_first():
    case, first = drafted()

    assert refused(case) == ["again_because"]
    slips.issue_slip(first.pk, version=1, by=case.office.head, now=MONDAY)
    assert refused(case) == ["again_because"]
    assert Slip.objects.count() == 1

    drafted(case, ground=Ground.SHIRKING)
    _case, again = drafted(case, again_because="第一件督办函针对告知，本件针对现场核查")
    slips.issue_slip(again.pk, version=1, by=case.office.head, now=MONDAY)
    assert Slip.objects.filter(state=SlipState.ISSUED).count() == 2


def test_once_it_is_lifted_or_the_recommendation_answered_another_one_needs_no_reason():
    case, first = issued()
    slips.lift_slip(first.pk, reason="已办理", by=case.office.head, now=MONDAY)
    _case, advice = issued(case, SlipKind.IMPROVE_WORK)
    replied(case, advice, adopted=Adopted.WHOLLY)

    issued(case)
    issued(case, SlipKind.IMPROVE_WORK)

    assert Slip.objects.filter(state=SlipState.ISSUED).count() == 3


def test_two_drafts_from_before_are_not_both_signed_and_the_database_holds_it():
    case, first = drafted()
    _case, second = drafted(case, again_because="误开了两个页面")
    Slip.objects.filter(pk=second.pk).update(again_because="")
    slips.issue_slip(first.pk, version=1, by=case.office.head, now=MONDAY)

    with pytest.raises(OutOfTurn):
        slips.issue_slip(second.pk, version=1, by=case.office.head, now=MONDAY)
    assert Assignment.objects.count() == 1
    Slip.objects.filter(pk=second.pk).update(again_because="另有事由")
    issued_again = slips.issue_slip(second.pk, version=1, by=case.office.head, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.filter(pk=issued_again.pk).update(again_because="")


def test_who_signs_sees_the_one_that_stands_and_why_there_is_another():
    case, first = issued()
    officer, head = signed_in(case.office.officer), signed_in(case.office.head)
    typed = {
        "kind": "supervision",
        "addressee": case.unit.organ.code,
        "ground": "delay",
        "delay_because": "两次电话提醒后仍未动手",
        "facts": "仍未告知",
        "act": "三日内告知",
        "advice": "健全制度",
        "due_on": "2026-03-10",
    }
    again = officer.send("leadership:on_petition", case.pk, "draft-slip", **typed)
    assert (again.status_code, "仍未告知" in again.content.decode()) == (422, True)
    assert Slip.objects.count() == 1

    officer.send("leadership:on_petition", case.pk, "draft-slip", **typed, again_because="首件到期未复")
    second = Slip.objects.exclude(pk=first.pk).get()
    page = head.open("leadership:slip", second.pk)

    assert [one.pk for one in page.context["beside"]] == [first.pk]
    assert first.document.number in page.content.decode()
    assert "首件到期未复" in page.content.decode()


def test_r_50_delay_before_any_period_has_passed_takes_a_reason_and_shows_the_lamp():
    case = received()
    assert refused(case, delay_because=" ") == ["delay_because"]
    assert not Slip.objects.exists()

    _case, slip = drafted(case)
    page = signed_in(case.office.head).open("leadership:slip", slip.pk)

    (period,) = page.context["periods"]
    assert (period.clock.code, period.lamp.colour, period.opened) == ("T3", Colour.GREEN, False)
    assert "两次电话提醒后仍未动手" in page.content.decode()


def test_r_50_delay_after_a_period_has_passed_needs_no_further_reason():
    case = received()
    drafted(case, delay_because="", now=at(3, 18))

    assert Slip.objects.count() == 1


def test_another_units_passed_period_makes_no_delay_of_this_one():
    case = received()
    PetitionClock.objects.filter(petition=case.pk).update(organ=case.office.organ)

    with pytest.raises(Refused):
        drafted(case, delay_because="", now=at(3, 18))
    assert not Slip.objects.exists()


def opened_and_answered():
    """Let the clock open an order for T3, the office issue it and the unit answer without having done it."""
    case = received()
    assert open_supervision(now=at(3, 18)) == 1
    opened = Slip.objects.get()
    said = says(case, now=at(3, 18), delay_because="")
    slips.revise_slip(opened.pk, said, version=1, by=case.office.officer, now=at(3, 18))
    slip = slips.issue_slip(opened.pk, version=2, by=case.office.head, now=at(3, 18))
    replied(case, slip, words="再次反馈", now=at(3, 18))
    return case, slip


def test_verifying_takes_words_and_shows_the_period_the_order_was_opened_for():
    case, slip = opened_and_answered()
    officer = signed_in(case.office.officer)

    page = officer.open("leadership:asked", slip.assignment_id)
    (period,) = page.context["periods"]
    assert (period.clock.code, period.opened) == ("T3", True)
    assert "本件因此拟出" in page.content.decode()
    empty = officer.send("leadership:on_asked", slip.assignment_id, "verify", words=" ")
    assert empty.status_code == 422
    with pytest.raises(Refused):
        answers.verify(slip.assignment_id, words=" ", by=case.office.officer, now=at(3, 18))
    assert Assignment.objects.get().state == State.REPLIED

    answers.verify(slip.assignment_id, words="告知书已送达", by=case.office.officer, now=at(3, 18))
    assert Assignment.objects.get().moves.get(move="verify").words == "告知书已送达"


def test_r_53_a_measure_of_the_conference_is_decided_by_a_meeting_on_a_ground():
    case = received()
    drafter, _signer = the_conference()
    only_called = called(drafter, at=MONDAY, now=MONDAY)
    leading_group = held(called(drafter, "leading_group", at=MONDAY, now=MONDAY), drafter, now=MONDAY)
    for kind, wrong, field in (
        (SlipKind.LISTED, {"ground": None}, "ground"),
        (SlipKind.CIRCULAR, {"meeting_id": None}, "meeting"),
        (SlipKind.RECTIFICATION, {"meeting_id": uuid4()}, "meeting"),
        (SlipKind.RECTIFICATION, {"meeting_id": only_called.pk}, "meeting"),
        (SlipKind.RECTIFICATION, {"meeting_id": leading_group.pk}, "meeting"),
        (SlipKind.INTERVIEW, {"held_at": None}, "held_at"),
        (SlipKind.INTERVIEW, {"held_at": MONDAY - timedelta(days=1)}, "held_at"),
        (SlipKind.INTERVIEW, {"held_at": MONDAY + timedelta(days=9)}, "due_on"),
        (SlipKind.INTERVIEW, {"held_where": " "}, "held_where"),
        (SlipKind.INTERVIEW, {"called": ""}, "called"),
        (SlipKind.INTERVIEW, {"called": "负责人13800001234"}, "called"),
    ):
        with pytest.raises(Refused) as refusal:
            drafted(case, kind, by=drafter, **wrong)
        assert field in refusal.value.fields
    with pytest.raises(Refused):
        drafted(case, meeting_id=a_held_conference().pk)

    assert not Slip.objects.exists()


def test_r_53_the_meeting_is_chosen_among_those_that_were_held_and_gives_day_and_number():
    case, _leader, _row = sponsored(received())
    drafter, signer = the_conference()
    called(drafter, at=MONDAY, now=MONDAY)
    first = a_held_conference(MONDAY - timedelta(days=14), signed=True)
    today = called(drafter, at=MONDAY, now=MONDAY)
    line = taken(today, case, drafter)
    held(today, drafter)
    measure = {"kind": DecisionKind.MEASURE, "measure": SlipKind.CIRCULAR}
    decided(today, case.unit.organ.pk, drafter, line=line, **measure)

    page = signed_in(drafter).open("leadership:matter", case.pk, query={"kind": "circular"})
    form = next(offer.form for offer in page.context["offers"] if offer.deed.slug == "draft-slip")
    offered = [key for key, _words in form.fields["meeting"].widget.choices]
    assert offered == ["", today.pk, first.pk]
    assert form.initial["meeting"] == today

    _case, slip = drafted(case, SlipKind.CIRCULAR, by=drafter, meeting_id=first.pk)
    assert (slip.meeting, slip.decided_on, slip.decision_number) == (
        first,
        (MONDAY - timedelta(days=14)).date(),
        first.number,
    )
    shown = signed_in(signer).open("leadership:slip", slip.pk).content.decode()
    assert f"/meetings/{first.pk}/" in shown


def test_r_51_a_recommendation_goes_to_whom_the_law_names_or_says_why_not():
    case = received()
    treasury = an_organ("CZ")
    above = an_organ("SZF", kind=OrganKind.LEADING_BODY, place=a_place("1411"))
    for kind, organ in (
        (SlipKind.COMPLETE_POLICY, treasury),
        (SlipKind.COMPLETE_POLICY, above),
        (SlipKind.PURSUE_LIABILITY, treasury),
    ):
        assert refused(case, kind=kind, addressee_id=organ.pk) == ["elsewhere_because"]
    assert not Slip.objects.exists()

    why = "该政策由财政部门制定"
    _case, slip = drafted(case, SlipKind.COMPLETE_POLICY, addressee_id=treasury.pk, elsewhere_because=why)
    assert why in signed_in(case.office.head).open("leadership:slip", slip.pk).content.decode()


def test_r_51_a_reply_before_thirty_days_takes_a_reason():
    case = received()

    assert refused(case, kind=SlipKind.IMPROVE_WORK, due_on=date(2026, 3, 31)) == ["sooner_because"]
    assert not Slip.objects.exists()
    drafted(case, SlipKind.IMPROVE_WORK, due_on=date(2026, 3, 31), sooner_because="月底前政策到期")
    assert Slip.objects.count() == 1


def test_r_51_a_recommendation_speaks_of_what_is_recommended():
    case, slip = issued(kind=SlipKind.IMPROVE_WORK)
    officer, unit = signed_in(case.office.officer), signed_in(case.unit.officer)

    writing = officer.open("leadership:matter", case.pk, query={"kind": "improve_work"})
    form = next(offer.form for offer in writing.context["offers"] if offer.deed.slug == "draft-slip")
    assert (form["act"].label, form["facts"].label) == ("建议内容", "存在的问题")
    assert not {"meeting", "held_at", "ground"} & set(form.fields)
    answering = unit.open("leadership:asked", slip.assignment_id).content.decode()
    assert ("不采纳的理由" in answering, "建议内容" in answering, "办理要求" in answering) == (
        True,
        True,
        False,
    )
