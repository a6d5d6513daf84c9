from django.urls import path

from desk.places import views

app_name = "places"
urlpatterns = [
    path("places/find/", views.find, name="find"),
    path("administration/places/", views.index, name="index"),
    path("administration/places/<int:pk>/", views.place, name="place"),
    path("administration/places/<int:pk>/add/", views.add, name="add"),
    path("administration/places/<int:pk>/replace/", views.replace, name="replace"),
]
