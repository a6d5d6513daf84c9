"""责任链: the secretaries of the five levels above a petition, with their dates of office (Q35; R-56)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from lib.days import days_from_to
from places.models import Place


class PlaceSecretaryQuerySet(models.QuerySet["PlaceSecretary"]):
    def in_office(self, on: date) -> PlaceSecretaryQuerySet:
        """Keep those who hold the office on a day."""
        return self.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))


class PlaceSecretary(models.Model):
    """Who is party secretary of a division, from a day to a day; most have no post in this house."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="secretaries")
    name = models.CharField(pgettext_lazy("of a secretary", "name"), max_length=40)
    title = models.CharField(pgettext_lazy("of a secretary", "office"), max_length=60)
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True)
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = PlaceSecretaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="place_secretary_runs_forward"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(title=""), name="place_secretary_is_named"),
            ExclusionConstraint(
                name="place_secretary_one_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (days_from_to("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.since}"
