"""听证笔录: which steps were gone through, what was said and shown, and what was promised."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from assignments.models import Assignment
from hearings.models.hearings import Hearing, Seat
from hearings.states import Step
from lib.ids import uuid7

_FROZEN = """
    IF EXISTS (
        SELECT 1 FROM hearings_hearing
        WHERE id = COALESCE(NEW.hearing_id, OLD.hearing_id) AND state NOT IN {states}
    ) THEN
        RAISE EXCEPTION 'the record of this hearing is not being written';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def _written_while(name: str, *states: str) -> pgtrigger.Trigger:
    """Return the trigger that lets rows be written only while their hearing stands in one of some states."""
    listed = "(" + ", ".join(f"'{state}'" for state in states) + ")"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_FROZEN.replace("{states}", listed),
    )


class StepRun(models.Model):
    """One step of a hearing with when it began and ended."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="runs")
    step = models.PositiveSmallIntegerField(_("step"), choices=Step)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="step_run_known"),
            models.UniqueConstraint(fields=["hearing", "step"], name="step_run_once"),
            models.UniqueConstraint(
                fields=["hearing"], condition=Q(ended_at=None), name="step_run_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="step_run_runs_on"
            ),
        ]
        triggers = [_written_while("step_run_while_heard", "open", "suspended", "concluded")]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.step}"


class RecordEntry(models.Model):
    """What one speaker said in one step, as the clerk wrote it; every wording that was replaced is kept."""

    # made by the page that writes it, so that a save repeated by the network stays one row
    id = models.UUIDField(primary_key=True, default=uuid7)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="entries")
    step = models.PositiveSmallIntegerField(_("step"), choices=Step)
    # nobody: what happened, rather than what somebody said
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="entries")
    text = models.CharField(pgettext_lazy("of a record", "words"), max_length=4000)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="record_step_known"),
            models.CheckConstraint(condition=~Q(text=""), name="record_entry_has_words"),
        ]
        indexes = [models.Index(fields=["hearing", "begun_at"], name="record_by_hearing")]
        triggers = [_written_while("record_entry_while_heard", "open", "suspended")]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.step}"


class RecordChange(models.Model):
    """A wording of an entry that was replaced by another person or in a later step."""

    entry = models.ForeignKey(RecordEntry, models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    text = models.CharField(pgettext_lazy("of a record", "earlier words"), max_length=4000)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="record_change_once")]
        triggers = [
            pgtrigger.Protect(name="record_change_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.version}"


class Exhibit(models.Model):
    """Evidence shown at a hearing: what it is and who showed it."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="exhibits")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="exhibits")
    what = models.CharField(pgettext_lazy("of an exhibit", "what it is"), max_length=200)
    shown_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="exhibit_has_words")]
        triggers = [_written_while("exhibit_while_heard", "open", "suspended")]

    def __str__(self) -> str:
        return f"{self.hearing_id}"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def of_open_lane(self) -> CommitmentQuerySet:
        """Leave out what was promised on petitions that were sealed (Q2)."""
        return self.filter(hearing__petition__sealed=False)


class Commitment(models.Model):
    """承诺: who does what by when; an assignment of its own once the record is closed, followed until it is verified.

    It is an assignment and nothing else: it shortens no right, extends no T5 and approves nothing (Q9).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="commitments")
    words = models.CharField(pgettext_lazy("of a commitment", "what is done"), max_length=1000)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    # the person who answers for it; without one nothing is signed
    responsible = models.ForeignKey(Post, models.PROTECT, null=True, related_name="hearing_commitments")
    due_on = models.DateField(_("due"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    assignment = models.OneToOneField(
        Assignment, models.PROTECT, null=True, related_name="hearing_commitment"
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="commitment_has_words"),
            models.CheckConstraint(
                condition=Q(assignment=None) | Q(responsible__isnull=False),
                name="commitment_asked_of_a_person",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="commitment_before_the_record_closes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=_FROZEN.replace("{states}", "('open', 'suspended', 'concluded')"),
            ),
            pgtrigger.ReadOnly(
                name="commitment_words_stay", fields=["hearing", "words", "organ", "due_on", "noted_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}"
