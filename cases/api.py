"""Petitions for programs: read what the hat may see, act through the same deeds as the pages."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import hat_worn
from accounts.api_refusals import READING, REFUSALS
from accounts.hats import Hat
from cases.actions.attachments import fetch
from cases.actions.looks import look
from cases.actions.people import PersonField, reissue_code, reveal
from cases.actions.register import register
from cases.intake import FromAbove, Intake, Person
from cases.models import ContentCategory, Petition, PetitionClock, PetitionQuerySet
from cases.people import covered_people, names_on
from cases.rules import faults_of_people, faults_of_superior
from cases.states import ROLES_AT_INTAKE, Channel, IdType, PersonRole, PowerLevel, Purpose, Source
from infra.files import download
from lib.masking import mask_text
from places.models import Place


class PetitionOut(serializers.ModelSerializer[Petition]):
    """What a list shows; titles are masked as on the page."""

    title = serializers.SerializerMethodField()
    place = serializers.CharField(source="place.code")
    content_category = serializers.CharField(source="content_category.code")
    register_organ = serializers.CharField(source="register_organ.code")

    class Meta:
        model = Petition
        fields = [
            "id",
            "number",
            "routing",
            "title",
            "channel",
            "source",
            "purpose",
            "petition_class",
            "content_category",
            "place",
            "register_organ",
            "received_at",
            "registered_at",
            "petitioner_count",
            "is_collective",
            "is_urgent",
            "next_due_at",
            "version",
        ]
        read_only_fields = fields

    def get_title(self, petition: Petition) -> str:
        return mask_text(petition.words.title, names=[person.name for person in petition.people.all()])


class ClockOut(serializers.Serializer[Any]):
    """One clock with the day it gives and the steps to it."""

    code = serializers.CharField()
    article = serializers.CharField(source="rule.article")
    started_at = serializers.DateTimeField()
    last_day = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    waiting_for_year = serializers.IntegerField(allow_null=True)
    met_at = serializers.DateTimeField(allow_null=True)
    breached_at = serializers.DateTimeField(allow_null=True)
    steps = serializers.ListField(child=serializers.DictField())


class PersonOut(serializers.Serializer[Any]):
    """One person, every value masked."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()
    is_main = serializers.BooleanField()
    id_number = serializers.CharField()
    phone = serializers.CharField()
    address = serializers.CharField()


class PetitionDetailOut(PetitionOut):
    """One petition with its claims, clocks and masked people."""

    text = serializers.SerializerMethodField()
    claims = serializers.SerializerMethodField()
    clocks = ClockOut(many=True)
    people = serializers.SerializerMethodField()

    class Meta(PetitionOut.Meta):
        fields = [*PetitionOut.Meta.fields, "text", "claims", "clocks", "people"]
        read_only_fields = fields

    def get_text(self, petition: Petition) -> str:
        return mask_text(petition.words.text, names=names_on(petition))

    def get_claims(self, petition: Petition) -> list[str]:
        names = names_on(petition)
        return [mask_text(claim.wording, names=names) for claim in petition.claims.order_by("number")]

    @extend_schema_field(PersonOut(many=True))
    def get_people(self, petition: Petition) -> list[dict[str, Any]]:
        return list(PersonOut(covered_people(petition, self.context["hat"]), many=True).data)


class PersonIn(serializers.Serializer[Any]):
    """One person to register."""

    name = serializers.CharField(max_length=60)
    role = serializers.ChoiceField(
        choices=[(role.value, role.label) for role in ROLES_AT_INTAKE], default=PersonRole.REPRESENTATIVE
    )
    id_type = serializers.ChoiceField(choices=IdType.choices, default=IdType.RESIDENT)
    id_number = serializers.CharField(max_length=30, allow_blank=True, default="")
    phone = serializers.CharField(max_length=30, allow_blank=True, default="")
    address = serializers.CharField(max_length=200, allow_blank=True, default="")
    under_14 = serializers.BooleanField(default=False)
    # the place in the list, from 1, of the person an agent or a guardian stands for
    acts_for = serializers.IntegerField(min_value=1, allow_null=True, default=None)


class FromAboveIn(serializers.Serializer[Any]):
    """The superior's particulars (Q21)."""

    organ = serializers.CharField(max_length=80)
    number = serializers.CharField(max_length=60)
    dated = serializers.DateField()
    due_on = serializers.DateField(allow_null=True, default=None)


class RegisterIn(serializers.Serializer[Any]):
    """A submission; sent twice under the same `submission_id` it is registered once.

    Reports and accusations are not taken here: they are registered in the sealed lane by a person (Q1).
    """

    submission_id = serializers.UUIDField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    purpose = serializers.ChoiceField(
        choices=[choice for choice in Purpose.choices if choice[0] != Purpose.REPORT_ACCUSATION]
    )
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a name of the API
        choices=Source.choices, default=Source.SELF_RECEIVED
    )
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(trim_whitespace=False, max_length=50_000)
    received_at = serializers.DateTimeField()
    petition_date = serializers.DateField(allow_null=True, default=None)
    backdating_evidence = serializers.CharField(max_length=200, allow_blank=True, default="")
    place = serializers.SlugRelatedField(slug_field="code", queryset=Place.objects.current())
    place_detail = serializers.CharField(max_length=120, allow_blank=True, default="")
    content_category = serializers.SlugRelatedField(slug_field="code", queryset=ContentCategory.objects.all())
    petitioner_count = serializers.IntegerField(min_value=1, max_value=9999, default=1)
    is_anonymous = serializers.BooleanField(default=False)
    is_joint_letter = serializers.BooleanField(default=False)
    litigation_related = serializers.BooleanField(default=False)
    is_urgent = serializers.BooleanField(default=False)
    power_level = serializers.ChoiceField(choices=PowerLevel.choices, default=PowerLevel.UNCLEAR)
    claims = serializers.ListField(child=serializers.CharField(max_length=500), default=list, max_length=20)
    people = PersonIn(many=True, required=False)
    from_above = FromAboveIn(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        faults = faults_of_people(_people(attrs), is_anonymous=attrs["is_anonymous"])
        lacking = faults_of_superior(Source(attrs["source"]), _above(attrs))
        if lacking:
            faults["from_above"] = next(iter(lacking.values()))
        if faults:
            raise serializers.ValidationError({name: str(words) for name, words in faults.items()})
        return attrs

    def intake(self) -> Intake:
        """Return the submission as facts, once it is valid."""
        facts = dict(self.validated_data)
        facts.pop("submission_id")
        place, category = facts.pop("place"), facts.pop("content_category")
        return Intake(
            **{
                **facts,
                "channel": Channel(facts["channel"]),
                "purpose": Purpose(facts["purpose"]),
                "source": Source(facts["source"]),
                "power_level": PowerLevel(facts["power_level"]),
                "claims": tuple(facts["claims"]),
                "place_id": place.pk,
                "content_category_id": category.pk,
                "people": _people(facts),
                "from_above": _above(facts),
            }
        )


def _people(facts: dict[str, Any]) -> tuple[Person, ...]:
    return tuple(
        Person(**{**person, "role": PersonRole(person["role"]), "id_type": IdType(person["id_type"])})
        for person in facts.get("people", [])
    )


def _above(facts: dict[str, Any]) -> FromAbove | None:
    above = facts.get("from_above")
    return FromAbove(**above) if above else None


class RegisteredOut(serializers.Serializer[Any]):
    """What registering gave; the code comes with the first answer only."""

    id = serializers.UUIDField(source="petition.pk")
    number = serializers.CharField(source="petition.number")
    query_code = serializers.SerializerMethodField()

    def get_query_code(self, done: Any) -> str | None:
        code: str | None = done.codes.get(None)
        return code


class RevealIn(serializers.Serializer[Any]):
    """Which field of which person."""

    person = serializers.UUIDField()
    field = serializers.ChoiceField(choices=[field.value for field in PersonField])


class RevealedOut(serializers.Serializer[Any]):
    """One value in clear."""

    field = serializers.CharField()
    value = serializers.CharField()


class CodeOut(serializers.Serializer[Any]):
    """A query code issued anew."""

    query_code = serializers.CharField()


class ByDeadline(CursorPagination):
    """Pages by the moment of receipt, newest first, by key and not by offset."""

    page_size = 50
    ordering = ("-received_at", "-id")


@extend_schema_view(
    list=extend_schema(responses={200: PetitionOut(many=True), **READING}),
    retrieve=extend_schema(responses={200: PetitionDetailOut, **READING}),
)
class PetitionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Petition]):
    """The open lane; sealed petitions are not reached by programs at all."""

    serializer_class = PetitionOut
    pagination_class = ByDeadline
    lookup_value_converter = "uuid"

    @property
    def hat(self) -> Hat:
        return hat_worn(self.request)

    def get_queryset(self) -> PetitionQuerySet:
        rows = Petition.objects.visible_to(self.hat).for_list().with_representatives()
        rows = rows.select_related("content_category")
        if self.action == "retrieve":
            clocks = PetitionClock.objects.select_related("rule").order_by("pk")
            return rows.prefetch_related(Prefetch("clocks", clocks))
        # what is void is in no list (Q18), and is still read under its own address
        return rows.standing() if self.action == "list" else rows

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Show one petition; who reads it is written down, once a day."""
        look(self.get_object().pk, by=self.hat, now=timezone.now())
        return super().retrieve(request, *args, **kwargs)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return PetitionDetailOut if self.action == "retrieve" else PetitionOut

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "hat": getattr(self.request._request, "hat", None)}

    @extend_schema(request=RegisterIn, responses={201: RegisteredOut, **REFUSALS})
    def create(self, request: Request) -> Response:
        """Register a submission."""
        body = RegisterIn(data=request.data)
        body.is_valid(raise_exception=True)
        done = register(body.validated_data["submission_id"], body.intake(), by=self.hat, now=timezone.now())
        return Response(RegisteredOut(done).data, status=201)

    @extend_schema(request=RevealIn, responses={200: RevealedOut, **REFUSALS})
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: UUID) -> Response:
        """Show one masked field; the look is written down."""
        body = RevealIn(data=request.data)
        body.is_valid(raise_exception=True)
        shown = reveal(
            pk,
            body.validated_data["person"],
            field=PersonField(body.validated_data["field"]),
            by=self.hat,
            now=timezone.now(),
        )
        return Response(RevealedOut(shown).data)

    @extend_schema(responses={(200, "application/octet-stream"): bytes, **READING})
    @action(detail=True, url_path="files/<uuid:attachment_id>")
    def file(self, request: Request, pk: UUID, attachment_id: UUID) -> FileResponse:
        """Save a file; who took it is written down."""
        self.get_object()
        return download(fetch(pk, attachment_id, by=self.hat, now=timezone.now()))

    @extend_schema(request=None, responses={200: CodeOut, **REFUSALS})
    @action(detail=True, methods=["post"], url_path="query-code")
    def query_code(self, request: Request, pk: UUID) -> Response:
        """Issue the query code anew; the old one stops working."""
        _petition, code = reissue_code(pk, by=self.hat, now=timezone.now())
        return Response({"query_code": code})
