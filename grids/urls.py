"""Where grids are found."""

from django.urls import path

from grids.views import events, gatherings, ground, hierarchy, maps, rounds

app_name = "grids"

urlpatterns = [
    path("grids/events/", events.events, name="events"),
    path("grids/events/report/", events.report, name="report"),
    path("grids/events/<uuid:event_id>/", events.event, name="event"),
    path("grids/events/<uuid:event_id>/photos/<uuid:photo_id>/", events.photo, name="photo"),
    path("grids/events/<uuid:event_id>/<slug:slug>/", events.on_event, name="on_event"),
    path("grids/asked/<uuid:assignment_id>/", events.asked, name="asked"),
    path("grids/asked/<uuid:assignment_id>/<slug:slug>/", events.on_asked, name="on_asked"),
    path("grids/rounds/", rounds.rounds, name="rounds"),
    path("grids/rounds/organs/<int:organ_id>/<slug:slug>/", rounds.on_rounds, name="on_rounds"),
    path("grids/rounds/plans/<uuid:plan_id>/", rounds.plan, name="plan"),
    path("grids/rounds/plans/<uuid:plan_id>/<slug:slug>/", rounds.on_plan, name="on_plan"),
    path("grids/rounds/<uuid:round_id>/", rounds.one_round, name="round"),
    path("grids/rounds/<uuid:round_id>/<slug:slug>/", rounds.on_round, name="on_round"),
    path("grids/map/", maps.map_of_grids, name="map"),
    path("grids/map/organs/<int:organ_id>/<slug:slug>/", maps.on_map, name="on_map"),
    path("grids/gatherings/", gatherings.gatherings, name="gatherings"),
    path(
        "grids/gatherings/organs/<int:organ_id>/<slug:slug>/", gatherings.on_gatherings, name="on_gatherings"
    ),
    path("grids/gatherings/series/<uuid:series_id>/<slug:slug>/", gatherings.on_series, name="on_series"),
    path("grids/gatherings/<uuid:gathering_id>/", gatherings.gathering, name="gathering"),
    path("grids/gatherings/<uuid:gathering_id>/<slug:slug>/", gatherings.on_gathering, name="on_gathering"),
    path("grids/diary/", ground.diary, name="diary"),
    path("grids/diary/<uuid:note_id>/remove/", ground.remove_note, name="remove_note"),
    path("grids/courtyards/<uuid:courtyard_id>/", ground.courtyard, name="courtyard"),
    path("grids/courtyards/<uuid:courtyard_id>/plan/", ground.plan, name="courtyard_plan"),
    path("grids/courtyards/<uuid:courtyard_id>/<slug:slug>/", ground.on_courtyard, name="on_courtyard"),
    path("grids/cards/<uuid:card_id>/open/", ground.open_card, name="open_card"),
    path("grids/cards/<uuid:card_id>/remove/", ground.remove_card, name="remove_card"),
    path("grids/<uuid:grid_id>/courtyards/", ground.courtyards, name="courtyards"),
    path("grids/<uuid:grid_id>/courtyards/<slug:slug>/", ground.on_ground, name="on_ground"),
    path("grids/", hierarchy.grids, name="grids"),
    path("grids/organs/<int:organ_id>/<slug:slug>/", hierarchy.on_grids, name="on_grids"),
    path("grids/staff/<uuid:staff_id>/end/", hierarchy.end_staff, name="end_staff"),
    path("grids/liaisons/<uuid:liaison_id>/end/", hierarchy.end_liaison, name="end_liaison"),
    path("grids/teams/<uuid:team_id>/end/", hierarchy.end_team, name="end_team"),
    path("grids/<uuid:grid_id>/", hierarchy.grid, name="grid"),
    path("grids/<uuid:grid_id>/<slug:slug>/", hierarchy.on_grid, name="on_grid"),
]
