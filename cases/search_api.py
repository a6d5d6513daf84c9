"""The search for programs: numbers, places and words. Persons are looked for by people alone (Q5)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import hat_worn
from accounts.api_refusals import READING, RefusalOut
from cases.api import PetitionOut
from cases.forms.search import SearchForm
from cases.fragments import shown
from cases.search import Order, find
from lib.errors import Refused


class HitOut(serializers.Serializer[Any]):
    """One found petition, and where the words stand in it, covered as on its page."""

    petition = PetitionOut()
    fragments = serializers.ListField(child=serializers.CharField())


class FoundOut(serializers.Serializer[Any]):
    """The first fifty, and whether there are more."""

    results = HitOut(many=True)
    more = serializers.BooleanField()


class SearchView(APIView):
    """The same question as the page's box."""

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="petition number or words of two characters or more"),
            OpenApiParameter("place", str, description="code of a township"),
            OpenApiParameter("since", str, description="received from, 2026-03-02"),
            OpenApiParameter("until", str, description="received until, 2026-03-02"),
            OpenApiParameter("order", str, enum=[order.value for order in Order]),
        ],
        responses={200: FoundOut, 400: RefusalOut, **READING},
    )
    def get(self, request: Request) -> Response:
        """Find petitions by number, place or words."""
        hat = hat_worn(request)
        form = SearchForm(request._request.GET, hat=hat)
        if not form.is_valid():
            faults = {name: str(said[0]) for name, said in form.errors.items()}
            raise Refused(_("Some fields need another look."), fields=faults)
        if form.typed.is_personal or form.typed.code:
            raise Refused(_("Persons are not looked for through an address."))
        question = form.question()
        found = find(question, hat=hat, today=timezone.localdate())
        marked = shown(found.petitions, question.typed.terms)
        results = [
            {
                "petition": petition,
                "fragments": [
                    "".join(part.text for part in fragment) for fragment in marked[petition.pk].fragments
                ],
            }
            for petition in found.petitions
        ]
        return Response(FoundOut({"results": results, "more": found.more}).data)
