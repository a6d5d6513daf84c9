"""Two people at one step at one moment: it is done once, and the second is told so."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.papers import issue_paper
from cases.actions.receiving import sign_for
from cases.actions.recusing import decide_recusal
from cases.actions.routing import countersign_keep
from cases.actions.sampling import check_keep
from cases.actions.services import decide_service
from cases.models import (
    Acceptance,
    Claim,
    CompletionReport,
    JoinedMatter,
    JurisdictionDispute,
    KeepCheck,
    KeepSample,
    OtherEnd,
    PetitionClock,
    Recusal,
)
from cases.states import ClockCode, KeepGround, RouteKind, Routing
from cases.sweeps import deem_received, sample_keeps
from documents.models import ServiceRecord
from documents.states import DocumentKind, State
from lib.errors import OutOfTurn
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.cases.test_concurrency import at_once, refusals
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_two_who_sign_at_once_sign_once():
    case = given.routed()
    hats = [case.unit.officer, case.unit.head, a_hat(Role.REGISTRAR, organ=case.unit.organ)]

    answers = at_once(
        *[lambda hat=hat: sign_for(case.pk, case.handling_id, by=hat, now=MONDAY) for hat in hats]
    )

    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn, OutOfTurn]
    assert Entry.objects.filter(verb="petition.sign_for").count() == 1
    assert PetitionClock.objects.filter(petition=case.pk, code=ClockCode.T3).count() == 1


def test_a_signature_at_the_moment_of_deeming_leaves_one_receipt():
    case = given.routed(given.registered(now=at(3, 2)), now=at(3, 2))

    at_once(
        lambda: sign_for(case.pk, case.handling_id, by=case.unit.officer, now=at(3, 4, 0)),
        lambda: deem_received(now=at(3, 4, 0)),
    )

    clocks = PetitionClock.objects.filter(petition=case.pk, code=ClockCode.T3)
    verbs = Entry.objects.filter(verb__in=["petition.sign_for", "petition.deem_received"])
    assert (clocks.count(), verbs.count()) == (1, 1)


def test_two_who_accept_at_once_accept_once():
    case = given.received()
    hats = [case.unit.officer, case.unit.head]

    answers = at_once(*[lambda hat=hat: given.accept(case, by=hat) for hat in hats])

    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn]
    assert Acceptance.objects.count() == Claim.objects.exclude(decision="").count() == 1
    assert PetitionClock.objects.filter(petition=case.pk, code=ClockCode.T5).count() == 1


def test_two_heads_who_issue_at_once_issue_one_numbered_paper():
    case = given.drafted()
    draft = case.paper(DocumentKind.D15)
    hats = [case.unit.head, a_hat(Role.UNIT_HEAD, organ=case.unit.organ)]

    answers = at_once(
        *[lambda hat=hat: issue_paper(case.pk, draft.pk, version=1, by=hat, now=MONDAY) for hat in hats]
    )

    opinion = case.paper(DocumentKind.D15)
    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn]
    assert (opinion.state, case.handling.opinion) == (State.ISSUED, opinion)
    assert Entry.objects.filter(verb="petition.issue_paper").count() == 1


def test_q10_two_units_signing_at_once_each_have_their_own_days():
    case = given.registered(claims=("一", "二"))
    first = given.routed(case, claims=[1])
    second = given.routed(given.replace(case, unit=given.a_unit("RS")), claims=[2])

    answers = at_once(
        *[
            lambda one=one: sign_for(one.pk, one.handling_id, by=one.unit.officer, now=MONDAY)
            for one in (first, second)
        ]
    )

    assert refusals(answers) == []
    assert PetitionClock.objects.filter(petition=case.pk, code=ClockCode.T3).count() == 2


def test_q19_the_last_two_withdrawals_confirmed_at_once_end_it_once():
    case = given.received(given.registered(people=(a_person("张三"), a_person("李四"))))
    both = [given.note_withdrawal(case, position) for position in (1, 2)]

    answers = at_once(*[lambda one=one: given.confirm_withdrawal(case, one) for one in both])

    assert refusals(answers) == []
    assert (case.now.routing, OtherEnd.objects.count()) == (Routing.ENDED, 1)


def test_q19_a_withdrawal_confirmed_while_the_opinion_is_issued_leaves_one_end():
    case = given.drafted()
    withdrawal = given.note_withdrawal(case)
    draft = case.paper(DocumentKind.D15)

    answers = at_once(
        lambda: given.confirm_withdrawal(case, withdrawal),
        lambda: issue_paper(case.pk, draft.pk, version=1, by=case.unit.head, now=MONDAY),
    )

    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn]
    ended, issued = case.now.routing == Routing.ENDED, case.paper(DocumentKind.D15).state == State.ISSUED
    assert ended is not issued


def test_r_33_two_heads_who_decide_at_once_decide_once():
    case = given.received()
    given.recusal_asked(case, of=case.unit.officer)
    asked = Recusal.objects.get()
    hats = [case.unit.head, a_hat(Role.UNIT_HEAD, organ=case.unit.organ)]

    answers = at_once(
        *[
            lambda hat=hat, no=no: decide_recusal(
                case.pk, asked.pk, withdraw=bool(no), answer="已查", by=hat, now=MONDAY
            )
            for no, hat in enumerate(hats)
        ]
    )

    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn]
    assert Entry.objects.filter(verb="petition.decide_recusal").count() == 1


def test_q13_two_sweeps_draw_one_sample_and_two_heads_look_once():
    case = given.registered()
    given.route(case, kind=RouteKind.KEEP, keep_ground=KeepGround.THANKS, told="已电话告知")
    route = case.petition.routes.get()
    countersign_keep(case.pk, route.pk, agree=True, by=a_hat(Role.SECTION_HEAD), now=MONDAY)

    at_once(lambda: sample_keeps(now=at(4, 1)), lambda: sample_keeps(now=at(4, 1)))
    hats = [case.office.head, a_hat(Role.OFFICE_DIRECTOR)]
    answers = at_once(
        *[
            lambda hat=hat: check_keep(case.pk, route.pk, right=False, reason="求决", by=hat, now=at(4, 1))
            for hat in hats
        ]
    )

    assert (KeepSample.objects.count(), KeepCheck.objects.count()) == (1, 1)
    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn]
    assert PetitionClock.objects.open().filter(petition=case.pk, code=ClockCode.T1).count() == 1


def test_two_reports_at_once_are_one_report():
    case = given.assigned_and_answered()

    answers = at_once(*[lambda n=n: given.report(case, number=f"离住建报〔2026〕{n}号") for n in (8, 9)])

    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn]
    assert CompletionReport.objects.count() == 1


def test_a_dispute_opened_while_the_unit_accepts_leaves_one_of_the_two():
    case, other = given.received(), given.a_unit("GH")

    answers = at_once(lambda: given.accept(case), lambda: given.dispute(case, other.organ))

    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn]
    assert JurisdictionDispute.objects.count() + Acceptance.objects.count() == 1


def test_two_petitions_are_not_joined_to_each_other_at_once():
    first = given.registered()
    second = given.raised_again(first)

    at_once(lambda: given.join(second, first), lambda: given.join(first, second))

    assert JoinedMatter.objects.count() == 1


def test_two_heads_who_confirm_one_correction_at_once_write_one_record():
    case = given.served_by_itself()
    correction = given.propose_service(
        case, a_hat(Role.CASE_OFFICER, organ=case.unit.organ), served_on=MONDAY.date()
    )
    hats = [case.unit.head, a_hat(Role.UNIT_HEAD, organ=case.unit.organ)]

    answers = at_once(
        *[
            lambda hat=hat: decide_service(case.pk, correction.pk, confirm=True, by=hat, now=MONDAY)
            for hat in hats
        ]
    )

    assert [type(refusal) for refusal in refusals(answers)] == [OutOfTurn]
    assert ServiceRecord.objects.count() == 2
