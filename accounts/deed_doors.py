"""The programs' door to a room's deeds: a kind of thing is read at an address, and each of its deeds lies below it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import QueryDict
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import hat_worn
from accounts.api_refusals import READING, REFUSALS
from accounts.hats import Hat
from accounts.page_deeds import Deed
from lib.errors import Unknown
from lib.form_bodies import body_of, check, parsers_of
from lib.form_schema import serializer_of
from lib.forms import RefusableForm


@dataclass(frozen=True)
class Sent:
    """What a program sent, and under which hat."""

    body: QueryDict
    files: MultiValueDict[str, Any]
    by: Hat


# makes a deed's form of what was sent and of what it is done to, which is nothing where a thing begins
MakeForm = Callable[[Deed, Sent, Any], RefusableForm]


def as_sent(deed: Deed, sent: Sent, _found: object) -> RefusableForm:
    """Return the form of a deed that needs to know nothing of what it is done to."""
    return deed.form(sent.body, files=sent.files)


@dataclass(frozen=True)
class Thing:
    """A kind of thing with deeds: where it lies, who finds it, and what a program reads of it."""

    address: str
    deeds: Mapping[str, Deed]
    # raises Unknown for what is not there and what is hidden alike (Q6)
    find: Callable[[Hat, Any], Any]
    # is given the hat that reads as `hat` of its context
    out: type[serializers.BaseSerializer[Any]]
    read: Callable[[Hat, Any], Any] = lambda _hat, found: found
    # what its deeds take as its key, from the address and what was found
    key: Callable[[UUID | int | str, Any], Any] = lambda pk, _found: pk
    form: MakeForm = as_sent

    @property
    def name(self) -> str:
        """The address in one word, as the description of the programs' door names it."""
        return _name_of(self.address)


@dataclass(frozen=True)
class Alone:
    """A deed on nothing that lies at an address: it begins a thing, which is shown then, or ends what has no page."""

    address: str
    deed: Deed
    shows: Thing | None = None
    form: MakeForm = as_sent

    @property
    def name(self) -> str:
        """The address in one word, as the description of the programs' door names it."""
        return _name_of(self.address)


class Newest(CursorPagination):
    """Pages by key, newest first."""

    page_size = 50
    ordering = "-id"


def patterns_of(things: Iterable[Thing]) -> list[URLPattern]:
    """Return the addresses of some kinds of things: each as it is read, and each of its deeds."""
    kinds = list(things)
    return [
        *(path(thing.address, _view_of(thing).as_view(), name=thing.name) for thing in kinds),
        *(
            path(
                f"{thing.address}{deed.slug}/",
                _deed_view_of(thing, deed).as_view(),
                name=f"{thing.name}-{deed.slug}",
            )
            for thing in kinds
            for deed in thing.deeds.values()
        ),
    ]


def alone_patterns_of(deeds: Iterable[Alone]) -> list[URLPattern]:
    """Return the addresses of some deeds that begin a thing, or end one that has no page."""
    return [path(alone.address, _alone_view_of(alone).as_view(), name=alone.name) for alone in deeds]


class ThingView(APIView):
    """One thing as this post reads it."""

    thing: Thing

    def get(self, request: Request, pk: UUID | int | str) -> Response:
        return Response(_read(self.thing, hat_worn(request), pk))


class DeedView(ThingView):
    """One deed of the table."""

    deed: Deed
    http_method_names = ("post", "options")

    def post(self, request: Request, pk: UUID | int | str) -> Response:
        hat, thing = hat_worn(request), self.thing
        found = thing.find(hat, pk)
        form = thing.form(self.deed, Sent(body_of(request), request.FILES, hat), found)
        check(form)
        self.deed.act(thing.key(pk, found), form, hat, timezone.now())
        return _stands(thing, hat, pk)


class AloneView(APIView):
    """A deed that begins a thing, or ends one that has no page."""

    alone: Alone
    http_method_names = ("post", "options")

    def post(self, request: Request, pk: UUID | int | None = None) -> Response:
        hat, deed, shows = hat_worn(request), self.alone.deed, self.alone.shows
        form = self.alone.form(deed, Sent(body_of(request), request.FILES, hat), None)
        check(form)
        done = deed.act(pk, form, hat, timezone.now())
        if shows is None:
            return Response(status=204)
        assert isinstance(done, Model)  # noqa: S101  what is begun is a row
        return _stands(shows, hat, done.pk)


def _read(thing: Thing, hat: Hat, pk: Any) -> Any:
    """Return a thing as this hat reads it.

    :raises Unknown: if there is none, or it is hidden from this hat
    """
    return thing.out(thing.read(hat, thing.find(hat, pk)), context={"hat": hat}).data


def _stands(thing: Thing, hat: Hat, pk: Any) -> Response:
    """Return where it stands after a deed; nothing once it left this post's sight."""
    try:
        return Response(_read(thing, hat, pk))
    except Unknown:
        return Response(status=204)


def _name_of(address: str) -> str:
    return re.sub(r"<[^>]+>/", "", address).strip("/").replace("/", "_").replace("-", "_")


def _class_name(words: str) -> str:
    return "".join(word.capitalize() for word in words.split("_"))


def _view_of(thing: Thing) -> type[ThingView]:
    view: type[ThingView] = type(f"{_class_name(thing.name)}View", (ThingView,), {"thing": thing})
    responses = {200: thing.out, **READING}
    told = extend_schema(operation_id=f"{thing.name}_read", responses=responses)
    return extend_schema_view(get=told)(view)


def _deed_view_of(thing: Thing, deed: Deed) -> type[DeedView]:
    name = f"{thing.name}_{deed.name}"
    facts = {"thing": thing, "deed": deed, "parser_classes": parsers_of(deed.form)}
    view: type[DeedView] = type(f"{_class_name(name)}View", (DeedView,), facts)
    gone = OpenApiResponse(description="Done; it is no longer among those this post sees.")
    told = extend_schema(
        operation_id=name,
        request=serializer_of(deed.form, name=f"{_class_name(name)}In"),
        responses={200: thing.out, 204: gone, **REFUSALS},
        description=str(deed.label),
    )
    return extend_schema_view(post=told)(view)


def _alone_view_of(alone: Alone) -> type[AloneView]:
    facts = {"alone": alone, "parser_classes": parsers_of(alone.deed.form)}
    view: type[AloneView] = type(f"{_class_name(alone.name)}View", (AloneView,), facts)
    shown = {200: alone.shows.out} if alone.shows is not None else {}
    told = extend_schema(
        operation_id=alone.name,
        request=serializer_of(alone.deed.form, name=f"{_class_name(alone.name)}In"),
        responses={**shown, 204: OpenApiResponse(description="Done."), **REFUSALS},
        description=str(alone.deed.label),
    )
    return extend_schema_view(post=told)(view)
