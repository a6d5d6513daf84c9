"""Handled anew after a remand: by a day, with another opinion, and not the same on the same facts (R-43)."""

from datetime import date

import pytest
from django.db import InternalError, transaction

from cases.actions import papers
from cases.models import Handling, RevokedAnswer
from cases.remedies.parts import standing_of
from cases.remedies.rules import Answer, repeated
from cases.remedy_states import Chain, RemedyGround, RemedyOutcome, Stage
from cases.states import ClockCode, HandlingState, Outcome, Routing
from lib.errors import Refused
from tests.cases.handling import given as ways
from tests.cases.handling.given import at, found
from tests.cases.remedies import given

pytestmark = pytest.mark.django_db


def remanded(ground: RemedyGround = RemedyGround.FACTS, *, finished: bool = False):
    contested = given.served()
    if finished:
        ways.finish(contested.case, now=at(3, 10))
    contested = given.accepted(given.requested(contested))
    return given.reviewed(contested, outcome=RemedyOutcome.REMAND, ground=ground)


def find(contested, outcome=Outcome.NOT_SUPPORT, **facts):
    ways.find(contested.case, now=at(4, 8), finding=found(outcome, **facts))


def test_a_remand_takes_the_opinion_out_of_force_and_sets_a_day_for_another():
    contested = remanded()

    case, remedy = contested.case, contested.remedy
    assert (case.handling.state, case.handling.opinion) == (HandlingState.INVESTIGATING, None)
    assert remedy.revoked == remedy.contested
    assert case.clock(ClockCode.ANEW).last_day == date(2026, 5, 20)
    answer = RevokedAnswer.objects.get(remedy=remedy)
    assert (answer.claim, answer.outcome, answer.facts) == (case.claim(), Outcome.NOT_SUPPORT, "经查属实")


def test_a_petition_that_was_finished_goes_on_after_a_remand():
    contested = remanded(finished=True)

    assert contested.case.now.routing == Routing.ROUTED


def test_r_43_the_same_result_on_the_same_facts_is_refused_after_a_remand_for_facts():
    contested = remanded()
    find(contested, facts="经查 属实\n")

    with pytest.raises(Refused):
        papers.draft_opinion(
            contested.pk, contested.case.handling.pk, by=contested.case.unit.officer, now=at(4, 8)
        )

    assert contested.case.handling.state == HandlingState.INVESTIGATING


def test_r_43_the_database_takes_no_such_opinion_either():
    contested = remanded()
    document = contested.remedy.contested

    with pytest.raises(InternalError, match="not said again"), transaction.atomic():
        Handling.objects.filter(pk=contested.case.handling.pk).update(
            state=HandlingState.OPINION_ISSUED, opinion=document
        )


@pytest.mark.parametrize(
    ("outcome", "facts"),
    [
        pytest.param(Outcome.NOT_SUPPORT, "经实地测量，面积与登记一致", id="new facts"),
        pytest.param(Outcome.EXPLAIN, "经查属实", id="another result"),
    ],
)
def test_r_43_another_result_or_other_facts_are_another_opinion_with_a_review_of_its_own(outcome, facts):
    contested = remanded()
    find(contested, outcome, facts=facts)
    case = ways.opinion_issued(ways.drafted(contested.case, now=at(4, 8)), now=at(4, 9))
    ways.serve(case, case.handling.opinion, now=at(4, 9))

    standing = standing_of(case.handling, now=at(4, 10))
    again = given.requested(contested, now=at(4, 20))

    assert case.clock(ClockCode.ANEW).met_at == at(4, 9)
    assert (standing.chain, standing.stage) == (Chain.MAY_ASK_REVIEW, Stage.REVIEW)
    assert again.remedy.contested == case.handling.opinion
    assert again.remedy.pk != contested.remedy_id


def test_r_43_after_a_remand_for_procedure_the_same_may_be_found_again():
    contested = remanded(RemedyGround.PROCEDURE)
    find(contested)

    case = ways.opinion_issued(ways.drafted(contested.case, now=at(4, 8)), now=at(4, 9))

    assert case.handling.state == HandlingState.OPINION_ISSUED


def test_the_delivery_of_a_revoked_opinion_meets_nothing():
    contested = remanded()
    find(contested, Outcome.EXPLAIN)

    case = ways.opinion_issued(ways.drafted(contested.case, now=at(4, 8)), now=at(4, 9))

    assert case.clock(ClockCode.ANEW).met_at is None


@pytest.mark.parametrize(
    ("answer", "same"),
    [
        pytest.param(Answer("explain", "面积属实"), [], id="another result"),
        pytest.param(Answer("not_support", "面积 属实"), [1], id="only spaces differ"),
        pytest.param(Answer("not_support", "面积有误"), [], id="other facts"),
    ],
)
def test_r_43_what_is_the_same_is_the_result_with_its_facts(answer, same):
    assert repeated({1: answer}, {1: [Answer("not_support", "面积属实")]}) == same
