"""What a rule may measure: a closed list. What is not on it cannot be configured (Q36, P-9; scoring.md §3).

It holds deeds of units and rates over what they handled, never a petition, a visit or a person as such. A rate is told
by the room of indicators under the number that stands here, and counted nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.measures import Code
from scoring.states import RuleKind


class Evidence(models.TextChoices):
    """By what a rule is measured."""

    # rates, by the number of their indicator
    I01 = "I01", _("Rate accepted in time by the petition office (I01)")
    I02 = "I02", _("Rate accepted in time by the unit (I02)")
    I03 = "I03", _("Rate answered in time (I03)")
    I04 = "I04", _("Rate of petitioners who rated (I04)")
    I05 = "I05", _("Rate satisfied among those who rated (I05)")
    I09 = "I09", _("Rate settled of a list (I09)")
    I15 = "I15", _("Rate of recommendations adopted (I15)")
    # a unit's own breach, read from its clocks and papers
    ACCEPTED_LATE = "accepted_late", _("Written notice of acceptance not in time (T3)")
    ANSWERED_LATE = "answered_late", _("Handling opinion not in time (T5)")
    REPORTED_LATE = "reported_late", _("Report on an assigned matter not in time (T6)")
    EXECUTED_LATE = "executed_late", _("Supporting opinion not carried out in time")
    REVOKED = "revoked", _("Opinion revoked on review")
    REMANDED = "remanded", _("Opinion sent back to be handled anew")
    RAISED_AGAIN = "raised_again", _("Raised a second time after the unit's own failure (five conditions)")
    # the petition office's own lateness
    ROUTED_LATE = "routed_late", _("Petition not routed in time (T1)")
    TOLD_LATE = "told_late", _("Written notice to the petitioner not in time (T2)")
    # found by a person
    FALSE_REPORT = "false_report", _("False report or forged file, found by a person")
    PAPERS = "papers", _("Plan, rules or files in place")
    MEETINGS = "meetings", _("Meetings of the leading body held")
    RECEPTIONS = "receptions", _("Reception days of leaders held")
    ROUNDS = "rounds", _("Rounds held and reported")
    SPONSORSHIP = "sponsorship", _("Duties of sponsoring leaders done")
    COMMENDED = "commended", _("Commended by a superior organ")
    # 治旧加分, with the effect test of the hearing (hearing.md §8)
    OLD_SETTLED = "old_settled", pgettext_lazy("evidence of a rule", "Old case heard and settled with effect")


@dataclass(frozen=True)
class Measured:
    """How a piece of evidence may be used."""

    kinds: frozenset[RuleKind]
    # one case each, so that the cap of a case holds
    of_case: bool = False
    # no point comes of it before a person has looked at it
    by_person: bool = False


# by which number the room of indicators tells a rate
RATES: Mapping[Evidence, Code] = {
    Evidence.I01: Code.I01,
    Evidence.I02: Code.I02,
    Evidence.I03: Code.I03,
    Evidence.I04: Code.I04,
    Evidence.I05: Code.I05,
    Evidence.I09: Code.I09,
    Evidence.I15: Code.I15,
}

_RATE = Measured(frozenset({RuleKind.RATE, RuleKind.STEP, RuleKind.WHOLE}))
_BREACH = Measured(frozenset({RuleKind.DEDUCTION}), of_case=True)
_WEIGHED = Measured(frozenset({RuleKind.DEDUCTION}), of_case=True, by_person=True)
_DUTY = Measured(frozenset({RuleKind.WHOLE, RuleKind.HELD}), by_person=True)

MEASURED: Mapping[Evidence, Measured] = {
    **dict.fromkeys(RATES, _RATE),
    **dict.fromkeys(
        (
            *(Evidence.ACCEPTED_LATE, Evidence.ANSWERED_LATE, Evidence.REPORTED_LATE, Evidence.EXECUTED_LATE),
            *(Evidence.REVOKED, Evidence.REMANDED, Evidence.ROUTED_LATE, Evidence.TOLD_LATE),
        ),
        _BREACH,
    ),
    **dict.fromkeys((Evidence.RAISED_AGAIN, Evidence.FALSE_REPORT), _WEIGHED),
    **dict.fromkeys(
        (Evidence.PAPERS, Evidence.MEETINGS, Evidence.RECEPTIONS, Evidence.ROUNDS, Evidence.SPONSORSHIP),
        _DUTY,
    ),
    Evidence.COMMENDED: Measured(frozenset({RuleKind.BONUS}), by_person=True),
    Evidence.OLD_SETTLED: Measured(frozenset({RuleKind.BONUS}), of_case=True, by_person=True),
}

# what happens case by case is measured by one rule of a set at most, or one breach would cost twice
COUNTED_ONCE = frozenset(evidence for evidence, measured in MEASURED.items() if measured.of_case)
