"""Every rule marked as built is carried by code and by a test, and the list of where is up to date."""

from functools import cache

from config import traceability
from tests.architecture.source import ROOT


@cache
def traced() -> traceability.Trace:
    return traceability.trace(ROOT)


def test_every_built_rule_has_code_and_a_test_and_every_number_is_a_rule():
    assert traceability.faults(traceability.rules(ROOT), traced()) == []


def test_the_traceability_page_is_up_to_date():
    page = traceability.page(traceability.rules(ROOT), traced())

    written = (ROOT / "docs" / "traceability.md").read_text(encoding="utf-8")

    assert written == page, "run ./start manage traceability"
