"""领导接访值班: in which order leaders receive, who sits on which day, and who stood in for whom and why (R-02)."""

from __future__ import annotations

from datetime import date, datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from leadership.reception_states import Counted, Weekday
from lib.ids import uuid7


class Rotation(models.Model):
    """The order in which leaders sit, from a day until the next one begins. Never changed: a new one is entered."""

    office = models.ForeignKey(Organ, models.PROTECT, related_name="rotations")
    since = models.DateField(_("from"))
    # 每周一日: on this weekday the same leader sits each week, outside the order
    fixed_weekday = models.PositiveSmallIntegerField(_("fixed weekday"), choices=Weekday, null=True)
    fixed_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    place = models.CharField(pgettext_lazy("of a reception", "place"), max_length=120)
    begins = models.TimeField(pgettext_lazy("of a reception", "begins"))
    ends = models.TimeField(pgettext_lazy("of a reception", "ends"))
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "since"], name="rotation_once_a_day"),
            models.CheckConstraint(
                condition=Q(fixed_weekday=None, fixed_post=None)
                | Q(fixed_weekday__in=Weekday.values, fixed_post__isnull=False),
                name="rotation_fixed_day_has_its_leader",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="rotation_runs_forward"),
            models.CheckConstraint(condition=~Q(place=""), name="rotation_has_a_place"),
        ]
        triggers = [pgtrigger.Protect(name="rotation_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.office_id} {self.since}"


class RotationSeat(models.Model):
    """One leader's place in an order."""

    rotation = models.ForeignKey(Rotation, models.PROTECT, related_name="seats")
    position = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rotation", "position"], name="rotation_seat_once"),
            models.UniqueConstraint(fields=["rotation", "post"], name="rotation_leader_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="rotation_seat_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.rotation_id}/{self.position}"


class DutyDayQuerySet(models.QuerySet["DutyDay"]):
    def sat(self) -> DutyDayQuerySet:
        """Keep the days that were not called off."""
        return self.filter(called_off_at=None)

    def between(self, first: date, last: date) -> DutyDayQuerySet:
        """Keep the days from one to another, both included."""
        return self.filter(day__gte=first, day__lte=last)


class DutyDay(models.Model):
    """Who receives visitors on a day. `planned` stays; `post` is who sits now, by its substitutions."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    office = models.ForeignKey(Organ, models.PROTECT, related_name="duty_days")
    day = models.DateField(_("day"))
    planned = models.ForeignKey(Post, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="duty_days")
    is_fixed = models.BooleanField(default=False)
    place = models.CharField(pgettext_lazy("of a reception", "place"), max_length=120)
    begins = models.TimeField(pgettext_lazy("of a reception", "begins"))
    ends = models.TimeField(pgettext_lazy("of a reception", "ends"))
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    called_off_reason = models.CharField(_("why it was called off"), max_length=300, blank=True)

    objects = DutyDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "day"], name="duty_day_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="duty_day_runs_forward"),
            models.CheckConstraint(
                condition=Q(called_off_at=None, called_off_reason="")
                | Q(called_off_at__isnull=False) & ~Q(called_off_reason=""),
                name="duty_day_called_off_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["post", "day"], name="duty_day_by_leader")]
        triggers = [
            pgtrigger.Protect(name="duty_day_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="duty_day_plan_stays",
                fields=["office", "day", "planned", "is_fixed", "entered_by", "entered_at"],
            ),
            pgtrigger.Trigger(
                name="duty_day_changes_by_substitution",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__post__df=pgtrigger.F("new__post")),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM leadership_substitution AS stands_in
                        WHERE stands_in.duty_day_id = NEW.id
                          AND stands_in.leaves_id = OLD.post_id AND stands_in.takes_id = NEW.post_id
                    ) THEN
                        RAISE EXCEPTION 'who sits changes by a substitution with its reason';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.day}"

    @property
    def stands(self) -> bool:
        return self.called_off_at is None

    @property
    def is_substituted(self) -> bool:
        return self.post_id != self.planned_id

    def has_come(self, now: datetime) -> bool:
        """Test if it is that day, or later."""
        return self.day <= timezone.localdate(now)

    def is_open(self, now: datetime) -> bool:
        """Test if numbers may be called: on the day itself, until its hours have passed."""
        return self.stands and self.has_come(now) and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        """Test if its hours have passed."""
        here = timezone.localtime(now)
        return (self.day, self.ends) <= (here.date(), here.time())


class Substitution(models.Model):
    """Who stood in for whom on a day of the roster, and why; only ever added."""

    duty_day = models.ForeignKey(DutyDay, models.PROTECT, related_name="substitutions")
    leaves = models.ForeignKey(Post, models.PROTECT, related_name="+")
    takes = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reason = models.CharField(pgettext_lazy("of a substitution", "why"), max_length=300)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="substitution_has_a_reason"),
            models.CheckConstraint(condition=~Q(leaves=F("takes")), name="substitution_is_another"),
        ]
        triggers = [
            pgtrigger.Protect(name="substitution_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.duty_day_id}: {self.leaves_id}→{self.takes_id}"


class ReceptionTarget(models.Model):
    """How often a week a leader is to sit or to go down, from a day on: of all leaders of an office, or of one."""

    office = models.ForeignKey(Organ, models.PROTECT, related_name="reception_targets")
    counted = models.CharField(_("what is counted"), max_length=10, choices=Counted)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    weekly = models.PositiveSmallIntegerField(_("times a week"))
    since = models.DateField(_("from"))
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(counted__in=Counted.values), name="reception_target_known"),
            models.UniqueConstraint(
                fields=["office", "counted", "post", "since"],
                nulls_distinct=False,
                name="reception_target_once_a_day",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="reception_target_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.counted} {self.weekly}"
