"""复查 and 复核: a request, the organ that reviews, what it decides on the opinion (Art 35, 36; R-40 … R-43).

Applicants are named by their position on the petition, which stays when its people move (decision 40).
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from cases.models.handling import Handling
from cases.models.petitions import Claim, Petition
from cases.remedy_states import (
    GOING_ON,
    LEAVES_IT_OPEN,
    RemedyGround,
    RemedyOutcome,
    RemedyRefusal,
    RemedyState,
    Stage,
)
from cases.states import OUTCOMES_OF_APPEALS, Outcome
from documents.models import Document
from lib.ids import uuid7

_UNDECIDED = Q(outcome="", ground="", facts="", reasons="", basis="", changed_to="", anew_by=None)
_CHANGES = Q(outcome=RemedyOutcome.CHANGE)
_REMANDS = Q(outcome=RemedyOutcome.REMAND)


class RemedyQuerySet(models.QuerySet["Remedy"]):
    def seen_by(self, hat: Hat) -> RemedyQuerySet:
        """Keep those on petitions of the open lane that this hat may know of (Q2, Q6)."""
        return self.filter(petition__in=Petition.objects.visible_to(hat))

    def going_on(self) -> RemedyQuerySet:
        """Keep what is asked for or being looked into."""
        return self.filter(state__in=sorted(GOING_ON))

    def remanding(self) -> RemedyQuerySet:
        """Keep those after which the matter is handled anew."""
        return self.filter(outcome=RemedyOutcome.REMAND, revoked__isnull=False)


class Remedy(models.Model):
    """One opinion before the next-higher organ: 复查 of a handling opinion, or 复核 of a review opinion.

    That the organ stands next above the one whose opinion is contested, and is none that decided before, is held by a
    trigger (INV-5). One opinion is decided on once; what was not accepted or was withdrawn leaves it open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="remedies")
    stage = models.CharField(pgettext_lazy("remedy", "stage"), max_length=20, choices=Stage)
    handling = models.ForeignKey(Handling, models.PROTECT, related_name="remedies")
    # the review whose opinion a re-examination is about
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    contested = models.ForeignKey(Document, models.PROTECT, related_name="remedies")
    contested_organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    organ = models.ForeignKey(
        Organ, models.PROTECT, related_name="decided_remedies", verbose_name=_("reviewing organ")
    )
    state = models.CharField(
        pgettext_lazy("remedy", "state"), max_length=20, choices=RemedyState, default=RemedyState.REQUESTED
    )
    # the day the first request was received: from it the reviewing organ's days run (T8, T10)
    requested_on = models.DateField(_("asked for on"))
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    refusal = models.CharField(_("why it is not accepted"), max_length=20, choices=RemedyRefusal, blank=True)
    refusal_facts = models.CharField(_("facts for it"), max_length=1000, blank=True)
    # that it is accepted, or is not
    notice = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(
        pgettext_lazy("remedy", "outcome"), max_length=20, choices=RemedyOutcome, blank=True
    )
    ground = models.CharField(
        pgettext_lazy("remedy", "ground"), max_length=20, choices=RemedyGround, blank=True
    )
    facts = models.TextField(_("facts found"), blank=True)
    reasons = models.TextField(_("what is held of the reasons given"), blank=True)
    basis = models.CharField(_("legal basis"), max_length=500, blank=True)
    # what the reviewing organ puts in the place of the result, and who carries out what it supports until when
    changed_to = models.CharField(_("changed to"), max_length=20, choices=Outcome, blank=True)
    execution_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    execution_due_on = models.DateField(_("to be carried out by"), null=True)
    # by when the organ whose opinion was revoked gives another one
    anew_by = models.DateField(_("to be handled anew by"), null=True)
    found_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)
    opinion = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    # the handling opinion that it took out of force, if it did
    revoked = models.ForeignKey(Document, models.PROTECT, null=True, related_name="revoked_by")
    decided_at = models.DateTimeField(null=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="remedy_stage_known"),
            models.CheckConstraint(condition=Q(state__in=RemedyState.values), name="remedy_state_known"),
            models.CheckConstraint(
                condition=Q(refusal__in=["", *RemedyRefusal.values]), name="remedy_refusal_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *RemedyOutcome.values]), name="remedy_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=["", *RemedyGround.values]), name="remedy_ground_known"
            ),
            models.CheckConstraint(
                condition=Q(changed_to__in=["", *sorted(OUTCOMES_OF_APPEALS)]), name="remedy_change_known"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.REVIEW, after=None)
                | Q(stage=Stage.REEXAMINATION, after__isnull=False),
                name="remedy_reexamines_a_review",
            ),
            models.CheckConstraint(
                condition=~Q(organ=F("contested_organ")), name="remedy_decided_by_another_organ"
            ),
            models.CheckConstraint(
                condition=Q(state=RemedyState.NOT_ACCEPTED) & ~Q(refusal="") & ~Q(refusal_facts="")
                | ~Q(state=RemedyState.NOT_ACCEPTED) & Q(refusal="", refusal_facts=""),
                name="remedy_not_accepted_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(found_at=None, found_by=None) & _UNDECIDED
                | Q(found_at__isnull=False, found_by__isnull=False)
                & ~Q(outcome="")
                & ~Q(facts="")
                & ~Q(reasons="")
                & ~Q(basis=""),
                name="remedy_found_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", RemedyOutcome.MAINTAIN], ground="")
                | ~Q(outcome__in=["", RemedyOutcome.MAINTAIN]) & ~Q(ground=""),
                name="remedy_sets_aside_on_a_ground",
            ),
            models.CheckConstraint(
                condition=_CHANGES & ~Q(changed_to="") | ~_CHANGES & Q(changed_to=""),
                name="remedy_changes_to_a_result",
            ),
            models.CheckConstraint(
                condition=Q(
                    changed_to=Outcome.SUPPORT, execution_organ__isnull=False, execution_due_on__isnull=False
                )
                | ~Q(changed_to=Outcome.SUPPORT) & Q(execution_organ=None, execution_due_on=None),
                name="remedy_support_is_carried_out",
            ),
            models.CheckConstraint(
                condition=_REMANDS & Q(anew_by__isnull=False) | ~_REMANDS & Q(anew_by=None),
                name="remedy_remands_by_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RemedyState.DECIDED,
                    decided_at__isnull=False,
                    opinion__isnull=False,
                    found_at__isnull=False,
                )
                | ~Q(state=RemedyState.DECIDED) & Q(decided_at=None, revoked=None),
                name="remedy_decided_by_a_paper",
            ),
            models.UniqueConstraint(
                fields=["contested"],
                condition=~Q(state__in=sorted(LEAVES_IT_OPEN)),
                name="remedy_once_for_each_opinion",
            ),
        ]
        indexes = [
            # what waits of a reviewing organ, of all it ever reviewed
            models.Index(
                fields=["organ", "requested_on"],
                condition=Q(state__in=sorted(GOING_ON)),
                name="remedy_going_on",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="remedy_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="remedy_by_the_next_higher",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("above", "bigint")],
                func="""
                    SELECT next_higher_id INTO above FROM accounts_organ WHERE id = NEW.contested_organ_id;
                    SELECT COALESCE(carried_on_by_id, id) INTO above FROM accounts_organ WHERE id = above;
                    IF above IS DISTINCT FROM NEW.organ_id OR EXISTS (
                        SELECT FROM cases_handling WHERE id = NEW.handling_id AND organ_id = NEW.organ_id
                    ) THEN
                        RAISE EXCEPTION 'a remedy is decided by the organ next above, and by none that decided before';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="remedy_decided_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=RemedyState.DECIDED),
                func="RAISE EXCEPTION 'what was decided on an opinion stays';",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_reexamination(self) -> bool:
        return self.stage == Stage.REEXAMINATION

    @property
    def is_going_on(self) -> bool:
        return self.state in GOING_ON

    @property
    def revokes(self) -> bool:
        """Whether the opinion it is about is out of force by it."""
        return self.outcome in {RemedyOutcome.REVOKE, RemedyOutcome.REMAND}

    @property
    def paper(self) -> Document | None:
        """The paper that ends it for the applicant: its opinion, or the notice that it is not accepted."""
        return self.notice if self.state == RemedyState.NOT_ACCEPTED else self.opinion


class RemedyRequest(models.Model):
    """One petitioner's request: what he contests, why, with what evidence, received when (D17, D19)."""

    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="requests")
    position = models.PositiveSmallIntegerField()
    received_on = models.DateField(pgettext_lazy("remedy", "received on"))
    reasons = models.TextField(_("what is contested, and why"))
    evidence = models.CharField(_("evidence handed in"), max_length=1000, blank=True)
    # why it comes after the thirty days; the reviewing organ decides whether that is good cause
    late_cause = models.CharField(_("why it comes late"), max_length=500, blank=True)
    # the day was typed more than a working day later, and what shows it (Q25)
    backdated = models.BooleanField(default=False)
    evidence_note = models.CharField(pgettext_lazy("of a day", "evidence"), max_length=200, blank=True)
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noter = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    withdrawn_on = models.DateField(pgettext_lazy("of a withdrawal", "day"), null=True)
    withdrawn_words = models.CharField(_("the petitioner's own words"), max_length=1000, blank=True)
    withdrawal_noted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["remedy", "position"],
                condition=Q(withdrawn_on=None),
                name="remedy_request_once_for_each",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="remedy_request_has_reasons"),
            models.CheckConstraint(
                condition=Q(backdated=False) | ~Q(evidence_note=""),
                name="remedy_request_backdated_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_words="", withdrawal_noted_by=None)
                | Q(withdrawn_on__isnull=False, withdrawal_noted_by__isnull=False) & ~Q(withdrawn_words=""),
                name="remedy_request_withdrawn_in_own_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RevokedAnswer(models.Model):
    """What a revoked opinion had said on a claim, kept so that the same is not said again (R-43)."""

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="revoked_answers")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="revoked_answers")
    outcome = models.CharField(pgettext_lazy("of a claim", "outcome"), max_length=20, choices=Outcome)
    facts = models.TextField(_("facts and reasons found"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="revoked_answer_known"),
            models.UniqueConstraint(fields=["remedy", "claim"], name="revoked_answer_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="revoked_answer_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.pk)
