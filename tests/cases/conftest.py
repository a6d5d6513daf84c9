"""What the tests of pages share: a browser that is signed in, on a Monday morning."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from accounts.hats import Hat
from accounts.roles import Role
from tests.cases.browsers import Browser, signed_in
from tests.given import MONDAY, a_hat


@pytest.fixture
def monday() -> Iterator[None]:
    """Let the pages' clock stand on Monday, 2 March 2026, half past nine."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def sign_in(monday: None) -> Callable[[Hat], Browser]:
    """Return what signs a person in under a hat, the second factor shown."""
    return signed_in


@pytest.fixture
def registrar(sign_in: Callable[[Hat], Browser]) -> Browser:
    """Return the browser of a registrar of the district's office."""
    return sign_in(a_hat(Role.REGISTRAR))
