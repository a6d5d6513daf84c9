"""What starts, meets, moves and ends each period between routing and a served reply (deadlines.md §1, §4; Q22–Q25)."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from cases.actions.handling import decide_extension
from cases.actions.routing import object_to
from cases.models import Handling, PetitionClock, ReturnRequest
from cases.states import (
    ClockCode,
    HandlingState,
    NonAcceptReason,
    Outcome,
    PetitionClass,
    Receipt,
    RouteKind,
    SimpleGround,
    StatutoryRoute,
)
from cases.sweeps import deem_received, lapse_objections, presume_handling, put_objections_before_heads
from documents.states import DocumentKind
from lib.errors import OutOfTurn, Refused
from notices.models import Kind, Notice
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.cases.handling.given import OBJECTION, Case, a_unit, at, convert, take_in
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

TWO_CLAIMS = ("办理不动产权证", "退还多收的费用")


def on_the_tenth(**facts: object) -> Case:
    """Send a petition on 9 March, and let the unit sign for it on the 10th."""
    return given.received(given.routed(given.registered(**facts), now=at(3, 9)), now=at(3, 10))


def test_art_22_the_offices_days_are_met_once_every_claim_has_its_way():
    case = given.registered(claims=TWO_CLAIMS)

    given.route(case, claims=[1], now=at(3, 3))
    first = case.clock(ClockCode.T1, case.office.organ)
    given.route(case, claims=[2], kind=RouteKind.GUIDE, guided_to="区法院", told="当面告知", now=at(3, 4))

    assert first.is_open
    clocks = PetitionClock.objects.filter(petition=case.pk, organ=case.office.organ)
    assert {clock.code: clock.met_at for clock in clocks} == {"T1": at(3, 4), "T1a": at(3, 4)}


def test_q13_keeping_meets_the_offices_days_only_when_countersigned():
    case = given.registered()

    given.route(case, kind=RouteKind.KEEP, keep_ground="thanks", told="已电话告知", now=at(3, 3))

    assert case.clock(ClockCode.T1, case.office.organ).is_open
    assert case.now.routing == "registered"


def test_q22_the_units_days_start_when_it_signs_and_not_before():
    case = given.routed(
        given.registered(), kind=RouteKind.ASSIGN, report_due_on=date(2026, 4, 1), now=at(3, 9)
    )
    before = PetitionClock.objects.filter(petition=case.pk, organ=case.unit.organ).count()

    given.received(case, now=at(3, 10))

    last_days = {code: case.clock(code).last_day for code in (ClockCode.T3, ClockCode.T4, ClockCode.T6)}
    assert before == 0
    assert last_days == {
        ClockCode.T3: date(2026, 3, 25),
        ClockCode.T4: date(2026, 3, 17),
        ClockCode.T6: date(2026, 4, 1),
    }


def test_q22_nobody_signed_on_the_friday_before_qingming_so_it_counts_as_received_on_tuesday_night():
    case = given.routed(given.registered(now=at(4, 3)), now=at(4, 3, 16))

    too_early = deem_received(now=at(4, 7, 23))
    deemed = deem_received(now=at(4, 8, 0))
    again = deem_received(now=at(4, 8, 1))

    handling = case.handling
    assert (too_early, deemed, again) == (0, 1, 0)
    assert (handling.receipt, handling.deemed_received, handling.received_by) == (
        Receipt.RECEIVED,
        True,
        None,
    )
    assert (
        timezone.localtime(handling.received_at, at(4, 8).tzinfo).isoformat() == "2026-04-07T23:59:59+08:00"
    )
    assert case.clock(ClockCode.T3).last_day == date(2026, 4, 22)
    assert case.clock(ClockCode.T4).last_day == date(2026, 4, 14)
    assert Entry.objects.filter(verb="petition.deem_received").count() == 1


def test_q22_what_was_signed_for_is_not_deemed_received():
    case = given.received(given.routed(given.registered(now=at(4, 3)), now=at(4, 3)), now=at(4, 3, 17))

    assert deem_received(now=at(4, 20)) == 0
    assert not case.handling.deemed_received


def test_q24_a_notice_meets_t3_when_every_representative_has_every_claims_paper_and_by_no_button():
    people = (a_person("甲"), a_person("乙"))
    case = on_the_tenth(claims=TWO_CLAIMS, people=people)
    first, second = case.petition.people.order_by("position")
    given.accept(case, 1, now=at(3, 12))
    given.decline(case, 2, reason=NonAcceptReason.OUTSIDE_POWER, now=at(3, 12))
    accepted = given.issue(case, DocumentKind.D05, now=at(3, 13))
    declined = given.issue(case, DocumentKind.D07, now=at(3, 13))
    open_after = [case.clock(ClockCode.T3).is_open]

    given.send(case, accepted, person=first.pk, now=at(3, 13))
    given.serve(case, accepted, person=second.pk, now=at(3, 16))
    given.send(case, declined, person=first.pk, now=at(3, 16))
    open_after.append(case.clock(ClockCode.T3).is_open)
    given.send(case, declined, person=second.pk, now=at(3, 17))

    assert open_after == [True, True]
    assert case.clock(ClockCode.T3).met_at == at(3, 17)


def test_q24_an_uploaded_notice_that_says_something_else_meets_nothing():
    case = given.accepted()

    for kind in (DocumentKind.D06, DocumentKind.D07, DocumentKind.D08):
        with pytest.raises(OutOfTurn):
            take_in(case, kind)
    given.send(case, take_in(case, DocumentKind.D05))

    assert case.clock(ClockCode.T3).met_at == MONDAY


def test_art_23_nobody_is_owed_a_notice_where_no_name_is_known():
    case = on_the_tenth(is_anonymous=True, people=())

    given.accepted(case, now=at(3, 12))

    clock = case.clock(ClockCode.T3)
    assert (clock.met_at, clock.cancelled_at) == (None, at(3, 12))
    assert not case.handling.documents.filter(document__kind=DocumentKind.D05).exists()


def test_art_34_an_opinion_that_nobody_can_be_handed_meets_its_day_by_its_issue():
    case = given.accepted(on_the_tenth(is_anonymous=True, people=()), now=at(3, 12))
    case = given.investigated(case, now=at(3, 12), outcome=Outcome.EXPLAIN)

    given.opinion_issued(given.drafted(case, now=at(3, 13)), now=at(3, 13))

    assert case.clock(ClockCode.T5).met_at == at(3, 13)
    assert case.handling.state == HandlingState.SERVED
    assert given.finish(case, now=at(3, 13)).routing == "finished"


def test_q10_the_claims_of_one_organ_share_one_t5_from_the_first_acceptance():
    case = on_the_tenth(claims=TWO_CLAIMS)

    given.accept(case, 1, now=at(3, 20))
    given.accept(case, 2, now=at(3, 24))

    clocks = PetitionClock.objects.filter(petition=case.pk, code=ClockCode.T5)
    assert [clock.last_day for clock in clocks] == [date(2026, 5, 19)]
    assert case.handling.accepted_on == date(2026, 3, 20)


def test_q10_each_organ_has_its_own_t5():
    case = given.registered(claims=TWO_CLAIMS)
    other = Case(case.petition, case.office, a_unit("RS"))
    case = given.accepted(given.received(given.routed(case, claims=[1])), now=at(3, 3))
    other = given.accepted(given.received(given.routed(other, claims=[2])), now=at(3, 9))

    assert case.clock(ClockCode.T5).last_day == date(2026, 5, 2)
    assert other.clock(ClockCode.T5).last_day == date(2026, 5, 8)


def test_q23_without_a_decision_a_presumed_t5_runs_from_t3s_last_day_and_gives_way_to_the_legal_one():
    case = on_the_tenth()

    begun = [
        presume_handling(now=at(3, 25, 23)),
        presume_handling(now=at(3, 26, 0)),
        presume_handling(now=at(3, 26)),
    ]
    presumed = case.clock(ClockCode.T5)
    given.accept(case, now=at(3, 27))

    legal = case.clock(ClockCode.T5)
    presumed_after = PetitionClock.objects.get(pk=presumed.pk)
    assert begun == [0, 1, 0]
    assert (presumed.presumed, presumed.last_day) == (True, date(2026, 5, 24))
    assert presumed_after.cancelled_at == at(3, 27)
    assert (legal.presumed, legal.last_day) == (False, date(2026, 5, 26))


def test_q23_a_presumed_t5_is_not_extended():
    case = on_the_tenth(claims=TWO_CLAIMS)
    presume_handling(now=at(3, 26))

    with pytest.raises(OutOfTurn):
        given.ask_extension(case, now=at(3, 27))


@pytest.mark.parametrize("end", ["declined", "led", "returned"])
def test_q23_a_presumed_t5_ends_where_nothing_is_left_to_presume(end):
    case = on_the_tenth()
    if end == "returned":
        given.objected(case, now=at(3, 12))
    presume_handling(now=at(3, 26))
    presumed = case.clock(ClockCode.T5)

    if end == "declined":
        given.decline(case, now=at(3, 26))
    elif end == "led":
        given.accept(case, statutory_route=StatutoryRoute.RT4, where_to_go="区政府", now=at(3, 26))
    else:
        given.decide_return(case, agree=True, now=at(3, 26))

    assert presumed.is_open
    assert case.clock(ClockCode.T5).cancelled_at == at(3, 26)


def test_q20_a_suggestion_never_has_a_presumed_t5():
    case = given.routed(given.registered(), petition_class=PetitionClass.SUGGESTION, now=at(3, 9))
    given.received(case, now=at(3, 10))

    assert presume_handling(now=at(3, 26)) == 0
    assert not case.has_clock(ClockCode.T5)


def test_q23_a_presumed_t5_ends_when_only_the_suggestion_of_two_claims_was_accepted():
    case = given.registered(claims=TWO_CLAIMS)
    case = given.received(given.routed(case, now=at(3, 9)), now=at(3, 10))
    case.petition.claims.filter(number=1).update(petition_class=PetitionClass.SUGGESTION)
    presume_handling(now=at(3, 26))
    given.accept(case, 1, statutory_route=None, now=at(3, 26))
    while_one_waits = case.clock(ClockCode.T5).is_open

    given.decline(case, 2, now=at(3, 26))

    assert while_one_waits
    assert not case.clock(ClockCode.T5).is_open
    assert case.clock(ClockCode.SUGGESTION).is_open


def test_q20_the_reply_to_a_suggestion_has_its_days_also_beside_an_appeal_accepted_first():
    case = given.registered(claims=TWO_CLAIMS)
    case = given.received(given.routed(case))
    case.petition.claims.filter(number=2).update(petition_class=PetitionClass.SUGGESTION)

    given.accept(case, 1)
    given.accept(case, 2, statutory_route=None)

    assert case.clock(ClockCode.T5).is_open
    assert case.clock(ClockCode.SUGGESTION).is_open


def test_q24_the_opinion_meets_t5_by_its_posting_and_not_by_its_issue():
    case = given.drafted(
        given.investigated(given.accepted(on_the_tenth(), now=at(3, 20)), now=at(4, 1)), now=at(4, 1)
    )
    given.opinion_issued(case, now=at(4, 2))
    after_issue = case.clock(ClockCode.T5).is_open

    given.send(case, case.handling.opinion, now=at(4, 3))

    assert after_issue
    assert case.clock(ClockCode.T5).met_at == at(4, 3)
    assert case.handling.state == HandlingState.OPINION_ISSUED


def test_art_32_what_is_supported_has_its_own_day_until_it_is_carried_out():
    case = given.served(outcome=Outcome.SUPPORT)
    running = case.clock(ClockCode.EXECUTION)

    given.execute(case, now=at(4, 10))

    assert (running.last_day, running.is_open) == (date(2026, 4, 30), True)
    assert case.clock(ClockCode.EXECUTION).met_at == at(4, 10)
    assert case.handling.state == HandlingState.EXECUTED


def test_art_32_nothing_is_carried_out_where_nothing_was_supported():
    case = given.served(outcome=Outcome.NOT_SUPPORT)

    assert case.handling.state == HandlingState.SERVED
    assert not case.has_clock(ClockCode.EXECUTION)


def test_r_22_returned_on_working_day_five_the_units_days_end_and_the_senders_run_on():
    case = on_the_tenth()
    met = case.clock(ClockCode.T1, case.office.organ)
    given.objected(case, now=at(3, 17, 23))
    while_pending = case.clock(ClockCode.T3).is_open

    given.decide_return(case, agree=True, now=at(3, 18))

    again = case.clock(ClockCode.T1, case.office.organ)
    assert while_pending
    assert case.clock(ClockCode.T3).cancelled_at == at(3, 18)
    assert (again.pk != met.pk, again.started_at, again.last_day) == (True, met.started_at, met.last_day)
    assert case.now.routing == "registered"


def test_r_22_a_refused_return_gained_no_day_and_there_is_no_second_objection():
    case = given.objected(on_the_tenth(), now=at(3, 12))

    given.decide_return(case, agree=False, now=at(3, 13))

    assert case.clock(ClockCode.T3).last_day == date(2026, 3, 25)
    assert case.handling.receipt == Receipt.RECEIVED
    with pytest.raises(OutOfTurn):
        object_to(case.pk, case.handling.pk, reason=OBJECTION, by=case.unit.officer, now=at(3, 13))
    assert ReturnRequest.objects.count() == 1


def test_r_22_once_a_claim_is_decided_on_the_matter_does_not_go_back():
    case = on_the_tenth(claims=TWO_CLAIMS)
    given.decline(case, 1, now=at(3, 11))

    with pytest.raises(OutOfTurn):
        object_to(case.pk, case.handling.pk, reason=OBJECTION, by=case.unit.officer, now=at(3, 11))

    assert case.handling.receipt == Receipt.RECEIVED


def test_r_22_the_days_for_an_objection_lapse_unused_and_nothing_is_late():
    case = on_the_tenth()
    due_between = case.now.next_due_at

    ended = [
        lapse_objections(now=at(3, 17, 23)),
        lapse_objections(now=at(3, 18, 0)),
        lapse_objections(now=at(3, 18)),
    ]

    clock = case.clock(ClockCode.T4)
    assert ended == [0, 1, 0]
    assert (clock.cancelled_at, clock.breached_at) == (at(3, 18, 0), None)
    assert case.now.next_due_at == due_between == case.clock(ClockCode.T3).due_at


def test_q22_an_objection_undecided_for_two_working_days_is_put_before_the_senders_heads_once():
    case = on_the_tenth()
    head = a_hat(Role.SECTION_HEAD)
    given.objected(case, now=at(3, 12))
    told = Notice.objects.filter(post=head.post, kind=Kind.OBJECTION_TO_DECIDE)
    before = told.count()

    put = [put_objections_before_heads(now=now) for now in (at(3, 16, 23), at(3, 17), at(3, 17, 11))]

    assert put == [0, 1, 0]
    assert told.count() == before + 1
    assert case.clock(ClockCode.T3).is_open


def test_r_36_the_extension_moves_t5_once_by_its_days():
    case = given.notified(given.accepted(on_the_tenth(), now=at(3, 20)), now=at(3, 20))
    given.ask_extension(case, days=12, now=at(5, 19))

    given.extend(case, now=at(5, 19))

    clock = case.clock(ClockCode.T5)
    assert (clock.last_day, clock.extensions, clock.extension_days) == (date(2026, 5, 31), 1, 12)
    assert case.now.next_due_at == clock.due_at


def test_r_36_past_its_last_day_t5_is_neither_asked_nor_approved_to_be_longer():
    case = given.accepted(on_the_tenth(), now=at(3, 20))
    given.ask_extension(case, now=at(5, 19))

    with pytest.raises(OutOfTurn):
        decide_extension(case.pk, case.handling.pk, approve=True, by=case.unit.head, now=at(5, 20, 0))

    assert case.clock(ClockCode.T5).extension_days == 0


def simple(**facts: object) -> Case:
    """Send a petition on the simple track, signed for on 10 March."""
    case = given.registered(**facts)
    case = given.routed(case, simple_ground=SimpleGround.DAILY_LIFE, now=at(3, 9))
    return given.received(case, now=at(3, 10))


def test_t11_t12_the_simple_track_decides_in_three_and_answers_in_ten_working_days():
    case = simple()
    deciding = case.clock(ClockCode.T11)

    given.accept(case, now=at(3, 12))

    assert deciding.last_day == date(2026, 3, 13)
    assert case.clock(ClockCode.T11).met_at == at(3, 12)
    assert case.clock(ClockCode.T12).last_day == date(2026, 3, 26)
    assert not case.has_clock(ClockCode.T5)


def test_t11_a_decision_not_to_accept_is_a_decision_too():
    case = simple()

    given.decline(case, now=at(3, 12))

    assert case.clock(ClockCode.T11).met_at == at(3, 12)


def test_t12_conversion_keeps_the_acceptance_day_and_the_sixty_days_apply():
    case = simple()
    given.accept(case, now=at(3, 12))

    convert(case, now=at(3, 20))

    assert case.clock(ClockCode.T12).cancelled_at == at(3, 20)
    assert case.clock(ClockCode.T5).last_day == date(2026, 5, 11)
    assert case.handling.progress.get().words == "情况复杂"
    with pytest.raises(OutOfTurn):
        convert(case, now=at(3, 20))


def test_t11_conversion_before_acceptance_leaves_the_ordinary_fifteen_days():
    case = simple()

    convert(case, now=at(3, 11))
    given.accept(case, now=at(3, 16))

    assert case.clock(ClockCode.T11).cancelled_at == at(3, 11)
    assert not case.has_clock(ClockCode.T12)
    assert case.clock(ClockCode.T5).last_day == date(2026, 5, 15)


def test_q25_the_day_of_acceptance_lies_neither_ahead_nor_before_the_receipt_nor_far_back():
    case = on_the_tenth()

    for day, field in (
        (date(2026, 3, 21), "decided_on"),
        (date(2026, 3, 9), "decided_on"),
        (date(2026, 3, 18), "evidence_note"),
    ):
        with pytest.raises(Refused) as refusal:
            given.accept(case, decided_on=day, now=at(3, 20))
        assert set(refusal.value.fields) == {field}

    assert not Handling.objects.exclude(accepted_on=None).exists()
