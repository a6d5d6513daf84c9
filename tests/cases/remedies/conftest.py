"""What the tests of remedies share: a shelf for files that is gone with the test."""

from tests.cases.handling.conftest import shelf as shelf
