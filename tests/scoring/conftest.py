"""What the tests of scores share with those of handling: a shelf for files that is gone with the test."""

from tests.cases.conftest import monday, registrar, sign_in
from tests.cases.handling.conftest import shelf

__all__ = ["monday", "registrar", "shelf", "sign_in"]
