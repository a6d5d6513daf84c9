"""接访: numbers of the queue and what each talk came to, invitations (约访), and journeys with petitions (带案下访)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post, User
from cases.models import Petition
from infra.models import StoredFile
from leadership.models.roster import DutyDay
from leadership.models.sponsorships import Sponsorship
from leadership.reception_states import (
    IN_THE_QUEUE,
    INVITED,
    Came,
    InvitationState,
    Outcome,
    TicketState,
    Told,
)
from lib.ids import uuid7


class Ticket(models.Model):
    """A number of a day's queue. It bears no name: who comes is known once he sits there (Q35).

    The form that is registered at the talk bears the ticket's own key as its submission.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    duty_day = models.ForeignKey(DutyDay, models.PROTECT, related_name="tickets")
    number = models.PositiveSmallIntegerField(pgettext_lazy("of a queue", "number"))
    came = models.CharField(_("how it was taken"), max_length=10, choices=Came)
    # about when a booked one is called
    expected = models.TimeField(_("about when"), null=True)
    # keyed hash of what a booking shows to take itself back
    digest = models.CharField(max_length=100, unique=True, null=True)
    persons = models.PositiveSmallIntegerField(_("persons"), default=1)
    state = models.CharField(max_length=10, choices=TicketState, default=TicketState.WAITING)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    # who received: the leader of the day at that moment
    received_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="receptions")
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome, blank=True)
    words = models.CharField(_("what was said to the visitor"), max_length=1000, blank=True)
    # never one of the sealed lane
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, related_name="receptions")
    sponsorship = models.OneToOneField(Sponsorship, models.PROTECT, null=True, related_name="taken_on_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty_day", "number"], name="ticket_number_once_a_day"),
            models.CheckConstraint(condition=Q(came__in=Came.values), name="ticket_came_known"),
            models.CheckConstraint(condition=Q(state__in=TicketState.values), name="ticket_state_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="ticket_outcome_known"
            ),
            models.CheckConstraint(condition=Q(persons__gte=1), name="ticket_has_a_person"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(IN_THE_QUEUE), ended_at=None)
                | Q(ended_at__isnull=False) & ~Q(state__in=sorted(IN_THE_QUEUE)),
                name="ticket_ends_when_it_leaves_the_queue",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.SEEN, received_by__isnull=False) & ~Q(outcome="") & ~Q(words="")
                | ~Q(state=TicketState.SEEN) & Q(outcome="", words="", received_by=None, petition=None),
                name="ticket_seen_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(sponsorship=None) | Q(petition__isnull=False),
                name="ticket_taken_on_is_a_petition",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_by", "ended_at"],
                condition=Q(state=TicketState.SEEN),
                name="ticket_received",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="ticket_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="ticket_facts_stay",
                fields=["duty_day", "number", "came", "expected", "digest", "taken_at", "taken_by"],
            ),
            pgtrigger.Protect(
                name="ticket_seen_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'seen'"
                    " AND (OLD.persons, OLD.outcome, OLD.words, OLD.received_by_id, OLD.state, OLD.ended_at)"
                    " IS DISTINCT FROM"
                    " (NEW.persons, NEW.outcome, NEW.words, NEW.received_by_id, NEW.state, NEW.ended_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_day_id} {self.number}"

    @property
    def waits(self) -> bool:
        return self.state in IN_THE_QUEUE


class Invitation(models.Model):
    """约访: a leader offers a petitioner a talk. He may decline, and neither a reason nor a consequence is written."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="invitations")
    post = models.ForeignKey(Post, models.PROTECT, related_name="invitations")
    day = models.DateField(_("day"))
    begins = models.TimeField(pgettext_lazy("of a reception", "begins"))
    place = models.CharField(pgettext_lazy("of a reception", "place"), max_length=120)
    told = models.CharField(_("how it was told"), max_length=10, choices=Told)
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.OFFERED)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    persons = models.PositiveSmallIntegerField(_("persons"), null=True)
    words = models.CharField(pgettext_lazy("of a visit", "result"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=InvitationState.values), name="invitation_state_known"
            ),
            models.CheckConstraint(condition=Q(told__in=Told.values), name="invitation_told_known"),
            models.CheckConstraint(condition=~Q(place=""), name="invitation_has_a_place"),
            models.CheckConstraint(
                condition=Q(state=InvitationState.HELD, persons__gte=1) & ~Q(words="")
                | ~Q(state=InvitationState.HELD) & Q(persons=None, words=""),
                name="invitation_says_nothing_unless_held",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.OFFERED, answered_at=None)
                | ~Q(state=InvitationState.OFFERED) & Q(answered_at__isnull=False),
                name="invitation_answered_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=["petition", "post"],
                condition=Q(state__in=sorted(INVITED)),
                name="invitation_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post", "day"], condition=Q(state=InvitationState.HELD), name="invitation_held"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="invitation_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="invitation_facts_stay",
                fields=["petition", "post", "day", "begins", "place", "told", "invited_at", "invited_by"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.day}"


class FieldTripQuerySet(models.QuerySet["FieldTrip"]):
    def standing(self) -> FieldTripQuerySet:
        """Keep the journeys that were not struck out."""
        return self.filter(struck_at=None)


class FieldTrip(models.Model):
    """带案下访: somebody goes down with petitions: when, where, with whom, what came of it. No names of petitioners.

    A sponsor's visit is a journey with the petition he sponsors; what came of it stands on the petition alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="field_trips")
    # a leader of a higher level has no post here: his name and office stand in words
    outsider = models.CharField(_("name and office"), max_length=80, blank=True)
    went_on = models.DateField(_("day"))
    place = models.CharField(pgettext_lazy("of a visit", "place"), max_length=120)
    companions = models.CharField(_("who went along"), max_length=200, blank=True)
    # of the journey as a whole
    result = models.CharField(pgettext_lazy("of a visit", "result"), max_length=1000, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    struck_reason = models.CharField(_("why it was struck out"), max_length=300, blank=True)

    objects = FieldTripQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(place=""), name="field_trip_says_where"),
            models.CheckConstraint(
                condition=Q(post=None) & ~Q(outsider="") | Q(post__isnull=False, outsider=""),
                name="field_trip_post_or_outsider",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, struck_reason="")
                | Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_reason=""),
                name="field_trip_struck_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["post", "went_on"], name="field_trip_by_leader")]
        triggers = [
            pgtrigger.Protect(name="field_trip_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="field_trip_facts_stay",
                fields=[
                    "post",
                    "outsider",
                    "went_on",
                    "place",
                    "companions",
                    "result",
                    "by",
                    "person",
                    "noted_at",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.went_on}"

    @property
    def who(self) -> str:
        """Who went, by name; a leader of a higher level with his office."""
        return self.post.user.name if self.post is not None else self.outsider


class FieldCase(models.Model):
    """One petition taken along: how many persons were met on it, and what came of it."""

    trip = models.ForeignKey(FieldTrip, models.PROTECT, related_name="cases")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="field_cases")
    persons_met = models.PositiveSmallIntegerField(_("persons met"))
    result = models.CharField(pgettext_lazy("of a visit", "result"), max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trip", "petition"], name="field_case_once_a_trip"),
            models.CheckConstraint(condition=~Q(result=""), name="field_case_has_a_result"),
        ]
        triggers = [pgtrigger.Protect(name="field_case_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.petition_id}"


class FieldPhoto(models.Model):
    """A picture of the place; petitioners are on it with their consent alone (Q35)."""

    trip = models.ForeignKey(FieldTrip, models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    # nobody can be recognised, or everybody who can agreed
    nobody_without_consent = models.BooleanField()
    added_at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(nobody_without_consent=True), name="field_photo_of_nobody_without_consent"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="field_photo_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.file_id}"
