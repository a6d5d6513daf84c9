"""Everything this room keeps, by what it is about."""

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
from grids.models.grids import Grid, GridQuerySet, GridScheme
from grids.models.rounds import Round, RoundFind, RoundGroup, RoundGroupGrid, RoundPlan
from grids.models.staff import GridStaff, Liaison, ServiceTeam, StaffQuerySet

__all__ = [
    "DirectPhoto",
    "DirectReport",
    "Evaluation",
    "EventClock",
    "EventLift",
    "EventMove",
    "EventPart",
    "EventPhoto",
    "EventQuerySet",
    "EventType",
    "Grid",
    "GridEvent",
    "GridQuerySet",
    "GridScheme",
    "GridStaff",
    "Liaison",
    "Round",
    "RoundFind",
    "RoundGroup",
    "RoundGroupGrid",
    "RoundPlan",
    "ServiceTeam",
    "StaffQuerySet",
    "grids_of",
]
