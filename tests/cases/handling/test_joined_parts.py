"""Who reads what was joined to a pending petition: who leads that one, and nobody who led it before (Q1, Q6, Q11)."""

import pytest

from accounts.roles import Role
from cases.actions.sealing import seal, unseal
from cases.intake import Reported
from cases.models import Involvement, JoinedMatter, Petition
from cases.states import Basis, ReportedKind
from notices.models import Kind, Notice
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.cases.test_concurrency import at_once, refusals
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


def joined_to(pending):
    """Join another petition to a pending one, as a letter that came a day later."""
    case = given.raised_again(pending, now=at(3, 3))
    given.join(case, pending, now=at(3, 3))
    return case


def sees(unit, case) -> bool:
    return Petition.objects.visible_to(unit.officer).filter(pk=case.pk).exists()


def told_of(unit, case) -> set[str]:
    return set(
        Notice.objects.standing()
        .filter(subject_id=str(case.pk), post__organ=unit.organ)
        .values_list("kind", flat=True)
    )


def seal_naming(unit, case):
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=unit.organ.pk, name="")]
    return seal(case.pk, reason="反映该局", reported=reported, by=case.office.officer, now=at(3, 4))


def test_r_22_after_the_return_the_unit_sees_nothing_of_what_was_joined_either():
    pending = given.received()
    again = joined_to(pending)
    before = sees(pending.unit, again), told_of(pending.unit, again)

    given.objected(pending, now=at(3, 4))
    given.decide_return(pending, agree=True, now=at(3, 4))

    assert before == (True, {Kind.CAME_AGAIN})
    assert not sees(pending.unit, again)
    assert told_of(pending.unit, again) == set()
    assert sees(pending.office, again)


def test_q11_whoever_leads_it_next_reads_what_was_joined_and_is_told():
    pending, other = given.received(), given.a_unit("GH")
    again = joined_to(pending)
    given.objected(pending, now=at(3, 4))
    given.decide_return(pending, agree=True, now=at(3, 4))
    seen_before = sees(other, again)

    given.route(given.replace(pending, unit=other), now=at(3, 5))

    assert not seen_before
    assert sees(other, again)
    assert told_of(other, again) == {Kind.CAME_AGAIN}
    assert not sees(pending.unit, again)


def test_r_24_who_lost_the_dispute_sees_nothing_of_what_was_joined_and_who_accepts_does():
    pending, other = given.received(), given.a_unit("GH")
    again = joined_to(pending)
    given.dispute(pending, other.organ)

    given.settle(pending, other.organ, now=at(3, 4))

    assert (sees(pending.unit, again), told_of(pending.unit, again)) == (False, set())
    assert (sees(other, again), told_of(other, again)) == (True, {Kind.CAME_AGAIN})


def test_q6_a_neighbour_never_sees_what_was_joined():
    pending, neighbour = given.received(), given.a_unit("JT")
    again = joined_to(pending)

    given.objected(pending, now=at(3, 4))
    given.decide_return(pending, agree=True, now=at(3, 4))
    given.route(pending, now=at(3, 5))

    assert not sees(neighbour, again)
    assert told_of(neighbour, again) == set()
    assert sees(pending.unit, again)
    assert told_of(pending.unit, again) == {Kind.CAME_AGAIN}


def test_q10_a_unit_that_leads_other_claims_of_it_reads_on():
    pending = given.registered(claims=("修路", "发工资"))
    mine = given.received(given.routed(pending, claims=[1]))
    other = given.received(given.routed(given.replace(pending, unit=given.a_unit("GH")), claims=[2]))
    again = joined_to(mine)

    given.objected(other, now=at(3, 4))
    given.decide_return(other, agree=True, now=at(3, 4))

    assert sees(mine.unit, again)
    assert not sees(other.unit, again)


def test_q11_a_unit_that_leads_claims_of_the_joined_petition_itself_keeps_that_part():
    pending = given.received()
    again = given.registered(
        office=pending.office, unit=pending.unit, now=at(3, 3), claims=("修路", "发工资")
    )
    given.join(again, pending, claims=[1], now=at(3, 3))
    given.routed(again, claims=[2], now=at(3, 3))

    given.objected(pending, now=at(3, 4))
    given.decide_return(pending, agree=True, now=at(3, 4))

    part = Involvement.objects.get(petition=again.pk, organ=pending.unit.organ, ended_at=None)
    assert part.bases == [Basis.LEADS]
    assert told_of(pending.unit, again) == {Kind.SENT_TO_YOU}


def test_q1_a_joined_petition_that_was_sealed_gives_nobody_a_part():
    a_hat(Role.SEALED_LANE_OFFICER)
    pending, other = given.received(), given.a_unit("GH")
    again = joined_to(pending)
    seal_naming(given.a_unit("JT"), again)
    given.dispute(pending, other.organ)

    given.settle(pending, other.organ, now=at(3, 5))

    assert not sees(other, again)
    assert told_of(other, again) == set()
    assert not Involvement.objects.filter(petition=again.pk, ended_at=None).exists()


def test_q1_unsealed_it_is_read_again_by_who_leads_the_pending_one_now():
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    pending, other = given.received(), given.a_unit("GH")
    again = joined_to(pending)
    seal_naming(given.a_unit("JT"), again)
    given.dispute(pending, other.organ)
    given.settle(pending, other.organ, now=at(3, 5))

    unseal(again.pk, reason="不是举报", by=lane, now=at(3, 6))

    assert (sees(other, again), told_of(other, again)) == (True, {Kind.CAME_AGAIN})
    assert (sees(pending.unit, again), told_of(pending.unit, again)) == (False, set())


def test_q1_once_the_pending_one_is_sealed_its_unit_reads_what_was_joined_no_longer():
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    pending = given.received()
    again = joined_to(pending)

    seal_naming(pending.unit, pending)
    during = sees(pending.unit, again), told_of(pending.unit, again)
    unseal(pending.pk, reason="误读", by=lane, now=at(3, 6))

    assert during == (False, set())
    assert (sees(pending.unit, again), told_of(pending.unit, again)) == (True, {Kind.CAME_AGAIN})


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_q11_joined_while_the_pending_one_is_returned_nobody_keeps_a_part_without_leading():
    pending = given.objected(given.received())
    again = given.raised_again(pending)

    answers = at_once(
        lambda: given.join(again, pending),
        lambda: given.decide_return(pending, agree=True),
    )

    assert refusals(answers) == []
    assert JoinedMatter.objects.exists()
    assert not sees(pending.unit, again)


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_q1_sealed_while_the_pending_one_gets_its_unit_it_is_seen_by_none_of_it():
    a_hat(Role.SEALED_LANE_OFFICER)
    pending = given.registered()
    again = given.raised_again(pending)
    given.join(again, pending)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=given.a_unit("JT").organ.pk, name="")]

    answers = at_once(
        lambda: given.route(pending),
        lambda: seal(again.pk, reason="反映该局", reported=reported, by=again.office.officer, now=MONDAY),
    )

    assert refusals(answers) == []
    assert not sees(pending.unit, again)
    assert told_of(pending.unit, again) == set()
