"""Who is called when a step is done and the next one is his: a paper to be served, a petition to be finished."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import Post
from accounts.roles import Role
from cases.actions import papers, services
from cases.ledger import View, in_view
from cases.models import Petition
from cases.states import Outcome, Receipt
from documents.models import Posting
from documents.rules import Sent
from documents.states import DocumentKind
from notices.models import Kind, Notice
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

D15 = DocumentKind.D15


def calls(hat, kind):
    return Notice.objects.standing().filter(post=hat.post, kind=kind)


def waits(hat, view):
    return in_view(Petition.objects.visible_to(hat), view, hat=hat, now=MONDAY).exists()


def to_serve(hat):
    return calls(hat, Kind.PAPER_TO_SERVE).count(), waits(hat, View.TO_SERVE)


def to_finish(case):
    hat = case.office.officer
    return calls(hat, Kind.CAN_BE_FINISHED).count(), waits(hat, View.TO_FINISH)


def test_q24_who_drew_a_paper_up_is_called_to_serve_it_until_it_is_in_hand():
    case = given.drafted(outcome=Outcome.NOT_SUPPORT)
    before = to_serve(case.unit.officer)

    opinion = given.issue(case, D15)
    issued = to_serve(case.unit.officer)
    given.send(case, opinion)
    posted = to_serve(case.unit.officer)
    given.serve(case, opinion)

    assert before == (0, False)
    # posting meets the period, only the proof of service lets it be finished
    assert issued == posted == (1, True)
    assert not calls(case.unit.head, Kind.PAPER_TO_SERVE).exists()
    assert to_serve(case.unit.officer) == (0, False)


def test_q17_it_waits_until_each_representative_has_it():
    people = [a_person(name) for name in ("王某一", "王某二")]
    case = given.drafted(given.investigated(given.accepted(given.received(given.registered(people=people)))))
    opinion = given.issue(case, D15)

    given.serve(case, opinion, person=given.the_petitioner(case, 1).pk)
    after_one = to_serve(case.unit.officer)
    given.serve(case, opinion, person=given.the_petitioner(case, 2).pk)

    assert after_one == (1, True)
    assert to_serve(case.unit.officer) == (0, False)


def test_where_nobody_works_from_that_post_any_more_the_others_are_called():
    case = given.drafted()
    colleague = a_hat(Role.CASE_OFFICER, organ=case.unit.organ)
    Post.objects.filter(pk=case.unit.officer.post.pk).update(held_to=date(2026, 3, 1))

    given.issue(case, D15)

    assert calls(colleague, Kind.PAPER_TO_SERVE).count() == 1
    assert not calls(case.unit.officer, Kind.PAPER_TO_SERVE).exists()


def test_art_23_an_anonymous_petition_has_nobody_to_serve():
    case = given.drafted(
        given.investigated(given.accepted(given.received(given.registered(is_anonymous=True, people=[]))))
    )

    given.issue(case, D15)

    assert to_serve(case.unit.officer) == (0, False)


def test_d04_the_word_of_a_way_waits_until_it_is_posted():
    case = given.guided()
    office = case.office.officer
    before = waits(office, View.TO_SERVE)
    sent = Sent(petitioner_ref=given.the_petitioner(case).pk, posted_on=MONDAY.date())

    papers.post_paper(case.pk, given.word_of(case).pk, sent, by=office, now=MONDAY)

    assert before
    assert Posting.objects.count() == 1
    assert not waits(office, View.TO_SERVE)


def test_q24_a_service_that_never_was_waits_again():
    case = given.notified(given.served())
    assert to_serve(case.unit.officer) == (0, False)

    proposal = given.propose_service(case)
    services.decide_service(case.pk, proposal.pk, confirm=True, by=case.unit.head, now=MONDAY)

    assert waits(case.unit.officer, View.TO_SERVE)
    assert to_finish(case) == (0, False)


def test_q10_who_routed_it_is_called_once_nothing_is_missing():
    case = given.served(outcome=Outcome.NOT_SUPPORT)
    other = a_hat(Role.PETITION_OFFICER)
    before = to_finish(case)

    given.notified(case)
    called = to_finish(case)
    given.finish(case)

    assert before == (0, False)
    assert called == (1, True)
    # the others of the office have the box, and no call
    assert (
        Notice.objects.filter(kind=Kind.CAN_BE_FINISHED).exclude(post=case.office.officer.post).count() == 0
    )
    assert not waits(case.unit.officer, View.TO_FINISH)
    assert to_finish(case) == (0, False)
    assert not waits(other, View.TO_FINISH)


def test_t6_what_was_assigned_is_called_for_once_its_report_is_taken():
    case = given.notified(given.assigned_and_answered())
    given.report(case)
    before = to_finish(case)

    given.decide_report(case, take=True)

    assert before == (0, False)
    assert to_finish(case) == (1, True)


def test_q21_a_report_that_the_superior_sends_back_takes_the_call_back_and_the_next_one_calls_again():
    case = given.from_above()
    case = given.notified(
        given.served(given.opinion_issued(given.drafted(given.investigated(
            given.accepted(given.received(given.routed(case))), outcome=Outcome.NOT_SUPPORT))))
    )  # fmt: skip
    before = to_finish(case)
    given.report_up(case)
    reported = to_finish(case)
    given.send_back_from_above(case)
    sent_back = to_finish(case)

    given.report_up(case, number="离信报〔2026〕4号")

    assert (before, reported, sent_back) == ((0, False), (1, True), (0, False))
    assert to_finish(case) == (1, True)


def test_q11_what_was_joined_is_called_for_when_what_it_was_joined_to_is_finished():
    pending = given.routed()
    joined = given.raised_again(pending)
    given.join(joined, pending)
    given.hand_over_word(joined)
    before = to_finish(joined)
    received = given.received(replace(pending, handling_id=pending.handling_id))
    assert received.handling.receipt == Receipt.RECEIVED
    done = given.served(given.opinion_issued(given.drafted(
        given.investigated(given.accepted(received), outcome=Outcome.NOT_SUPPORT))))  # fmt: skip

    given.finished(done)

    assert before == (0, False)
    assert to_finish(joined) == (1, True)


def test_where_nobody_who_routed_it_works_there_any_more_the_office_is_called():
    case = given.served(outcome=Outcome.NOT_SUPPORT)
    Post.objects.filter(pk=case.office.officer.post.pk).update(held_to=date(2026, 3, 1))

    given.notified(case)

    assert calls(case.office.head, Kind.CAN_BE_FINISHED).count() == 1
    assert not calls(case.office.officer, Kind.CAN_BE_FINISHED).exists()


def test_q19_what_ended_otherwise_calls_nobody_to_serve():
    case = given.received()
    given.decline(case)
    given.issue(case, DocumentKind.D07)
    before = to_serve(case.unit.officer)

    given.withdrawn(case)

    assert before == (1, True)
    assert to_serve(case.unit.officer) == (0, False)
