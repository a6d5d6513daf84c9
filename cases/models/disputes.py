"""管辖争议: organs at odds over who accepts a matter, and how it was settled (Art 24; R-24)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from cases.models.handling import Handling
from cases.models.petitions import Petition


class SettledBy(models.TextChoices):
    """Art 24 in its order: the organs agree, their common superior decides, else the joint conference coordinates."""

    AGREED = "agreed", pgettext_lazy("dispute", "The organs agreed")
    SUPERIOR = "superior", pgettext_lazy("dispute", "Their common superior decided")
    CONFERENCE = "conference", pgettext_lazy("dispute", "The joint conference coordinated")


class JurisdictionDispute(models.Model):
    """One dispute over some claims. While it is open they stay with whom they are, and every clock runs."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="disputes")
    # who leads the claims while it is open; none while they wait for their way
    handling = models.ForeignKey(Handling, models.CASCADE, null=True, related_name="disputes")
    claims = ArrayField(models.PositiveSmallIntegerField())
    organs = models.ManyToManyField(Organ, related_name="disputes")
    reason = models.CharField(pgettext_lazy("of a dispute", "what is in dispute"), max_length=1000)
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    settled_how = models.CharField(_("how it was settled"), max_length=20, choices=SettledBy, blank=True)
    # who decided, in words: the organs, the common superior, or the joint conference
    decider = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True)
    # the day lies more than one working day back (Q25)
    backdated = models.BooleanField(default=False)
    evidence_note = models.CharField(pgettext_lazy("of a day", "evidence"), max_length=200, blank=True)
    accepts = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    finding = models.CharField(pgettext_lazy("of a dispute", "reason"), max_length=1000, blank=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="dispute_says_what_it_is_about"),
            models.CheckConstraint(condition=~Q(claims=[]), name="dispute_is_over_claims"),
            models.CheckConstraint(
                condition=Q(settled_how="", decider="", accepts=None, decided_on=None, settled_at=None)
                | Q(
                    settled_how__in=SettledBy.values,
                    accepts__isnull=False,
                    decided_on__isnull=False,
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                )
                & ~Q(decider="")
                & ~Q(finding=""),
                name="dispute_settled_whole",
            ),
            models.CheckConstraint(
                condition=Q(backdated=False) | ~Q(evidence_note=""), name="dispute_backdated_has_evidence"
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(settled_at=None), name="dispute_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
