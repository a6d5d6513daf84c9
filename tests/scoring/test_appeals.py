"""A unit contests an entry: in time, decided by somebody who took no part, at last by the joint conference."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from accounts.roles import Role
from audit.models import Entry
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from scoring import permissions as may
from scoring.actions import appeals, entries
from scoring.catalogue import Evidence
from scoring.models import EntryStep, ScoreEntry
from scoring.states import EntryState, Scope, Verdict
from scoring.sweeps import close_appeals, propose_scores
from tests.cases.handling.given import a_unit, received, registered
from tests.given import a_hat
from tests.scoring.given import a_rule, adopted
from tests.scoring.ledger import (
    AGAIN,
    FINAL,
    LATE,
    NEXT,
    Entered,
    again,
    appealed,
    decide,
    decided,
    late,
    referred,
    told,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]
# the fifth working day after the unit was told, and the one after
FIFTH, SIXTH = LATE + timedelta(days=7), LATE + timedelta(days=8)


def by_a_person():
    """Propose what only a person tells: the second time raised, looked at by the officer."""
    rules = adopted(AGAIN)
    first = received()
    again(first)
    propose_scores(now=LATE)
    row = late_of(rules, first)
    entries.notify_unit(row.pk, by=rules.by.officer, now=LATE)
    return row


def late_of(rules, case):
    return Entered(ScoreEntry.objects.get().pk, case, rules.by, rules)


def test_nothing_counts_before_it_is_final():
    row = late()
    for step in (told, appealed, decide):
        assert not ScoreEntry.objects.counting().exists()
        step(row)
    assert not ScoreEntry.objects.counting().exists()
    close_appeals(now=NEXT + timedelta(days=30))
    assert [entry.pk for entry in ScoreEntry.objects.counting()] == [row.pk]


def test_it_becomes_final_the_day_after_its_fifth_working_day_and_once():
    row = told()
    assert close_appeals(now=FIFTH) == 0
    assert (close_appeals(now=SIXTH), close_appeals(now=SIXTH)) == (1, 0)
    assert row.states == ["proposed", "notified", "final"]
    with pytest.raises(OutOfTurn):
        appealed(row, now=SIXTH)


def test_an_appeal_is_taken_on_the_fifth_working_day_and_not_after():
    in_time = late()
    too_late = late(in_time.rules, case=received())
    told(in_time)
    appealed(in_time, now=FIFTH)
    with pytest.raises(OutOfTurn):
        appealed(too_late, now=SIXTH)
    assert (in_time.now.state, too_late.now.state) == (EntryState.APPEALED, EntryState.NOTIFIED)


def test_an_appeal_tells_who_may_decide_and_says_by_when():
    row = appealed()
    assert str(row.now.until) == "2026-04-02"
    posts = set(Notice.objects.filter(kind=Kind.SCORE_CONTESTED).values_list("post", flat=True))
    assert {row.by.officer.post.pk, row.by.director.post.pk, row.by.conference.post.pk} <= posts
    assert Entry.objects.filter(verb="score.move").latest("at").facts == {
        "score_state": "appealed",
        "points": "-1.00",
    }


def test_sc_4_who_put_an_entry_forward_does_not_decide_the_appeal():
    row = appealed(by_a_person())
    with pytest.raises(NotAllowed):
        decide(row, by=row.by.officer)
    past_the_deed = {"number": 4, "state": EntryState.DECIDED, "points": Decimal(-1), "words": "维持"}
    for by in (row.by.officer, None):
        who = {"by": by.post, "person": by.user} if by else {}
        with pytest.raises(InternalError), transaction.atomic():
            EntryStep.objects.create(entry=row.now, until=FIFTH.date(), at=NEXT, **past_the_deed, **who)
    assert row.states == ["proposed", "notified", "appealed"]

    decide(row, by=row.by.director)
    assert row.now.state == EntryState.DECIDED


@pytest.mark.parametrize(
    ("verdict", "facts", "state", "stands"),
    [
        (Verdict.UPHELD, {}, EntryState.DECIDED, Decimal(-1)),
        (Verdict.CHANGED, {"points": Decimal("0.5")}, EntryState.DECIDED, Decimal("-0.5")),
        (Verdict.CANCELLED, {}, EntryState.CANCELLED, Decimal(0)),
    ],
)
def test_an_appeal_is_decided_in_one_of_three_ways_and_the_unit_is_told(verdict, facts, state, stands):
    row = decided(verdict=verdict, **facts)
    assert (row.now.state, row.now.stands, row.now.points) == (state, stands, Decimal(-1))
    last = row.now.steps.order_by("-number")[0]
    assert (last.verdict, last.words) == (verdict, "未见书面告知和送达回证")
    told_of = Notice.objects.filter(kind=Kind.SCORE_TOLD, post=row.case.unit.head.post)
    assert told_of.count() == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"words": " "},
        {"verdict": Verdict.CHANGED},
        {"verdict": Verdict.CHANGED, "points": Decimal(2)},
        {"verdict": Verdict.CHANGED, "points": Decimal(0)},
        {"words": "张大强自己写错了"},
        {"words": "电话 13800001234"},
    ],
    ids=["no reason", "no points", "more points", "nothing left", "names the petitioner", "a telephone"],
)
def test_a_decision_without_reason_with_more_points_or_a_person_in_it_is_refused(facts):
    row = appealed()
    given = {"verdict": Verdict.UPHELD, **facts}
    with pytest.raises(Refused):
        decide(row, given.pop("verdict"), **given)
    assert row.states[-1] == EntryState.APPEALED


def test_points_never_become_more_nor_turn_past_the_deeds():
    row = appealed()
    for points in (Decimal(-2), Decimal(1)):
        with pytest.raises(InternalError), transaction.atomic():
            EntryStep.objects.create(
                entry=row.now,
                number=4,
                state=EntryState.DECIDED,
                points=points,
                until=FIFTH.date(),
                words="改",
                by=row.by.director.post,
                person=row.by.director.user,
                at=NEXT,
            )
    assert row.now.stands == Decimal(-1)


def test_at_the_second_level_the_joint_conference_decides_for_good():
    row = referred()
    for by in (row.by.director, row.by.officer):
        with pytest.raises(NotAllowed):
            decide(row, by=by, deed=appeals.decide_referral)
    decide(row, Verdict.CANCELLED, by=row.by.conference, deed=appeals.decide_referral)
    assert row.states[-2:] == ["referred", "cancelled"]

    other = late(row.rules, case=received())
    other = referred(decided(told(other)))
    decide(other, by=other.by.conference, deed=appeals.decide_referral)
    assert (other.now.state, other.now.stands) == (FINAL, Decimal(-1))


def test_of_the_conference_too_nobody_decides_twice():
    row = appealed()
    decide(row, by=row.by.conference)
    referred(row)
    with pytest.raises(NotAllowed):
        decide(row, by=row.by.conference, deed=appeals.decide_referral)
    assert row.now.state == EntryState.REFERRED


def test_the_neighbour_neither_reads_nor_contests_it_and_before_it_is_told_the_unit_does_not_either():
    row = late()
    neighbour = a_unit("CG")
    unit = row.case.unit
    assert not may.entries_for(unit.head).exists()
    assert may.entries_for(row.by.officer).filter(pk=row.pk).exists()
    told(row)
    for hat, reads in (
        (unit.officer, True),
        (neighbour.head, False),
        (a_hat(Role.INSPECTOR), True),
        (a_hat(Role.PETITION_OFFICER), False),
        (a_hat(Role.REGISTRAR), False),
        (a_hat(Role.SCORE_OFFICER, organ=neighbour.organ), False),
    ):
        assert may.entries_for(hat).filter(pk=row.pk).exists() is reads
    with pytest.raises(Unknown):
        appeals.appeal(row.pk, words="不服", by=neighbour.head, now=NEXT)
    for hat in (row.by.officer, row.by.director):
        with pytest.raises(NotAllowed):
            appeals.appeal(row.pk, words="不服", by=hat, now=NEXT)
    with pytest.raises(NotAllowed):
        decide(appealed(row), by=a_hat(Role.INSPECTOR))
    assert row.states == ["proposed", "notified", "appealed"]


def test_the_office_does_not_decide_on_its_own_entry():
    rules = adopted(a_rule(evidence=Evidence.ROUTED_LATE), scope=Scope.OFFICES)
    case = registered()
    propose_scores(now=LATE)
    row = late_of(rules, case)
    told(row)
    appeals.appeal(row.pk, words="系统故障", by=case.office.head, now=NEXT)
    with pytest.raises(NotAllowed):
        decide(row, by=row.by.director)
    decide(row, by=row.by.conference)
    assert row.now.state == EntryState.DECIDED
