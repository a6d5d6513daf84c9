"""The ledger's unit is the one that leads; last digits stand for the office's own series of this year."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import ADMINISTRATORS, Role
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.ledger import leading_units
from cases.models import Petition
from cases.states import ReportedKind
from tests.cases.given import a_petition
from tests.cases.handling.given import a_township, a_unit, routed
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


def rows_on(page):
    return {row.petition.number: row for row in page.context["rows"]}


def test_a_row_names_the_unit_that_leads_and_before_routing_the_one_that_registered(sign_in):
    waiting, case = a_petition(), routed()

    page = sign_in(case.office.officer).open("cases:ledger")

    rows = rows_on(page)
    assert rows[waiting.number].units == ()
    assert [unit.pk for unit in rows[case.petition.number].units] == [case.unit.organ.pk]
    assert "区信访局登记" in page.content.decode()


def test_the_unit_filter_finds_what_the_unit_leads_and_the_other_what_it_registered(sign_in):
    case, township = routed(), a_township()
    own = a_petition(township.officer)
    a_petition()
    browser = sign_in(case.office.officer)

    led = browser.open("cases:ledger", query={"unit": case.unit.organ.code})
    registered = browser.open("cases:ledger", query={"organ": township.organ.code})

    assert list(rows_on(led)) == [case.petition.number]
    assert list(rows_on(registered)) == [own.number]


def test_q1_a_sealed_petition_shows_no_leading_unit_anywhere_and_is_found_by_none(sign_in):
    case = routed()
    seal(
        case.pk,
        reason="反映干部问题",
        reported=[Reported(kind=ReportedKind.PERSON, name="某干部")],
        by=case.office.officer,
        now=MONDAY,
    )

    page = sign_in(case.office.head).open("cases:ledger", query={"unit": case.unit.organ.code})

    assert rows_on(page) == {}
    assert leading_units(Petition.objects.all()) == {}


def test_every_unit_of_the_place_is_offered_whether_it_leads_something_or_not(sign_in):
    idle = a_unit("LY")

    page = sign_in(a_hat(Role.PETITION_OFFICER)).open("cases:ledger")

    assert idle.organ in page.context["form"].fields["unit"].queryset


def test_the_units_of_twenty_rows_cost_what_those_of_one_cost(sign_in):
    unit = a_unit()
    case = routed()
    browser = sign_in(case.office.officer)
    query = {"unit": unit.organ.code}

    def cost() -> int:
        browser.open("cases:ledger", query=query)
        with CaptureQueriesContext(connection) as asked:
            browser.open("cases:ledger", query=query)
        return len(asked)

    for_one = cost()
    for _number in range(4):
        routed()

    assert cost() == for_one


def test_q15_the_enquiry_finds_by_the_last_digits(sign_in):
    petition = a_petition()

    answer = sign_in(a_hat(Role.PETITION_OFFICER)).open("cases:enquire", query={"number": "1"})

    assert answer.status_code == 302
    assert str(petition.pk) in answer["Location"]


def test_last_digits_find_nothing_that_the_hat_does_not_see(sign_in):
    a_petition()
    browser = sign_in(a_unit().officer)

    assert browser.open("cases:enquire", query={"number": "1"}).status_code == 404
    assert rows_on(browser.open("cases:ledger", query={"q": "1"})) == {}


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("page", ["cases:ledger", "cases:enquire"])
def test_q6_administrators_are_told_that_the_page_is_not_theirs(sign_in, role, page):
    assert sign_in(a_hat(role)).open(page).status_code == 403


def test_who_only_reads_is_offered_no_registering(sign_in):
    a_petition()

    page = sign_in(a_hat(Role.INSPECTOR)).open("cases:ledger")

    assert not page.context["may_register"]
