"""回访: petitioners whom the office calls after the end, to learn whether it was a true one (Q41).

A call-back is of one petition; nothing here is counted or found by person.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from cases.models import Petition, PetitionRating
from cases.rating_states import Satisfaction
from leadership.call_back_states import IN_DOUBT, CallEnd, CallGround, CallResult, CarriedOut, CheckResult
from lib.ids import uuid7


class CallBackDraw(models.Model):
    """What was drawn of what an office finished in a month; seed and population are kept, so it can be drawn again."""

    office = models.ForeignKey(Organ, models.PROTECT, related_name="call_back_draws")
    # its first day
    month = models.DateField()
    seed = models.CharField(max_length=32)
    population = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "month"], name="call_back_draw_once_a_month"),
        ]
        triggers = [
            pgtrigger.Protect(name="call_back_draw_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.month}"


# an answer that says the finish may be false
_BAD = Q(has_reply=False) | Q(carried_out__in=sorted(IN_DOUBT))


class CallBackQuerySet(models.QuerySet["CallBack"]):
    def of_desk(self, hat: Hat) -> "CallBackQuerySet":
        """Keep those of a hat's own office, but of what names it, or it withdrew from, and of the sealed lane (Q2)."""
        ours = self.filter(office__in=Organ.objects.of_today(hat.organ), petition__sealed=False)
        named = Q(petition__reported_parties__user=hat.user)
        withdrew = Q(petition__recusals__user=hat.user, petition__recusals__withdrawn=True)
        return ours.exclude(pk__in=self.filter(named | withdrew).values("pk"))

    def to_call(self) -> "CallBackQuerySet":
        """Keep who is still to be called."""
        return self.filter(ended_as="")

    def to_check(self) -> "CallBackQuerySet":
        """Keep those whose answer puts the finish in doubt and that nobody checked yet."""
        return self.filter(_BAD, checked="")


class CallBack(models.Model):
    """One petition whose main petitioner is called back, what he answered, and what a bad answer led to."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="call_backs")
    office = models.ForeignKey(Organ, models.PROTECT, related_name="call_backs")
    ground = models.CharField(pgettext_lazy("of a call-back", "why"), max_length=12, choices=CallGround)
    draw = models.ForeignKey(CallBackDraw, models.PROTECT, null=True, related_name="call_backs")
    rating = models.OneToOneField(PetitionRating, models.PROTECT, null=True, related_name="call_back")
    opened_at = models.DateTimeField()

    ended_as = models.CharField(
        pgettext_lazy("of a call-back", "how it ended"), max_length=10, choices=CallEnd, blank=True
    )
    has_reply = models.BooleanField(_("he has the written reply"), null=True)
    carried_out = models.CharField(_("carried out"), max_length=20, choices=CarriedOut, blank=True)
    # as he says it on the telephone, apart from the rating; empty where he would not say
    satisfaction = models.CharField(_("satisfaction"), max_length=12, choices=Satisfaction, blank=True)
    # where he does not agree: he was told that he may ask for 复查, of whom and until when
    told_of_review = models.BooleanField(_("told of the review"), default=False)
    words = models.CharField(pgettext_lazy("of a call-back", "what he says"), max_length=1000, blank=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    caller = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    checked = models.CharField(
        pgettext_lazy("of a call-back", "check"), max_length=6, choices=CheckResult, blank=True
    )
    check_words = models.CharField(_("facts found"), max_length=1000, blank=True)
    checked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    checker = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ground=CallGround.SAMPLE, draw__isnull=False, rating=None)
                | Q(ground=CallGround.DISSATISFIED, draw=None, rating__isnull=False),
                name="call_back_has_its_ground",
            ),
            models.UniqueConstraint(fields=["draw", "petition"], name="call_back_drawn_once"),
            models.CheckConstraint(
                condition=Q(ended_as="", ended_by=None, caller=None, ended_at=None)
                | Q(
                    ended_as__in=CallEnd.values,
                    ended_by__isnull=False,
                    caller__isnull=False,
                    ended_at__isnull=False,
                ),
                name="call_back_end_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    ended_as=CallEnd.ANSWERED, has_reply__isnull=False, carried_out__in=CarriedOut.values
                )
                | ~Q(ended_as=CallEnd.ANSWERED)
                & Q(has_reply=None, carried_out="", satisfaction="", words="", told_of_review=False),
                name="call_back_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__in=["", *Satisfaction.values]), name="call_back_satisfaction_known"
            ),
            models.CheckConstraint(
                condition=Q(checked="", check_words="", checked_by=None, checker=None, checked_at=None)
                | Q(
                    _BAD,
                    checked__in=CheckResult.values,
                    checked_by__isnull=False,
                    checker__isnull=False,
                    checked_at__isnull=False,
                )
                & ~Q(check_words="")
                & ~Q(checker=F("caller")),
                name="call_back_checked_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["office"], condition=Q(ended_as=""), name="call_back_to_call"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="call_back_facts_stay",
                fields=["petition", "office", "ground", "draw", "rating", "opened_at"],
            ),
            pgtrigger.Protect(
                name="call_back_check_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__checked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_in_doubt(self) -> bool:
        """Test if the answer says that the finish may be false."""
        return self.has_reply is False or self.carried_out in IN_DOUBT


class CallAttempt(models.Model):
    """One attempt to reach him: when, and what came of it."""

    call_back = models.ForeignKey(CallBack, models.CASCADE, related_name="attempts")
    result = models.CharField(pgettext_lazy("of an attempt", "result"), max_length=12, choices=CallResult)
    tried_at = models.DateTimeField()
    tried_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=CallResult.values), name="call_attempt_result_known"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="call_attempt_stays", fields=["call_back", "result", "tried_at", "tried_by"]
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
