"""卷宗 taken out as one file: who asked for it, what for, and where it stands."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import Post, User
from cases.models.exports import EXPORT_AT_WORK, ExportPurpose, ExportState, ExportStop
from cases.models.petitions import Petition
from infra.models import StoredFile
from lib.ids import uuid7


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, hat: Hat) -> DossierQuerySet:
        """Keep what this person asked for from this post, of petitions it sees; nobody else sees it."""
        seen = Petition.objects.visible_to(hat)
        return self.filter(post=hat.post, asker=hat.user, petition__in=seen)

    def waiting(self, now: datetime) -> DossierQuerySet:
        """Keep what the worker has to bind and nobody holds."""
        free = Q(held_until_at=None) | Q(held_until_at__lte=now)
        return self.filter(free, state__in=sorted(EXPORT_AT_WORK)).order_by("asked_at", "pk")


class Dossier(models.Model):
    """The file of one petition bound into a PDF for one person, marked with who takes it and why (documents.md §4)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="dossiers")
    # both are asked again before anything is bound or given out
    post = models.ForeignKey(Post, models.PROTECT, related_name="dossiers")
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    purpose = models.CharField(_("what for"), max_length=20, choices=ExportPurpose)
    state = models.CharField(max_length=20, choices=ExportState, default=ExportState.WAITING)
    stopped_by = models.CharField(max_length=20, choices=ExportStop, blank=True)
    asked_at = models.DateTimeField()
    # while one worker binds it; another takes over what was held and is not any more
    held_until_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(default=0)
    # removed a day after it was bound
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="dossiers")

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=ExportPurpose.values), name="dossier_purpose_known"
            ),
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="dossier_state_known"),
            models.CheckConstraint(
                condition=Q(stopped_by__in=["", *ExportStop.values]), name="dossier_stop_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ExportState.DONE, file__isnull=False, pages__gt=0)
                | (~Q(state=ExportState.DONE) & Q(file=None)),
                name="dossier_file_while_done",
            ),
            models.UniqueConstraint(
                fields=["petition", "post", "asker"],
                condition=Q(state__in=sorted(EXPORT_AT_WORK)),
                name="dossier_one_at_work",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=sorted(EXPORT_AT_WORK)),
                name="dossier_at_work",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_at_work(self) -> bool:
        return self.state in EXPORT_AT_WORK
