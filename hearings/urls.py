"""Addresses of hearings."""

from django.urls import path

from hearings import views

app_name = "hearings"

urlpatterns = [
    path("hearings/", views.hearings, name="hearings"),
    path("hearings/rooms/", views.rooms, name="rooms"),
    path("hearings/panel/", views.panelists, name="panelists"),
    path("hearings/panel/<int:panelist_id>/end/", views.end_panelist, name="end_panelist"),
    path("hearings/petitions/<uuid:petition_id>/", views.asking, name="asking"),
    path("hearings/petitions/<uuid:petition_id>/<slug:slug>/", views.on_petition, name="on_petition"),
    path("hearings/<uuid:hearing_id>/", views.hearing, name="hearing"),
    path("hearings/<uuid:hearing_id>/autosave/", views.autosave, name="autosave"),
    path("hearings/<uuid:hearing_id>/<slug:slug>/", views.on_hearing, name="on_hearing"),
]
