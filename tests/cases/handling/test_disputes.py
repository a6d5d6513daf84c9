"""Organs at odds over who accepts: they agree, their common superior decides, or the joint conference does (R-24)."""

from datetime import date

import pytest

from accounts.models import OrganKind
from audit.models import Entry
from cases.models import Handling, JurisdictionDispute, SettledBy
from cases.states import ClockCode, PetitionClass, Receipt, RouteKind, Routing
from documents.states import DocumentKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import an_organ

pytestmark = pytest.mark.django_db


def test_r_24_while_it_is_open_the_claims_stay_and_every_clock_runs():
    case = given.disputed()

    with pytest.raises(OutOfTurn):
        given.accept(case)
    with pytest.raises(OutOfTurn):
        given.decline(case)
    with pytest.raises(OutOfTurn):
        given.finish(case)

    assert case.claim().handling == case.handling
    assert case.clock(ClockCode.T3).is_open
    assert not Entry.objects.filter(verb__in=["petition.accept", "petition.decline"]).exists()


def test_r_24_what_the_organs_agree_on_is_routed_in_the_same_deed():
    case, other = given.received(), given.a_unit("GH")
    given.dispute(case, other.organ, by=case.unit.officer)

    settled = given.settle(case, other.organ, now=at(3, 4))

    moved = Handling.objects.get(petition=case.pk, organ=other.organ)
    assert (settled.accepts, settled.settled_how) == (other.organ, SettledBy.AGREED)
    assert (case.handling.ended_at, case.handling.receipt) == (at(3, 4), Receipt.RETURNED)
    assert (moved.receipt, case.claim().handling) == (Receipt.DELIVERED, moved)
    assert moved.letter.kind == DocumentKind.D02
    assert case.clock(ClockCode.T3).cancelled_at == at(3, 4)
    assert case.now.routing == Routing.ROUTED
    assert not case.clock(ClockCode.T1, case.office.organ).is_open
    assert Notice.objects.standing().filter(kind=Kind.SENT_TO_YOU, post=other.officer.post).exists()


def test_r_24_where_it_stays_with_whom_it_is_nothing_moves_and_the_unit_may_accept():
    case = given.disputed()
    before = case.clock(ClockCode.T3).pk

    given.settle(case, case.unit.organ, SettledBy.SUPERIOR)
    given.accept(case)

    assert (case.clock(ClockCode.T3).pk, case.handling.ended_at) == (before, None)
    assert JurisdictionDispute.objects.get().decider == given.the_district().name
    assert Notice.objects.filter(kind=Kind.DISPUTE_SETTLED, post=case.unit.officer.post).exists()


def test_r_24_an_assigned_matter_stays_assigned_with_its_day():
    case = given.received(given.routed(kind=RouteKind.ASSIGN, report_due_on=date(2026, 4, 1)))
    other = given.a_unit("GH")
    given.dispute(case, other.organ)

    given.settle(case, other.organ)

    moved = Handling.objects.get(petition=case.pk, organ=other.organ)
    assert (moved.route.kind, moved.report_due_on) == (RouteKind.ASSIGN, date(2026, 4, 1))


def test_r_24_only_the_disputed_claim_moves():
    case = given.registered(claims=("修路", "发工资"))
    case, other = given.received(given.routed(case)), given.a_unit("GH")
    given.dispute(case, other.organ, claims=[2])
    given.accept(case, 1)

    given.settle(case, other.organ)

    assert (case.claim(1).handling_id, case.handling.ended_at) == (case.handling_id, None)
    assert case.claim(2).handling.organ == other.organ
    assert case.clock(ClockCode.T3).is_open


def test_r_24_an_objection_that_waits_is_answered_by_the_settlement():
    case, other = given.objected(), given.a_unit("GH")
    given.dispute(case, other.organ)

    with pytest.raises(OutOfTurn):
        given.decide_return(case, agree=True)
    given.settle(case, other.organ)

    asked = case.handling.return_requests.get()
    assert (asked.agreed, asked.decided_by) == (True, case.office.officer.post)


def test_r_24_a_claim_that_waits_for_its_way_gets_it_by_the_settlement_and_not_before():
    case, other = given.registered(), given.a_unit("GH")
    given.dispute(case, case.unit.organ, other.organ)

    with pytest.raises(OutOfTurn):
        given.route(case)
    still = case.clock(ClockCode.T1, case.office.organ).is_open
    given.settle(case, other.organ, now=at(3, 4))

    assert still
    assert case.claim().handling.organ == other.organ
    assert case.clock(ClockCode.T1, case.office.organ).met_at == at(3, 4)
    assert case.now.routing == Routing.ROUTED


def test_r_24_the_joint_conference_coordinates_only_where_there_is_no_common_superior():
    alone = an_organ("SW", name="区外单位", kind=OrganKind.DEPARTMENT, next_higher=None)
    case, plain = given.received(), given.disputed(given.received())
    given.dispute(case, alone)
    conference = {"decider": "离石区信访工作联席会议"}

    with pytest.raises(Refused) as nobody:
        given.settle(case, alone, SettledBy.SUPERIOR)
    with pytest.raises(Refused) as there_is_one:
        given.settle(plain, plain.unit.organ, SettledBy.CONFERENCE, **conference)
    with pytest.raises(Refused) as unnamed:
        given.settle(case, alone, SettledBy.CONFERENCE)
    given.settle(case, alone, SettledBy.CONFERENCE, **conference)

    assert [set(each.value.fields) for each in (nobody, there_is_one, unnamed)] == [
        {"how"},
        {"how"},
        {"decider"},
    ]
    assert case.claim().handling.organ == alone
    assert plain.petition.disputes.get().settled_at is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"finding": " "}, "finding"),
        ({"decided_on": date(2026, 3, 11)}, "decided_on"),
        ({"decided_on": date(2026, 3, 1)}, "decided_on"),
        ({"decided_on": date(2026, 3, 4)}, "evidence_note"),
    ],
)
def test_q25_a_settlement_has_a_reason_and_a_day_that_can_be(facts, field):
    case = given.disputed()

    with pytest.raises(Refused) as refusal:
        given.settle(case, case.unit.organ, now=at(3, 10), **facts)

    assert set(refusal.value.fields) == {field}
    assert JurisdictionDispute.objects.get().settled_at is None


def test_r_24_a_dispute_is_between_two_organs_at_least_and_over_what_nobody_decided():
    case = given.received()
    accepted = given.accepted(given.received())

    with pytest.raises(Refused) as refusal:
        given.dispute(case)
    with pytest.raises(OutOfTurn):
        given.dispute(accepted, given.a_unit("GH").organ)
    given.dispute(case, given.a_unit("GH").organ)
    with pytest.raises(OutOfTurn):
        given.dispute(case, given.a_unit("GH").organ)

    assert set(refusal.value.fields) == {"organs"}
    assert JurisdictionDispute.objects.count() == 1


def test_r_24_who_is_at_odds_but_has_no_part_learns_of_nothing():
    case, other = given.received(), given.a_unit("GH")

    given.dispute(case, other.organ, by=case.unit.officer)

    assert not Notice.objects.filter(post__organ=other.organ).exists()
    assert Notice.objects.filter(kind=Kind.DISPUTE_OPENED, post=case.office.officer.post).exists()
    with pytest.raises(Unknown):
        given.dispute(case, other.organ, by=other.officer)
    with pytest.raises(NotAllowed):
        given.settle(given.replace(case, office=case.unit), case.unit.organ)


def test_art_14_the_settlement_gives_the_merits_to_no_petition_office():
    case = given.disputed()

    with pytest.raises(Refused):
        given.settle(case, case.office.organ, SettledBy.SUPERIOR)

    assert case.claim().petition_class == PetitionClass.APPEAL_REQUEST
    assert JurisdictionDispute.objects.get().settled_at is None
    assert case.handling.ended_at is None


def test_r_24_agreed_is_on_one_of_themselves():
    case = given.disputed()

    with pytest.raises(Refused) as refusal:
        given.settle(case, given.a_unit("JT").organ)

    assert set(refusal.value.fields) == {"organ"}
    assert JurisdictionDispute.objects.get().accepts is None
