"""Who stands for a grid and who helps: work name and work telephone, from a day to a day, and nothing of a resident."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from grids.models.grids import Grid
from grids.states import LiaisonKind, Part, Skill, StaffKind, TeamKind
from lib.days import days_from_to
from lib.ids import uuid7

_LEVEL_FITS = """
IF NOT EXISTS (
    SELECT FROM grids_grid AS grid JOIN grids_gridscheme AS scheme ON scheme.id = grid.scheme_id
    WHERE grid.id = NEW.grid_id AND NEW.level BETWEEN grid.level AND cardinality(scheme.levels)
    AND (NOT NEW.heads OR NEW.level = grid.level)
) THEN
    RAISE EXCEPTION 'somebody stands for a level that the grid does not have';
END IF;
RETURN NEW;
"""


class StaffQuerySet(models.QuerySet["GridStaff"]):
    def standing(self) -> StaffQuerySet:
        """Keep those who stand for their grid today: an end is entered once it has come, and holds at once."""
        return self.filter(until=None)


class GridStaff(models.Model):
    """A grid leader or grid worker (网格长、网格员) of one level of a grid. `until` is the last day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="staff")
    part = models.CharField(pgettext_lazy("in a grid", "part"), max_length=10, choices=Part)
    kind = models.CharField(pgettext_lazy("in a grid", "kind"), max_length=15, choices=StaffKind)
    # 一级、二级、三级网格长: of which level of the scheme, wherever in the tree the grid lies
    level = models.PositiveSmallIntegerField(_("level"))
    # the leader of the grid's own level
    heads = models.BooleanField(_("heads the grid"), default=False)
    name = models.CharField(pgettext_lazy("of staff", "work name"), max_length=40)
    phone = models.CharField(_("work telephone"), max_length=30, blank=True)
    patch = models.CharField(_("courtyard or building"), max_length=60, blank=True)
    skills = ArrayField(
        models.CharField(max_length=12, choices=Skill), default=list, verbose_name=_("what he is good at")
    )
    # whoever signs in; most leaders of the lower levels do not
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="grids")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    objects = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=Part.values), name="grid_staff_part_known"),
            models.CheckConstraint(condition=Q(kind__in=StaffKind.values), name="grid_staff_kind_known"),
            models.CheckConstraint(
                condition=Q(skills__contained_by=Skill.values), name="grid_staff_skills_known"
            ),
            models.CheckConstraint(condition=~Q(name="") & Q(level__gte=1), name="grid_staff_has_a_name"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="grid_staff_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(heads=False) | Q(part=Part.LEADER), name="grid_staff_leaders_head"
            ),
            ExclusionConstraint(
                name="grid_staff_one_head",
                expressions=[
                    ("grid", RangeOperators.EQUAL),
                    (days_from_to("since", "until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(heads=True),
            ),
            ExclusionConstraint(
                name="grid_staff_once_at_a_time",
                expressions=[
                    ("grid", RangeOperators.EQUAL),
                    ("part", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("patch", RangeOperators.EQUAL),
                    (days_from_to("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="grid_staff_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="grid_staff_facts_stay", exclude=["until", "phone", "skills"]),
            pgtrigger.Trigger(
                name="grid_staff_level_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_LEVEL_FITS,
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def skill_words(self) -> list[str]:
        return [str(Skill(skill).label) for skill in self.skills]


class ServiceTeam(models.Model):
    """Who comes when a grid needs more than its worker: of all grids of a community, or of one ([L08] Art 7)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="service_teams")
    grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="teams")
    kind = models.CharField(pgettext_lazy("of a service team", "kind"), max_length=12, choices=TeamKind)
    name = models.CharField(pgettext_lazy("of a service team", "name"), max_length=60)
    contact = models.CharField(_("whom to call"), max_length=40)
    phone = models.CharField(_("work telephone"), max_length=30)
    members = models.PositiveSmallIntegerField(_("members"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TeamKind.values), name="service_team_kind_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(contact="") & ~Q(phone="") & Q(members__gte=1),
                name="service_team_can_be_called",
            ),
            models.UniqueConstraint(
                fields=["organ", "name"], condition=Q(ended_at=None), name="service_team_name_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="service_team_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="service_team_facts_stay", exclude=["ended_at", "organ"]),
        ]

    def __str__(self) -> str:
        return self.name


class Liaison(models.Model):
    """包联: who of the cadres and party members looks after what of a grid.

    Of households without smartphones only how many there are and where: no column could hold one of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="liaisons")
    kind = models.CharField(pgettext_lazy("of a liaison", "kind"), max_length=12, choices=LiaisonKind)
    name = models.CharField(pgettext_lazy("of staff", "work name"), max_length=40)
    title = models.CharField(pgettext_lazy("of staff", "post"), max_length=60)
    phone = models.CharField(_("work telephone"), max_length=30, blank=True)
    households = models.PositiveSmallIntegerField(_("households"), null=True)
    patch = models.CharField(_("courtyard or building"), max_length=60, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LiaisonKind.values), name="liaison_kind_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(title=""), name="liaison_says_who"),
            models.CheckConstraint(
                condition=Q(kind=LiaisonKind.GRID, households=None)
                | Q(kind=LiaisonKind.HOUSEHOLDS, households__gte=1) & ~Q(patch=""),
                name="liaison_households_are_a_number_and_a_place",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="liaison_runs_forward"
            ),
            ExclusionConstraint(
                name="liaison_once_at_a_time",
                expressions=[
                    ("grid", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("patch", RangeOperators.EQUAL),
                    (days_from_to("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="liaison_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="liaison_facts_stay", exclude=["until"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)
