"""The acceptance tests of law.md §5 that end with a served reply, each under its number there."""

from datetime import date

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.actions.accepting import Pending
from cases.actions.handling import decide_extension
from cases.actions.routing import object_to
from cases.intake import Reported
from cases.matters import is_open_to_review
from cases.models import ReturnRequest
from cases.states import (
    Channel,
    ClaimDecision,
    ClockCode,
    HandlingState,
    NonAcceptReason,
    Purpose,
    RegisterLevel,
    ReportedKind,
    RouteKind,
    Routing,
    StatutoryRoute,
)
from desk.my_work import my_work
from documents.states import DocumentKind, State
from lib.errors import NotAllowed, OutOfTurn
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.cases.given import a_category, a_petition
from tests.cases.handling import given
from tests.cases.handling.given import OBJECTION, Case, at
from tests.given import MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db

TEN = at(3, 2)


def received_on_the_tenth() -> Case:
    case = given.routed(given.registered(now=TEN), now=at(3, 9))
    return given.received(case, now=at(3, 10))


def test_law_5_1_a_web_petition_received_on_2_march_is_routed_by_17_march_midnight():
    case = given.registered(now=TEN, channel=Channel.WEB)

    clock = case.clock(ClockCode.T1, case.office.organ)
    assert clock.last_day == date(2026, 3, 17)
    assert clock.due_at == at(3, 18, 0)


def test_law_5_2_a_transfer_received_on_10_march_is_answered_by_the_25th_and_objected_to_by_the_17th():
    case = received_on_the_tenth()

    assert case.clock(ClockCode.T3).last_day == date(2026, 3, 25)
    assert case.clock(ClockCode.T4).last_day == date(2026, 3, 17)


def test_law_5_3_accepted_on_20_march_on_rt6_the_opinion_is_due_on_19_may_and_extended_on_18_june():
    case = given.accepted(received_on_the_tenth(), now=at(3, 20))
    first = case.clock(ClockCode.T5).last_day

    given.ask_extension(case, days=30, now=at(5, 18))
    given.extend(case, now=at(5, 18))

    assert first == date(2026, 5, 19)
    assert case.clock(ClockCode.T5).last_day == date(2026, 6, 18)


def test_law_5_4_accepted_on_rt2_it_is_led_into_arbitration_with_a_notice_and_without_an_opinion_day():
    case = given.accepted(
        received_on_the_tenth(),
        now=at(3, 20),
        statutory_route=StatutoryRoute.RT2,
        where_to_go="区劳动人事争议仲裁委员会",
    )

    claim = case.claim()
    assert (claim.decision, claim.statutory_route) == (ClaimDecision.LED, StatutoryRoute.RT2)
    assert not case.has_clock(ClockCode.T5)
    assert case.handling.state == HandlingState.NOT_ACCEPTED
    assert case.paper(DocumentKind.D06).state == State.DRAFT


def test_law_5_5_served_on_19_may_review_may_be_asked_for_until_18_june_then_lapsed_still_registrable():
    """ACC-5: until when is said on the page, and what comes too late is registered all the same."""
    case = given.served(now=at(5, 19))
    (in_time,), (late,) = (given.shown_of_review(case, now=day) for day in (at(6, 18, 23), at(6, 19)))

    assert is_open_to_review(case.now, at=at(6, 18, 23))
    assert not is_open_to_review(case.now, at=at(6, 19, 0))
    assert in_time == "张*强可申请复查，期限至2026年6月18日（周四）（含当日）"
    assert late == "张*强的复查申请期限至2026年6月18日（周四），已届满；再提出的仍予登记"
    again = given.raised_again(case, now=at(6, 19))
    assert again.now.routing == Routing.REGISTERED


def test_law_5_6_the_same_claim_at_the_city_while_pending_is_registered_and_not_accepted_for_that_reason():
    pending = received_on_the_tenth()
    city = a_place("1411")
    organ = an_organ("LLZJ", place=city, number_prefix="LLZJ")
    department = given.Unit(organ, a_hat("case_officer", organ=organ), a_hat("unit_head", organ=organ))
    case = given.registered(
        office=department,
        unit=department,
        now=at(4, 10),
        place_id=city.pk,
        content_category_id=a_category().pk,
    )
    case = given.routed(case, kind=RouteKind.SELF_HANDLE, now=at(4, 10))

    given.decline(
        case,
        reason=NonAcceptReason.PENDING_SAME_MATTER,
        pending=Pending(number=pending.now.number, level=RegisterLevel.COUNTY),
        now=at(4, 10),
    )

    assert case.now.number.startswith("LLZJ2026-")
    assert case.claim().decision == ClaimDecision.NOT_ACCEPTED
    assert case.claim().acceptances.get().reason == NonAcceptReason.PENDING_SAME_MATTER
    assert case.paper(DocumentKind.D07).organ == organ
    assert pending.handling.state == HandlingState.UNDER_REVIEW


def test_law_5_8_a_report_against_the_head_of_a_bureau_is_404_there_and_in_no_hit_count_or_notice(monday):
    a_hat(Role.SEALED_LANE_OFFICER)
    bureau = given.a_unit("GH")
    without_it = my_work(bureau.officer, now=MONDAY)["boxes"]
    party = Reported(kind=ReportedKind.PERSON, name=bureau.head.user.name, organ_id=bureau.organ.pk)
    report = a_petition(purpose=Purpose.REPORT_ACCUSATION, reported=(party,))

    for hat in (bureau.officer, bureau.head):
        browser = signed_in(hat)
        assert browser.open("cases:petition", report.pk).status_code == 404
        assert browser.open("cases:enquire", query={"number": report.number}).status_code == 404
        found = browser.open("cases:ledger", query={"q": report.number, "view": "all"}).context
        assert (list(found["rows"]), found["count"]) == ([], 0)
        assert not Notice.objects.filter(post=hat.post).exists()
    assert my_work(bureau.officer, now=MONDAY)["boxes"] == without_it


def test_law_5_9_an_extension_is_not_approved_by_the_petition_offices_director():
    case = given.accepted(received_on_the_tenth(), now=at(3, 20))
    given.ask_extension(case, now=at(5, 18))
    before = Entry.objects.count()

    with pytest.raises(NotAllowed):
        decide_extension(case.pk, case.handling.pk, approve=True, by=case.office.head, now=at(5, 18))

    assert case.clock(ClockCode.T5).last_day == date(2026, 5, 19)
    assert case.handling.extensions.get().approved is None
    assert Entry.objects.count() == before


def test_law_5_10_a_return_asked_for_on_working_day_six_is_late_and_leaves_the_clock_alone():
    case = received_on_the_tenth()
    before = case.clock(ClockCode.T3)

    with pytest.raises(OutOfTurn):
        object_to(case.pk, case.handling.pk, reason=OBJECTION, by=case.unit.officer, now=at(3, 18, 0))

    after = case.clock(ClockCode.T3)
    assert not ReturnRequest.objects.exists()
    assert (after.pk, after.last_day, after.is_open) == (before.pk, date(2026, 3, 25), True)
