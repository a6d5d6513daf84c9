"""What figures are counted from: of each petition what was known of it, from a moment to a moment.

Nothing here is a source. Every row follows from the history that deeds leave (`arithmetic.stretches`), can be thrown
away and is made again; so a figure is true of a past day also for what was taken in later.
"""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.hats import Hat
from accounts.models import Post
from cases.models import ContentCategory, Petition
from cases.states import OPEN
from places.models import Place

# What is not done yet and whose day may still pass, by whom it is done: the part of I01, I02 and I03 that time moves.
UNDONE_BY_OFFICE = Q(office_done_at=None, office_due_at__isnull=False)
UNDONE_BY_UNIT = Q(Q(unit_done_at=None) | Q(unit_told_at=None), to_unit=True)
UNDONE_BY_REPLY = Q(Q(finished_at=None) | Q(replied_at=None), reply_due_at__isnull=False)
_NOW = Q(replaced_at=None, sealed=False)


class FactQuerySet(models.QuerySet["Fact"]):
    def known(self, at: datetime | None) -> FactQuerySet:
        """Keep what was known at a moment of each petition that was registered by then; without one what is known."""
        if at is None:
            return self.filter(replaced_at=None)
        return self.filter(Q(replaced_at=None) | Q(replaced_at__gt=at), known_at__lte=at)

    def open_lane(self) -> FactQuerySet:
        """Keep what is not sealed: for counts of the whole house, which nobody reads by case."""
        return self.filter(sealed=False)

    def visible_to(self, hat: Hat) -> FactQuerySet:
        """Keep the petitions that a hat may know of today, whatever was so on the day that is asked about (Q1, Q6)."""
        if hat.sees_its_place:
            return self.open_lane().filter(seen_path__startswith=hat.organ.place.path)
        return self.open_lane().filter(petition__in=Petition.objects.visible_to(hat).values("pk"))


class Fact(models.Model):
    """What was known of one petition during a stretch of time: everything that indicators ask, and no words.

    `known_at` is inside the stretch and `replaced_at` outside it. `sealed` and `seen_path` say who may know of the
    petition; they are the same in all rows of one petition, and are those of this moment.
    """

    # found by the constraint that begins with it
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="facts", db_index=False)
    known_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    sealed = models.BooleanField()
    seen_path = models.CharField(max_length=80)

    routing = models.CharField(max_length=20)
    place_path = models.CharField(max_length=80)
    content_category = models.ForeignKey(ContentCategory, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    register_level = models.CharField(max_length=4)
    # by a petition office, not by a unit that received it directly
    by_office = models.BooleanField()
    petitioner_count = models.PositiveIntegerField()
    is_collective = models.BooleanField()
    litigation_related = models.BooleanField()
    registered_at = models.DateTimeField()
    is_repeat = models.BooleanField()

    # the earliest way that a petition office gave it, and T1 of that office (I01)
    office_done_at = models.DateTimeField(null=True)
    office_due_at = models.DateTimeField(null=True)
    # a unit leads a claim; when the last of them was decided on; T3 of all units together (I02)
    to_unit = models.BooleanField()
    unit_done_at = models.DateTimeField(null=True)
    unit_told_at = models.DateTimeField(null=True)
    unit_due_at = models.DateTimeField(null=True)
    # the periods for answering, all of them together, and the end of the whole (I03)
    reply_due_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # the same matter was registered again after it was finished (I07)
    again_at = models.DateTimeField(null=True)
    # the petitioner was spoken to while it was handled (I11)
    contacted_at = models.DateTimeField(null=True)
    # the nearest period that lights the lamp (I16)
    next_due_at = models.DateTimeField(null=True)
    # when the days for rating the last reply end, and what was said so far, which counts from then on (I04, I05)
    rate_by_at = models.DateTimeField(null=True)
    rating = models.CharField(max_length=12, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "known_at"], name="fact_known_once"),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(replaced_at=None), name="fact_one_is_known"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__gt=F("known_at")), name="fact_stretch_runs_on"
            ),
        ]
        indexes = [
            # the cohorts of what is known now
            *(
                models.Index(
                    fields=[cohort],
                    condition=_NOW,
                    name=f"fact_now_by_{cohort}",
                )
                for cohort in ("registered_at", "reply_due_at", "finished_at", "next_due_at", "rate_by_at")
            ),
            # what time moves, whatever else there is
            models.Index(
                fields=["registered_at"],
                condition=Q(replaced_at=None, routing__in=sorted(OPEN), sealed=False),
                name="fact_open_now",
            ),
            *(
                models.Index(fields=[cohort], condition=_NOW & undone, name=f"fact_now_undone_by_{who}")
                for who, cohort, undone in (
                    ("office", "registered_at", UNDONE_BY_OFFICE),
                    ("unit", "registered_at", UNDONE_BY_UNIT),
                    ("reply", "reply_due_at", UNDONE_BY_REPLY),
                )
            ),
            # the same as it was known once
            *(
                models.Index(
                    fields=[cohort, "known_at"], condition=Q(sealed=False), name=f"fact_once_by_{cohort}"
                )
                for cohort in ("registered_at", "reply_due_at", "finished_at", "rate_by_at")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.known_at}"


class DaySum(models.Model):
    """What is known now of the petitions of one day and place, added up: what no later moment can move.

    Written by triggers of `Fact` in the same transaction, by adding rows alone, so that it is never behind and nobody
    waits; rows of one key are summed, and the night makes one of them (`sweeps.merge_sums`). The day is the one of each
    cohort: of registration, of 15 and 30 days later, of the last day for the reply, and so on.
    """

    day = models.DateField()
    # down to the township; by it petitions are seen
    place_path = models.CharField(max_length=80)
    # outside litigation, and no call: whoever counts in the second universe, too
    plain = models.BooleanField()

    # by the day of registration
    batches = models.BigIntegerField(db_default=0)
    letter = models.BigIntegerField(db_default=0)
    visit = models.BigIntegerField(db_default=0)
    online = models.BigIntegerField(db_default=0)
    phone = models.BigIntegerField(db_default=0)
    repeat = models.BigIntegerField(db_default=0)
    first_to_unit = models.BigIntegerField(db_default=0)
    contacted = models.BigIntegerField(db_default=0)
    # by the days of I01, I02 and I03, of what is done
    i01_in_time = models.BigIntegerField(db_default=0)
    i01_late = models.BigIntegerField(db_default=0)
    i01_late_by_law = models.BigIntegerField(db_default=0)
    i02_in_time = models.BigIntegerField(db_default=0)
    i02_late = models.BigIntegerField(db_default=0)
    i02_late_by_law = models.BigIntegerField(db_default=0)
    i03_in_time = models.BigIntegerField(db_default=0)
    i03_late = models.BigIntegerField(db_default=0)
    i03_late_by_law = models.BigIntegerField(db_default=0)
    # by the day on which the days for rating are over
    satisfied = models.BigIntegerField(db_default=0)
    basically = models.BigIntegerField(db_default=0)
    dissatisfied = models.BigIntegerField(db_default=0)
    silent = models.BigIntegerField(db_default=0)
    # by the day of the end, first petitions alone
    finished = models.BigIntegerField(db_default=0)
    came_again = models.BigIntegerField(db_default=0)
    decided = models.BigIntegerField(db_default=0)
    persons = models.BigIntegerField(db_default=0)
    # in microseconds
    span_to_end = models.BigIntegerField(db_default=0)
    span_to_decision = models.BigIntegerField(db_default=0)

    class Meta:
        indexes = [models.Index(fields=["day"], name="day_sum_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.place_path}"


class MonthSum(models.Model):
    """How many petitions of one category were registered in a month at a place; kept as `DaySum` is."""

    month = models.DateField()
    place_path = models.CharField(max_length=80)
    # the top of the tree
    category_path = models.CharField(max_length=80)
    plain = models.BooleanField()
    batches = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["month"], name="month_sum_by_month")]

    def __str__(self) -> str:
        return f"{self.month} {self.place_path} {self.category_path}"


class Mark(models.Model):
    """A petition whose history grew: written by triggers in the transaction of the deed, taken up by the sweep.

    Without foreign key and without uniqueness, so that no deed waits for another one or for the sweep.
    """

    petition_id = models.UUIDField()
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.petition_id)


class Recount(models.Model):
    """One night's check of one number: as figures have it, and as plain SQL counts it from the tables of deeds."""

    checked_at = models.DateTimeField()
    since = models.DateField()
    until = models.DateField()
    universe = models.CharField(max_length=4)
    code = models.CharField(max_length=12)
    part = models.CharField(max_length=20)
    counted = models.PositiveIntegerField()
    recounted = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checked_at", "universe", "code", "part"], name="recount_once_a_night"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checked_at} {self.code}.{self.part}"

    @property
    def agrees(self) -> bool:
        return self.counted == self.recounted


class FrozenPeriod(models.Model):
    """Figures of a period as they were given out: as known at the end of a day, in one universe, of one place."""

    since = models.DateField()
    until = models.DateField()
    as_of = models.DateField()
    universe = models.CharField(max_length=4)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    # 人次 of what was registered
    persons = models.PositiveIntegerField()
    frozen_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "since", "until", "universe"], name="frozen_period_once"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since"), as_of__gte=F("since")), name="frozen_period_has_days"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="frozen_period_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.until}"


class FrozenFigure(models.Model):
    """One number of a frozen period: a part of an indicator, or all of it."""

    period = models.ForeignKey(FrozenPeriod, models.PROTECT, related_name="figures")
    code = models.CharField(max_length=12)
    part = models.CharField(max_length=20)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "code", "part"], name="frozen_figure_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="frozen_figure_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.code}.{self.part}"
