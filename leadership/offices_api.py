"""What leaders' offices do, for programs: the roster, the queue, journeys, invitations, stations; and what is begun.

Whatever hangs on a thing lies under it (`Thing`); what begins one, or ends one that has no page, stands alone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.deed_doors import Alone, Sent, Thing, as_sent
from accounts.hats import Hat
from accounts.models import Organ
from accounts.page_deeds import Deed
from cases.models import Petition
from leadership import finding, office_deeds
from leadership import permissions as may
from leadership.call_back_deeds import ON_CALL_BACK
from leadership.call_back_pages import call_back_of
from leadership.forms.reception import OnLeaders
from leadership.leaders_api import FORCE, MEETING, STRIKE_LIST
from leadership.meeting_deeds import ON_LESSONS
from leadership.models import (
    CallBack,
    DutyDay,
    FieldCase,
    FieldTrip,
    Invitation,
    LessonsNote,
    PressureReport,
    Station,
    Ticket,
)
from leadership.pressure_deeds import ON_PRESSURE, TAKE_DOWN_PRESSURE
from leadership.pressure_pages import report_of
from leadership.queues import serves
from leadership.reception_deeds import (
    ON_DUTY_DAY,
    ON_HEARD,
    ON_INVITATION,
    ON_RECEPTIONS,
    ON_ROSTER,
    ON_TICKET,
    ON_TRIP,
)
from leadership.reception_states import InvitationState
from leadership.roster_pages import labelled, month_of
from leadership.rosters import leaders_for, office_for, office_of
from leadership.station_deeds import ON_STATION, ON_STATIONS
from leadership.trips import trip_of
from lib.errors import Unknown
from lib.forms import RefusableForm


class DutyDayOut(serializers.ModelSerializer[DutyDay]):
    """A day of the roster: who sits, and who was planned to."""

    class Meta:
        model = DutyDay
        fields = ["id", "day", "post", "planned", "place", "begins", "ends"]


class RosterOut(serializers.Serializer[Any]):
    """A month of the roster."""

    month = serializers.DateField(source="first")
    days = DutyDayOut(many=True)


class CallBackOut(serializers.ModelSerializer[CallBack]):
    """A call-back of this office's desk: why, how it ended, what was answered, what a check found."""

    petition = serializers.CharField(source="petition.number")

    class Meta:
        model = CallBack
        fields = [
            *("id", "petition", "ground", "opened_at", "ended_as", "ended_at", "has_reply", "carried_out"),
            *("satisfaction", "told_of_review", "words", "checked", "check_words", "checked_at"),
        ]


class PressureReportOut(serializers.ModelSerializer[PressureReport]):
    """A report of pressure that was put before this organ; whom it is about, and what was found."""

    petition = serializers.CharField(source="petition.number")
    about = serializers.CharField(source="about.code", default=None, allow_null=True)

    class Meta:
        model = PressureReport
        fields = [
            "id",
            "petition",
            "about",
            "words",
            "way",
            "told_at",
            "found",
            "finding",
            "found_at",
            "slip",
        ]


class TicketOut(serializers.ModelSerializer[Ticket]):
    """A number of the queue; the petition only where this post sees it."""

    petition = serializers.SerializerMethodField()

    class Meta:
        model = Ticket
        fields = ["id", "number", "state", "came", "persons", "outcome", "petition"]

    def get_petition(self, ticket: Ticket) -> str | None:
        """Return the petition's number; none of a sealed one, and none to whoever does not see it (Q1, Q6)."""
        hat: Hat = self.context["hat"]
        if ticket.petition_id is None:
            return None
        seen = Petition.objects.visible_to(hat).filter(pk=ticket.petition_id)
        return seen.values_list("number", flat=True).first()


class QueueOut(serializers.Serializer[Any]):
    """A day with its queue, as far as this post reads it."""

    day = DutyDayOut()
    queue = serializers.SerializerMethodField()

    def get_queue(self, found: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the numbers of the day; nothing to whoever does not read its queue."""
        rows = TicketOut(found["queue"], many=True, context={"hat": found["hat"]})
        return list(rows.data)


class OneTicketOut(serializers.Serializer[Any]):
    """One number of the queue."""

    ticket = serializers.SerializerMethodField()

    def get_ticket(self, found: dict[str, Any]) -> dict[str, Any]:
        """Return the number as its queue shows it."""
        return dict(TicketOut(found["ticket"], context={"hat": found["hat"]}).data)


class FieldCaseOut(serializers.ModelSerializer[FieldCase]):
    """A petition that was taken along on a journey."""

    petition = serializers.CharField(source="petition.number")

    class Meta:
        model = FieldCase
        fields = ["petition", "persons_met", "result"]


class TripOut(serializers.Serializer[Any]):
    """A journey with petitions (带案下访), with those of them that this post sees."""

    id = serializers.UUIDField(source="trip.pk")
    leader = serializers.IntegerField(source="trip.post_id")
    went_on = serializers.DateField(source="trip.went_on")
    place = serializers.CharField(source="trip.place")
    companions = serializers.CharField(source="trip.companions")
    result = serializers.CharField(source="trip.result")
    struck_at = serializers.DateTimeField(source="trip.struck_at", allow_null=True)
    cases = FieldCaseOut(many=True)


class InvitationOut(serializers.ModelSerializer[Invitation]):
    """An invitation to a talk; one that was declined is shown nowhere."""

    petition = serializers.CharField(source="petition.number")

    class Meta:
        model = Invitation
        fields = ["id", "petition", "post", "day", "begins", "place", "state"]


class HeardOut(serializers.Serializer[Any]):
    """The invitations on a petition that stand."""

    invitations = InvitationOut(many=True)


class StationOut(serializers.ModelSerializer[Station]):
    """A petition work station."""

    place = serializers.CharField(source="place.code")
    organ = serializers.CharField(source="organ.code", default=None, allow_null=True)

    class Meta:
        model = Station
        fields = [
            *("id", "kind", "name", "place", "address", "organ", "staff", "phone", "hours"),
            *("lawyer_hours", "opened_at", "ended_at", "end_reason"),
        ]


class LessonsOut(serializers.Serializer[Any]):
    """What a key petition taught, if that is written."""

    petition = serializers.CharField()
    helped = serializers.CharField(allow_null=True)
    missed = serializers.CharField(allow_null=True)
    advice = serializers.CharField(allow_null=True)


@dataclass(frozen=True)
class Month:
    """A month of one office's roster."""

    office: Organ
    first: date


def _month(hat: Hat, month: str) -> Month:
    if hat.role not in may.RECEIVES:
        raise Unknown(_("There is no such page."))
    return Month(office_for(hat), month_of(month, today=timezone.localdate()))


def _roster(_hat: Hat, month: Month) -> dict[str, Any]:
    days = DutyDay.objects.filter(
        office=month.office, day__year=month.first.year, day__month=month.first.month
    )
    return {"first": month.first, "days": days.order_by("day")}


def _queue(hat: Hat, day: DutyDay) -> dict[str, Any]:
    reads = may.reads_queue(hat, day, serves=serves(hat, day, timezone.now()))
    return {"day": day, "queue": day.tickets.order_by("number") if reads else [], "hat": hat}


def _ticket(hat: Hat, ticket_id: UUID) -> Ticket:
    return finding.ticket_of(hat, ticket_id, now=timezone.now())


def _trip(hat: Hat, trip: FieldTrip) -> dict[str, Any]:
    seen = Petition.objects.visible_to(hat)
    return {
        "trip": trip,
        "cases": trip.cases.filter(petition__in=seen).select_related("petition").order_by("pk"),
    }


def _invitation(hat: Hat, invitation_id: UUID) -> Invitation:
    """Return an invitation, declined ones left out: nothing follows from one (Q35)."""
    found = finding.invitation_of(hat, invitation_id)
    if found.state in _SHOWN_NOWHERE:
        raise Unknown(_("There is no such invitation."))
    return found


_SHOWN_NOWHERE = frozenset({InvitationState.DECLINED, InvitationState.WITHDRAWN})


def _heard(_hat: Hat, petition: Petition) -> dict[str, Any]:
    rows = Invitation.objects.filter(petition=petition).exclude(state__in=sorted(_SHOWN_NOWHERE))
    return {"invitations": rows.select_related("petition").order_by("-day", "-pk")}


def _lessons(hat: Hat, petition_id: UUID) -> Petition:
    petition = finding.petition_of(hat, petition_id)
    if not (may.may_place(hat) or LessonsNote.objects.filter(petition=petition).exists()):
        raise Unknown(_("There is no such petition."))
    return petition


def _taught(_hat: Hat, petition: Petition) -> dict[str, Any]:
    note = LessonsNote.objects.filter(petition=petition).first()
    words = {name: getattr(note, name) if note else None for name in ("helped", "missed", "advice")}
    return {"petition": petition.number, **words}


def _naming_leaders(deed: Deed, sent: Sent, found: object) -> RefusableForm:
    """Return a form that may name the leaders of the sender's office."""
    if not issubclass(deed.form, OnLeaders):
        return as_sent(deed, sent, found)
    office = office_of(sent.by.organ)
    leaders = labelled(leaders_for(office, on=timezone.localdate())) if office is not None else ()
    return deed.form(sent.body, posts=leaders, files=sent.files)


TRIP = Thing("trips/<uuid:pk>/", ON_TRIP, lambda hat, pk: trip_of(hat, pk, timezone.now()), TripOut, _trip)
STATION = Thing("stations/<uuid:pk>/", ON_STATION, finding.station_of, StationOut)
OF_OFFICES = (
    Thing(
        "rosters/<str:pk>/",
        ON_ROSTER,
        _month,
        RosterOut,
        _roster,
        key=lambda _pk, month: month.first,
        form=_naming_leaders,
    ),
    Thing("duty-days/<uuid:pk>/", ON_DUTY_DAY, finding.duty_day_of, QueueOut, _queue, form=_naming_leaders),
    Thing(
        "tickets/<uuid:pk>/",
        ON_TICKET,
        _ticket,
        OneTicketOut,
        lambda hat, ticket: {"ticket": ticket, "hat": hat},
    ),
    TRIP,
    Thing(
        "petitions/<uuid:pk>/receptions/",
        ON_HEARD,
        finding.petition_of,
        HeardOut,
        _heard,
        form=_naming_leaders,
    ),
    Thing("invitations/<uuid:pk>/", ON_INVITATION, _invitation, InvitationOut),
    Thing("petitions/<uuid:pk>/lessons/", ON_LESSONS, _lessons, LessonsOut, _taught),
    STATION,
    Thing("call-backs/<uuid:pk>/", ON_CALL_BACK, call_back_of, CallBackOut),
    Thing("pressure-reports/<uuid:pk>/", ON_PRESSURE, report_of, PressureReportOut),
)


ALONE = (
    Alone("meetings/call/", office_deeds.CALL_MEETING, MEETING),
    Alone("meeting-kinds/enter/", office_deeds.ENTER_KIND),
    Alone("meeting-kinds/<int:pk>/end/", office_deeds.END_KIND),
    Alone("strike-lists/open/", office_deeds.OPEN_LIST, STRIKE_LIST),
    Alone("task-forces/form/", office_deeds.FORM_FORCE, FORCE),
    Alone("pairings/pair/", office_deeds.PAIR),
    Alone("pairings/<int:pk>/end/", office_deeds.END_PAIRING),
    Alone("team-roles/enter/", office_deeds.ENTER_ROLE),
    Alone("team-roles/<int:pk>/end/", office_deeds.END_ROLE),
    Alone("trips/note/", ON_RECEPTIONS["note-trip"], TRIP, form=_naming_leaders),
    Alone("reception-targets/set/", ON_RECEPTIONS["set-target"], form=_naming_leaders),
    Alone("stations/open/", ON_STATIONS["open-station"], STATION),
    Alone("mediators/enter/", ON_STATIONS["enter-mediator"]),
    Alone("mediators/<uuid:pk>/end/", office_deeds.END_MEDIATOR),
    Alone("service-days/note/", ON_STATIONS["note-service"]),
    Alone("service-days/<int:pk>/strike/", office_deeds.STRIKE_SERVICE),
    Alone("secretaries/name/", office_deeds.NAME_SECRETARY),
    Alone("secretaries/dismiss/", office_deeds.DISMISS_SECRETARY),
    Alone("pressure-reports/take-down/", TAKE_DOWN_PRESSURE),
)
