"""The phone's door: who is signed in, the day's package, what was written meanwhile, and pictures. All of it JSON.

Whoever is not signed in is answered 401 and never led elsewhere, so that nothing leaves a phone's queue by mistake.
"""

from uuid import UUID

from django.middleware.csrf import get_token
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import WearsAHat
from accounts.models import policy_of
from accounts.requests import StaffRequest
from infra.files import check
from lib.errors import Refused
from mobile.actions.keeping import fetch_key
from mobile.actions.photos import take_photo
from mobile.batches import HAD, answer_each, batch_of, refused
from mobile.day import day_of
from mobile.permissions import carries_a_day
from mobile.states import Answer


class StandsForAGrid(BasePermission):
    """Let those through who stand for a grid."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return carries_a_day(staff_request(request).hat)


def staff_request(request: Request) -> StaffRequest:
    """Return the request underneath, whose hat `WearsAHat` has made sure of."""
    return request._request  # type: ignore[return-value]  # set by accounts.middleware and accounts.api


@extend_schema(exclude=True)
class PhoneView(APIView):
    """What the phone's pages ask for; no program's business."""

    permission_classes = (WearsAHat, StandsForAGrid)


class SessionView(PhoneView):
    """Who is signed in, with a fresh token for what is sent next."""

    def get(self, request: Request) -> Response:
        hat = staff_request(request).hat
        return Response(
            {"user": hat.user.pk, "post": hat.post.pk, "hat": hat.key, "csrf": get_token(request._request)}
        )


class SyncView(PhoneView):
    """What the phone carries for a day; what was written on it, once each."""

    def get(self, request: Request) -> Response:
        asked = staff_request(request)
        return Response(
            {
                "user": asked.hat.user.pk,
                "post": asked.hat.post.pk,
                "words": asked.hat.words,
                "now": asked.now,
                "idle_minutes": policy_of(asked.hat.role).idle_minutes,
                "key": fetch_key(by=asked.hat, now=asked.now),
                **day_of(asked.hat, now=asked.now),
            }
        )

    def post(self, request: Request) -> Response:
        asked = staff_request(request)
        batch = batch_of(request.data, now=asked.now)
        answers = answer_each(batch, by=asked.hat, now=asked.now)
        return Response(
            {"answers": answers, "clock_behind": round(batch.clock_behind.total_seconds()), "now": asked.now}
        )


class Picture(serializers.Serializer[dict[str, object]]):
    """A picture of a submission."""

    photo = serializers.FileField()


class PhotoView(PhoneView):
    """The nth picture of a submission whose text is here."""

    parser_classes = (MultiPartParser,)

    def post(self, request: Request, client_id: UUID, number: int) -> Response:
        asked = staff_request(request)
        picture = Picture(data=request.data)
        picture.is_valid(raise_exception=True)
        try:
            photo = check(picture.validated_data["photo"])
            is_new = take_photo(client_id, number, photo, by=asked.hat, now=asked.now)
        except Refused as refusal:
            return Response(refused(refusal))
        return Response({"answer": Answer.APPLIED if is_new else HAD})


urlpatterns = [
    path("mobile/session/", SessionView.as_view(), name="session"),
    path("mobile/sync/", SyncView.as_view(), name="sync_door"),
    path("mobile/photos/<uuid:client_id>/<int:number>/", PhotoView.as_view(), name="photo"),
]
