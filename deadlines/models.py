"""Calendar, rules and the abstract clock. Each owning app has its concrete table of clocks."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from deadlines.arithmetic import Pause, Term
from deadlines.arithmetic import Roll as RollCode
from deadlines.arithmetic import Unit as UnitCode
from lib.days import days_from_to


class DayKind(models.TextChoices):
    """What a day is, as the State Council's notice has it (deadlines.md §3)."""

    WORKDAY = "workday", _("Working day")
    REST = "rest", _("Rest day")
    PUBLIC_HOLIDAY = "public_holiday", _("Public holiday")
    SWAPPED_WORKDAY = "swapped_workday", _("Working day in exchange")
    SWAPPED_REST = "swapped_rest", _("Rest day in exchange")


WORKED = frozenset({DayKind.WORKDAY, DayKind.SWAPPED_WORKDAY})


class CalendarYear(models.Model):
    """A year whose notice was entered; without one no working day of the year is known (Q26)."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(pgettext_lazy("of a calendar", "source"), max_length=200)
    loaded_at = models.DateTimeField()
    # nobody for the years shipped with the product
    loaded_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that is not as its weekday says, or is named by the notice."""

    day = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days")
    kind = models.CharField(max_length=20, choices=DayKind)
    name = models.CharField(max_length=40, blank=True)
    # the year whose notice says so: a holiday at New Year may begin in the year before
    noticed_in = models.ForeignKey(CalendarYear, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="calendar_day_kind_known"),
            models.CheckConstraint(condition=Q(day__year=F("year")), name="calendar_day_in_its_year"),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()


class Unit(models.TextChoices):
    """The units of `arithmetic`, with their words."""

    CALENDAR_DAYS = UnitCode.CALENDAR_DAYS, _("calendar days")
    WORKING_DAYS = UnitCode.WORKING_DAYS, _("working days")
    HOURS = UnitCode.HOURS, _("hours")
    AS_SET = UnitCode.AS_SET, _("as set")


class Roll(models.TextChoices):
    """Whether a last day moves, with its words."""

    NONE = RollCode.NONE, pgettext_lazy("last day", "does not move")
    FORWARD = RollCode.FORWARD, pgettext_lazy("last day", "moves to the next working day")


class Extender(models.TextChoices):
    """Who may extend (deadlines.md §1)."""

    NOBODY = "nobody", pgettext_lazy("who may extend", "nobody")
    HANDLING_ORGAN_HEAD = (
        "handling_organ_head",
        pgettext_lazy("who may extend", "the head of the handling organ"),
    )
    ASSIGNER = "assigner", pgettext_lazy("who may extend", "whoever assigned it")
    SENDER = "sender", pgettext_lazy("who may extend", "whoever sent it")
    OFFICE = "office", pgettext_lazy("who may extend", "the petition office")
    COMMITTEE = "committee", pgettext_lazy("who may extend", "the review committee, where local rules say so")


class RuleQuerySet(models.QuerySet["Rule"]):
    def in_force(self, day: date) -> "RuleQuerySet":
        """Keep the versions that hold on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Rule(models.Model):
    """One version of a period (T1 … T19). A version is never changed, only followed by another one."""

    code = models.CharField(_("code"), max_length=4)
    version = models.PositiveSmallIntegerField(_("version"))
    article = models.CharField(_("article"), max_length=120, blank=True)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("counted in"), max_length=20, choices=Unit)
    roll = models.CharField(_("last day on a rest day"), max_length=10, choices=Roll)
    exclude_start_day = models.BooleanField(_("start day not counted"), default=True)
    extended_by = models.CharField(_("extended by"), max_length=30, choices=Extender)
    # in the rule's own unit, over all extensions together; none for no limit
    most_extension_days = models.PositiveSmallIntegerField(
        _("extended by at most (days)"), null=True, blank=True
    )
    most_extensions = models.PositiveSmallIntegerField(_("extended how often"), null=True, blank=True)
    # how many of the rule's own units before the end each band begins (deadlines.md §5)
    notice = models.PositiveSmallIntegerField(_("notice from"))
    warn = models.PositiveSmallIntegerField(_("warn from"))
    urge = models.PositiveSmallIntegerField(_("urge from"))
    valid_from = models.DateField(pgettext_lazy("of a rule", "valid from"))
    valid_to = models.DateField(pgettext_lazy("of a rule", "valid to"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="rule_version_once"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="rule_unit_known"),
            models.CheckConstraint(condition=Q(roll__in=Roll.values), name="rule_roll_known"),
            models.CheckConstraint(
                condition=Q(extended_by__in=Extender.values), name="rule_extended_by_known"
            ),
            models.CheckConstraint(
                condition=~Q(extended_by=Extender.NOBODY) | Q(most_extension_days=0, most_extensions=0),
                name="rule_nobody_extends_by_nothing",
            ),
            models.CheckConstraint(
                condition=Q(unit=Unit.AS_SET, length=0) | ~Q(unit=Unit.AS_SET) & Q(length__gt=0),
                name="rule_as_set_has_no_length",
            ),
            models.CheckConstraint(
                condition=Q(notice__gte=F("warn")) & Q(warn__gte=F("urge")), name="rule_bands_in_order"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="rule_validity_runs_on"
            ),
            ExclusionConstraint(
                name="rule_one_version_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        days_from_to("valid_from", "valid_to"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = [
            # Clocks were started by it: what it said stays, only its end is written when another follows.
            pgtrigger.ReadOnly(name="rule_is_followed_not_changed", exclude=["valid_to"]),
            pgtrigger.Protect(name="rule_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.code}.{self.version}"

    def holds_on(self, day: date) -> bool:
        """Test if this version is in force on a day, as `in_force` asks the table."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @property
    def term(self) -> Term:
        return Term(self.length, UnitCode(self.unit), RollCode(self.roll), self.exclude_start_day)


# longer than any run of holidays
_ROLLS_AT_MOST = timedelta(days=31)

AnyClock = TypeVar("AnyClock", bound="AbstractClock")


class ClockQuerySet(models.QuerySet[AnyClock], Generic[AnyClock]):
    def open(self) -> "ClockQuerySet[AnyClock]":
        """Keep the clocks that still run."""
        return self.filter(met_at=None, cancelled_at=None)

    def due(self, now: datetime) -> "ClockQuerySet[AnyClock]":
        """Keep the open clocks whose next alarm has come, in the order of the sweep's index."""
        return self.open().filter(next_alarm_at__lte=now).order_by("next_alarm_at", "pk")

    def reaching_into(self, years: Collection[int]) -> "ClockQuerySet[AnyClock]":
        """Keep the open clocks whose last day a change of these years could move or make known (Q26).

        A day may roll over the turn of the year, so those that end in the weeks before are kept as well.
        """
        first = date(min(years), 1, 1) - _ROLLS_AT_MOST
        return self.open().filter(alarm_day__gte=first)


class AbstractClock(models.Model):
    """A period that runs on something, kept with what it was worked out from.

    The concrete table adds its owner, is tracked by `pghistory.track(append_only=True)`, so that every day it
    ever had stays with its `known_at`, and is made known to `recompute.register`. A table that needs more
    constraints names `AbstractClock.Meta.constraints` among its own.
    """

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    # a copy of the rule's code, for constraints and lists
    code = models.CharField(max_length=4)
    start_event = models.CharField(max_length=30)
    started_at = models.DateTimeField()
    starts_on = models.DateField()
    # the day set by an assigner (T6), none for the others
    set_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    rolled_day = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    extension_days = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    # T5 that runs for lamps and figures only, before acceptance (Q23)
    presumed = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True)
    # once breached, always breached: a late deed does not heal it
    breached_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    # the year whose notice must come before there is a last day (Q26)
    waiting_for_year = models.PositiveSmallIntegerField(null=True)
    # the day an open pause began, while it keeps the last day open (Art 36(2))
    paused_since = models.DateField(null=True)
    alarm_day = models.DateField()
    # from when each band holds (deadlines.md §5); amber is "warn" (Q27)
    notice_at = models.DateTimeField()
    amber_at = models.DateTimeField()
    urge_at = models.DateTimeField()
    # the next of these, or the due moment; none once that has rung, and none on an ended clock
    next_alarm_at = models.DateTimeField(null=True)
    steps = models.JSONField(default=list)
    known_at = models.DateTimeField()

    objects: Any = ClockQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("starts_on")), name="%(class)s_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(
                    due_at__isnull=False, last_day__isnull=False, waiting_for_year=None, paused_since=None
                )
                | Q(due_at=None, last_day=None) & ~Q(waiting_for_year=None, paused_since=None),
                name="%(class)s_has_a_day_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(met_at=None) | Q(cancelled_at=None), name="%(class)s_met_or_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(next_alarm_at=None) | Q(met_at=None, cancelled_at=None),
                name="%(class)s_ended_is_silent",
            ),
        ]
        indexes = [
            # the sweep: what is due costs, not what is open
            models.Index(
                fields=["next_alarm_at", "id"],
                condition=Q(next_alarm_at__isnull=False),
                name="%(class)s_open_by_alarm",
            ),
            # a new year's notice: open clocks that reach into it
            models.Index(
                fields=["alarm_day"],
                condition=Q(met_at=None, cancelled_at=None),
                name="%(class)s_open_by_day",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.cancelled_at is None

    @property
    def was_late(self) -> bool:
        """Test if it was met late, or is overdue and was seen to be."""
        if self.met_at is not None and self.due_at is not None:
            return self.met_at >= self.due_at
        return self.breached_at is not None

    def taken_pauses(self) -> tuple[Pause, ...]:
        """Return the days that do not count: none, where the owner keeps no pauses."""
        return ()


class PausableClock(AbstractClock):
    """A clock whose owner keeps pauses: a table made of `AbstractPause`, related by the name `pauses`."""

    # the related rows of the concrete pause table, which this room does not know
    pauses: Any

    class Meta(AbstractClock.Meta):
        abstract = True

    def taken_pauses(self) -> tuple[Pause, ...]:
        return tuple(Pause(since, until) for since, until in self.pauses.values_list("since", "until"))


class AbstractPause(models.Model):
    """Days that do not count: those after `since` up to `until`. The concrete table adds the clock."""

    since = models.DateField()
    until = models.DateField(null=True)
    basis = models.CharField(max_length=200)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="%(class)s_runs_forward"
            ),
        ]
