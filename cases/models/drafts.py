"""Drafts: what a registrar has typed so far, encrypted as a whole, seen by nobody else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from lib.ids import uuid7


class Draft(models.Model):
    """A form not yet registered. It has no number (Q16), keeps its received day, and several may be parked (Q31)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    post = models.ForeignKey(Post, models.PROTECT, related_name="drafts")
    content_sealed = models.BinaryField()
    # set by the first save that names a wrongdoer, and not taken back here (Q1)
    sealed = models.BooleanField(default=False)
    # purpose or tick said that all of it is a report, so no part of it is split off into the open any more
    sealed_whole = models.BooleanField(default=False)
    received_at = models.DateTimeField(_("received"))
    # the moment a parked draft asks to be finished: the end of the next working day (Q31)
    alarm_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["post", "received_at"], name="draft_by_post")]

    def __str__(self) -> str:
        return str(self.id)
