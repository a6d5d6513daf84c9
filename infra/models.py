"""Tables without a petition word: number series, local settings, idempotency keys, stored files, runs of sweeps."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
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
        # those too that keep no way back (`related_name="+"`), which `related_objects` leaves out
        relations = StoredFile._meta.get_fields(include_hidden=True)
        pointing = (one.field for one in relations if isinstance(one, models.ManyToOneRel))
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


class Sweep(models.Model):
    """Something the clock brings, by the name of its task, and when it last came to its end."""

    name = models.CharField(primary_key=True, max_length=100)
    # when it was first known of: one that never ran is missing from then on
    known_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class SweepRun(models.Model):
    """One run of a sweep: the proof that it ran, and what it came upon. One that was killed has no end."""

    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="runs")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    seen = models.PositiveIntegerField(default=0)
    acted = models.PositiveIntegerField(default=0)
    # how many were left alone, by a code that says why
    skipped = models.JSONField(default=dict)
    # the kind of error that ended it; never its text, which may hold what a row held
    broken_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="sweep_run_runs_forward",
            ),
            models.CheckConstraint(condition=Q(seen__gte=F("acted")), name="sweep_run_acted_on_what_it_saw"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(broken_by=""), name="sweep_run_finished_or_broken"
            ),
        ]
        indexes = [
            models.Index(F("sweep"), F("started_at").desc(), name="sweep_run_newest_first"),
            # what is cleared away after weeks
            models.Index(fields=["started_at"], condition=Q(seen=0), name="sweep_run_that_found_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.sweep_id} {self.started_at:%Y-%m-%d %H:%M}"
