"""Where grids lie: boundaries as the office uploaded them, and where an event is, if whoever saw it added the place."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from grids.boundaries import EASTS, NORTHS
from grids.map_states import TAKEN_IN, CoordinateSystem
from grids.models.events import GridEvent
from grids.models.grids import Grid
from lib.ids import uuid7


class BoundarySheet(models.Model):
    """One file of boundaries that an organ uploaded: the system it states, who took it in, its digest."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="boundary_sheets")
    version = models.PositiveIntegerField(pgettext_lazy("of boundaries", "version"))
    system = models.CharField(_("coordinate system"), max_length=8, choices=CoordinateSystem)
    sha256 = models.CharField(max_length=64)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(system__in=sorted(TAKEN_IN)), name="boundary_sheet_system_taken"
            ),
            models.UniqueConstraint(fields=["organ", "version"], name="boundary_sheet_version_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="boundary_sheet_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.version}"


class GridBoundary(models.Model):
    """The boundary of a grid by one sheet, until a later one states it anew."""

    sheet = models.ForeignKey(BoundarySheet, models.PROTECT, related_name="boundaries")
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="boundaries")
    # the coordinates of a MultiPolygon, as the file stated them, to a tenth of a metre
    polygons = models.JSONField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grid"], condition=Q(ended_at=None), name="grid_boundary_one_at_a_time"
            ),
            models.UniqueConstraint(fields=["sheet", "grid"], name="grid_boundary_once_a_sheet"),
        ]
        triggers = [
            pgtrigger.Protect(name="grid_boundary_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="grid_boundary_line_stays", exclude=["ended_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.grid_id} {self.sheet_id}"


class EventLocation(models.Model):
    """Where an event is, as the worker's phone said when he added it by hand; nothing else knows where he was."""

    event = models.OneToOneField(GridEvent, models.PROTECT, related_name="location")
    # degrees of WGS 84, to a metre
    north = models.DecimalField(max_digits=7, decimal_places=5)
    east = models.DecimalField(max_digits=8, decimal_places=5)
    # how far off it may be
    metres = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    north__gte=NORTHS[0], north__lte=NORTHS[1], east__gte=EASTS[0], east__lte=EASTS[1]
                ),
                name="event_location_in_the_country",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="event_location_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.event_id)
