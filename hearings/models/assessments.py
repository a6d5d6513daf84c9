"""社会稳定风险评估: what may go wrong with a draft, what is done against it, and what was decided on that."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from hearings.decision_states import AssessmentResult, AssessmentState, Gravity, Likelihood
from hearings.models.decision_hearings import DecisionHearing
from hearings.models.decisions import Consultation, DecisionDraft
from lib.ids import uuid7

_WHILE_DRAWN = """
    IF NOT EXISTS (
        SELECT 1 FROM hearings_riskassessment
        WHERE id = COALESCE(NEW.assessment_id, OLD.assessment_id) AND state = 'drawn'
    ) THEN
        RAISE EXCEPTION 'this assessment is no longer being drawn up';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class AssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    def submitted(self) -> AssessmentQuerySet:
        """Keep what waits to be decided on."""
        return self.filter(state=AssessmentState.SUBMITTED)


class RiskAssessment(models.Model):
    """A stability risk assessment of one draft ([L27] Art 22–24): of a plan and its effects, never of a person.

    Another person than who drew it up decides on it, and what cannot be controlled does not go ahead.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    draft = models.ForeignKey(DecisionDraft, models.PROTECT, related_name="assessments")
    state = models.CharField(
        pgettext_lazy("of a risk assessment", "state"),
        max_length=12,
        choices=AssessmentState,
        default=AssessmentState.DRAWN,
    )
    begun_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # who drew it up: set when it is submitted
    drawn_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    drawer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    controllable = models.BooleanField(_("the risk can be controlled"), null=True)
    conclusion = models.CharField(_("conclusion of the assessment"), max_length=2000, blank=True)
    # what was said to it before
    consultations = models.ManyToManyField(Consultation, related_name="assessments")
    hearings = models.ManyToManyField(DecisionHearing, related_name="assessments")
    result = models.CharField(
        pgettext_lazy("of a risk assessment", "result"), max_length=12, choices=AssessmentResult, blank=True
    )
    result_why = models.CharField(_("reasons of the result"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AssessmentState.values), name="assessment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(result__in=["", *AssessmentResult.values]), name="assessment_result_known"
            ),
            models.CheckConstraint(
                condition=Q(state=AssessmentState.DRAWN, submitted_at=None)
                | Q(submitted_at__isnull=False, drawn_by__isnull=False, drawer__isnull=False)
                & Q(controllable__isnull=False, conclusion__gt=""),
                name="assessment_submitted_with_words",
            ),
            models.CheckConstraint(
                condition=Q(state=AssessmentState.DECIDED, decided_at__isnull=False, decider__isnull=False)
                & Q(decided_by__isnull=False, result__gt="", result_why__gt="")
                | ~Q(state=AssessmentState.DECIDED)
                & Q(decided_at=None, decider=None, decided_by=None, result="", result_why=""),
                name="assessment_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("drawer")), name="assessment_decided_by_another"
            ),
            # Art 24: not controllable is adjusted before it is decided
            models.CheckConstraint(
                condition=~Q(result=AssessmentResult.GO) | Q(controllable=True),
                name="assessment_goes_if_controllable",
            ),
            # what was postponed is assessed again as it stands; what was adjusted only as a new draft
            models.UniqueConstraint(
                fields=["draft"],
                condition=~Q(result=AssessmentResult.POSTPONE),
                name="assessment_once_a_draft",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="assessment_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="assessment_decided_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=AssessmentState.DECIDED),
                func="RAISE EXCEPTION 'an assessment that was decided on stays as it is';",
            ),
            pgtrigger.Trigger(
                name="assessment_stands_on_its_points",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=~pgtrigger.Q(new__state=AssessmentState.DRAWN),
                func="""
                    IF NOT EXISTS (SELECT 1 FROM hearings_riskpoint WHERE assessment_id = NEW.id) THEN
                        RAISE EXCEPTION 'this assessment names no point';
                    END IF;
                    IF NEW.controllable AND EXISTS (
                        SELECT 1 FROM hearings_riskpoint WHERE assessment_id = NEW.id AND NOT controllable
                    ) THEN
                        RAISE EXCEPTION 'a point of this assessment cannot be controlled';
                    END IF;
                    IF EXISTS (
                        SELECT 1 FROM hearings_riskpoint
                        WHERE assessment_id = NEW.id AND writer_id = NEW.decider_id
                    ) THEN
                        RAISE EXCEPTION 'who wrote a point of this assessment does not decide on it';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.state}"

    @property
    def is_drawn(self) -> bool:
        """Whether its points can still be changed."""
        return self.state == AssessmentState.DRAWN


class RiskPoint(models.Model):
    """风险点: what may happen, how likely and how grave, what is done against it by whom until when."""

    assessment = models.ForeignKey(RiskAssessment, models.PROTECT, related_name="points")
    words = models.CharField(pgettext_lazy("of a risk point", "what may happen"), max_length=500)
    likelihood = models.CharField(_("how likely"), max_length=12, choices=Likelihood)
    gravity = models.CharField(_("how grave"), max_length=12, choices=Gravity)
    measure = models.CharField(pgettext_lazy("of a risk point", "what is done against it"), max_length=1000)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    due_on = models.DateField(pgettext_lazy("of a risk point", "done by"))
    controllable = models.BooleanField(pgettext_lazy("of a risk point", "controlled by that"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    writer = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__in=Likelihood.values), name="risk_point_likelihood_known"
            ),
            models.CheckConstraint(condition=Q(gravity__in=Gravity.values), name="risk_point_gravity_known"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(measure=""), name="risk_point_has_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="risk_point_while_drawn",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_WHILE_DRAWN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}"


class AssessmentFollowUp(models.Model):
    """跟踪: what came of the measures once the assessment was decided on; only added to."""

    assessment = models.ForeignKey(RiskAssessment, models.PROTECT, related_name="follow_ups")
    # nothing: of the decision as a whole
    point = models.ForeignKey(RiskPoint, models.PROTECT, null=True, related_name="follow_ups")
    seen_on = models.DateField(_("seen on"))
    words = models.CharField(pgettext_lazy("of a follow-up", "what was seen"), max_length=2000)
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="follow_up_has_words")]
        triggers = [
            pgtrigger.Protect(name="follow_up_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="follow_up_once_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM hearings_riskassessment
                        WHERE id = NEW.assessment_id AND state = 'decided'
                    ) OR NEW.point_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM hearings_riskpoint
                        WHERE id = NEW.point_id AND assessment_id = NEW.assessment_id
                    ) THEN
                        RAISE EXCEPTION 'followed up is a point of an assessment that was decided on';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.seen_on}"
