"""Addresses of figures."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("figures/", views.dashboard, name="dashboard"),
    path("figures/definitions/", views.definitions, name="definitions"),
    path("figures/frozen/", views.freeze, name="freeze"),
    path("figures/frozen/<int:pk>/", views.frozen, name="frozen"),
    path("figures/frozen/<int:pk>/<str:code>/<str:part>/", views.frozen_number, name="frozen_number"),
]
