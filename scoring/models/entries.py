"""考核台账: each point with its case, rule, facts and everything that was said to it. Rows are only added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from cases.models import Petition
from lib.ids import uuid7
from scoring.models.exclusions import CaseExclusion
from scoring.models.rule_sets import ScoreRule
from scoring.states import CONTESTABLE, CONTESTED, FOLLOWS, EntryState, FactKind, Verdict

_STAYS = pgtrigger.Update | pgtrigger.Delete
_WAYS = ", ".join(f"('{first}', '{then}')" for first in EntryState for then in sorted(FOLLOWS[first]))
_IN_TURN = """
    SELECT * INTO entry FROM scoring_scoreentry WHERE id = NEW.entry_id FOR UPDATE;
    SELECT * INTO last FROM scoring_entrystep WHERE entry_id = NEW.entry_id ORDER BY number DESC LIMIT 1;
    IF last.id IS NULL THEN
        IF NEW.number <> 1 OR NEW.state <> 'proposed' OR NEW.points <> entry.points THEN
            RAISE EXCEPTION 'an entry begins as it is proposed';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.number <> last.number + 1 OR (last.state, NEW.state) NOT IN ({ways}) THEN
        RAISE EXCEPTION 'this does not follow from where the entry stands';
    END IF;
    IF NEW.points * sign(entry.points) < 0 OR abs(NEW.points) > abs(last.points) THEN
        RAISE EXCEPTION 'points only become fewer';
    END IF;
    IF NEW.state = 'notified' AND NEW.person_id = last.person_id THEN
        RAISE EXCEPTION 'who proposed an entry does not confirm it';
    END IF;
    IF NEW.state = 'notified' AND NEW.person_id IS NULL AND (
        SELECT needs_human FROM scoring_scorerule WHERE id = entry.rule_id
    ) THEN
        RAISE EXCEPTION 'a person looks at it before the unit is told';
    END IF;
    IF last.state IN ('appealed', 'referred') AND (NEW.person_id IS NULL OR EXISTS (
        SELECT FROM scoring_entrystep WHERE entry_id = NEW.entry_id AND person_id = NEW.person_id
    )) THEN
        RAISE EXCEPTION 'an appeal is decided by somebody who took no part before';
    END IF;
    RETURN NEW;
""".replace("{ways}", _WAYS)


class EntryQuerySet(models.QuerySet["ScoreEntry"]):
    def standing(self) -> EntryQuerySet:
        """Say with each entry where it stands: `state`, `stands` (points) and `until` (the last day to contest it)."""
        last = EntryStep.objects.filter(entry=OuterRef("pk")).order_by("-number")
        return self.annotate(  # type: ignore[no-redef]  # declared on the model, so that readers know their types
            state=Subquery(last.values("state")[:1]),
            stands=Subquery(last.values("points")[:1]),
            until=Subquery(last.values("until")[:1]),
        )

    def at(self, states: Iterable[EntryState]) -> EntryQuerySet:
        """Keep those that stand in one of some states, and say where each stands."""
        return self.standing().filter(state__in=sorted(states))  # type: ignore[misc]  # said by `standing()`

    def of_open_lane(self) -> EntryQuerySet:
        """Leave out what stands on a petition that was sealed since (Q2)."""
        return self.filter(Q(petition=None) | Q(petition__sealed=False))

    def told(self) -> EntryQuerySet:
        """Keep what the unit was told of."""
        told = EntryStep.objects.filter(entry=OuterRef("pk"), state=EntryState.NOTIFIED)
        return self.filter(Exists(told))

    def counting(self) -> EntryQuerySet:
        """Keep what counts: final, on no excluded case and no sealed petition (Q2, Q39)."""
        return self.of_open_lane().at({EntryState.FINAL}).exclude(_excluded())

    def marked(self) -> EntryQuerySet:
        """Say with each entry whether its case is excluded from scores: `excluded`."""
        return self.annotate(excluded=_excluded())  # type: ignore[no-redef]  # declared on the model


def _excluded() -> Exists:
    return Exists(CaseExclusion.objects.standing().filter(petition=OuterRef("petition")))


class ScoreEntry(models.Model):
    """What a rule gives or takes for one cause, once. It is never changed: what follows are steps under it.

    Points below nothing are a deduction. A reversal is an entry of its own that names what it reverses.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="score_entries")
    rule = models.ForeignKey(ScoreRule, models.PROTECT, related_name="entries")
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="score_entries")
    # what it is for, in keys of rows: the same cause is never entered twice under one rule
    cause = models.CharField(max_length=120)
    happened_on = models.DateField(pgettext_lazy("of a score entry", "day"))
    points = models.DecimalField(pgettext_lazy("of a score entry", "points"), max_digits=6, decimal_places=2)
    words = models.CharField(pgettext_lazy("of a score entry", "what was found"), max_length=1000, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    proposed_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "cause"], name="score_entry_once_for_each_cause"),
            models.CheckConstraint(condition=~Q(points=0) & ~Q(cause=""), name="score_entry_says_something"),
            models.CheckConstraint(condition=~Q(reverses=F("id")), name="score_entry_reverses_another"),
        ]
        indexes = [models.Index(fields=["organ", "-proposed_at"], name="score_entry_by_organ")]
        triggers = [pgtrigger.Protect(name="score_entry_stays", operation=_STAYS)]

    # said by `standing()` and `marked()`
    state: str
    stands: Decimal
    until: date | None
    excluded: bool

    def __str__(self) -> str:
        return f"{self.organ_id} {self.points} {self.cause}"

    @property
    def is_deduction(self) -> bool:
        return self.points < 0


class EntryFact(models.Model):
    """One fact of the reasoning, as it stood when the entry was proposed: what held, when, on which petition."""

    entry = models.ForeignKey(ScoreEntry, models.PROTECT, related_name="facts")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(pgettext_lazy("of a fact", "kind"), max_length=20, choices=FactKind)
    happened_on = models.DateField(pgettext_lazy("of a fact", "day"), null=True)
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="+")
    # which period, where it is one (T3, T5 …)
    clock_code = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="entry_fact_kind_known"),
            models.UniqueConstraint(fields=["entry", "number"], name="entry_fact_number_once"),
        ]
        triggers = [pgtrigger.Protect(name="entry_fact_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"


class EntryStep(models.Model):
    """What was done with an entry, by whom; the newest one says where it stands and how many points it has.

    Order, points that only become fewer, and that nobody decides on what he put forward, are held by a trigger.
    """

    entry = models.ForeignKey(ScoreEntry, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(pgettext_lazy("of a score entry", "state"), max_length=10, choices=EntryState)
    verdict = models.CharField(
        pgettext_lazy("of a score entry", "decision"), max_length=10, choices=Verdict, blank=True
    )
    points = models.DecimalField(pgettext_lazy("of a score entry", "points"), max_digits=6, decimal_places=2)
    # the last day on which the unit may contest it, or by which the appeal is to be decided
    until = models.DateField(_("until"), null=True)
    words = models.CharField(pgettext_lazy("of a score entry", "reasons"), max_length=1000, blank=True)
    # nobody: the clock
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="entry_step_state_known"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *Verdict.values]), name="entry_step_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(by=None, person=None) | Q(by__isnull=False, person__isnull=False),
                name="entry_step_by_a_person_in_a_post",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CONTESTABLE | CONTESTED), until__isnull=False)
                | ~Q(state__in=sorted(CONTESTABLE | CONTESTED)) & Q(until=None),
                name="entry_step_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.CANCELLED, points=0)
                | ~Q(state=EntryState.CANCELLED) & ~Q(points=0),
                name="entry_step_cancelled_is_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(CONTESTED | {EntryState.CANCELLED, EntryState.DECIDED}))
                | ~Q(words=""),
                name="entry_step_says_why",
            ),
            models.UniqueConstraint(fields=["entry", "number"], name="entry_step_number_once"),
        ]
        indexes = [
            # what the clock makes final
            models.Index(
                fields=["until", "entry"],
                condition=Q(state__in=sorted(CONTESTABLE)),
                name="entry_step_to_become_final",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="entry_step_stays", operation=_STAYS),
            pgtrigger.Trigger(
                name="entry_step_in_turn",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("entry", "record"), ("last", "record")],
                func=_IN_TURN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number} {self.state}"
