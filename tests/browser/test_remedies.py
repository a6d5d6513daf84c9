"""An opinion contested to its end, walked by its people: served, reviewed, re-examined with a hearing, concluded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Organ, OrganKind
from accounts.roles import Role
from cases.models import HearingTime, PetitionClock, Remedy
from cases.remedies.parts import standing_of
from cases.remedy_states import Chain, RemedyState
from cases.states import ClockCode, Outcome
from hearings.actions import asking
from hearings.models import ProcedureSet
from hearings.states import Applicant, Ground
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture
from tests.browser.ways import SERVED, as_user, case_of, do
from tests.cases.handling import given
from tests.given import a_hat, a_user, an_organ

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOUND = {
    "facts": "经查，原处理机关已实地测量。",
    "reasons": "申请人的理由已逐项回应，不能成立。",
    "basis": "《信访工作条例》",
    "outcome": "maintain",
}


def somebody(username, name, role, organ):
    return a_hat(role, organ=organ, user=a_user(name, username=username, password=PASSWORD))


@pytest.fixture
def served():
    """An opinion in the petitioner's hands, with who reviews it in the district and the city."""
    now = timezone.now()
    city = an_organ("LVZF", kind=OrganKind.LEADING_BODY, name="吕梁市人民政府", short_name="市政府")
    district = given.the_district()
    Organ.objects.filter(pk=district.pk).update(next_higher=city)
    somebody("fucha", "秦砚秋", Role.CASE_OFFICER, district)
    somebody("fuchazr", "尹立群", Role.SECTION_HEAD, district)
    people = {
        "fuhe": somebody("fuhe", "贺明", Role.CASE_OFFICER, city),
        "fuhezr": somebody("fuhezr", "梁勇", Role.SECTION_HEAD, city),
    }
    case = given.notified(given.investigated(now=now, outcome=Outcome.NOT_SUPPORT), now=now)
    case = given.opinion_issued(given.drafted(case, now=now), now=now)
    case = given.served(case, now=now)
    office = somebody("xinfang", "李文斌", Role.PETITION_OFFICER, case.office.organ)
    return case, office, people


def decide(page, case, officer, head):
    """Accept the request, draw the opinion up, approve and serve everything."""
    today = timezone.localdate().isoformat()
    as_user(page, officer)
    case_of(page, case.petition)
    do(page, "answer-remedy", decision="accept")
    do(page, "draft-remedy-opinion", **FOUND)
    as_user(page, head)
    case_of(page, case.petition)
    while page.locator("form[action*='/issue-remedy-paper/']").count():
        do(page, "issue-remedy-paper")
    as_user(page, officer)
    case_of(page, case.petition)
    while page.locator("form[action*='/serve-remedy-paper/']").count():
        do(page, "serve-remedy-paper", served_on=today, **SERVED)


def ask(page, case, words):
    as_user(page, "xinfang")
    case_of(page, case.petition)
    person = str(given.the_petitioner(case).pk)
    do(page, "request-remedy", person=person, received_on=timezone.localdate().isoformat(), reasons=words)


def test_an_opinion_is_contested_to_the_end_of_its_chain(page_desktop, served):
    page, (case, _office, people) = page_desktop, served

    ask(page, case, "面积认定有误，请求复查。")
    assert_axe_clean(page)
    picture(page, "remedy_asked_1440", whole=True)
    review = Remedy.objects.get()
    assert review.state == RemedyState.REQUESTED

    decide(page, case, "fucha", "fuchazr")
    review.refresh_from_db()
    assert review.state == RemedyState.DECIDED
    assert PetitionClock.objects.get(remedy=review, code=ClockCode.T8).met_at is not None
    picture(page, "remedy_reviewed_1440", whole=True)

    ask(page, case, "对复查意见仍不服，请求复核。")
    again = Remedy.objects.get(after=review)
    hearing = asking.ask_hearing(
        case.pk,
        asking.Asked(
            procedure_id=ProcedureSet.objects.get(code="DISTRICT").pk,
            asked_by=Applicant.PETITIONER,
            ground=Ground.CONTESTED,
            reason="请求公开听证",
            applied_on=timezone.localdate(),
        ),
        by=people["fuhe"],
        now=timezone.now(),
    )
    asking.decide_hearing(hearing.pk, agree=True, by=people["fuhezr"], now=timezone.now())
    as_user(page, "fuhe")
    case_of(page, case.petition)
    assert HearingTime.objects.get(hearing=hearing.pk).until is None
    asking.call_off_hearing(hearing.pk, reason="申请人撤回", by=people["fuhezr"], now=timezone.now())

    decide(page, case, "fuhe", "fuhezr")
    again.refresh_from_db()
    assert again.state == RemedyState.DECIDED
    standing = standing_of(case.handling, now=timezone.now() + timedelta(days=1))
    assert standing.chain is Chain.CONCLUDED
    case_of(page, case.petition)
    assert_axe_clean(page)
    assert page.locator("form[action*='/request-remedy/']").count() == 0
    picture(page, "remedy_concluded_1440", whole=True)


def test_the_card_of_remedies_fits_a_telephone(page_phone, served):
    page, (case, _office, _people) = page_phone, served

    ask(page, case, "面积认定有误，请求复查。")

    assert_no_sideways_scroll(page)
    picture(page, "remedy_asked_390", whole=True)
