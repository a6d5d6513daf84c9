"""复核: before the next organ above, without the time of a hearing, and the end of the chain (Art 36; R-41, R-42)."""

from datetime import date
from uuid import UUID

import pytest
from django.db import InternalError, transaction

from accounts.models import Post
from cases.models import HearingTime, PetitionClock, Remedy
from cases.remedies import parts
from cases.remedies.parts import standing_of
from cases.remedy_states import Chain, RemedyOutcome, RemedyState, Stage
from cases.states import ClockCode, HandlingState
from documents.states import DocumentKind
from lib.errors import NotAllowed, OutOfTurn
from tests.cases.handling.given import at
from tests.cases.remedies import given
from tests.cases.remedies.test_opinions import words_of

pytestmark = pytest.mark.django_db

HEARING = UUID("0192f3a0-7c1e-7d52-9b0a-5e1f6c2d8a99")


def hold(contested, since, *, organ=None):
    organ = organ or contested.remedy.organ
    with transaction.atomic():
        return parts.leave_out_hearing(
            contested.case.petition, organ, HEARING, since=since, now=at(since.month, since.day)
        )


def conclude(contested, until, words="多数意见：维持"):
    with transaction.atomic():
        parts.count_again_after_hearing(
            contested.case.petition, HEARING, until=until, conclusion=words, now=at(until.month, until.day)
        )


def test_r_41_a_reexamination_goes_to_the_organ_above_the_reviewing_one():
    contested = given.requested(given.reviewed(), now=at(4, 10))

    remedy = contested.remedy
    assert (remedy.stage, remedy.organ, remedy.after.organ) == (
        Stage.REEXAMINATION,
        contested.city.organ,
        contested.district.organ,
    )
    assert contested.clock(ClockCode.T10).last_day == date(2026, 5, 10)


def test_vec_6_t10_hearing_time_is_left_out_of_the_thirty_days():
    contested = given.in_reexamination(given.reviewed(now=at(5, 29)), now=at(6, 1))

    stopped = hold(contested, date(2026, 6, 10))
    while_it_lasts = contested.clock(ClockCode.T10).last_day
    conclude(contested, date(2026, 6, 25))

    assert (stopped, while_it_lasts) == (True, None)
    assert contested.clock(ClockCode.T10).last_day == date(2026, 7, 16)


def test_deadlines_4_a_hearing_during_a_review_leaves_nothing_out():
    contested = given.accepted()

    stopped = hold(contested, date(2026, 3, 24))

    assert not stopped
    assert contested.clock(ClockCode.T8).last_day == date(2026, 4, 19)
    with pytest.raises(InternalError, match="only a re-examination"), transaction.atomic():
        HearingTime.objects.create(
            clock=contested.clock(ClockCode.T8), hearing=HEARING, since=date(2026, 3, 24), basis="x"
        )


def test_while_a_hearing_goes_on_nothing_is_decided():
    contested = given.in_reexamination()
    hold(contested, date(2026, 4, 13))
    given.draft(contested, now=at(4, 14))

    with pytest.raises(OutOfTurn):
        given.issue(contested, now=at(4, 14))

    assert contested.remedy.state == RemedyState.ACCEPTED


def test_d20_says_the_hearing_the_days_left_out_and_the_end_of_the_chain():
    contested = given.in_reexamination()
    hold(contested, date(2026, 4, 13))
    conclude(contested, date(2026, 4, 28))
    given.draft(contested, now=at(4, 29))

    opinion = given.issue(contested, now=at(4, 29))

    said = words_of(opinion)
    assert opinion.kind == DocumentKind.D20
    for part in ("共15日", "多数意见：维持", "不再受理", "新的事实", "法律援助", "维持原意见"):
        assert part in said
    assert "诉讼" not in said


def test_r_42_after_a_reexamination_nothing_further_is_asked_on_the_same_opinion():
    contested = given.decided(given.in_reexamination(), now=at(4, 20))

    standing = standing_of(contested.case.handling, now=at(4, 21))

    assert standing.chain is Chain.CONCLUDED
    with pytest.raises(OutOfTurn):
        given.request(contested, now=at(4, 21))


def test_r_43_a_remand_on_reexamination_lets_the_first_organ_handle_anew():
    contested = given.decided(given.in_reexamination(), RemedyOutcome.REMAND, now=at(4, 20))

    handling = contested.case.handling
    assert (handling.state, handling.opinion) == (HandlingState.INVESTIGATING, None)
    assert standing_of(handling, now=at(4, 21)).chain is Chain.NOT_BEGUN


def test_inv_5_the_reviewing_organ_does_not_reexamine_itself():
    contested = given.in_reexamination()

    with pytest.raises(NotAllowed):
        given.draft(contested, by=contested.district.officer)

    assert contested.remedy.outcome == ""


def test_q24_the_opinion_of_an_organ_that_does_not_work_here_is_taken_in_by_the_office():
    contested = given.requested(given.reviewed(), now=at(4, 10))
    Post.objects.filter(organ=contested.city.organ).update(held_to=date(2026, 4, 1))

    opinion = given.take_in(contested, now=at(4, 20))
    given.serve(contested, opinion, by=contested.case.office.officer, now=at(4, 22))

    assert contested.remedy.state == RemedyState.DECIDED
    assert (opinion.organ, opinion.uploaded) == (contested.city.organ, True)
    assert contested.clock(ClockCode.T10).met_at == at(4, 22)


def test_q24_where_the_organ_works_here_nobody_takes_its_opinion_in():
    contested = given.requested(given.reviewed(), now=at(4, 10))

    with pytest.raises(NotAllowed):
        given.take_in(contested)

    assert contested.remedy.state == RemedyState.REQUESTED


def test_two_opinions_on_one_petition_have_clocks_of_their_own():
    contested = given.requested()

    assert PetitionClock.objects.filter(petition=contested.pk, remedy=contested.remedy).count() == 2
    assert not Remedy.objects.filter(petition=contested.pk).exclude(pk=contested.remedy_id).exists()
