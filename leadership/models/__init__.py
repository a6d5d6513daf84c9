"""Everything this room keeps, by what it is about."""

from leadership.models.chain import PlaceSecretary, PlaceSecretaryQuerySet
from leadership.models.instructions import (
    DecisionRequest,
    Instruction,
    InstructionTask,
    LetterReading,
)
from leadership.models.lists import (
    ListItem,
    ListItemQuerySet,
    LookBack,
    LookedAt,
    Strike,
    StrikeList,
)
from leadership.models.meetings import (
    AgendaLine,
    LessonsNote,
    Meeting,
    MeetingDecision,
    MeetingKind,
    MeetingUnit,
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
from leadership.models.teams import (
    ForceMember,
    ForcePetition,
    Pairing,
    TaskForce,
    TeamMember,
    TeamRole,
)

__all__ = [
    "AgendaLine",
    "Bulletin",
    "BulletinLine",
    "DecisionRequest",
    "DutyNote",
    "ForceMember",
    "ForcePetition",
    "Instruction",
    "InstructionTask",
    "LessonsNote",
    "LetterReading",
    "ListItem",
    "ListItemQuerySet",
    "LookBack",
    "LookedAt",
    "Meeting",
    "MeetingDecision",
    "MeetingKind",
    "MeetingUnit",
    "Pairing",
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
    "Strike",
    "StrikeList",
    "TaskForce",
    "TeamMember",
    "TeamRole",
    "UrgentNotice",
    "UrgentReport",
]
