"""The case page offers what turns a petition's way, says why something is not offered, and shows what would move."""

from datetime import date

import pytest

from cases.pages import case_page
from cases.states import RouteKind
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import MONDAY

pytestmark = pytest.mark.django_db


def page_of(case, hat, *, now=MONDAY):
    return case_page(case.now, hat, now=now, kind="")


def html_of(case, hat):
    return signed_in(hat).open("cases:petition", case.pk).content.decode()


def test_the_office_is_offered_to_join_and_to_open_a_dispute_and_the_unit_only_the_dispute(monday):
    case = given.registered()

    office = page_of(case, case.office.officer)["turns"]
    unit = page_of(given.received(case), case.unit.officer)["turns"]

    assert set(office) == {"join_pending", "open_dispute"}
    assert set(unit) == {"open_dispute"}
    assert "同一事项正在办理：并入" not in html_of(case, case.unit.officer)


def test_r_24_an_open_dispute_is_settled_on_the_senders_page_alone(monday):
    case = given.disputed()

    assert "登记由谁受理" in html_of(case, case.office.officer)
    assert "登记由谁受理" not in html_of(case, case.unit.officer)
    assert f"此前诉求仍由{case.unit.organ.short_name}负责" in html_of(case, case.unit.officer)


def test_t6_the_report_is_offered_once_the_opinion_is_out_and_before_that_the_page_says_what_is_missing(
    monday,
):
    early = given.declined(
        given.received(given.routed(kind=RouteKind.ASSIGN, report_due_on=date(2026, 4, 1)))
    )
    ready = given.assigned_and_answered()
    waits = given.reported()

    assert "report_completion" in page_of(early, early.unit.officer)["handlings"][0].offers
    assert "report_completion" in page_of(ready, ready.unit.officer)["handlings"][0].offers
    assert "report_completion" not in page_of(waits, waits.unit.officer)["handlings"][0].offers
    assert "decide_report" in page_of(waits, waits.office.officer)["handlings"][0].offers
    assert "审阅办结报告" in html_of(waits, waits.office.officer)


def test_q18_what_a_corrected_service_moves_is_shown_to_the_second_person_before_he_confirms(monday):
    case = given.notified(given.accepted(given.received(given.routed(given.registered()))))
    given.propose_service(case)

    second, proposer = html_of(case, case.unit.head), html_of(case, case.unit.officer)

    assert "恢复计算" in second
    assert "确认或不予确认" in second
    assert "确认或不予确认" not in proposer


def test_q11_the_pending_petitions_page_names_what_was_joined_to_it(monday):
    pending = given.routed()
    case = given.raised_again(pending)
    given.join(case, pending)

    assert case.now.number in html_of(pending, pending.unit.officer)
    assert pending.now.number in html_of(case, case.office.officer)


def test_t2_a_township_sees_that_the_word_waits_for_its_service(monday):
    case = given.by_a_township()
    given.route(case)

    (paper,) = [
        one for one in page_of(case, case.office.officer, now=at(3, 3))["papers"] if one.hung.route_id
    ]

    assert paper.serve is not None
    assert paper.post is not None
    assert paper.issue is None
