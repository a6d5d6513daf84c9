"""Reading ahead keeps the order, raises where it happens, and stops when nobody listens any more."""

from collections.abc import Iterator
from contextlib import closing
from threading import current_thread, main_thread

import pytest

from lib.ahead import read_ahead


def test_items_come_in_their_order_and_are_made_beside():
    makers = []

    def items() -> Iterator[int]:
        for number in range(5):
            makers.append(current_thread())
            yield number

    assert list(read_ahead(items())) == [0, 1, 2, 3, 4]
    assert main_thread() not in makers


def test_what_making_an_item_raises_is_raised_in_its_place():
    def items() -> Iterator[int]:
        yield 1
        raise LookupError

    ahead = read_ahead(items())

    assert next(ahead) == 1
    with pytest.raises(LookupError):
        next(ahead)


def test_whoever_stops_early_leaves_nothing_at_work():
    made = []

    def items() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    with closing(read_ahead(items())) as ahead:
        next(ahead)

    assert len(made) <= 3
