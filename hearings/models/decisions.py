"""重大行政决策事项: what an organ plans to decide, its drafts, and who was asked about them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from hearings.decision_states import ConsultationWay, DecisionState
from lib.ids import uuid7

_WHILE_PREPARED = """
    IF NOT EXISTS (
        SELECT 1 FROM hearings_planneddecision WHERE id = NEW.decision_id AND state = 'prepared'
    ) THEN
        RAISE EXCEPTION 'this decision is no longer being prepared';
    END IF;
    IF EXISTS (
        SELECT 1 FROM hearings_decisionhearing heard
        JOIN hearings_decisiondraft draft ON draft.id = heard.draft_id
        WHERE draft.decision_id = NEW.decision_id AND heard.state IN ('announced', 'open', 'recorded')
    ) THEN
        RAISE EXCEPTION 'a hearing on this decision is under way';
    END IF;
    RETURN NEW;
"""


class DecisionQuerySet(models.QuerySet["PlannedDecision"]):
    def prepared(self) -> DecisionQuerySet:
        """Keep what is neither made nor given up."""
        return self.filter(state=DecisionState.PREPARED)


class PlannedDecision(models.Model):
    """A planned decision that touches people's interests ([L27] Art 3): of a plan, never of a petition or a person.

    It is made only once the newest of its drafts was assessed and may go ahead ([L27] Art 22, 24).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="planned_decisions")
    title = models.CharField(pgettext_lazy("of a planned decision", "title"), max_length=200)
    touches = models.CharField(_("whom it touches"), max_length=1000)
    state = models.CharField(
        pgettext_lazy("of a planned decision", "state"),
        max_length=12,
        choices=DecisionState,
        default=DecisionState.PREPARED,
    )
    planned_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    planner = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    made_on = models.DateField(_("decided on"), null=True)
    # the paper or meeting by which it was made
    made_by_words = models.CharField(_("by which paper or meeting"), max_length=200, blank=True)
    given_up_why = models.CharField(_("why it is given up"), max_length=500, blank=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DecisionState.values), name="planned_decision_state_known"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(touches=""), name="decision_has_words"),
            models.CheckConstraint(
                condition=Q(state=DecisionState.PREPARED, made_on=None, made_by_words="", given_up_why="")
                & Q(ended_by=None, ended_at=None)
                | Q(state=DecisionState.MADE, made_on__isnull=False, made_by_words__gt="", given_up_why="")
                & Q(ended_by__isnull=False, ended_at__isnull=False)
                | Q(state=DecisionState.GIVEN_UP, made_on=None, made_by_words="", given_up_why__gt="")
                & Q(ended_by__isnull=False, ended_at__isnull=False),
                name="decision_ends_with_words",
            ),
        ]
        indexes = [models.Index(fields=["organ", "-planned_at"], name="decision_by_organ")]
        triggers = [
            pgtrigger.Protect(name="decision_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="decision_beginning_stays",
                fields=["organ", "title", "touches", "planned_by", "planner", "planned_at"],
            ),
            pgtrigger.Trigger(
                name="decision_ended_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=DecisionState.PREPARED),
                func="RAISE EXCEPTION 'a decision that was made or given up stays as it is';",
            ),
            pgtrigger.Trigger(
                name="decision_not_ended_while_heard",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(new__state=DecisionState.PREPARED),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM hearings_decisionhearing heard
                        JOIN hearings_decisiondraft draft ON draft.id = heard.draft_id
                        WHERE draft.decision_id = NEW.id AND heard.state IN ('announced', 'open', 'recorded')
                    ) THEN
                        RAISE EXCEPTION 'a hearing on this decision is under way';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="decision_made_once_assessed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state=DecisionState.MADE),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM hearings_riskassessment assessed
                        JOIN hearings_decisiondraft draft ON draft.id = assessed.draft_id
                        WHERE draft.decision_id = NEW.id AND assessed.result = 'go' AND draft.number = (
                            SELECT max(number) FROM hearings_decisiondraft WHERE decision_id = NEW.id
                        )
                    ) THEN
                        RAISE EXCEPTION 'the newest draft was not assessed to go ahead';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_prepared(self) -> bool:
        return self.state == DecisionState.PREPARED


class DecisionDraft(models.Model):
    """What is planned, in one wording; an adjustment is a draft of its own, the earlier one stays."""

    decision = models.ForeignKey(PlannedDecision, models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    plan = models.CharField(_("what is planned"), max_length=4000)
    # what is different from the draft before, and why; nothing in the first one
    changed = models.CharField(_("what was changed and why"), max_length=2000, blank=True)
    written_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="decision_draft_number_once"),
            models.CheckConstraint(condition=~Q(plan=""), name="decision_draft_has_words"),
            models.CheckConstraint(
                condition=Q(number=1, changed="") | Q(number__gt=1, changed__gt=""),
                name="decision_draft_says_what_changed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_draft_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="decision_draft_while_prepared",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_WHILE_PREPARED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.number}"


class Consultation(models.Model):
    """征询意见记录 (Q42): who was asked about a draft, what they said, what changed. Groups in words, no persons.

    It is only added to: what was said before stays as it was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    decision = models.ForeignKey(PlannedDecision, models.PROTECT, related_name="consultations")
    draft = models.ForeignKey(DecisionDraft, models.PROTECT, related_name="consultations")
    held_on = models.DateField(_("asked on"))
    way = models.CharField(pgettext_lazy("of a consultation", "way"), max_length=12, choices=ConsultationWay)
    groups = models.CharField(_("which groups and units were asked"), max_length=500)
    count = models.PositiveIntegerField(_("how many were asked"))
    said = models.CharField(_("what they said"), max_length=4000)
    changed = models.CharField(_("what changed, or why nothing did"), max_length=2000)
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=ConsultationWay.values), name="consultation_way_known"
            ),
            models.CheckConstraint(
                condition=~Q(groups="") & ~Q(said="") & ~Q(changed=""), name="consultation_has_words"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="consultation_asked_somebody"),
        ]
        triggers = [
            pgtrigger.Protect(name="consultation_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="consultation_of_its_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("kept", "text")],
                func="""
                    SELECT decision.state INTO kept FROM hearings_decisiondraft draft
                    JOIN hearings_planneddecision decision ON decision.id = draft.decision_id
                    WHERE draft.id = NEW.draft_id AND decision.id = NEW.decision_id;
                    IF kept IS DISTINCT FROM 'prepared' THEN
                        RAISE EXCEPTION 'this draft is of another decision, or no longer being prepared';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.held_on}"
