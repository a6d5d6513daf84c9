"""Reports of figures, for programs: the deeds of the pages' table, each at an address of its own."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from accounts.api import hat_worn
from accounts.api_refusals import READING
from accounts.deed_doors import Alone, Newest, Sent, Thing, alone_patterns_of, patterns_of
from accounts.page_deeds import Deed
from reports import permissions as may
from reports.models import Report, ReportFigure
from reports.written.cells import shown
from reports.written.deeds import BEGIN_ANALYSIS, ON_REPORT
from reports.written.forms import BeginAnalysis
from reports.written.pages import report_of


class ReportFigureOut(serializers.ModelSerializer[ReportFigure]):
    """One number of a report, as its page shows it: of too few petitions it says no more than that."""

    count = serializers.SerializerMethodField()
    before = serializers.SerializerMethodField()

    class Meta:
        model = ReportFigure
        fields = ["group", "key", "count", "before"]

    def get_count(self, figure: ReportFigure) -> str:
        return shown(figure.count)

    def get_before(self, figure: ReportFigure) -> str | None:
        return None if figure.before is None else shown(figure.before)


class FiguresReportOut(serializers.ModelSerializer[Report]):
    """A report of figures: its days, where it stands, its numbers as they were known at the end of `as_of`."""

    office = serializers.CharField(source="office.code")
    number = serializers.CharField(source="document.number", default="")
    figures = ReportFigureOut(many=True)

    class Meta:
        model = Report
        fields = [
            *("id", "office", "kind", "state", "version", "since", "until", "as_of", "universe"),
            *("subject", "causes", "recommendations", "other", "number", "figures"),
        ]


def _in_its_place(_deed: Deed, sent: Sent, _found: None) -> BeginAnalysis:
    return BeginAnalysis(sent.body, inside=sent.by.organ.place)


REPORT = Thing("reports/<uuid:pk>/", ON_REPORT, report_of, FiguresReportOut)


@extend_schema(responses={200: FiguresReportOut(many=True), **READING})
class ReportList(generics.ListAPIView[Report]):
    """The reports of figures this post reads."""

    serializer_class = FiguresReportOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Report, Any]:
        rows = may.reports_for(hat_worn(self.request))
        return rows.select_related("office", "document").prefetch_related("figures")


urlpatterns: list[URLPattern] = [
    *alone_patterns_of([Alone("reports/begin-analysis/", BEGIN_ANALYSIS, REPORT, form=_in_its_place)]),
    path("reports/", ReportList.as_view(), name="reports"),
    *patterns_of([REPORT]),
]
