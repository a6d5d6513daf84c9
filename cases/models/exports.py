"""The ledger as a workbook: who asked for it, what for, what it shows, and which petitions are in it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Post, User
from infra.models import StoredFile
from lib.ids import uuid7


class ExportPurpose(models.TextChoices):
    """What a list leaves the house for: a closed list, so that no name is written beside it (protection §2.4)."""

    OWN_WORK = "own_work", pgettext_lazy("purpose of an export", "Checking one's own work")
    MEETING = "meeting", pgettext_lazy("purpose of an export", "For a meeting")
    SUPERIOR = "superior", pgettext_lazy("purpose of an export", "Report to a superior")
    INSPECTION = "inspection", pgettext_lazy("purpose of an export", "Inspection and supervision")
    HANDING_OVER = "handing_over", pgettext_lazy("purpose of an export", "Handing work over")


class ExportState(models.TextChoices):
    """Where an export stands. What waits or runs is carried on by the worker, whatever page is open."""

    WAITING = "waiting", pgettext_lazy("export", "Waiting for its turn")
    RUNNING = "running", pgettext_lazy("export", "Being written")
    DONE = "done", pgettext_lazy("export", "Ready")
    # its time is over
    REMOVED = "removed", pgettext_lazy("export", "File removed")
    STOPPED = "stopped", pgettext_lazy("export", "Stopped")


EXPORT_AT_WORK = frozenset({ExportState.WAITING, ExportState.RUNNING})


class ExportStop(models.TextChoices):
    """Why an export came to nothing."""

    NOT_ALLOWED = "not_allowed", _("Whoever asked for it has no such post any more.")
    TOO_MANY = "too_many", _("These are more than 300,000 petitions. Narrow the list and export its parts.")
    UNCLEAR = "unclear", _("A filter names something that is not there any more. Choose it again.")


class LedgerExportQuerySet(models.QuerySet["LedgerExport"]):
    def visible_to(self, hat: Hat) -> LedgerExportQuerySet:
        """Keep what this person asked for from this post; nobody else sees it, not even a deputy."""
        return self.filter(post=hat.post, asker=hat.user)

    def waiting(self, now: datetime) -> LedgerExportQuerySet:
        """Keep what the worker has to write and nobody holds."""
        free = Q(held_until_at=None) | Q(held_until_at__lte=now)
        return self.filter(free, state__in=sorted(EXPORT_AT_WORK)).order_by("asked_at", "pk")


class LedgerExport(models.Model):
    """One ledger written into a workbook for one person, exactly as he saw it, always masked (Q4)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    # both are asked again before anything is written or given out
    post = models.ForeignKey(Post, models.PROTECT, related_name="ledger_exports")
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    purpose = models.CharField(_("what for"), max_length=20, choices=ExportPurpose)
    # the filter as the page's address carries it, codes only
    facts = models.JSONField(default=dict)
    by_date = models.BooleanField(default=False)
    columns = ArrayField(models.CharField(max_length=20))
    # those that were ticked; none for all that the filter keeps
    picked = ArrayField(models.UUIDField(), default=list)

    state = models.CharField(max_length=20, choices=ExportState, default=ExportState.WAITING)
    stopped_by = models.CharField(max_length=20, choices=ExportStop, blank=True)
    asked_at = models.DateTimeField()
    # while one worker writes it; another takes over what was held and is not any more
    held_until_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    # removed a day after it was written
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="ledger_exports")

    objects = LedgerExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=ExportPurpose.values), name="ledger_export_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="ledger_export_state_known"
            ),
            models.CheckConstraint(
                condition=Q(stopped_by__in=["", *ExportStop.values]), name="ledger_export_stop_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ExportState.DONE, file__isnull=False)
                | (~Q(state=ExportState.DONE) & Q(file=None)),
                name="ledger_export_file_while_done",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=sorted(EXPORT_AT_WORK)),
                name="ledger_export_at_work",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_at_work(self) -> bool:
        return self.state in EXPORT_AT_WORK


class ExportedPetitions(models.Model):
    """Which petitions a written workbook holds, so that it is given out only while each may be seen.

    Kept when the file is gone: should one of them be sealed, the lane learns who had taken it home (Q1).
    """

    export = models.OneToOneField(
        LedgerExport, models.CASCADE, primary_key=True, related_name="petitions_in_it"
    )
    petitions = ArrayField(models.UUIDField())

    def __str__(self) -> str:
        return str(self.export_id)
