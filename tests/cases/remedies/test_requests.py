"""Asking for 复查: whose opinion, before which organ, until when, and who learns of it (Art 35; R-40)."""

from datetime import date

import pytest
from django.db import InternalError, transaction

from accounts.models import Organ, OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions import sealing
from cases.actions.remedies import withdraw_request
from cases.ends import missing_for_finish
from cases.handlings import addressees
from cases.intake import Reported
from cases.models import Involvement, Petition, PetitionClock, Remedy, RemedyRequest, Withdrawal
from cases.remedies.parts import standing_of
from cases.remedies.rules import reviewer_of
from cases.remedy_states import Chain, RemedyState, Stage
from cases.states import Basis, ClockCode, Outcome, ReportedKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from tests.cases.given import a_person
from tests.cases.handling import given as ways
from tests.cases.handling.given import at
from tests.cases.remedies import given
from tests.given import a_hat, an_organ

pytestmark = pytest.mark.django_db


def nothing_was_asked(contested):
    return not Remedy.objects.filter(petition=contested.pk).exists()


def test_r_40_a_request_goes_to_the_organ_next_above_and_its_thirty_days_run_from_receipt():
    contested = given.requested(now=at(3, 20))

    remedy, clock = contested.remedy, contested.clock(ClockCode.T8)
    assert (remedy.stage, remedy.organ, remedy.state) == (
        Stage.REVIEW,
        contested.district.organ,
        RemedyState.REQUESTED,
    )
    assert remedy.contested == contested.case.handling.opinion
    assert (clock.organ, clock.starts_on, clock.last_day) == (
        remedy.organ,
        date(2026, 3, 20),
        date(2026, 4, 19),
    )
    assert contested.clock(ClockCode.T15).last_day == date(2026, 3, 25)


def test_r_40_what_was_asked_is_kept_in_the_petitioners_words_and_written_down():
    contested = given.requested(now=at(3, 20))

    asked = RemedyRequest.objects.get(remedy=contested.remedy)
    entry = Entry.objects.about(contested.case.petition).get(verb="petition.request_remedy")
    assert (asked.position, asked.reasons, asked.evidence) == (1, "面积认定有误，未实地测量", "测绘图一份")
    assert entry.facts == {"stage": "review", "organ": "QZF", "on": "2026-03-20"}


def test_the_reviewing_organ_has_part_from_the_request_on_and_the_earlier_one_is_told():
    contested = given.served()
    before = Petition.objects.visible_to(contested.district.officer).filter(pk=contested.pk).exists()

    contested = given.requested(contested)

    assert not before
    assert Petition.objects.visible_to(contested.district.officer).filter(pk=contested.pk).exists()
    part = Involvement.objects.get(petition=contested.pk, organ=contested.district.organ, ended_at=None)
    assert part.bases == [Basis.REVIEWS]
    told = Notice.objects.standing().filter(subject_id=str(contested.pk))
    assert told.filter(kind=Kind.REMEDY_ASKED, post=contested.district.officer.post).exists()
    assert told.filter(kind=Kind.OPINION_CONTESTED, post=contested.case.unit.officer.post).exists()


def test_a_neighbour_sees_neither_the_petition_nor_the_review():
    contested = given.requested()
    neighbour = ways.a_unit("RS").officer

    assert not Remedy.objects.seen_by(neighbour).exists()
    with pytest.raises(Unknown):
        given.request(contested, by=neighbour)
    with pytest.raises(Unknown):
        given.answer(contested, by=neighbour)


def test_whoever_is_no_part_of_the_chain_notes_no_request():
    contested = given.served()
    leader = a_hat(Role.LEADER, organ=contested.case.office.organ)

    with pytest.raises((NotAllowed, Unknown)):
        given.request(contested, by=leader)

    assert nothing_was_asked(contested)


def test_acc_5_what_comes_after_the_thirty_days_is_noted_all_the_same_as_lapsed():
    contested = given.served()
    after = at(4, 2)

    assert standing_of(contested.case.handling, now=after).chain is Chain.LAPSED
    contested = given.requested(contested, now=after, late_cause="住院")

    assert contested.remedy.state == RemedyState.REQUESTED


def test_inv_4_before_the_opinion_was_served_no_term_runs_and_the_request_counts_from_its_own_receipt():
    case = ways.opinion_issued(now=at(3, 2), outcome=Outcome.NOT_SUPPORT)

    standing = standing_of(case.handling, now=at(6, 30))

    assert (standing.chain, dict(standing.terms or {})) == (Chain.NOT_BEGUN, {})


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 21)])
def test_q25_a_request_is_not_received_before_the_opinion_nor_tomorrow(day):
    contested = given.served()

    with pytest.raises(Refused) as refusal:
        given.request(contested, received_on=day, now=at(3, 20))

    assert set(refusal.value.fields) == {"received_on"}
    assert nothing_was_asked(contested)


def test_q25_a_day_of_receipt_typed_late_needs_what_shows_it():
    contested = given.served()

    with pytest.raises(Refused) as refusal:
        given.request(contested, received_on=date(2026, 3, 10), now=at(3, 20))

    assert set(refusal.value.fields) == {"evidence_note"}
    assert nothing_was_asked(contested)


def test_without_reasons_nothing_is_asked():
    contested = given.served()

    with pytest.raises(Refused) as refusal:
        given.request(contested, reasons="  ")

    assert set(refusal.value.fields) == {"reasons"}
    assert nothing_was_asked(contested)


def test_another_petitioner_joins_the_review_that_goes_on_and_nobody_asks_twice():
    contested = given.requested(
        given.served(people=(a_person("王建国"), a_person("李秀英")), petitioner_count=2)
    )

    second = given.request(contested, position=2)

    assert second == contested.remedy
    assert list(second.requests.values_list("position", flat=True)) == [1, 2]
    assert PetitionClock.objects.filter(petition=contested.pk, code=ClockCode.T8).count() == 1
    with pytest.raises(OutOfTurn):
        given.request(contested, position=2)


def test_before_an_opinion_is_out_there_is_nothing_to_contest():
    case = ways.investigated(now=at(3, 2))
    contested = given.Contested(
        case, given.a_reviewer(ways.the_district()), given.a_reviewer(given.the_city())
    )

    with pytest.raises(OutOfTurn):
        given.request(contested)

    assert nothing_was_asked(contested)


def test_inv_5_where_nobody_stands_next_above_the_request_is_refused_in_words():
    contested = given.served()
    Organ.objects.filter(pk=contested.case.unit.organ.pk).update(next_higher=None)

    with pytest.raises(Refused):
        given.request(contested)

    assert nothing_was_asked(contested)


def test_inv_5_the_database_takes_no_other_organ_than_the_one_next_above():
    contested = given.served()
    handling = contested.case.handling
    other = an_organ("GT", name="自然资源局")

    for wrong in (other, contested.city.organ):
        with pytest.raises(InternalError, match="next above"), transaction.atomic():
            Remedy.objects.create(
                petition=contested.case.petition,
                stage=Stage.REVIEW,
                handling=handling,
                contested=handling.opinion,
                contested_organ=handling.organ,
                organ=wrong,
                requested_on=date(2026, 3, 20),
            )


def test_art_14_an_office_that_decides_no_merits_reviews_nothing():
    office = an_organ("XF2", kind=OrganKind.PETITION_OFFICE, name="市信访局")
    below = an_organ("KQ", next_higher=office)

    assert reviewer_of(below) is None


def test_art_28_a_petitioner_who_withdrew_from_the_petition_contests_nothing():
    contested = given.served()
    person = addressees(contested.case.petition)[0]
    Withdrawal.objects.create(
        petition=contested.case.petition,
        position=person.position,
        words="撤回",
        withdrawn_on=date(2026, 3, 3),
        noted_by=contested.case.unit.officer.post,
        noter=contested.case.unit.officer.user,
        noted_at=at(3, 3),
        confirmed_by=contested.case.office.officer.post,
        confirmer=contested.case.office.officer.user,
        confirmed_at=at(3, 3),
    )

    with pytest.raises(OutOfTurn):
        given.request(contested)

    assert nothing_was_asked(contested)


def test_q19_with_the_last_request_taken_back_the_review_ends_and_may_be_asked_for_again():
    contested = given.requested()
    asked = RemedyRequest.objects.get(remedy=contested.remedy)

    withdraw_request(
        contested.pk,
        asked.pk,
        words="我先不申请了",
        withdrawn_on=date(2026, 3, 24),
        by=contested.district.officer,
        now=at(3, 24),
    )

    clock = contested.clock(ClockCode.T8)
    assert (contested.remedy.state, clock.cancelled_at) == (RemedyState.WITHDRAWN, at(3, 24))
    assert not Petition.objects.visible_to(contested.district.officer).filter(pk=contested.pk).exists()
    assert given.requested(contested, now=at(3, 25)).remedy.state == RemedyState.REQUESTED


def test_q19_the_organ_that_is_reviewed_notes_no_withdrawal():
    contested = given.requested()
    asked = RemedyRequest.objects.get(remedy=contested.remedy)

    with pytest.raises(NotAllowed):
        withdraw_request(
            contested.pk,
            asked.pk,
            words="他不申请了",
            withdrawn_on=date(2026, 3, 24),
            by=contested.case.unit.officer,
            now=at(3, 24),
        )

    assert contested.remedy.state == RemedyState.REQUESTED


def test_q2_what_was_sealed_since_is_reviewed_by_nobody_in_the_open_lane():
    contested = given.requested()
    officer = contested.case.office.officer
    reported = Reported(kind=ReportedKind.PERSON, name="某某", post_title="科长")
    sealing.seal(contested.pk, reason="反映干部问题", reported=[reported], by=officer, now=at(3, 21))

    assert not Remedy.objects.seen_by(contested.district.officer).exists()
    with pytest.raises(Unknown):
        given.answer(contested)
    assert contested.remedy.state == RemedyState.REQUESTED


def test_q11_what_was_joined_as_a_request_is_owed_until_the_review_is_decided():
    contested = given.served()
    again = ways.raised_again(contested.case, now=at(3, 20))
    ways.join(again, contested.case, is_review_request=True, now=at(3, 20))
    contested = given.accepted(given.requested(contested))
    before = set(missing_for_finish(again.now))

    given.reviewed(contested)

    (no_longer,) = before - set(missing_for_finish(again.now))
    assert "复查" in no_longer
