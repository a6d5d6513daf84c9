"""Everything this room keeps, by what it is about."""

from grids.models.boundaries import BoundarySheet, EventLocation, GridBoundary
from grids.models.direct import DirectPhoto, DirectReport
from grids.models.events import (
    Evaluation,
    EventClock,
    EventLift,
    EventMove,
    EventPart,
    EventPhoto,
    EventQuerySet,
    EventType,
    GridEvent,
    grids_of,
)
from grids.models.gatherings import Gathering, GatheringSeries
from grids.models.grids import Grid, GridQuerySet, GridScheme
from grids.models.ground import Courtyard, DiaryNote, HouseholdCard, worked_in
from grids.models.rounds import Round, RoundFind, RoundGroup, RoundGroupGrid, RoundPlan, RoundSupplement
from grids.models.staff import GridStaff, Liaison, ServiceTeam, StaffQuerySet

__all__ = [
    "BoundarySheet",
    "Courtyard",
    "DiaryNote",
    "DirectPhoto",
    "DirectReport",
    "Evaluation",
    "EventClock",
    "EventLift",
    "EventLocation",
    "EventMove",
    "EventPart",
    "EventPhoto",
    "EventQuerySet",
    "EventType",
    "Gathering",
    "GatheringSeries",
    "Grid",
    "GridBoundary",
    "GridEvent",
    "GridQuerySet",
    "GridScheme",
    "GridStaff",
    "HouseholdCard",
    "Liaison",
    "Round",
    "RoundFind",
    "RoundGroup",
    "RoundGroupGrid",
    "RoundPlan",
    "RoundSupplement",
    "ServiceTeam",
    "StaffQuerySet",
    "grids_of",
    "worked_in",
]
