"""The audit in words, of scores: the rules of a year."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from scoring.catalogue import Evidence
from scoring.states import EntryState, ExclusionGround, RuleKind, Scope, VetoGround

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    pgettext_lazy("group of deeds", "Scores"): {
        "score_rules.draw": pgettext_lazy("deed", "Began a draft of rules of scores"),
        "score_rules.enter_rule": pgettext_lazy("deed", "Entered a rule of scores"),
        "score_rules.drop_rule": pgettext_lazy("deed", "Took a rule of scores out"),
        "score_rules.adopt": pgettext_lazy("deed", "Adopted rules of scores"),
        "score_rules.discard": pgettext_lazy("deed", "Discarded a draft of rules of scores"),
        "score.propose": pgettext_lazy("deed", "Proposed a score entry"),
        "score.move": pgettext_lazy("deed", "Went on with a score entry"),
        "score_month.close": pgettext_lazy("deed", "Closed a month of scores"),
        "score_month.hand_out": pgettext_lazy("deed", "Took a month of scores out as a file"),
        "score_veto.propose": pgettext_lazy("deed", "Proposed to withhold the excellent rating"),
        "score_veto.hear": pgettext_lazy("deed", "Wrote down what a unit said on its excellent rating"),
        "score_veto.decide": pgettext_lazy("deed", "Decided to withhold the excellent rating"),
        "score_veto.drop": pgettext_lazy("deed", "Dropped a proposal to withhold the excellent rating"),
        "score_veto.lift": pgettext_lazy("deed", "Lifted that the excellent rating is withheld"),
        "score_exclusion.propose": pgettext_lazy("deed", "Proposed to leave a case out of scores"),
        "score_exclusion.approve": pgettext_lazy("deed", "Approved that a case is left out of scores"),
        "score_exclusion.end": pgettext_lazy("deed", "Ended that a case is left out of scores"),
    },
}
KINDS: Mapping[str, Words] = {
    "scoring.ruleset": pgettext_lazy("of the audit", "Rules of scores"),
    "scoring.scoreentry": pgettext_lazy("of the audit", "Score entry"),
    "scoring.veto": pgettext_lazy("of the audit", "Excellent rating withheld"),
    "scoring.monthclose": pgettext_lazy("of the audit", "Month of scores"),
    "scoring.caseexclusion": pgettext_lazy("of the audit", "Case left out of scores"),
}
LABELS: Mapping[str, Words] = {
    "scope": pgettext_lazy("fact", "For whom"),
    "year": pgettext_lazy("fact", "Year"),
    "rule_kind": pgettext_lazy("fact", "Kind of rule"),
    "measured": pgettext_lazy("fact", "Measured by"),
    "points": pgettext_lazy("fact", "Points"),
    "score_state": pgettext_lazy("fact", "Where the entry stands"),
    "excluded_for": pgettext_lazy("fact", "Ground"),
    "veto_ground": pgettext_lazy("fact", "Ground"),
}
CODES: Mapping[str, Mapping[Any, Any]] = {
    "scope": dict(Scope.choices),
    "rule_kind": dict(RuleKind.choices),
    "measured": dict(Evidence.choices),
    "score_state": dict(EntryState.choices),
    "excluded_for": dict(ExclusionGround.choices),
    "veto_ground": dict(VetoGround.choices),
}
