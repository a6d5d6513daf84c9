"""不计入考核: a case that does not count in scores, on a ground of a closed list, decided by two persons (Q39)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from accounts.models import Post, User
from cases.models import Petition
from lib.ids import uuid7
from scoring.states import ExclusionGround


class ExclusionQuerySet(models.QuerySet["CaseExclusion"]):
    def standing(self) -> ExclusionQuerySet:
        """Keep those that were approved and not lifted."""
        return self.filter(approved_at__isnull=False, ended_at=None)


class CaseExclusion(models.Model):
    """One exclusion: proposed by one person, approved by another, lifted or refused with why; it stays to be read."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="score_exclusions")
    ground = models.CharField(
        pgettext_lazy("of an exclusion", "ground"), max_length=20, choices=ExclusionGround
    )
    words = models.CharField(pgettext_lazy("of an exclusion", "facts"), max_length=1000)
    proposed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposer = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_words = models.CharField(
        pgettext_lazy("of an exclusion", "why it ended"), max_length=1000, blank=True
    )

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=ExclusionGround.values), name="exclusion_ground_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="exclusion_has_facts"),
            models.CheckConstraint(
                condition=Q(approved_by=None, approver=None, approved_at=None)
                | Q(approved_by__isnull=False, approver__isnull=False, approved_at__isnull=False)
                & ~Q(approver=F("proposer")),
                name="exclusion_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None, end_words="")
                | Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(end_words=""),
                name="exclusion_ends_with_words",
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(ended_at=None), name="exclusion_one_standing"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="exclusion_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="exclusion_ended_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
                func="RAISE EXCEPTION 'an exclusion that ended stays as it was';",
            ),
            pgtrigger.ReadOnly(
                name="exclusion_beginning_stays",
                fields=["petition", "ground", "words", "proposed_by", "proposer", "proposed_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.ground}"
