"""办结报告: what an assigned unit reports back, and what the sender makes of it (Art 22(1)(3); T6; D24)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from cases.models.handling import Handling
from documents.models import Document


class CompletionReport(models.Model):
    """One report of the unit: taken as it is, or sent back for rework with the reason; another one follows then."""

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="completion_reports")
    document = models.OneToOneField(Document, models.PROTECT, related_name="completion_report")
    reported_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("reported"))
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # none while the sender has not looked at it
    taken = models.BooleanField(null=True)
    why = models.CharField(
        pgettext_lazy("of a report sent back", "what is to be reworked"), max_length=300, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, taken=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, taken__isnull=False),
                name="completion_report_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(taken=False) | ~Q(why=""), name="completion_report_sent_back_with_a_reason"
            ),
            # another one follows only once the last was sent back
            models.UniqueConstraint(
                fields=["handling"],
                condition=Q(taken=None) | Q(taken=True),
                name="completion_report_one_standing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
