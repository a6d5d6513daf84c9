"""The dashboard says the numbers of the room of indicators, and each opens its petitions."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import OrganKind
from accounts.roles import Role
from cases.models import Petition
from indicators.figures import Asked, figure
from indicators.measures import Code
from tests.cases.browsers import signed_in
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import LATER, THIS_YEAR, a_directors, done, moment, registering, routing
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

pytestmark = pytest.mark.django_db

TO_THE_LEDGER = re.compile(r'<a [^>]*?href="(/petitions/\?[^"]*figure=[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def a_year():
    """Do what makes every card of the page show something."""
    return done(
        *(registering(moment(1, 5), 0, count=5), routing(moment(1, 6), 0), Deed(moment(1, 9), Do.DECIDE, 0)),
        *(Deed(moment(2, 1), Do.REPLY, 0), Deed(moment(2, 2), Do.FINISH, 0)),
        *(
            registering(moment(3, 5), 1, township=TOWNSHIPS[1], channel="web", category=1),
            routing(moment(3, 6), 1),
        ),
        registering(moment(12, 20), 2),
        registering(moment(5, 5, year=2025), 3, count=2),
        *(registering(moment(4, 1), 4), Deed(moment(4, 2), Do.SEAL, 4)),
    )


def shown(hat=None, **query):
    return signed_in(hat or a_hat(Role.OFFICE_DIRECTOR)).open("reports:dashboard", query=query)


def test_batches_and_persons_stand_beside_last_years():
    a_year()

    page = shown()

    board = page.context["shown"]
    assert (board.volume.batches, board.volume.persons) == (3, 7)
    assert (board.before.batches, board.before.persons) == (1, 2)
    assert (board.batches_change, board.persons_change) == ("▲ 200.0 %", "▲ 250.0 %")


def test_every_number_with_a_list_opens_one_of_that_length():
    a_year()
    browser = signed_in(a_hat(Role.OFFICE_DIRECTOR))
    page = browser.open("reports:dashboard", query={}).content.decode()

    links = TO_THE_LEDGER.findall(page)

    assert len(links) > 40
    for url, text in dict(links).items():
        said = re.findall(r"\d+", re.sub(r"<[^>]+>|▲.*|▼.*|=.*", " ", unescape(text)).replace(",", ""))
        listed = browser.get(unescape(url)).context["count"]
        persons = "person" in text or "人次" in text
        assert persons or (url, listed) == (url, int(said[-1]))


def test_days_place_and_category_divide_the_same_whole():
    a_year()

    board = shown().context["shown"]

    assert sum(month.batches.count for month in board.months) == 3
    assert [month.day for month in board.months] == [date(2026, number, 1) for number in range(1, 13)]
    assert sum(group.batches.count for group in board.categories) == 3
    assert [(row.name, row.whole.count) for row in board.rows] == [
        (a_place(TOWNSHIPS[0]).name, 2),
        (a_place(TOWNSHIPS[1]).name, 1),
    ]
    assert sum(age.count for age in board.ages) == board.open_now.count == 3


def test_the_days_that_were_asked_for_and_the_last_one_belong_to_it():
    a_year()

    board = shown(since="2026-01-01", until="2026-03-05").context["shown"]

    assert board.volume.batches == 2
    assert len(board.months) == 3


def test_as_of_a_day_shows_what_was_known_then():
    a_year()

    board = shown(as_of="2026-01-31").context["shown"]

    rates = {line.code: (line.counted.count, line.of.count) for line in board.lines}
    asked = Asked(THIS_YEAR, as_of=date(2026, 1, 31))
    assert board.volume.batches == 1
    assert rates[Code.I03] == (0, figure(Code.I03, asked, a_directors(), now=LATER).of)


def test_q1_q6_a_neighbour_counts_his_own_and_nobody_what_is_sealed():
    a_year()
    street = an_organ("JD2", kind=OrganKind.PETITION_OFFICE, place=a_place(TOWNSHIPS[1]))

    assert shown(a_hat(Role.OFFICE_DIRECTOR, organ=street)).context["shown"].volume.batches == 1
    assert shown(a_hat(Role.CASE_OFFICER, organ=an_organ())).context["shown"].volume.batches == 0
    assert shown().context["shown"].volume.batches == 3
    assert Petition.objects.filter(sealed=True).count() == 1


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.SEALED_LANE_OFFICER]
)
def test_administrators_and_the_lane_have_no_such_page(role):
    assert shown(a_hat(role)).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        {"since": "2026-03-01", "until": "2026-02-01"},
        {"since": "1990-01-01"},
        {"as_of": "2027-01-01"},
        {"universe": "u9"},
        {"since": "gestern"},
    ],
)
def test_days_that_make_no_sense_are_told_and_nothing_is_shown(query):
    page = shown(**query)

    assert page.status_code == 200
    assert "shown" not in page.context
    assert page.context["form"].errors


def test_where_nothing_was_registered_the_page_says_so():
    page = shown()

    assert page.context["shown"].volume.batches == 0
    assert "—" in page.content.decode()


def test_the_page_asks_as_often_for_many_petitions_as_for_one():
    done(registering(moment(1, 5)))
    hat = a_hat(Role.OFFICE_DIRECTOR)
    shown(hat)
    with CaptureQueriesContext(connection) as one:
        shown(hat)
    done(*(registering(moment(2, number), number, category=number % 4) for number in range(1, 20)))
    with CaptureQueriesContext(connection) as many:
        shown(hat)

    assert len(many) == len(one)
