"""Rules of the remedies, as calculation: no clock, no database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organ
from accounts.models.organs import LOOKS_AFTER_A_PLACE
from cases.handling_rules import FURTHEST_REPORT
from cases.remedy_states import RemedyGround, RemedyOutcome
from cases.states import Outcome


def reviewer_of(organ: Organ) -> Organ | None:
    """Return the organ that reviews what this one decided: the one next above, as it stands today (Art 35, 36; INV-5).

    For a department that is the government of its level or the department above, as the organ's own row says. An office
    that only coordinates decides no merits and reviews nothing (Art 14); then there is none.
    """
    above = organ.next_higher
    if above is None:
        return None
    today = above.carried_on_by or above
    return None if today.kind in LOOKS_AFTER_A_PLACE or today.pk == organ.pk else today


@dataclass(frozen=True, kw_only=True)
class RemedyFound:
    """What a reviewing organ holds of an opinion (R-43): every part its paper has to say."""

    outcome: RemedyOutcome
    facts: str
    reasons: str
    basis: str
    ground: RemedyGround | None = None
    changed_to: Outcome | None = None
    execution_organ_id: int | None = None
    execution_due_on: date | None = None
    anew_by: date | None = None

    def as_columns(self) -> dict[str, Any]:
        """Return the columns of a remedy that hold it."""
        return {
            "outcome": self.outcome,
            "facts": self.facts.strip(),
            "reasons": self.reasons.strip(),
            "basis": self.basis.strip(),
            "ground": self.ground or "",
            "changed_to": self.changed_to or "",
            "execution_organ_id": self.execution_organ_id,
            "execution_due_on": self.execution_due_on,
            "anew_by": self.anew_by,
        }


def finding_faults(found: RemedyFound, *, today: date) -> Mapping[str, str]:
    """Return what a finding still asks for, by field: words, a ground, and what its outcome brings with it (R-43)."""
    faults = {
        name: _("Fill this in.") for name in ("facts", "reasons", "basis") if not getattr(found, name).strip()
    }
    maintains = found.outcome is RemedyOutcome.MAINTAIN
    if maintains and found.ground is not None:
        faults["ground"] = _("An opinion that is maintained has no ground against it.")
    if not maintains and found.ground is None:
        faults["ground"] = _("Say why the opinion does not stand.")
    changes = found.outcome is RemedyOutcome.CHANGE
    if changes != (found.changed_to is not None):
        faults["changed_to"] = _("A changed opinion has a new result, and only that.")
    supports = found.changed_to is Outcome.SUPPORT
    if supports and found.execution_organ_id is None:
        faults["execution_organ"] = _("Name who carries it out.")
    if supports and (found.execution_due_on is None or found.execution_due_on <= today):
        faults["execution_due_on"] = _("Say by which day that is still to come it is carried out.")
    remands = found.outcome is RemedyOutcome.REMAND
    if remands != (found.anew_by is not None):
        faults["anew_by"] = _("What is to be handled anew has its day, and only that.")
    elif found.anew_by is not None and not today < found.anew_by <= today + FURTHEST_REPORT:
        faults["anew_by"] = _("The day is still to come, within two years.")
    return faults


@dataclass(frozen=True)
class Answer:
    """What an opinion says on one claim: the result, and the facts it rests on."""

    outcome: str
    facts: str

    def repeats(self, revoked: "Answer") -> bool:
        """Test if it says the same as one that was revoked, on the same facts (R-43)."""
        return self.outcome == revoked.outcome and _plain(self.facts) == _plain(revoked.facts)


def repeated(answers: Mapping[int, Answer], revoked: Mapping[int, Collection[Answer]]) -> list[int]:
    """Return the claims on which an opinion says the same as a revoked one, on the same facts (R-43)."""
    return sorted(
        number
        for number, answer in answers.items()
        if any(answer.repeats(before) for before in revoked.get(number, ()))
    )


def _plain(words: str) -> str:
    """Return words without what changes nothing of what they say: spaces and lines."""
    return "".join(words.split())
