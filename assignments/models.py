"""One concrete assignment behind whatever asks for it, and the rules by which a matter goes to the next tier."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import CharField, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from accounts.roles import OWN_ONLY, Role
from assignments.states import (
    LEADS_TO,
    OWED,
    STANDING,
    STANDS,
    SUPERVISING,
    Chosen,
    Kind,
    LiftState,
    Move,
    Span,
    State,
    Tier,
    Trigger,
)
from deadlines.lamps import Colour, Lamp, lamp_of_clock
from deadlines.models import AbstractClock
from infra.models import StoredFile
from lib.days import days_from_to
from lib.ids import uuid7

_ORGAN_OR_POST = Q(organ=None, post__isnull=False) | Q(organ__isnull=False, post=None)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def standing(self) -> AssignmentQuerySet:
        """Keep what is still owed or waits to be verified."""
        return self.filter(state__in=sorted(STANDING))

    def owed(self) -> AssignmentQuerySet:
        """Keep what whoever is asked still has to do."""
        return self.filter(state__in=sorted(OWED))

    def over(self) -> AssignmentQuerySet:
        """Keep what was verified, and what was taken back or lifted with a reason, as `end_reason`.

        What is asked no longer without a reason was sealed, or ended with its matter.
        """
        taken_back = AssignmentMove.objects.filter(assignment=OuterRef("pk"), move=Move.CANCEL)
        reason = Subquery(taken_back.order_by("-pk").values("words")[:1])
        ended = self.filter(ended_at__isnull=False).annotate(end_reason=reason)
        return ended.filter(Q(state=State.VERIFIED) | Q(state=State.CANCELLED) & Q(end_reason__gt=""))

    def supervising(self, subject: Any) -> AssignmentQuerySet:
        """Keep the standing supervision of a matter, by its key as an expression of an outer query gives it."""
        return self.standing().filter(kind__in=sorted(SUPERVISING), subject_id=Cast(subject, CharField()))

    def supervised(self) -> models.QuerySet[Any]:
        """Return the keys of the matters under supervision, from the index over what stands alone."""
        standing = self.filter(ended_at=None, kind__in=sorted(SUPERVISING))
        return standing.values(matter=Cast("subject_id", models.UUIDField()))

    def asked_of(self, hat: Hat) -> AssignmentQuerySet:
        """Keep what is asked of a hat: of its post, and of its organ where its role works for the organ."""
        if hat.role in OWN_ONLY:
            return self.filter(post=hat.post)
        if hat.role not in ANSWERS:
            return self.none()
        return self.filter(Q(post=hat.post) | Q(organ__in=Organ.objects.of_today(hat.organ)))

    def asked_by(self, hat: Hat) -> AssignmentQuerySet:
        """Keep what the hat's organ asked of others."""
        return self.filter(asking_organ__in=Organ.objects.of_today(hat.organ))


# whoever signs for and answers what is asked of his organ; a registrar signs only for petitions
ANSWERS = frozenset(
    {
        Role.CASE_OFFICER,
        Role.PETITION_OFFICER,
        Role.SECTION_HEAD,
        Role.OFFICE_DIRECTOR,
        Role.UNIT_HEAD,
        Role.JOINT_CONFERENCE_OFFICER,
    }
)


@pghistory.track(
    fields=["id", "kind", "subject_id", "organ", "post", "state", "received_at", "replied_at", "known_at"],
    append_only=True,
    model_name="AssignmentVersion",
)
class Assignment(models.Model):
    """What is asked of one organ or one post: an act, by a day, with receipt, reply and verification.

    Slips, recommendations, lifts and instructions each hold one; the unit reads one list of them all.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(pgettext_lazy("of an assignment", "kind"), max_length=20, choices=Kind)
    # the key of the matter it is about, as a room above knows it
    subject_id = models.CharField(max_length=40)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="assignments")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="assignments")
    act = models.CharField(_("required act"), max_length=1000)
    asking_organ = models.ForeignKey(Organ, models.PROTECT, related_name="asked_assignments")
    # nobody, where the clock asks
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="asked_assignments")
    asked_at = models.DateTimeField()
    state = models.CharField(
        pgettext_lazy("of an assignment", "state"), max_length=10, choices=State, default=State.ASKED
    )
    received_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    reply = models.CharField(pgettext_lazy("of an assignment", "reply"), max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="assignment_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="assignment_state_known"),
            models.CheckConstraint(condition=_ORGAN_OR_POST, name="assignment_organ_or_post"),
            models.CheckConstraint(condition=~Q(act=""), name="assignment_asks_for_an_act"),
            models.CheckConstraint(
                condition=Q(state__in=[State.ASKED, State.CANCELLED]) | Q(received_at__isnull=False),
                name="assignment_received_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.REPLIED, State.VERIFIED])
                | Q(replied_at__isnull=False) & ~Q(reply=""),
                name="assignment_replied_with_words",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.VERIFIED, State.CANCELLED], ended_at__isnull=False)
                | ~Q(state__in=[State.VERIFIED, State.CANCELLED]) & Q(ended_at=None),
                name="assignment_ended_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organ", "asked_at"], condition=Q(ended_at=None), name="assignment_standing_by_organ"
            ),
            models.Index(
                fields=["post", "asked_at"], condition=Q(ended_at=None), name="assignment_standing_by_post"
            ),
            models.Index(fields=["subject_id"], name="assignment_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def leads_to(self) -> str:
        """The name of the page that shows it."""
        return LEADS_TO[Kind(self.kind)]

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    def lamp(self, now: datetime) -> Lamp:
        """Return its lamp: late but done is amber and "repaired" (已补), and nothing is done before it is verified."""
        lamp = lamp_of_clock(self.clock, now)
        if self.clock.met_at is not None and self.clock.breached_at is not None:
            return Lamp(Colour.AMBER, lamp.band, said=str(pgettext_lazy("lamp", "Repaired, done late")))
        if self.state == State.REPLIED:
            said = str(pgettext_lazy("lamp", "Replied, not yet verified"))
            return Lamp(Colour.NOT_RUNNING, lamp.band, said=said)
        return lamp


class AssignmentMove(models.Model):
    """One deed on an assignment, in words; only ever added."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=10, choices=Move)
    words = models.CharField(max_length=2000, blank=True)
    # who: nobody, where the clock did it
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField()
    # what a reply shows
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(move__in=Move.values), name="assignment_move_known"),
            models.CheckConstraint(
                condition=Q(file=None) | Q(move=Move.REPLY), name="assignment_move_only_replies_have_a_file"
            ),
            models.CheckConstraint(
                condition=~Q(move__in=[Move.REPLY, Move.SEND_BACK]) | ~Q(words=""),
                name="assignment_move_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="assignment_move_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.move}"


@pghistory.track(append_only=True, model_name="AssignmentClockVersion")
class AssignmentClock(AbstractClock):
    """The period of one assignment: a day that was set (T6), or the one the rules know (T14)."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="clock")

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.code}"


_Row = TypeVar("_Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[_Row]):
    def in_force(self, day: date) -> DatedQuerySet[_Row]:
        """Keep the versions that hold on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Dated(models.Model):
    """Reference data with validity: a version is never changed, only ended and followed."""

    code = models.CharField(_("code"), max_length=30)
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(pgettext_lazy("of a rule", "valid from"))
    valid_to = models.DateField(pgettext_lazy("of a rule", "valid to"), null=True, blank=True)

    objects: Any = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="%(class)s_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_validity_runs_on",
            ),
            ExclusionConstraint(
                name="%(class)s_one_version_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (days_from_to("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="version_is_followed_not_changed", exclude=["valid_to"]),
            pgtrigger.Protect(name="version_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.code}.{self.version}"


class Seat(Dated):
    """Who answers at a tier: leaders of one level by their titles, or whoever looks after unit or place.

    The first whose post is held is asked, or with `asks_all` each of them for himself; where nobody holds a post, the
    office named, so that there is no dead end.
    """

    tier = models.CharField(pgettext_lazy("of a seat", "tier"), max_length=20, choices=Tier)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name=_("organ of the leaders"))
    # in the order in which they are asked; none: any leader whose portfolio it is
    titles = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("titles, in order"))
    by_portfolio = models.BooleanField(_("by portfolio first"), default=False)
    # each title is asked apart, with days and answer of his own; behind a slash, whoever stands in for a vacant post
    asks_all = models.BooleanField(_("asks each of them"), default=False)
    # the township or community in whose place the matter lies, before anybody else
    by_place = models.BooleanField(_("the organ of the place first"), default=False)
    fallback = models.ForeignKey(
        Organ, models.PROTECT, related_name="+", verbose_name=_("office that takes it if nobody is there")
    )
    # working days within which the leader accepts it or gives it back
    answer_days = models.PositiveSmallIntegerField(_("working days to answer"))
    # a matter of this span has its place here (deadlines start at once when the span is set)
    span = models.CharField(pgettext_lazy("of a seat", "span"), max_length=20, choices=Span, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="seat_tier_known"),
            models.CheckConstraint(condition=Q(span__in=["", *Span.values]), name="seat_span_known"),
            models.CheckConstraint(condition=Q(answer_days__gte=1), name="seat_has_days_to_answer"),
            models.CheckConstraint(
                condition=Q(asks_all=False) | Q(by_portfolio=False), name="seat_by_portfolio_asks_one"
            ),
        ]


class EscalationRule(Dated):
    """One rule by which a matter goes to the next tier, in one version; lifts name it."""

    trigger = models.CharField(
        pgettext_lazy("of a rule of escalation", "when"), max_length=30, choices=Trigger
    )
    # counted as the trigger says: days after the due day, or without a sign
    days = models.PositiveSmallIntegerField(_("after days"))
    seat_code = models.CharField(_("goes to"), max_length=30)
    # otherwise it is proposed to the office
    acts = models.BooleanField(_("acts at once"), default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(trigger__in=Trigger.values), name="escalation_trigger_known"),
        ]


class AbstractLift(models.Model):
    """上报: one matter lifted to another tier, by a rule or by a person; the concrete table adds the matter.

    Only matters are lifted, never persons. Whoever is asked, and by when, stands in the assignment.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    # by which the same fact lifts the same matter once
    key = models.CharField(max_length=120)
    from_tier = models.CharField(max_length=20, choices=Tier)
    to_tier = models.CharField(max_length=20, choices=Tier)
    rule = models.ForeignKey(EscalationRule, models.PROTECT, null=True, related_name="+")
    # nothing where the joint-conference office decides where a matter goes
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    # codes, days and keys that the rule went by; no words of anybody
    facts = models.JSONField(default=dict)
    chosen = models.CharField(max_length=10, choices=Chosen, blank=True)
    # decided by the joint-conference office after two returns: not to be returned again
    binding = models.BooleanField(default=False)
    # the joint-conference office is asked where it goes
    to_decide = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=LiftState)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    # when the matter left the tier again
    ended_at = models.DateTimeField(null=True)
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LiftState.values), name="%(class)s_state_known"),
            models.CheckConstraint(
                condition=Q(from_tier__in=Tier.values, to_tier__in=Tier.values), name="%(class)s_tiers_known"
            ),
            models.CheckConstraint(
                condition=Q(chosen__in=["", *Chosen.values]), name="%(class)s_chosen_known"
            ),
            models.CheckConstraint(
                condition=Q(rule__isnull=False) | ~Q(reason=""), name="%(class)s_has_rule_or_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(STANDS)) | Q(assignment__isnull=False, ended_at=None),
                name="%(class)s_standing_is_asked_of_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        LiftState.RETURNED,
                        LiftState.LOWERED,
                        LiftState.DECLINED,
                        LiftState.TAKEN_BACK,
                    ]
                )
                | ~Q(decision=""),
                name="%(class)s_goes_down_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_tier}→{self.to_tier} {self.state}"
