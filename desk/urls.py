"""Where everybody's day begins."""

from django.urls import path

from desk import search, views

app_name = "desk"

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("search/", search.search, name="search"),
    path("search/person/", search.search_person, name="search_person"),
    path("calendar/<int:year>/moves/", views.calendar_moves, name="calendar_moves"),
    path("administration/", views.administration, name="administration"),
    path("administration/audit/", views.audit, name="audit"),
    path("administration/health/", views.health, name="health"),
    path("administration/reminders/tonight/", views.tonight, name="tonight"),
    path("administration/health/sweeps/<str:name>/", views.sweep, name="sweep"),
]
