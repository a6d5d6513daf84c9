"""What the reviewing organ decides: on the request, on the opinion; its papers, and by when (Art 35; R-40, R-43)."""

from datetime import date

import pytest
from django.db import InternalError, transaction

from accounts.roles import Role
from audit.models import Entry
from cases.actions.papers import fetch_paper
from cases.actions.remedies import draft_remedy_notice
from cases.actions.remedy_opinions import issue_remedy_paper, return_remedy_paper
from cases.models import Remedy
from cases.remedies.parts import standing_of
from cases.remedy_states import Chain, RemedyOutcome, RemedyRefusal, RemedyState
from cases.states import ClockCode, HandlingState, Outcome, Routing
from documents.models import Document
from documents.states import DocumentKind, State
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale
from notices.models import Kind, Notice
from tests.cases.handling import given as ways
from tests.cases.handling.given import at
from tests.cases.remedies import given
from tests.given import a_hat

pytestmark = pytest.mark.django_db


def words_of(document: Document) -> str:
    return "\n".join([*document.parts["paragraphs"], document.parts["remedy"]])


def test_d17_an_accepted_request_is_told_with_its_last_day_and_t15_is_met():
    contested = given.accepted(now=at(3, 23))

    remedy = contested.remedy
    notice = given.issue(contested, remedy.notice, now=at(3, 23))
    assert (remedy.state, contested.clock(ClockCode.T15).met_at) == (RemedyState.ACCEPTED, at(3, 23))
    assert (notice.kind, notice.organ) == (DocumentKind.D17_ACCEPTED, contested.district.organ)
    assert "至2026年4月19日止" in words_of(notice)


def test_d17_a_late_request_without_good_cause_is_not_accepted_and_the_notice_meets_t8():
    contested = given.requested(now=at(4, 2))

    given.answer(
        contested,
        accept=False,
        refusal=RemedyRefusal.OUT_OF_TIME,
        facts="4月2日提出，已超过30日",
        now=at(4, 3),
    )
    given.issue(contested, contested.remedy.notice, now=at(4, 3))
    given.serve(contested, contested.remedy.notice, now=at(4, 7))

    assert contested.remedy.state == RemedyState.NOT_ACCEPTED
    assert contested.remedy.notice.kind == DocumentKind.D17_REFUSED
    assert contested.clock(ClockCode.T8).met_at == at(4, 7)


def test_r_40_what_came_in_time_is_not_refused_as_late():
    contested = given.requested(now=at(3, 20))

    with pytest.raises(Refused) as refusal:
        given.answer(contested, accept=False, refusal=RemedyRefusal.OUT_OF_TIME, facts="超期")

    assert set(refusal.value.fields) == {"refusal"}
    assert contested.remedy.state == RemedyState.REQUESTED


def test_a_request_is_not_refused_without_a_reason_of_the_list_and_its_facts():
    contested = given.requested()

    with pytest.raises(Refused) as refusal:
        given.answer(contested, accept=False)

    assert set(refusal.value.fields) == {"refusal", "facts"}
    assert contested.remedy.state == RemedyState.REQUESTED


def test_inv_5_the_organ_that_is_reviewed_decides_nothing_on_it():
    contested = given.requested()

    for hat in (contested.case.unit.officer, contested.case.unit.head, contested.case.office.officer):
        with pytest.raises(NotAllowed):
            given.answer(contested, by=hat)

    assert contested.remedy.state == RemedyState.REQUESTED


def test_r_33_whoever_had_a_hand_in_the_opinion_does_not_review_it_from_another_post():
    contested = given.requested()
    same_person = a_hat(
        Role.CASE_OFFICER, organ=contested.district.organ, user=contested.case.unit.officer.user
    )

    with pytest.raises(NotAllowed):
        given.answer(contested, by=same_person)

    assert contested.remedy.state == RemedyState.REQUESTED


def test_d18_says_the_opinion_what_is_contested_the_findings_the_outcome_and_the_way_to_reexamination():
    contested = given.accepted()

    given.draft(contested)
    opinion = given.issue(contested, now=at(3, 31))

    said = words_of(opinion)
    assert opinion.kind == DocumentKind.D18
    for part in (
        contested.case.handling.opinion.number,
        "不予支持",
        "面积认定有误，未实地测量",
        "经查，原处理机关已实地测量",
        "申请人的理由不能成立",
        "决定维持原意见",
        "30日内，向吕梁市人民政府提出复核请求",
    ):
        assert part in said
    assert "诉讼" not in said


def test_q24_issue_alone_does_not_meet_t8_the_posting_to_who_asks_does():
    contested = given.decided(now=at(3, 31))
    before = contested.clock(ClockCode.T8).met_at

    given.post(contested, now=at(4, 1))

    assert (before, contested.clock(ClockCode.T8).met_at) == (None, at(4, 1))


def test_q24_posted_too_late_the_review_was_late():
    contested = given.decided(now=at(4, 18))

    given.post(contested, now=at(4, 21))

    clock = contested.clock(ClockCode.T8)
    assert clock.breached_at == clock.due_at


def test_inv_4_t9_time_for_reexamination_runs_only_from_the_service_of_the_review_opinion():
    contested = given.decided(now=at(3, 31))
    handling = contested.case.handling
    unserved = standing_of(handling, now=at(6, 30))

    given.serve(contested, now=at(4, 1))

    served = standing_of(contested.case.handling, now=at(4, 2))
    (term,) = (served.terms or {}).values()
    assert (unserved.chain, dict(unserved.terms or {})) == (Chain.REVIEW_DECIDED, {})
    assert served.chain is Chain.MAY_ASK_REEXAMINATION
    # thirty days end on 1 May, a holiday: a citizen's period ends on the first working day after
    assert term.reckoning.last_day == date(2026, 5, 6)


def test_documents_1_two_persons_stand_for_an_opinion():
    contested = given.accepted()
    given.draft(contested, by=contested.district.head)

    with pytest.raises(NotAllowed):
        given.issue(contested, by=contested.district.head)
    with pytest.raises(NotAllowed):
        given.issue(contested, by=contested.district.officer)

    assert contested.remedy.state == RemedyState.ACCEPTED


def test_q32_an_approval_of_an_older_draft_is_refused():
    contested = given.accepted()
    first = given.draft(contested)
    given.draft(contested, given.found(reasons="理由部分成立，但不影响结论"))

    with pytest.raises(Stale):
        issue_remedy_paper(
            contested.pk, first.pk, version=first.version, by=contested.district.head, now=at(3, 31)
        )

    assert contested.remedy.state == RemedyState.ACCEPTED


def test_a_draft_sent_back_stays_and_another_one_takes_its_place():
    contested = given.accepted()
    first = given.draft(contested)
    return_remedy_paper(
        contested.pk, first.pk, version=1, remark="请写明测量时间", by=contested.district.head, now=at(3, 30)
    )

    second = given.draft(contested)
    given.issue(contested)

    assert second != first
    assert Document.objects.get(pk=first.pk).state == State.RETURNED
    assert contested.remedy.opinion == second


def test_a_notice_sent_back_is_drawn_up_anew():
    contested = given.accepted()
    notice = contested.remedy.notice
    return_remedy_paper(
        contested.pk, notice.pk, version=1, remark="请核对日期", by=contested.district.head, now=at(3, 23)
    )

    anew = draft_remedy_notice(
        contested.pk, contested.remedy.pk, by=contested.district.officer, now=at(3, 24)
    )

    assert (contested.remedy.notice, anew.state) == (anew, State.DRAFT)


@pytest.mark.parametrize(
    ("finding", "field"),
    [
        pytest.param({"facts": ""}, "facts", id="no facts"),
        pytest.param({"reasons": ""}, "reasons", id="no reasons"),
        pytest.param({"basis": " "}, "basis", id="no basis"),
        pytest.param({"outcome": RemedyOutcome.REVOKE, "ground": None}, "ground", id="no ground"),
        pytest.param({"outcome": RemedyOutcome.CHANGE, "changed_to": None}, "changed_to", id="no result"),
        pytest.param({"outcome": RemedyOutcome.REMAND, "anew_by": None}, "anew_by", id="no day"),
        pytest.param({"outcome": RemedyOutcome.REMAND, "anew_by": date(2026, 3, 1)}, "anew_by", id="past"),
        pytest.param(
            {"outcome": RemedyOutcome.CHANGE, "changed_to": Outcome.SUPPORT}, "execution_organ", id="nobody"
        ),
    ],
)
def test_r_43_an_outcome_asks_for_what_belongs_to_it(finding, field):
    contested = given.accepted()
    outcome = finding.pop("outcome", RemedyOutcome.MAINTAIN)

    with pytest.raises(Refused) as refusal:
        given.draft(contested, given.found(outcome, **finding))

    assert field in refusal.value.fields
    assert contested.remedy.outcome == ""


def test_what_was_decided_on_an_opinion_stays_and_the_same_opinion_is_not_reviewed_twice():
    contested = given.reviewed()

    with pytest.raises(InternalError), transaction.atomic():
        Remedy.objects.filter(pk=contested.remedy_id).update(outcome=RemedyOutcome.REVOKE)
    with pytest.raises(OutOfTurn):
        given.draft(contested, given.found(RemedyOutcome.REVOKE))


def test_the_organ_whose_opinion_was_reviewed_is_told_of_the_outcome():
    contested = given.decided()

    told = Notice.objects.standing().filter(kind=Kind.REMEDY_DECIDED, subject_id=str(contested.pk))
    decided = Entry.objects.about(contested.case.petition).get(verb="petition.decide_remedy")
    assert told.filter(post=contested.case.unit.officer.post).exists()
    assert decided.facts == {"stage": "review", "outcome": "maintain", "ground": ""}


def test_the_reviewing_organ_reads_its_own_paper_and_a_neighbour_does_not():
    contested = given.reviewed()
    opinion = contested.remedy.opinion

    file = fetch_paper(contested.pk, opinion.pk, by=contested.district.officer, now=at(4, 1))

    assert file == opinion.file


def test_r_43_a_changed_result_holds_and_what_it_supports_is_carried_out():
    contested = given.decided(
        outcome=RemedyOutcome.CHANGE,
        changed_to=Outcome.SUPPORT,
        execution_organ_id=ways.the_district().pk,
        execution_due_on=date(2026, 6, 30),
    )

    case = contested.case
    assert (case.claim().outcome, case.claim().execution_due_on) == (Outcome.SUPPORT, date(2026, 6, 30))
    assert case.handling.state == HandlingState.EXECUTING
    assert case.clock(ClockCode.EXECUTION).last_day == date(2026, 6, 30)


def test_q38_a_review_that_goes_on_does_not_undo_the_finish():
    contested = given.served()
    ways.finish(contested.case, now=at(3, 10))

    contested = given.accepted(given.requested(contested))

    assert contested.case.now.routing == Routing.FINISHED
