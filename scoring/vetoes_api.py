"""一票否优, for programs: the deeds of its page, each at an address of its own."""

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from accounts.api import hat_worn
from accounts.api_refusals import READING
from accounts.deed_doors import Alone, Newest, Thing, alone_patterns_of, patterns_of
from scoring import permissions as may
from scoring.finding import veto_of
from scoring.models import Veto
from scoring.veto_deeds import ON_VETO, PROPOSE_VETO


class VetoOut(serializers.ModelSerializer[Veto]):
    """One of them: its ground, what the unit said, what was decided, why it ended."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = Veto
        fields = [
            *("id", "organ", "year", "ground", "words", "state", "proposed_at", "heard_on", "heard_words"),
            *("decided_at", "decision_words", "ended_at", "end_words"),
        ]


@extend_schema(responses={200: VetoOut(many=True), **READING})
class VetoList(generics.ListAPIView[Veto]):
    """Those that this post reads."""

    serializer_class = VetoOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Veto]:
        return may.vetoes_for(hat_worn(self.request)).select_related("organ")


VETO = Thing("score-vetoes/<uuid:pk>/", ON_VETO, veto_of, VetoOut)

urlpatterns: list[URLPattern] = [
    path("score-vetoes/", VetoList.as_view(), name="score-veto-list"),
    *alone_patterns_of((Alone("score-vetoes/propose/", PROPOSE_VETO, VETO),)),
    *patterns_of((VETO,)),
]
