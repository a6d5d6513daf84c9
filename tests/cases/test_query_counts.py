"""A list of twenty costs as many queries as a list of one, and a page as many for a full petition as for a bare one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OrganKind
from accounts.roles import Role
from cases.actions.people import PersonField, reveal
from cases.intake import Reported
from cases.states import PersonRole, Purpose, ReportedKind
from tests.cases.browsers import Browser
from tests.cases.given import a_person, a_petition
from tests.given import MONDAY, a_hat, an_organ

pytestmark = [pytest.mark.django_db, pytest.mark.wide]


def cost(ask: Callable[[], object]) -> int:
    """Return how many queries a question takes once caches are warm."""
    ask()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = ask()
    assert answer.status_code == 200
    return len(queries)


def twenty(**facts: object) -> None:
    for number in range(20):
        a_petition(people=(a_person(f"来访人{number}"), a_person("同行人")), **facts)


@pytest.mark.parametrize(
    "address",
    [
        "/petitions/",
        "/petitions/?view=all&order=received&channel=letter&place=141102001",
        "/",
        "/api/v1/petitions/",
    ],
)
def test_a_list_of_the_open_lane_costs_the_same_for_one_and_for_twenty(sign_in, address):
    browser = sign_in(a_hat(Role.PETITION_OFFICER))
    a_petition()

    for_one = cost(lambda: browser.get(address))
    twenty()

    assert cost(lambda: browser.get(address)) == for_one


@pytest.mark.parametrize("address", ["/petitions/", "/"])
def test_a_units_list_costs_the_same_for_one_and_for_twenty(sign_in, address):
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="FS")
    registrar = a_hat(Role.REGISTRAR, organ=township)
    browser = sign_in(a_hat(Role.CASE_OFFICER, organ=township))
    a_petition(registrar)

    for_one = cost(lambda: browser.get(address))
    for _number in range(20):
        a_petition(registrar)

    assert cost(lambda: browser.get(address)) == for_one


@pytest.mark.parametrize("address", ["/sealed/", "/", "/notices/"])
def test_the_lanes_lists_cost_the_same_for_one_and_for_twenty(sign_in, address):
    browser = sign_in(a_hat(Role.SEALED_LANE_OFFICER))
    a_petition(purpose=Purpose.REPORT_ACCUSATION)

    for_one = cost(lambda: browser.get(address))
    twenty(purpose=Purpose.REPORT_ACCUSATION)

    assert cost(lambda: browser.get(address)) == for_one


def test_the_case_page_costs_the_same_for_one_person_and_for_twenty(sign_in):
    browser = sign_in(a_hat(Role.PETITION_OFFICER))
    bare = a_petition()
    crowd = tuple(a_person(f"村民{number}", role=PersonRole.ACCOMPANYING) for number in range(19))
    full = a_petition(people=(a_person(), *crowd), claims=("一", "二", "三"))
    for person in full.people.all():
        reveal(full.pk, person.pk, field=PersonField.NAME, by=browser.hat, now=MONDAY + timedelta(minutes=1))

    assert _page_cost(browser, full.pk) == _page_cost(browser, bare.pk)


def test_the_lanes_case_page_costs_the_same_for_one_reported_and_for_ten(sign_in):
    browser = sign_in(a_hat(Role.SEALED_LANE_OFFICER))
    one, ten = (
        a_petition(
            purpose=Purpose.REPORT_ACCUSATION,
            reported=tuple(Reported(kind=ReportedKind.PERSON, name=f"某{number}") for number in range(count)),
        )
        for count in (1, 10)
    )

    assert _page_cost(browser, ten.pk) == _page_cost(browser, one.pk)


def _page_cost(browser: Browser, petition_id: object) -> int:
    return cost(lambda: browser.get(reverse("cases:petition", args=[petition_id])))
