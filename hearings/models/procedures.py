"""What a hearing is held by: the procedure of a place and time, the rooms, and the registry of panel members."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from hearings.states import Applicant, DayUnit, PanelKind
from lib.days import days_from_to
from places.models import Place

_ODD = [1, 3, 5, 7, 9, 11]


class ProcedureQuerySet(models.QuerySet["ProcedureSet"]):
    def in_force(self, place: Place, *, on: date) -> ProcedureQuerySet:
        """Keep the procedures by which an organ of a place may hold a hearing on a day."""
        days = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))
        here = Q(province="") | Q(province=place.path.split("/")[0])
        return self.filter(days, here)


class ProcedureSet(models.Model):
    """听证程序: a procedure as data, with the days it held; the law leaves it to provinces and places (Art 31(6))."""

    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(pgettext_lazy("of a procedure", "name"), max_length=120)
    # the province's code; empty where any place may use it
    province = models.CharField(_("province"), max_length=2, blank=True)
    applicants = ArrayField(
        models.CharField(max_length=20, choices=Applicant), verbose_name=_("who may ask"), default=list
    )
    # without a number the procedure says none
    decide_days = models.PositiveSmallIntegerField(_("days to decide"), null=True)
    decide_unit = models.CharField(
        _("unit of the days to decide"), max_length=10, choices=DayUnit, default=DayUnit.WORKING
    )
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), null=True)
    notice_unit = models.CharField(
        _("unit of the days of notice"), max_length=10, choices=DayUnit, default=DayUnit.CALENDAR
    )
    least_panel = models.PositiveSmallIntegerField(_("panel members at least"))
    most_representatives = models.PositiveSmallIntegerField(_("representatives at most"))
    most_agents = models.PositiveSmallIntegerField(_("agents at most"))
    is_public = models.BooleanField(_("public as a rule"), default=True)
    serve_announced_days = models.PositiveSmallIntegerField(
        _("days to serve a conclusion that was announced"), null=True
    )
    serve_days = models.PositiveSmallIntegerField(_("days to serve any other conclusion"), null=True)
    source = models.CharField(_("source"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applicants__contained_by=Applicant.values) & ~Q(applicants=[]),
                name="procedure_applicants_known",
            ),
            models.CheckConstraint(
                condition=Q(decide_unit__in=DayUnit.values), name="procedure_decide_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(notice_unit__in=DayUnit.values), name="procedure_notice_unit_known"
            ),
            # an even panel can end without a majority
            models.CheckConstraint(condition=Q(least_panel__in=_ODD), name="procedure_panel_odd"),
            models.CheckConstraint(
                condition=Q(most_representatives__lte=5), name="procedure_five_representatives"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="procedure_runs_on"
            ),
            ExclusionConstraint(
                name="procedure_one_version_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (days_from_to("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="procedure_followed_not_changed", exclude=["valid_to"]),
            pgtrigger.Protect(name="procedure_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name

    def has_lapsed(self, *, on: date) -> bool:
        """Whether its days are over: nothing new is asked for under it."""
        return self.valid_to is not None and self.valid_to < on


class HearingRoom(models.Model):
    """A room hearings are held in; one hearing at a time, which the bookings hold."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="hearing_rooms")
    name = models.CharField(pgettext_lazy("of a hearing room", "name"), max_length=120)
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "name"], condition=Q(ended_at=None), name="hearing_room_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="hearing_room_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Panelist(models.Model):
    """听证员库: a person the panel is drawn or chosen from; nobody of the office, nothing about petitioners."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="panelists")
    name = models.CharField(pgettext_lazy("of a panel member", "name"), max_length=60)
    kind = models.CharField(pgettext_lazy("of a panel member", "kind"), max_length=20, choices=PanelKind)
    from_where = models.CharField(_("office or profession"), max_length=120, blank=True)
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PanelKind.values), name="panelist_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="panelist_has_a_name"),
            models.UniqueConstraint(
                fields=["organ", "name", "from_where"], condition=Q(ended_at=None), name="panelist_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
