"""Everything this room keeps, by what it is about."""

from hearings.models.assessments import (
    AssessmentFollowUp,
    AssessmentQuerySet,
    RiskAssessment,
    RiskPoint,
)
from hearings.models.decisions import Consultation, DecisionDraft, DecisionQuerySet, PlannedDecision
from hearings.models.hearings import Booking, Hearing, HearingNotice, HearingQuerySet, Pause, Seat
from hearings.models.procedures import HearingRoom, Panelist, ProcedureQuerySet, ProcedureSet
from hearings.models.records import (
    Commitment,
    CommitmentQuerySet,
    Exhibit,
    RecordChange,
    RecordEntry,
    StepRun,
)

__all__ = [
    "AssessmentFollowUp",
    "AssessmentQuerySet",
    "Booking",
    "Commitment",
    "CommitmentQuerySet",
    "Consultation",
    "DecisionDraft",
    "DecisionQuerySet",
    "Exhibit",
    "Hearing",
    "HearingNotice",
    "HearingQuerySet",
    "HearingRoom",
    "Panelist",
    "Pause",
    "PlannedDecision",
    "ProcedureQuerySet",
    "ProcedureSet",
    "RecordChange",
    "RecordEntry",
    "RiskAssessment",
    "RiskPoint",
    "Seat",
    "StepRun",
]
