"""A petition that four units lead costs as many queries as one with a single unit, to people and to programs."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.hats import Hat
from cases.actions import handling
from cases.models import ProgressKind
from tests.cases.browsers import Browser
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.cases.handling.given import MONDAY, Case, Unit, a_unit
from tests.cases.test_api import a_program
from tests.cases.test_query_counts import cost

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

UNITS = ("ZJ", "GA", "RS", "MZ")
# How many units lead, and how many claims each of them leads.
SHAPES = {"four units": (4, 1), "four claims in one unit": (1, 4), "four units with two claims each": (4, 2)}
READERS = {
    "the office's officer": lambda case, helper: case.office.officer,
    "the office's director": lambda case, helper: case.office.head,
    "the unit's officer": lambda case, helper: case.unit.officer,
    "the unit's head": lambda case, helper: case.unit.head,
    "the assisting unit's officer": lambda case, helper: helper.officer,
}


def a_full_case(units: int, claims_each: int, *, helper: Unit, like: Case | None = None) -> Case:
    """Make a petition of as many persons as claims, with everything a unit hangs on it, twice over where it is many.

    The first unit issued its opinion and served it; the others wait with a draft.
    """
    total = units * claims_each
    people = tuple(a_person(f"代表{number}") for number in range(1, min(total, 5) + 1))
    wordings = tuple(f"诉求{number}" for number in range(1, total + 1))
    standing = {"office": like.office, "unit": like.unit} if like else {}
    case = given.registered(people=people, claims=wordings, petitioner_count=len(people), **standing)
    ways = []
    for place in range(units):
        unit = case.unit if place == 0 else a_unit(UNITS[place])
        numbers = tuple(range(place * claims_each + 1, (place + 1) * claims_each + 1))
        ways.append(_a_way(replace(case, unit=unit), numbers, helper))
    given.served(given.opinion_issued(given.drafted(ways[0])))
    for way in ways[1:]:
        given.drafted(way)
    return ways[0]


def _a_way(case: Case, numbers: tuple[int, ...], helper: Unit) -> Case:
    way = given.received(given.routed(case, claims=numbers))
    for number in numbers:
        given.accept(way, number)
    given.notified(way)
    given.ask_help(way, helper)
    given.ask_extension(way)
    for number in numbers:
        words = f"已电话联系{number}"
        handling.note_progress(
            way.pk,
            way.handling.pk,
            kind=ProgressKind.CONTACT,
            done_on=MONDAY.date(),
            words=words,
            by=way.unit.officer,
            now=MONDAY,
        )
        given.find(way, number)
    return way


@pytest.fixture
def helper() -> Unit:
    return a_unit("GH")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_petition_costs_each_reader_the_same_whatever_hangs_on_it(shape, helper, sign_in):
    small = a_full_case(1, 1, helper=helper)
    full = a_full_case(*SHAPES[shape], helper=helper, like=small)

    costs = {case.petition.number: _costs(case, small, helper, sign_in) for case in (small, full)}

    # the small one can be finished, and its form asks what units still owe
    dearer = {
        who: (cost_of_small, costs[full.petition.number][who])
        for who, cost_of_small in costs[small.petition.number].items()
        if costs[full.petition.number][who] > cost_of_small
    }
    assert dearer == {}


def _costs(case: Case, small: Case, helper: Unit, sign_in: Callable[[Hat], Browser]) -> dict[str, int]:
    """Return what a petition costs each reader's page, and the program of the unit's officer."""
    address, program = reverse("cases:petition", args=[case.pk]), a_program(small.unit.officer)
    costs = {}
    for who, reader in READERS.items():
        browser = sign_in(reader(small, helper))
        costs[who] = cost(lambda browser=browser: browser.get(address))
    costs["a program"] = cost(lambda: program.get(f"/api/v1/petitions/{case.pk}/"))
    return costs


def test_a_page_of_claims_that_wait_costs_the_same_for_one_and_for_four(sign_in):
    small = given.registered()
    full = given.registered(office=small.office, unit=small.unit, claims=("一", "二", "三", "四"))
    browser = sign_in(small.office.officer)

    costs = [
        cost(lambda pk=case.pk: browser.get(reverse("cases:petition", args=[pk]))) for case in (small, full)
    ]

    assert costs[0] == costs[1]


@pytest.mark.parametrize("stage", ["received", "investigating"])
def test_a_page_of_claims_at_work_costs_the_same_for_one_and_for_four(stage, sign_in):
    """Each claim has forms of its own here: to accept it, to write its finding, with the units to choose from."""
    small = given.received()
    full = given.received(
        given.registered(office=small.office, unit=small.unit, claims=("一", "二", "三", "四"))
    )
    if stage == "investigating":
        for case in (small, full):
            given.accepted(case)
    browser = sign_in(small.unit.officer)

    costs = [
        cost(lambda pk=case.pk: browser.get(reverse("cases:petition", args=[pk]))) for case in (small, full)
    ]

    assert costs[0] == costs[1]


def _leave_work(office: Case) -> None:
    """Leave one of everything that waits for somebody: to route, sign for, decide, approve and extend."""
    again = {"office": office.office, "unit": office.unit}
    given.registered(**again)
    given.routed(given.registered(**again))
    given.objected(given.received(given.registered(**again)))
    asked = given.accepted(given.received(given.registered(**again)))
    given.ask_extension(asked)


@pytest.mark.parametrize(
    "who", ["the office's officer", "the office's director", "the unit's officer", "the unit's head"]
)
def test_my_work_costs_the_same_with_one_of_each_waiting_and_with_twenty(who, helper, sign_in):
    case = given.registered()
    browser = sign_in(READERS[who](case, helper))
    _leave_work(case)

    with_one = cost(lambda: browser.get("/"))
    for _number in range(20):
        _leave_work(case)

    assert cost(lambda: browser.get("/")) == with_one
