"""Where programs come in."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

import accounts.schema  # noqa: F401 - describes the two ways in
from cases import deeds_api, papers_api
from cases.api import PetitionViewSet
from cases.search_api import SearchView
from grids import api as grids
from hearings import api as hearings
from leadership import api as leadership
from reports.flow import api as flow
from reports.written import api as written
from scoring import api as scoring

router = SimpleRouter(use_regex_path=False)
router.register("petitions", PetitionViewSet, basename="petition")

app_name = "api"

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "v1/",
        include(
            [
                *router.urls,
                path("search/", SearchView.as_view(), name="search"),
                *deeds_api.urlpatterns,
                *papers_api.urlpatterns,
                *hearings.urlpatterns,
                *leadership.urlpatterns,
                *written.urlpatterns,
                *flow.urlpatterns,
                *grids.urlpatterns,
                *scoring.urlpatterns,
            ]
        ),
    ),
]
