"""Filters of the ledger kept under a name, and the columns each person chose for himself."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, User
from lib.ids import uuid7
from lib.prepared import Given


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, hat: Hat) -> SavedViewQuerySet:
        """Keep what a person saved for himself in this organ, and what its people share."""
        return self.used_by(hat.user.pk, hat.organ)

    def used_by(self, user: int | Given, organ: Organ | Given) -> SavedViewQuerySet:
        """Keep the same of a user in an organ, by keys that may come with the asking."""
        return self.filter(Q(owner=user) | Q(shared=True), organ__in=Organ.objects.of_today(organ))


class SavedView(models.Model):
    """A filter of the ledger under a name. Shared, it shows each reader what he himself may see, and nothing else.

    It holds codes of closed lists, days, places and units; a number box is never saved, so that no view can stand for
    a person (Q5; protection §2.1).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="saved_views")
    owner = models.ForeignKey(User, models.PROTECT, related_name="saved_views")
    name = models.CharField(pgettext_lazy("of a view", "name"), max_length=20)
    shared = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    by_date = models.BooleanField(default=False)
    columns = ArrayField(models.CharField(max_length=20))
    made_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "owner", "name"], name="saved_view_name_once"),
            models.CheckConstraint(condition=~Q(facts__has_key="q"), name="saved_view_without_a_number"),
        ]

    def __str__(self) -> str:
        return self.name


class LedgerColumns(models.Model):
    """The columns a person wants in the ledger, whichever hat he wears."""

    user = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="ledger_columns")
    columns = ArrayField(models.CharField(max_length=20))

    def __str__(self) -> str:
        return str(self.user_id)
