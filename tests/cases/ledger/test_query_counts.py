"""The ledger costs the same whatever it shows: rows, columns, saved views."""

import pytest

from accounts.roles import Role
from cases.actions import saved_views as deeds
from cases.columns import Column
from tests.cases.given import a_petition
from tests.cases.test_query_counts import cost
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]


def test_a_ledger_of_every_column_costs_the_same_for_one_row_and_for_twenty(sign_in):
    officer = sign_in(a_hat(Role.PETITION_OFFICER))
    deeds.choose_columns([column.value for column in Column], by=officer.hat, now=MONDAY)
    a_petition()

    for_one = cost(lambda: officer.open("cases:ledger"))
    for _number in range(20):
        a_petition()

    assert cost(lambda: officer.open("cases:ledger")) == for_one


def test_ten_saved_views_cost_what_one_costs(sign_in):
    officer = sign_in(a_hat(Role.PETITION_OFFICER))

    def save(number: int) -> None:
        facts = {
            "channel": "letter",
            "place": "141102001",
            "unit": officer.hat.organ.code,
            "view": "to_sign_for",
        }
        deeds.save_view(
            f"视图{number}", facts, by_date=False, columns=(), shared=False, by=officer.hat, now=MONDAY
        )

    save(0)
    for_one = cost(lambda: officer.open("cases:ledger"))
    for number in range(1, 10):
        save(number)

    assert cost(lambda: officer.open("cases:ledger")) == for_one
