"""Which addresses there are; each app's own lie in its `urls.py`."""

from django.urls import URLPattern, URLResolver, include, path

from config import health

handler500 = "config.mistakes.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("authority.crt", health.authority),
    path("", include("portal.urls")),
    path("", include("mobile.urls")),
    path("", include("desk.urls")),
    path("", include("desk.places.urls")),
    path("", include("reports.urls")),
    path("", include("hearings.urls")),
    path("", include("scoring.urls")),
    path("", include("leadership.urls")),
    path("", include("cases.urls")),
    path("", include("grids.urls")),
    path("", include("assignments.urls")),
    path("", include("deadlines.urls")),
    path("", include("notices.urls")),
    path("", include("accounts.urls")),
    path("api/", include("config.api_urls")),
]
