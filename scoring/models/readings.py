"""What the room of indicators told of a unit over a period of a rule, and what the rule made of it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.models import Organ
from indicators.units import Share
from scoring.models.entries import ScoreEntry
from scoring.models.rule_sets import ScoreRule


class RateReading(models.Model):
    """One rate of a unit as it was known at the end of a day, with the points that the rule gives for it.

    The first is read by the clock when the period is over; a later one, with the next number, corrects it by an entry
    of its own. What is lost stands in the ledger, so a full rate has no entry.
    """

    rule = models.ForeignKey(ScoreRule, models.PROTECT, related_name="readings")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="rate_readings")
    # half-open, as periods of figures are
    since = models.DateField()
    until = models.DateField()
    number = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    counted = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=6, decimal_places=2)
    entry = models.OneToOneField(ScoreEntry, models.PROTECT, null=True, related_name="reading")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "organ", "since", "number"], name="rate_reading_once"),
            models.CheckConstraint(
                condition=Q(until__gt=F("since"), as_of__gte=F("since"), number__gte=1),
                name="rate_reading_has_days",
            ),
            models.CheckConstraint(
                condition=Q(counted__lte=F("of"), points__gte=0), name="rate_reading_is_a_share"
            ),
        ]
        indexes = [models.Index(fields=["organ", "-until"], name="rate_reading_by_organ")]
        triggers = [
            pgtrigger.Protect(name="rate_reading_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.rule_id} {self.since}"

    @property
    def share(self) -> Share:
        return Share(self.counted, self.of)
