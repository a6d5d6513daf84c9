"""Where phones come in."""

from django.urls import path

from mobile import api, shell_views, views

app_name = "mobile"

urlpatterns = [
    path("mobile/", shell_views.today, name="today"),
    path("mobile/report/", shell_views.report, name="report"),
    path("mobile/update/", shell_views.update, name="update"),
    path("mobile/waiting/", shell_views.waiting, name="waiting"),
    path("mobile/rounds/", shell_views.rounds, name="rounds"),
    path("mobile/diary/", shell_views.diary, name="diary"),
    path("mobile/worker.js", shell_views.worker, name="worker"),
    path("mobile/manifest.json", shell_views.manifest, name="manifest"),
    *api.urlpatterns,
    path("mobile/conflicts/", views.conflicts, name="conflicts"),
    path("mobile/conflicts/<int:conflict_id>/", views.conflict, name="conflict"),
    path(
        "mobile/conflicts/<int:conflict_id>/photos/<uuid:file_id>/",
        views.conflict_photo,
        name="conflict_photo",
    ),
]
