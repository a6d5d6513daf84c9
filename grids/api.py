"""Grids for programs: the deeds of the pages' tables, each at an address of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
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
from grids.finding import grid_of
from grids.forms.hierarchy import NameStaff
from grids.hierarchy_deeds import ON_GRID
from grids.hierarchy_pages import posts_of
from grids.models import Grid
from lib.errors import Unknown
from lib.form_bodies import body_of, check, parsers_of
from lib.form_schema import serializer_of
from lib.forms import RefusableForm


class GridOut(serializers.ModelSerializer[Grid]):
    """A grid and what is posted of it."""

    organ = serializers.CharField(source="organ.code")
    place = serializers.CharField(source="place.code")
    above = serializers.CharField(source="parent.code", default=None, allow_null=True)

    class Meta:
        model = Grid
        fields = [
            *("id", "code", "name", "level", "above", "organ", "place", "area", "band"),
            *("complaint_phone", "posted_at", "ended_at"),
        ]


def _prepared(form: RefusableForm, grid: Grid) -> None:
    if isinstance(form, NameStaff):
        form.offer(grid, posts_of(grid, now=timezone.now()))


@dataclass(frozen=True)
class Thing:
    """A kind of thing with deeds: where it lies, who finds it, and what a program reads of it."""

    address: str
    deeds: Mapping[str, Deed]
    # raises Unknown for what is not there and what is hidden alike (Q6)
    find: Callable[[Hat, UUID], Any]
    out: type[serializers.BaseSerializer[Any]]
    # lets a form know what it is about
    prepare: Callable[[Any, Any], None]


THINGS = (Thing("grids/<uuid:pk>/", ON_GRID, grid_of, GridOut, _prepared),)


def hat_of(request: Request) -> Hat:
    """Return the hat a program's key or a session wears."""
    return cast(Hat, request._request.hat)  # type: ignore[attr-defined]  # set by accounts.api


class ThingView(APIView):
    """One thing as this post reads it."""

    thing: Thing

    def get(self, request: Request, pk: UUID) -> Response:
        return Response(self.thing.out(self.thing.find(hat_of(request), pk)).data)


class DeedView(ThingView):
    """One deed of the table."""

    deed: Deed
    http_method_names = ("post", "options")

    def post(self, request: Request, pk: UUID) -> Response:
        hat, thing = hat_of(request), self.thing
        found = thing.find(hat, pk)
        form = self.deed.form(body_of(request), request.FILES)
        thing.prepare(form, found)
        check(form)
        self.deed.act(pk, form, hat, timezone.now())
        try:
            return Response(thing.out(thing.find(hat, pk)).data)
        except Unknown:
            # it left this post's sight
            return Response(status=204)


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
        return rows.select_related("organ", "place", "parent")


def _view_of(thing: Thing) -> type[ThingView]:
    name = thing.address.partition("/")[0]
    view: type[ThingView] = type(f"{thing.out.__name__}View", (ThingView,), {"thing": thing})
    return extend_schema(operation_id=f"{name}_read", responses={200: thing.out, **READING}, methods=["GET"])(
        view
    )


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


urlpatterns: list[URLPattern] = [
    path("grids/", GridList.as_view(), name="grids"),
    *(path(thing.address, _view_of(thing).as_view(), name=thing.out.__name__) for thing in THINGS),
    *(
        path(
            f"{thing.address}{deed.slug}/",
            _deed_view_of(thing, deed).as_view(),
            name=f"{thing.out.__name__}-{deed.slug}",
        )
        for thing in THINGS
        for deed in thing.deeds.values()
    ),
]
