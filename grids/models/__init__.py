"""Everything this room keeps, by what it is about."""

from grids.models.grids import Grid, GridQuerySet, GridScheme
from grids.models.staff import GridStaff, Liaison, ServiceTeam, StaffQuerySet

__all__ = [
    "Grid",
    "GridQuerySet",
    "GridScheme",
    "GridStaff",
    "Liaison",
    "ServiceTeam",
    "StaffQuerySet",
]
