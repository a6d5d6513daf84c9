"""Papers of a case and its bound file for programs: listed, saved, or a Word file to work with; each is recorded."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import hat_worn
from accounts.api_refusals import READING, REFUSALS
from cases.actions import dossiers
from cases.actions.papers import fetch_paper, fetch_working_copy
from cases.deeds_api import OnePetition
from cases.models import Dossier, ExportPurpose, PetitionDocument
from cases.people import may_read_draft
from infra.files import download, hand_out


class PaperOut(serializers.ModelSerializer[PetitionDocument]):
    """A paper of the case: what it is, whose, and which claims it answers; what it says is in its file."""

    id = serializers.UUIDField(source="document.pk")
    kind = serializers.CharField(source="document.kind")
    state = serializers.CharField(source="document.state")
    number = serializers.CharField(source="document.number")
    organ = serializers.CharField(source="document.organ.code")
    dated_on = serializers.DateField(source="document.dated_on", allow_null=True)

    class Meta:
        model = PetitionDocument
        fields = ["id", "kind", "state", "number", "organ", "dated_on", "claims"]


class Papers(OnePetition):
    """The papers of a case, drafts to their own organ alone."""

    @extend_schema(operation_id="petitions_papers", responses={200: PaperOut(many=True), **READING})
    def get(self, request: Request, pk: UUID) -> Response:
        petition, hat = self._seen(request, pk), hat_worn(request)
        rows = PetitionDocument.objects.filter(petition=petition).select_related("document__organ")
        shown = [
            row for row in rows.order_by("pk") if row.document.is_issued or may_read_draft(row.document, hat)
        ]
        return Response(PaperOut(shown, many=True).data)


class PaperFile(OnePetition):
    """An issued paper as it was frozen."""

    @extend_schema(
        operation_id="petitions_paper_file", responses={(200, "application/octet-stream"): bytes, **READING}
    )
    def get(self, request: Request, pk: UUID, document_id: UUID) -> FileResponse:
        self._seen(request, pk)
        return download(fetch_paper(pk, document_id, by=hat_worn(request), now=timezone.now()))


class WorkingCopy(OnePetition):
    """A paper that was drawn up here as a Word file to work with."""

    @extend_schema(
        operation_id="petitions_working_copy", responses={(200, "application/octet-stream"): bytes, **READING}
    )
    def get(self, request: Request, pk: UUID, document_id: UUID) -> FileResponse:
        self._seen(request, pk)
        return hand_out(fetch_working_copy(pk, document_id, by=hat_worn(request), now=timezone.now()))


class DossierIn(serializers.Serializer[Any]):
    """What the file is taken out for."""

    purpose = serializers.ChoiceField(choices=ExportPurpose.choices)


class DossierOut(serializers.ModelSerializer[Dossier]):
    """A file that is bound, or waits to be; its bytes are there once it is done, for a day."""

    class Meta:
        model = Dossier
        fields = ["id", "purpose", "state", "stopped_by", "asked_at", "finished_at", "pages"]


class Dossiers(OnePetition):
    """The files of one petition that were bound for this person from this post."""

    @extend_schema(operation_id="petitions_dossiers", responses={200: DossierOut(many=True), **READING})
    def get(self, request: Request, pk: UUID) -> Response:
        petition = self._seen(request, pk)
        rows = Dossier.objects.visible_to(hat_worn(request)).filter(petition=petition)
        return Response(DossierOut(rows.order_by("-asked_at", "-pk"), many=True).data)

    @extend_schema(
        operation_id="petitions_ask_dossier", request=DossierIn, responses={201: DossierOut, **REFUSALS}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        self._seen(request, pk)
        body = DossierIn(data=request.data)
        body.is_valid(raise_exception=True)
        purpose = ExportPurpose(body.validated_data["purpose"])
        asked = dossiers.ask_dossier(pk, purpose=purpose, by=hat_worn(request), now=timezone.now())
        return Response(DossierOut(asked).data, status=201)


class DossierFile(OnePetition):
    """A bound file, for whoever asked for it."""

    @extend_schema(
        operation_id="petitions_dossier_file", responses={(200, "application/octet-stream"): bytes, **READING}
    )
    def get(self, request: Request, pk: UUID, dossier_id: UUID) -> FileResponse:
        self._seen(request, pk)
        return download(dossiers.fetch_dossier(dossier_id, by=hat_worn(request), now=timezone.now()))


urlpatterns: list[URLPattern] = [
    path("petitions/<uuid:pk>/papers/", Papers.as_view(), name="petition-papers"),
    path("petitions/<uuid:pk>/papers/<uuid:document_id>/", PaperFile.as_view(), name="petition-paper"),
    path(
        "petitions/<uuid:pk>/papers/<uuid:document_id>/working-copy/",
        WorkingCopy.as_view(),
        name="petition-working-copy",
    ),
    path("petitions/<uuid:pk>/dossiers/", Dossiers.as_view(), name="petition-dossiers"),
    path("petitions/<uuid:pk>/dossiers/<uuid:dossier_id>/", DossierFile.as_view(), name="petition-dossier"),
]
