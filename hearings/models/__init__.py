"""Everything this room keeps, by what it is about."""

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
    "Booking",
    "Commitment",
    "CommitmentQuerySet",
    "Exhibit",
    "Hearing",
    "HearingNotice",
    "HearingQuerySet",
    "HearingRoom",
    "Panelist",
    "Pause",
    "ProcedureQuerySet",
    "ProcedureSet",
    "RecordChange",
    "RecordEntry",
    "Seat",
    "StepRun",
]
