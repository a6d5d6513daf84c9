"""Suggestions have steps of their own: studied, answered, thanked for; never the sixty days (Art 29; Q20)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.actions import suggestions
from cases.states import ClockCode, Outcome, Purpose, SimpleGround, ThanksKind
from lib.errors import NotAllowed, OutOfTurn, Refused
from tests.cases.browsers import Browser
from tests.cases.handling import given
from tests.cases.handling.doors import stands
from tests.given import MONDAY

pytestmark = pytest.mark.django_db


def thank(case, *, by=None, kind=ThanksKind.LETTER, words="", on=None):
    return suggestions.thank(
        case.pk,
        1,
        kind=kind,
        words=words,
        thanked_on=on or MONDAY.date(),
        by=by or case.unit.officer,
        now=MONDAY,
    )


def test_q20_it_is_studied_before_it_is_answered(monday):
    case = given.suggestion()
    answer = given.found(Outcome.NOT_ADOPTED, legal_basis="", opinion="与规划不符")
    before = stands(case.pk)

    with pytest.raises(OutOfTurn):
        given.find(case, finding=answer)
    assert stands(case.pk) == before
    study = given.study(case)
    given.find(case, finding=answer)

    assert (study.organ, study.who) == (case.unit.organ, "规划股")
    assert case.claim().outcome == Outcome.NOT_ADOPTED


def test_q20_not_adopted_says_why(monday):
    case = given.suggestion()
    given.study(case)

    with pytest.raises(Refused) as refusal:
        given.find(case, finding=given.found(Outcome.PARTLY_ADOPTED, opinion=" "))

    assert set(refusal.value.fields) == {"opinion"}
    assert case.claim().outcome == ""


def test_q20_on_the_simple_track_it_is_answered_at_once(monday):
    case = given.suggestion(simple_ground=SimpleGround.ANSWERED_AT_ONCE)

    given.find(case, finding=given.found(Outcome.ADOPTED, legal_basis=""))

    assert case.handling.simple_track
    assert not case.has_clock(ClockCode.T5)
    assert not case.has_clock(ClockCode.T12)
    assert case.clock(ClockCode.SUGGESTION).is_open
    given.served(given.opinion_issued(given.drafted(case)))
    assert case.clock(ClockCode.SUGGESTION).met_at == MONDAY


def test_q20_an_appeal_is_not_studied_and_nobody_is_thanked_for_it(monday):
    case = given.accepted()
    before = stands(case.pk)

    for deed in (given.study, thank):
        with pytest.raises(OutOfTurn):
            deed(case)

    assert stands(case.pk) == before


def test_q20_thanks_also_after_it_is_finished(monday):
    case = given.suggestion()
    given.study(case)
    given.find(case, finding=given.found(Outcome.ADOPTED, legal_basis=""))
    given.finished(given.served(given.opinion_issued(given.drafted(case))))

    thank(case)
    thank(case, by=case.office.officer, kind=ThanksKind.REWARD, words="奖金五百元")

    page = Browser(case.office.officer).get(f"/petitions/{case.pk}/").content.decode()
    assert "奖金五百元" in page
    assert "规划股" in page


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": ThanksKind.REWARD}, "words"),
        ({"on": date(2026, 3, 3)}, "thanked_on"),
        ({"on": date(2026, 3, 1)}, "thanked_on"),
    ],
)
def test_q20_thanks_have_their_day_and_a_reward_its_name(monday, facts, field):
    case = given.suggestion()

    with pytest.raises(Refused) as refusal:
        thank(case, **facts)

    assert set(refusal.value.fields) == {field}
    assert not case.claim().thanks.exists()


def test_q20_the_office_does_not_study_for_the_unit(monday):
    case = given.suggestion()

    with pytest.raises(NotAllowed):
        suggestions.study_suggestion(
            case.pk,
            case.handling.pk,
            1,
            organ_id=None,
            who="",
            words="可行",
            studied_on=MONDAY.date(),
            by=case.office.officer,
            now=MONDAY,
        )

    assert not case.claim().studies.exists()


def test_q20_no_suggestion_is_accepted_on_a_statutory_route(monday):
    case = given.suggestion()
    assert case.petition.purpose == Purpose.SUGGESTION

    with pytest.raises(IntegrityError), transaction.atomic():
        case.petition.claims.update(statutory_route="RT6")
