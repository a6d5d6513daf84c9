"""Events of a grid: what was seen or told, who has it, and everything that was done with it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from accounts.roles import ORGAN_WIDE, Role
from assignments.models import AbstractLift
from assignments.states import Tier
from deadlines.models import AbstractClock
from grids.event_states import OPEN, OVER, Basis, EventState, Ledger, Origin, Phase, Rating, Step
from grids.models.grids import KEEPING_KINDS, KEEPING_ROLES, ON_THE_GROUND, Grid
from grids.models.staff import GridStaff
from infra.models import StoredFile
from lib.ids import uuid7


class EventType(models.Model):
    """What an event is about, in the district's words, and in which of the three ledgers it stands."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(pgettext_lazy("of a type of event", "name"), max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    ledger = models.CharField(pgettext_lazy("of events", "ledger"), max_length=10, choices=Ledger)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ledger__in=Ledger.values), name="event_type_ledger_known"),
            models.CheckConstraint(condition=~Q(name=""), name="event_type_has_a_name"),
        ]
        triggers = [
            pgtrigger.Protect(name="event_type_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="event_type_facts_stay", exclude=["ended_at"]),
        ]

    def __str__(self) -> str:
        return self.name


class EventQuerySet(models.QuerySet["GridEvent"]):
    def visible_to(self, hat: Hat) -> EventQuerySet:
        """Keep the events a hat may know of, by one test for each kind of hat.

        Whoever stands for a grid: those of his grids and what lies below them; whoever keeps grids: those of his
        place; everybody else: those he has part in. A neighbouring grid knows of none.
        """
        if hat.role in ON_THE_GROUND:
            return self.filter(grid__in=grids_of(hat.post))
        if hat.organ.kind in KEEPING_KINDS and hat.role in KEEPING_ROLES:
            return self.filter(place_path__startswith=hat.organ.place.path)
        if hat.role in ORGAN_WIDE:
            organs = Organ.objects.of_today(hat.organ)
            parts = EventPart.objects.filter(organ__in=organs, ended_at=None)
        elif hat.role == Role.LEADER:
            parts = EventPart.objects.filter(post=hat.post, ended_at=None)
        else:
            return self.none()
        return self.filter(pk__in=parts.values("event"))

    def open(self) -> EventQuerySet:
        """Keep the events on which something is still to be done."""
        return self.filter(state__in=sorted(OPEN))


def grids_of(post: Post) -> models.QuerySet[Grid]:
    """Return the grids a post stands for, with everything below them."""
    paths = GridStaff.objects.standing().filter(post=post).values_list("grid__path", flat=True)
    found = Q(pk=None)
    for path in paths:
        found |= Q(path__startswith=path)
    return Grid.objects.filter(found)


class GridEvent(models.Model):
    """One event (事件). The key is made by whoever reports it, so that sending it twice reports it once."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(_("number"), max_length=20, unique=True)
    origin = models.CharField(pgettext_lazy("of an event", "origin"), max_length=10, choices=Origin)
    type = models.ForeignKey(EventType, models.PROTECT, related_name="events")
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="events")
    # who has it: community, street, or whom it was lifted to
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="grid_events")
    place_path = models.CharField(max_length=80)
    tier = models.CharField(pgettext_lazy("of an event", "tier"), max_length=20, choices=Tier)
    state = models.CharField(pgettext_lazy("of an event", "state"), max_length=12, choices=EventState)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(pgettext_lazy("of an event", "title"), max_length=60)
    # as it was told, to the character
    text = models.TextField(pgettext_lazy("of an event", "text"), max_length=2000)
    spot = models.CharField(pgettext_lazy("of an event", "where"), max_length=100, blank=True)
    is_dangerous = models.BooleanField(pgettext_lazy("of an event", "dangerous"), default=False)
    # how the resident may be reached, if he wants to be: sealed under the field key
    contact_sealed = models.BinaryField(null=True)
    # when it was seen by the phone's clock, and when it came here; a clock that runs ahead is not believed
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    clock_was_off = models.BooleanField(default=False)
    reported_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    reporter = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_on_spot = models.BooleanField(default=False)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    ended_at = models.DateTimeField(null=True)
    # the nearest moment of its own periods, for lists
    next_due_at = models.DateTimeField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="event_origin_known"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="event_tier_known"),
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="event_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OVER), ended_at__isnull=False)
                | ~Q(state__in=sorted(OVER)) & Q(ended_at=None),
                name="event_over_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=EventState.JOINED, joined_to__isnull=False)
                | ~Q(state=EventState.JOINED) & Q(joined_to=None),
                name="event_joined_to_another",
            ),
            models.CheckConstraint(condition=~Q(joined_to=F("id")), name="event_not_joined_to_itself"),
            models.CheckConstraint(
                condition=Q(origin=Origin.QR) | Q(reported_by__isnull=False, reporter__isnull=False),
                name="event_reported_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["grid", "received_at", "id"], name="event_by_grid"),
            models.Index(
                OpClass("place_path", name="text_pattern_ops"), "received_at", "id", name="event_by_place"
            ),
            models.Index(
                fields=["organ", "state", "next_due_at"],
                condition=Q(ended_at=None),
                name="event_open_by_organ",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="event_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="event_words_stay",
                fields=[
                    *("number", "origin", "grid", "title", "text", "spot", "observed_at", "received_at"),
                    *("clock_was_off", "reported_by", "reporter"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class EventPart(models.Model):
    """Why an organ or a post outside the grids of the place knows of an event, from when to when."""

    event = models.ForeignKey(GridEvent, models.PROTECT, related_name="parts")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="event_parts")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="event_parts")
    basis = models.CharField(max_length=10, choices=Basis)
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="event_part_basis_known"),
            models.CheckConstraint(
                condition=Q(organ=None, post__isnull=False) | Q(organ__isnull=False, post=None),
                name="event_part_organ_or_post",
            ),
            models.UniqueConstraint(
                fields=["event", "organ", "basis"],
                condition=Q(ended_at=None, organ__isnull=False),
                name="event_part_of_organ_once",
            ),
            models.UniqueConstraint(
                fields=["event", "post", "basis"],
                condition=Q(ended_at=None, post__isnull=False),
                name="event_part_of_post_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="event_part_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="event_part_facts_stay", exclude=["ended_at", "organ"]),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.basis}"


class EventMove(models.Model):
    """One step of an event, in words; only ever added. `client_id` is the key of a phone's submission."""

    event = models.ForeignKey(GridEvent, models.PROTECT, related_name="moves")
    step = models.CharField(max_length=12, choices=Step)
    words = models.CharField(max_length=2000, blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # when it happened by the phone's clock, if one sent it, and when it came here
    observed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField()
    client_id = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="event_move_step_known")
        ]
        triggers = [pgtrigger.Protect(name="event_move_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.event_id} {self.step}"


class EventPhoto(models.Model):
    """A picture of the spot, drawn anew so that place and device recorded in it are gone."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    event = models.ForeignKey(GridEvent, models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="event_photos")
    phase = models.CharField(pgettext_lazy("of a photo", "phase"), max_length=8, choices=Phase)
    # nobody, where a resident sent it
    added_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="event_photo_phase_known")
        ]
        triggers = [
            pgtrigger.Protect(name="event_photo_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.pk)


@pghistory.track(append_only=True, model_name="EventClockVersion")
class EventClock(AbstractClock):
    """A period of an event at one tier; the office's own, no law's."""

    event = models.ForeignKey(GridEvent, models.PROTECT, related_name="clocks")

    class Meta(AbstractClock.Meta):
        constraints = [
            *AbstractClock.Meta.constraints,
            models.UniqueConstraint(
                fields=["event"], condition=Q(met_at=None, cancelled_at=None), name="event_clock_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.code}"


class EventLift(AbstractLift):
    """An event lifted to another tier, by a rule or by a person, and where it came from."""

    event = models.ForeignKey(GridEvent, models.PROTECT, related_name="lifts")
    from_organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")

    class Meta(AbstractLift.Meta):
        constraints = [
            *AbstractLift.Meta.constraints,
            models.UniqueConstraint(fields=["event", "key"], name="event_lift_once"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(ended_at=None), name="event_lift_one_standing"
            ),
        ]
        triggers = [pgtrigger.Protect(name="event_lift_stays", operation=pgtrigger.Delete)]


class Evaluation(models.Model):
    """What the resident says of what was done; taken down by somebody who did not do it (Q28)."""

    event = models.OneToOneField(GridEvent, models.PROTECT, related_name="evaluation")
    rating = models.CharField(pgettext_lazy("of an event", "rating"), max_length=8, choices=Rating)
    words = models.CharField(_("in the resident's words"), max_length=500, blank=True)
    # nobody, where the resident gave it himself
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rating__in=Rating.values), name="evaluation_rating_known")
        ]
        triggers = [pgtrigger.Protect(name="evaluation_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.event_id} {self.rating}"
