"""Everything this room keeps, by what it is about."""

from leadership.models.sponsorships import (
    DutyNote,
    PlanStep,
    Secretary,
    SecretaryQuerySet,
    Sponsorship,
    SponsorshipQuerySet,
    SponsorVisit,
)
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
    "DutyNote",
    "LiftInstruction",
    "PetitionLift",
    "PetitionSpan",
    "PlanStep",
    "Secretary",
    "SecretaryQuerySet",
    "Slip",
    "SlipQuerySet",
    "SponsorVisit",
    "Sponsorship",
    "SponsorshipQuerySet",
    "UrgentNotice",
    "UrgentReport",
]
