"""Q18: a mistyped service or posting of a remedy's paper is put right by two persons of the organ whose paper it is."""

from datetime import date

import pytest
import time_machine

from accounts.models import Post
from accounts.roles import Role
from audit.models import Entry
from cases.actions import services
from cases.remedies.parts import standing_of
from cases.states import ClockCode
from documents.models import Posting, ServiceCorrection, ServiceRecord
from documents.rules import Sent, Service
from documents.states import DocumentKind, Method
from lib.errors import NotAllowed, OutOfTurn, Unknown
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at
from tests.cases.remedies import given
from tests.given import a_hat

pytestmark = pytest.mark.django_db

SERVED_AT, WRONG_AT = at(4, 7), at(4, 9)


def reviewed():
    return given.reviewed(now=SERVED_AT)


def the_record(contested):
    return ServiceRecord.objects.filter(document=contested.remedy.paper).latest("pk")


def propose(contested, *, served_on=None, by=None):
    record = the_record(contested)
    right = served_on and Service(
        petitioner_ref=record.petitioner_ref, method=Method.IN_PERSON, served_on=served_on
    )
    by = by or contested.people.officer
    return services.propose_service(
        contested.pk, record.pk, right or None, reason="签收日期写错", by=by, now=WRONG_AT
    )


def decide(contested, proposal, *, confirm=True, by=None):
    by = by or contested.people.head
    return services.decide_service(contested.pk, proposal.pk, confirm=confirm, by=by, now=WRONG_AT)


def last_day_to_ask(contested):
    (term,) = (standing_of(contested.case.handling, now=WRONG_AT).terms or {}).values()
    return term.reckoning.last_day


def test_q18_the_day_that_stands_meets_t8_and_begins_the_time_for_reexamination():
    contested = reviewed()
    before = contested.clock(ClockCode.T8).met_at, last_day_to_ask(contested)
    mistaken = the_record(contested)

    decide(contested, propose(contested, served_on=date(2026, 4, 8)))

    assert before == (SERVED_AT, date(2026, 5, 7))
    assert contested.clock(ClockCode.T8).met_at == at(4, 8, 12)
    assert last_day_to_ask(contested) == date(2026, 5, 8)
    assert the_record(contested).corrects == mistaken
    deeds = Entry.objects.about(contested.case.petition).filter(verb__endswith="_service")
    assert set(deeds.values_list("verb", flat=True)) == {
        "petition.propose_service",
        "petition.decide_service",
    }


def test_q18_t8_where_nobody_was_served_the_clock_runs_again_and_the_paper_can_be_served():
    contested = reviewed()

    decide(contested, propose(contested))

    assert contested.clock(ClockCode.T8).is_open
    given.serve(contested, now=WRONG_AT)
    assert contested.clock(ClockCode.T8).met_at == WRONG_AT


def test_q18_a_notice_that_the_request_is_accepted_meets_no_period_and_moves_none():
    contested = given.accepted()
    notice = given.issue(contested, contested.remedy.notice, now=given.ANSWERED_AT)
    given.serve(contested, notice, now=given.ANSWERED_AT)
    record = ServiceRecord.objects.get(document=notice)
    clocks = list(contested.case.petition.clocks.order_by("pk").values("pk", "met_at", "cancelled_at"))

    proposal = services.propose_service(
        contested.pk, record.pk, None, reason="未送达", by=contested.people.officer, now=given.DRAFTED_AT
    )
    services.decide_service(
        contested.pk, proposal.pk, confirm=True, by=contested.people.head, now=given.DRAFTED_AT
    )

    assert notice.kind == DocumentKind.D17_ACCEPTED
    assert not ServiceRecord.objects.standing().filter(document=notice).exists()
    assert (
        list(contested.case.petition.clocks.order_by("pk").values("pk", "met_at", "cancelled_at")) == clocks
    )


def test_q18_a_posting_is_put_right_too():
    contested = given.decided(now=SERVED_AT)
    given.post(contested, now=SERVED_AT)
    posting = Posting.objects.get(document=contested.remedy.paper)
    right = Sent(petitioner_ref=posting.petitioner_ref, posted_on=date(2026, 4, 8))

    proposal = services.propose_posting(
        contested.pk, posting.pk, right, reason="寄出日期写错", by=contested.people.officer, now=WRONG_AT
    )
    decide(contested, proposal)

    assert contested.clock(ClockCode.T8).met_at == at(4, 8, 12)


def test_q18_who_proposed_it_does_not_confirm_it_and_refused_it_leaves_everything():
    contested = reviewed()
    head = contested.people.head
    proposal = propose(contested, by=head)

    with pytest.raises(NotAllowed):
        decide(contested, proposal, by=head)
    assert ServiceCorrection.objects.get().decided_at is None

    another = a_hat(Role.SECTION_HEAD, organ=contested.district.organ)
    decide(contested, proposal, confirm=False, by=another)
    assert contested.clock(ClockCode.T8).met_at == SERVED_AT
    with pytest.raises(OutOfTurn):
        decide(contested, proposal, by=another)


@pytest.mark.parametrize("who", ["the earlier organ", "the office"])
def test_q18_nobody_else_puts_the_service_of_its_paper_right(who):
    contested = reviewed()
    unit = contested.case.unit if who == "the earlier organ" else contested.case.office

    with pytest.raises(NotAllowed):
        propose(contested, by=unit.officer)
    assert not ServiceCorrection.objects.exists()

    proposal = propose(contested, served_on=date(2026, 4, 8))
    with pytest.raises(NotAllowed):
        decide(contested, proposal, by=unit.head)
    assert contested.clock(ClockCode.T8).met_at == SERVED_AT


def test_q18_q24_of_a_paper_that_was_taken_in_the_office_puts_it_right():
    contested = given.requested(given.reviewed(), now=at(4, 10))
    Post.objects.filter(organ=contested.city.organ).update(held_to=date(2026, 4, 1))
    given.take_in(contested, now=at(4, 20))
    office = contested.case.office
    given.serve(contested, by=office.officer, now=at(4, 22))
    record = the_record(contested)

    proposal = services.propose_service(
        contested.pk, record.pk, None, reason="未送达", by=office.officer, now=at(4, 23)
    )
    services.decide_service(contested.pk, proposal.pk, confirm=True, by=office.head, now=at(4, 23))

    assert contested.clock(ClockCode.T10).is_open


def test_q18_the_page_offers_it_and_shows_the_second_person_what_moves():
    contested = reviewed()

    with time_machine.travel(WRONG_AT, tick=False):
        officer = signed_in(contested.people.officer)
        offered = officer.open("cases:petition", contested.pk).content.decode()
        earlier = signed_in(contested.case.unit.officer).open("cases:petition", contested.pk)
        sent = officer.send(
            "cases:deed",
            contested.pk,
            "propose-service",
            record=str(the_record(contested).pk),
            method=Method.IN_PERSON,
            served_on="2026-04-08",
            reason="签收日期写错",
        )
        shown = signed_in(contested.people.head).open("cases:petition", contested.pk).content.decode()

    record = f'value="{the_record(contested).pk}"'
    assert record in offered
    assert record not in earlier.content.decode()
    assert sent.status_code == 302
    assert "T8: 2026-04-07 →" in shown
    assert f'name="correction" value="{ServiceCorrection.objects.get().pk}"' in shown


def test_q6_a_neighbour_learns_nothing_of_a_record():
    contested = reviewed()

    with pytest.raises(Unknown):
        propose(contested, by=a_unit("CG").officer)

    assert not ServiceCorrection.objects.exists()
