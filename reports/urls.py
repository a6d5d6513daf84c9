"""Addresses of figures."""

from django.urls import path

from reports import views
from reports.flow import views as flow
from reports.written import views as written

app_name = "reports"

urlpatterns = [
    path("figures/", views.dashboard, name="dashboard"),
    path("figures/units/", views.units, name="units"),
    path("figures/definitions/", views.definitions, name="definitions"),
    path("figures/frozen/", views.freeze, name="freeze"),
    path("figures/frozen/<int:pk>/", views.frozen, name="frozen"),
    path("figures/flow/", flow.flow, name="flow"),
    path("figures/out/", flow.out, name="out"),
    path("figures/out/workbook/", flow.workbook, name="workbook"),
    path("figures/out/logs/<uuid:log_id>/", flow.log, name="log"),
    path("figures/out/logs/<uuid:log_id>/progress/", flow.progress, name="log_progress"),
    path("figures/out/logs/<uuid:log_id>/file/", flow.log_file, name="log_file"),
    path("figures/reports/", written.reports, name="reports"),
    path("figures/reports/begin/", written.begin, name="begin_analysis"),
    path("figures/reports/<uuid:report_id>/", written.report, name="report"),
    path("figures/reports/<uuid:report_id>/paper/", written.paper, name="report_paper"),
    path("figures/reports/<uuid:report_id>/working-copy/", written.copy_of_paper, name="report_working_copy"),
    path("figures/reports/<uuid:report_id>/<slug:slug>/", written.on_report, name="on_report"),
    path("figures/frozen/<int:pk>/<str:code>/<str:part>/", views.frozen_number, name="frozen_number"),
]
