"""Lifting between tiers: by rule and by hand, to whom, and down again (Q2, Q9, Q29)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.hats import Hat
from accounts.models import Absence, Organ, OrganKind, Portfolio
from accounts.roles import Role
from assignments.models import Assignment, EscalationRule, Seat
from assignments.states import Chosen, LiftState, Span, State, Tier, Trigger
from audit.models import Entry
from cases.actions import handling, sealing
from cases.intake import Reported
from cases.models import Involvement, Petition, PetitionClock, ProgressKind, ReportedParty
from cases.parts import involve
from cases.states import Basis, ReportedKind
from cases.sweeps import deem_received, presume_handling
from leadership import escalating
from leadership.actions import instructing, lifting
from leadership.home_pages import home_page
from leadership.instructions import UNDO, Order
from leadership.lifts import returns_of
from leadership.models import LiftAddressee, PetitionLift
from leadership.sweeps import close_lifts, escalate, give_instructions
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.handling.given import (
    Case,
    a_unit,
    accepted,
    at,
    decide_return,
    finished,
    objected,
    received,
    registered,
    routed,
    the_district,
)
from tests.given import LONG_AGO, MONDAY, a_hat, a_place, a_user, an_organ
from tests.leadership.given import the_conference
from tests.leadership.leaders import a_secretary

pytestmark = pytest.mark.django_db(transaction=True)

LATE = at(3, 21)


def the_fallback() -> Organ:
    return an_organ("LXB", kind=OrganKind.JOINT_CONFERENCE_OFFICE, name="联席办", short_name="区联席办")


def a_leader(case: Case | None = None, title: str = "副区长") -> Hat:
    """Make a leader of the district; with a case, one who looks after the unit that leads it."""
    leader = a_hat(Role.LEADER, organ=the_district(), title=title)
    if case is not None:
        Portfolio.objects.create(post=leader.post, organ=case.unit.organ, since=LONG_AGO)
    return leader


def a_seat(code: str = "fenguan", tier: Tier = Tier.DISTRICT_LEADER, **facts: Any) -> Seat:
    given = {
        "organ": the_district(),
        "by_portfolio": tier == Tier.DISTRICT_LEADER,
        "fallback": the_fallback(),
        "answer_days": 3,
        "version": 1,
        "valid_from": LONG_AGO,
        **facts,
    }
    return Seat.objects.create(code=code, tier=tier, **given)


def a_rule(trigger: Trigger = Trigger.OVERDUE_ACCEPTANCE, **facts: Any) -> EscalationRule:
    given = {"code": trigger.value, "version": 1, "days": 0, "acts": True, "valid_from": LONG_AGO, **facts}
    return EscalationRule.objects.create(trigger=trigger, **{"seat_code": "fenguan", **given})


def lifted(case: Case | None = None, **seat: Any) -> tuple[Case, Hat, PetitionLift]:
    """Let the clock lift what is overdue to the leader in charge."""
    case = case or received()
    leader = a_leader(case)
    a_seat(**seat)
    a_rule()
    assert escalate(now=LATE) == 1
    return case, leader, PetitionLift.objects.get()


def test_what_is_overdue_goes_to_the_leader_in_charge_once():
    case, leader, lift = lifted()

    assert escalate(now=LATE) == escalate(now=at(4, 2)) == 0
    assert (lift.from_tier, lift.to_tier, lift.state) == (
        Tier.DEPARTMENT,
        Tier.DISTRICT_LEADER,
        LiftState.WAITING,
    )
    assert (lift.rule.version, lift.facts["clock"], lift.facts["due_on_missed"]) == (1, "T3", "2026-03-17")
    asked = Assignment.objects.asked_of(leader).get()
    assert (asked.pk, asked.clock.last_day) == (lift.assignment_id, date(2026, 3, 25))
    assert Petition.objects.visible_to(leader).filter(pk=case.pk).exists()
    assert Notice.objects.unread().filter(post=leader.post, kind="asked_of_you").count() == 1
    entry = Entry.objects.get(verb="petition.lift")
    assert (entry.actor_words, entry.facts["rule"]) == ("clock", "overdue_acceptance.1")


def test_another_leader_neither_sees_nor_takes_it():
    case, _leader, lift = lifted()
    other = a_leader(title="宣传部长")

    assert not Petition.objects.visible_to(other).filter(pk=case.pk).exists()
    for deed in (
        lambda: lifting.accept(lift.pk, by=other, now=LATE),
        lambda: lifting.give_back(lift.pk, reason="不分管", by=other, now=LATE),
        lambda: lifting.accept(lift.pk, by=case.unit.head, now=LATE),
    ):
        with pytest.raises(Unknown):
            deed()
    assert PetitionLift.objects.get().state == LiftState.WAITING


def test_q29_an_absent_leader_is_asked_through_his_deputy():
    case = received()
    leader = a_leader(case)
    deputy = a_user("王代")
    Absence.objects.create(
        post=leader.post, deputy=deputy, since=date(2026, 3, 1), until=date(2026, 3, 31), reason="学习"
    )
    _case, _leader, lift = _lift_with(case)

    assert lift.chosen == Chosen.DEPUTY
    lifting.accept(lift.pk, by=Hat(leader.post, deputy, acts_for=leader.user), now=LATE)
    assert PetitionLift.objects.get().state == LiftState.ACCEPTED


def _lift_with(case: Case, **seat: Any) -> tuple[Case, None, PetitionLift]:
    a_seat(**seat)
    a_rule()
    escalate(now=LATE)
    return case, None, PetitionLift.objects.get()


def test_a_vacant_post_leads_to_the_next_one_named_and_none_to_the_office_named():
    case = received()
    second = a_hat(Role.LEADER, organ=the_district(), title="常务副区长")
    titles = {"by_portfolio": False, "titles": ["区委副书记", "常务副区长"]}
    _case, _none, lift = _lift_with(case, **titles)

    assert (lift.chosen, lift.assignment.post_id) == (Chosen.NEXT, second.post.pk)


def test_secretary_and_head_sit_in_two_leading_bodies_of_one_district():
    case = received()
    committee = an_organ("QW", kind=OrganKind.LEADING_BODY, name="区委", short_name="区委")
    secretary = a_hat(Role.LEADER, organ=committee, title="区委副书记")
    _case, _none, lift = _lift_with(case, by_portfolio=False, titles=["区委副书记", "常务副区长"])

    assert (lift.chosen, lift.assignment.post_id) == (Chosen.HOLDER, secretary.post.pk)


def test_without_anybody_the_office_named_takes_it_and_there_is_no_dead_end():
    case = received()
    _case, _none, lift = _lift_with(case)
    officer, _other = the_conference()

    assert (lift.chosen, lift.assignment.organ_id) == (Chosen.FALLBACK, the_fallback().pk)
    lifting.accept(lift.pk, by=officer, now=LATE)
    assert PetitionLift.objects.get().state == LiftState.ACCEPTED


def test_q2_it_goes_past_the_leader_that_is_complained_of():
    case = received()
    leader = a_leader(case)
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.PERSON, user=leader.user)
    _case, _none, lift = _lift_with(case)

    assert lift.chosen == Chosen.FALLBACK
    assert not Notice.objects.filter(post=leader.post).exclude(kind="registered_for_you").exists()


def test_q2_a_sealed_petition_is_never_lifted_and_a_standing_lift_ends():
    case, leader, lift = lifted()
    other = received()
    for each in (case, other):
        party = Reported(kind=ReportedKind.UNIT, organ_id=each.unit.organ.pk, name="")
        sealing.seal(each.pk, reason="反映干部", reported=[party], by=each.office.officer, now=LATE)

    assert escalate(now=at(6, 1)) == 0
    assert close_lifts(now=at(6, 1)) == 1
    assert PetitionLift.objects.get().state == LiftState.OVER
    assert not Assignment.objects.standing().exists()
    assert not Notice.objects.standing().filter(post=leader.post).exists()
    with pytest.raises(Unknown):
        lifting.accept(lift.pk, by=leader, now=LATE)


def test_q2_a_leaders_home_counts_nothing_of_a_lifted_petition_that_was_sealed():
    case, leader, _lift = lifted()
    before = home_page(leader, now=MONDAY)

    # the sealing alone: the sweep that ends the lift has not come by yet
    Petition.objects.filter(pk=case.pk).update(sealed=True)
    after = home_page(leader, now=MONDAY)

    assert (before["waiting"], len(before["lifted"])) == (1, 1)
    assert (after["waiting"], len(after["lifted"])) == (0, 0)


def test_a_leader_takes_what_was_lifted_to_him_from_his_home_in_one_step():
    _case, leader, lift = lifted()
    secretary = a_secretary(leader)
    (waits,), hers = (home_page(hat, now=MONDAY)["lifted"] for hat in (leader, secretary))

    assert [(offer.deed.slug, offer.key) for offer in waits.offers] == [("accept", lift.pk)]
    assert not [one.offers for one in hers if one.offers]
    browser = signed_in(leader)
    assert (
        f'action="/supervision/lifts/{lift.pk}/accept/"' in browser.open("leadership:home").content.decode()
    )
    browser.send("leadership:on_lift", lift.pk, "accept")

    assert PetitionLift.objects.get().state == LiftState.ACCEPTED
    assert not [one.offers for one in home_page(leader, now=MONDAY)["lifted"] if one.offers]
    assert [one.number for one in home_page(leader, now=MONDAY)["taken"]] == [_case.petition.number]
    assert not home_page(a_leader(title="宣传部长"), now=MONDAY)["taken"]
    lifting.lower(lift.pk, reason="请承办单位按方案办", by=leader, now=MONDAY)
    assert not home_page(leader, now=MONDAY)["taken"]


def test_a_rule_may_propose_and_the_office_decides():
    case = received()
    leader = a_leader(case)
    a_seat()
    a_rule(acts=False)
    assert escalate(now=LATE) == 1
    proposal = PetitionLift.objects.get()
    assert proposal.state == LiftState.PROPOSED
    assert not Assignment.objects.exists()
    assert Notice.objects.unread().filter(post=case.office.head.post, kind="lift_proposed").count() == 1

    with pytest.raises(NotAllowed):
        lifting.decide_proposal(proposal.pk, agree=True, by=case.office.officer, now=LATE)
    with pytest.raises(Refused):
        lifting.decide_proposal(proposal.pk, agree=False, by=case.office.head, now=LATE)
    assert PetitionLift.objects.get().state == LiftState.PROPOSED
    lifting.decide_proposal(proposal.pk, agree=True, by=case.office.head, now=LATE)

    assert PetitionLift.objects.get().state == LiftState.WAITING
    assert Assignment.objects.asked_of(leader).count() == 1
    assert escalate(now=at(4, 1)) == 0


def test_q9_who_instructs_on_what_was_lifted_to_him_has_taken_it_and_no_period_of_the_law_moves():
    case, leader, lift = lifted(accepted())
    before = list(PetitionClock.objects.order_by("pk").values_list("code", "due_at", "extension_days"))
    order = Order(
        text="请住建局牵头，十日内拿出方案", organ_ids=(case.unit.organ.pk,), due_on=date(2026, 3, 31)
    )

    instructing.sign_instruction(case.pk, order, by=leader, now=LATE)
    held = PetitionLift.objects.get().state
    give_instructions(now=LATE + UNDO)

    lift.refresh_from_db()
    asked = Assignment.objects.asked_of(case.unit.officer).get()
    assert (asked.kind, asked.clock.last_day) == ("instruction", date(2026, 3, 31))
    # for ten seconds nothing is shown (Q33)
    assert held == LiftState.WAITING
    assert (lift.state, lift.assignment.state) == (LiftState.ACCEPTED, State.VERIFIED)
    assert (
        list(PetitionClock.objects.order_by("pk").values_list("code", "due_at", "extension_days")) == before
    )


def test_another_leaders_instruction_leaves_the_matter_with_whom_it_waits_for():
    case, leader, _lift = lifted(accepted())
    other = a_leader(title="宣传部长")
    with transaction.atomic():
        involve(case.petition, Basis.PORTFOLIO, now=MONDAY, post=other.post)
    order = Order(text="请抓紧", organ_ids=(case.unit.organ.pk,), due_on=date(2026, 3, 31))

    instructing.sign_instruction(case.pk, order, by=other, now=LATE)
    give_instructions(now=LATE + UNDO)

    assert PetitionLift.objects.get().state == LiftState.WAITING
    assert Assignment.objects.asked_of(leader).get().state == State.ASKED


def test_after_two_returns_the_joint_conferences_office_decides_and_it_stays():
    case, leader, lift = lifted()
    officer, _other = the_conference()
    with pytest.raises(Refused):
        lifting.give_back(lift.pk, reason=" ", by=leader, now=LATE)
    lifting.give_back(lift.pk, reason="不属分管", by=leader, now=LATE)
    assert not Petition.objects.visible_to(a_leader()).exists()
    again = lifting.lift(
        case.pk, Tier.DISTRICT_LEADER, reason="仍需协调", by=case.office.officer, now=at(3, 24)
    )
    lifting.give_back(again.pk, reason="应由主要领导", by=leader, now=at(3, 25))

    third = lifting.lift(case.pk, Tier.DISTRICT_LEADER, reason="请定", by=case.office.officer, now=at(3, 26))

    assert (third.to_decide, third.assignment.organ_id) == (True, officer.organ.pk)
    with pytest.raises(Unknown):
        lifting.decide_tier(third.pk, Tier.DISTRICT_LEADER, reason="由分管领导", by=leader, now=at(3, 27))
    final = lifting.decide_tier(
        third.pk, Tier.DISTRICT_LEADER, reason="由分管领导", by=officer, now=at(3, 27)
    )
    with pytest.raises(OutOfTurn):
        lifting.give_back(final.pk, reason="不属分管", by=leader, now=at(3, 27))
    assert (final.binding, final.assignment.post_id) == (True, leader.post.pk)
    assert PetitionLift.objects.filter(state=LiftState.WAITING).get() == final


def test_a_matter_that_was_taken_comes_down_with_reason_and_the_leader_reads_it_no_longer():
    case = received()
    leader = a_hat(Role.LEADER, organ=the_district(), title="区委书记")
    a_seat("zhuyao", Tier.DISTRICT_HEADS, titles=["区委书记"])
    lift = lifting.lift(case.pk, Tier.DISTRICT_HEADS, reason="重大", by=case.office.officer, now=MONDAY)
    lifting.accept(lift.pk, by=leader, now=MONDAY)
    assert Petition.objects.visible_to(leader).count() == 1

    lifting.lower(lift.pk, reason="已有方案，由住建局落实", by=leader, now=at(3, 5))

    assert PetitionLift.objects.get().state == LiftState.LOWERED
    assert not Petition.objects.visible_to(leader).exists()
    assert Involvement.objects.filter(petition=case.petition, post=leader.post, ended_at=None).count() == 0


def test_a_leader_lifts_further_and_his_own_days_are_over():
    _case, leader, lift = lifted()
    secretary = a_hat(Role.LEADER, organ=the_district(), title="区委书记")
    a_seat("zhuyao", Tier.DISTRICT_HEADS, titles=["区委书记"])

    upper = lifting.lift_further(lift.pk, reason="跨多个领域", by=leader, now=LATE)

    assert (upper.from_tier, upper.to_tier, upper.assignment.post_id) == (
        Tier.DISTRICT_LEADER,
        Tier.DISTRICT_HEADS,
        secretary.post.pk,
    )
    assert PetitionLift.objects.get(pk=lift.pk).state == LiftState.LIFTED_ON
    assert not Assignment.objects.asked_of(leader).owed().exists()


def two_leaders() -> tuple[Hat, Hat]:
    """Make the deputy secretary and the executive deputy head, whom a matter of several sectors is put before."""
    first, second = (
        a_hat(Role.LEADER, organ=the_district(), title=title) for title in ("区委副书记", "常务副区长")
    )
    return first, second


def cross_sector(case: Case, titles: tuple[str, ...] = ("区委副书记", "常务副区长")) -> PetitionLift:
    """Let the office say that a case reaches over several sectors, which two leaders answer for."""
    a_seat("kuaxian", span=Span.CROSS_SECTOR, titles=list(titles), by_portfolio=False, asks_all=True)
    lifting.set_span(case.pk, Span.CROSS_SECTOR, reason="涉及多部门", by=case.office.officer, now=MONDAY)
    return PetitionLift.objects.get(petition=case.pk, state=LiftState.WAITING)


def part(lift: PetitionLift, hat: Hat) -> LiftAddressee:
    return LiftAddressee.objects.select_related("assignment__clock").get(lift=lift, assignment__post=hat.post)


def test_the_span_decides_the_place_and_both_leaders_of_it_are_asked_by_a_day_of_their_own():
    case = received()
    first, second = two_leaders()
    for who in (case.unit.head, a_hat(Role.REGISTRAR)):
        with pytest.raises(NotAllowed):
            lifting.set_span(case.pk, Span.CROSS_SECTOR, reason="涉及多部门", by=who, now=MONDAY)
    assert not PetitionLift.objects.exists()

    lift = cross_sector(case)

    for leader in (first, second):
        asked = Assignment.objects.asked_of(leader).get()
        assert (asked.state, asked.clock.last_day) == (State.ASKED, date(2026, 3, 5))
        assert part(lift, leader).chosen == Chosen.HOLDER
        assert Petition.objects.visible_to(leader).count() == 1
        assert Notice.objects.unread().filter(post=leader.post, kind="asked_of_you").count() == 1
    assert lift.assignment.post_id == first.post.pk
    with pytest.raises(Unknown):
        lifting.accept(lift.pk, by=a_leader(title="宣传部长"), now=MONDAY)
    assert Entry.objects.get(verb="petition.lift").facts["chosen"] == ["holder", "holder"]


def test_one_takes_it_and_the_other_is_asked_still_until_he_answers_for_himself():
    case = received()
    first, second = two_leaders()
    lift = cross_sector(case)

    lifting.accept(lift.pk, by=second, now=at(3, 3))

    lift.refresh_from_db()
    assert (lift.state, lift.decided_by_id) == (LiftState.ACCEPTED, second.post.pk)
    assert part(lift, first).state == LiftState.WAITING
    assert Assignment.objects.asked_of(first).get().state == State.ASKED
    with pytest.raises(OutOfTurn):
        lifting.lower(lift.pk, reason="已有方案", by=first, now=at(3, 4))
    lifting.accept(lift.pk, by=first, now=at(3, 4))
    with pytest.raises(OutOfTurn):
        lifting.accept(lift.pk, by=first, now=at(3, 4))
    lift.refresh_from_db()
    assert (part(lift, first).state, lift.decided_by_id) == (LiftState.ACCEPTED, second.post.pk)

    lifting.lower(lift.pk, reason="已有方案", by=first, now=at(3, 5))
    assert PetitionLift.objects.get().state == LiftState.LOWERED
    assert not Petition.objects.visible_to(second).exists()


def test_one_gives_it_back_and_it_stays_with_the_other_and_is_no_return():
    case = received()
    first, second = two_leaders()
    lift = cross_sector(case)

    lifting.give_back(lift.pk, reason="不属分管", by=first, now=at(3, 3))

    lift.refresh_from_db()
    assert (lift.state, lift.ended_at) == (LiftState.WAITING, None)
    assert (part(lift, first).state, part(lift, first).assignment.reply) == (LiftState.RETURNED, "不属分管")
    assert not Petition.objects.visible_to(first).exists()
    assert Petition.objects.visible_to(second).count() == 1
    assert returns_of(case.petition) == 0
    assert Notice.objects.filter(post=case.office.officer.post, kind="lift_given_back").count() == 1
    with pytest.raises(Unknown):
        lifting.accept(lift.pk, by=first, now=at(3, 4))

    lifting.give_back(lift.pk, reason="由住建局办理", by=second, now=at(3, 4))

    lift.refresh_from_db()
    assert (lift.state, lift.decision, returns_of(case.petition)) == (LiftState.RETURNED, "由住建局办理", 1)
    assert not Petition.objects.visible_to(second).exists()
    assert not Assignment.objects.owed().exists()


def test_when_one_lifts_it_further_the_other_is_asked_no_longer_and_answered_nothing():
    case = received()
    first, second = two_leaders()
    lift = cross_sector(case)
    a_hat(Role.LEADER, organ=the_district(), title="区委书记")
    a_seat("zhuyao", Tier.DISTRICT_HEADS, titles=["区委书记"])

    lifting.lift_further(lift.pk, reason="须主要领导定", by=first, now=at(3, 3))

    states = {one.assignment.post_id: one.assignment.state for one in lift.addressees.all()}
    assert states == {first.post.pk: State.VERIFIED, second.post.pk: State.CANCELLED}
    assert PetitionLift.objects.get(state=LiftState.WAITING).to_tier == Tier.DISTRICT_HEADS
    assert not Petition.objects.visible_to(second).exists()


def test_q29_each_of_two_is_found_apart_absent_vacant_and_nobody_is_asked_twice():
    case = received()
    first, _second = two_leaders()
    third = a_leader(title="区委常委")
    day = timezone.localdate(MONDAY)
    deputy = a_user("代理人")
    Absence.objects.create(post=first.post, deputy=deputy, since=day, until=day, reason="出差")
    lift = cross_sector(case, ("区委副书记", "统战部长/区委常委", "政法委书记", "武装部长"))

    found = [(one.assignment.post_id, one.assignment.organ_id, one.chosen) for one in lift.addressees.all()]
    assert sorted(found, key=str) == sorted(
        [
            (first.post.pk, None, Chosen.DEPUTY),
            (third.post.pk, None, Chosen.NEXT),
            # the two others are vacant: the office named is asked once
            (None, the_fallback().pk, Chosen.FALLBACK),
        ],
        key=str,
    )


def test_q2_of_two_the_one_complained_of_is_passed_over():
    case = received()
    committee = an_organ("QW", kind=OrganKind.LEADING_BODY, name="区委", short_name="区委")
    first = a_hat(Role.LEADER, organ=committee, title="区委副书记")
    second = a_hat(Role.LEADER, organ=the_district(), title="常务副区长")
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.PERSON, user=second.user)

    lift = cross_sector(case)

    asked = {(one.assignment.post_id, one.assignment.organ_id) for one in lift.addressees.all()}
    assert asked == {(first.post.pk, None), (None, the_fallback().pk)}
    assert not Assignment.objects.asked_of(second).exists()
    assert not Notice.objects.filter(post=second.post).exists()


def test_q2_of_two_nobody_is_asked_any_longer_once_it_is_sealed():
    case = received()
    first, second = two_leaders()
    lift = cross_sector(case)
    lifting.accept(lift.pk, by=first, now=at(3, 3))
    named = Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk, name="")

    sealing.seal(case.pk, reason="反映该局干部", reported=[named], by=case.office.officer, now=at(3, 4))
    assert close_lifts(now=at(3, 5)) == 1

    for leader in (first, second):
        assert not Petition.objects.visible_to(leader).exists()
        assert not Assignment.objects.asked_of(leader).owed().exists()
        assert not Notice.objects.standing().filter(post=leader.post, kind="asked_of_you").exists()
    assert PetitionLift.objects.get().state == LiftState.OVER


def test_silence_of_both_lifts_it_once_and_not_while_one_has_it():
    first, _second = two_leaders()
    a_hat(Role.LEADER, organ=the_district(), title="区委书记")
    a_seat("zhuyao", Tier.DISTRICT_HEADS, titles=["区委书记"])
    a_rule(Trigger.UNANSWERED, seat_code="zhuyao")
    lift = cross_sector(received())
    assert escalate(now=at(3, 5)) == 0

    lifting.accept(lift.pk, by=first, now=at(3, 5))
    assert escalate(now=at(3, 9)) == 0
    lifting.lower(lift.pk, reason="已有方案", by=first, now=at(3, 9))
    other = received(registered(unit=a_unit("CG")))
    lifting.set_span(other.pk, Span.CROSS_SECTOR, reason="涉及多部门", by=other.office.officer, now=at(3, 9))
    assert escalate(now=at(3, 13)) == escalate(now=at(3, 14)) + 1 == 1
    assert PetitionLift.objects.get(to_tier=Tier.DISTRICT_HEADS).petition_id == other.pk


def test_the_citys_power_is_reported_upward_and_the_answer_noted():
    case = received()
    a_seat("shi", Tier.CITY, span=Span.CITY_POWER)
    lifting.set_span(case.pk, Span.CITY_POWER, reason="市级事权", by=case.office.officer, now=MONDAY)
    lift = PetitionLift.objects.get()
    by = case.office.officer

    with pytest.raises(OutOfTurn):
        lifting.note_citys_answer(
            lift.pk, number="", answered_on=date(2026, 3, 5), answer="已批复", by=by, now=at(3, 6)
        )
    lifting.report_to_city(
        lift.pk, number="离信访报〔2026〕3号", sent_on=date(2026, 3, 3), by=by, now=at(3, 3)
    )
    lifting.note_citys_answer(
        lift.pk, number="吕信复〔2026〕8号", answered_on=date(2026, 3, 5), answer="同意", by=by, now=at(3, 6)
    )

    kept = PetitionLift.objects.get()
    assert (kept.state, kept.sent_on, kept.answer) == (LiftState.ACCEPTED, date(2026, 3, 3), "同意")


def with_the_city(hat: Hat) -> str:
    """Return the supervision page's piece about what stands with the city, as plain text."""
    page = signed_in(hat).open("leadership:supervision").content.decode()
    return strip_tags(page.split('id="city"')[1].split("</section>")[0]) if 'id="city"' in page else ""


@pytest.mark.usefixtures("monday")
def test_what_stands_with_the_city_is_listed_until_it_answers():
    case = received()
    a_seat("shi", Tier.CITY, span=Span.CITY_POWER)
    by = case.office.officer
    assert with_the_city(by) == ""
    lifting.set_span(case.pk, Span.CITY_POWER, reason="市级事权", by=by, now=at(2, 20))
    lift = PetitionLift.objects.get()
    assert "尚未报送" in with_the_city(by)

    lifting.report_to_city(
        lift.pk, number="离信访报〔2026〕3号", sent_on=date(2026, 2, 24), by=by, now=at(2, 24)
    )

    reported = with_the_city(by)
    assert "离信访报〔2026〕3号" in reported and "已 6 天未答复" in reported
    elsewhere = an_organ("XY", kind=OrganKind.PETITION_OFFICE, place=a_place("141181"))
    other = a_hat(Role.PETITION_OFFICER, organ=elsewhere)
    assert with_the_city(other) == ""
    facts = {"number": "", "answer": "同意", "answered_on": date(2026, 2, 26)}
    lifting.note_citys_answer(lift.pk, **facts, by=by, now=at(2, 27))
    assert with_the_city(by) == ""


def test_nobody_signed_no_progress_and_an_unanswered_leader_lift_it():
    unsigned = routed()
    deem_received(now=at(3, 4))
    still = accepted(received(registered(unit=a_unit("CG"), now=MONDAY)))
    for trigger, days in ((Trigger.NOT_SIGNED, 5), (Trigger.NO_PROGRESS, 20)):
        a_rule(trigger, days=days)
    a_rule(Trigger.UNANSWERED, seat_code="zhuyao")
    a_seat()
    a_seat("zhuyao", Tier.DISTRICT_HEADS, titles=["区委书记"])

    assert escalate(now=at(3, 9)) == 0
    assert escalate(now=at(3, 10)) == 1
    assert PetitionLift.objects.get().petition_id == unsigned.pk
    assert escalate(now=at(3, 23)) == 2
    # the office named did not answer either, and the matter of no progress has its three days
    by_trigger = dict(PetitionLift.objects.values_list("facts__trigger", "petition"))
    assert by_trigger == {
        "not_signed": unsigned.pk,
        "unanswered": unsigned.pk,
        "no_progress": still.pk,
    }


def test_a_note_of_progress_counts_and_nothing_else_does():
    case = accepted()
    a_seat()
    a_rule(Trigger.NO_PROGRESS, days=20)
    given = {"words": "已约谈", "done_on": date(2026, 3, 15), "by": case.unit.officer, "now": at(3, 15)}
    handling.note_progress(case.pk, case.handling_id, kind=ProgressKind.CONTACT, **given)

    assert escalate(now=at(3, 30)) == 0
    assert escalate(now=at(4, 5)) == 1


def test_what_was_returned_twice_is_lifted():
    case = objected()
    decide_return(case, agree=True)
    a_seat()
    a_rule(Trigger.RETURNED_TWICE)
    assert escalate(now=at(3, 3)) == 0

    second = a_unit("CG")
    again = Case(case.petition, case.office, second)
    decide_return(
        objected(received(routed(again, now=at(3, 4)), now=at(3, 4)), now=at(3, 4)), agree=True, now=at(3, 5)
    )

    assert escalate(now=at(3, 6)) == 1
    assert escalate(now=at(3, 7)) == 0


def test_a_rule_of_another_day_does_not_lift_and_a_new_version_lifts_nothing_twice():
    _case, _leader, lift = lifted()
    rule = EscalationRule.objects.get()
    rule.valid_to = date(2026, 3, 31)
    rule.save(update_fields=["valid_to"])
    a_rule(version=2, valid_from=date(2026, 4, 1))

    assert escalate(now=at(4, 2)) == 0
    assert PetitionLift.objects.get() == lift


def test_with_many_that_cannot_be_lifted_at_the_head_the_last_one_still_is(monkeypatch):
    monkeypatch.setattr(escalating, "_BATCH", 2)
    a_seat()
    a_seat("zhuyao", Tier.DISTRICT_HEADS, titles=["区委书记"])
    high = [received() for _each in range(5)]
    for case in high:
        lifting.lift(case.pk, Tier.DISTRICT_HEADS, reason="重大", by=case.office.officer, now=MONDAY)
    last = received()
    a_rule()

    assert escalate(now=LATE) == 1
    assert PetitionLift.objects.get(to_tier=Tier.DISTRICT_LEADER).petition_id == last.pk


def test_a_finished_matter_leaves_its_tier():
    case = finished()
    PetitionLift.objects.create(
        petition=case.petition,
        key="hand:1",
        from_tier=Tier.DEPARTMENT,
        to_tier=Tier.DISTRICT_LEADER,
        state=LiftState.PROPOSED,
        reason="重大",
        raised_at=MONDAY,
    )

    assert close_lifts(now=MONDAY + timedelta(days=1)) == 1
    assert PetitionLift.objects.get().state == LiftState.OVER


def test_q23_presumed_days_count_for_lifting():
    received()
    a_seat()
    a_rule(Trigger.OVERDUE_ANSWER)
    presume_handling(now=at(3, 18))

    assert escalate(now=at(5, 15)) == 0
    assert escalate(now=at(5, 18)) == 1
    assert PetitionLift.objects.get().facts["presumed"] is True
