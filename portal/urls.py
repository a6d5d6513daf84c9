"""Where the public door is, and where the office writes what stands on it."""

from django.urls import path

from portal import views

app_name = "portal"

urlpatterns = [
    path("public/", views.entry, name="entry"),
    path("public/told/rate/", views.rate_told, name="rate_told"),
    path("public/progress/rate/", views.rate, name="rate"),
    path("public/progress/letters/", views.letters, name="letters"),
    path("public/progress/pressure/", views.pressure, name="pressure"),
    path("public/progress/papers/<uuid:document_id>/", views.paper, name="paper"),
    path("public/roster/", views.roster, name="roster"),
    path("public/roster/<uuid:day_id>/", views.book, name="book"),
    path("public/stations/", views.stations, name="stations"),
    path("public/grids/<slug:code>/", views.grid, name="grid"),
    path("public/grids/<slug:code>/tell/", views.tell, name="tell"),
    path("public/booking/", views.booking, name="booking"),
    path("public/about/<slug:topic>/", views.about, name="about"),
    path("public/guides/", views.guides, name="guides"),
    path("public/guides/<uuid:guide_id>/", views.guide, name="guide"),
    path("publishing/guides/", views.kept_guides, name="kept_guides"),
    path("publishing/guides/<uuid:guide_id>/end/", views.end_guide, name="end_guide"),
    path("publishing/", views.publishing, name="publishing"),
    path("publishing/<slug:topic>/", views.publish, name="publish"),
]
