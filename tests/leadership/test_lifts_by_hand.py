"""Lifting by hand: the form says before whom, who lifted takes back, proposals end with it, and it says who agreed."""

import pytest
from django.utils import translation

from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import LiftState, Span, State, Tier
from audit.models import Entry
from cases.models import Involvement
from leadership.actions import lifting
from leadership.models import PetitionLift
from leadership.sweeps import escalate
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, received
from tests.given import MONDAY, a_hat
from tests.leadership.test_lifts import a_leader, a_rule, a_seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def offered(page, slug):
    return next(offer.form for offer in page.context["offers"] if offer.deed.slug == slug)


def lifted_by_hand():
    case = received()
    leader = a_leader(case)
    a_seat(span=Span.CROSS_SECTOR)
    lifting.set_span(case.pk, Span.CROSS_SECTOR, reason="误填", by=case.office.officer, now=MONDAY)
    return case, leader, PetitionLift.objects.get()


def test_the_form_of_the_span_says_before_whom_it_comes_and_the_lift_offers_higher_tiers():
    case = received()
    leader = a_leader(case)
    a_seat(span=Span.CROSS_SECTOR)

    page = signed_in(case.office.officer).open("leadership:matter", case.pk)

    said = str(offered(page, "set-span")["span"])
    assert f"跨领域 — {leader.user.name}" in said
    assert "维持现在的层级" in said
    assert "department" not in str(offered(page, "lift")["tier"])


def test_who_lifted_takes_back_what_nobody_took_and_the_leader_reads_it_no_more():
    case, leader, lift = lifted_by_hand()
    assert Involvement.objects.filter(petition=case.pk, post=leader.post, ended_at=None).exists()

    lifting.take_back(lift.pk, reason="误填", by=case.office.officer, now=at(3, 3))

    lift.refresh_from_db()
    assert (lift.state, lift.decision) == (LiftState.TAKEN_BACK, "误填")
    assert Assignment.objects.get().state == State.CANCELLED
    assert not Notice.objects.standing().filter(post=leader.post, kind="asked_of_you").exists()
    assert Entry.objects.get(verb="petition.take_back_lift").actor_post_id == case.office.officer.post.pk


def test_another_post_takes_nothing_back_nor_anybody_what_was_taken_and_a_reason_is_given():
    case, leader, lift = lifted_by_hand()

    with pytest.raises(NotAllowed):
        lifting.take_back(lift.pk, reason="误填", by=case.office.head, now=MONDAY)
    with pytest.raises(Unknown):
        lifting.take_back(lift.pk, reason="误填", by=a_unit("CG").head, now=MONDAY)
    with pytest.raises(Refused):
        lifting.take_back(lift.pk, reason=" ", by=case.office.officer, now=MONDAY)
    assert PetitionLift.objects.get().state == LiftState.WAITING
    lifting.accept(lift.pk, by=leader, now=MONDAY)
    with pytest.raises(OutOfTurn):
        lifting.take_back(lift.pk, reason="误填", by=case.office.officer, now=MONDAY)
    assert PetitionLift.objects.get().state == LiftState.ACCEPTED


def proposed():
    case = received()
    a_leader(case)
    a_seat()
    a_rule(acts=False)
    escalate(now=at(3, 21))
    return case, PetitionLift.objects.get(state=LiftState.PROPOSED)


def test_a_proposal_ends_when_the_matter_stands_as_high_by_another_way():
    case, proposal = proposed()

    lifting.lift(case.pk, Tier.DISTRICT_LEADER, reason="先行协调", by=case.office.officer, now=at(3, 22))

    proposal.refresh_from_db()
    assert (proposal.state, proposal.ended_at) == (LiftState.OVERTAKEN, at(3, 22))
    assert not Notice.objects.unread().filter(kind="lift_proposed").exists()


def test_an_agreed_proposal_says_who_agreed_and_when():
    case, proposal = proposed()
    head = a_hat(Role.SECTION_HEAD, organ=case.office.organ)
    lifting.decide_proposal(proposal.pk, agree=True, by=head, now=at(3, 22))

    page = signed_in(case.office.officer).open("leadership:matter", case.pk).content.decode()

    assert head.user.name in page
    assert "2026-03-22" in page


def test_sending_down_says_to_which_unit():
    case, leader, lift = lifted_by_hand()
    lifting.accept(lift.pk, by=leader, now=MONDAY)

    page = signed_in(leader).open("leadership:asked", lift.assignment_id)

    assert str(case.unit.organ) in str(offered(page, "lower").fields["reason"].help_text)


def test_what_the_conference_decides_waits_for_no_leader():
    waiting = PetitionLift(to_decide=True, state=LiftState.WAITING)
    decided = PetitionLift(to_decide=True, state=LiftState.LIFTED_ON)
    before_a_leader = PetitionLift(state=LiftState.WAITING)

    with translation.override("zh-hans"):
        assert waiting.state_words == "待联席办研究"
        assert decided.state_words == "联席办已研究确定"
        assert before_a_leader.state_words == LiftState.WAITING.label
