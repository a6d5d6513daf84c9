"""A mistyped posting stays; what is right replaces it by two persons, and the clocks follow (Q18, Q24)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from cases.actions import papers
from cases.actions.services import decide_service, propose_posting
from cases.corrected_service import effects_of
from cases.handlings import addressees
from cases.models import PetitionDocument
from cases.states import ClockCode
from documents.models import Posting, ServiceCorrection
from documents.rules import Sent, Service
from documents.states import DocumentKind, Method
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.given import at

pytestmark = pytest.mark.django_db


def posted_in_time():
    """A notice of acceptance posted on 18 March; T3 ends on 25 March."""
    case = given.received(given.routed(given.registered(now=at(3, 9)), now=at(3, 9)), now=at(3, 10))
    given.accepted(case, now=at(3, 18))
    given.issue(case, DocumentKind.D05, now=at(3, 18))
    post(case, date(2026, 3, 18), now=at(3, 18))
    return case


def post(case, day, *, now):
    (person,) = addressees(case.now)
    sent = Sent(petitioner_ref=person.pk, posted_on=day, mail_number="XA1")
    return papers.post_paper(case.pk, case.paper(DocumentKind.D05).pk, sent, by=case.unit.officer, now=now)


def propose(case, day=None, *, by=None, reason="寄出日期写错", now=None):
    posting = Posting.objects.standing().get()
    sent = day and Sent(petitioner_ref=posting.petitioner_ref, posted_on=day)
    return propose_posting(
        case.pk, posting.pk, sent or None, reason=reason, by=by or case.unit.officer, now=now or at(3, 19)
    )


def decide(case, correction, *, confirm=True, by=None, now=None):
    return decide_service(
        case.pk, correction.pk, confirm=confirm, by=by or case.unit.head, now=now or at(3, 27)
    )


def stands(case):
    t3 = case.clock(ClockCode.T3)
    return t3.met_at, t3.breached_at, Posting.objects.count(), ServiceCorrection.objects.count()


def test_q18_the_posting_stays_and_another_one_replaces_it():
    case = posted_in_time()
    mistaken = Posting.objects.get()

    decide(case, propose(case, date(2026, 3, 19)))

    standing = Posting.objects.standing().get()
    mistaken.refresh_from_db()
    assert (standing.corrects, standing.posted_on) == (mistaken, date(2026, 3, 19))
    assert mistaken.posted_on == date(2026, 3, 18)
    verbs = Entry.objects.filter(verb__in=["petition.propose_service", "petition.decide_service"])
    assert verbs.count() == 2


def test_q18_what_moves_is_shown_before_it_is_confirmed_and_then_moves():
    case = posted_in_time()
    correction = propose(case, date(2026, 3, 26), now=at(3, 26))
    hung = PetitionDocument.objects.get(document=correction.posting.document)

    (effect,) = effects_of(correction, hung, now=at(3, 26))
    before = case.clock(ClockCode.T3)
    decide(case, correction)

    after = case.clock(ClockCode.T3)
    assert (effect.before, effect.after, effect.late_after) == (date(2026, 3, 18), date(2026, 3, 26), True)
    assert (before.met_at, before.breached_at) == (at(3, 18), None)
    assert (after.met_at, after.breached_at) == (at(3, 26, 12), after.due_at)


def test_q18_where_nothing_was_posted_the_clock_runs_again_and_the_paper_can_be_posted():
    case = posted_in_time()

    decide(case, propose(case), now=at(3, 19))
    running = case.clock(ClockCode.T3).is_open
    nobody = Posting.objects.standing().exists()
    post(case, date(2026, 3, 23), now=at(3, 23))

    assert (running, nobody) == (True, False)
    assert case.clock(ClockCode.T3).met_at == at(3, 23)


def test_q18_refused_by_the_second_person_nothing_moves():
    case = posted_in_time()
    correction = propose(case, date(2026, 3, 19))
    before = stands(case)

    decide(case, correction, confirm=False)

    assert stands(case) == before
    assert Posting.objects.standing().get().posted_on == date(2026, 3, 18)


def test_q18_who_proposed_it_does_not_confirm_it_and_one_proposal_waits_at_a_time():
    case = posted_in_time()
    correction = propose(case, date(2026, 3, 19), by=case.unit.head)
    before = stands(case)

    with pytest.raises(NotAllowed):
        decide(case, correction)
    with pytest.raises(OutOfTurn):
        propose(case, date(2026, 3, 19))

    assert stands(case) == before


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [
        (date(2026, 3, 20), "寄出日期写错", "posted_on"),
        (date(2026, 3, 17), "寄出日期写错", "posted_on"),
        (date(2026, 3, 19), " ", "reason"),
    ],
)
def test_q25_the_day_proposed_could_have_been_typed_and_a_reason_is_given(day, reason, field):
    case = posted_in_time()
    before = stands(case)

    with pytest.raises(Refused) as refusal:
        propose(case, day, reason=reason)

    assert set(refusal.value.fields) == {field}
    assert stands(case) == before


def test_q18_what_came_by_post_was_not_posted_after_it_came():
    case = posted_in_time()
    posting = Posting.objects.get()
    service = Service(petitioner_ref=posting.petitioner_ref, method=Method.POST, served_on=date(2026, 3, 19))
    papers.serve_paper(case.pk, posting.document_id, service, by=case.unit.officer, now=at(3, 19))
    before = stands(case)

    with pytest.raises(Refused) as refusal:
        propose(case, date(2026, 3, 20), now=at(3, 20))

    assert set(refusal.value.fields) == {"posted_on"}
    assert stands(case) == before


def test_q6_another_units_people_find_no_posting():
    case = posted_in_time()
    before = stands(case)

    with pytest.raises(Unknown):
        propose(case, date(2026, 3, 19), by=given.a_unit("JT").head)
    with pytest.raises(NotAllowed):
        propose(case, date(2026, 3, 19), by=case.office.officer)

    assert stands(case) == before


def test_q18_a_correction_is_about_one_record():
    case = posted_in_time()
    correction = propose(case, date(2026, 3, 19))

    with pytest.raises(IntegrityError, match="service_correction_of_one_record"), transaction.atomic():
        ServiceCorrection.objects.filter(pk=correction.pk).update(posting=None)


def test_q18_the_page_offers_it_to_the_unit_and_the_decision_to_a_second_person():
    case = posted_in_time()
    offered = signed_in(case.unit.officer).open("cases:petition", case.pk).content.decode()
    correction = propose(case, date(2026, 3, 19))
    own = signed_in(case.unit.officer).open("cases:petition", case.pk).content.decode()
    heads = signed_in(case.unit.head).open("cases:petition", case.pk).content.decode()

    assert "propose-posting" in offered
    assert "propose-posting" not in own
    assert f'value="{correction.pk}"' in heads
    assert "decide-service" in heads
