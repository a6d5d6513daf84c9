"""The audit in words, of planned decisions: drafts, consultations, risk assessments."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hearings.decision_states import AssessmentResult, ConsultationWay

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    pgettext_lazy("group of deeds", "Planned decisions"): {
        "decision.plan": pgettext_lazy("deed", "Entered a planned decision"),
        "decision.write_draft": pgettext_lazy("deed", "Wrote an adjusted draft of a decision"),
        "decision.note_consultation": pgettext_lazy("deed", "Noted a consultation on a decision"),
        "decision.make": pgettext_lazy("deed", "Noted that a decision was made"),
        "decision.give_up": pgettext_lazy("deed", "Gave a planned decision up"),
        "risk_assessment.begin": pgettext_lazy("deed", "Began a risk assessment"),
        "risk_assessment.enter_point": pgettext_lazy("deed", "Entered a point of risk"),
        "risk_assessment.drop_point": pgettext_lazy("deed", "Took a point of risk out"),
        "risk_assessment.submit": pgettext_lazy("deed", "Submitted a risk assessment"),
        "risk_assessment.return": pgettext_lazy("deed", "Gave a risk assessment back"),
        "risk_assessment.decide": pgettext_lazy("deed", "Decided on a risk assessment"),
        "risk_assessment.follow_up": pgettext_lazy("deed", "Noted what came of a risk assessment"),
    },
}
KINDS: Mapping[str, Words] = {
    "hearings.planneddecision": pgettext_lazy("of the audit", "Planned decision"),
    "hearings.riskassessment": pgettext_lazy("of the audit", "Risk assessment"),
}
LABELS: Mapping[str, Words] = {
    "draft": pgettext_lazy("fact", "Draft"),
    "way": pgettext_lazy("fact", "Way of consulting"),
    "controllable": pgettext_lazy("fact", "Can be controlled"),
    "assessed": pgettext_lazy("fact", "Result of the assessment"),
}
CODES: Mapping[str, Mapping[Any, Any]] = {
    "way": dict(ConsultationWay.choices),
    "assessed": dict(AssessmentResult.choices),
}
