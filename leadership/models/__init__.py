"""Everything this room keeps, by what it is about."""

from leadership.models.supervision import (
    LiftInstruction,
    PetitionLift,
    PetitionSpan,
    Slip,
    SlipQuerySet,
    UrgentNotice,
    UrgentReport,
)

__all__ = [
    "LiftInstruction",
    "PetitionLift",
    "PetitionSpan",
    "Slip",
    "SlipQuerySet",
    "UrgentNotice",
    "UrgentReport",
]
