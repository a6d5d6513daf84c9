"""月结: how units stood at the end of a month when it was closed, with the version and every entry that counted."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ, Post, User
from lib.ids import uuid7
from places.models import Place
from scoring.models.entries import ScoreEntry
from scoring.models.rule_sets import RuleSet
from scoring.states import VolumeClass

_STAYS = pgtrigger.Update | pgtrigger.Delete


class MonthClose(models.Model):
    """A month of a place, closed by whoever keeps its scores: from the first day of the year to its last day, once."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="month_closes")
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    closed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    closer = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="month_close_is_a_month"),
            models.UniqueConstraint(fields=["place", "year", "month"], name="month_close_once"),
        ]
        triggers = [pgtrigger.Protect(name="month_close_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.place_id} {self.name}"

    @property
    def name(self) -> str:
        """The month as it is written: 2026-09."""
        return f"{self.year}-{self.month:02}"


class CloseLine(models.Model):
    """How one unit stood: what its entries made of the base of the version it was assessed by, to the last digit."""

    close = models.ForeignKey(MonthClose, models.PROTECT, related_name="lines", db_index=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="close_lines")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    volume = models.CharField(max_length=10, choices=VolumeClass)
    entered = models.DecimalField(max_digits=8, decimal_places=2)
    deducted = models.DecimalField(max_digits=8, decimal_places=2)
    bonus = models.DecimalField(max_digits=8, decimal_places=2)
    score = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["close", "organ"], name="close_line_once"),
            models.CheckConstraint(
                condition=Q(volume__in=VolumeClass.values), name="close_line_volume_known"
            ),
            models.CheckConstraint(condition=Q(deducted__lte=0, bonus__gte=0), name="close_line_signs"),
        ]
        triggers = [pgtrigger.Protect(name="close_line_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.close_id} {self.organ_id} {self.score}"


class CloseEntry(models.Model):
    """An entry that counted in a line, with the points that stood."""

    line = models.ForeignKey(CloseLine, models.PROTECT, related_name="entries", db_index=False)
    entry = models.ForeignKey(ScoreEntry, models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "entry"], name="close_entry_once"),
            models.CheckConstraint(condition=~Q(points=0), name="close_entry_counts"),
        ]
        triggers = [pgtrigger.Protect(name="close_entry_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.line_id} {self.entry_id}"
