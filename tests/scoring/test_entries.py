"""What persons enter: duties and findings, looked at by another; bonuses, reversed only by a new entry (Q38)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from accounts.models import OrganKind
from cases.remedy_states import RemedyOutcome
from hearings.models import Commitment
from leadership.actions import answers
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from scoring import parts
from scoring.actions import entries
from scoring.catalogue import Evidence
from scoring.models import EntryStep, ScoreEntry
from scoring.states import EntryState, FactKind, ReversalGround, RuleKind
from scoring.sweeps import close_appeals, propose_scores, tell_units
from tests.cases.handling.given import a_unit, received
from tests.cases.remedies import given as remedies
from tests.given import MONDAY, an_organ
from tests.hearings.given import DAY, called, closed, opened
from tests.scoring.given import a_rule, adopted
from tests.scoring.ledger import Entered, a_find, again, late, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

MEETINGS = a_rule(
    title="专题会议", kind=RuleKind.HELD, evidence=Evidence.MEETINGS, weight=Decimal(4), target=Decimal(4)
)
FALSE = a_rule(title="虚报", evidence=Evidence.FALSE_REPORT, points=Decimal(5))
SETTLED = a_rule(title="积案化解", kind=RuleKind.BONUS, evidence=Evidence.OLD_SETTLED, points=Decimal(2))
SOME_DAYS = timedelta(days=20)
# the first day on which ninety days were quiet since all that was promised was verified
QUIET = DAY + timedelta(days=95)


def propose(rules, case, **facts):
    return entries.propose_entry(a_find(rules, case, **facts), by=rules.by.officer, now=MONDAY)


def final_bonus():
    """Return a final bonus: promised at a hearing, verified, quiet for ninety days, confirmed by a person."""
    rules = adopted(SETTLED)
    held = closed(opened(called(received())))
    asked = Commitment.objects.get().assignment_id
    answers.reply(asked, words="已验收", by=held.case.unit.officer, now=DAY + timedelta(days=3))
    answers.verify(asked, words="看过验收单", by=held.officer, now=DAY + timedelta(days=4))
    assert propose_scores(now=QUIET - timedelta(days=1)) == 0
    propose_scores(now=QUIET)
    row = ScoreEntry.objects.get()
    entries.notify_unit(row.pk, by=rules.by.officer, now=QUIET)
    close_appeals(now=QUIET + SOME_DAYS)
    return Entered(row.pk, held.case, rules.by, rules)


def test_a_missing_meeting_is_entered_by_one_and_told_by_another():
    rules, case = adopted(MEETINGS), received()
    row = propose(rules, case, count=2)
    assert (row.points, row.petition, row.facts.get().kind) == (Decimal(-2), None, FactKind.FOUND)
    assert tell_units(now=MONDAY) == 0
    with pytest.raises(NotAllowed):
        entries.notify_unit(row.pk, by=rules.by.officer, now=MONDAY)
    for who in (rules.by.officer, None):
        by = {"by": who.post, "person": who.user} if who else {}
        with pytest.raises(InternalError), transaction.atomic():
            EntryStep.objects.create(
                entry=row,
                number=2,
                state=EntryState.NOTIFIED,
                points=Decimal(-2),
                until=MONDAY.date(),
                at=MONDAY,
                **by,
            )

    entries.notify_unit(row.pk, by=rules.by.director, now=MONDAY)
    assert ScoreEntry.objects.standing().get().state == EntryState.NOTIFIED


def test_no_more_is_entered_than_the_rule_weighs_and_the_same_once():
    rules, case = adopted(MEETINGS), received()
    assert propose(rules, case, count=9).points == Decimal(-4)
    with pytest.raises(Refused):
        propose(rules, case)
    assert ScoreEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("count", {"count": 0}),
        ("words", {"words": " "}),
        ("words", {"words": "张大强说没有开会"}),
        ("words", {"words": "13800001234"}),
        ("happened_on", {"happened_on": MONDAY.date() + timedelta(days=1)}),
        ("organ", {"happened_on": MONDAY.date() - timedelta(days=1)}),
        ("petition_number", {"petition_number": "LS2026-999999"}),
    ],
)
def test_what_is_found_without_its_facts_is_refused_at_the_field(field, facts):
    rules, case = adopted(FALSE), received()
    with pytest.raises(Refused) as refusal:
        propose(rules, case, **{"petition_number": case.now.number, **facts})
    assert field in refusal.value.fields
    assert not ScoreEntry.objects.exists()


def test_it_is_entered_only_under_a_rule_persons_measure_for_a_unit_it_is_for():
    clock, hand = adopted(), received()
    with pytest.raises(Unknown):
        propose(clock, hand)
    with pytest.raises(NotAllowed):
        entries.propose_entry(a_find(clock, hand), by=hand.unit.head, now=MONDAY)
    assert not ScoreEntry.objects.exists()


def test_a_township_is_not_scored_by_the_rules_of_departments():
    rules, case = adopted(MEETINGS), received()
    township = an_organ("FS", kind=OrganKind.TOWNSHIP)
    with pytest.raises(Refused) as refusal:
        propose(rules, case, organ_id=township.pk)
    assert "organ" in refusal.value.fields


def test_a_proposal_is_dropped_with_why_and_stays_as_cancelled():
    row = late()
    with pytest.raises(Refused):
        entries.drop_entry(row.pk, words=" ", by=row.by.officer, now=MONDAY)
    entries.drop_entry(row.pk, words="时钟因补录而误", by=row.by.officer, now=MONDAY + SOME_DAYS)
    assert (row.now.state, row.now.stands, row.now.points) == (
        EntryState.CANCELLED,
        Decimal(0),
        Decimal(-1),
    )
    # what was cancelled is not proposed again by the next night
    assert propose_scores(now=MONDAY + SOME_DAYS) == 0
    with pytest.raises(OutOfTurn):
        entries.drop_entry(row.pk, words="又", by=row.by.officer, now=MONDAY + SOME_DAYS)


def test_what_the_unit_was_told_is_not_dropped_any_more():
    row = told()
    with pytest.raises(OutOfTurn):
        entries.drop_entry(row.pk, words="误", by=row.by.officer, now=MONDAY + SOME_DAYS)


def test_sc_7_q38_raised_again_within_ninety_days_reverses_no_bonus_a_finding_does_by_a_new_entry():
    row = final_bonus()
    assert (row.now.points, row.now.petition_id) == (Decimal(2), row.case.pk)
    assert list(row.now.facts.values_list("kind", flat=True)) == [FactKind.CARRIED_OUT, FactKind.EFFECT_HELD]
    again(row.case, now=QUIET + SOME_DAYS)
    propose_scores(now=QUIET + 2 * SOME_DAYS)
    assert ScoreEntry.objects.count() == 1

    by, now = row.by.officer, QUIET + 2 * SOME_DAYS
    made = entries.reverse_bonus(
        row.pk, ground=ReversalGround.NOT_CARRIED_OUT, words="回访核实承诺未落实", by=by, now=now
    )

    assert (made.points, made.reverses_id) == (Decimal(-2), row.pk)
    assert made.facts.get().kind == FactKind.NOT_CARRIED_OUT
    # the bonus stays as it was entered
    assert (row.now.state, row.now.points) == (EntryState.FINAL, Decimal(2))
    with pytest.raises(OutOfTurn):
        entries.reverse_bonus(row.pk, ground=ReversalGround.NOT_CARRIED_OUT, words="再次", by=by, now=now)
    with pytest.raises(NotAllowed):
        entries.notify_unit(made.pk, by=by, now=now)


def test_q38_that_a_review_was_asked_for_or_maintained_is_no_ground_a_revoked_opinion_is():
    contested = remedies.requested()
    rules = adopted(SETTLED)
    row = Entered(bonus_on(contested.case, rules).pk, contested.case, rules.by, rules)
    given = {"ground": ReversalGround.REVOKED, "words": "意见已撤销", "by": row.by.officer}
    with pytest.raises(Refused) as refusal:
        entries.reverse_bonus(row.pk, **given, now=MONDAY + SOME_DAYS)
    assert "ground" in refusal.value.fields
    remedies.answer(contested)
    remedies.decided(contested, outcome=RemedyOutcome.REVOKE)
    made = entries.reverse_bonus(row.pk, **given, now=remedies.ISSUED_AT)
    assert made.facts.get().kind == FactKind.OPINION_REVOKED


def bonus_on(case, rules):
    """Return a final bonus on a case, as if its hearing had held."""
    with transaction.atomic():
        entry = parts.propose(
            rules.now.rules.get(),
            case.unit.organ,
            Decimal(2),
            cause="hearing:given",
            happened_on=MONDAY.date(),
            facts=[],
            petition=case.now,
            by=None,
            now=MONDAY,
        )
        by = rules.by.director
        parts.move(entry, EntryState.NOTIFIED, until=MONDAY.date(), by=by, now=MONDAY)
        parts.move(entry, EntryState.FINAL, by=None, now=MONDAY)
    return entry


def test_a_deduction_is_not_reversed_and_a_neighbour_reverses_nothing():
    row = final_bonus()
    with pytest.raises(Unknown):
        entries.reverse_bonus(
            row.pk, ground=ReversalGround.NOT_CARRIED_OUT, words="否", by=a_unit("CG").head, now=MONDAY
        )
    with pytest.raises(NotAllowed):
        entries.reverse_bonus(
            row.pk, ground=ReversalGround.NOT_CARRIED_OUT, words="否", by=row.case.unit.head, now=MONDAY
        )
    assert ScoreEntry.objects.count() == 1
