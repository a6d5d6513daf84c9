"""What the tests of grids share with those of petitions."""

from tests.cases.conftest import monday
from tests.cases.handling.conftest import shelf

__all__ = ["monday", "shelf"]
