"""The bench's phones: what they send is there once each, however often it is sent. No times here."""

import pytest

from config.benchmark import phones
from config.benchmark.table import row_of
from grids.models import GridEvent
from mobile.models import Receipt
from tests.cases.handling.conftest import shelf
from tests.grids.given import a_clerk, a_grid, a_worker

__all__ = ["shelf"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shelf")]


def test_what_several_phones_send_twice_is_there_once_each_and_the_day_gets_its_row(monkeypatch):
    monkeypatch.setattr(phones, "PHONES", 6)
    clerk = a_clerk()
    for code in ("YN01", "YN02"):
        a_worker(a_grid(code, by=clerk), by=clerk)

    arrived, day = phones.measure_phones(times=2)
    assert arrived.once_each and arrived.sent == 60
    assert (Receipt.objects.count(), GridEvent.objects.count()) == (60, 60)
    assert "phone: day of fifty open events" in row_of(day)
    assert "once each" in " ".join(phones.rows_of(arrived))


def test_without_anybody_who_stands_for_a_grid_there_is_nothing_to_measure():
    with pytest.raises(LookupError):
        phones.measure_phones(times=1)
