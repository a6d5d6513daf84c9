"""Numbers without a gap, deeds done once, settings with a day of effect."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from infra.idempotency import claim
from infra.local_settings import DEFAULTS, Setting, value_of
from infra.models import LocalSetting
from infra.numbers import take_number
from tests.given import MONDAY

pytestmark = pytest.mark.django_db


def test_a_number_given_back_is_given_again():
    with transaction.atomic():
        first = take_number("petition/LS/2026")
    with transaction.atomic():
        take_number("petition/LS/2026")
        transaction.set_rollback(True)
    with transaction.atomic():
        second = take_number("petition/LS/2026")

    assert (first, second) == (1, 2)


def test_each_series_counts_for_itself():
    with transaction.atomic():
        assert [take_number(key) for key in ("a", "b", "a")] == [1, 1, 2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", [lambda: take_number("a"), lambda: claim(uuid4(), now=MONDAY)])
def test_no_number_and_no_claim_outside_a_transaction(part):
    with pytest.raises(RuntimeError):
        part()


def test_a_key_is_claimed_once():
    key = uuid4()
    with transaction.atomic():
        assert [claim(key, now=MONDAY), claim(key, now=MONDAY)] == [True, False]


def test_a_setting_holds_from_its_day_on():
    from_day = date(2026, 3, 2)
    LocalSetting.objects.create(
        key=Setting.COLLECTIVE_THRESHOLD, value=10, valid_from=from_day, basis="办字〔2026〕1 号"
    )

    before = value_of(Setting.COLLECTIVE_THRESHOLD, on=from_day - timedelta(days=1))
    since = value_of(Setting.COLLECTIVE_THRESHOLD, on=from_day)

    assert (before, since) == (DEFAULTS[Setting.COLLECTIVE_THRESHOLD], 10)
