"""What is said of a mediation and of a finding, and what it lacks, as calculation (Art 27, 32, 33; R-30, R-35)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.models import MediationResult
from cases.states import OUTCOMES_OF_APPEALS, OUTCOMES_OF_SUGGESTIONS, Outcome


@dataclass(frozen=True, kw_only=True)
class Mediated:
    """What a mediation or settlement came to; an agreement by the number and day of its paper (Art 33; R-35; D14)."""

    both_consented: bool
    result: MediationResult | None
    agreement_number: str = ""
    agreement_on: date | None = None


def mediation_faults(mediated: Mediated | None) -> dict[str, str]:
    """Return what a note on a mediation lacks besides the paper of its agreement (Art 33; R-35)."""
    faults = {}
    if mediated is None or not mediated.both_consented:
        faults["both_consented"] = _("Mediation and settlement need the free consent of both sides (Art 33).")
    if mediated is None or mediated.result is None:
        faults["result"] = _("Say what the mediation came to.")
    return faults


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found on a claim: every part that Art 32 asks for, and the four 到位 of Art 27 (R-30, R-34)."""

    outcome: Outcome
    facts: str
    opinion: str
    legal_basis: str
    solved: str
    explained: str
    helped: str
    lawful: str
    execution_organ_id: int | None = None
    execution_due_on: date | None = None


def found_faults(found: Found, *, suggestion: bool, today: date) -> dict[str, str]:
    """Return what a finding still lacks, by field (Art 27, 32; R-30, R-34; invariant 3)."""
    outcomes = OUTCOMES_OF_SUGGESTIONS if suggestion else OUTCOMES_OF_APPEALS
    faults: dict[str, str] = {}
    if found.outcome not in outcomes:
        faults["outcome"] = _("This outcome is none of this class of claim (Art 29, 32).")
    for part in ("facts", "opinion", "legal_basis", "solved", "explained", "helped", "lawful"):
        optional = suggestion and part not in {"facts", "opinion"}
        if not optional and not getattr(found, part).strip():
            faults[part] = (
                _("The opinion needs this part (Art 32).")
                if part in {"facts", "opinion", "legal_basis"}
                else _("Answer this point, if only with “Not concerned”; it is kept with the case (Art 27).")
            )
    if found.outcome is Outcome.SUPPORT:
        if found.execution_organ_id is None:
            faults["execution_organ"] = _("Say who carries it out (Art 32).")
        if found.execution_due_on is None:
            faults["execution_due_on"] = _("Say until when it is carried out (Art 32).")
        elif found.execution_due_on < today:
            faults["execution_due_on"] = _("The day until which it is carried out does not lie before today.")
    return faults
