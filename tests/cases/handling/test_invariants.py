"""The invariants of law.md §3, by their numbers: refused by the deed, and by the database to whoever goes past it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Organ
from accounts.roles import Role
from audit.models import Entry
from cases.actions.accepting import Concluded
from cases.actions.finishing import finish
from cases.actions.handling import ask_extension, decide_extension
from cases.actions.papers import draft_opinion
from cases.models import Acceptance, Claim, Extension, Handling
from cases.parts import involve
from cases.states import (
    Basis,
    ClaimDecision,
    ClockCode,
    HandlingState,
    NonAcceptReason,
    Outcome,
    Source,
    StatutoryRoute,
)
from cases.workflow import RULES, Step
from documents.models import ServiceRecord
from documents.states import DocumentKind
from lib.errors import NotAllowed, OutOfTurn, Refused
from tests.cases.handling import given
from tests.cases.handling.given import STAGES, Case, at, found, take_in
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

PARTS = ("facts", "opinion", "legal_basis", "solved", "explained", "helped", "lawful")


@contextmanager
def broken(constraint: str) -> Iterator[None]:
    """Expect the database itself to refuse, by the named constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


def test_law_3_invariant_1_nothing_is_accepted_without_a_statutory_route():
    case = given.received()

    with pytest.raises(Refused) as refusal:
        given.accept(case, statutory_route=None)

    assert set(refusal.value.fields) == {"statutory_route"}
    assert case.claim().decision == ""
    with broken("claim_accepted_on_its_route"):
        Claim.objects.filter(petition=case.pk).update(decision=ClaimDecision.ACCEPTED, statutory_route="")


@pytest.mark.parametrize("route", sorted(set(StatutoryRoute) - {StatutoryRoute.RT6}))
def test_law_3_invariant_2_no_sixty_days_on_another_route_than_rt6(route):
    case = given.accepted(statutory_route=route, where_to_go="该程序的机关")

    assert not case.has_clock(ClockCode.T5)
    with broken("claim_accepted_on_its_route"):
        Claim.objects.filter(petition=case.pk).update(decision=ClaimDecision.ACCEPTED)


def test_law_3_invariant_2_no_sixty_days_and_no_investigation_before_acceptance():
    case = given.received()

    assert not case.has_clock(ClockCode.T5)
    with broken("handling_investigated_once_accepted"):
        Handling.objects.filter(petition=case.pk).update(state=HandlingState.INVESTIGATING)


@pytest.mark.parametrize("part", PARTS)
def test_law_3_invariant_3_a_finding_lacks_no_part(part):
    case = given.accepted()

    with pytest.raises(Refused) as refusal:
        given.find(case, finding=found(Outcome.NOT_SUPPORT, **{part: "  "}))

    assert set(refusal.value.fields) == {part}
    assert case.claim().outcome == ""


def test_law_3_invariant_3_no_opinion_is_drawn_up_or_taken_in_without_its_findings():
    case = given.accepted()

    with pytest.raises(Refused):
        draft_opinion(case.pk, case.handling.pk, by=case.unit.officer, now=MONDAY)
    with pytest.raises(Refused):
        take_in(case, DocumentKind.D15)

    assert case.handling.state == HandlingState.INVESTIGATING
    with broken("handling_opinion_is_a_paper"):
        Handling.objects.filter(petition=case.pk).update(state=HandlingState.OPINION_ISSUED)


def test_law_3_invariant_3_the_outcome_is_one_of_the_three():
    case = given.accepted()

    with pytest.raises(Refused) as refusal:
        given.find(case, finding=found(Outcome.ADOPTED))

    assert set(refusal.value.fields) == {"outcome"}
    with broken("claim_outcome_known"):
        Claim.objects.filter(petition=case.pk).update(outcome="resolved")


def test_r_34_a_supporting_opinion_names_who_carries_it_out_and_until_when():
    case = given.accepted()

    with pytest.raises(Refused) as refusal:
        given.find(case, finding=found(Outcome.SUPPORT, execution_organ_id=None, execution_due_on=None))

    assert set(refusal.value.fields) == {"execution_organ", "execution_due_on"}
    with broken("claim_support_is_carried_out"):
        Claim.objects.filter(petition=case.pk).update(outcome=Outcome.SUPPORT)


def test_r_34_a_day_that_is_past_is_refused_as_past_and_not_as_missing():
    case = given.accepted()

    with pytest.raises(Refused) as refusal:
        given.find(case, finding=found(Outcome.SUPPORT, execution_due_on=date(2026, 3, 1)))

    assert dict(refusal.value.fields) == {"execution_due_on": "执行期限不得早于今天。"}
    assert not case.claim(1).outcome


def test_law_3_invariant_4_posting_is_no_service_only_a_record_with_its_day_is():
    case = given.notified(given.opinion_issued(outcome=Outcome.NOT_SUPPORT))
    opinion = case.handling.opinion

    given.send(case, opinion)

    assert case.handling.state == HandlingState.OPINION_ISSUED
    with pytest.raises(OutOfTurn):
        finish(case.pk, by=case.office.officer, now=MONDAY)
    given.serve(case, opinion)
    assert case.handling.state == HandlingState.SERVED
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceRecord.objects.filter(document=opinion).update(served_on=None)


def test_law_3_invariant_4_no_term_for_review_runs_from_a_posting():
    case = given.notified(given.opinion_issued(outcome=Outcome.NOT_SUPPORT))
    opinion = case.handling.opinion

    given.send(case, opinion)
    before = given.shown_of_review(case, now=MONDAY)
    given.serve(case, opinion)

    assert before == []
    assert len(given.shown_of_review(case, now=MONDAY)) == 1


def test_law_3_invariant_5_the_opinion_names_the_direct_superior_and_no_organ_reviews_itself():
    case = given.opinion_issued(outcome=Outcome.NOT_SUPPORT)
    handling_organ = case.handling.organ

    assert handling_organ.next_higher.name in case.paper(DocumentKind.D15).parts["remedy"]
    with broken("organ_next_higher_is_another"):
        Organ.objects.filter(pk=handling_organ.pk).update(next_higher=handling_organ)


@pytest.mark.parametrize("days", [0, 31])
def test_law_3_invariant_6_at_most_thirty_days(days):
    case = given.accepted()

    with pytest.raises(Refused) as refusal:
        given.ask_extension(case, days=days)

    assert set(refusal.value.fields) == {"days"}
    with broken("extension_thirty_days_at_most"):
        an_extension(case, days=days)


def test_law_3_invariant_6_not_without_a_reason():
    case = given.accepted()

    with pytest.raises(Refused) as refusal:
        ask_extension(case.pk, case.handling.pk, days=9, reason=" ", by=case.unit.officer, now=MONDAY)

    assert set(refusal.value.fields) == {"reason"}
    with broken("extension_has_a_reason"):
        an_extension(case, reason="")


def test_law_3_invariant_6_once_only_and_again_only_after_a_refusal():
    case = given.accepted()
    given.ask_extension(case)
    decide_extension(case.pk, case.handling.pk, approve=False, by=case.unit.head, now=MONDAY)
    given.ask_extension(case, days=10)
    given.extend(case)

    with pytest.raises(OutOfTurn):
        given.ask_extension(case, days=1)

    assert case.clock(ClockCode.T5).extension_days == 10
    with broken("extension_once"):
        an_extension(case)


OUTSIDERS: list[tuple[str, Callable[[Case], object]]] = [
    ("the petition office's director", lambda case: case.office.head),
    ("the unit's case officer", lambda case: case.unit.officer),
    ("the unit's section head", lambda case: a_hat(Role.SECTION_HEAD, organ=case.unit.organ)),
]


@pytest.mark.parametrize(("who", "hat_of"), OUTSIDERS, ids=[who for who, _ in OUTSIDERS])
def test_law_3_invariant_6_only_the_head_of_the_handling_organ_approves(who, hat_of):
    case = given.accepted()
    given.ask_extension(case)

    with pytest.raises(NotAllowed):
        given.extend(case, by=hat_of(case))

    assert case.handling.extensions.get().decided_at is None
    with broken("extension_decided_in_the_handling_organ"):
        Extension.objects.filter(handling=case.handling_id).update(
            approved=False,
            decided_at=MONDAY,
            decided_by=case.office.head.post,
            deciding_organ=case.office.organ,
        )


LEADERS_STEPS = [step for step, rule in RULES.items() if Role.LEADER in rule.roles]


def test_q9_a_leader_takes_no_step_in_place_of_the_handling_organ():
    # in a leading body without another head, he decides on a recusal
    assert LEADERS_STEPS == [Step.DECIDE_RECUSAL]


def test_q9_a_leader_of_the_handling_organ_approves_no_extension():
    case = given.accepted()
    given.ask_extension(case)
    leader = a_hat(Role.LEADER, organ=case.unit.organ)
    with transaction.atomic():
        involve(case.now, Basis.PORTFOLIO, now=MONDAY, post=leader.post)

    with pytest.raises(NotAllowed):
        given.extend(case, by=leader)

    assert case.handling.extensions.get().decided_at is None
    assert case.clock(ClockCode.T5).extension_days == 0


def test_q9_what_a_leader_instructed_has_the_same_days_as_any_other():
    plain, instructed = (
        given.accepted(given.received(given.routed(given.registered(source=source))))
        for source in (Source.SELF_RECEIVED, Source.LEADER_INSTRUCTION)
    )

    for code in (ClockCode.T3, ClockCode.T4, ClockCode.T5):
        assert instructed.clock(code).due_at == plain.clock(code).due_at
    office = plain.office.organ
    assert instructed.clock(ClockCode.T1, office).due_at == plain.clock(ClockCode.T1, office).due_at


def test_law_3_invariant_6_a_head_does_not_approve_what_he_asked_for_himself():
    case = given.accepted()
    given.ask_extension(case, by=case.unit.head)

    with pytest.raises(NotAllowed):
        given.extend(case)

    assert case.clock(ClockCode.T5).extension_days == 0


def test_law_3_invariant_6_the_notice_is_issued_with_the_approval_and_stays():
    case = given.accepted()
    given.ask_extension(case)

    given.extend(case)

    notice = case.paper(DocumentKind.D11)
    assert case.handling.extensions.get().notice == notice
    assert "需要鉴定" in "".join(notice.paper.paragraphs)
    assert notice.file is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        type(notice).objects.filter(pk=notice.pk).update(number="改")
    with broken("extension_is_told"):
        Extension.objects.filter(handling=case.handling_id).update(notice=None)


def test_law_3_invariant_7_no_longer_accepted_needs_the_reexamination_opinion():
    case = given.received()

    with pytest.raises(Refused) as refusal:
        given.decline(case, reason=NonAcceptReason.CONCLUDED)

    assert set(refusal.value.fields) == {"reexamination_number"}
    with broken("acceptance_concluded_by_an_opinion"):
        an_acceptance(case, reason=NonAcceptReason.CONCLUDED)


def test_law_3_invariant_7_with_the_opinion_named_it_is_no_longer_accepted():
    case = given.received()

    concluded = Concluded(number="吕复核〔2025〕3号", by="吕梁市人民政府", on=at(1, 5).date())
    given.decline(case, reason=NonAcceptReason.CONCLUDED, concluded=concluded)

    assert case.claim().decision == ClaimDecision.NO_LONGER_ACCEPTED
    assert "吕复核〔2025〕3号" in "".join(case.paper(DocumentKind.D08).paper.paragraphs)


def test_q12_no_point_of_the_checklist_stays_open():
    case = given.received()

    with pytest.raises(Refused) as refusal:
        given.accept(case, checklist=replace(given.CHECKLIST, power_fact="", pending_fact=" "))

    assert set(refusal.value.fields) == {"power_fact", "pending_fact"}
    with broken("acceptance_every_point_answered"):
        an_acceptance(case, power_fact="")


def test_law_3_invariant_9_the_senders_fifteen_days_run_on_from_the_first_receipt():
    case = given.received(given.routed(given.registered(now=at(3, 2)), now=at(3, 9)), now=at(3, 10))
    given.objected(case, now=at(3, 17, 23))

    given.decide_return(case, agree=True, now=at(3, 18))

    clock = case.clock(ClockCode.T1, case.office.organ)
    assert case.now.received_at == at(3, 2)
    assert (clock.started_at, clock.due_at, clock.is_open) == (at(3, 2), at(3, 18, 0), True)
    assert case.claim().route is None


WRITTEN = {
    "delivered": ["petition.register", "petition.route", "petition.move"],
    "received": ["petition.sign_for"],
    "objecting": ["petition.object"],
    "returned": ["petition.move", "petition.decide_return"],
    "not_accepted": ["petition.decline"],
    "investigating": ["petition.accept", "petition.find"],
    "opinion_issued": ["petition.find", "petition.draft_opinion", "petition.issue_paper"],
    "served": ["petition.serve_paper"],
    "executed": ["petition.execute"],
    "finished": ["petition.issue_paper", "petition.serve_paper", "petition.finish"],
}


@pytest.mark.parametrize("stage", WRITTEN)
def test_law_3_invariant_10_every_transition_is_written_down_with_who_where_and_when(stage):
    case = STAGES[stage]()

    entries = Entry.objects.about(case.petition).order_by("seq")
    last = WRITTEN[stage]
    assert [entry.verb for entry in entries][-len(last) :] == last
    assert all(entry.actor_user_id and entry.actor_post_id and entry.actor_organ_id for entry in entries)
    assert {entry.at for entry in entries} == {MONDAY}


def test_law_3_invariant_10_what_was_written_down_is_not_changed():
    case = given.accepted()

    for written in (Entry.objects.about(case.petition), Acceptance.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            written.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.about(case.petition).update(verb="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Acceptance.objects.update(where_to_go="x")


def test_r_34_nothing_is_found_on_a_claim_that_was_not_accepted():
    case = given.received(given.routed(given.registered(claims=("一", "二"))))
    given.accept(case, 1)

    for decide in (lambda: None, lambda: given.decline(case, 2)):
        decide()
        with pytest.raises(OutOfTurn):
            given.find(case, 2)

    assert case.claim(2).outcome == ""
    with broken("claim_outcome_of_an_accepted"):
        Claim.objects.filter(petition=case.pk, number=2).update(outcome=Outcome.EXPLAIN)


def an_extension(case: Case, **facts: object) -> None:
    """Write an extension past its deed."""
    officer = case.unit.officer
    asked = {"asked_by": officer.post, "asker": officer.user, "asked_at": MONDAY}
    given_facts = {"days": 10, "reason": "x", **asked, **facts}
    Extension.objects.create(handling=case.handling, organ=case.unit.organ, **given_facts)


def an_acceptance(case: Case, **facts: object) -> None:
    """Write an acceptance past its deed."""
    points = dict.fromkeys(
        ("power_fact", "pending_fact", "concluded_fact", "litigation_fact", "route_fact"), "已核实"
    )
    who = {"decided_by": case.unit.officer.post, "decided_at": MONDAY, "decided_on": MONDAY.date()}
    Acceptance.objects.create(claim=case.claim(), handling=case.handling, **{**points, **who, **facts})
