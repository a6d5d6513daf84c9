"""The clocks of a petition; what a clock is and how it counts is the business of `deadlines`."""

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import Organ
from cases.models.petitions import Petition
from deadlines.models import AbstractClock


@pghistory.track(append_only=True, model_name="PetitionClockVersion", level=pghistory.Statement)
class PetitionClock(AbstractClock):
    """A period that runs on a petition for one organ."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="clocks")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="petition_clocks")
    code = models.CharField(max_length=4)

    class Meta(AbstractClock.Meta):
        indexes = [
            *AbstractClock.Meta.indexes,
            # the sweeps that ask for one kind of clock
            models.Index(
                fields=["code", "due_at"],
                condition=Q(met_at=None, cancelled_at=None),
                name="petition_clock_open_by_code",
            ),
            # what was done late in a month
            models.Index(
                fields=["met_at"], condition=Q(breached_at__isnull=False), name="petition_clock_late_by_met"
            ),
        ]
        constraints = [
            *AbstractClock.Meta.constraints,
            models.UniqueConstraint(
                fields=["petition", "organ", "code"],
                condition=Q(met_at=None, cancelled_at=None),
                name="petition_clock_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.code}"
