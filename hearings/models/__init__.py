"""Everything this room keeps, by what it is about."""

from hearings.models.assessments import (
    AssessmentFollowUp,
    AssessmentQuerySet,
    RiskAssessment,
    RiskPoint,
)
from hearings.models.decision_hearings import (
    Attendee,
    DecisionEntry,
    DecisionHearing,
    DecisionHearingQuerySet,
)
from hearings.models.decisions import Consultation, DecisionDraft, DecisionQuerySet, PlannedDecision
from hearings.models.hearings import (
    Booking,
    Hearing,
    HearingNotice,
    HearingPaper,
    HearingQuerySet,
    Pause,
    Seat,
)
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
    "Attendee",
    "Booking",
    "Commitment",
    "CommitmentQuerySet",
    "Consultation",
    "DecisionDraft",
    "DecisionEntry",
    "DecisionHearing",
    "DecisionHearingQuerySet",
    "DecisionQuerySet",
    "Exhibit",
    "Hearing",
    "HearingNotice",
    "HearingPaper",
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
