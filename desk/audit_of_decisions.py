"""The audit in words, of planned decisions: drafts, consultations, public hearings, risk assessments."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hearings.decision_states import AssessmentResult, ConsultationWay, Side, Speech, Studied

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    pgettext_lazy("group of deeds", "Planned decisions"): {
        "decision.plan": pgettext_lazy("deed", "Entered a planned decision"),
        "decision.write_draft": pgettext_lazy("deed", "Wrote an adjusted draft of a decision"),
        "decision.note_consultation": pgettext_lazy("deed", "Noted a consultation on a decision"),
        "decision.make": pgettext_lazy("deed", "Noted that a decision was made"),
        "decision.give_up": pgettext_lazy("deed", "Gave a planned decision up"),
        "decision_hearing.announce": pgettext_lazy("deed", "Announced a public hearing on a decision"),
        "decision_hearing.enter_attendee": pgettext_lazy("deed", "Entered who attends a public hearing"),
        "decision_hearing.drop_attendee": pgettext_lazy("deed", "Took somebody off the list of attendees"),
        "decision_hearing.publish_list": pgettext_lazy(
            "deed", "Noted that the list of attendees was published"
        ),
        "decision_hearing.deliver_material": pgettext_lazy("deed", "Noted that the material was delivered"),
        "decision_hearing.open": pgettext_lazy("deed", "Opened a public hearing"),
        "decision_hearing.note_attendance": pgettext_lazy("deed", "Noted whether an attendee came"),
        "decision_hearing.write_down": pgettext_lazy("deed", "Wrote down what was said at a public hearing"),
        "decision_hearing.confirm_record": pgettext_lazy(
            "deed", "Noted that an attendee confirmed the record"
        ),
        "decision_hearing.close_record": pgettext_lazy("deed", "Closed the record of a public hearing"),
        "decision_hearing.study_opinion": pgettext_lazy("deed", "Wrote what became of an opinion"),
        "decision_hearing.call_off": pgettext_lazy("deed", "Called a public hearing off"),
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
    "hearings.decisionhearing": pgettext_lazy("of the audit", "Public hearing on a decision"),
    "hearings.riskassessment": pgettext_lazy("of the audit", "Risk assessment"),
}
LABELS: Mapping[str, Words] = {
    "draft": pgettext_lazy("fact", "Draft"),
    "way": pgettext_lazy("fact", "Way of consulting"),
    "controllable": pgettext_lazy("fact", "Can be controlled"),
    "assessed": pgettext_lazy("fact", "Result of the assessment"),
    "side": pgettext_lazy("fact", "Side"),
    "speech": pgettext_lazy("fact", "Part of the record"),
    "studied": pgettext_lazy("fact", "What became of the opinion"),
}
CODES: Mapping[str, Mapping[Any, Any]] = {
    "way": dict(ConsultationWay.choices),
    "assessed": dict(AssessmentResult.choices),
    "side": dict(Side.choices),
    "speech": dict(Speech.choices),
    "studied": dict(Studied.choices),
}
