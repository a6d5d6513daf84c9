"""Addresses of hearings and of planned decisions."""

from django.urls import path

from hearings.views import decisions, hearings

app_name = "hearings"

urlpatterns = [
    path("planned-decisions/", decisions.decisions, name="decisions"),
    path("planned-decisions/plan/", decisions.plan, name="plan"),
    path("planned-decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("planned-decisions/<uuid:decision_id>/<slug:slug>/", decisions.on_decision, name="on_decision"),
    path(
        "planned-decisions/assessments/<uuid:assessment_id>/<slug:slug>/",
        decisions.on_assessment,
        name="on_assessment",
    ),
    path(
        "planned-decisions/hearings/<uuid:hearing_id>/<slug:slug>/",
        decisions.on_decision_hearing,
        name="on_decision_hearing",
    ),
    path("hearings/", hearings.hearings, name="hearings"),
    path("hearings/rooms/", hearings.rooms, name="rooms"),
    path("hearings/panel/", hearings.panelists, name="panelists"),
    path("hearings/panel/<int:panelist_id>/end/", hearings.end_panelist, name="end_panelist"),
    path("hearings/petitions/<uuid:petition_id>/", hearings.asking, name="asking"),
    path("hearings/petitions/<uuid:petition_id>/<slug:slug>/", hearings.on_petition, name="on_petition"),
    path("hearings/<uuid:hearing_id>/", hearings.hearing, name="hearing"),
    path("hearings/<uuid:hearing_id>/autosave/", hearings.autosave, name="autosave"),
    path("hearings/<uuid:hearing_id>/<slug:slug>/", hearings.on_hearing, name="on_hearing"),
]
