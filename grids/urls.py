"""Where grids are found."""

from django.urls import path

from grids.views import hierarchy

app_name = "grids"

urlpatterns = [
    path("grids/", hierarchy.grids, name="grids"),
    path("grids/organs/<int:organ_id>/<slug:slug>/", hierarchy.on_grids, name="on_grids"),
    path("grids/staff/<uuid:staff_id>/end/", hierarchy.end_staff, name="end_staff"),
    path("grids/liaisons/<uuid:liaison_id>/end/", hierarchy.end_liaison, name="end_liaison"),
    path("grids/teams/<uuid:team_id>/end/", hierarchy.end_team, name="end_team"),
    path("grids/<uuid:grid_id>/", hierarchy.grid, name="grid"),
    path("grids/<uuid:grid_id>/<slug:slug>/", hierarchy.on_grid, name="on_grid"),
]
