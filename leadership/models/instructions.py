"""批示: what a leader wrote on a petition, word for word, and what units do about it; letters and decisions of his."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from assignments.models import Assignment
from cases.models import Petition
from infra.models import StoredFile
from leadership.states import (
    IN_FORCE,
    DecisionState,
    InstructionSource,
    InstructionState,
)
from lib.ids import uuid7


class Instruction(models.Model):
    """One instruction of a leader: his words, the day, and by what they are his. Never edited.

    What it asks of units are assignments and nothing else: it shortens no right, extends no T5 and approves nothing of
    a handling organ (Q9).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="instructions")
    leader = models.ForeignKey(Post, models.PROTECT, related_name="instructions")
    # who held that post: the one whose words they are
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.CharField(pgettext_lazy("of an instruction", "words"), max_length=1000)
    said_on = models.DateField(_("dated"))
    source = models.CharField(
        pgettext_lazy("of an instruction", "source"), max_length=10, choices=InstructionSource
    )
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    heard_at = models.DateTimeField(_("heard"), null=True)
    heard_where = models.CharField(_("where it was said"), max_length=120, blank=True)
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    state = models.CharField(
        pgettext_lazy("of an instruction", "state"), max_length=10, choices=InstructionState
    )
    confirmed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    # until then it may be undone, and nothing is sent or shown (Q33)
    gives_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    end_words = models.CharField(_("what was checked, or why not"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="instruction_has_words"),
            models.CheckConstraint(
                condition=Q(state__in=InstructionState.values), name="instruction_state_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=InstructionSource.values), name="instruction_source_known"
            ),
            # nobody signs for him: neither his secretary nor a deputy
            models.CheckConstraint(
                condition=~Q(source=InstructionSource.SIGNED) | Q(person=F("author"), entered_by=F("leader")),
                name="instruction_signed_by_himself",
            ),
            models.CheckConstraint(
                condition=Q(source=InstructionSource.SCANNED, scan__isnull=False)
                | ~Q(source=InstructionSource.SCANNED) & Q(scan=None),
                name="instruction_entered_from_a_scan",
            ),
            models.CheckConstraint(
                condition=Q(source=InstructionSource.ORAL, heard_at__isnull=False) & ~Q(heard_where="")
                | ~Q(source=InstructionSource.ORAL) & Q(heard_at=None, heard_where="", confirmed_at=None),
                name="instruction_heard_at_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(source=InstructionSource.ORAL)
                | Q(state__in=[InstructionState.NOTED, InstructionState.DECLINED, InstructionState.OVER])
                | Q(confirmed_at__isnull=False),
                name="instruction_oral_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state=InstructionState.HELD) | Q(gives_at__isnull=False),
                name="instruction_held_until",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(IN_FORCE)) | Q(given_at__isnull=False),
                name="instruction_given_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=InstructionState.COMPLETED) | Q(ended_at__isnull=False) & ~Q(end_words=""),
                name="instruction_completed_with_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gives_at"], condition=Q(state=InstructionState.HELD), name="instruction_held"
            ),
            models.Index(
                fields=["entered_at"], condition=Q(state=InstructionState.NOTED), name="instruction_noted"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="instruction_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="instruction_is_never_edited",
                fields=[
                    *("petition", "leader", "author", "text", "said_on", "source", "scan", "heard_at"),
                    *("heard_where", "entered_by", "person", "entered_at"),
                ],
            ),
            # completed only when every addressee has answered and the office has looked at each answer
            pgtrigger.Trigger(
                name="instruction_completed_when_all_answered",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="completed"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM leadership_instructiontask AS task
                        JOIN assignments_assignment AS asked ON asked.id = task.assignment_id
                        WHERE task.instruction_id = NEW.id AND asked.ended_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'an instruction is completed when every answer is verified';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"

    @property
    def is_held(self) -> bool:
        return self.state == InstructionState.HELD


class InstructionTask(models.Model):
    """What an instruction asks of one unit, by a day; asked once the instruction is given."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="tasks")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    due_on = models.DateField(_("due"))
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="instruction_task")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instruction", "organ"], name="instruction_task_once_a_unit"),
        ]
        triggers = [
            pgtrigger.Protect(name="instruction_task_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="instruction_task_is_never_edited", fields=["instruction", "organ", "due_on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instruction_id} {self.organ_id}"


class LetterReading(models.Model):
    """A letter chosen for a leader to read on a day. Assigning, supervision and finish are told by what happened."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="readings")
    leader = models.ForeignKey(Post, models.PROTECT, related_name="letters")
    chosen_on = models.DateField(_("chosen for"))
    why = models.CharField(_("why it was chosen"), max_length=200, blank=True)
    chosen_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    # 阅批: read, with or without an instruction
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "leader"], name="letter_once_a_leader"),
        ]
        indexes = [
            models.Index(fields=["leader", "chosen_on"], name="letter_by_leader"),
        ]
        triggers = [
            pgtrigger.Protect(name="letter_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="letter_choice_stays", fields=["petition", "leader", "chosen_on", "why"]),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} for {self.leader_id}"


class DecisionRequest(models.Model):
    """决策卡: where a matter is stuck, what exactly is asked of a leader, and the choices, which are its buttons."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="decision_requests")
    leader = models.ForeignKey(Post, models.PROTECT, related_name="decisions_asked")
    asking_organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    stuck = models.CharField(_("where it is stuck"), max_length=300)
    question = models.CharField(_("what is to be decided"), max_length=200)
    choices = ArrayField(models.CharField(max_length=40), verbose_name=_("choices"))
    due_on = models.DateField(_("decision needed by"))
    state = models.CharField(pgettext_lazy("of a decision", "state"), max_length=10, choices=DecisionState)
    # which of the choices, counted from nought; nothing where he wrote words of his own
    chosen = models.PositiveSmallIntegerField(null=True)
    # the instruction it became
    instruction = models.OneToOneField(
        Instruction, models.PROTECT, null=True, related_name="decision_request"
    )
    answer = models.CharField(_("what is missing, or why it is no longer asked"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DecisionState.values), name="decision_state_known"),
            models.CheckConstraint(
                condition=Q(choices__len__gte=2, choices__len__lte=4), name="decision_has_two_to_four_choices"
            ),
            models.CheckConstraint(
                condition=~Q(stuck="") & ~Q(question=""), name="decision_says_what_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.DECIDED, instruction__isnull=False)
                | ~Q(state=DecisionState.DECIDED) & Q(instruction=None, chosen=None),
                name="decision_becomes_an_instruction",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.WAITING, answered_at=None)
                | ~Q(state=DecisionState.WAITING) & Q(answered_at__isnull=False),
                name="decision_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DecisionState.RETURNED, DecisionState.WITHDRAWN]) | ~Q(answer=""),
                name="decision_returned_with_words",
            ),
            models.UniqueConstraint(
                fields=["petition", "leader", "asking_organ"],
                condition=Q(state=DecisionState.WAITING),
                name="decision_asked_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["leader", "due_on"], condition=Q(state=DecisionState.WAITING), name="decision_waiting"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="decision_question_stays",
                fields=[
                    *("petition", "asking_organ", "asked_by", "asked_at", "stuck", "question"),
                    *("choices", "due_on"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.leader_id}"
