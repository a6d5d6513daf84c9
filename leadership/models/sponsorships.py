"""包案: which leader answers for a petition until it is resolved, with his plan and the result."""

from __future__ import annotations

from datetime import date, datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Post, User
from accounts.roles import Role
from cases.models import Petition
from infra.models import StoredFile
from leadership.states import Duty, SponsorEnd, SponsorKind
from lib.ids import uuid7


class SecretaryQuerySet(models.QuerySet["Secretary"]):
    def serving(self, on: date) -> SecretaryQuerySet:
        """Keep those who serve a leader today, both posts still held."""
        held = Post.objects.held_on(on)
        return self.filter(ended_at=None, post__in=held, leader__in=held)


class Secretary(models.Model):
    """Which leader a secretary's post works for: she reads what he sponsors and enters what he wrote, never signs."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="serves")
    leader = models.ForeignKey(Post, models.PROTECT, related_name="secretaries")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = SecretaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "leader"], condition=Q(ended_at=None), name="secretary_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(post=F("leader")), name="secretary_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} for {self.leader_id}"


class SponsorshipQuerySet(models.QuerySet["Sponsorship"]):
    def standing(self) -> SponsorshipQuerySet:
        """Keep those that stand, on petitions of the open lane: a sealed one is sponsored by nobody (Q2)."""
        return self.filter(ended_at=None, petition__sealed=False)

    def standing_or_completed(self, *, since: datetime) -> SponsorshipQuerySet:
        """Keep those that stand or came to their result since a moment, on petitions of the open lane (Q2)."""
        completed = Q(end=SponsorEnd.COMPLETED, ended_at__gte=since)
        return self.filter(Q(ended_at=None) | completed, petition__sealed=False)

    def of_hat(self, hat: Hat, *, on: date) -> SponsorshipQuerySet:
        """Keep those of the hat's post, or of the leaders it works for."""
        if hat.role != Role.LEADER_SECRETARY:
            return self.filter(post=hat.post)
        return self.filter(post__in=Secretary.objects.serving(on).filter(post=hat.post).values("leader"))


class Sponsorship(models.Model):
    """One leader's answering for one petition, from a moment to its result, its release or its handing over."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="sponsorships")
    kind = models.CharField(pgettext_lazy("of a sponsorship", "kind"), max_length=20, choices=SponsorKind)
    # a leader of a higher level has no post here: his name and office stand in words
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="sponsorships")
    outsider = models.CharField(_("name and office"), max_length=80, blank=True)
    reason = models.CharField(pgettext_lazy("of a sponsorship", "why"), max_length=500)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    # the one it was taken over from
    continues = models.OneToOneField("self", models.PROTECT, null=True, related_name="continued_by")
    end = models.CharField(
        pgettext_lazy("of a sponsorship", "how it ended"), max_length=20, choices=SponsorEnd, blank=True
    )
    end_reason = models.CharField(_("result, or why it ended"), max_length=1000, blank=True)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "kind"], condition=Q(ended_at=None), name="sponsorship_one_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=SponsorKind.values), name="sponsorship_kind_known"),
            models.CheckConstraint(
                condition=Q(end__in=["", *SponsorEnd.values]), name="sponsorship_end_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=SponsorKind.HIGHER_LEADER, post=None) & ~Q(outsider="")
                | ~Q(kind=SponsorKind.HIGHER_LEADER) & Q(post__isnull=False, outsider=""),
                name="sponsorship_post_or_outsider",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sponsorship_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="", end_reason="")
                | Q(ended_at__isnull=False) & ~Q(end="") & (Q(end=SponsorEnd.OVER) | ~Q(end_reason="")),
                name="sponsorship_ends_with_words",
            ),
            models.CheckConstraint(
                condition=Q(end=SponsorEnd.COMPLETED, evidence__isnull=False)
                | ~Q(end=SponsorEnd.COMPLETED) & Q(evidence=None),
                name="sponsorship_result_has_evidence",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post", "begun_at"], condition=Q(ended_at=None), name="sponsorship_standing"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="sponsorship_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="sponsorship_facts_stay",
                fields=[
                    "petition",
                    "kind",
                    "post",
                    "outsider",
                    "reason",
                    "begun_at",
                    "begun_by",
                    "continues",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def stands(self) -> bool:
        return self.ended_at is None

    @property
    def sponsor(self) -> str:
        """Who it is, by name and title."""
        if self.post is None:
            return self.outsider
        return f"{self.post.user.name} {self.post.title}".strip()

    def days(self, on: date) -> int:
        """Return how many days it has stood on a day, or stood until it ended."""
        last = on if self.ended_at is None else timezone.localdate(self.ended_at)
        return (last - timezone.localdate(self.begun_at)).days


class _Noted(models.Model):
    """Something of a sponsorship that somebody wrote down; only ever added."""

    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        abstract = True


class DutyNote(_Noted):
    """What was done on one of the four duties; only ever added."""

    sponsorship = models.ForeignKey(Sponsorship, models.PROTECT, related_name="duty_notes")
    duty = models.CharField(max_length=10, choices=Duty)
    done_on = models.DateField(_("done on"))
    words = models.CharField(pgettext_lazy("duty of a sponsor", "what was done"), max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="duty_note_duty_known"),
            models.CheckConstraint(condition=~Q(words=""), name="duty_note_has_words"),
        ]
        triggers = [pgtrigger.Protect(name="duty_note_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.sponsorship_id} {self.duty}"


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    def open(self) -> PlanStepQuerySet:
        """Return the steps that are neither done nor dropped."""
        return self.filter(done_on=None, dropped_at=None)


class PlanStep(_Noted):
    """One step of the plan with its day; done or dropped, never written over."""

    sponsorship = models.ForeignKey(Sponsorship, models.PROTECT, related_name="steps")
    words = models.CharField(pgettext_lazy("of a plan", "step"), max_length=300)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done on"), null=True)
    dropped_at = models.DateTimeField(null=True)
    # what came of it, or why it was dropped
    outcome = models.CharField(_("what came of it"), max_length=500, blank=True)
    objects = PlanStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="plan_step_has_words"),
            models.CheckConstraint(
                condition=Q(done_on=None, dropped_at=None, outcome="")
                | ~Q(outcome="") & (Q(done_on=None) | Q(dropped_at=None)),
                name="plan_step_done_or_dropped",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="plan_step_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="plan_step_words_stay", fields=["sponsorship", "words", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.sponsorship_id} {self.due_on}"

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_at is None

    def is_late(self, on: date) -> bool:
        """Test if its day has passed and it is neither done nor dropped."""
        return self.is_open and self.due_on < on
