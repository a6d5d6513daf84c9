"""Tables without a petition word: number series, local settings, idempotency keys, stored files."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from lib.ids import uuid7


class NumberSeries(models.Model):
    """The last number given in one series; the row is the lock that keeps the series without a gap."""

    key = models.CharField(primary_key=True, max_length=60)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class LocalSetting(models.Model):
    """A number the district has set for itself, from a day on; older values stay for older matters."""

    key = models.CharField(_("setting"), max_length=60)
    value = models.IntegerField(_("value"))
    valid_from = models.DateField(_("from"))
    basis = models.CharField(_("basis"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="local_setting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"


class IdempotencyKey(models.Model):
    """A submission that a network or a person may send twice; whoever writes its row first does the work."""

    key = models.UUIDField(primary_key=True)
    first_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def hanging_on_nothing(self) -> "StoredFileQuerySet":
        """Keep the files that no row of any room points at."""
        pointing = (relation.field for relation in StoredFile._meta.related_objects)
        return self.filter(
            *(
                ~Exists(field.model._default_manager.filter(**{field.name: OuterRef("pk")}))
                for field in pointing
            )
        )


class StoredFile(models.Model):
    """A file's bytes in the storage, by hash; who may read it is the business of what it hangs on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    path = models.CharField(max_length=200, unique=True)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)
