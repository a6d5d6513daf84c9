"""A risk assessment: another person decides, what cannot be controlled does not go ahead, adjusted it is new."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from audit.models import Entry
from hearings.actions import assessing, planning
from hearings.decision_states import AssessmentResult, AssessmentState
from hearings.models import AssessmentFollowUp, RiskAssessment, RiskPoint
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.handling.given import a_unit
from tests.given import MONDAY
from tests.hearings.decisions import a_point, asking, decided, drawn, planned, submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
TODAY = timezone.localdate(MONDAY)


def decide(row, result, *, by, why="依评估报告"):
    return assessing.decide_on_risk(row.pk, result=result, result_why=why, by=by, now=MONDAY)


def test_it_is_drawn_up_point_by_point_and_submitted_with_what_it_used():
    of = planned()
    used = planning.note_consultation(of.pk, asking(), by=of.unit.officer, now=MONDAY)
    of, row = drawn(of)
    assessing.submit_assessment(
        row.pk, conclusion="可控", consultation_ids=[used.pk], by=of.unit.officer, now=MONDAY
    )

    row.refresh_from_db()
    assert (row.state, row.controllable, row.drawer) == (
        AssessmentState.SUBMITTED,
        True,
        of.unit.officer.user,
    )
    assert list(row.consultations.all()) == [used]
    assert Entry.objects.get(verb="risk_assessment.submit").facts == {"count": 1, "controllable": True}


def test_one_point_that_is_not_controlled_makes_the_whole_not_controllable():
    of, row = drawn()
    assessing.enter_point(row.pk, a_point(of, controllable=False), by=of.unit.officer, now=MONDAY)
    assessing.submit_assessment(row.pk, conclusion="不可控", by=of.unit.officer, now=MONDAY)
    row.refresh_from_db()
    assert row.controllable is False
    with pytest.raises(InternalError), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(controllable=True)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("words", " "),
        ("measure", ""),
        ("measure", "联系车主 13800001234"),
        ("due_on", TODAY),
        ("organ_id", 0),
    ],
    ids=["no words", "no measure", "a telephone", "a day that came", "no unit"],
)
def test_a_point_is_whole_or_not_entered(field, wrong):
    of = planned()
    row = assessing.begin_assessment(of.pk, by=of.unit.officer, now=MONDAY)
    with pytest.raises(Refused) as refusal:
        assessing.enter_point(row.pk, a_point(of, **{field: wrong}), by=of.unit.officer, now=MONDAY)
    assert list(refusal.value.fields) == [field.removesuffix("_id")]
    assert not RiskPoint.objects.exists()


def test_without_a_point_nothing_is_submitted():
    of = planned()
    row = assessing.begin_assessment(of.pk, by=of.unit.officer, now=MONDAY)
    with pytest.raises(OutOfTurn):
        assessing.submit_assessment(row.pk, conclusion="可控", by=of.unit.officer, now=MONDAY)
    row.refresh_from_db()
    assert row.state == AssessmentState.DRAWN


def test_a_consultation_on_another_decision_is_not_used():
    other = planned(a_unit("CG"))
    foreign = planning.note_consultation(other.pk, asking(), by=other.unit.officer, now=MONDAY)
    of, row = drawn()
    with pytest.raises(Refused) as refusal:
        assessing.submit_assessment(
            row.pk, conclusion="可控", consultation_ids=[foreign.pk], by=of.unit.officer, now=MONDAY
        )
    assert "consultations" in refusal.value.fields
    assert not row.consultations.exists()


def test_points_are_changed_only_while_it_is_drawn_up():
    of, row = drawn()
    point = row.points.get()
    assessing.drop_point(row.pk, point_id=point.pk, by=of.unit.officer, now=MONDAY)
    with pytest.raises(Unknown):
        assessing.drop_point(row.pk, point_id=point.pk, by=of.unit.officer, now=MONDAY)
    assessing.enter_point(row.pk, a_point(of), by=of.unit.officer, now=MONDAY)
    assessing.submit_assessment(row.pk, conclusion="可控", by=of.unit.officer, now=MONDAY)
    with pytest.raises(OutOfTurn):
        assessing.enter_point(row.pk, a_point(of), by=of.unit.officer, now=MONDAY)
    for write in (lambda: RiskPoint.objects.update(words="轻微"), lambda: RiskPoint.objects.all().delete()):
        with pytest.raises(InternalError), transaction.atomic():
            write()
    assert row.points.count() == 1

    assessing.return_assessment(row.pk, by=of.unit.head, now=MONDAY)
    assessing.enter_point(row.pk, a_point(of), by=of.unit.officer, now=MONDAY)

    assert row.points.count() == 2


def test_who_drew_it_up_does_not_decide_on_it():
    of, row = drawn()
    assessing.submit_assessment(row.pk, conclusion="可控", by=of.unit.head, now=MONDAY)
    for hat in (of.unit.head, of.unit.officer):
        with pytest.raises(NotAllowed):
            decide(row, AssessmentResult.GO, by=hat)
    decided_by = {
        "state": AssessmentState.DECIDED,
        "result": AssessmentResult.GO,
        "result_why": "可",
        "decided_by": of.unit.head.post,
        "decided_at": MONDAY,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(**decided_by, decider=of.unit.head.user)
    row.refresh_from_db()
    assert row.state == AssessmentState.SUBMITTED


def test_who_wrote_a_point_does_not_decide_on_it_though_another_submitted_it():
    of = planned()
    row = assessing.begin_assessment(of.pk, by=of.unit.officer, now=MONDAY)
    assessing.enter_point(row.pk, a_point(of), by=of.unit.head, now=MONDAY)
    assessing.submit_assessment(row.pk, conclusion="可控", by=of.unit.officer, now=MONDAY)
    with pytest.raises(NotAllowed):
        decide(row, AssessmentResult.GO, by=of.unit.head)
    with pytest.raises(InternalError), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(decider=of.unit.head.user)
    row.refresh_from_db()
    assert row.result == ""


def test_what_cannot_be_controlled_does_not_go_ahead():
    of, row = submitted(controllable=False)
    with pytest.raises(Refused) as refusal:
        decide(row, AssessmentResult.GO, by=of.unit.head)
    assert "result" in refusal.value.fields
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(
            state=AssessmentState.DECIDED, result=AssessmentResult.GO, result_why="可", decider=of.unit.head.user,
            decided_by=of.unit.head.post, decided_at=MONDAY,
        )  # fmt: skip
    decide(row, AssessmentResult.ADJUST, by=of.unit.head)
    row.refresh_from_db()
    assert (row.result, row.decider) == (AssessmentResult.ADJUST, of.unit.head.user)
    assert Entry.objects.get(verb="risk_assessment.decide").facts == {"assessed": "adjust"}


def test_it_is_decided_with_reasons_and_stays():
    of, row = submitted()
    with pytest.raises(Refused):
        decide(row, AssessmentResult.GO, by=of.unit.head, why=" ")
    decide(row, AssessmentResult.GO, by=of.unit.head)
    with pytest.raises(OutOfTurn):
        decide(row, AssessmentResult.STOP, by=of.unit.head)
    with pytest.raises(InternalError), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(result_why="另一个")
    row.refresh_from_db()
    assert (row.result, row.result_why) == (AssessmentResult.GO, "依评估报告")


def test_what_was_adjusted_is_assessed_anew_as_a_new_draft():
    of, _row = decided(result=AssessmentResult.ADJUST)
    with pytest.raises(OutOfTurn):
        assessing.begin_assessment(of.pk, by=of.unit.officer, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.create(
            draft=of.now.drafts.get(), begun_by=of.unit.officer.post, begun_at=MONDAY
        )
    planning.write_draft(of.pk, plan="六个月", changed="过渡期", by=of.unit.officer, now=MONDAY)

    again = assessing.begin_assessment(of.pk, by=of.unit.officer, now=MONDAY)

    assert again.draft.number == 2


def test_what_was_postponed_is_assessed_again_as_it_stands():
    of, _row = decided(result=AssessmentResult.POSTPONE)
    again = assessing.begin_assessment(of.pk, by=of.unit.officer, now=MONDAY)
    assert again.draft.number == 1
    with pytest.raises(OutOfTurn):
        assessing.begin_assessment(of.pk, by=of.unit.officer, now=MONDAY)
    assert RiskAssessment.objects.count() == 2


def test_nothing_is_decided_on_once_the_plan_was_given_up():
    of, row = submitted()
    planning.give_up(of.pk, given_up_why="不再需要", by=of.unit.head, now=MONDAY)
    with pytest.raises(OutOfTurn):
        decide(row, AssessmentResult.GO, by=of.unit.head)
    row.refresh_from_db()
    assert row.state == AssessmentState.SUBMITTED


def test_what_came_of_it_is_added_once_it_is_decided_on():
    of, row = submitted()

    def follow(**facts):
        given = {"seen_on": TODAY, "words": "已安排公益岗位三十个", **facts}
        return assessing.follow_up(row.pk, **given, by=of.unit.officer, now=MONDAY)

    with pytest.raises(OutOfTurn):
        follow()
    decide(row, AssessmentResult.GO, by=of.unit.head)
    other = decided(planned(a_unit("CG")))[1].points.get()
    with pytest.raises(Unknown):
        follow(point_id=other.pk)
    for wrong in (
        {"words": " "},
        {"seen_on": TODAY + timedelta(days=1)},
        {"seen_on": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            follow(**wrong)
    assert not AssessmentFollowUp.objects.exists()

    follow(point_id=row.points.get().pk)
    follow(words="整治期间未见集中反映")

    assert AssessmentFollowUp.objects.filter(assessment=row).count() == 2
    with pytest.raises(InternalError), transaction.atomic():
        AssessmentFollowUp.objects.update(words="另一个")


def test_a_neighbour_finds_no_assessment():
    _of, row = submitted()
    neighbour = a_unit("CG")
    with pytest.raises(Unknown):
        decide(row, AssessmentResult.STOP, by=neighbour.head)
    row.refresh_from_db()
    assert row.result == ""
