"""The clocks of a petition; what a clock is and how it counts is the business of `deadlines`."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import Organ
from cases.models.petitions import Petition
from cases.models.remedies import Remedy
from cases.states import OF_REMEDIES, ClockCode
from deadlines.arithmetic import Pause
from deadlines.models import AbstractPause, PausableClock


@pghistory.track(append_only=True, model_name="PetitionClockVersion", level=pghistory.Statement)
class PetitionClock(PausableClock):
    """A period that runs on a petition for one organ."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="clocks")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="petition_clocks")
    # the remedy that the period is of: one organ may review two opinions on one petition (T8, T10, T15)
    remedy = models.ForeignKey(Remedy, models.CASCADE, null=True, related_name="clocks")
    code = models.CharField(max_length=4)

    class Meta(PausableClock.Meta):
        indexes = [
            *PausableClock.Meta.indexes,
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
            *PausableClock.Meta.constraints,
            models.UniqueConstraint(
                fields=["petition", "organ", "code"],
                condition=Q(met_at=None, cancelled_at=None, remedy=None),
                name="petition_clock_one_open",
            ),
            models.UniqueConstraint(
                fields=["remedy", "code"],
                condition=Q(met_at=None, cancelled_at=None, remedy__isnull=False),
                name="petition_clock_one_open_a_remedy",
            ),
            models.CheckConstraint(
                condition=Q(remedy=None) | Q(code__in=sorted(OF_REMEDIES)),
                name="petition_clock_of_a_remedy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.code}"

    def taken_pauses(self) -> tuple[Pause, ...]:
        """Return the days of hearings, which the law leaves out of a re-examination alone (Art 36(2))."""
        return super().taken_pauses() if self.code == ClockCode.T10 else ()


class HearingTime(AbstractPause):
    """The time of a hearing that does not count in a re-examination: from its grant to its conclusion (Art 36(2)).

    The room of hearings tells it; `hearing` is the key there.
    """

    clock = models.ForeignKey(PetitionClock, models.CASCADE, related_name="pauses")
    hearing = models.UUIDField(unique=True)
    # what the hearing came to; empty while it goes on, and where it was called off
    conclusion = models.TextField(blank=True)

    class Meta(AbstractPause.Meta):
        constraints = [
            *AbstractPause.Meta.constraints,
            models.UniqueConstraint(fields=["clock"], condition=Q(until=None), name="hearing_time_one_open"),
        ]
        triggers = [
            pgtrigger.Protect(name="hearing_time_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="hearing_time_of_a_reexamination",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (SELECT code FROM cases_petitionclock WHERE id = NEW.clock_id) <> 'T10' THEN
                        RAISE EXCEPTION 'only a re-examination leaves out the time of a hearing';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.since}"
