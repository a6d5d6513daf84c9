"""What names a cadre of the grid, the village, the community or the street: the petition office's alone (Q3)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import Organ
from infra.models import StoredFile
from lib.ids import uuid7


class DirectReport(models.Model):
    """A report that waits for the petition office, sealed as a whole. It is no event and hangs on no grid (Q3).

    The key is made by whoever sends it. Nobody but the sealed words says who that was; they are gone from here once
    the report is registered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    office = models.ForeignKey(Organ, models.PROTECT, related_name="direct_reports")
    content_sealed = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(content_sealed__isnull=False, registered_at=None)
                | Q(content_sealed=None, registered_at__isnull=False),
                name="direct_report_kept_until_registered",
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "received_at", "id"],
                condition=Q(registered_at=None),
                name="direct_report_waiting",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="direct_report_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="direct_report_facts_stay", exclude=["content_sealed", "registered_at"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DirectPhoto(models.Model):
    """A picture that came with a report; it goes over to the petition and is then no longer kept here."""

    report = models.ForeignKey(DirectReport, models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="direct_photos")

    def __str__(self) -> str:
        return str(self.pk)
