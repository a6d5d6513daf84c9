"""排查: plans by which grids are looked over, one round of one grid, and what was found in it."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from accounts.roles import PLACE_WIDE
from grids.models.events import GridEvent, grids_of
from grids.models.grids import KEEPING_KINDS, KEEPING_ROLES, ON_THE_GROUND, Grid
from grids.round_states import Rhythm
from lib.ids import uuid7
from lib.trees import paths_above


class RoundPlanQuerySet(models.QuerySet["RoundPlan"]):
    def visible_to(self, hat: Hat) -> RoundPlanQuerySet:
        """Keep the plans that hold where a hat works: of its own place and above it; of a place also those below."""
        path = hat.organ.place.path
        holds = Q(organ__place__path__in=paths_above(path))
        if hat.role in ON_THE_GROUND:
            return self.filter(holds)
        keeps = hat.organ.kind in KEEPING_KINDS and hat.role in KEEPING_ROLES
        if keeps or (hat.organ.looks_after_a_place and hat.role in PLACE_WIDE):
            return self.filter(holds | Q(organ__place__path__startswith=path))
        return self.none()

    def kept_by(self, hat: Hat) -> RoundPlanQuerySet:
        """Keep the plans that a hat may change: those of its own organ."""
        if hat.organ.kind not in KEEPING_KINDS or hat.role not in KEEPING_ROLES:
            return self.none()
        return self.filter(organ__in=Organ.objects.of_today(hat.organ))

    def standing(self) -> RoundPlanQuerySet:
        """Keep the plans that were not ended."""
        return self.filter(ended_at=None)


class RoundPlan(models.Model):
    """How a township or community looks over its grids (排查方案): how often, from when to when, and at what."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="round_plans")
    name = models.CharField(pgettext_lazy("of rounds", "name"), max_length=60)
    # such as 汛期; empty for what goes on all year
    occasion = models.CharField(pgettext_lazy("of rounds", "occasion"), max_length=40, blank=True)
    rhythm = models.CharField(_("how often"), max_length=12, choices=Rhythm)
    checklist = ArrayField(models.CharField(max_length=80), verbose_name=_("what is looked at"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("to"), null=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it was ended"), max_length=200, blank=True)

    objects = RoundPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="round_plan_rhythm_known"),
            models.CheckConstraint(
                condition=~Q(name="") & Q(checklist__len__gte=1), name="round_plan_says_what_is_looked_at"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) & ~Q(rhythm=Rhythm.ONCE) | Q(until_on__gte=F("from_on")),
                name="round_plan_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="round_plan_ended_with_reason",
            ),
            models.UniqueConstraint(
                fields=["organ", "name"], condition=Q(ended_at=None), name="round_plan_name_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="round_plan_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="round_plan_facts_stay", exclude=["organ", "ended_at", "end_reason"]),
        ]

    def __str__(self) -> str:
        return self.name


class RoundGroup(models.Model):
    """A group that looks over some of the grids of a plan: how many people it has, and no list of them."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    plan = models.ForeignKey(RoundPlan, models.PROTECT, related_name="groups")
    name = models.CharField(pgettext_lazy("of a group", "name"), max_length=40)
    members = models.PositiveSmallIntegerField(_("members"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & Q(members__gte=1), name="round_group_has_a_name_and_people"
            ),
            models.UniqueConstraint(fields=["plan", "name"], name="round_group_name_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="round_group_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.name


_ONE_PLAN = """
IF NOT EXISTS (SELECT FROM grids_roundgroup WHERE id = NEW.group_id AND plan_id = NEW.plan_id) THEN
    RAISE EXCEPTION 'a group looks over grids of its own plan';
END IF;
RETURN NEW;
"""


class RoundGroupGrid(models.Model):
    """That a group looks over a grid; of one plan each grid has one group."""

    plan = models.ForeignKey(RoundPlan, models.PROTECT, related_name="+")
    group = models.ForeignKey(RoundGroup, models.PROTECT, related_name="grids")
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="round_groups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "grid"], name="round_group_one_a_grid")]
        triggers = [
            pgtrigger.Protect(name="round_group_grid_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="round_group_of_its_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ONE_PLAN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.grid_id}"


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, hat: Hat) -> RoundQuerySet:
        """Keep the rounds of the grids a hat reads; on the ground those of its own grids."""
        if hat.role in ON_THE_GROUND:
            return self.filter(grid__in=grids_of(hat.post))
        return self.filter(grid__in=Grid.objects.visible_to(hat))

    def waiting(self) -> RoundQuerySet:
        """Keep what is still to be looked over, whether its days are over or not."""
        return self.filter(done_at=None, plan__ended_at=None, grid__ended_at=None)

    def missed(self, today: date) -> RoundQuerySet:
        """Keep the rounds whose days are over and that nobody reported."""
        return self.waiting().filter(last_on__lt=today)


class Round(models.Model):
    """One round of one grid: from a day to a day, then what was looked at, and whether anything was found."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    plan = models.ForeignKey(RoundPlan, models.PROTECT, related_name="rounds")
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="rounds")
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("to"))
    opened_at = models.DateTimeField()
    # when the tier above was told that nobody reported it in its days
    missed_at = models.DateTimeField(null=True)
    # when it was done: what a phone saw without a signal counts from then
    done_at = models.DateTimeField(null=True)
    # when it came here from a phone; nothing where it was written on a page
    received_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    looked_at = ArrayField(models.CharField(max_length=80), default=list)
    # 零报告: looked over, nothing found
    zero = models.BooleanField(_("zero report"), default=False)
    words = models.CharField(pgettext_lazy("of a round", "remark"), max_length=500, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "grid", "first_on"], name="round_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="round_runs_forward"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, person=None, zero=False, words="")
                | Q(done_at__isnull=False, done_by__isnull=False, person__isnull=False),
                name="round_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(received_at__gte=F("done_at")),
                name="round_received_after_it_was_done",
            ),
        ]
        indexes = [
            models.Index(fields=["last_on", "id"], condition=Q(done_at=None), name="round_waiting"),
            models.Index(fields=["plan", "first_on"], name="round_by_plan"),
        ]
        triggers = [
            pgtrigger.Protect(name="round_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="round_days_stay", fields=["plan", "grid", "first_on", "last_on", "opened_at"]
            ),
            pgtrigger.Protect(
                name="round_report_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.grid_id} {self.first_on}"


class RoundSupplement(models.Model):
    """What somebody reported of a round that another had reported meanwhile; it stands beside that report."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="supplements")
    looked_at = ArrayField(models.CharField(max_length=80))
    zero = models.BooleanField(_("zero report"))
    words = models.CharField(pgettext_lazy("of a round", "remark"), max_length=500, blank=True)
    done_at = models.DateTimeField()
    received_at = models.DateTimeField()
    done_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="round_supplement_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.done_at}"


class RoundFind(models.Model):
    """That an event was found in a round; what becomes of it, with unit and day, is the event's own."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="finds")
    event = models.OneToOneField(GridEvent, models.PROTECT, related_name="found_in")

    class Meta:
        triggers = [pgtrigger.Protect(name="round_find_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.round_id} {self.event_id}"
