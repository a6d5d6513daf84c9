"""What the office publishes, that something was told, how often somebody tried: none holds anything of a person."""

from __future__ import annotations

from datetime import date
from textwrap import wrap

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from lib.ids import uuid7
from portal.states import Scope, Topic


class PublicationQuerySet(models.QuerySet["Publication"]):
    def standing(self) -> PublicationQuerySet:
        """Keep what is published now."""
        return self.filter(ended_at=None)


class Publication(models.Model):
    """What an office publishes on one topic, in its own words; a new wording ends the one before (R-02)."""

    office = models.ForeignKey(Organ, models.PROTECT, related_name="publications")
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    text = models.TextField(_("Chinese text"), max_length=4000)
    text_en = models.TextField(_("English text"), max_length=6000, blank=True)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="publication_topic_known"),
            models.CheckConstraint(condition=~Q(text=""), name="publication_has_a_text"),
            models.UniqueConstraint(
                fields=["office", "topic"], condition=Q(ended_at=None), name="publication_one_a_topic"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="publication_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="publication_words_stay",
                fields=["office", "topic", "text", "text_en", "posted_at", "posted_by"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.topic}"


class GuideQuerySet(models.QuerySet["ServiceGuide"]):
    def standing(self) -> GuideQuerySet:
        """Keep what was not replaced or taken off."""
        return self.filter(ended_at=None)

    def valid_on(self, day: date) -> GuideQuerySet:
        """Keep what holds on a day, as the public reads it."""
        return self.standing().filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class ServiceGuide(models.Model):
    """办事指南 (Q42): how a service goes, and every paper it takes, told once; a new wording ends the old.

    Steps and papers are lines, one each.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="service_guides")
    title = models.CharField(pgettext_lazy("of a guide", "title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    steps = models.TextField(_("steps"), max_length=4000)
    steps_en = models.TextField(_("steps in English"), max_length=6000, blank=True)
    papers = models.TextField(_("papers to bring"), max_length=4000)
    papers_en = models.TextField(_("papers to bring, in English"), max_length=6000, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(steps="") & ~Q(papers=""), name="service_guide_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="service_guide_runs_on"
            ),
            models.UniqueConstraint(
                fields=["organ", "title"], condition=Q(ended_at=None), name="service_guide_one_a_title"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="service_guide_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="service_guide_words_stay", exclude=["ended_at"]),
        ]

    def __str__(self) -> str:
        return self.title


class Attempts(models.Model):
    """How many attempts of one kind fell into one stretch of time. `subject` is a keyed mark, never what was typed."""

    scope = models.CharField(max_length=10, choices=Scope)
    subject = models.CharField(max_length=64)
    # when the stretch began
    began_at = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="attempts_scope_known"),
            models.UniqueConstraint(
                fields=["scope", "subject", "began_at"], name="attempts_one_row_a_stretch"
            ),
        ]
        indexes = [models.Index(fields=["began_at"], name="attempts_by_age")]

    def __str__(self) -> str:
        return f"{self.scope} {self.began_at}"


class Telling(models.Model):
    """That something was told through a grid's code (码上办): number, query code as a digest, and nothing of it.

    What was told lies in the room of grids under `subject`: an event, or what names a cadre. Nothing here says which.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    # made with the form and known to nobody else: who sends it again is who sent it
    key = models.UUIDField(unique=True)
    # drawn, so that its row in a sequence tells nothing
    number = models.CharField(_("number"), max_length=20, unique=True)
    digest = models.CharField(max_length=100)
    subject = models.UUIDField(unique=True, default=uuid7)
    told_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="telling_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="telling_facts_stay", exclude=["digest"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def written(self) -> str:
        """Its number in groups, as one writes it down."""
        return " ".join(wrap(self.number, 4, break_on_hyphens=False))
