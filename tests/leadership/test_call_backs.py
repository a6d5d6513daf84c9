"""The call-back desk: whom it draws, what is noted, what a bad answer leads to, and who sees none of it (Q41)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.roles import Role
from cases.actions import rating, sealing
from cases.actions.rating import Said
from cases.intake import Reported
from cases.models import Handling, Petition, QueryCode
from cases.rating_states import Satisfaction
from cases.states import HandlingState, ReportedKind, Routing
from leadership.actions import call_backs
from leadership.actions.call_backs import Answer
from leadership.call_back_pages import call_backs_for, waits_for
from leadership.call_back_states import CallEnd, CallGround, CallResult, CarriedOut, CheckResult
from leadership.calling import call_dissatisfied, chosen, draw_call_backs
from leadership.models import CallAttempt, CallBack, CallBackDraw, Slip
from leadership.states import Ground, SlipState
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from portal.actions import VISITOR
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

NEXT_MONTH = at(4, 1)
BAD = Answer(has_reply=True, carried_out=CarriedOut.NO, words="一直没有人来修")


def drawn(case=None) -> tuple[given.Case, CallBack]:
    """Let a finished petition be drawn; without more it is one whose promise was carried out."""
    case = case or given.finished(given.executed())
    assert draw_call_backs(now=NEXT_MONTH) >= 1
    return case, CallBack.objects.get(petition=case.pk)


def answer(row, by, said=BAD):
    return call_backs.note_answer(row.pk, said, by=by, now=NEXT_MONTH)


def check(row, by, result=CheckResult.FALSE, *, unit=None, words="现场未见施工"):
    unit_id = unit.pk if unit else None
    return call_backs.check_answer(row.pk, result, words=words, unit_id=unit_id, by=by, now=NEXT_MONTH)


def dissatisfied(case) -> None:
    code = QueryCode.objects.get(petition=case.pk, petitioner=None)
    said = Said(of=str(case.handling_id), value=Satisfaction.DISSATISFIED, reason="没有人上门")
    rating.rate_at_the_door(code.pk, said, by=VISITOR, now=MONDAY)


def test_q41_of_a_month_that_is_over_a_sample_is_drawn_once_by_a_kept_seed():
    cases = [given.finished() for _turn in range(3)]
    given.served()

    assert draw_call_backs(now=MONDAY) == 0
    assert draw_call_backs(now=NEXT_MONTH) == 3
    assert draw_call_backs(now=NEXT_MONTH + timedelta(days=1)) == 0

    draw = CallBackDraw.objects.get(office=cases[0].office.organ, month=MONDAY.date().replace(day=1))
    assert draw.population == 3
    assert set(CallBack.objects.values_list("petition", flat=True)) == {case.pk for case in cases}


def test_a_draw_can_be_drawn_again():
    keys = [given.finished().pk for _turn in range(3)]

    assert chosen(keys, 2, "abc") == chosen(list(reversed(keys)), 2, "abc")
    assert len({tuple(chosen(keys, 1, str(seed))) for seed in range(30)}) > 1


def test_q41_all_who_are_dissatisfied_with_a_unit_are_called_once():
    case = given.served()
    dissatisfied(case)

    assert call_dissatisfied(now=MONDAY) == 1
    assert call_dissatisfied(now=MONDAY) == 0

    assert CallBack.objects.get().ground == CallGround.DISSATISFIED


def test_q41_what_the_office_handled_itself_it_does_not_call_about():
    case = given.finished()
    Handling.objects.filter(pk=case.handling_id).update(organ=case.office.organ)

    assert draw_call_backs(now=NEXT_MONTH) == 0

    assert not CallBack.objects.exists()


def test_attempts_are_noted_and_it_is_given_up_only_after_three():
    case, row = drawn()
    officer = case.office.officer
    with pytest.raises(Refused):
        call_backs.note_attempt(row.pk, CallResult.REACHED, by=officer, now=NEXT_MONTH)
    for turn in range(2):
        call_backs.note_attempt(row.pk, CallResult.NOBODY, by=officer, now=NEXT_MONTH + timedelta(days=turn))
    with pytest.raises(OutOfTurn):
        call_backs.end_unanswered(row.pk, declined=False, by=officer, now=NEXT_MONTH)
    call_backs.note_attempt(row.pk, CallResult.WRONG_NUMBER, by=officer, now=NEXT_MONTH)

    call_backs.end_unanswered(row.pk, declined=False, by=officer, now=NEXT_MONTH)

    row.refresh_from_db()
    assert (row.ended_as, row.attempts.count()) == (CallEnd.UNREACHED, 3)
    with pytest.raises(OutOfTurn):
        call_backs.note_attempt(row.pk, CallResult.NOBODY, by=officer, now=NEXT_MONTH)


def test_who_would_rather_not_answer_is_asked_nothing_more():
    case, row = drawn()

    call_backs.end_unanswered(row.pk, declined=True, by=case.office.officer, now=NEXT_MONTH)

    row.refresh_from_db()
    assert (row.ended_as, row.has_reply, row.satisfaction, row.is_in_doubt) == (
        CallEnd.DECLINED,
        None,
        "",
        False,
    )


def test_a_good_answer_leads_to_nothing_and_no_value_is_assumed():
    case, row = drawn()

    answer(row, case.office.officer, Answer(has_reply=True, carried_out=CarriedOut.YES))

    row.refresh_from_db()
    assert (row.satisfaction, row.is_in_doubt) == ("", False)
    with pytest.raises(OutOfTurn):
        check(row, case.office.head, unit=case.unit.organ)
    assert not Slip.objects.exists()


def test_a_bad_answer_makes_no_petition_and_moves_none_before_it_is_checked():
    case, row = drawn()
    before = Petition.objects.count()

    answer(row, case.office.officer)

    assert (Petition.objects.count(), case.now.routing) == (before, Routing.FINISHED)
    assert not Slip.objects.exists()


def test_q41_a_false_finish_is_handled_again_with_a_draft_of_an_order():
    case, row = drawn()
    answer(row, case.office.officer)

    check(row, case.office.head, unit=case.unit.organ)

    assert case.now.routing == Routing.ROUTED
    assert case.handling.state == HandlingState.EXECUTING
    slip = Slip.objects.get()
    assert (slip.state, slip.ground, slip.addressee) == (SlipState.OPENED, Ground.FRAUD, case.unit.organ)
    row.refresh_from_db()
    assert row.checked == CheckResult.FALSE
    with pytest.raises(InternalError), transaction.atomic():
        CallBack.objects.update(checked=CheckResult.TRUE)


def test_a_finish_that_is_true_stays():
    case, row = drawn()
    answer(row, case.office.officer)

    check(row, case.office.head, CheckResult.TRUE)

    assert case.now.routing == Routing.FINISHED
    assert not Slip.objects.exists()


def test_who_called_does_not_check_nor_does_who_is_no_head():
    case, row = drawn()
    answer(row, case.office.head)

    for hat in (case.office.head, case.office.officer):
        with pytest.raises(NotAllowed):
            check(row, hat, unit=case.unit.organ)

    assert case.now.routing == Routing.FINISHED
    row.refresh_from_db()
    with pytest.raises(IntegrityError, match="call_back_checked_by_another"), transaction.atomic():
        CallBack.objects.filter(pk=row.pk).update(
            checked=CheckResult.TRUE,
            check_words="属实",
            checked_by=case.office.head.post,
            checker=case.office.head.user,
            checked_at=NEXT_MONTH,
        )


def test_a_check_says_the_facts_and_which_unit():
    case, row = drawn()
    answer(row, case.office.officer)

    with pytest.raises(Refused) as refusal:
        check(row, case.office.head, words=" ")

    assert set(refusal.value.fields) == {"words", "unit"}
    assert case.now.routing == Routing.FINISHED


def test_a_bad_answer_says_what_is_missing():
    case, row = drawn()

    with pytest.raises(Refused):
        answer(row, case.office.officer, Answer(has_reply=False, carried_out=CarriedOut.YES))

    assert not CallAttempt.objects.exists()


def test_the_unit_and_its_neighbours_know_nothing_of_it():
    case, row = drawn()
    answer(row, case.office.officer)

    for hat in (case.unit.officer, case.unit.head, given.a_unit("RS").head):
        assert not call_backs_for(hat).exists()
        with pytest.raises(NotAllowed):
            check(row, hat, unit=case.unit.organ)
        assert signed_in(hat).open("leadership:call_backs").status_code == 403
    page = signed_in(case.unit.head).open("cases:petition", case.pk).content.decode()
    assert "一直没有人来修" not in page
    other = a_hat(Role.OFFICE_DIRECTOR, organ=given.by_a_township().unit.organ)
    with pytest.raises((NotAllowed, Unknown)):
        answer(row, other)


def test_what_was_sealed_since_is_at_no_desk():
    case, row = drawn()
    reported = (Reported(kind=ReportedKind.PERSON, name="王某"),)
    sealing.seal(case.pk, reason="反映干部", reported=reported, by=a_hat(), now=NEXT_MONTH)

    assert not call_backs_for(case.office.officer).exists()
    with pytest.raises(Unknown):
        answer(row, case.office.officer)


def test_from_the_list_to_the_check_by_its_pages():
    case, row = drawn()
    officer, head = signed_in(case.office.officer), signed_in(case.office.head)
    assert case.petition.number in officer.open("leadership:call_backs").content.decode()
    assert {view: count for _words, view, count in waits_for(case.office.officer)} == {"call": 1}
    typed = {"has_reply": "yes", "carried_out": "no", "words": "一直没有人来修"}

    refused = officer.send("leadership:on_call_back", row.pk, "answer", **{**typed, "words": ""})
    done = officer.send("leadership:on_call_back", row.pk, "answer", **typed)

    assert (refused.status_code, done.status_code) == (422, 302)
    assert [offer.deed.slug for offer in officer.open("leadership:call_back", row.pk).context["offers"]] == []
    assert [offer.deed.slug for offer in head.open("leadership:call_back", row.pk).context["offers"]] == [
        "check"
    ]
    found = {"result": "false", "unit": case.unit.organ.code, "words": "现场未见施工"}
    assert head.send("leadership:on_call_back", row.pk, "check", **found).status_code == 302
    assert case.now.routing == Routing.ROUTED
