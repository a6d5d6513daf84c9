"""Hearings, for programs: the deeds of the pages' tables, each at an address of its own."""

from typing import Any

from django.urls import URLPattern
from rest_framework import serializers

from accounts.hats import Hat
from cases.models import Petition
from hearings import finding
from hearings import permissions as may
from hearings.deeds import ON_HEARING, ON_PETITION
from hearings.models import Commitment, Hearing, Seat
from leadership.api import patterns_of
from leadership.finding import petition_of
from leadership.things import Thing


class SeatOut(serializers.ModelSerializer[Seat]):
    """Somebody's part in a hearing; people of the petition by their place on it alone."""

    class Meta:
        model = Seat
        fields = ["id", "role", "post", "panelist", "position", "came", "left_at", "vote", "signed_at"]


class CommitmentOut(serializers.ModelSerializer[Commitment]):
    """What was promised; its assignment is what is answered and verified."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = Commitment
        fields = ["id", "words", "organ", "responsible", "due_on", "assignment"]


class HearingOut(serializers.ModelSerializer[Hearing]):
    """A hearing with who takes part and what was promised."""

    petition = serializers.CharField(source="petition.number")
    organ = serializers.CharField(source="organ.code")
    procedure = serializers.CharField(source="procedure.code")
    seats = SeatOut(many=True)
    commitments = CommitmentOut(many=True)

    class Meta:
        model = Hearing
        fields = [
            *("id", "petition", "organ", "procedure", "state", "number", "asked_by", "ground", "applied_on"),
            *("is_public", "room", "begins_at", "ends_at", "step", "outcome", "announced"),
            *("closed_at", "digest", "seats", "commitments"),
        ]


class HearingsOut(serializers.Serializer[Any]):
    """The hearings on one petition."""

    hearings = HearingOut(many=True)


def _of_petition(hat: Hat, petition: Petition) -> dict[str, Any]:
    rows = may.hearings_for(hat).filter(petition=petition).select_related("petition", "organ", "procedure")
    return {"hearings": rows.prefetch_related("seats", "commitments__organ").order_by("pk")}


def _none(_found: Any) -> None:
    return None


urlpatterns: list[URLPattern] = patterns_of(
    (
        Thing("petitions/<uuid:pk>/hearings/", ON_PETITION, petition_of, _none, HearingsOut, _of_petition),
        Thing("hearings/<uuid:pk>/", ON_HEARING, finding.hearing_of, _none, HearingOut),
    )
)
