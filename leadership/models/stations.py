"""信访工作站: where, with whom and when; who mediates; and what was done there, in numbers alone (seeds-map 47–51)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organ, Post
from assignments.models import Assignment
from cases.models import Petition
from leadership.reception_states import MediatorKind, ServiceKind, StationKind
from lib.ids import uuid7
from places.models import Place


class StationQuerySet(models.QuerySet["Station"]):
    def standing(self) -> StationQuerySet:
        """Keep the stations that are open."""
        return self.filter(ended_at=None)


class Station(models.Model):
    """A station, or a liaison point for residents who work elsewhere (Q35). Its intake is the organ's (Q30)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    office = models.ForeignKey(Organ, models.PROTECT, related_name="stations")
    kind = models.CharField(pgettext_lazy("of a station", "kind"), max_length=10, choices=StationKind)
    name = models.CharField(pgettext_lazy("of a station", "name"), max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, related_name="stations")
    address = models.CharField(pgettext_lazy("of a station", "address"), max_length=120)
    # the community or township that registers there on behalf of the office
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="keeps_stations")
    staff = models.CharField(_("who works there"), max_length=200)
    phone = models.CharField(_("work telephone"), max_length=30, blank=True)
    hours = models.CharField(pgettext_lazy("of a station", "hours"), max_length=100)
    lawyer_hours = models.CharField(_("hours of the lawyer"), max_length=100, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it was closed"), max_length=300, blank=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StationKind.values), name="station_kind_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(address="") & ~Q(staff="") & ~Q(hours=""),
                name="station_says_where_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["office", "name"], condition=Q(ended_at=None), name="station_name_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="station_closed_with_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="station_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="station_origin_stays", fields=["office", "kind", "opened_at", "opened_by"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StationPetition(models.Model):
    """A petition given to a station: what is asked of the organ that keeps it, by a day (Q35; seeds-map 51).

    It is an assignment and nothing else: who leads the petition, and by when it is answered, stays as it was (Q9).
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="petitions")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="stations")
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="station_petition")
    given_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="station_petition_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="station_petition_once_at_a_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM leadership_stationpetition AS given
                        JOIN assignments_assignment AS asked ON asked.id = given.assignment_id
                        WHERE given.petition_id = NEW.petition_id AND given.station_id = NEW.station_id
                            AND asked.ended_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'a petition is given to a station once at a time';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.petition_id}"


class Mediator(models.Model):
    """Somebody who mediates: lawyers, elders, grid workers, people's mediators. Work particulars alone."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    office = models.ForeignKey(Organ, models.PROTECT, related_name="mediators")
    station = models.ForeignKey(Station, models.PROTECT, null=True, related_name="mediators")
    name = models.CharField(pgettext_lazy("of a mediator", "name"), max_length=40)
    kind = models.CharField(pgettext_lazy("of a mediator", "kind"), max_length=15, choices=MediatorKind)
    phone = models.CharField(_("work telephone"), max_length=30, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MediatorKind.values), name="mediator_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="mediator_has_a_name"),
        ]
        triggers = [
            pgtrigger.Protect(name="mediator_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="mediator_facts_stay", fields=["office", "name", "kind", "entered_at"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ServiceDay(models.Model):
    """What was done on a day at a station, or by the court before litigation: numbers, and nothing of a person."""

    office = models.ForeignKey(Organ, models.PROTECT, related_name="service_days")
    station = models.ForeignKey(Station, models.PROTECT, null=True, related_name="service_days")
    kind = models.CharField(pgettext_lazy("service", "what was done"), max_length=15, choices=ServiceKind)
    day = models.DateField(_("day"))
    matters = models.PositiveSmallIntegerField(_("matters"))
    persons = models.PositiveSmallIntegerField(_("persons"))
    # of the matters mediated, how many came to an agreement
    settled = models.PositiveSmallIntegerField(_("settled"), default=0)
    noted_at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ServiceKind.values), name="service_day_kind_known"),
            models.CheckConstraint(
                condition=Q(matters__gte=1, settled__lte=F("matters")), name="service_day_settled_of_matters"
            ),
            models.CheckConstraint(
                condition=Q(kind=ServiceKind.MEDIATION) | Q(settled=0),
                name="service_day_advice_settles_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "day"], condition=Q(struck_at=None), name="service_day_counted")
        ]
        triggers = [
            pgtrigger.Protect(name="service_day_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="service_day_numbers_stay",
                fields=[
                    "office",
                    "station",
                    "kind",
                    "day",
                    "matters",
                    "persons",
                    "settled",
                    "noted_at",
                    "by",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
