"""Figures for programs: every indicator of some days with its parts, as this post may know of them."""

from typing import Any

from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import hat_worn
from accounts.api_refusals import READING, RefusalOut
from indicators.catalogue import CATALOGUE
from indicators.figures import figures_of, percent, volume
from indicators.measures import MEASURES
from indicators.models import Fact
from indicators.sweeps import complete_until
from indicators.universe import Universe
from lib.errors import NotAllowed, Refused
from reports.forms import Days
from reports.views import READS_FIGURES


class FigureOut(serializers.Serializer[Any]):
    """One indicator: how many of how many, in which parts, and its rate; a dash for an empty denominator."""

    code = serializers.CharField()
    name = serializers.CharField()
    counted = serializers.IntegerField()
    of = serializers.IntegerField()
    rate = serializers.CharField()
    parts = serializers.DictField(child=serializers.IntegerField())


class FiguresOut(serializers.Serializer[Any]):
    """The figures of some days, half-open, in one universe, as they are known now or were on a day."""

    since = serializers.DateField()
    until = serializers.DateField()
    universe = serializers.CharField()
    as_of = serializers.DateField(allow_null=True)
    complete_until = serializers.DateTimeField()
    batches = serializers.IntegerField()
    persons = serializers.IntegerField()
    indicators = FigureOut(many=True)


class FiguresView(APIView):
    """The same numbers as the dashboard's."""

    @extend_schema(
        parameters=[
            OpenApiParameter("since", str, description="first day, 2026-01-01"),
            OpenApiParameter("until", str, description="last day, which belongs to them, 2026-03-31"),
            OpenApiParameter("universe", str, enum=[universe.value for universe in Universe]),
            OpenApiParameter("as_of", str, description="as known on the evening of, 2026-04-01"),
        ],
        responses={200: FiguresOut, 400: RefusalOut, **READING},
    )
    def get(self, request: Request) -> Response:
        """Return every indicator of some days."""
        hat, now = hat_worn(request), timezone.now()
        if hat.role not in READS_FIGURES:
            raise NotAllowed(_("Your post reads no figures."))
        form = Days(request._request.GET, today=timezone.localdate(now))
        if not form.is_valid():
            faults = {name: str(said[0]) for name, said in form.errors.items()}
            raise Refused(_("Some fields need another look."), fields=faults)
        asked, seen = form.asked(""), Fact.objects.visible_to(hat)
        registered = volume(asked, seen)
        indicators = [
            {
                "code": code.value,
                "name": str(CATALOGUE[code].name),
                "counted": its.counted,
                "of": its.of,
                "rate": percent(its.rate),
                "parts": {part.value: count for part, count in its.parts.items()},
            }
            for code, its in figures_of(MEASURES, asked, seen, now=now).items()
        ]
        found = {
            "since": asked.period.since,
            "until": asked.period.until,
            "universe": asked.universe.value,
            "as_of": asked.as_of,
            "complete_until": complete_until(now),
            "batches": registered.batches,
            "persons": registered.persons,
            "indicators": indicators,
        }
        return Response(FiguresOut(found).data)


urlpatterns: list[URLPattern] = [path("figures/", FiguresView.as_view(), name="figures")]
