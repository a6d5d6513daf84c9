"""The signed-in browser of the pages' tests."""

from tests.cases.conftest import monday, sign_in

__all__ = ["monday", "sign_in"]
