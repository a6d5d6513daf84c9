"""What leaders, stations and lists come to stands on the dashboard, and a neighbour reads none of it."""

from datetime import date

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from indicators.figures import Asked
from indicators.periods import Period
from reports.work import work
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, received, registered
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import LATER
from tests.leadership import lists
from tests.leadership.leaders import sponsored
from tests.leadership.rosters import went

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]

YEAR = Asked(Period(date(2026, 1, 1), date(2027, 1, 1)))


def a_directors(**asked):
    return work(Asked(YEAR.period, **asked), a_hat(Role.OFFICE_DIRECTOR), now=LATER)


def test_a_list_tells_how_much_was_struck_off_by_the_last_day():
    lists.struck(now=at(3, 2))
    lists.listed(received(registered(unit=a_unit("CG"))), now=at(3, 4))

    (share,) = a_directors().lists

    assert (share.counted, share.of, share.rate) == (1, 2, "50.0 %")
    browser = signed_in(a_hat(Role.OFFICE_DIRECTOR))
    listed = browser.get(share.url)
    page = browser.open("reports:dashboard", query={})
    assert len(listed.context["items"]) == share.counted
    assert share.url in page.content.decode().replace("&amp;", "&")
    assert a_directors(as_of=date(2026, 3, 3)).lists[0].of == 1


def test_leaders_tell_what_they_sponsored_and_took_down():
    case, leader, _row = sponsored()
    went(case, leader, persons=3)

    found = a_directors()

    name = f"{leader.post.title} {leader.user.name}"
    assert [(each.name, each.counted, each.of) for each in found.sponsored] == [(name, 0, 1)]
    assert [(each.name, each.batches, each.persons) for each in found.taken] == [(name, 1, 3)]


def test_q6_a_neighbour_and_a_unit_read_none_of_it():
    lists.struck(now=at(3, 2))
    case, leader, _row = sponsored()
    went(case, leader, persons=3)
    elsewhere = an_organ("JD", kind=OrganKind.PETITION_OFFICE, place=a_place("141130"))

    neighbours = work(YEAR, a_hat(Role.OFFICE_DIRECTOR, organ=elsewhere), now=LATER)
    units = work(YEAR, a_hat(Role.CASE_OFFICER, organ=a_unit("CG").organ), now=LATER)

    for found in (neighbours, units):
        assert not found.lists
        assert not found.sponsored
        assert not found.taken
        assert (found.stations, list(found.levels)) == (0, [])
