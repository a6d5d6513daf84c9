"""听证会: one hearing on one petition, who takes part, when and where, and who was told."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from cases.models import Petition
from documents.models import Document
from hearings.models.procedures import HearingRoom, Panelist, ProcedureSet
from hearings.states import (
    HEARD,
    OVER,
    STANDING,
    Applicant,
    Ground,
    HearingState,
    NoticeMode,
    PauseGround,
    SeatRole,
    Step,
    Vote,
)
from lib.ids import uuid7

_CALLED = sorted({HearingState.CALLED, *HEARD, HearingState.CONCLUDED, HearingState.CLOSED})
_DECIDED = sorted({HearingState.GRANTED, *_CALLED})
_CONCLUDED = sorted({HearingState.CONCLUDED, HearingState.CLOSED})
_BY_WORDS = Q(words__gt="")


class HearingQuerySet(models.QuerySet["Hearing"]):
    def of_open_lane(self) -> HearingQuerySet:
        """Leave out the hearings of petitions that were sealed (Q2)."""
        return self.filter(petition__sealed=False)

    def standing(self) -> HearingQuerySet:
        """Keep what is asked for, arranged, under way or being signed."""
        return self.filter(state__in=sorted(STANDING))


class Hearing(models.Model):
    """A case hearing (信访听证, Art 31(6)): asked for, decided on, called, held, concluded, its record frozen.

    It moves no clock but that of a 复核, which leaves its time out (Art 36(2)). Its conclusion is no opinion.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="hearings")
    # who holds it: the organ with power to handle, or the office
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="hearings")
    procedure = models.ForeignKey(ProcedureSet, models.PROTECT, related_name="hearings")
    state = models.CharField(
        pgettext_lazy("of a hearing", "state"),
        max_length=12,
        choices=HearingState,
        default=HearingState.ASKED,
    )
    version = models.PositiveIntegerField(default=1)
    asked_by = models.CharField(_("who asks"), max_length=12, choices=Applicant)
    ground = models.CharField(pgettext_lazy("of a hearing", "ground"), max_length=12, choices=Ground)
    reason = models.CharField(pgettext_lazy("of a hearing", "reason"), max_length=1000)
    applied_on = models.DateField(_("asked for on"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noter = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    declined_why = models.CharField(_("why it is declined"), max_length=500, blank=True)
    number = models.CharField(pgettext_lazy("of a hearing", "number"), max_length=60, blank=True)
    is_public = models.BooleanField(_("public"), default=True)
    closed_why = models.CharField(_("why it is not public"), max_length=300, blank=True)
    room = models.ForeignKey(HearingRoom, models.PROTECT, null=True, related_name="hearings")
    begins_at = models.DateTimeField(_("begins"), null=True)
    ends_at = models.DateTimeField(_("ends"), null=True)
    called_off_why = models.CharField(_("why it is called off"), max_length=300, blank=True)
    # by which the panel was drawn, and from whom: anybody can draw it again
    draw_seed = models.CharField(max_length=32, blank=True)
    drawn_from = ArrayField(models.BigIntegerField(), default=list)
    step = models.PositiveSmallIntegerField(_("step"), null=True, choices=Step)
    recusal_asked_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("conclusion"), max_length=12, choices=Vote, blank=True)
    facts = models.CharField(_("facts found"), max_length=4000, blank=True)
    disputes = models.CharField(_("points in dispute"), max_length=2000, blank=True)
    basis = models.CharField(_("recommended, with its legal basis"), max_length=2000, blank=True)
    announced = models.BooleanField(_("announced at the hearing"), null=True)
    concluded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # the record as it was signed, and the SHA-256 of its bytes
    frozen = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    published_words = models.CharField(_("what is published"), max_length=4000, blank=True)
    published_at = models.DateTimeField(null=True)
    publisher = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = HearingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HearingState.values), name="hearing_state_known"),
            models.CheckConstraint(condition=Q(asked_by__in=Applicant.values), name="hearing_asked_by_known"),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="hearing_ground_known"),
            models.CheckConstraint(
                condition=Q(step=None) | Q(step__in=Step.values), name="hearing_step_known"
            ),
            models.CheckConstraint(condition=Q(outcome__in=["", *Vote.values]), name="hearing_outcome_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="hearing_has_a_reason"),
            # who asks in the organ's name does not grant it to himself
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("noter")), name="hearing_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED) | Q(decided_at__isnull=False, decider__isnull=False),
                name="hearing_granted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=HearingState.DECLINED) | ~Q(declined_why=""),
                name="hearing_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_public=True, closed_why="") | Q(is_public=False) & ~Q(closed_why=""),
                name="hearing_not_public_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_CALLED)
                | Q(room__isnull=False, begins_at__isnull=False, ends_at__gt=F("begins_at")) & ~Q(number=""),
                name="hearing_called_to_a_room",
            ),
            models.CheckConstraint(
                condition=~Q(state=HearingState.CALLED_OFF) | ~Q(called_off_why=""),
                name="hearing_called_off_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_CONCLUDED)
                | Q(concluded_at__isnull=False, announced__isnull=False)
                & ~Q(outcome="")
                & ~Q(facts="")
                & ~Q(basis=""),
                name="hearing_concluded_with_words",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=HearingState.CLOSED, closed_at__isnull=False, digest__regex="^[0-9a-f]{64}$"
                )
                & ~Q(frozen="")
                | ~Q(state=HearingState.CLOSED) & Q(closed_at=None, digest="", frozen=""),
                name="hearing_closed_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_words="", publisher=None)
                | Q(state=HearingState.CLOSED, published_at__isnull=False, publisher__isnull=False)
                & ~Q(published_words=""),
                name="hearing_published_once_closed",
            ),
            models.UniqueConstraint(
                fields=["organ", "number"], condition=~Q(number=""), name="hearing_number_once"
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=~Q(state__in=sorted(OVER)), name="hearing_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["organ", "begins_at"], name="hearing_by_organ")]
        triggers = [
            pgtrigger.Protect(name="hearing_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="hearing_closed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=HearingState.CLOSED),
                func="""
                    IF to_jsonb(NEW) - '{published_words,published_at,publisher_id}'::text[]
                        <> to_jsonb(OLD) - '{published_words,published_at,publisher_id}'::text[] THEN
                        RAISE EXCEPTION 'the record of a closed hearing is frozen';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)

    @property
    def opens_at(self) -> datetime:
        """When a hearing that was called begins; the database holds that it has a time."""
        return cast(datetime, self.begins_at)

    @property
    def is_arranged(self) -> bool:
        """Whether day, room and persons can still be changed."""
        return self.state in {HearingState.GRANTED, HearingState.CALLED}

    @property
    def is_heard(self) -> bool:
        """Whether it has begun and its conclusion is not written yet."""
        return self.state in HEARD

    @property
    def is_closed(self) -> bool:
        return self.state == HearingState.CLOSED

    @property
    def step_words(self) -> str:
        """The step it has come to, in words; nothing before it opens."""
        return str(Step(self.step).label) if self.step else ""


class Seat(models.Model):
    """Somebody's part in a hearing, with presence, vote and signature. Petitioners are named by their place on it."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="seats")
    role = models.CharField(pgettext_lazy("seat at a hearing", "as what"), max_length=12, choices=SeatRole)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="hearing_seats")
    panelist = models.ForeignKey(Panelist, models.PROTECT, null=True, related_name="seats")
    # the place of a petitioner on the petition, which stays when its people move (decision 40)
    position = models.PositiveSmallIntegerField(null=True)
    # an agent, an expert, a third party or a witness stands in words
    words = models.CharField(pgettext_lazy("seat at a hearing", "who"), max_length=80, blank=True)
    drawn = models.BooleanField(default=False)
    came = models.BooleanField(_("came"), null=True)
    left_at = models.DateTimeField(null=True)
    left_why = models.CharField(_("why no longer"), max_length=300, blank=True)
    vote = models.CharField(
        pgettext_lazy("of a panel member", "vote"), max_length=12, choices=Vote, blank=True
    )
    vote_words = models.CharField(_("reasons of the vote"), max_length=1000, blank=True)
    voted_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    refused_why = models.CharField(_("why the signature was refused"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=SeatRole.values), name="seat_role_known"),
            models.CheckConstraint(condition=Q(vote__in=["", *Vote.values]), name="seat_vote_known"),
            models.CheckConstraint(
                condition=Q(
                    role__in=[SeatRole.CHAIR, SeatRole.CLERK, SeatRole.OFFICER],
                    post__isnull=False,
                    panelist=None,
                    position=None,
                    words="",
                )
                | Q(role=SeatRole.PANEL, post=None, panelist__isnull=False, position=None, words="")
                | Q(role=SeatRole.PETITIONER, post=None, panelist=None, position__isnull=False, words="")
                | Q(
                    role__in=[SeatRole.AGENT, SeatRole.EXPERT, SeatRole.THIRD_PARTY, SeatRole.WITNESS],
                    post=None,
                    panelist=None,
                    position=None,
                )
                & _BY_WORDS,
                name="seat_names_one",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_why="") | Q(left_at__isnull=False) & ~Q(left_why=""),
                name="seat_left_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(vote="", voted_at=None)
                | Q(role=SeatRole.PANEL, voted_at__isnull=False) & ~Q(vote=""),
                name="seat_only_the_panel_votes",
            ),
            models.CheckConstraint(
                condition=Q(refused_why="") | Q(signed_at__isnull=False), name="seat_refusal_is_noted"
            ),
            models.UniqueConstraint(
                fields=["hearing", "role"],
                condition=Q(role__in=[SeatRole.CHAIR, SeatRole.CLERK], left_at=None),
                name="seat_one_chair_one_clerk",
            ),
            models.UniqueConstraint(
                fields=["hearing", "post"],
                condition=Q(post__isnull=False, left_at=None),
                name="seat_post_once",
            ),
            models.UniqueConstraint(
                fields=["hearing", "panelist"], condition=Q(panelist__isnull=False), name="seat_panelist_once"
            ),
            models.UniqueConstraint(
                fields=["hearing", "position"],
                condition=Q(position__isnull=False, left_at=None),
                name="seat_petitioner_once",
            ),
        ]
        triggers = [pgtrigger.Protect(name="seat_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.role}"


class Booking(models.Model):
    """Who and which room is taken from when to when; the database lets none be taken twice."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="bookings")
    during = DateTimeRangeField()
    room = models.ForeignKey(HearingRoom, models.PROTECT, null=True, related_name="bookings")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="hearing_bookings")
    panelist = models.ForeignKey(Panelist, models.PROTECT, null=True, related_name="bookings")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(room__isnull=False, user=None, panelist=None)
                | Q(room=None, user__isnull=False, panelist=None)
                | Q(room=None, user=None, panelist__isnull=False),
                name="booking_of_one",
            ),
            *(
                ExclusionConstraint(
                    name=f"booking_{what}_once",
                    expressions=[(what, RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                    condition=Q(**{f"{what}__isnull": False}),
                )
                for what in ("room", "user", "panelist")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}"


class HearingNotice(models.Model):
    """听证通知书: how and when somebody was told of day and place, with what shows it (D21)."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="notices")
    # the day it told of: a notice of a day that was put off tells of nothing
    begins_at = models.DateTimeField()
    mode = models.CharField(_("how"), max_length=12, choices=NoticeMode)
    told_on = models.DateField(_("received on"))
    proof = models.CharField(_("what shows it"), max_length=200)
    # the person agreed in writing to less than the days of notice
    agreed = models.BooleanField(_("agreed to a shorter notice"), default=False)
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=NoticeMode.values), name="hearing_notice_mode_known"),
            models.CheckConstraint(condition=~Q(proof=""), name="hearing_notice_with_proof"),
            models.UniqueConstraint(fields=["seat", "begins_at"], name="hearing_notice_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="hearing_notice_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}"


class Pause(models.Model):
    """A hearing put off before it opened, or suspended while it was under way, with why."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="pauses")
    ground = models.CharField(pgettext_lazy("of a pause", "ground"), max_length=12, choices=PauseGround)
    why = models.CharField(pgettext_lazy("of a pause", "why"), max_length=300)
    # the day that stood, where it was put off
    stood_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=PauseGround.values), name="pause_ground_known"),
            models.CheckConstraint(condition=~Q(why=""), name="pause_has_a_reason"),
            models.UniqueConstraint(
                fields=["hearing"], condition=Q(ended_at=None), name="pause_one_at_a_time"
            ),
        ]
        triggers = [pgtrigger.Protect(name="pause_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.ground}"


class HearingPaper(models.Model):
    """A paper of a hearing: the notices of its days, and, once it is closed, record and report (D21)."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="papers")
    document = models.OneToOneField(Document, models.PROTECT, related_name="hearing")
    # of a notice, the day it calls to
    begins_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hearing", "begins_at"], name="hearing_notice_paper_once_a_day")
        ]
        triggers = [
            pgtrigger.Protect(name="hearing_paper_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.document_id}"
