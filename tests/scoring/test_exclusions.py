"""A case left out of scores: a closed ground, two persons, visible, lifted again (Q39)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from audit.models import Entry
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from scoring import permissions as may
from scoring.actions import exclusions
from scoring.models import CaseExclusion, ScoreEntry
from scoring.states import ExclusionGround
from scoring.sweeps import close_appeals, propose_scores
from tests.cases.handling.given import a_unit, received
from tests.given import MONDAY
from tests.scoring.given import adopted, scorers
from tests.scoring.ledger import LATE, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def propose(case, by, **facts):
    given = {"ground": ExclusionGround.FORCE_MAJEURE, "words": "洪水中断道路", **facts}
    return exclusions.propose_exclusion(petition_number=case.now.number, **given, by=by, now=MONDAY)


def excluded(case, by):
    row = propose(case, by.officer)
    exclusions.approve_exclusion(row.pk, by=by.director, now=MONDAY)
    return row


def test_q39_a_case_is_left_out_by_two_persons_and_nothing_more_is_proposed_on_it():
    by = adopted().by
    case, neighbour = received(), received()
    row = propose(case, by.officer)
    with pytest.raises(NotAllowed):
        exclusions.approve_exclusion(row.pk, by=by.officer, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseExclusion.objects.update(
            approved_by=by.officer.post, approver=by.officer.user, approved_at=MONDAY
        )
    exclusions.approve_exclusion(row.pk, by=by.director, now=MONDAY)
    with pytest.raises(OutOfTurn):
        exclusions.approve_exclusion(row.pk, by=by.conference, now=MONDAY)

    propose_scores(now=LATE)

    assert [entry.petition_id for entry in ScoreEntry.objects.all()] == [neighbour.pk]
    assert Entry.objects.get(verb="score_exclusion.propose").facts == {"excluded_for": "force_majeure"}


def test_q39_what_stood_counts_no_more_while_it_is_left_out_and_counts_again_after():
    row = told()
    close_appeals(now=LATE + timedelta(days=30))
    assert ScoreEntry.objects.counting().count() == 1
    kept = excluded(row.case, row.by)
    assert not ScoreEntry.objects.counting().exists()
    assert row.now.excluded

    exclusions.end_exclusion(kept.pk, end_words="道路已通", by=row.by.officer, now=LATE)

    assert ScoreEntry.objects.counting().count() == 1
    with pytest.raises(OutOfTurn):
        exclusions.end_exclusion(kept.pk, end_words="又", by=row.by.officer, now=LATE)
    with pytest.raises(InternalError), transaction.atomic():
        CaseExclusion.objects.update(end_words="另一个")


def test_a_case_only_proposed_counts_as_before():
    row = told()
    close_appeals(now=LATE + timedelta(days=30))
    propose(row.case, row.by.officer)
    assert ScoreEntry.objects.counting().count() == 1


@pytest.mark.parametrize("words", [" ", "张大强要求", "13800001234"])
def test_without_facts_or_with_a_person_in_them_nothing_is_proposed(words):
    case = received()
    with pytest.raises(Refused):
        propose(case, scorers().officer, words=words)
    assert not CaseExclusion.objects.exists()


def test_a_case_is_left_out_once_at_a_time():
    by, case = scorers(), received()
    propose(case, by.officer)
    with pytest.raises(Refused):
        propose(case, by.director)
    assert CaseExclusion.objects.count() == 1


def test_q39_the_unit_sees_it_and_changes_nothing_a_neighbour_knows_nothing():
    by, case, neighbour = scorers(), received(), a_unit("CG")
    row = propose(case, by.officer)
    assert may.exclusions_for(case.unit.head).filter(pk=row.pk).exists()
    assert not may.exclusions_for(neighbour.head).exists()
    with pytest.raises(NotAllowed):
        exclusions.approve_exclusion(row.pk, by=case.unit.head, now=MONDAY)
    with pytest.raises(Unknown):
        exclusions.end_exclusion(row.pk, end_words="否", by=neighbour.head, now=MONDAY)
    with pytest.raises(Refused):
        propose(case, neighbour.head)
    row.refresh_from_db()
    assert (row.approved_at, row.ended_at) == (None, None)
