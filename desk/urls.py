"""Where everybody's day begins."""

from django.urls import path

from desk import views

app_name = "desk"

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("administration/", views.administration, name="administration"),
    path("administration/audit/", views.audit, name="audit"),
    path("administration/health/", views.health, name="health"),
]
