"""Hearings and planned decisions, for programs: the deeds of the pages' tables, each at an address of its own."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from accounts.api import hat_worn
from accounts.api_refusals import READING
from accounts.deed_doors import Alone, Newest, Thing, alone_patterns_of, patterns_of
from accounts.hats import Hat
from cases.models import Petition
from hearings import finding
from hearings import permissions as may
from hearings.decision_deeds import ON_ASSESSMENT, ON_DECISION, PLAN_DECISION
from hearings.decision_hearing_deeds import ON_DECISION_HEARING
from hearings.deeds import ON_HEARING, ON_PETITION
from hearings.models import (
    AssessmentFollowUp,
    Attendee,
    Commitment,
    Consultation,
    DecisionDraft,
    DecisionEntry,
    DecisionHearing,
    Hearing,
    PlannedDecision,
    RiskAssessment,
    RiskPoint,
    Seat,
)
from leadership.finding import petition_of


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


class DraftOut(serializers.ModelSerializer[DecisionDraft]):
    """One wording of what is planned."""

    class Meta:
        model = DecisionDraft
        fields = ["number", "plan", "changed", "written_at"]


class ConsultationOut(serializers.ModelSerializer[Consultation]):
    """Who was asked about a draft, in groups and units, and what changed (Q42)."""

    draft = serializers.IntegerField(source="draft.number")

    class Meta:
        model = Consultation
        fields = ["id", "draft", "held_on", "way", "groups", "count", "said", "changed"]


class PointOut(serializers.ModelSerializer[RiskPoint]):
    """A point of risk with the measure against it."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = RiskPoint
        fields = ["id", "words", "likelihood", "gravity", "measure", "organ", "due_on", "controllable"]


class FollowUpOut(serializers.ModelSerializer[AssessmentFollowUp]):
    """What came of a measure."""

    class Meta:
        model = AssessmentFollowUp
        fields = ["point", "seen_on", "words"]


class RiskAssessmentOut(serializers.ModelSerializer[RiskAssessment]):
    """A risk assessment of one draft with its points, its result and what came of it."""

    decision = serializers.UUIDField(source="draft.decision_id")
    draft = serializers.IntegerField(source="draft.number")
    points = PointOut(many=True)
    follow_ups = FollowUpOut(many=True)

    class Meta:
        model = RiskAssessment
        fields = [
            *("id", "decision", "draft", "state", "submitted_at", "controllable", "conclusion"),
            *("consultations", "hearings", "result", "result_why", "decided_at", "points", "follow_ups"),
        ]


class AttendeeOut(serializers.ModelSerializer[Attendee]):
    """Who is on the published list, for which group or unit."""

    class Meta:
        model = Attendee
        fields = ["id", "name", "side", "stands_for", "material_on", "came", "signed_at", "refused_why"]


class DecisionEntryOut(serializers.ModelSerializer[DecisionEntry]):
    """A line of the record, and what became of it if it was an opinion."""

    class Meta:
        model = DecisionEntry
        fields = ["id", "speech", "attendee", "words", "noted_at", "studied", "studied_why"]


class DecisionHearingOut(serializers.ModelSerializer[DecisionHearing]):
    """A public hearing on one draft with its list of attendees and its record."""

    decision = serializers.UUIDField(source="draft.decision_id")
    draft = serializers.IntegerField(source="draft.number")
    attendees = AttendeeOut(many=True)
    entries = DecisionEntryOut(many=True)

    class Meta:
        model = DecisionHearing
        fields = [
            *("id", "decision", "draft", "state", "begins_at", "place", "selection", "published_on"),
            *("published_where", "list_published_on", "chair", "clerk", "opened_at", "recorded_at"),
            *("digest", "studied_at", "called_off_why", "attendees", "entries"),
        ]


class PlannedDecisionOut(serializers.ModelSerializer[PlannedDecision]):
    """A planned decision with its drafts, consultations, hearings and risk assessments."""

    organ = serializers.CharField(source="organ.code")
    drafts = DraftOut(many=True)
    consultations = ConsultationOut(many=True)
    hearings = serializers.SerializerMethodField()
    assessments = serializers.SerializerMethodField()

    class Meta:
        model = PlannedDecision
        fields = [
            *("id", "organ", "title", "touches", "state", "planned_at", "made_on", "made_by_words"),
            *("given_up_why", "drafts", "consultations", "hearings", "assessments"),
        ]

    def get_hearings(self, decision: PlannedDecision) -> list[str]:
        """Return the keys of its public hearings, the oldest first."""
        rows = DecisionHearing.objects.filter(draft__decision=decision).order_by("announced_at", "pk")
        return [str(key) for key in rows.values_list("pk", flat=True)]

    def get_assessments(self, decision: PlannedDecision) -> list[str]:
        """Return the keys of its risk assessments, the oldest first."""
        rows = RiskAssessment.objects.filter(draft__decision=decision).order_by("begun_at", "pk")
        return [str(key) for key in rows.values_list("pk", flat=True)]


class DecisionLine(serializers.ModelSerializer[PlannedDecision]):
    """A planned decision as their list shows it."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = PlannedDecision
        fields = ["id", "organ", "title", "state", "planned_at", "made_on"]


@extend_schema(responses={200: DecisionLine(many=True), **READING})
class DecisionList(generics.ListAPIView[PlannedDecision]):
    """The planned decisions this post reads."""

    serializer_class = DecisionLine
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[PlannedDecision]:
        return may.decisions_for(hat_worn(self.request)).select_related("organ")


def _of_petition(hat: Hat, petition: Petition) -> dict[str, Any]:
    rows = may.hearings_for(hat).filter(petition=petition).select_related("petition", "organ", "procedure")
    return {"hearings": rows.prefetch_related("seats", "commitments__organ").order_by("pk")}


DECISION = Thing("planned-decisions/<uuid:pk>/", ON_DECISION, finding.decision_of, PlannedDecisionOut)

urlpatterns: list[URLPattern] = [
    path("planned-decisions/", DecisionList.as_view(), name="planned-decision-list"),
    *alone_patterns_of((Alone("planned-decisions/plan/", PLAN_DECISION, DECISION),)),
    *patterns_of(
        (
            Thing("petitions/<uuid:pk>/hearings/", ON_PETITION, petition_of, HearingsOut, _of_petition),
            Thing("hearings/<uuid:pk>/", ON_HEARING, finding.hearing_of, HearingOut),
            DECISION,
            Thing("risk-assessments/<uuid:pk>/", ON_ASSESSMENT, finding.assessment_of, RiskAssessmentOut),
            Thing(
                "decision-hearings/<uuid:pk>/",
                ON_DECISION_HEARING,
                finding.decision_hearing_of,
                DecisionHearingOut,
            ),
        )
    ),
]
