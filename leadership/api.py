"""What is asked, supervised and lifted, for programs: the deeds of the pages' table, each at an address of its own."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_refusals import READING, REFUSALS
from accounts.hats import Hat
from accounts.page_deeds import Deed
from assignments.models import Assignment
from cases.deeds import DEEDS as ON_CASES
from cases.models import Petition
from leadership import finding
from leadership import permissions as may
from leadership.deeds import ON_ASKED, ON_BULLETIN, ON_LIFT, ON_PETITION, ON_REPORT, ON_SLIP
from leadership.forms.reception import Leaders, OnLeaders
from leadership.leaders_api import OF_LEADERS
from leadership.models import Bulletin, LiftAddressee, PetitionLift, Slip, Station, UrgentNotice, UrgentReport
from leadership.offers import form_of, units_that_lead
from leadership.offices_api import ALONE, OF_OFFICES, Alone, StationOut
from leadership.pages import slips_of
from leadership.roster_pages import labelled
from leadership.rosters import leaders_for, office_for, office_of
from leadership.things import Thing
from lib.errors import Unknown
from lib.form_bodies import body_of, check, parsers_of
from lib.form_schema import serializer_of


class SlipOut(serializers.ModelSerializer[Slip]):
    """A slip or recommendation; its assignment is what is answered and verified."""

    petition = serializers.CharField(source="petition.number")
    issuer = serializers.CharField(source="issuer.code")
    addressee = serializers.CharField(source="addressee.code")
    number = serializers.CharField(source="document.number", default="")

    class Meta:
        model = Slip
        fields = [
            *("id", "petition", "kind", "state", "version", "issuer", "addressee", "number"),
            *("ground", "grade", "due_on", "opened_at", "assignment", "adopted"),
            *("meeting", "decided_on", "decision_number", "held_at", "held_where", "called"),
        ]


class AskedOut(serializers.ModelSerializer[Assignment]):
    """What is asked of an organ or a post, by which day, and how it was answered."""

    organ = serializers.CharField(source="organ.code", default=None, allow_null=True)
    asking_organ = serializers.CharField(source="asking_organ.code")
    last_day = serializers.DateField(source="clock.last_day", allow_null=True)

    class Meta:
        model = Assignment
        fields = [
            *("id", "kind", "state", "act", "organ", "asking_organ", "asked_at", "last_day"),
            *("received_at", "replied_at", "reply", "ended_at"),
        ]


class AddresseeOut(serializers.ModelSerializer[LiftAddressee]):
    """Whoever a lifted petition is put before, and whether he took it or gave it back."""

    class Meta:
        model = LiftAddressee
        fields = ["assignment", "state", "chosen"]


class LiftOut(serializers.ModelSerializer[PetitionLift]):
    """A petition lifted, or proposed to be lifted, from tier to tier."""

    petition = serializers.CharField(source="petition.number")
    addressees = AddresseeOut(many=True)

    class Meta:
        model = PetitionLift
        fields = [
            *("id", "petition", "state", "from_tier", "to_tier", "raised_at", "ended_at", "assignment"),
            "addressees",
        ]


class NoticeOut(serializers.ModelSerializer[UrgentNotice]):
    """To whom an urgent report went, how and when."""

    class Meta:
        model = UrgentNotice
        fields = ["recipient", "means", "sent_at"]


class ReportOut(serializers.ModelSerializer[UrgentReport]):
    """A report of a grave and urgent matter, and who was told (Art 25)."""

    petition = serializers.CharField(source="petition.number")
    number = serializers.CharField(source="document.number")
    notices = NoticeOut(many=True)

    class Meta:
        model = UrgentReport
        fields = ["id", "petition", "number", "discovered_at", "reported_at", "notices"]


class BulletinOut(serializers.ModelSerializer[Bulletin]):
    """A month's bulletin, and where it stands; its matters are on its page."""

    office = serializers.CharField(source="office.code")
    number = serializers.CharField(source="document.number", default="")

    class Meta:
        model = Bulletin
        fields = ["id", "office", "month", "state", "version", "number"]


class SupervisionOut(serializers.Serializer[Any]):
    """What of supervision and lifting this post reads on one petition."""

    slips = SlipOut(many=True)
    lifts = LiftOut(many=True)
    reports = ReportOut(many=True)


def _supervision_of(hat: Hat, petition: Petition) -> dict[str, Any]:
    now = timezone.now()
    reads_reports = may.reads_reports(hat, petition)
    reports = UrgentReport.objects.filter(petition=petition).select_related("document", "petition")
    lifts = (
        PetitionLift.objects.filter(petition=petition)
        .select_related("petition")
        .prefetch_related("addressees")
        .order_by("raised_at", "pk")
    )
    return {
        "slips": [shown.slip for shown in slips_of(petition, hat, now)],
        "lifts": lifts,
        "reports": reports.prefetch_related("notices").order_by("pk") if reads_reports else [],
    }


THINGS = (
    Thing(
        "petitions/<uuid:pk>/supervision/",
        {
            slug: deed
            for slug, deed in ON_PETITION.items()
            if slug not in {one.slug for one in ON_CASES.values()}
        },
        finding.petition_of,
        lambda found: found,
        SupervisionOut,
        _supervision_of,
    ),
    Thing("slips/<uuid:pk>/", ON_SLIP, finding.slip_of, lambda found: found.petition, SlipOut),
    Thing(
        "asked/<uuid:pk>/",
        ON_ASKED,
        lambda hat, pk: finding.asked_of(hat, pk)[0],
        lambda _found: None,
        AskedOut,
    ),
    Thing("lifts/<uuid:pk>/", ON_LIFT, finding.lift_of, lambda found: found.petition, LiftOut),
    Thing("urgent-reports/<uuid:pk>/", ON_REPORT, finding.report_of, lambda _found: None, ReportOut),
    Thing("bulletins/<uuid:pk>/", ON_BULLETIN, finding.bulletin_of, lambda _found: None, BulletinOut),
    *OF_LEADERS,
    *OF_OFFICES,
)


def _hat(request: Request) -> Hat:
    return cast(Hat, request._request.hat)  # type: ignore[attr-defined]  # set by accounts.api


class ThingView(APIView):
    """One thing as this post reads it."""

    thing: Thing

    def get(self, request: Request, pk: UUID | str) -> Response:
        hat = _hat(request)
        found = self.thing.find(hat, pk)
        return Response(self.thing.out(self.thing.read(hat, found)).data)


class DeedView(ThingView):
    """One deed of the table."""

    deed: Deed
    http_method_names = ("post", "options")

    def post(self, request: Request, pk: UUID | str) -> Response:
        hat, thing = _hat(request), self.thing
        found = thing.find(hat, pk)
        petition = thing.petition(found)
        organs = units_that_lead(petition) if petition is not None else None
        form = form_of(
            self.deed, body_of(request), request.FILES, organs=organs, leaders=_leaders(self.deed, hat)
        )
        check(form)
        self.deed.act(thing.key(pk, found), form, hat, timezone.now())
        return _stands(thing, hat, pk)


class AloneView(APIView):
    """A deed that begins a thing, or ends one that has no page."""

    alone: Alone
    http_method_names = ("post", "options")

    def post(self, request: Request, pk: UUID | int | None = None) -> Response:
        hat, deed, shows = _hat(request), self.alone.deed, self.alone.shows
        form = form_of(deed, body_of(request), request.FILES, organs=None, leaders=_leaders(deed, hat))
        check(form)
        done = deed.act(pk, form, hat, timezone.now())
        if shows is None:
            return Response(status=204)
        assert isinstance(done, Model)  # noqa: S101  what is begun is a row
        return _stands(shows, hat, done.pk)


def _leaders(deed: Deed, hat: Hat) -> Leaders:
    """Return the leaders whom a form of the roster knows by their lines."""
    office = office_of(hat.organ) if issubclass(deed.form, OnLeaders) else None
    return labelled(leaders_for(office, on=timezone.localdate())) if office is not None else ()


def _stands(thing: Thing, hat: Hat, pk: UUID | str) -> Response:
    """Return where it stands after a deed; nothing once it left this post's sight."""
    try:
        found = thing.find(hat, pk)
    except Unknown:
        return Response(status=204)
    return Response(thing.out(thing.read(hat, found)).data)


class Newest(CursorPagination):
    """Pages by key, newest first."""

    page_size = 50
    ordering = "-id"


@extend_schema(responses={200: AskedOut(many=True), **READING})
class AskedList(generics.ListAPIView[Assignment]):
    """What is asked of this post and its organ and still owed, or waits to be verified."""

    serializer_class = AskedOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Assignment]:
        asked = Assignment.objects.asked_of(_hat(self.request)).standing()
        return asked.select_related("organ", "asking_organ", "clock")


@extend_schema(responses={200: SlipOut(many=True), **READING})
class SlipList(generics.ListAPIView[Slip]):
    """The slips and recommendations of this post's own office, drafts too."""

    serializer_class = SlipOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Slip]:
        hat = _hat(self.request)
        rows = Slip.objects.of_issuer(hat) if may.kinds_for(hat) else Slip.objects.none()
        return rows.select_related("petition", "issuer", "addressee", "document")


def _view_of(thing: Thing) -> type[ThingView]:
    name = thing.address.partition("/")[0].replace("-", "_")
    view: type[ThingView] = type(f"{thing.out.__name__}View", (ThingView,), {"thing": thing})
    return extend_schema(
        operation_id=f"{name}_supervision" if thing.out is SupervisionOut else f"{name}_read",
        responses={200: thing.out, **READING},
        methods=["GET"],
    )(view)


def _deed_view_of(thing: Thing, deed: Deed) -> type[DeedView]:
    kind = thing.out.__name__.removesuffix("Out")
    name = kind + "".join(word.capitalize() for word in deed.name.split("_"))
    view: type[DeedView] = type(
        f"{name}View", (DeedView,), {"thing": thing, "deed": deed, "parser_classes": parsers_of(deed.form)}
    )
    gone = OpenApiResponse(description="Done; it is no longer among those this post sees.")
    return extend_schema(
        operation_id=f"{kind.lower()}_{deed.name}",
        request=serializer_of(deed.form, name=f"{name}In"),
        responses={200: thing.out, 204: gone, **REFUSALS},
        description=str(deed.label),
    )(view)


@extend_schema(responses={200: StationOut(many=True), **READING})
class StationList(generics.ListAPIView[Station]):
    """The open stations of the office of this post's place."""

    serializer_class = StationOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Station]:
        rows = Station.objects.standing().filter(office=office_for(_hat(self.request)))
        return rows.select_related("place", "organ")


def _alone_view_of(alone: Alone) -> type[AloneView]:
    name = "".join(word.capitalize() for word in alone.deed.name.split("_"))
    facts = {"alone": alone, "parser_classes": parsers_of(alone.deed.form)}
    view: type[AloneView] = type(f"{name}AloneView", (AloneView,), facts)
    shown = {200: alone.shows.out} if alone.shows is not None else {}
    return extend_schema(
        operation_id=f"office_{alone.deed.name}",
        request=serializer_of(alone.deed.form, name=f"{name}AloneIn"),
        responses={**shown, 204: OpenApiResponse(description="Done."), **REFUSALS},
        description=str(alone.deed.label),
    )(view)


def patterns_of(things: Iterable[Thing]) -> list[URLPattern]:
    """Return the addresses of some kinds of things: each as it is read, and each of its deeds."""
    kinds = list(things)
    return [
        *(path(thing.address, _view_of(thing).as_view(), name=thing.out.__name__) for thing in kinds),
        *(
            path(
                f"{thing.address}{deed.slug}/",
                _deed_view_of(thing, deed).as_view(),
                name=f"{thing.out.__name__}-{deed.slug}",
            )
            for thing in kinds
            for deed in thing.deeds.values()
        ),
    ]


def alone_patterns_of(deeds: Iterable[Alone]) -> list[URLPattern]:
    """Return the addresses of some deeds that begin a thing, or end one that has no page."""
    return [
        path(alone.address, _alone_view_of(alone).as_view(), name=f"office-{alone.deed.slug}")
        for alone in deeds
    ]


urlpatterns: list[URLPattern] = [
    *alone_patterns_of(ALONE),
    path("stations/", StationList.as_view(), name="stations"),
    path("asked/", AskedList.as_view(), name="asked"),
    path("slips/", SlipList.as_view(), name="slips"),
    *patterns_of(THINGS),
]
