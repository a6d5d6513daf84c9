"""Everything this room keeps, by what it is about."""

from leadership.models.chain import PlaceSecretary, PlaceSecretaryQuerySet
from leadership.models.instructions import (
    DecisionRequest,
    Instruction,
    InstructionTask,
    LetterReading,
)
from leadership.models.receptions import (
    FieldCase,
    FieldPhoto,
    FieldTrip,
    FieldTripQuerySet,
    Invitation,
    Ticket,
)
from leadership.models.roster import (
    DutyDay,
    DutyDayQuerySet,
    ReceptionTarget,
    Rotation,
    RotationSeat,
    Substitution,
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
from leadership.models.stations import Mediator, ServiceDay, Station, StationQuerySet
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
    "DutyDay",
    "DutyDayQuerySet",
    "DutyNote",
    "FieldCase",
    "FieldPhoto",
    "FieldTrip",
    "FieldTripQuerySet",
    "Instruction",
    "InstructionTask",
    "Invitation",
    "LetterReading",
    "Mediator",
    "PetitionLift",
    "PetitionSpan",
    "PlaceSecretary",
    "PlaceSecretaryQuerySet",
    "PlanStep",
    "ReceptionTarget",
    "Rotation",
    "RotationSeat",
    "Secretary",
    "SecretaryQuerySet",
    "ServiceDay",
    "Slip",
    "SlipQuerySet",
    "SponsorVisit",
    "Sponsorship",
    "SponsorshipQuerySet",
    "Station",
    "StationQuerySet",
    "Substitution",
    "Ticket",
    "UrgentNotice",
    "UrgentReport",
]
