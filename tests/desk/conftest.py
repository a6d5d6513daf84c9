"""The signed-in browser of the pages' tests."""

from tests.cases.conftest import monday, registrar, sign_in

__all__ = ["monday", "registrar", "sign_in"]
