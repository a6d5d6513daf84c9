"""催办: how whoever sent a petition urged the unit that has it in hand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from accounts.models import Post, User
from assignments.models import Assignment
from cases.models.handling import Handling
from documents.models import Document


class Urging(models.Model):
    """催办: a numbered paper with its reason, answered by a day; once a day at most. It moves no day of the law.

    The first ones were a word alone: they have neither paper nor answer, and some no reason.
    """

    handling = models.ForeignKey(Handling, models.CASCADE, related_name="urgings")
    reason = models.CharField(pgettext_lazy("of an urging", "reason"), max_length=500, blank=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    maker = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # the office's day on which it was made
    made_on = models.DateField()
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="urging")
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="urging")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handling", "made_on"], name="urging_once_a_day"),
            models.CheckConstraint(
                condition=Q(document=None, assignment=None)
                | Q(document__isnull=False, assignment__isnull=False) & ~Q(reason=""),
                name="urging_asks_on_paper_and_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handling_id} {self.made_on}"
