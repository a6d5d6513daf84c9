"""销号清单: named lists whose items are struck off one by one, on evidence, by somebody else, and looked at again."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from assignments.models import Assignment
from cases.models import Petition
from infra.models import StoredFile
from leadership.list_states import ListSource
from lib.ids import uuid7


class StrikeList(models.Model):
    """A list by its name: who put its items to the district, and which office keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(pgettext_lazy("of a list", "name"), max_length=80)
    source = models.CharField(pgettext_lazy("of a list", "source"), max_length=20, choices=ListSource)
    # of the paper that brought it, if one did
    number = models.CharField(pgettext_lazy("of a list", "number of its paper"), max_length=80, blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="strike_lists")
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=ListSource.values), name="strike_list_source_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="strike_list_has_a_name"),
            models.UniqueConstraint(fields=["organ", "name"], name="strike_list_name_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="strike_list_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.name


def strikes_standing(on: date) -> models.QuerySet[Strike]:
    """Return the strikes of an outer query's item that stood at the end of a day."""
    stood = Strike.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), struck_on__lte=on)
    return stood.filter(item=OuterRef("pk"))


class ListItemQuerySet(models.QuerySet["ListItem"]):
    def of_open_lane(self) -> ListItemQuerySet:
        """Leave out items on petitions that are sealed: they are in no list and no figure (Q2)."""
        return self.filter(Q(petition=None) | Q(petition__sealed=False))

    def listed_by(self, on: date) -> ListItemQuerySet:
        """Keep what stood on the list on a day."""
        return self.of_open_lane().filter(listed_on__lte=on)

    def struck_by(self, on: date) -> ListItemQuerySet:
        """Keep what was struck off on a day and had not been put back."""
        return self.listed_by(on).filter(Exists(strikes_standing(on)))

    def left_by(self, on: date) -> ListItemQuerySet:
        """Keep what stood on the list on a day and was not struck off."""
        return self.listed_by(on).filter(~Exists(strikes_standing(on)))

    def unstruck(self) -> ListItemQuerySet:
        """Keep what is not struck off."""
        return self.of_open_lane().filter(~Exists(Strike.objects.filter(item=OuterRef("pk"), ended_on=None)))


class ListItem(models.Model):
    """One item: a petition or a matter in words, the unit and the person that answer for it, and its day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    list = models.ForeignKey(StrikeList, models.PROTECT, related_name="items")
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="list_items")
    # what it is where it is no petition; no names of petitioners
    matter = models.CharField(pgettext_lazy("of an item", "matter"), max_length=200, blank=True)
    act = models.CharField(pgettext_lazy("of an item", "what is to be shown"), max_length=1000)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Post, models.PROTECT, null=True, related_name="list_items")
    due_on = models.DateField(_("due"))
    listed_on = models.DateField(_("on the list since"))
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    # what is asked now; nothing where it was struck off before it came here
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="list_item")

    objects = ListItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(petition=None) & ~Q(matter="") | Q(petition__isnull=False, matter=""),
                name="list_item_petition_or_matter",
            ),
            models.CheckConstraint(condition=~Q(act=""), name="list_item_says_what_is_shown"),
            models.UniqueConstraint(
                fields=["list", "petition"], condition=Q(petition__isnull=False), name="list_item_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="list_item_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="list_item_facts_stay",
                fields=["list", "petition", "matter", "act", "due_on", "listed_on", "entered_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.pk}"


class Strike(models.Model):
    """An item struck off on evidence, by somebody who did not bring it; put back where a look back finds it wanting."""

    item = models.ForeignKey(ListItem, models.PROTECT, related_name="strikes")
    struck_on = models.DateField(_("struck off on"))
    words = models.CharField(_("what was verified"), max_length=500)
    # what shows it; in words alone where it was struck off before it came here
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField()
    ended_on = models.DateField(_("put back on"), null=True)
    ended_why = models.CharField(_("why it was put back"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="strike_has_words"),
            models.UniqueConstraint(fields=["item"], condition=Q(ended_on=None), name="strike_one_standing"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_why="") | Q(ended_on__isnull=False) & ~Q(ended_why=""),
                name="strike_ended_with_words",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="strike_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="strike_facts_stay", exclude=["ended_on", "ended_why"]),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.struck_on}"


class LookBack(models.Model):
    """回头看: a sample of what was struck off, drawn by a seed that is kept, so that anybody can draw it again."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    list = models.ForeignKey(StrikeList, models.PROTECT, related_name="look_backs")
    seed = models.CharField(_("seed"), max_length=32)
    # drawn from what was struck off by this day
    until = models.DateField(_("struck off until"))
    drawn_from = models.PositiveIntegerField(_("drawn from"))
    drawn_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(seed=""), name="look_back_keeps_its_seed")]
        triggers = [pgtrigger.Protect(name="look_back_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.list_id} {self.seed}"


class LookedAt(models.Model):
    """One strike that was drawn, and whether what was shown still holds."""

    look_back = models.ForeignKey(LookBack, models.PROTECT, related_name="drawn")
    strike = models.ForeignKey(Strike, models.PROTECT, related_name="looks")
    holds = models.BooleanField(_("it holds"), null=True)
    words = models.CharField(pgettext_lazy("of a look back", "what was found"), max_length=500, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["look_back", "strike"], name="looked_at_once"),
            models.CheckConstraint(
                condition=Q(holds=None, words="", looked_at=None)
                | Q(holds__isnull=False, looked_at__isnull=False, person__isnull=False) & ~Q(words=""),
                name="looked_at_whole",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="looked_at_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="looked_at_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__looked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.look_back_id} {self.strike_id}"
