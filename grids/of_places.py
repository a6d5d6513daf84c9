"""What is written down on the ground is of places and services: no name, no number, no door (protection §5)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from lib.errors import Refused
from lib.masking import holds_a_number
from lib.naming import speaks_of_somebody, tells_a_door


def faults_of_persons(texts: Mapping[str, str]) -> dict[str, str]:
    """Return those of some texts that lead to a person, by their names, each with what to do."""
    faults = {}
    for name, text in texts.items():
        if holds_a_number(text):
            faults[name] = _("Leave out telephone and identity numbers.")
        elif speaks_of_somebody(text):
            faults[name] = _("Name nobody: write of the place or the service.")
        elif tells_a_door(text):
            faults[name] = _("Leave out the door: house or stairwell are enough.")
    return faults


def refuse_persons(texts: Mapping[str, str], *, needed: Mapping[str, str]) -> None:
    """Refuse texts that lead to a person, and those that are needed and empty, each under its name."""
    faults = faults_of_persons(texts)
    faults |= {name: _("Fill this in.") for name, words in needed.items() if not words.strip()}
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
