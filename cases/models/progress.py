"""Notes of what was done while handling; of a mediation also what it came to (Art 33; D12, R-35)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from cases.models.handling import Handling
from documents.models import Document
from infra.models import StoredFile


class ProgressKind(models.TextChoices):
    INVESTIGATION = "investigation", _("Investigation")
    CONTACT = "contact", pgettext_lazy("progress", "Contact with the petitioner")
    PROGRESS = "progress", pgettext_lazy("progress", "Progress")
    MEDIATION = "mediation", pgettext_lazy("progress", "Mediation")


class MediationResult(models.TextChoices):
    """What a mediation or settlement came to (Art 33; R-35)."""

    AGREED = "agreed", pgettext_lazy("mediation", "Agreement reached")
    NONE_REACHED = "none_reached", pgettext_lazy("mediation", "No agreement reached")
    BROKEN_OFF = "broken_off", pgettext_lazy("mediation", "Broken off")


class Progress(models.Model):
    """A note of what was done while handling; the petitioner was called, a place seen, a person asked (D12).

    A mediation says that both sides consented and what it came to; an agreement stands on its paper (Art 33; R-35).
    """

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="progress")
    kind = models.CharField(_("kind"), max_length=20, choices=ProgressKind)
    done_on = models.DateField(_("day"))
    words = models.CharField(_("what was done"), max_length=1000)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="progress")
    both_consented = models.BooleanField(_("both sides consented"), default=False)
    result = models.CharField(
        pgettext_lazy("mediation", "result"), max_length=20, choices=MediationResult, blank=True
    )
    agreement = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProgressKind.values), name="progress_kind_known"),
            models.CheckConstraint(
                condition=Q(result="", both_consented=False)
                | Q(
                    kind=ProgressKind.MEDIATION,
                    result__in=MediationResult.values,
                    both_consented=True,
                ),
                name="progress_mediated_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(result=MediationResult.AGREED, agreement__isnull=False)
                | ~Q(result=MediationResult.AGREED) & Q(agreement=None),
                name="progress_agreement_in_writing",
            ),
        ]
        triggers = [
            # not a check: notes of mediations from before say nothing of a result, and stay as they were written
            pgtrigger.Protect(
                name="progress_mediation_has_a_result",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__kind=ProgressKind.MEDIATION, new__result=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
