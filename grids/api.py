"""Grids for programs: the deeds of the pages' tables, each at an address of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_refusals import READING, REFUSALS
from accounts.hats import Hat
from accounts.models import Organ
from accounts.page_deeds import Deed
from grids.actions.ground import write_note
from grids.actions.reporting import report_cadre, report_event
from grids.event_deeds import ON_ASKED, ON_EVENT
from grids.event_pages import report_form, shows_words
from grids.finding import (
    asked_of,
    card_of,
    courtyard_of,
    event_of,
    gathering_of,
    grid_of,
    ground_of,
    liaison_of,
    note_of,
    own_organ,
    plan_of,
    round_of,
    staff_of,
    team_of,
)
from grids.forms.events import Report
from grids.forms.gatherings import EnterGathering
from grids.forms.ground import WriteNote
from grids.forms.hierarchy import NameStaff
from grids.forms.rounds import ReportRound
from grids.gathering_deeds import ON_GATHERING, ON_GATHERINGS
from grids.gathering_pages import fit
from grids.ground_deeds import ON_CARD, ON_COURTYARD, ON_GROUND, ON_NOTE
from grids.ground_pages import note_form
from grids.hierarchy_deeds import ON_GRID, ON_GRIDS, ON_LIAISON, ON_STAFF, ON_TEAM
from grids.hierarchy_pages import posts_of
from grids.models import (
    Courtyard,
    DiaryNote,
    Gathering,
    Grid,
    GridEvent,
    GridStaff,
    HouseholdCard,
    Liaison,
    Round,
    RoundPlan,
    ServiceTeam,
)
from grids.round_deeds import ON_PLAN, ON_ROUND, ON_ROUNDS
from infra.files import check as check_file
from lib.errors import Unknown
from lib.form_bodies import body_of, check, parsers_of
from lib.form_schema import serializer_of
from lib.forms import RefusableForm

_KEYS = serializers.ListField(child=serializers.UUIDField())


class GridOut(serializers.ModelSerializer[Grid]):
    """A grid and what is posted of it."""

    organ = serializers.CharField(source="organ.code")
    place = serializers.CharField(source="place.code")
    above = serializers.CharField(source="parent.code", default=None, allow_null=True)
    staff = serializers.SerializerMethodField()
    liaisons = serializers.SerializerMethodField()
    teams = serializers.SerializerMethodField()

    class Meta:
        model = Grid
        fields = [
            *("id", "code", "name", "level", "above", "organ", "place", "area", "band"),
            *("complaint_phone", "posted_at", "ended_at", "staff", "liaisons", "teams"),
        ]

    @extend_schema_field(_KEYS)
    def get_staff(self, grid: Grid) -> list[UUID]:
        return [row.pk for row in grid.staff.all() if row.until is None]

    @extend_schema_field(_KEYS)
    def get_liaisons(self, grid: Grid) -> list[UUID]:
        return [row.pk for row in grid.liaisons.all() if row.until is None]

    @extend_schema_field(_KEYS)
    def get_teams(self, grid: Grid) -> list[UUID]:
        return [row.pk for row in grid.teams.all() if row.ended_at is None]


class StaffOut(serializers.ModelSerializer[GridStaff]):
    """Who stands for a grid: work particulars alone."""

    class Meta:
        model = GridStaff
        fields = ["id", "grid", "part", "kind", "level", "name", "phone", "patch", "skills", "since", "until"]


class LiaisonOut(serializers.ModelSerializer[Liaison]):
    """Who looks after a grid, or after how many households without smartphones."""

    class Meta:
        model = Liaison
        fields = ["id", "grid", "kind", "name", "title", "phone", "households", "patch", "since", "until"]


class TeamOut(serializers.ModelSerializer[ServiceTeam]):
    """A service team and whom to call."""

    class Meta:
        model = ServiceTeam
        fields = ["id", "organ", "grid", "kind", "name", "contact", "phone", "members", "ended_at"]


class KeeperOut(serializers.ModelSerializer[Organ]):
    """The organ that a post keeps grids for."""

    class Meta:
        model = Organ
        fields = ["id", "code", "name", "short_name"]


class RoundPlanOut(serializers.ModelSerializer[RoundPlan]):
    """A plan of rounds."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = RoundPlan
        fields = [
            *("id", "organ", "name", "occasion", "rhythm", "checklist", "from_on", "until_on"),
            *("ended_at", "end_reason"),
        ]


class RoundOut(serializers.ModelSerializer[Round]):
    """One round of one grid, and the events that were found in it."""

    grid = serializers.CharField(source="grid.code")
    checklist = serializers.ListField(source="plan.checklist", child=serializers.CharField())
    finds = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = [
            *("id", "plan", "grid", "first_on", "last_on", "checklist", "done_at", "looked_at", "zero"),
            *("words", "finds"),
        ]

    @extend_schema_field(_KEYS)
    def get_finds(self, row: Round) -> list[UUID]:
        return [find.event_id for find in row.finds.all()]


class NoteOut(serializers.ModelSerializer[DiaryNote]):
    """A note of the diary, about a place or a service."""

    grid = serializers.CharField(source="grid.code")

    class Meta:
        model = DiaryNote
        fields = ["id", "grid", "about", "subject", "text", "written_at", "expires_on"]


class CourtyardOut(serializers.ModelSerializer[Courtyard]):
    """A courtyard: what stands in it and whom to call."""

    grid = serializers.CharField(source="grid.code")

    class Meta:
        model = Courtyard
        fields = [
            *("id", "grid", "name", "buildings", "stairwells", "contact", "phone"),
            *("hydrants", "valves", "meeting_point"),
        ]


class CardOut(serializers.ModelSerializer[HouseholdCard]):
    """That a household gave something for a service, until when; what it gave is read on its page alone."""

    class Meta:
        model = HouseholdCard
        fields = ["id", "courtyard", "help", "purpose", "agreed_on", "expires_on"]


class GatheringOut(serializers.ModelSerializer[Gathering]):
    """A gathering: what it was about, how many came, what was agreed and what came of it."""

    organ = serializers.CharField(source="organ.code")
    grid = serializers.CharField(source="grid.code", default=None, allow_null=True)

    class Meta:
        model = Gathering
        fields = [
            *("id", "organ", "grid", "kind", "topic", "place", "held_on", "state", "attendance", "matters"),
            *("settled", "agreement", "follow_up_on", "effect", "called_off_why"),
        ]


class EventOut(serializers.ModelSerializer[GridEvent]):
    """An event; its words as far as this post reads them, and never how a resident may be reached."""

    grid = serializers.CharField(source="grid.code")
    organ = serializers.CharField(source="organ.code")
    type = serializers.CharField(source="type.code")
    ledger = serializers.CharField(source="type.ledger")
    title = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()

    class Meta:
        model = GridEvent
        fields = [
            *("id", "number", "version", "state", "tier", "grid", "organ", "type", "ledger", "title", "text"),
            *("is_dangerous", "observed_at", "received_at", "next_due_at", "ended_at"),
        ]

    def get_title(self, event: GridEvent) -> str:
        return event.title if self._reads(event) else ""

    def get_text(self, event: GridEvent) -> str:
        return event.text if self._reads(event) else ""

    def _reads(self, event: GridEvent) -> bool:
        return shows_words(self.context["hat"], event)


def _as_it_is(_form: RefusableForm, _found: object) -> None:
    """Let a form be that needs to know nothing of what it is about."""


def _prepared(form: RefusableForm, grid: Grid) -> None:
    if isinstance(form, NameStaff):
        form.offer(grid, posts_of(grid, now=timezone.now()))


def _round_prepared(form: RefusableForm, row: Round) -> None:
    if isinstance(form, ReportRound):
        form.offer(row)


def _keeper_prepared(form: RefusableForm, organ: Organ) -> None:
    if isinstance(form, EnterGathering):
        form.offer(Grid.objects.standing().filter(place_path__startswith=organ.place.path))


@dataclass(frozen=True)
class Thing:
    """A kind of thing with deeds: where it lies, who finds it, and what a program reads of it."""

    address: str
    deeds: Mapping[str, Deed]
    # raises Unknown for what is not there and what is hidden alike (Q6)
    find: Callable[[Hat, Any], Any]
    out: type[serializers.BaseSerializer[Any]]
    # lets a form know what it is about
    prepare: Callable[[Any, Any], None]


_OF_KEEPERS = {**ON_GRIDS, **ON_ROUNDS, **ON_GATHERINGS}
THINGS = (
    Thing("grid-keepers/<int:pk>/", _OF_KEEPERS, own_organ, KeeperOut, _keeper_prepared),
    Thing("gatherings/<uuid:pk>/", ON_GATHERING, gathering_of, GatheringOut, fit),
    Thing("grids/<uuid:pk>/", ON_GRID, grid_of, GridOut, _prepared),
    Thing("grid-staff/<uuid:pk>/", ON_STAFF, staff_of, StaffOut, _as_it_is),
    Thing("grid-liaisons/<uuid:pk>/", ON_LIAISON, liaison_of, LiaisonOut, _as_it_is),
    Thing("service-teams/<uuid:pk>/", ON_TEAM, team_of, TeamOut, _as_it_is),
    Thing("grid-ground/<uuid:pk>/", ON_GROUND, ground_of, GridOut, _as_it_is),
    Thing("courtyards/<uuid:pk>/", ON_COURTYARD, courtyard_of, CourtyardOut, _as_it_is),
    Thing("household-cards/<uuid:pk>/", ON_CARD, card_of, CardOut, _as_it_is),
    Thing("diary/<uuid:pk>/", ON_NOTE, note_of, NoteOut, _as_it_is),
    Thing("round-plans/<uuid:pk>/", ON_PLAN, plan_of, RoundPlanOut, _as_it_is),
    Thing("rounds/<uuid:pk>/", ON_ROUND, round_of, RoundOut, _round_prepared),
    Thing("grid-events/<uuid:pk>/", ON_EVENT, event_of, EventOut, _as_it_is),
    Thing("grid-events/asked/<uuid:pk>/", ON_ASKED, asked_of, EventOut, _as_it_is),
)


def hat_of(request: Request) -> Hat:
    """Return the hat a program's key or a session wears."""
    return cast(Hat, request._request.hat)  # type: ignore[attr-defined]  # set by accounts.api


class ThingView(APIView):
    """One thing as this post reads it."""

    thing: Thing

    def get(self, request: Request, pk: UUID | int) -> Response:
        return Response(self.out_of(hat_of(request), pk))

    def out_of(self, hat: Hat, pk: UUID | int) -> Any:
        """Return the thing as this hat reads it.

        :raises Unknown: if there is none
        """
        return self.thing.out(self.thing.find(hat, pk), context={"hat": hat}).data


class DeedView(ThingView):
    """One deed of the table."""

    deed: Deed
    http_method_names = ("post", "options")

    def post(self, request: Request, pk: UUID | int) -> Response:
        hat, thing = hat_of(request), self.thing
        found = thing.find(hat, pk)
        form = self.deed.form(body_of(request), request.FILES)
        thing.prepare(form, found)
        check(form)
        self.deed.act(pk, form, hat, timezone.now())
        try:
            return Response(self.out_of(hat, pk))
        except Unknown:
            # it left this post's sight
            return Response(status=204)


class ReportView(APIView):
    """A new event, under a key of the sender's own: sent again it is answered as it was."""

    http_method_names = ("post", "options")
    parser_classes = parsers_of(Report)

    @extend_schema(
        operation_id="grid_event_report",
        request=serializer_of(Report, name="GridEventIn"),
        responses={
            201: EventOut,
            204: OpenApiResponse(
                description="It names a cadre: the petition office has it, and nobody else."
            ),
            **REFUSALS,
        },
    )
    def post(self, request: Request) -> Response:
        hat = hat_of(request)
        form = report_form(hat, body_of(request), request.FILES)
        check(form)
        photo = form.cleaned_data["photo"]
        key, photos = form.cleaned_data["event_id"], [check_file(photo)] if photo else []
        if form.is_for_the_office:
            report_cadre(key, form.event(), photos=photos, by=hat, now=timezone.now())
            return Response(status=204)
        event = report_event(key, form.event(), photos=photos, by=hat, now=timezone.now())
        return Response(EventOut(event_of(hat, event.pk), context={"hat": hat}).data, status=201)


class Newest(CursorPagination):
    """Pages by key, newest first."""

    page_size = 50
    ordering = "-id"


@extend_schema(responses={200: GridOut(many=True), **READING})
class GridList(generics.ListAPIView[Grid]):
    """The standing grids this post reads."""

    serializer_class = GridOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Grid]:
        rows = Grid.objects.visible_to(hat_of(self.request)).standing()
        rows = rows.select_related("organ", "place", "parent")
        return rows.prefetch_related("staff", "liaisons", "teams")


def _name_of(thing: Thing) -> str:
    """Return what a thing is called in the description of the programs' door."""
    return thing.address.partition("/<")[0].replace("/", "_").replace("-", "_")


@extend_schema(responses={200: EventOut(many=True), **READING})
class EventList(generics.ListAPIView[GridEvent]):
    """The events this post knows of, newest first."""

    serializer_class = EventOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[GridEvent]:
        return GridEvent.objects.visible_to(hat_of(self.request)).select_related("grid", "organ", "type")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "hat": hat_of(self.request)}


class DiaryView(generics.ListAPIView[DiaryNote]):
    """The diary of the grids this post works in, newest first; a note is written once under a key of the sender's."""

    serializer_class = NoteOut
    pagination_class = Newest
    parser_classes = parsers_of(WriteNote)

    def get_queryset(self) -> QuerySet[DiaryNote]:
        today = timezone.localdate()
        rows = DiaryNote.objects.visible_to(hat_of(self.request)).filter(expires_on__gte=today)
        return rows.select_related("grid")

    @extend_schema(
        operation_id="diary_write",
        request=serializer_of(WriteNote, name="DiaryNoteIn"),
        responses={201: NoteOut, **REFUSALS},
    )
    def post(self, request: Request) -> Response:
        hat = hat_of(request)
        form = note_form(hat, body_of(request))
        check(form)
        note = write_note(form.cleaned_data["note_id"], form.note(), by=hat, now=timezone.now())
        return Response(NoteOut(note).data, status=201)


@extend_schema(responses={200: RoundPlanOut(many=True), **READING})
class RoundPlanList(generics.ListAPIView[RoundPlan]):
    """The plans of rounds that this post reads, newest first."""

    serializer_class = RoundPlanOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[RoundPlan]:
        return RoundPlan.objects.visible_to(hat_of(self.request)).select_related("organ")


@extend_schema(responses={200: GatheringOut(many=True), **READING})
class GatheringList(generics.ListAPIView[Gathering]):
    """The gatherings that this post reads, newest first."""

    serializer_class = GatheringOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Gathering]:
        return Gathering.objects.visible_to(hat_of(self.request)).select_related("organ", "grid")


@extend_schema(responses={200: RoundOut(many=True), **READING})
class RoundList(generics.ListAPIView[Round]):
    """The rounds that this post reads, newest first."""

    serializer_class = RoundOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Round]:
        rows = Round.objects.visible_to(hat_of(self.request))
        return rows.select_related("plan", "grid").prefetch_related("finds")


def _view_of(thing: Thing) -> type[ThingView]:
    view: type[ThingView] = type(f"{thing.out.__name__}View", (ThingView,), {"thing": thing})
    responses = {200: thing.out, **READING}
    return extend_schema(operation_id=f"{_name_of(thing)}_read", responses=responses, methods=["GET"])(view)


def _deed_view_of(thing: Thing, deed: Deed) -> type[DeedView]:
    name = "".join(word.capitalize() for word in f"{_name_of(thing)}_{deed.name}".split("_"))
    view: type[DeedView] = type(
        f"{name}View", (DeedView,), {"thing": thing, "deed": deed, "parser_classes": parsers_of(deed.form)}
    )
    gone = OpenApiResponse(description="Done; it is no longer among those this post sees.")
    return extend_schema(
        operation_id=f"{_name_of(thing)}_{deed.name}",
        request=serializer_of(deed.form, name=f"{name}In"),
        responses={200: thing.out, 204: gone, **REFUSALS},
        description=str(deed.label),
    )(view)


urlpatterns: list[URLPattern] = [
    path("grids/", GridList.as_view(), name="grids"),
    path("grid-events/", EventList.as_view(), name="grid-events"),
    path("gatherings/", GatheringList.as_view(), name="gatherings"),
    path("diary/", DiaryView.as_view(), name="diary"),
    path("round-plans/", RoundPlanList.as_view(), name="round-plans"),
    path("rounds/", RoundList.as_view(), name="rounds"),
    path("grid-events/report/", ReportView.as_view(), name="grid-event-report"),
    *(path(thing.address, _view_of(thing).as_view(), name=_name_of(thing)) for thing in THINGS),
    *(
        path(
            f"{thing.address}{deed.slug}/",
            _deed_view_of(thing, deed).as_view(),
            name=f"{_name_of(thing)}-{deed.slug}",
        )
        for thing in THINGS
        for deed in thing.deeds.values()
    ),
]
