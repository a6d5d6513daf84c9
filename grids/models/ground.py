"""What is written down of places: the diary, which expires, courtyards, and what a household gave for a service.

No column holds a name, and nothing is found by person: what a household gave is sealed and goes on its day.
"""

from __future__ import annotations

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from grids.ground_states import About, Help
from grids.models.events import grids_of
from grids.models.grids import KEEPING_KINDS, KEEPING_ROLES, ON_THE_GROUND, Grid
from infra.models import StoredFile
from lib.ids import uuid7

LONGEST_NOTE = timedelta(days=184)
LONGEST_CARD = timedelta(days=366)


def worked_in(hat: Hat) -> models.QuerySet[Grid]:
    """Return the grids whose ground a hat reads and writes: its own, or those its organ keeps; no tier above them."""
    if hat.role in ON_THE_GROUND:
        return grids_of(hat.post)
    if hat.organ.kind in KEEPING_KINDS and hat.role in KEEPING_ROLES:
        return Grid.objects.filter(organ__in=Organ.objects.of_today(hat.organ))
    return Grid.objects.none()


class DiaryNoteQuerySet(models.QuerySet["DiaryNote"]):
    def visible_to(self, hat: Hat) -> DiaryNoteQuerySet:
        """Keep the notes of the grids a hat works in."""
        return self.filter(grid__in=worked_in(hat))


class DiaryNote(models.Model):
    """A note of the diary (民情日记) about a place or a service; its key is the sender's, and it goes on its day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="notes")
    about = models.CharField(pgettext_lazy("of a note", "about"), max_length=8, choices=About)
    subject = models.CharField(pgettext_lazy("of a note", "place or service"), max_length=60)
    text = models.CharField(pgettext_lazy("of a note", "text"), max_length=1000)
    written_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    writer = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_on = models.DateField(_("written"))
    written_at = models.DateTimeField()
    expires_on = models.DateField(_("kept until"))

    objects = DiaryNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(about__in=About.values), name="diary_note_about_known"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(text=""), name="diary_note_says_what"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("written_on"), expires_on__lte=F("written_on") + LONGEST_NOTE),
                name="diary_note_expires",
            ),
        ]
        indexes = [
            models.Index(fields=["grid", "written_at", "id"], name="diary_note_by_grid"),
            models.Index(fields=["expires_on"], name="diary_note_by_end"),
        ]
        triggers = [pgtrigger.Protect(name="diary_note_is_not_rewritten", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return str(self.pk)


class Courtyard(models.Model):
    """一院一图: a courtyard, what stands in it and whom to call. Data of a place, none of who lives there."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="courtyards")
    name = models.CharField(pgettext_lazy("of a courtyard", "name"), max_length=40)
    buildings = models.PositiveSmallIntegerField(_("buildings"))
    stairwells = models.PositiveSmallIntegerField(_("stairwells"))
    hydrants = models.CharField(_("hydrants"), max_length=200, blank=True)
    valves = models.CharField(_("valves of water, gas and power"), max_length=200, blank=True)
    meeting_point = models.CharField(_("meeting point"), max_length=100, blank=True)
    # of who serves the place, such as the property company
    contact = models.CharField(_("whom to call"), max_length=40)
    phone = models.CharField(_("work telephone"), max_length=30)
    plan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="courtyards")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grid", "name"], name="courtyard_name_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(contact="") & ~Q(phone="") & Q(buildings__gte=1),
                name="courtyard_can_be_called",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="courtyard_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="courtyard_lies_where_it_lies", fields=["grid"]),
        ]

    def __str__(self) -> str:
        return self.name


class HouseholdCard(models.Model):
    """一户一档: what a household gave for one service, for what, and until when; sealed, and gone on that day.

    Without its wish there is none (PIPL Art 6, 13, 28). No column says who lives there, or anything about them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    courtyard = models.ForeignKey(Courtyard, models.PROTECT, related_name="cards")
    help = models.CharField(pgettext_lazy("of a household card", "service"), max_length=14, choices=Help)
    purpose = models.CharField(pgettext_lazy("of a household card", "for what"), max_length=100)
    # door, words and how to be reached, as they were given
    given_sealed = models.BinaryField()
    agreed_on = models.DateField(_("agreed on"))
    expires_on = models.DateField(_("kept until"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(help__in=Help.values), name="household_card_help_known"),
            models.CheckConstraint(condition=~Q(purpose=""), name="household_card_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("agreed_on"), expires_on__lte=F("agreed_on") + LONGEST_CARD),
                name="household_card_expires",
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="household_card_by_end")]
        triggers = [pgtrigger.ReadOnly(name="household_card_is_not_rewritten", exclude=["given_sealed"])]

    def __str__(self) -> str:
        return str(self.pk)
