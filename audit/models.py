"""What was done, by whom, and when; never changed. Blocks of entries are chained by hash.

An entry names its actor and its subject by id and by a snapshot of words, without foreign keys: the record
of a deed outlives what it was done to and who did it. It holds no personal values of petitioners, only field
names, codes and keyed hashes (Q8).

Triggers of the first migration refuse to change, remove or empty entries and blocks. They are plain SQL: a
trigger of pgtrigger can be told by any session to look away.
"""

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from lib.ids import uuid7


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model) -> "EntryQuerySet":
        """Keep the entries on one thing, whatever was done to it."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))


class Entry(models.Model):
    """One deed. `at` is part of the key so that the table can be partitioned by time."""

    pk = models.CompositePrimaryKey("at", "id")
    at = models.DateTimeField(_("time"))
    id = models.UUIDField(default=uuid7)
    # Order of writing; the chain runs along it. Taken from a sequence, so it may have gaps, never repeats;
    # taken only after the transaction has its own number, on which `sweeps.close_block` relies.
    seq = models.BigIntegerField(db_default=RawSQL("audit_next_place()", []))
    verb = models.CharField(_("deed"), max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    actor_user_id = models.BigIntegerField(null=True)
    actor_post_id = models.BigIntegerField(null=True)
    actor_organ_id = models.BigIntegerField(null=True)
    actor_words = models.CharField(_("who"), max_length=200)
    facts = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="audit_entry_by_subject"),
            models.Index(fields=["seq"], name="audit_entry_by_seq"),
            models.Index(fields=["actor_user_id", "at"], name="audit_entry_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"


class Block(models.Model):
    """A run of entries under one hash, which also covers the block before it."""

    number = models.BigIntegerField(primary_key=True)
    after_seq = models.BigIntegerField()
    upto_seq = models.BigIntegerField()
    entry_count = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["after_seq"], name="audit_block_follows_once"),
            models.CheckConstraint(
                condition=models.Q(upto_seq__gt=models.F("after_seq")), name="audit_block_runs_on"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Horizon(models.Model):
    """How far entries may be closed once every transaction that was running then has ended. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    upto_seq = models.BigIntegerField(default=0)
    transaction_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_horizon_is_one_row")]

    def __str__(self) -> str:
        return str(self.upto_seq)
