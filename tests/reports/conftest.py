"""Pages of figures are read at the end of the year."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cases.handling.conftest import shelf
from tests.indicators.given import LATER

__all__ = ["later", "shelf"]


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """Let requests come on the last day of the year."""
    with time_machine.travel(LATER, tick=False):
        yield
