"""Where what is asked is found."""

from django.urls import path

from assignments import views

app_name = "assignments"

urlpatterns = [
    path("asked/", views.listing, name="list"),
    path("administration/escalation/", views.escalation, name="escalation"),
]
