"""Event logs that are written out: who asked for one, what for, of which days, and which petitions are in it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Post, User
from cases.models import ContentCategory, ExportPurpose
from infra.models import StoredFile
from lib.ids import uuid7
from reports.states import AT_WORK, LogForm, LogState


class EventLogQuerySet(models.QuerySet["EventLog"]):
    def visible_to(self, hat: Hat) -> EventLogQuerySet:
        """Keep what this person asked for from this post; nobody else sees it, not even a deputy."""
        return self.filter(post=hat.post, asker=hat.user)

    def waiting(self, now: datetime) -> EventLogQuerySet:
        """Keep what the worker has to write and nobody holds."""
        free = Q(held_until_at=None) | Q(held_until_at__lte=now)
        return self.filter(free, state__in=sorted(AT_WORK)).order_by("asked_at", "pk")


class EventLog(models.Model):
    """The events of the petitions registered in some days, written into a file for one person: no name, no number."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    # both are asked again before anything is written or given out
    post = models.ForeignKey(Post, models.PROTECT, related_name="event_logs")
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    purpose = models.CharField(_("what for"), max_length=20, choices=ExportPurpose)
    form = models.CharField(pgettext_lazy("of an event log", "form"), max_length=3, choices=LogForm)
    since = models.DateField()
    until = models.DateField()
    category = models.ForeignKey(ContentCategory, models.PROTECT, null=True, related_name="+")

    state = models.CharField(max_length=10, choices=LogState, default=LogState.WAITING)
    asked_at = models.DateTimeField()
    # while one worker writes it; another takes over what was held and is not any more
    held_until_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(default=0)
    cases_done = models.PositiveIntegerField(default=0)
    # which petitions are in it, so that it is given out only while each may be seen
    petitions = ArrayField(models.UUIDField(), default=list)
    # removed a day after it was written
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="event_logs")

    objects = EventLogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=ExportPurpose.values), name="event_log_purpose_known"
            ),
            models.CheckConstraint(condition=Q(form__in=LogForm.values), name="event_log_form_known"),
            models.CheckConstraint(condition=Q(state__in=LogState.values), name="event_log_state_known"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="event_log_has_days"),
            models.CheckConstraint(
                condition=Q(state=LogState.DONE, file__isnull=False)
                | (~Q(state=LogState.DONE) & Q(file=None)),
                name="event_log_file_while_done",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state__in=sorted(AT_WORK)), name="event_log_at_work"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK
