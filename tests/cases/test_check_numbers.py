"""A missing number is found by a check of the database, not on a screen (Q16)."""

import pytest
from django.core.management import CommandError, call_command

from accounts.roles import Role
from infra.models import NumberSeries
from tests.cases.given import a_petition
from tests.given import a_hat

pytestmark = pytest.mark.django_db


def test_q16_series_without_a_gap_pass(capsys):
    registrar = a_hat(Role.REGISTRAR)
    a_petition(registrar)
    a_petition(registrar)

    call_command("check_numbers")

    assert "2 numbers, no gap" in capsys.readouterr().out


def test_q16_a_number_that_was_given_and_is_not_there_is_named():
    a_petition()
    NumberSeries.objects.filter(key="petition/LS/2026").update(last=2)

    with pytest.raises(CommandError, match="2 given, 1 found"):
        call_command("check_numbers")
