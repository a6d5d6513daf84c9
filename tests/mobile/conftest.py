"""What the tests of phones share with those of grids."""

from tests.cases.conftest import monday
from tests.cases.handling.conftest import shelf

__all__ = ["monday", "shelf"]
