"""Units stand beside units that lead about as much, by how they handle; each number opens its petitions (Q40)."""

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from tests.cases.browsers import signed_in
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import done, moment, registering
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

pytestmark = pytest.mark.django_db


def answered(petition: int, unit: str = "housing", *, late: bool = False):
    ends_at = moment(6, 1) if late else moment(2, 1)
    return [
        *(registering(moment(1, 5), petition), Deed(moment(1, 6), Do.ROUTE, petition, {"unit": unit})),
        *(Deed(moment(1, 7), Do.DECIDE, petition), Deed(ends_at, Do.REPLY, petition)),
        Deed(ends_at, Do.FINISH, petition),
    ]


def shown(hat=None):
    return signed_in(hat or a_hat(Role.OFFICE_DIRECTOR)).open("reports:units", query={})


def replies(page):
    """Return how many of how many replies of each unit were in time, by the least of its group."""
    return {
        (group.least, unit.organ.code): (
            unit.rates[1].in_time.count,
            unit.rates[1].of.count,
            unit.rates[1].words,
        )
        for group in page.context["groups"]
        for unit in group.units
    }


def test_small_numbers_have_no_rate_and_stand_apart():
    done(
        *(deed for number in range(11) for deed in answered(number, late=number == 0)),
        *answered(11, "transport"),
    )

    found = replies(shown())

    assert found == {(10, "HOUSING"): (10, 11, "90.9 %"), (0, "TRANSPORT"): (1, 1, "—")}


def test_each_number_opens_the_petitions_of_that_unit():
    done(*answered(0), *answered(1, late=True), *answered(2, "transport"))
    browser = signed_in(a_hat(Role.OFFICE_DIRECTOR))
    units = {
        unit.organ.code: unit
        for group in browser.open("reports:units", query={}).context["groups"]
        for unit in group.units
    }

    for rate in units["HOUSING"].rates:
        for number in (rate.in_time, rate.of):
            assert browser.get(number.url).context["count"] == number.count
    assert units["HOUSING"].rates[1].of.count == 2


def test_q6_a_neighbour_compares_his_own_and_a_unit_nobody():
    done(*answered(0))
    street = an_organ("JD2", kind=OrganKind.PETITION_OFFICE, place=a_place(TOWNSHIPS[1]))

    assert replies(shown(a_hat(Role.OFFICE_DIRECTOR, organ=street))) == {}
    assert shown(a_hat(Role.CASE_OFFICER, organ=an_organ("HOUSING"))).status_code == 403
