"""Litigation-related letters go to the political-legal organ, visitors are guided (Art 20(2), 22(2), 28(2))."""

from datetime import date

import pytest

from accounts.models import OrganKind
from audit.models import Entry
from cases.handling_rules import litigation_faults
from cases.models import Route
from cases.states import Channel, ClaimDecision, ClockCode, KeepGround, NonAcceptReason, RouteKind, Routing
from lib.errors import Refused
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.given import a_place, an_organ

pytestmark = pytest.mark.django_db

COURT = {"kind": OrganKind.COURT_PROCURATORATE}


def litigation(**facts):
    return given.registered(litigation_related=True, **{"channel": Channel.LETTER, **facts})


def nothing_happened(case):
    return (
        case.now.routing == Routing.REGISTERED
        and not Route.objects.exists()
        and not case.petition.handlings.exists()
        and not Entry.objects.filter(verb="petition.route").exists()
        and case.clock(ClockCode.T1, case.office.organ).is_open
    )


def of_a_township(**unit):
    an_organ("FS", kind=OrganKind.TOWNSHIP, place=a_place("141102002"), number_prefix="FS")
    return litigation(office=given.a_township(), unit=given.a_unit("FY", **unit))


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.WEB, Channel.PHONE])
@pytest.mark.parametrize(
    "way",
    [
        {},
        {"kind": RouteKind.ASSIGN, "report_due_on": date(2026, 4, 1)},
        {"kind": RouteKind.GUIDE, "guided_to": "区人民法院"},
        {"kind": RouteKind.KEEP, "keep_ground": KeepGround.THANKS},
    ],
)
def test_r_12_a_litigation_related_letter_goes_to_no_other_organ_without_a_reason(channel, way):
    case = litigation(channel=channel)

    with pytest.raises(Refused) as refusal:
        given.route(case, **way)

    assert set(refusal.value.fields) == {"reason"}
    assert "第二十二条" in str(refusal.value.fields["reason"])
    assert nothing_happened(case)


@pytest.mark.parametrize("reason", ["", " 　"])
def test_r_12_an_empty_reason_is_none(reason):
    case = litigation()

    with pytest.raises(Refused):
        given.route(case, reason=reason)

    assert nothing_happened(case)


def test_r_12_with_a_reason_it_goes_where_the_officer_says():
    made = given.route(litigation(), reason="仅第一项涉及诉讼")

    assert (made.kind, made.reason) == (RouteKind.FORWARD, "仅第一项涉及诉讼")


@pytest.mark.parametrize("facts", [COURT, {"political_legal": True}])
def test_r_12_it_goes_to_the_political_legal_organ_of_the_level_without_more(facts):
    case = litigation(unit=given.a_unit("FY", **facts))

    assert given.route(case).handling.organ == case.unit.organ


def test_r_12_the_political_legal_organ_of_another_level_is_not_the_one():
    case = litigation(unit=given.a_unit("LVFY", place=a_place("1411"), **COURT))

    with pytest.raises(Refused) as refusal:
        given.route(case)

    assert set(refusal.value.fields) == {"reason"}
    assert nothing_happened(case)


def test_r_12_what_a_township_registers_goes_to_the_countys_political_legal_organ():
    case = of_a_township(**COURT)

    assert given.route(case).handling.organ == case.unit.organ


def test_r_06_a_litigation_related_visitor_is_guided_or_it_is_said_why_not():
    case = litigation(channel=Channel.VISIT, unit=given.a_unit("FY", **COURT))

    with pytest.raises(Refused) as refusal:
        given.route(case)
    left_alone = nothing_happened(case)
    made = given.route(case, kind=RouteKind.GUIDE, guided_to="区人民法院", told="当面说明法律规定")

    assert set(refusal.value.fields) == {"reason"}
    assert left_alone
    assert (made.kind, made.guided_to) == (RouteKind.GUIDE, "区人民法院")


def test_r_12_other_petitions_are_asked_for_no_reason():
    assert given.route(given.registered()).kind == RouteKind.FORWARD


@pytest.mark.parametrize("kind", list(RouteKind))
@pytest.mark.parametrize("came_as_visit", [True, False])
@pytest.mark.parametrize("to_political_legal", [True, False])
def test_r_12_the_laws_own_way_is_the_only_one_without_a_reason(kind, came_as_visit, to_political_legal):
    faults = litigation_faults(
        kind, came_as_visit=came_as_visit, to_political_legal=to_political_legal, reason=""
    )

    lawful = kind is RouteKind.GUIDE if came_as_visit else to_political_legal
    assert set(faults) == (set() if lawful else {"reason"})


def test_r_12_the_page_says_so_and_puts_the_suitable_units_first():
    case = litigation()
    court, bureau = an_organ("ZZFY", **COURT), case.unit.organ
    page = signed_in(case.office.officer).open("cases:petition", case.pk).content.decode()

    assert "涉法涉诉" in page
    assert page.index(f'value="{court.code}"') < page.index(f'value="{bureau.code}"')


def test_r_32_what_is_split_off_to_litigation_is_not_accepted_and_has_no_sixty_days():
    case = given.received()

    given.decline(case, reason=NonAcceptReason.LITIGATION_ROUTE, where_to_go="区人民法院")

    claim = case.claim()
    assert (claim.decision, claim.acceptances.get().reason) == (
        ClaimDecision.NOT_ACCEPTED,
        NonAcceptReason.LITIGATION_ROUTE,
    )
    assert not case.petition.clocks.filter(code=ClockCode.T5).exists()
