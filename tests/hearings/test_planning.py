"""A planned decision: drafts and consultations are never rewritten; it is made only once it may go ahead."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from hearings import permissions as may
from hearings.actions import planning
from hearings.decision_states import AssessmentResult, DecisionState
from hearings.models import Consultation, DecisionDraft, PlannedDecision
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.handling.given import a_unit, the_office
from tests.given import MONDAY, a_hat, an_organ
from tests.hearings.decisions import asking, decided, planned, submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
TODAY = timezone.localdate(MONDAY)
LATER = MONDAY + timedelta(days=3)


def consult(of, **facts):
    return planning.note_consultation(of.pk, asking(**facts), by=of.unit.officer, now=MONDAY)


def make(of, *, by=None, now=LATER, **facts):
    given = {"made_on": TODAY, "made_by_words": "区政府常务会议", **facts}
    return planning.make_decision(of.pk, **given, by=by or of.unit.head, now=now)


def test_it_begins_with_its_first_draft_and_says_who_entered_it():
    of = planned()

    row = of.now
    assert (row.organ, row.planner, row.state) == (
        of.unit.organ,
        of.unit.officer.user,
        DecisionState.PREPARED,
    )
    assert [draft.number for draft in row.drafts.all()] == [1]
    entry = Entry.objects.get(verb="decision.plan")
    assert (entry.actor_post_id, entry.facts) == (of.unit.officer.post.pk, {})


@pytest.mark.parametrize("empty", ["title", "plan", "touches"])
def test_without_words_nothing_is_entered(empty):
    given = {"title": "三轮车整治", "plan": "清理", "touches": "车主", empty: " "}
    with pytest.raises(Refused) as refusal:
        planning.plan_decision(**given, by=a_unit().officer, now=MONDAY)
    assert empty in refusal.value.fields
    assert not PlannedDecision.objects.exists()
    assert not Entry.objects.filter(verb="decision.plan").exists()


def test_who_answers_for_nothing_plans_nothing():
    with pytest.raises(NotAllowed):
        planning.plan_decision(title="整", plan="清", touches="主", by=a_hat(Role.INSPECTOR), now=MONDAY)
    assert not PlannedDecision.objects.exists()


def test_q42_a_consultation_says_who_was_asked_what_they_said_and_what_changed():
    of = planned()
    row = consult(of)

    assert (row.count, row.draft.number, row.groups) == (42, 1, "三轮车车主代表、沿街商户")
    assert Entry.objects.get(verb="decision.note_consultation").facts == {
        "way": "meeting",
        "on": TODAY.isoformat(),
        "count": 42,
    }


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("groups", "车主张某 13800001234"),
        ("said", "我的身份证号 140105198001011234"),
        ("said", " "),
        ("changed", ""),
        ("count", 0),
        ("held_on", TODAY + timedelta(days=1)),
        ("held_on", TODAY - timedelta(days=1)),
    ],
    ids=[
        "a telephone",
        "an identity",
        "nothing said",
        "no change",
        "nobody",
        "a day ahead",
        "before it was planned",
    ],
)
def test_q42_no_register_of_persons_and_no_half_record(field, wrong):
    of = planned()
    with pytest.raises(Refused) as refusal:
        consult(of, **{field: wrong})
    assert list(refusal.value.fields) == [field]
    assert not Consultation.objects.exists()


def test_q42_a_consultation_is_never_rewritten_nor_taken_out():
    of = planned()
    row = consult(of)
    for write in (
        lambda: Consultation.objects.update(said="同意"),
        lambda: Consultation.objects.all().delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            write()
    row.refresh_from_db()
    assert row.said == "希望先给出替代营生"


def test_a_consultation_hangs_on_a_draft_of_its_own_decision():
    of, other = planned(), planned(a_unit("CG"))
    foreign = other.now.drafts.get()
    row = consult(of)
    row.pk, row._state.adding, row.draft = None, True, foreign
    with pytest.raises(InternalError), transaction.atomic():
        row.save(force_insert=True)
    assert Consultation.objects.count() == 1


def test_an_adjusted_draft_is_added_and_the_earlier_one_stays():
    of = planned()
    with pytest.raises(Refused):
        planning.write_draft(of.pk, plan="六个月", changed=" ", by=of.unit.officer, now=MONDAY)
    planning.write_draft(of.pk, plan="六个月内分批", changed="采纳过渡期", by=of.unit.officer, now=MONDAY)
    with pytest.raises(InternalError), transaction.atomic():
        DecisionDraft.objects.filter(number=1).update(plan="另一个")

    assert list(of.now.drafts.order_by("number").values_list("number", "plan")) == [
        (1, "三个月内清理主城区三轮车"),
        (2, "六个月内分批"),
    ]


def test_no_new_draft_while_the_last_is_being_assessed():
    of, _row = submitted()
    with pytest.raises(OutOfTurn):
        planning.write_draft(of.pk, plan="六个月", changed="过渡期", by=of.unit.officer, now=MONDAY)
    assert of.now.drafts.count() == 1


def test_it_is_made_once_its_newest_draft_may_go_ahead():
    of, _row = decided()
    make(of)

    row = of.now
    assert (row.state, row.made_on, row.ended_by) == (DecisionState.MADE, TODAY, of.unit.head.post)
    assert Entry.objects.filter(verb="decision.make").exists()
    with pytest.raises(OutOfTurn):
        consult(of)


def test_it_is_not_made_unassessed_nor_on_what_an_earlier_draft_was_found():
    unassessed = planned(a_unit("CG"))
    of, _row = decided()
    planning.write_draft(of.pk, plan="六个月", changed="过渡期", by=of.unit.officer, now=MONDAY)
    for each in (unassessed, of):
        with pytest.raises(OutOfTurn):
            make(each)
        past_the_deed = PlannedDecision.objects.filter(pk=each.pk)
        with pytest.raises(InternalError), transaction.atomic():
            past_the_deed.update(
                state=DecisionState.MADE,
                made_on=TODAY,
                made_by_words="会议",
                ended_by=each.unit.head.post,
                ended_at=MONDAY,
            )
        assert each.now.state == DecisionState.PREPARED


@pytest.mark.parametrize(
    "result", [AssessmentResult.ADJUST, AssessmentResult.POSTPONE, AssessmentResult.STOP]
)
def test_any_other_result_than_to_go_ahead_does_not_let_it_be_made(result):
    of, _row = decided(result=result)
    with pytest.raises(OutOfTurn):
        make(of)
    assert of.now.state == DecisionState.PREPARED


def test_only_a_head_writes_that_it_was_made_with_day_and_paper():
    of, _row = decided()
    with pytest.raises(NotAllowed):
        make(of, by=of.unit.officer)
    for wrong in (
        {"made_on": TODAY - timedelta(days=1)},
        {"made_on": TODAY + timedelta(days=9)},
        {"made_by_words": " "},
    ):
        with pytest.raises(Refused):
            make(of, **wrong)
    assert of.now.state == DecisionState.PREPARED


def test_a_plan_is_given_up_with_why_and_stays_as_it_was():
    of = planned()
    with pytest.raises(NotAllowed):
        planning.give_up(of.pk, given_up_why="不再需要", by=of.unit.officer, now=MONDAY)
    with pytest.raises(Refused):
        planning.give_up(of.pk, given_up_why=" ", by=of.unit.head, now=MONDAY)
    assert of.now.state == DecisionState.PREPARED

    planning.give_up(of.pk, given_up_why="不再需要", by=of.unit.head, now=MONDAY)

    assert (of.now.state, of.now.given_up_why) == (DecisionState.GIVEN_UP, "不再需要")
    with pytest.raises(InternalError), transaction.atomic():
        PlannedDecision.objects.filter(pk=of.pk).update(given_up_why="另一个")
    with pytest.raises(InternalError), transaction.atomic():
        DecisionDraft.objects.create(
            decision=of.now,
            number=2,
            plan="又",
            changed="又",
            written_by=of.unit.head.post,
            written_at=MONDAY,
        )


def test_a_neighbour_does_not_know_of_it_and_an_office_of_the_place_reads_it():
    of, neighbour, office = planned(), a_unit("CG"), the_office()
    body = an_organ("QZF", kind=OrganKind.LEADING_BODY)
    with pytest.raises(Unknown):
        planning.write_draft(of.pk, plan="六", changed="过", by=neighbour.officer, now=MONDAY)
    with pytest.raises(NotAllowed):
        planning.write_draft(of.pk, plan="六", changed="过", by=office.officer, now=MONDAY)
    assert of.now.drafts.count() == 1
    for hat, reads in (
        (neighbour.head, False),
        (office.officer, True),
        (a_hat(Role.LEADER, organ=body), True),
        (a_hat(Role.LEADER, organ=neighbour.organ), False),
    ):
        assert may.decisions_for(hat).filter(pk=of.pk).exists() is reads
