"""A mistyped service stays; what is right replaces it by two persons, and the clocks follow (Q18)."""

from datetime import date

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.services import decide_service, propose_service
from cases.corrected_service import effects_of
from cases.models import PetitionDocument
from cases.states import ClockCode, HandlingState, Routing
from documents.models import ServiceCorrection, ServiceRecord
from documents.rules import Service
from documents.states import DocumentKind, Method
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Kind, Notice
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.doors import a_file, by_program, stands
from tests.cases.handling.given import at
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


def told_in_time():
    """A notice handed over on 20 March, two days after its draft; T3 ends on 25 March."""
    case = given.received(given.routed(given.registered(now=at(3, 9)), now=at(3, 9)), now=at(3, 10))
    return given.notified(given.accepted(case, now=at(3, 18)), now=at(3, 18))


def decide(case, correction, *, confirm=True, by=None, now=None):
    return decide_service(
        case.pk, correction.pk, confirm=confirm, by=by or case.unit.head, now=now or at(3, 27)
    )


def test_q18_the_record_stays_and_another_one_replaces_it():
    case = told_in_time()
    mistaken = given.record_of(case)
    correction = given.propose_service(case, served_on=date(2026, 3, 19), now=at(3, 19))

    decide(case, correction)

    standing = ServiceRecord.objects.standing().get(document=mistaken.document)
    assert ServiceRecord.objects.filter(document=mistaken.document).count() == 2
    assert (standing.corrects, standing.served_on) == (mistaken, date(2026, 3, 19))
    assert mistaken.served_on == date(2026, 3, 18)


def test_q18_what_moves_is_shown_before_it_is_confirmed_and_then_moves():
    case = told_in_time()
    correction = given.propose_service(case, served_on=date(2026, 3, 26), now=at(3, 26))
    hung = PetitionDocument.objects.get(document=correction.record.document)

    shown = effects_of(correction, hung, now=at(3, 26))
    before = case.clock(ClockCode.T3)
    decide(case, correction)

    (effect,) = shown
    after = case.clock(ClockCode.T3)
    assert (effect.before, effect.after, effect.late_after) == (date(2026, 3, 18), date(2026, 3, 26), True)
    assert (before.met_at, before.breached_at) == (at(3, 18), None)
    assert (after.met_at, after.breached_at) == (at(3, 26, 12), after.due_at)


def test_q18_where_nobody_was_served_the_clock_runs_again_and_the_paper_can_be_served():
    case = told_in_time()
    paper = given.record_of(case).document
    correction = given.propose_service(case, now=at(3, 19))

    decide(case, correction, now=at(3, 19))
    running = case.clock(ClockCode.T3)
    given.serve(case, paper, now=at(3, 23))

    assert (running.is_open, running.next_alarm_at is not None) == (True, True)
    assert case.clock(ClockCode.T3).met_at == at(3, 23)
    assert ServiceRecord.objects.standing().get(document=paper).served_on == date(2026, 3, 23)


def test_q18_an_opinion_that_nobody_has_is_to_be_served_and_what_was_finished_goes_on():
    case = given.finished()
    opinion = case.handling.opinion
    record = ServiceRecord.objects.get(document=opinion)
    correction = given.services.propose_service(
        case.pk, record.pk, None, reason="送错人", by=case.unit.officer, now=at(3, 4)
    )

    decide(case, correction, now=at(3, 4))

    assert (case.now.routing, case.handling.state) == (Routing.ROUTED, HandlingState.OPINION_ISSUED)
    assert case.clock(ClockCode.T5).is_open
    given.serve(case, opinion, now=at(3, 5))
    assert case.handling.state == HandlingState.SERVED
    assert given.finish(case, now=at(3, 5)).routing == Routing.FINISHED


def test_q18_two_persons_stand_for_it_and_only_of_the_organ_whose_paper_it_is():
    case = told_in_time()
    with pytest.raises(NotAllowed):
        given.propose_service(case, case.office.officer, served_on=date(2026, 3, 19), now=at(3, 19))
    with pytest.raises(Unknown):
        given.propose_service(case, a_hat(Role.CASE_OFFICER, organ=given.a_unit("JT").organ), now=at(3, 19))
    correction = given.propose_service(case, case.unit.head, served_on=date(2026, 3, 19), now=at(3, 19))

    for hat in (case.unit.head, case.unit.officer, case.office.head):
        with pytest.raises(NotAllowed):
            decide(case, correction, by=hat)

    assert ServiceCorrection.objects.get().decided_at is None
    assert ServiceRecord.objects.standing().get(pk=correction.record_id).served_on == date(2026, 3, 18)
    assert Notice.objects.filter(kind=Kind.SERVICE_TO_CONFIRM).exists()


def test_q18_a_proposal_that_is_refused_leaves_everything_and_another_may_follow():
    case = told_in_time()
    correction = given.propose_service(case, served_on=date(2026, 3, 19), now=at(3, 19))

    decide(case, correction, confirm=False)
    with pytest.raises(OutOfTurn):
        decide(case, correction)

    assert case.clock(ClockCode.T3).met_at == at(3, 18)
    assert ServiceRecord.objects.standing().count() == ServiceRecord.objects.count() == 1
    given.propose_service(case, served_on=date(2026, 3, 19), now=at(3, 20))


def test_q18_one_proposal_waits_and_what_was_corrected_is_not_corrected_again():
    case = told_in_time()
    mistaken = given.record_of(case)
    correction = given.propose_service(case, served_on=date(2026, 3, 19), now=at(3, 19))

    with pytest.raises(OutOfTurn):
        given.propose_service(case, now=at(3, 19))
    decide(case, correction, now=at(3, 19))
    with pytest.raises(OutOfTurn):
        given.services.propose_service(
            case.pk, mistaken.pk, None, reason="再改", by=case.unit.officer, now=at(3, 20)
        )

    assert ServiceCorrection.objects.count() == 1
    given.propose_service(case, served_on=date(2026, 3, 18), now=at(3, 19))


@pytest.mark.parametrize(
    ("day", "field"),
    [
        (date(2026, 3, 30), "served_on"),
        (date(2026, 3, 17), "served_on"),
        (date(2026, 3, 18), "evidence_note"),
    ],
)
def test_q25_the_right_day_is_one_that_could_have_been_typed(day, field):
    case = told_in_time()

    with pytest.raises(Refused) as refusal:
        given.propose_service(case, served_on=day, now=at(3, 27))

    assert set(refusal.value.fields) == {field}
    assert not Entry.objects.filter(verb="petition.propose_service").exists()


def test_q18_a_word_of_where_it_went_is_put_right_too():
    case = given.by_a_township()
    given.route(case)
    given.hand_over_word(case)
    correction = given.propose_service(case, case.office.officer, served_on=date(2026, 3, 3), now=at(3, 3))

    decide(case, correction, by=case.office.head, now=at(3, 3))

    assert case.clock(ClockCode.T2, case.office.organ).met_at.date() == date(2026, 3, 3)


def refused_before_a_camera(case, person, **facts):
    """Fill in the form of a paper that was refused, with a photo in place of a witness."""
    paper = given.issue(case, DocumentKind.D05)
    return paper, {
        "document": str(paper.pk),
        "person": str(person),
        "method": "left_with_witness",
        "served_on": "2026-03-02",
        "refusal_reason": "不认可",
        **facts,
    }


def test_documents_2_a_photo_of_the_refusal_is_kept_with_the_service_and_among_the_files(monday):
    case = given.accepted()
    person = given.the_petitioner(case).pk
    paper, typed = refused_before_a_camera(case, person, evidence=a_file())

    answer = signed_in(case.unit.officer).send("cases:deed", case.pk, "serve-paper", **typed)

    assert answer.status_code == 302
    record = ServiceRecord.objects.get(document=paper)
    assert (record.refused, record.witnesses) == (True, [])
    attachment = case.petition.attachments.get()
    assert record.evidence == attachment.file
    assert Entry.objects.about(case.petition).filter(verb="petition.attach").count() == 1


def test_documents_2_a_refusal_without_witness_or_photo_is_refused_and_nothing_is_kept(monday):
    case = given.accepted()
    _paper, typed = refused_before_a_camera(case, given.the_petitioner(case).pk)
    before = stands(case.pk)

    page = signed_in(case.unit.officer).send("cases:deed", case.pk, "serve-paper", **typed)
    program = by_program("serve_paper", case.pk, typed, case.unit.officer)

    assert (page.status_code, program) == (422, 400)
    assert "附上照片" in page.content.decode()
    (hung,) = (one for one in page.context["papers"] if one.serve is not None)
    assert "附上照片" in str(hung.serve.form.errors["witnesses"])
    assert stands(case.pk) == before
    assert not ServiceRecord.objects.exists()


def test_q18_a_corrected_refusal_keeps_its_photo(monday):
    case = given.accepted()
    person = given.the_petitioner(case).pk
    paper, typed = refused_before_a_camera(case, person, evidence=a_file())
    signed_in(case.unit.officer).send("cases:deed", case.pk, "serve-paper", **typed)
    mistaken = ServiceRecord.objects.get(document=paper)
    right = Service(
        petitioner_ref=person,
        method=Method.LEFT_WITH_WITNESS,
        served_on=date(2026, 3, 2),
        refused=True,
        refusal_reason="不在家，家属拒收",
    )

    proposal = propose_service(
        case.pk, mistaken.pk, right, reason="原因写错", by=case.unit.officer, now=MONDAY
    )
    decide(case, proposal, now=MONDAY)

    standing = ServiceRecord.objects.standing().get(document=paper)
    assert (standing.corrects, standing.evidence) == (mistaken, mistaken.evidence)
