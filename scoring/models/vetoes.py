"""一票否优: that a unit is not rated excellent in a year, on a listed ground, by a human decision."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from lib.ids import uuid7
from scoring.states import VetoGround, VetoState

_HEARD = Q(heard_on__isnull=False, heard_words__gt="", heard_by__isnull=False)
_NOT_HEARD = Q(heard_on=None, heard_words="", heard_by=None)
_DECIDED = Q(decided_by__isnull=False, decider__isnull=False, decided_at__isnull=False, decision_words__gt="")
_UNDECIDED = Q(decided_by=None, decider=None, decided_at=None, decision_words="")
_ENDED = Q(ended_by__isnull=False, ended_at__isnull=False, end_words__gt="")
_NOT_ENDED = Q(ended_by=None, ended_at=None, end_words="")
_IN_TURN = """
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('proposed', 'heard'), ('proposed', 'dropped'),
        ('heard', 'decided'), ('heard', 'dropped'), ('decided', 'lifted')
    ) THEN
        RAISE EXCEPTION 'this does not follow from where it stands';
    END IF;
    IF NEW.state = 'lifted' AND (
        SELECT organ_id FROM accounts_post WHERE id = NEW.ended_by_id
    ) <> (SELECT organ_id FROM accounts_post WHERE id = OLD.decided_by_id) THEN
        RAISE EXCEPTION 'who decided it lifts it';
    END IF;
    RETURN NEW;
"""


class VetoQuerySet(models.QuerySet["Veto"]):
    def standing(self) -> VetoQuerySet:
        """Keep those that were decided and not lifted."""
        return self.filter(state=VetoState.DECIDED)


class Veto(models.Model):
    """One of them: proposed with its facts, the unit heard, decided by the joint conference, lifted by it alone."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="vetoes")
    year = models.PositiveSmallIntegerField(_("year"))
    ground = models.CharField(pgettext_lazy("of a veto", "ground"), max_length=20, choices=VetoGround)
    words = models.CharField(pgettext_lazy("of a veto", "facts"), max_length=1000)
    state = models.CharField(
        pgettext_lazy("of a veto", "state"), max_length=10, choices=VetoState, default=VetoState.PROPOSED
    )
    proposed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposer = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    heard_on = models.DateField(_("heard on"), null=True)
    heard_words = models.CharField(_("what the unit said"), max_length=1000, blank=True)
    heard_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_words = models.CharField(_("by which minutes, and why"), max_length=1000, blank=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_words = models.CharField(pgettext_lazy("of a veto", "why it ended"), max_length=1000, blank=True)

    objects = VetoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=VetoGround.values), name="veto_ground_known"),
            models.CheckConstraint(condition=~Q(words=""), name="veto_says_why"),
            models.CheckConstraint(
                condition=Q(state=VetoState.PROPOSED) & _NOT_HEARD & _UNDECIDED & _NOT_ENDED
                | Q(state=VetoState.HEARD) & _HEARD & _UNDECIDED & _NOT_ENDED
                | Q(state=VetoState.DECIDED) & _HEARD & _DECIDED & _NOT_ENDED
                | Q(state=VetoState.LIFTED) & _HEARD & _DECIDED & _ENDED
                | Q(state=VetoState.DROPPED) & _UNDECIDED & _ENDED,
                name="veto_decided_after_the_unit_was_heard",
            ),
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("proposer")), name="veto_decided_by_another"
            ),
            models.UniqueConstraint(
                fields=["organ", "year", "ground"],
                condition=Q(state__in=[VetoState.PROPOSED, VetoState.HEARD, VetoState.DECIDED]),
                name="veto_once_for_a_ground",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="veto_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="veto_facts_stay",
                fields=["organ", "year", "ground", "words", "proposed_by", "proposer", "proposed_at"],
            ),
            pgtrigger.Trigger(
                name="veto_in_turn", when=pgtrigger.Before, operation=pgtrigger.Update, func=_IN_TURN
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year} {self.ground}"
