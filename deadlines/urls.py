"""Pages of calendar and rules."""

from django.urls import path

from deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("administration/calendar/", views.calendar, name="calendar"),
    path("administration/calendar/<int:year>/", views.calendar_of, name="calendar_of"),
    path("administration/rules/", views.rules, name="rules"),
    path("administration/rules/<str:code>/", views.rule, name="rule"),
]
