"""The deeds of the table for programs: one address each, the page's own form, the same action."""

from typing import Any
from uuid import UUID

from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import hat_worn
from accounts.api_refusals import REFUSALS
from cases import permissions as may
from cases.actions.corrections import correct
from cases.deed import Deed
from cases.deeds import DEEDS
from cases.forms.correct import form_for
from cases.models import Petition
from lib.errors import Unknown
from lib.form_bodies import body_of, check, parsers_of
from lib.form_schema import serializer_of


class StandsOut(serializers.ModelSerializer[Petition]):
    """Where the petition stands after a deed."""

    class Meta:
        model = Petition
        fields = ["id", "number", "routing", "version"]


_DONE = {
    200: StandsOut,
    204: OpenApiResponse(description="Done; the petition is no longer among those this post sees."),
    **REFUSALS,
}


class OnePetition(APIView):
    """A deed on one petition of the open lane; sealed ones are not reached by programs at all."""

    def _seen(self, request: Request, pk: UUID) -> Petition:
        petition = Petition.objects.visible_to(hat_worn(request)).filter(pk=pk).first()
        if petition is None:
            raise Unknown(_("There is no such petition."))
        return petition

    def _stands(self, request: Request, pk: UUID) -> Response:
        petition = Petition.objects.visible_to(hat_worn(request)).filter(pk=pk).first()
        return Response(StandsOut(petition).data) if petition else Response(status=204)


class DeedView(OnePetition):
    """One deed of the table."""

    deed: Deed

    def post(self, request: Request, pk: UUID) -> Response:
        self._seen(request, pk)
        form = self.deed.read(body_of(request), request.FILES)
        check(form)
        self.deed.act(pk, form.cleaned_data, hat_worn(request), timezone.now())
        return self._stands(request, pk)


class CorrectionIn(serializers.Serializer[Any]):
    """A field's new value, why, and the version that was seen."""

    value = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(max_length=200)
    seen_version = serializers.IntegerField(min_value=0, max_value=2_147_483_647)


class CorrectionView(OnePetition):
    """One registered field put right (Q18)."""

    @extend_schema(operation_id="petitions_correct", request=CorrectionIn, responses=_DONE)
    def post(self, request: Request, pk: UUID, field: str) -> Response:
        petition = self._seen(request, pk)
        form_class = form_for(field)
        if form_class is None or not may.may_correct(hat_worn(request), petition):
            raise Unknown(_("There is no such page."))
        form = form_class(body_of(request), petition=petition)
        check(form)
        correct(
            pk,
            field=field,
            value=form.cleaned_data["value"],
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["seen_version"],
            by=hat_worn(request),
            now=timezone.now(),
        )
        return self._stands(request, pk)


def _view_of(deed: Deed) -> type[DeedView]:
    name = "".join(word.capitalize() for word in deed.name.split("_"))
    view: type[DeedView] = type(
        f"{name}View", (DeedView,), {"deed": deed, "parser_classes": parsers_of(deed.form)}
    )
    told = extend_schema(
        operation_id=f"petitions_{deed.name}",
        request=serializer_of(deed.form, name=f"{name}In"),
        responses=_DONE,
        description=deed.form.__doc__,
    )
    return extend_schema_view(post=told)(view)


urlpatterns: list[URLPattern] = [
    *(
        path(f"petitions/<uuid:pk>/{deed.slug}/", _view_of(deed).as_view(), name=f"petition-{deed.slug}")
        for deed in DEEDS.values()
        if not deed.lane_only
    ),
    path("petitions/<uuid:pk>/corrections/<slug:field>/", CorrectionView.as_view(), name="petition-correct"),
]
