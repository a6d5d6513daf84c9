"""Supervision slips and recommendations, urgent reports, spans and lifts of petitions."""

from __future__ import annotations

from collections.abc import Collection

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from assignments.models import AbstractLift, Assignment
from assignments.states import STANDS, Chosen, LiftState, Span
from cases.models import Petition, PetitionClock
from documents.models import Document
from leadership.states import (
    BY_THE_CONFERENCE,
    NOT_YET_OUT,
    RECOMMENDATIONS,
    Adopted,
    BulletinState,
    Grade,
    Ground,
    Means,
    Part,
    Recipient,
    SlipKind,
    SlipState,
)
from lib.ids import uuid7


class SlipQuerySet(models.QuerySet["Slip"]):
    def of_issuer(self, hat: Hat) -> SlipQuerySet:
        """Keep the slips of the hat's own office, drafts too, on petitions of the open lane (Q2)."""
        return self.filter(issuer__in=Organ.objects.of_today(hat.organ), petition__sealed=False)

    def like(self, petition: Petition, addressee: Organ, *, kind: str, ground: str) -> SlipQuerySet:
        """Keep those of one kind and ground to one unit that wait for a signature or stand.

        An order stands until it is lifted, a recommendation until it is answered.
        """
        alike = self.filter(petition=petition, addressee=addressee, kind=kind, ground=ground, adopted="")
        return alike.filter(state__in=[SlipState.DRAFT, SlipState.SENT_BACK, SlipState.ISSUED])

    def issued(self) -> SlipQuerySet:
        return self.filter(state__in=[SlipState.ISSUED, SlipState.LIFTED])


class Slip(models.Model):
    """督办件: a numbered paper of one person in the name of an office, asking a unit for an act by a day.

    The lamp is computed, the slip is issued: an overdue matter at most opens a draft (R-50).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="slips")
    kind = models.CharField(pgettext_lazy("of a slip", "kind"), max_length=20, choices=SlipKind)
    state = models.CharField(pgettext_lazy("of a slip", "state"), max_length=10, choices=SlipState)
    version = models.PositiveIntegerField(default=1)
    issuer = models.ForeignKey(Organ, models.PROTECT, related_name="slips_issued")
    addressee = models.ForeignKey(Organ, models.PROTECT, related_name="slips", verbose_name=_("unit"))
    grade = models.CharField(pgettext_lazy("of a slip", "grade"), max_length=10, choices=Grade, blank=True)
    ground = models.CharField(pgettext_lazy("of a slip", "ground"), max_length=20, choices=Ground, blank=True)
    # an order's facts, a recommendation's problem
    facts = models.CharField(_("facts"), max_length=2000, blank=True)
    # of recommendations alone: what shows it; pursuing liability needs grave consequences
    evidence = models.CharField(pgettext_lazy("of a slip", "evidence"), max_length=1000, blank=True)
    act = models.CharField(_("required act"), max_length=1000, blank=True)
    advice = models.CharField(_("recommendation to improve"), max_length=1000, blank=True)
    # why there is another one while one like it stands
    again_because = models.CharField(_("why a second one"), max_length=300, blank=True)
    # why delay is the ground although no period of the unit has passed
    delay_because = models.CharField(_("why it is delay"), max_length=300, blank=True)
    # of recommendations alone: why it goes to another organ than the law names, why it is answered before T14 ends
    elsewhere_because = models.CharField(_("why this organ"), max_length=300, blank=True)
    sooner_because = models.CharField(_("why an earlier day"), max_length=300, blank=True)
    # of the conference's measures alone: by which meeting, with its day and number as they stood when it was drawn up;
    # those from before it was chosen have no meeting, those from before it was asked neither day nor ground
    meeting = models.ForeignKey("leadership.Meeting", models.PROTECT, null=True, related_name="measures")
    decided_on = models.DateField(_("day of the meeting"), null=True)
    decision_number = models.CharField(_("number of the minutes"), max_length=60, blank=True)
    # of an interview alone
    held_at = models.DateTimeField(_("when the interview is"), null=True)
    held_where = models.CharField(_("where the interview is"), max_length=200, blank=True)
    called = models.CharField(_("who is asked to come"), max_length=200, blank=True)
    # none: by rule (T14)
    due_on = models.DateField(_("due"), null=True)
    # the passed period that opened it: one draft for each
    opened_for = models.OneToOneField(PetitionClock, models.PROTECT, null=True, related_name="slip")
    opened_at = models.DateTimeField()
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="slip")
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="slip")
    adopted = models.CharField(
        pgettext_lazy("of a recommendation", "adopted"), max_length=10, choices=Adopted, blank=True
    )
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it was lifted or not issued"), max_length=500, blank=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SlipKind.values), name="slip_kind_known"),
            models.CheckConstraint(condition=Q(state__in=SlipState.values), name="slip_state_known"),
            models.CheckConstraint(condition=Q(grade__in=["", *Grade.values]), name="slip_grade_known"),
            models.CheckConstraint(condition=Q(adopted__in=["", *Adopted.values]), name="slip_adopted_known"),
            # an order and a measure of the conference have one ground of Art 40, a recommendation none
            models.CheckConstraint(
                condition=Q(kind=SlipKind.SUPERVISION, ground__in=Ground.values)
                | Q(kind__in=sorted(BY_THE_CONFERENCE), ground="", decided_on=None)
                | Q(kind__in=sorted(BY_THE_CONFERENCE), ground__in=Ground.values, decided_on__isnull=False)
                | Q(kind__in=sorted(RECOMMENDATIONS), ground=""),
                name="slip_order_has_one_ground",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(BY_THE_CONFERENCE)) | Q(decided_on=None, decision_number=""),
                name="slip_only_the_conference_meets",
            ),
            models.CheckConstraint(
                condition=Q(meeting=None) | Q(decided_on__isnull=False), name="slip_meeting_gives_its_day"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_where="", called="")
                | Q(kind=SlipKind.INTERVIEW, held_at__isnull=False) & ~Q(held_where="") & ~Q(called=""),
                name="slip_only_an_interview_is_held",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SlipKind.SUPERVISION)
                | Q(state__in=[SlipState.OPENED, SlipState.DISCARDED])
                | ~Q(advice=""),
                name="slip_order_recommends",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SlipState.OPENED, SlipState.DISCARDED]) | ~Q(act="") & ~Q(facts=""),
                name="slip_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(NOT_YET_OUT | {SlipState.DISCARDED}), assignment=None)
                | Q(
                    state__in=[SlipState.ISSUED, SlipState.LIFTED],
                    assignment__isnull=False,
                    document__isnull=False,
                ),
                name="slip_issued_asks_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SlipState.LIFTED, SlipState.DISCARDED], ended_at__isnull=False)
                & ~Q(end_reason="")
                | ~Q(state__in=[SlipState.LIFTED, SlipState.DISCARDED]) & Q(ended_at=None, end_reason=""),
                name="slip_ends_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(adopted="") | Q(kind__in=sorted(RECOMMENDATIONS)),
                name="slip_only_recommendations_are_adopted",
            ),
            models.CheckConstraint(condition=~Q(addressee=F("issuer")), name="slip_to_another_organ"),
            models.UniqueConstraint(
                fields=["petition", "addressee", "kind", "ground"],
                condition=Q(state=SlipState.ISSUED, again_because="", adopted=""),
                name="slip_second_one_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["issuer", "opened_at"],
                condition=Q(state__in=sorted(NOT_YET_OUT)),
                name="slip_not_yet_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_recommendation(self) -> bool:
        return self.kind in RECOMMENDATIONS

    @property
    def is_out(self) -> bool:
        return self.state in {SlipState.ISSUED, SlipState.LIFTED}


class UrgentReport(models.Model):
    """重大紧急信访事项报告: what happened, where, how many, what was done at once (Art 25; R-26; D28)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="urgent_reports")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    discovered_at = models.DateTimeField(_("discovered"))
    happened = models.CharField(_("what happened"), max_length=1000)
    where = models.CharField(_("where"), max_length=200)
    scale = models.CharField(_("scale"), max_length=200)
    measures = models.CharField(_("what was done at once"), max_length=1000)
    document = models.OneToOneField(Document, models.PROTECT, related_name="urgent_report")
    reported_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reporter = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reported_at__gte=F("discovered_at")), name="urgent_report_after_discovery"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="urgent_report_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.pk)


class UrgentNotice(models.Model):
    """To whom an urgent report went, how and when: concealing and delaying are punishable acts (Art 46(4))."""

    report = models.ForeignKey(UrgentReport, models.PROTECT, related_name="notices")
    recipient = models.CharField(max_length=20, choices=Recipient)
    means = models.CharField(max_length=10, choices=Means)
    # who took it there
    taken_by = models.CharField(_("taken by"), max_length=60, blank=True)
    sent_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "recipient"], name="urgent_notice_once"),
            models.CheckConstraint(
                condition=Q(recipient__in=Recipient.values), name="urgent_notice_recipient_known"
            ),
            models.CheckConstraint(condition=Q(means__in=Means.values), name="urgent_notice_means_known"),
            models.CheckConstraint(condition=Q(noted_at__gte=F("sent_at")), name="urgent_notice_sent_before"),
        ]
        triggers = [
            pgtrigger.Protect(name="urgent_notice_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.recipient}"


class PetitionSpan(models.Model):
    """How far a petition reaches, by whom it was said and why; another one follows, none is changed."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="spans")
    span = models.CharField(pgettext_lazy("of a petition", "span"), max_length=20, choices=Span)
    reason = models.CharField(_("reason"), max_length=300)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(span__in=Span.values), name="petition_span_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="petition_span_has_a_reason"),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(ended_at=None), name="petition_span_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.span}"


class PetitionLift(AbstractLift):
    """A petition lifted to another tier; a sealed one never is (Q2)."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="lifts")
    # of the city alone: the report upward and its answer
    sent_number = models.CharField(_("number of the report"), max_length=60, blank=True)
    sent_on = models.DateField(_("reported on"), null=True)
    answer_number = models.CharField(_("number of the answer"), max_length=60, blank=True)
    answered_on = models.DateField(_("answered on"), null=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)

    class Meta(AbstractLift.Meta):
        constraints = [
            *AbstractLift.Meta.constraints,
            # one fact lifts one petition once, however often and wherever the sweep runs
            models.UniqueConstraint(fields=["petition", "key"], name="petition_lift_once"),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(state__in=sorted(STANDS)), name="petition_lift_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="", answer_number="")
                | Q(answered_on__gte=F("sent_on"), sent_on__isnull=False) & ~Q(answer=""),
                name="petition_lift_answered_after_the_report",
            ),
        ]

    @property
    def state_words(self) -> str:
        """Where it stands; one that the joint conference's office decides on waits for no leader."""
        if self.to_decide and self.state == LiftState.WAITING:
            return gettext("Waits for the joint conference's office")
        if self.to_decide and self.state in {LiftState.LIFTED_ON, LiftState.LOWERED}:
            return gettext("Decided by the joint conference's office")
        return str(self.get_state_display())

    @property
    def agreed_by(self) -> Post | None:
        """Who agreed to what a rule proposed; nobody where a rule acts by itself or a person lifted."""
        return self.raised_by if self.rule_id is not None else None


class LiftAddresseeQuerySet(models.QuerySet["LiftAddressee"]):
    def held_by(self, posts: Collection[int]) -> LiftAddresseeQuerySet:
        """Return what these posts took and that is with them still, the latest first."""
        taken = self.filter(state=LiftState.ACCEPTED, lift__state=LiftState.ACCEPTED)
        return taken.filter(assignment__post__in=posts).order_by("-pk")


class LiftAddressee(models.Model):
    """Whoever a lifted petition is put before, for himself: his days, and whether he took it or gave it back.

    A span may name several, as secretary and district head (seeds-map 17). The matter stands with them as long as
    one of them has not given it back.
    """

    lift = models.ForeignKey(PetitionLift, models.PROTECT, related_name="addressees")
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="+")
    chosen = models.CharField(max_length=10, choices=Chosen, blank=True)
    state = models.CharField(
        pgettext_lazy("of an addressee", "state"), max_length=10, choices=LiftState, default=LiftState.WAITING
    )
    objects = LiftAddresseeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[LiftState.WAITING, LiftState.ACCEPTED, LiftState.RETURNED]),
                name="lift_addressee_state_known",
            ),
            models.CheckConstraint(
                condition=Q(chosen__in=["", *Chosen.values]), name="lift_addressee_chosen_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lift_id} {self.state}"

    @property
    def holds(self) -> bool:
        """Test if the matter is put before him still, or his."""
        return self.state != LiftState.RETURNED

    @property
    def name(self) -> str:
        """The person, or the organ where an office takes it."""
        post = self.assignment.post
        return post.user.name if post is not None else str(self.assignment.organ)


class Bulletin(models.Model):
    """督办情况通报: the list of a month for one petition office, drawn up by the clock and issued by a person.

    It names matters and the days of units, and counts nothing. What is issued is its paper, frozen; its lines are read
    as they stand, those of a petition that was sealed since no more (Q2).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    # whose petitions it is about
    office = models.ForeignKey(Organ, models.PROTECT, related_name="bulletins")
    # the first day of the month
    month = models.DateField(pgettext_lazy("of a bulletin", "month"))
    state = models.CharField(pgettext_lazy("of a bulletin", "state"), max_length=10, choices=BulletinState)
    version = models.PositiveIntegerField(default=1)
    drawn_at = models.DateTimeField()
    words = models.CharField(_("what is added"), max_length=1000, blank=True)
    # who last wrote in it or left something out; another hand issues it
    edited_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    editor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="bulletin")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"],
                condition=~Q(state=BulletinState.WITHDRAWN),
                name="bulletin_once_a_month",
            ),
            models.CheckConstraint(condition=Q(state__in=BulletinState.values), name="bulletin_state_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="bulletin_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(state=BulletinState.DRAWN, document=None)
                | Q(state__in=[BulletinState.ISSUED, BulletinState.WITHDRAWN], document__isnull=False),
                name="bulletin_issued_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(state=BulletinState.WITHDRAWN, withdrawn_at__isnull=False)
                & ~Q(withdrawn_because="")
                | ~Q(state=BulletinState.WITHDRAWN) & Q(withdrawn_at=None, withdrawn_because=""),
                name="bulletin_withdrawn_with_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="bulletin_issued_stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=BulletinState.DRAWN),
            ),
            # once issued it can be withdrawn, and nothing else
            pgtrigger.Protect(
                name="bulletin_issued_says_the_same",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=BulletinState.DRAWN)
                & (
                    ~pgtrigger.Q(old__state=BulletinState.ISSUED, new__state=BulletinState.WITHDRAWN)
                    | pgtrigger.Q(old__words__df=pgtrigger.F("new__words"))
                    | pgtrigger.Q(old__document__df=pgtrigger.F("new__document"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.month:%Y-%m}"

    @property
    def is_issued(self) -> bool:
        return self.state == BulletinState.ISSUED

    def another_stands(self) -> bool:
        """Test if the month has another bulletin that was not withdrawn, of this office or of who carries it on."""
        offices = [self.office_id, self.office.carried_on_by_id]
        others = Bulletin.objects.filter(month=self.month, office__in=offices).exclude(pk=self.pk)
        return others.exclude(state=BulletinState.WITHDRAWN).exists()


class BulletinLine(models.Model):
    """One matter of one unit in a bulletin: what was owed by when, and when it was done."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="lines")
    part = models.CharField(max_length=20, choices=Part)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="bulletin_lines")
    # the period of the petition, or the slip
    clock = models.ForeignKey(PetitionClock, models.PROTECT, null=True, related_name="+")
    slip = models.ForeignKey(Slip, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    # why a person left it out before it was issued
    left_out = models.CharField(_("why it is left out"), max_length=300, blank=True)
    left_out_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=Part.values), name="bulletin_line_part_known"),
            models.CheckConstraint(
                condition=Q(clock=None, slip__isnull=False) | Q(clock__isnull=False, slip=None),
                name="bulletin_line_of_one_thing",
            ),
            models.UniqueConstraint(fields=["bulletin", "part", "clock"], name="bulletin_line_of_clock_once"),
            models.UniqueConstraint(fields=["bulletin", "part", "slip"], name="bulletin_line_of_slip_once"),
            models.CheckConstraint(
                condition=Q(left_out="", left_out_by=None) | ~Q(left_out="") & Q(left_out_by__isnull=False),
                name="bulletin_line_left_out_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="bulletin_line_stays", exclude=["left_out", "left_out_by"]),
            pgtrigger.Protect(name="bulletin_line_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.pk}"
