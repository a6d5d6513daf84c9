"""Grids for programs: the deeds of the pages' tables, each at an address of its own."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import hat_worn
from accounts.api_refusals import READING, REFUSALS
from accounts.deed_doors import Newest, Sent, Thing, as_sent, patterns_of
from accounts.models import Organ
from accounts.page_deeds import Deed
from grids.actions.ground import write_note
from grids.actions.reporting import report_cadre, report_event
from grids.api_shapes import (
    CardOut,
    CourtyardOut,
    EventOut,
    GatheringOut,
    GridOut,
    KeeperOut,
    LiaisonOut,
    NoteOut,
    OnMapOut,
    RoundOut,
    RoundPlanOut,
    SeriesOut,
    ServiceTeamOut,
    StaffOut,
)
from grids.event_deeds import ON_ASKED, ON_EVENT
from grids.event_pages import report_form
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
    series_of,
    staff_of,
    team_of,
)
from grids.forms.events import Report
from grids.forms.gatherings import EnterGathering
from grids.forms.ground import WriteNote
from grids.forms.hierarchy import NameStaff
from grids.forms.rounds import ReportRound
from grids.gathering_deeds import ON_GATHERING, ON_GATHERINGS, ON_SERIES
from grids.gathering_pages import fit
from grids.ground_deeds import ON_CARD, ON_COURTYARD, ON_GROUND, ON_NOTE
from grids.ground_pages import note_form
from grids.hierarchy_deeds import ON_GRID, ON_GRIDS, ON_LIAISON, ON_STAFF, ON_TEAM
from grids.hierarchy_pages import posts_of
from grids.map_deeds import ON_MAP
from grids.map_pages import grids_on_map
from grids.models import DiaryNote, Gathering, Grid, GridEvent, Round, RoundPlan
from grids.round_deeds import ON_PLAN, ON_ROUND, ON_ROUNDS
from infra.files import check as check_file
from lib.form_bodies import body_of, check, parsers_of
from lib.form_schema import serializer_of
from lib.forms import RefusableForm


def _on_grid(deed: Deed, sent: Sent, grid: Grid) -> RefusableForm:
    form = as_sent(deed, sent, grid)
    if isinstance(form, NameStaff):
        form.offer(grid, posts_of(grid, now=timezone.now()))
    return form


def _on_round(deed: Deed, sent: Sent, row: Round) -> RefusableForm:
    form = as_sent(deed, sent, row)
    if isinstance(form, ReportRound):
        form.offer(row)
    return form


def _by_keeper(deed: Deed, sent: Sent, organ: Organ) -> RefusableForm:
    form = as_sent(deed, sent, organ)
    if isinstance(form, EnterGathering):
        form.offer(Grid.objects.standing().filter(place_path__startswith=organ.place.path))
    return form


def _on_gathering(deed: Deed, sent: Sent, gathering: Gathering) -> RefusableForm:
    form = as_sent(deed, sent, gathering)
    fit(form, gathering)
    return form


_OF_KEEPERS = {**ON_GRIDS, **ON_ROUNDS, **ON_GATHERINGS, **ON_MAP}
THINGS = (
    Thing("grid-keepers/<int:pk>/", _OF_KEEPERS, own_organ, KeeperOut, form=_by_keeper),
    Thing("gatherings/<uuid:pk>/", ON_GATHERING, gathering_of, GatheringOut, form=_on_gathering),
    Thing("gathering-series/<uuid:pk>/", ON_SERIES, series_of, SeriesOut),
    Thing("grids/<uuid:pk>/", ON_GRID, grid_of, GridOut, form=_on_grid),
    Thing("grid-staff/<uuid:pk>/", ON_STAFF, staff_of, StaffOut),
    Thing("grid-liaisons/<uuid:pk>/", ON_LIAISON, liaison_of, LiaisonOut),
    Thing("service-teams/<uuid:pk>/", ON_TEAM, team_of, ServiceTeamOut),
    Thing("grid-ground/<uuid:pk>/", ON_GROUND, ground_of, GridOut),
    Thing("courtyards/<uuid:pk>/", ON_COURTYARD, courtyard_of, CourtyardOut),
    Thing("household-cards/<uuid:pk>/", ON_CARD, card_of, CardOut),
    Thing("diary/<uuid:pk>/", ON_NOTE, note_of, NoteOut),
    Thing("round-plans/<uuid:pk>/", ON_PLAN, plan_of, RoundPlanOut),
    Thing("rounds/<uuid:pk>/", ON_ROUND, round_of, RoundOut, form=_on_round),
    Thing("grid-events/<uuid:pk>/", ON_EVENT, event_of, EventOut),
    Thing("grid-events/asked/<uuid:pk>/", ON_ASKED, asked_of, EventOut),
)


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
        hat = hat_worn(request)
        form = report_form(hat, body_of(request), request.FILES)
        check(form)
        photo = form.cleaned_data["photo"]
        key, photos = form.cleaned_data["event_id"], [check_file(photo)] if photo else []
        if form.is_for_the_office:
            report_cadre(key, form.event(), photos=photos, by=hat, now=timezone.now())
            return Response(status=204)
        event = report_event(key, form.event(), photos=photos, by=hat, now=timezone.now())
        return Response(EventOut(event_of(hat, event.pk), context={"hat": hat}).data, status=201)


@extend_schema(responses={200: GridOut(many=True), **READING})
class GridList(generics.ListAPIView[Grid]):
    """The standing grids this post reads."""

    serializer_class = GridOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Grid]:
        rows = Grid.objects.visible_to(hat_worn(self.request)).standing()
        rows = rows.select_related("organ", "place", "parent")
        return rows.prefetch_related("staff", "liaisons", "teams")


@extend_schema(responses={200: EventOut(many=True), **READING})
class EventList(generics.ListAPIView[GridEvent]):
    """The events this post knows of, newest first."""

    serializer_class = EventOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[GridEvent]:
        return GridEvent.objects.visible_to(hat_worn(self.request)).select_related("grid", "organ", "type")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "hat": hat_worn(self.request)}


class MapView(APIView):
    """The grids whose events this post may ask for: how many are open and overdue, and the boundary."""

    @extend_schema(operation_id="grid_map_read", responses={200: OnMapOut(many=True), **READING})
    def get(self, request: Request) -> Response:
        rows = grids_on_map(hat_worn(request), now=timezone.now())
        return Response(OnMapOut(rows, many=True).data)


class DiaryView(generics.ListAPIView[DiaryNote]):
    """The diary of the grids this post works in, newest first; a note is written once under a key of the sender's."""

    serializer_class = NoteOut
    pagination_class = Newest
    parser_classes = parsers_of(WriteNote)

    def get_queryset(self) -> QuerySet[DiaryNote]:
        today = timezone.localdate()
        rows = DiaryNote.objects.visible_to(hat_worn(self.request)).filter(expires_on__gte=today)
        return rows.select_related("grid")

    @extend_schema(
        operation_id="diary_write",
        request=serializer_of(WriteNote, name="DiaryNoteIn"),
        responses={201: NoteOut, **REFUSALS},
    )
    def post(self, request: Request) -> Response:
        hat = hat_worn(request)
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
        return RoundPlan.objects.visible_to(hat_worn(self.request)).select_related("organ")


@extend_schema(responses={200: GatheringOut(many=True), **READING})
class GatheringList(generics.ListAPIView[Gathering]):
    """The gatherings that this post reads, newest first."""

    serializer_class = GatheringOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Gathering]:
        return Gathering.objects.visible_to(hat_worn(self.request)).select_related("organ", "grid")


@extend_schema(responses={200: RoundOut(many=True), **READING})
class RoundList(generics.ListAPIView[Round]):
    """The rounds that this post reads, newest first."""

    serializer_class = RoundOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Round]:
        rows = Round.objects.visible_to(hat_worn(self.request))
        return rows.select_related("plan", "grid").prefetch_related("finds")


urlpatterns: list[URLPattern] = [
    path("grids/", GridList.as_view(), name="grids"),
    path("grid-events/", EventList.as_view(), name="grid-events"),
    path("grid-map/", MapView.as_view(), name="grid-map"),
    path("gatherings/", GatheringList.as_view(), name="gatherings"),
    path("diary/", DiaryView.as_view(), name="diary"),
    path("round-plans/", RoundPlanList.as_view(), name="round-plans"),
    path("rounds/", RoundList.as_view(), name="rounds"),
    path("grid-events/report/", ReportView.as_view(), name="grid-event-report"),
    *patterns_of(THINGS),
]
