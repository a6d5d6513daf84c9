"""What goes on when the remedies are over: help, and a word of where things stand (Art 37; R-38; D25)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.actions import caring, papers
from cases.models import PetitionDocument, Referral
from cases.remedy_states import Help
from documents.rules import Service
from documents.states import DocumentKind, Method
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.handling import given as ways
from tests.cases.handling.given import at
from tests.cases.remedies import given
from tests.cases.remedies.test_opinions import words_of

pytestmark = pytest.mark.django_db

HELP = "区法律援助中心，永宁东路 2 号，12348"


def refer(contested, *, by=None, now=None, **facts):
    said = {
        "kind": Help.LEGAL_AID,
        "led_to": "区法律援助中心",
        "need": "不服意见，想请律师看一看",
        "agreed": True,
        "referred_on": date(2026, 3, 20),
        **facts,
    }
    by = by or contested.case.office.officer
    return caring.note_referral(contested.pk, **said, by=by, now=now or at(3, 20))


def tell(contested, *, by=None, now=None, open_help=HELP):
    by, now = by or contested.case.unit.officer, now or at(4, 21)
    return caring.tell_of_end(contested.pk, contested.case.handling_id, open_help=open_help, by=by, now=now)


def test_r_38_help_is_noted_with_who_gives_it_and_what_came_of_it():
    contested = given.requested()

    referral = refer(contested, by=contested.district.officer)
    caring.note_referral_result(
        contested.pk,
        referral.pk,
        result="已受理，指派律师",
        result_on=date(2026, 3, 25),
        by=contested.case.unit.officer,
        now=at(3, 25),
    )

    referral.refresh_from_db()
    assert (referral.kind, referral.result, referral.result_on) == (
        Help.LEGAL_AID,
        "已受理，指派律师",
        date(2026, 3, 25),
    )


@pytest.mark.parametrize("kind", [Help.MEDIATION, Help.COUNSELLING])
def test_r_38_mediation_and_counselling_are_by_the_petitioners_own_will(kind):
    contested = given.served()

    with pytest.raises(Refused) as refusal:
        refer(contested, kind=kind, agreed=False)

    assert set(refusal.value.fields) == {"agreed"}
    assert not Referral.objects.exists()
    referral = refer(contested)
    with pytest.raises(IntegrityError, match="referral_by_own_will"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(kind=kind, agreed=False)


def test_r_38_a_neighbour_notes_no_help():
    contested = given.served()

    with pytest.raises((NotAllowed, Unknown)):
        refer(contested, by=ways.a_unit("RS").officer)

    assert not Referral.objects.exists()


def test_d25_says_the_basis_and_what_stays_open_and_threatens_nobody():
    contested = given.decided(given.in_reexamination(), now=at(4, 20))

    notice = tell(contested)

    said = words_of(notice)
    assert notice.kind == DocumentKind.D25
    for part in (contested.remedy.opinion.number, "不再受理", "新的事实", HELP, "第三十七条"):
        assert part in said
    assert "承诺" not in said


def test_d25_where_nobody_asked_in_time_it_says_so_and_asks_for_good_cause():
    contested = given.served()

    said = words_of(tell(contested, now=at(4, 10)))

    assert "在三十日内没有申请" in said
    assert "正当理由" in said


def test_d25_is_issued_once_and_served_like_any_paper_on_what_is_finished():
    contested = given.served()
    ways.finish(contested.case, now=at(3, 10))
    notice = tell(contested, now=at(4, 10))
    person = ways.the_petitioner(contested.case)

    service = Service(petitioner_ref=person.pk, method=Method.IN_PERSON, served_on=date(2026, 4, 10))
    papers.serve_paper(contested.pk, notice.pk, service, by=contested.case.unit.officer, now=at(4, 10))

    assert notice.services.count() == 1
    with pytest.raises(OutOfTurn):
        tell(contested, now=at(4, 13))


def test_d25_not_while_a_remedy_may_be_asked_for_or_goes_on():
    contested = given.served()

    with pytest.raises(OutOfTurn):
        tell(contested, now=at(3, 20))
    contested = given.requested(contested)
    with pytest.raises(OutOfTurn):
        tell(contested, now=at(5, 20))

    assert not PetitionDocument.objects.filter(document__kind=DocumentKind.D25).exists()


def test_d25_is_the_leading_organs_to_issue():
    contested = given.served()

    with pytest.raises(NotAllowed):
        tell(contested, by=contested.case.office.officer, now=at(4, 10))
