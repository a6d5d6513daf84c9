"""Months of scores, for programs: read as they were frozen, and closed by the deed of the page."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from accounts.api import hat_worn
from accounts.api_refusals import READING
from accounts.deed_doors import Alone, Newest, Thing, alone_patterns_of, patterns_of
from accounts.hats import Hat
from scoring import permissions as may
from scoring.finding import month_of
from scoring.models import CloseLine, MonthClose
from scoring.month_deeds import CLOSE_MONTH
from scoring.standing_pages import lines_read


class CloseLineOut(serializers.ModelSerializer[CloseLine]):
    """How one unit stood: less, more and the score, by the version it was assessed by."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = CloseLine
        fields = ["organ", "rule_set", "volume", "entered", "deducted", "bonus", "score"]


class MonthLine(serializers.ModelSerializer[MonthClose]):
    """A closed month as their list shows it."""

    place = serializers.CharField(source="place.code")

    class Meta:
        model = MonthClose
        fields = ["id", "place", "year", "month", "closed_at"]


class MonthOut(MonthLine):
    """A closed month with the units that this post reads."""

    lines = CloseLineOut(many=True)

    class Meta(MonthLine.Meta):
        fields = [*MonthLine.Meta.fields, "lines"]


def _with_lines(hat: Hat, found: Any) -> MonthClose:
    close: MonthClose = found
    lines = lines_read(hat, close, today=timezone.localdate())
    return (
        MonthClose.objects.prefetch_related(Prefetch("lines", lines)).select_related("place").get(pk=close.pk)
    )


@extend_schema(responses={200: MonthLine(many=True), **READING})
class MonthList(generics.ListAPIView[MonthClose]):
    """The closed months this post reads."""

    serializer_class = MonthLine
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[MonthClose]:
        return may.closes_for(hat_worn(self.request)).select_related("place")


MONTH = Thing("score-months/<uuid:pk>/", {}, month_of, MonthOut, read=_with_lines)

urlpatterns: list[URLPattern] = [
    path("score-months/", MonthList.as_view(), name="score-month-list"),
    *alone_patterns_of((Alone("score-months/close/", CLOSE_MONTH, MONTH),)),
    *patterns_of((MONTH,)),
]
