"""Whether one petition raises another one's matter again, as a person decided it (data-standard §6; Q14; R-25)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import pgettext_lazy

from accounts.models import Post, User
from cases.models.petitions import Claim, Petition
from cases.states import (
    NEVER_REPEATED,
    SAME_MATTER,
    Evidence,
    KeepGround,
    PetitionClass,
    RepeatOutcome,
    Routing,
)


class RepeatDecisionQuerySet(models.QuerySet["RepeatDecision"]):
    def standing(self) -> RepeatDecisionQuerySet:
        """Keep the decisions that hold; the others are history."""
        return self.filter(ended_at=None)

    def waiting(self) -> RepeatDecisionQuerySet:
        """Keep the pairs that somebody put off to decide later."""
        return self.standing().filter(outcome=RepeatOutcome.LATER)

    def of(self, petition: Petition) -> RepeatDecisionQuerySet:
        """Keep the decisions on a petition, whichever of the two it is."""
        return self.filter(Q(petition=petition) | Q(earlier=petition))

    def repeats(self) -> RepeatDecisionQuerySet:
        """Keep what makes the later petition a repeat (重复信访): same person, same matter, decided by a person.

        Not where it is a suggestion or an enquiry after all, or where the earlier one is void or sealed now: what
        nobody outside the lane may know of leaves no trace here (data-standard §6; Q1).
        """
        return (
            self.standing()
            .filter(outcome__in=sorted(SAME_MATTER), same_person=True, earlier__sealed=False)
            .exclude(earlier__routing=Routing.VOID)
            .exclude(petition__purpose__in=sorted(NEVER_REPEATED))
            .exclude(petition__petition_class=PetitionClass.SUGGESTION)
            .exclude(thanks_alone("petition"))
        )


def thanks_alone(petition: str) -> Q:
    """Return the condition of a petition that is thanks and nothing else: every claim is kept as that (Q13).

    `petition` is where the outer row names it.
    """
    claims = Claim.objects.filter(petition=OuterRef(petition))
    kept = {"route__keep_ground": KeepGround.THANKS, "route__ended_at": None}
    return Q(Exists(claims.filter(**kept)) & ~Exists(claims.exclude(**kept)))


class RepeatDecision(models.Model):
    """One decision on a pair of petitions, the later with the earlier; reversed it stays, and another may follow.

    The later one remains a registered petition of its own. Nothing follows from its weight or from "decide later".
    """

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="repeat_decisions")
    earlier = models.ForeignKey(Petition, models.PROTECT, related_name="repeated_by")
    outcome = models.CharField(
        pgettext_lazy("on two petitions", "Decision"), max_length=30, choices=RepeatOutcome
    )
    # 同人: one of the petitioners, or whom an agent stands for, is on both; confirmed by who decides
    same_person = models.BooleanField(default=False)
    # what the look-up had to say on that day, and how much it weighed together; never a reason by itself, and no
    # measure of whoever petitions
    evidence = ArrayField(models.CharField(max_length=20, choices=Evidence), default=list)
    weight = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(pgettext_lazy("of a decision", "Reason"), max_length=300, blank=True)
    # decided by joining it to the pending one, whose route says why (Q11)
    by_joining = models.BooleanField(default=False)
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    # the person, since a deputy acts in his own name
    decider = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ender = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = RepeatDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            # whichever of the two is looked at, there is one decision on the pair
            models.UniqueConstraint(
                Least("petition", "earlier"),
                Greatest("petition", "earlier"),
                condition=Q(ended_at=None),
                name="repeat_decision_one_standing",
            ),
            models.CheckConstraint(condition=~Q(petition=F("earlier")), name="repeat_decision_on_two"),
            models.CheckConstraint(
                condition=Q(outcome__in=RepeatOutcome.values), name="repeat_decision_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=RepeatOutcome.LATER) | ~Q(reason="") | Q(by_joining=True),
                name="repeat_decision_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(by_joining=False) | Q(outcome=RepeatOutcome.SAME_PENDING),
                name="repeat_decision_joined_is_pending",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ender=None, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ender__isnull=False)
                & (Q(outcome=RepeatOutcome.LATER) | ~Q(end_reason="")),
                name="repeat_decision_reversed_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["petition"],
                condition=Q(ended_at=None, outcome=RepeatOutcome.LATER),
                name="repeat_decision_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}~{self.earlier_id}"
