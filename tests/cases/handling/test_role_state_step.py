"""Role, place, state and step: the table of the law against the one the program asks, in every combination."""

from itertools import product

import pytest

from accounts.roles import Role
from cases.states import HandlingState, Receipt, Routing
from cases.workflow import Place, Reason, Seat, Standing, Step, refusal_of
from tests.cases.handling.table import row_of, rows

NOWHERE: frozenset[Place] = frozenset()
SEATS = [NOWHERE, *(frozenset({place}) for place in Place)]
# a petition of which nothing was sent has neither receipt nor handling
STANDINGS = [
    *(Standing(routing) for routing in Routing),
    *(Standing(*each) for each in product(Routing, Receipt, HandlingState)),
]


def test_the_table_has_one_row_for_each_step_there_is():
    assert sorted(row.step for row in rows()) == sorted(Step)


def test_the_table_names_only_roles_places_and_states_that_exist():
    known = {
        "place": set(Place),
        "role": set(Role),
        "routing": set(Routing),
        "receipt": {*Receipt, "*"},
        "state": {*HandlingState, "*"},
    }

    assert [
        (row.step, name) for row in rows() for name, codes in known.items() if not getattr(row, name) <= codes
    ] == []


@pytest.mark.parametrize("step", Step)
def test_a_step_is_refused_exactly_where_the_law_does_not_allow_it(step):
    row = row_of(step)

    wrong = []
    for role, places, standing in product(Role, SEATS, STANDINGS):
        found = refusal_of(step, Seat(role, places), standing)
        if found is not expected(row, role, places, standing):
            wrong.append((role, sorted(places), standing, found))

    assert wrong == []


def expected(row, role, places, standing):
    if not any(row.is_whose(place, role) for place in places):
        return Reason.NOT_YOURS
    return None if row.is_now(standing.routing, standing.receipt, standing.state) else Reason.NOT_NOW


@pytest.mark.parametrize("step", sorted(set(Step) - {Step.RECUSE}))
def test_r_33_whoever_withdrew_takes_no_step_from_any_place(step):
    everywhere = frozenset(Place)

    answers = {
        refusal_of(step, Seat(role, everywhere, recused=True), standing)
        for role, standing in product(Role, STANDINGS)
    }

    assert None not in answers
    assert Reason.RECUSED in answers
