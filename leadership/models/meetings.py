"""会议: what the joint conference and other meetings put on their agenda and decided, and what became of it."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post, User
from assignments.models import Assignment
from cases.models import JurisdictionDispute, Petition
from cases.states import OPEN
from leadership.meeting_states import AgendaGround, Cadence, DecisionKind, MeetingState
from leadership.models.supervision import Slip
from leadership.states import BY_THE_CONFERENCE, SlipKind, SlipState
from lib.ids import uuid7

_MEASURES = sorted(BY_THE_CONFERENCE)


class MeetingKind(models.Model):
    """A kind of meeting, as data: its name, how often it comes, and what is proposed for its agenda."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(pgettext_lazy("of a kind of meeting", "name"), max_length=60)
    cadence = models.CharField(
        pgettext_lazy("of a kind of meeting", "how often"), max_length=20, choices=Cadence
    )
    proposes = ArrayField(
        models.CharField(max_length=20, choices=AgendaGround),
        verbose_name=_("what is proposed for its agenda"),
        default=list,
    )
    # whether it is the joint conference, which alone takes measures and coordinates who accepts (Art 24, 39(3))
    is_conference = models.BooleanField(_("it is the joint conference"), default=False)
    with_city = models.BooleanField(_("held with the city"), default=False)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence__in=Cadence.values), name="meeting_kind_cadence_known"
            ),
            models.CheckConstraint(
                condition=Q(proposes__contained_by=AgendaGround.values), name="meeting_kind_proposes_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="meeting_kind_has_a_name"),
        ]
        triggers = [pgtrigger.Protect(name="meeting_kind_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One meeting: called, held, and its minutes signed by a second person, from when on they stay as they are."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.ForeignKey(MeetingKind, models.PROTECT, related_name="meetings")
    # who convenes it and writes its minutes
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="meetings")
    meets_at = models.DateTimeField(_("when"))
    place = models.CharField(pgettext_lazy("of a meeting", "place"), max_length=120)
    # a leader of the city has no post here and stands in words
    chair = models.ForeignKey(Post, models.PROTECT, null=True, related_name="chaired_meetings")
    outside_chair = models.CharField(_("chair from outside"), max_length=80, blank=True)
    state = models.CharField(pgettext_lazy("of a meeting", "state"), max_length=10, choices=MeetingState)
    called_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    # what was discussed; no names of petitioners
    words = models.CharField(pgettext_lazy("of minutes", "what was discussed"), max_length=4000, blank=True)
    noter = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    number = models.CharField(pgettext_lazy("of minutes", "number"), max_length=60, blank=True)
    issued_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    called_off_why = models.CharField(_("why it is called off"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(chair__isnull=False, outside_chair="") | Q(chair=None) & ~Q(outside_chair=""),
                name="meeting_has_one_chair",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MeetingState.HELD, MeetingState.ISSUED])
                | ~Q(words="") & Q(noter__isnull=False, noted_at__isnull=False),
                name="meeting_held_has_minutes",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.ISSUED, issued_at__isnull=False, signer__isnull=False)
                & ~Q(number="")
                | ~Q(state=MeetingState.ISSUED) & Q(number="", issued_at=None, signer=None),
                name="meeting_issued_with_a_number",
            ),
            # two persons, as with every paper
            models.CheckConstraint(
                condition=Q(signer=None) | ~Q(signer=F("noter")), name="meeting_minutes_by_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CALLED_OFF) | ~Q(called_off_why=""),
                name="meeting_called_off_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["organ", "number"], condition=~Q(number=""), name="meeting_number_once"
            ),
        ]
        indexes = [models.Index(fields=["kind", "meets_at"], name="meeting_by_kind")]
        triggers = [
            pgtrigger.Protect(name="meeting_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="meeting_minutes_issued_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=MeetingState.ISSUED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether its agenda and minutes can still be written."""
        return self.state in {MeetingState.CALLED, MeetingState.HELD}

    @property
    def is_issued(self) -> bool:
        return self.state == MeetingState.ISSUED

    @property
    def chaired_by(self) -> str:
        """Who chairs it, by name and title."""
        if self.chair is None:
            return self.outside_chair
        return f"{self.chair.user.name} {self.chair.title}".strip()


class MeetingUnit(models.Model):
    """A unit that is called to a meeting, at the main venue or at a sub-venue (分会场), and whether it came."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="units")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    # empty: the main venue
    venue = models.CharField(_("sub-venue"), max_length=80, blank=True)
    came = models.BooleanField(_("came"), null=True)
    who = models.CharField(_("who came"), max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "organ"], name="meeting_unit_once")]
        triggers = [pgtrigger.Protect(name="meeting_unit_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.organ_id}"


class AgendaLine(models.Model):
    """One matter of an agenda, taken or struck by a person, with the fact it was proposed by; or a topic in words."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="lines")
    ground = models.CharField(pgettext_lazy("of an agenda", "ground"), max_length=20, choices=AgendaGround)
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="agenda_lines")
    # a decision of an earlier meeting that is not done
    earlier = models.ForeignKey("MeetingDecision", models.PROTECT, null=True, related_name="agenda_lines")
    # the fact as it stood when a person decided: since or until which day, how many
    fact_on = models.DateField(null=True)
    fact_count = models.PositiveIntegerField(null=True)
    topic = models.CharField(pgettext_lazy("of an agenda", "topic"), max_length=200, blank=True)
    # why it is not on the agenda
    struck = models.CharField(_("why it is struck"), max_length=300, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=AgendaGround.values), name="agenda_ground_known"),
            models.CheckConstraint(
                condition=Q(ground=AgendaGround.TOPIC, petition=None, earlier=None) & ~Q(topic="")
                | ~Q(ground=AgendaGround.TOPIC)
                & Q(topic="")
                & (Q(petition__isnull=False) | Q(earlier__isnull=False)),
                name="agenda_line_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["meeting", "petition"],
                condition=Q(petition__isnull=False, earlier=None),
                name="agenda_petition_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "earlier"], condition=Q(earlier__isnull=False), name="agenda_earlier_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="agenda_line_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="agenda_line_facts_stay", exclude=["struck", "by", "decided_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.ground}"


class MeetingDecisionQuerySet(models.QuerySet["MeetingDecision"]):
    def of_open_lane(self) -> MeetingDecisionQuerySet:
        """Leave out what was decided on a petition that is sealed (Q2)."""
        return self.filter(Q(petition=None) | Q(petition__sealed=False))

    def undone(self) -> MeetingDecisionQuerySet:
        """Keep what issued minutes decided and is not done: the task not verified, nothing settled, no measure out."""
        settled = JurisdictionDispute.objects.filter(
            petition=OuterRef("petition"), settled_at__gte=OuterRef("meeting__meets_at")
        )
        measures = Slip.objects.filter(
            petition=OuterRef("petition"),
            kind=OuterRef("measure"),
            addressee=OuterRef("organ"),
            opened_at__gte=OuterRef("meeting__meets_at"),
            state__in=[SlipState.ISSUED, SlipState.LIFTED],
        )
        open_still = Q(petition__routing__in=sorted(OPEN))
        waits = (
            Q(kind=DecisionKind.TASK, assignment__isnull=False, assignment__ended_at=None)
            | Q(kind=DecisionKind.JURISDICTION) & open_still & ~Q(Exists(settled))
            | Q(kind=DecisionKind.MEASURE) & open_still & ~Q(Exists(measures))
        )
        return self.of_open_lane().filter(waits, meeting__state=MeetingState.ISSUED)


class MeetingDecision(models.Model):
    """What a meeting decided: asked of a unit by a day once the minutes are signed, and in the next agenda until done.

    It is an assignment and nothing else: it shortens no right, extends no T5 and approves nothing (Q9). Who accepts is
    settled, and a measure drawn up, by the deeds that are there for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    line = models.ForeignKey(AgendaLine, models.PROTECT, null=True, related_name="decisions")
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="meeting_decisions")
    kind = models.CharField(pgettext_lazy("of a decision", "kind"), max_length=20, choices=DecisionKind)
    measure = models.CharField(
        pgettext_lazy("of a decision", "measure"), max_length=20, choices=SlipKind, blank=True
    )
    words = models.CharField(pgettext_lazy("of a decision", "words"), max_length=1000)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    # who in the unit answers for it
    responsible = models.ForeignKey(Post, models.PROTECT, null=True, related_name="meeting_decisions")
    due_on = models.DateField(_("due"))
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    # what carries a task, once the minutes are signed
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="meeting_decision")

    objects = MeetingDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DecisionKind.values), name="meeting_decision_kind_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="meeting_decision_has_words"),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.MEASURE, measure__in=_MEASURES, petition__isnull=False)
                | Q(kind=DecisionKind.JURISDICTION, measure="", petition__isnull=False)
                | Q(kind=DecisionKind.TASK, measure=""),
                name="meeting_decision_measure_of_the_conference",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="meeting_decision_stays",
                fields=["meeting", "line", "petition", "kind", "measure", "words", "due_on", "noted_at"],
            ),
            pgtrigger.Trigger(
                name="meeting_decision_before_the_signature",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM leadership_meeting
                        WHERE id = COALESCE(NEW.meeting_id, OLD.meeting_id) AND state <> 'held'
                    ) THEN
                        RAISE EXCEPTION 'decisions are written while the minutes wait for a signature';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.kind}"


class LessonsNote(models.Model):
    """经验教训: what a key petition taught once it was closed; one to a petition, never changed, about no person."""

    petition = models.OneToOneField(Petition, models.PROTECT, related_name="lessons")
    helped = models.CharField(_("what helped"), max_length=1000)
    missed = models.CharField(_("what went wrong or took too long"), max_length=1000, blank=True)
    advice = models.CharField(_("what follows for other petitions"), max_length=1000, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(helped=""), name="lessons_note_has_words")]
        triggers = [
            pgtrigger.Protect(name="lessons_note_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.petition_id)
