"""Everything this room keeps, by what it is about."""

from leadership.models.chain import PlaceSecretary, PlaceSecretaryQuerySet
from leadership.models.instructions import (
    DecisionRequest,
    Instruction,
    InstructionTask,
    LetterReading,
)
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
    Bulletin,
    BulletinLine,
    PetitionLift,
    PetitionSpan,
    Slip,
    SlipQuerySet,
    UrgentNotice,
    UrgentReport,
)

__all__ = [
    "Bulletin",
    "BulletinLine",
    "DecisionRequest",
    "DutyNote",
    "Instruction",
    "InstructionTask",
    "LetterReading",
    "PetitionLift",
    "PetitionSpan",
    "PlaceSecretary",
    "PlaceSecretaryQuerySet",
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
