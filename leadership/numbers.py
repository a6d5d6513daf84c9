"""What goes to others says nothing that leads to a person: no telephone, identity or card number."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lib.errors import Words
from lib.masking import holds_a_number

_NO_NUMBERS = _("Leave out the telephone, identity or card number: others read this.")


def faults_of_numbers(facts: Mapping[str, Any], *names: str) -> dict[str, Words]:
    """Return those of some texts that hold a number of a person, each with what to do."""
    return {name: _NO_NUMBERS for name in names if holds_a_number(facts.get(name) or "")}
