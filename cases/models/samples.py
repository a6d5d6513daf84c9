"""The monthly sample of what was kept without action (Q13)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from cases.models.handling import Route


class KeepSample(models.Model):
    """What was drawn of one month's keepings of one organ; seed and population are kept, so it can be drawn again."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="keep_samples")
    # the first day of the month in which they were countersigned
    month = models.DateField()
    seed = models.CharField(max_length=32)
    population = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "month"], name="keep_sample_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.month}"


class KeepCheck(models.Model):
    """One keeping that was drawn, and what somebody else than who kept and countersigned it found."""

    sample = models.ForeignKey(KeepSample, models.CASCADE, related_name="checks")
    route = models.OneToOneField(Route, models.CASCADE, related_name="keep_check")
    # whose heads look at it: the organ itself, or the petition office next above it; nobody yet if nobody could
    looks = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    countersigned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    looked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    looker = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    right = models.BooleanField(pgettext_lazy("of a keeping", "rightly kept"), null=True)
    reason = models.CharField(pgettext_lazy("of a check", "reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None, looker=None, right=None, reason="")
                | Q(looked_at__isnull=False, looked_by__isnull=False, looker__isnull=False)
                & Q(right__isnull=False)
                & (Q(right=True) | ~Q(reason="")),
                name="keep_check_whole",
            ),
            models.CheckConstraint(
                condition=Q(looker=None)
                | ~Q(looker=F("kept_by")) & (Q(countersigned_by=None) | ~Q(looker=F("countersigned_by"))),
                name="keep_check_by_a_third",
            ),
        ]
        indexes = [
            models.Index(fields=["sample"], condition=Q(looked_at=None), name="keep_check_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
