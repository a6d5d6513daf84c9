"""办结报告: what an assigned unit reports back (Art 22(1)(3); T6; D24), and what goes back to a superior (Q21)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from cases.models.handling import Handling
from cases.models.petitions import Petition
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


class UpwardReport(models.Model):
    """The result of a petition from above returned upward (Q21): date, receipt, sent back for rework."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="upward_reports")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    reported_on = models.DateField(_("reported"))
    receipt = models.CharField(_("the superior's receipt"), max_length=120, blank=True)
    reported_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    # 退回重办: by which letter, on which day, why; a new report is owed from then on
    sent_back_at = models.DateTimeField(null=True)
    sent_back_on = models.DateField(_("sent back on"), null=True)
    sent_back_number = models.CharField(_("number of the superior's letter"), max_length=60, blank=True)
    sent_back_why = models.CharField(max_length=300, blank=True)
    sent_back_noted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    backdated = models.BooleanField(default=False)
    evidence_note = models.CharField(pgettext_lazy("of a day", "evidence"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_back_at=None)
                | Q(sent_back_on__isnull=False, sent_back_noted_by__isnull=False) & ~Q(sent_back_why=""),
                name="upward_report_sent_back_whole",
            ),
            models.CheckConstraint(
                condition=Q(backdated=False) | ~Q(evidence_note=""),
                name="upward_report_backdated_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
