"""Two people at one step at one moment: it is done once, and the second is told so."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.papers import issue_paper
from cases.actions.receiving import sign_for
from cases.models import Acceptance, Claim, PetitionClock
from cases.states import ClockCode
from cases.sweeps import deem_received
from documents.states import DocumentKind, State
from lib.errors import OutOfTurn
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
