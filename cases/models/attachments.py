"""What hangs on a petition: files, and papers handed in as originals."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from cases.models.drafts import Draft
from cases.models.petitions import Petition
from cases.states import AttachmentKind
from infra.models import StoredFile
from lib.ids import uuid7


class Attachment(models.Model):
    """A scan, photo or recording on a petition, or on the draft it will become. No address by file id."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="attachments")
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=20, choices=AttachmentKind)
    added_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(petition=None, draft__isnull=False) | Q(petition__isnull=False, draft=None),
                name="attachment_on_draft_or_petition",
            ),
            models.CheckConstraint(condition=Q(kind__in=AttachmentKind.values), name="attachment_kind_known"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Original(models.Model):
    """A paper the petitioner left with the office, and its return (Q31)."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="originals")
    what = models.CharField(_("what was handed in"), max_length=120)
    sheets = models.PositiveSmallIntegerField(_("sheets"))
    received_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    returned_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(sheets__gte=1), name="original_has_a_sheet")]

    def __str__(self) -> str:
        return str(self.pk)


class DataIncident(models.Model):
    """A file or field that was not this person's, shut away; who saw it is in the audit (Q18; PIPL Art 57)."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="data_incidents")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="incidents")
    reason = models.CharField(_("reason"), max_length=200)
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    persons_told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
