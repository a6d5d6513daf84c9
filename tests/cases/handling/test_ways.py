"""Ways other than the plain one: two units, kept, guided, a suggestion, a township of its own; and how they end."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from cases.actions.corrections import decide_void, propose_void
from cases.actions.finishing import confirm_resolved, finish, propose_resolved
from cases.actions.papers import issue_paper, post_paper
from cases.actions.routing import countersign_keep
from cases.models import PetitionClock, ResolutionEvidence
from cases.models.voids import VoidGround
from cases.pages import enquiry_words
from cases.states import (
    ClockCode,
    HandlingState,
    KeepGround,
    Outcome,
    PetitionClass,
    Receipt,
    RouteKind,
    Routing,
    SimpleGround,
)
from documents.models import Document
from documents.rules import Sent
from documents.states import DocumentKind, State
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale
from tests.cases.browsers import signed_in
from tests.cases.given import a_person, a_village
from tests.cases.handling import given
from tests.cases.handling.given import Case, a_township, a_unit, convert
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

TWO_CLAIMS = ("办理不动产权证", "发放工资")


def keep(case: Case) -> int:
    """Decide to keep a letter of thanks."""
    return given.route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="已电话告知").pk


def test_q10_a_petition_with_two_claims_in_two_units_is_finished_when_both_have_served():
    case = given.registered(claims=TWO_CLAIMS)
    first = given.routed(case, claims=[1])
    routing_between = case.now.routing
    second = given.routed(Case(case.petition, case.office, a_unit("RS")), claims=[2])
    for one in (first, second):
        given.accepted(given.received(one))
        given.opinion_issued(given.drafted(given.investigated(one, outcome=Outcome.EXPLAIN)))
        given.notified(one)
    given.serve(first, first.handling.opinion)

    with pytest.raises(OutOfTurn, match="RS"):
        given.finish(case)
    given.serve(second, second.handling.opinion)

    assert routing_between == Routing.REGISTERED
    assert (first.claim(1).handling, second.claim(2).handling) == (first.handling, second.handling)
    assert given.finish(case).routing == Routing.FINISHED


def test_q10_a_further_claim_joins_what_the_organ_leads_already_while_nothing_is_decided():
    case = given.routed(given.registered(claims=TWO_CLAIMS), claims=[1])

    given.route(case, claims=[2])

    assert case.petition.handlings.count() == 1
    assert {claim.handling_id for claim in case.petition.claims.all()} == {case.handling_id}


def test_q10_once_the_organ_has_decided_no_further_claim_joins_it():
    case = given.received(given.routed(given.registered(claims=TWO_CLAIMS), claims=[1]))
    given.accept(case)

    with pytest.raises(Refused) as refusal:
        given.route(case, claims=[2])

    assert set(refusal.value.fields) == {"organ"}
    assert case.claim(2).route is None


def test_art_34_an_execution_day_that_passed_before_service_hinders_no_service():
    """The opinion reaches its people late: it is served all the same, and the execution is due that day."""
    case = given.opinion_issued()
    case.petition.claims.update(execution_due_on=date(2026, 3, 1))

    given.serve(case, case.paper(DocumentKind.D15))

    assert case.handling.state == HandlingState.EXECUTING
    assert case.clock(ClockCode.EXECUTION).last_day == MONDAY.date()


def test_q22_a_sending_over_its_own_report_day_is_received_all_the_same():
    case = given.routed(kind=RouteKind.ASSIGN, report_due_on=date(2026, 3, 3))
    later = given.at(3, 9)

    given.received(case, now=later)

    assert case.clock(ClockCode.T6).last_day == later.date()


def test_q13_a_deputy_does_not_countersign_what_he_decided_himself():
    case = given.registered()
    kept = given.route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="已电话告知")
    head = a_hat(Role.SECTION_HEAD)
    deputy = replace(head, user=case.office.officer.user, acts_for=head.user)

    with pytest.raises(NotAllowed):
        given.routing.countersign_keep(case.pk, kept.pk, agree=True, by=deputy, now=MONDAY)

    kept.refresh_from_db()
    assert kept.countersigned_at is None


def test_r_34_papers_with_names_are_for_those_who_work_on_the_case():
    case = given.opinion_issued()
    paper = case.paper(DocumentKind.D15)

    with pytest.raises(NotAllowed):
        given.papers.fetch_paper(case.pk, paper.pk, by=a_hat(Role.INSPECTOR), now=MONDAY)

    assert not Entry.objects.filter(verb="petition.fetch_paper").exists()
    assert given.papers.fetch_paper(case.pk, paper.pk, by=case.unit.officer, now=MONDAY) == paper.file


def test_q32_a_route_decided_on_an_older_standing_is_stale():
    case = given.registered(claims=TWO_CLAIMS)
    seen = case.now.version
    given.route(case, claims=[1])

    decision = given.Decision(kind=RouteKind.FORWARD, organ_id=a_unit("RS").organ.pk)
    with pytest.raises(Stale):
        given.routing.route(case.pk, decision, seen_version=seen, by=case.office.officer, now=MONDAY)

    assert case.claim(2).route is None


def test_q13_keeping_holds_once_a_section_head_has_countersigned():
    case = given.registered()
    route = keep(case)
    with pytest.raises(OutOfTurn):
        given.finish(case)

    countersign_keep(case.pk, route, agree=True, by=a_hat(Role.SECTION_HEAD), now=MONDAY)

    assert case.now.routing == Routing.ROUTED
    assert given.finish(case).routing == Routing.FINISHED


def test_q13_nobody_countersigns_his_own_keeping():
    head = a_hat(Role.SECTION_HEAD)
    case = given.registered()
    route = given.route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="已告知", by=head).pk

    with pytest.raises(NotAllowed):
        countersign_keep(case.pk, route, agree=True, by=head, now=MONDAY)
    other_post = a_hat(Role.OFFICE_DIRECTOR, user=head.user)
    with pytest.raises(NotAllowed):
        countersign_keep(case.pk, route, agree=True, by=other_post, now=MONDAY)

    assert case.now.routing == Routing.REGISTERED


def test_q13_a_refused_keeping_lets_the_claims_wait_for_their_way():
    case = given.registered()

    countersign_keep(case.pk, keep(case), agree=False, by=a_hat(Role.SECTION_HEAD), now=MONDAY)

    assert case.claim().route is None
    assert case.clock(ClockCode.T1, case.office.organ).is_open
    assert given.routed(case).handling.receipt == Receipt.DELIVERED


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": RouteKind.KEEP, "told": "已告知"}, "keep_ground"),
        ({"kind": RouteKind.GUIDE, "told": "已告知"}, "guided_to"),
        ({"kind": RouteKind.FORWARD, "organ_id": None}, "organ"),
        ({"kind": RouteKind.ASSIGN}, "report_due_on"),
        ({"kind": RouteKind.ASSIGN, "report_due_on": MONDAY.date()}, "report_due_on"),
        ({"kind": RouteKind.FORWARD, "petition_class": PetitionClass.REPORT_ACCUSATION}, "petition_class"),
        ({"kind": RouteKind.ASSIGN, "report_due_on": date(2026, 4, 1), "simple_ground": SimpleGround.PROMISED},
         "simple_ground"),
    ],
)  # fmt: skip
def test_r_11_each_way_asks_for_its_own_particulars(facts, field):
    case = given.registered()

    with pytest.raises(Refused) as refusal:
        given.route(case, **facts)

    assert set(refusal.value.fields) == {field}
    assert not case.petition.routes.exists()


def test_r_11_a_claim_that_the_petition_does_not_have_is_named_as_such():
    case = given.routed(given.registered(claims=TWO_CLAIMS), claims=(1,))

    with pytest.raises(Refused) as unknown:
        given.route(case, claims=(2, 7))
    with pytest.raises(Refused) as routed:
        given.route(case, claims=(1,))

    assert dict(unknown.value.fields) == {"claims": "本件没有诉求7。"}
    assert dict(routed.value.fields) == {"claims": "其中有诉求已有去向。"}
    assert case.petition.routes.count() == 1


def test_art_22_a_guided_petition_goes_to_no_unit_and_can_be_finished():
    case = given.registered()

    given.route(case, kind=RouteKind.GUIDE, guided_to="区人民法院诉讼服务中心", told="当面告知")

    assert not case.petition.handlings.exists()
    assert given.finish(case).routing == Routing.FINISHED


def test_art_14_the_petition_office_does_not_decide_the_merits():
    case = given.registered()

    for facts in ({}, {"petition_class": PetitionClass.APPEAL_REQUEST}):
        with pytest.raises(Refused) as refusal:
            given.route(case, kind=RouteKind.SELF_HANDLE, **facts)
        assert set(refusal.value.fields) == {"kind"}

    assert case.now.routing == Routing.REGISTERED


def test_q20_a_suggestion_is_studied_answered_in_thirty_days_and_has_no_route_and_no_sixty_days():
    case = given.received(given.routed(given.registered(), petition_class=PetitionClass.SUGGESTION))

    given.accept(case, statutory_route=None)
    given.study(case)
    given.find(case, finding=given.found(Outcome.PARTLY_ADOPTED, legal_basis="", solved="", helped=""))
    reply = case.clock(ClockCode.SUGGESTION)
    given.served(given.opinion_issued(given.drafted(case)))
    given.notified(case)

    opinion = case.handling.opinion
    assert (opinion.paper.title, opinion.paper.remedy) == ("信访事项答复书", "")
    assert reply.last_day == date(2026, 4, 1)
    assert case.claim().statutory_route == ""
    assert not case.has_clock(ClockCode.T5)
    assert case.clock(ClockCode.SUGGESTION).met_at == MONDAY
    assert given.finish(case).routing == Routing.FINISHED


def test_q30_a_township_registers_handles_and_answers_in_its_own_name_with_t2():
    township = a_township()
    case = given.registered(office=township, unit=township, place_id=a_village().pk)
    t2 = case.clock(ClockCode.T2)

    case = given.routed(case, kind=RouteKind.SELF_HANDLE)
    given.served(given.opinion_issued(given.drafted(given.investigated(given.accepted(case)))))
    open_before = case.clock(ClockCode.T2).is_open
    given.notified(case)

    assert (t2.last_day, open_before) == (date(2026, 3, 17), True)
    assert case.clock(ClockCode.T2).met_at == MONDAY
    assert not PetitionClock.objects.filter(petition=case.pk, code__in=["T1", "T3", "T4"]).exists()
    assert given.finish(case).routing == Routing.FINISHED


def test_q24_without_the_proof_of_service_nothing_is_finished():
    case = given.notified(given.opinion_issued(outcome=Outcome.EXPLAIN))

    with pytest.raises(OutOfTurn):
        finish(case.pk, by=case.office.officer, now=MONDAY)

    assert case.now.routing == Routing.ROUTED


def test_q17_the_opinion_is_served_on_each_representative():
    case = given.received(given.routed(given.registered(people=(a_person("甲"), a_person("乙")))))
    case = given.opinion_issued(
        given.drafted(given.investigated(given.accepted(case), outcome=Outcome.EXPLAIN))
    )
    first, second = case.petition.people.order_by("position")

    given.serve(case, case.handling.opinion, person=first.pk)
    state_between = case.handling.state
    given.serve(case, case.handling.opinion, person=second.pk)

    assert state_between == HandlingState.OPINION_ISSUED
    assert case.handling.state == HandlingState.SERVED


def test_q17_a_paper_goes_to_nobody_who_is_not_of_the_petition():
    case = given.opinion_issued()
    stranger = given.registered().petition.people.get()
    sent = Sent(petitioner_ref=stranger.pk, posted_on=MONDAY.date())

    with pytest.raises(Refused) as refusal:
        post_paper(case.pk, case.handling.opinion.pk, sent, by=case.unit.officer, now=MONDAY)

    assert set(refusal.value.fields) == {"person"}
    assert not case.handling.opinion.postings.exists()


def test_q10_an_opinion_waits_until_every_claim_is_decided_on():
    case = given.received(given.routed(given.registered(claims=TWO_CLAIMS)))
    given.accept(case, 1)
    given.find(case, 1)

    with pytest.raises(OutOfTurn):
        given.drafted(case)
    with pytest.raises(OutOfTurn):
        given.take_in(case, DocumentKind.D15)

    assert case.handling.state == HandlingState.INVESTIGATING


def test_art_32_an_opinion_drawn_up_before_its_finding_changed_is_not_issued():
    case = given.drafted(given.investigated(outcome=Outcome.NOT_SUPPORT))
    later = given.at(3, 3)
    given.find(case, finding=given.found(Outcome.EXPLAIN), now=later)

    with pytest.raises(OutOfTurn):
        given.issue(case, DocumentKind.D15, now=later)

    assert case.handling.opinion is None
    given.drafted(case, now=later)
    assert given.issue(case, DocumentKind.D15, now=later).state == State.ISSUED


def test_documents_1_two_persons_draft_and_approve_and_an_older_draft_is_not_approved():
    case = given.drafted(given.investigated())
    draft = case.paper(DocumentKind.D15)
    given.redrafted(case)

    with pytest.raises(Stale):
        issue_paper(case.pk, draft.pk, version=draft.version, by=case.unit.head, now=MONDAY)
    drafter = a_hat(Role.UNIT_HEAD, organ=case.unit.organ, user=case.unit.officer.user)
    with pytest.raises(NotAllowed):
        given.issue(case, DocumentKind.D15, by=drafter)

    assert Document.objects.get(pk=draft.pk).state == State.DRAFT


def test_q24_an_opinion_made_elsewhere_passes_the_same_gates():
    case = given.investigated(outcome=Outcome.EXPLAIN)

    opinion = given.take_in(case, DocumentKind.D15)

    assert (case.handling.state, case.handling.opinion) == (HandlingState.OPINION_ISSUED, opinion)
    given.served(case)
    assert case.handling.state == HandlingState.SERVED


def test_t12_on_the_simple_track_the_answer_meets_its_ten_days():
    case = given.received(given.routed(simple_ground=SimpleGround.FIRST_AND_CLEAR))

    given.served(given.opinion_issued(given.drafted(given.investigated(given.accepted(case)))))

    assert case.clock(ClockCode.T12).met_at == MONDAY
    with pytest.raises(OutOfTurn):
        convert(case)


def test_data_standard_7_settled_is_confirmed_by_a_second_person_of_the_office():
    case = given.served()
    evidence = ResolutionEvidence.CONFIRMED
    propose_resolved(case.pk, evidence=evidence, words="书面确认", by=case.office.officer, now=MONDAY)

    with pytest.raises(NotAllowed):
        confirm_resolved(case.pk, settled=True, by=case.unit.head, now=MONDAY)
    with pytest.raises(NotAllowed):
        confirm_resolved(case.pk, settled=True, by=case.office.officer, now=MONDAY)
    confirmed = confirm_resolved(case.pk, settled=True, by=case.office.head, now=MONDAY)

    assert confirmed.confirmed_by == case.office.head.post
    assert case.now.routing == Routing.ROUTED


def test_q22_days_are_those_of_shanghai():
    case = given.received(given.routed(given.registered()), now=given.at(3, 10, 0))

    assert timezone.localdate(case.handling.received_at, given.at(3, 10).tzinfo) == date(2026, 3, 10)
    assert case.clock(ClockCode.T3).last_day == date(2026, 3, 25)


def test_q20_beside_an_appeal_a_suggestion_is_answered_on_the_same_paper_which_names_the_review():
    case = given.received(given.routed(given.registered(claims=TWO_CLAIMS)))
    case.petition.claims.filter(number=2).update(petition_class=PetitionClass.SUGGESTION)
    given.accept(case, 1)
    given.accept(case, 2, statutory_route=None)
    given.study(case, 2)
    given.find(case, 1, finding=given.found(Outcome.EXPLAIN))
    given.find(case, 2, finding=given.found(Outcome.ADOPTED, legal_basis=""))

    paper = given.drafted(case).paper(DocumentKind.D15).paper

    assert "处理意见：解释说明。予以支持" in paper.paragraphs
    assert "采纳情况：予以采纳。予以支持" in paper.paragraphs
    assert "吕梁市离石区人民政府提出复查申请" in paper.remedy


def test_q18_what_was_partly_sent_since_the_proposal_is_not_voided():
    case = given.registered(claims=TWO_CLAIMS)
    propose_void(case.pk, ground=VoidGround.TEST, reason="测试", by=case.office.officer, now=MONDAY)
    given.routed(case, claims=[1])

    with pytest.raises(OutOfTurn):
        decide_void(case.pk, confirm=True, by=case.office.head, now=MONDAY)

    assert case.now.routing == Routing.REGISTERED
    assert case.clock(ClockCode.T1, case.office.organ).is_open


def test_q18_what_is_on_its_way_is_not_offered_to_be_voided(monday):
    case = given.registered()
    before = signed_in(case.office.officer).open("cases:petition", case.pk).context["deeds"]

    given.route(case)

    after = signed_in(case.office.officer).open("cases:petition", case.pk).context["deeds"]
    assert ("propose_void" in before, "propose_void" in after) == (True, False)


def test_q15_whoever_asks_about_a_late_answer_is_not_promised_a_day_that_is_past(monday):
    case = given.accepted(now=given.at(1, 5))

    words = " ".join(enquiry_words(case.now, given.at(4, 20)))

    assert "现已逾期" in words
