"""What the ledger proposes: a unit's own failures and the office's, once for each rule and cause, and nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from audit.models import Entry
from cases.actions import repeating, sealing
from cases.intake import Reported
from cases.models import Petition, RepeatDecision
from cases.remedy_states import RemedyOutcome
from cases.states import Outcome, RepeatOutcome, ReportedKind
from notices.models import Kind, Notice
from scoring.catalogue import Evidence
from scoring.models import EntryFact, ScoreEntry
from scoring.states import Attribution, EntryState, FactKind, Scope
from scoring.sweeps import propose_scores, tell_units
from tests.cases.handling.given import (
    a_township,
    a_unit,
    accepted,
    declined,
    drafted,
    investigated,
    notified,
    opinion_issued,
    raised_again,
    received,
    registered,
    routed,
    served,
)
from tests.cases.remedies import given as remedies
from tests.given import MONDAY
from tests.scoring.given import a_rule, adopt, adopted, drawn
from tests.scoring.ledger import AGAIN, LATE, NEXT, again, late

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def entered():
    rows = ScoreEntry.objects.order_by("organ__code", "rule__evidence")
    return [(row.organ.code, row.rule.evidence, row.points) for row in rows]


def test_sc_1_raised_again_after_an_overdue_day_one_point_is_proposed_and_explained():
    adopted(AGAIN)
    first = received()
    later = again(first)

    assert propose_scores(now=LATE) == 1

    (entry,) = ScoreEntry.objects.standing()
    assert (entry.organ, entry.points, entry.state) == (first.unit.organ, Decimal(-1), EntryState.PROPOSED)
    assert (entry.petition_id, entry.happened_on) == (first.pk, LATE.date())
    facts = EntryFact.objects.filter(entry=entry).order_by("number")
    assert [(fact.kind, fact.petition_id) for fact in facts] == [
        (FactKind.RECEIVED, first.pk),
        (FactKind.PERIOD_PASSED, first.pk),
        (FactKind.MATCHED, later.pk),
        (FactKind.NOT_A_REMEDY, later.pk),
        (FactKind.OFFICE_IN_TIME, first.pk),
    ]
    assert facts[1].clock_code == "T3"
    audited = Entry.objects.get(verb="score.propose")
    assert (audited.actor_words, audited.facts) == ("clock", {"measured": "raised_again", "points": "-1.00"})
    # proposed, never imposed: no unit is told before a person has looked at it
    assert tell_units(now=LATE) == 0
    assert not Notice.objects.filter(kind=Kind.SCORE_TOLD).exists()


def test_sc_2_q37_handled_in_time_and_not_supported_nothing_however_often_one_writes():
    adopted(AGAIN)
    first = served(opinion_issued(drafted(investigated(notified(accepted()), outcome=Outcome.NOT_SUPPORT))))
    for days in (1, 20, 40):
        again(first, now=MONDAY + timedelta(days=days))

    assert propose_scores(now=MONDAY + timedelta(days=70)) == 0
    assert not ScoreEntry.objects.exists()


def test_sc_3_routed_late_by_the_office_the_unit_in_time_the_office_alone_loses_a_point():
    by = adopted(a_rule(), a_rule(title="再次反映", evidence=Evidence.RAISED_AGAIN)).by
    adopted(a_rule(title="转送", evidence=Evidence.ROUTED_LATE), scope=Scope.OFFICES, by=by)
    case = registered()
    sent = MONDAY + timedelta(days=20)
    case = received(routed(case, now=sent), now=sent)
    told_at = MONDAY + timedelta(days=32)
    notified(accepted(case, now=told_at), now=told_at)
    again(case, now=told_at + timedelta(days=1))

    propose_scores(now=told_at + timedelta(days=2))

    assert entered() == [("LS", "routed_late", Decimal(-1))]


def test_q36_the_five_conditions_each_alone_keeps_a_deduction_away():
    adopted(AGAIN)
    # 1 the unit never received it; 2 its period had not passed; 3 nobody found it to be the same
    again(routed())
    again(received(), now=MONDAY + timedelta(days=3))
    raised_again(received(), now=LATE)
    # 4 new facts, and what turned out to be another matter
    for outcome in (RepeatOutcome.NEW_FACTS, RepeatOutcome.RELATED):
        again(received(), outcome=outcome)
    # 5 the office had routed it late
    overdue = received(routed(registered(), now=LATE), now=LATE)
    again(overdue, now=LATE + timedelta(days=20))

    assert propose_scores(now=LATE + timedelta(days=30)) == 0


def test_a_unit_that_declined_in_time_owes_nothing():
    adopted(AGAIN)
    again(notified(declined()))
    assert propose_scores(now=NEXT) == 0


def test_a_decision_taken_back_and_made_anew_is_still_one_cause():
    adopted(AGAIN)
    first = received()
    later = again(first)
    propose_scores(now=LATE)
    row = RepeatDecision.objects.standing().get()
    repeating.reverse_repeat(later.pk, row.pk, reason="误判", by=first.office.officer, now=NEXT)
    assert propose_scores(now=NEXT) == 0
    repeating.decide_repeat(
        later.pk,
        first.pk,
        outcome=RepeatOutcome.SAME_PENDING,
        same_person=True,
        reason="确为同一事项",
        by=first.office.officer,
        now=NEXT,
    )
    assert RepeatDecision.objects.standing().get() != row
    assert propose_scores(now=NEXT) == 0
    assert ScoreEntry.objects.count() == 1


def test_the_units_own_late_notice_costs_a_point_and_is_told_by_the_clock():
    row = late()
    neighbour = a_unit("CG")

    assert (propose_scores(now=NEXT), tell_units(now=NEXT), tell_units(now=NEXT)) == (0, 1, 0)

    assert (row.now.state, row.now.stands) == (EntryState.NOTIFIED, Decimal(-1))
    # five working days from Thursday 19 March
    assert str(row.now.until) == "2026-03-26"
    posts = set(Notice.objects.filter(kind=Kind.SCORE_TOLD).values_list("post", flat=True))
    assert posts == {row.case.unit.officer.post.pk, row.case.unit.head.post.pk}
    assert neighbour.head.post.pk not in posts


def test_what_was_late_and_done_since_stays_late():
    adopted()
    case = received()
    notified(accepted(case, now=LATE), now=NEXT)
    assert propose_scores(now=NEXT + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("outcome", "evidence"),
    [
        (RemedyOutcome.REVOKE, [Evidence.REVOKED]),
        (RemedyOutcome.REMAND, [Evidence.REMANDED]),
        (RemedyOutcome.MAINTAIN, []),
    ],
)
def test_an_opinion_set_aside_costs_its_unit_and_one_that_was_maintained_nothing(outcome, evidence):
    adopted(a_rule(evidence=Evidence.REVOKED), a_rule(evidence=Evidence.REMANDED))
    contested = remedies.decided(outcome=outcome)
    propose_scores(now=remedies.ISSUED_AT + timedelta(days=1))
    assert entered() == [(contested.case.unit.organ.code, one, Decimal(-1)) for one in evidence]


def test_what_happened_before_the_rules_is_not_scored():
    received()
    rules = drawn()
    adopt(rules, now=NEXT)
    assert propose_scores(now=NEXT) == 0


def test_counted_by_place_the_township_of_the_problem_answers():
    adopted(a_rule(attribution=Attribution.PLACE), scope=Scope.TOWNSHIPS)
    case = received()
    township = a_township()
    type(township.organ).objects.filter(pk=township.organ.pk).update(
        place=Petition.objects.get(pk=case.pk).place
    )
    propose_scores(now=LATE)
    assert entered() == [(township.organ.code, "accepted_late", Decimal(-1))]


def test_q2_nothing_is_proposed_on_what_was_sealed_and_what_stood_is_hidden():
    row = late()
    other = received()
    for case in (row.case, other):
        reported = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk)]
        sealing.seal(case.pk, reason="反映干部", reported=reported, by=case.office.head, now=LATE)
    propose_scores(now=NEXT)
    assert ScoreEntry.objects.count() == 1
    assert not ScoreEntry.objects.of_open_lane().exists()
    assert tell_units(now=NEXT) == 0


def test_nothing_that_was_entered_is_ever_changed_or_taken_out():
    row = late()
    for write in (
        lambda: ScoreEntry.objects.update(points=Decimal(-5)),
        lambda: ScoreEntry.objects.all()._raw_delete("default"),
        lambda: EntryFact.objects.update(happened_on=None),
        lambda: EntryFact.objects.all().delete(),
        lambda: row.now.steps.update(points=Decimal(-5)),
        lambda: row.now.steps.all().delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            write()
    assert row.now.points == Decimal(-1)
