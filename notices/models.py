"""Notices in the house: a row for a post, written in the transaction that decides it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Post


class Kind(models.TextChoices):
    """What a notice is about; the words are made when it is shown, and name no petitioner."""

    SEALED_HERE = "sealed_here", _("A sealed petition waits for you")
    REGISTERED_FOR_YOU = "registered_for_you", _("A petition was registered in your portfolio")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def standing(self) -> "NoticeQuerySet":
        """Keep the notices that were not taken back."""
        return self.filter(withdrawn_at=None)

    def unread(self) -> "NoticeQuerySet":
        return self.standing().filter(read_at=None)


class Notice(models.Model):
    """One notice to one post; the same key never tells the same post twice."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=30, choices=Kind)
    # what decided it, such as "petition:<id>:registered"
    key = models.CharField(max_length=120)
    subject_id = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "key"], name="notice_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notice_kind_known"),
        ]
        indexes = [
            models.Index(
                F("post"), F("decided_at").desc(), condition=Q(withdrawn_at=None), name="notice_by_post"
            ),
            models.Index(fields=["subject_id"], name="notice_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.key}"
