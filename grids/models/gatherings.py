"""说事议事: gatherings with a topic, how many came, what was agreed, what came of it. No list of who came, no names."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import PLACE_WIDE
from grids.gathering_states import NUMBERS_ONLY, GatheringKind, GatheringState, Repeat
from grids.models.events import grids_of
from grids.models.grids import KEEPING_KINDS, KEEPING_ROLES, ON_THE_GROUND, Grid
from lib.ids import uuid7

_NOT_HELD = Q(state__in=[GatheringState.PLANNED, GatheringState.CALLED_OFF])


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def visible_to(self, hat: Hat) -> GatheringQuerySet:
        """Keep the gatherings of a hat's place; on the ground those of its community for all grids or its own."""
        if hat.role in ON_THE_GROUND:
            own = self.filter(organ__in=Organ.objects.of_today(hat.organ))
            return own.filter(Q(grid=None) | Q(grid__in=grids_of(hat.post)))
        keeps = hat.organ.kind in KEEPING_KINDS and hat.role in KEEPING_ROLES
        if keeps or (hat.organ.looks_after_a_place and hat.role in PLACE_WIDE):
            return self.filter(organ__place__path__startswith=hat.organ.place.path)
        return self.none()

    def kept_by(self, hat: Hat) -> GatheringQuerySet:
        """Keep the gatherings that a hat may write on: those of its own organ."""
        if hat.organ.kind not in KEEPING_KINDS or hat.role not in KEEPING_ROLES:
            return self.none()
        return self.filter(organ__in=Organ.objects.of_today(hat.organ))


class GatheringSeriesQuerySet(models.QuerySet["GatheringSeries"]):
    def kept_by(self, hat: Hat) -> GatheringSeriesQuerySet:
        """Keep the series that a hat enters gatherings by and ends: those of its own organ."""
        if hat.organ.kind not in KEEPING_KINDS or hat.role not in KEEPING_ROLES:
            return self.none()
        return self.filter(organ__in=Organ.objects.of_today(hat.organ))

    def standing(self) -> GatheringSeriesQuerySet:
        """Keep the series that were not ended."""
        return self.filter(ended_at=None)


class GatheringSeries(models.Model):
    """A gathering that comes again: how often, from when to when. The clock puts each day into the calendar."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="gathering_series")
    grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="gathering_series")
    kind = models.CharField(pgettext_lazy("of a gathering", "kind"), max_length=14, choices=GatheringKind)
    topic = models.CharField(pgettext_lazy("of a gathering", "topic"), max_length=100)
    place = models.CharField(pgettext_lazy("of a gathering", "place"), max_length=60)
    repeat = models.CharField(_("how often"), max_length=10, choices=Repeat)
    first_on = models.DateField(pgettext_lazy("of a gathering", "first day"))
    until_on = models.DateField(pgettext_lazy("of a gathering", "last day"), null=True)
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it was ended"), max_length=200, blank=True)

    objects = GatheringSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=GatheringKind.values), name="gathering_series_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(repeat__in=Repeat.values), name="gathering_series_repeat_known"
            ),
            models.CheckConstraint(
                condition=~Q(topic="") & ~Q(place=""), name="gathering_series_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("first_on")),
                name="gathering_series_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="gathering_series_ended_with_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="gathering_series_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="gathering_series_facts_stay", exclude=["organ", "ended_at", "end_reason"]
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Gathering(models.Model):
    """One gathering in the calendar of a township or community, of all its grids or of one."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="ground_gatherings")
    grid = models.ForeignKey(Grid, models.PROTECT, null=True, related_name="gatherings")
    # what the clock put it into the calendar by; one that somebody entered has none
    series = models.ForeignKey(GatheringSeries, models.PROTECT, null=True, related_name="gatherings")
    kind = models.CharField(pgettext_lazy("of a gathering", "kind"), max_length=14, choices=GatheringKind)
    topic = models.CharField(pgettext_lazy("of a gathering", "topic"), max_length=100)
    place = models.CharField(pgettext_lazy("of a gathering", "place"), max_length=60)
    held_on = models.DateField(pgettext_lazy("of a gathering", "day"))
    state = models.CharField(
        pgettext_lazy("of a gathering", "state"),
        max_length=10,
        choices=GatheringState,
        default=GatheringState.PLANNED,
    )
    # how many came; of mediation and counselling how many matters, and how many of them were settled
    attendance = models.PositiveSmallIntegerField(_("how many came"), null=True)
    matters = models.PositiveSmallIntegerField(_("matters"), null=True)
    settled = models.PositiveSmallIntegerField(_("of them settled"), null=True)
    agreement = models.CharField(pgettext_lazy("of a gathering", "agreed"), max_length=1000, blank=True)
    follow_up_on = models.DateField(_("to be followed up by"), null=True)
    effect = models.CharField(pgettext_lazy("of a gathering", "what came of it"), max_length=1000, blank=True)
    called_off_why = models.CharField(_("why it was called off"), max_length=200, blank=True)
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GatheringKind.values), name="gathering_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=GatheringState.values), name="gathering_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(topic="") & ~Q(place=""), name="gathering_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=_NOT_HELD
                & Q(noted_at=None, attendance=None, matters=None, settled=None, agreement="")
                | ~_NOT_HELD & Q(noted_at__isnull=False, noted_by__isnull=False, attendance__isnull=False),
                name="gathering_held_has_numbers",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(NUMBERS_ONLY)) | Q(agreement="", effect=""),
                name="gathering_of_rooms_numbers_only",
            ),
            models.CheckConstraint(
                condition=Q(settled=None) | Q(settled__lte=F("matters")), name="gathering_settles_what_it_had"
            ),
            models.CheckConstraint(
                condition=Q(state=GatheringState.FOLLOWED) & ~Q(effect="")
                | ~Q(state=GatheringState.FOLLOWED) & Q(effect=""),
                name="gathering_followed_up_with_words",
            ),
            models.CheckConstraint(
                condition=Q(state=GatheringState.CALLED_OFF) & ~Q(called_off_why="")
                | ~Q(state=GatheringState.CALLED_OFF) & Q(called_off_why=""),
                name="gathering_called_off_with_reason",
            ),
            # one that was called off stays, so that the clock does not put it there again
            models.UniqueConstraint(fields=["series", "held_on"], name="gathering_of_a_series_once_a_day"),
        ]
        indexes = [models.Index(fields=["organ", "held_on", "id"], name="gathering_by_day")]
        triggers = [
            pgtrigger.Protect(name="gathering_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="gathering_call_stays",
                fields=[
                    *("organ", "grid", "series", "kind", "topic", "place", "held_on"),
                    *("entered_by", "entered_at"),
                ],
            ),
            pgtrigger.Protect(
                name="gathering_end_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=[GatheringState.FOLLOWED, GatheringState.CALLED_OFF]),
            ),
        ]

    def __str__(self) -> str:
        return self.topic
