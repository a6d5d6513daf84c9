"""What is asked, supervised and lifted, for programs: the deeds of the pages' table, each at an address of its own."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from accounts.api import hat_worn
from accounts.api_refusals import READING
from accounts.deed_doors import Newest, Sent, Thing, alone_patterns_of, patterns_of
from accounts.hats import Hat
from accounts.page_deeds import Deed
from assignments.models import Assignment
from cases.deeds import DEEDS as ON_CASES
from cases.models import Petition
from leadership import finding
from leadership import permissions as may
from leadership.deeds import ON_ASKED, ON_BULLETIN, ON_LIFT, ON_PETITION, ON_REPORT, ON_SLIP
from leadership.leaders_api import OF_LEADERS
from leadership.models import Bulletin, LiftAddressee, PetitionLift, Slip, Station, UrgentNotice, UrgentReport
from leadership.offers import form_of, units_that_lead
from leadership.offices_api import ALONE, OF_OFFICES, StationOut
from leadership.pages import slips_of
from leadership.rosters import office_for
from lib.forms import RefusableForm


class SlipOut(serializers.ModelSerializer[Slip]):
    """A slip or recommendation; its assignment is what is answered and verified."""

    petition = serializers.CharField(source="petition.number")
    issuer = serializers.CharField(source="issuer.code")
    addressee = serializers.CharField(source="addressee.code")
    number = serializers.CharField(source="document.number", default="")

    class Meta:
        model = Slip
        fields = [
            *("id", "petition", "kind", "state", "version", "issuer", "addressee", "number"),
            *("ground", "grade", "due_on", "opened_at", "assignment", "adopted"),
            *("meeting", "decided_on", "decision_number", "held_at", "held_where", "called"),
        ]


class AskedOut(serializers.ModelSerializer[Assignment]):
    """What is asked of an organ or a post, by which day, and how it was answered."""

    organ = serializers.CharField(source="organ.code", default=None, allow_null=True)
    asking_organ = serializers.CharField(source="asking_organ.code")
    last_day = serializers.DateField(source="clock.last_day", allow_null=True)

    class Meta:
        model = Assignment
        fields = [
            *("id", "kind", "state", "act", "organ", "asking_organ", "asked_at", "last_day"),
            *("received_at", "replied_at", "reply", "ended_at"),
        ]


class AddresseeOut(serializers.ModelSerializer[LiftAddressee]):
    """Whoever a lifted petition is put before, and whether he took it or gave it back."""

    class Meta:
        model = LiftAddressee
        fields = ["assignment", "state", "chosen"]


class LiftOut(serializers.ModelSerializer[PetitionLift]):
    """A petition lifted, or proposed to be lifted, from tier to tier."""

    petition = serializers.CharField(source="petition.number")
    addressees = AddresseeOut(many=True)

    class Meta:
        model = PetitionLift
        fields = [
            *("id", "petition", "state", "from_tier", "to_tier", "raised_at", "ended_at", "assignment"),
            "addressees",
        ]


class NoticeOut(serializers.ModelSerializer[UrgentNotice]):
    """To whom an urgent report went, how and when."""

    class Meta:
        model = UrgentNotice
        fields = ["recipient", "means", "sent_at"]


class ReportOut(serializers.ModelSerializer[UrgentReport]):
    """A report of a grave and urgent matter, and who was told (Art 25)."""

    petition = serializers.CharField(source="petition.number")
    number = serializers.CharField(source="document.number")
    notices = NoticeOut(many=True)

    class Meta:
        model = UrgentReport
        fields = ["id", "petition", "number", "discovered_at", "reported_at", "notices"]


class BulletinOut(serializers.ModelSerializer[Bulletin]):
    """A month's bulletin, and where it stands; its matters are on its page."""

    office = serializers.CharField(source="office.code")
    number = serializers.CharField(source="document.number", default="")

    class Meta:
        model = Bulletin
        fields = ["id", "office", "month", "state", "version", "number"]


class SupervisionOut(serializers.Serializer[Any]):
    """What of supervision and lifting this post reads on one petition."""

    slips = SlipOut(many=True)
    lifts = LiftOut(many=True)
    reports = ReportOut(many=True)


def _supervision_of(hat: Hat, petition: Petition) -> dict[str, Any]:
    now = timezone.now()
    reads_reports = may.reads_reports(hat, petition)
    reports = UrgentReport.objects.filter(petition=petition).select_related("document", "petition")
    lifts = (
        PetitionLift.objects.filter(petition=petition)
        .select_related("petition")
        .prefetch_related("addressees")
        .order_by("raised_at", "pk")
    )
    return {
        "slips": [shown.slip for shown in slips_of(petition, hat, now)],
        "lifts": lifts,
        "reports": reports.prefetch_related("notices").order_by("pk") if reads_reports else [],
    }


def _naming_units(deed: Deed, sent: Sent, petition: Petition) -> RefusableForm:
    """Return a form that may name the units that lead this petition."""
    return form_of(deed, sent.body, sent.files, organs=units_that_lead(petition))


def _on_petition(deed: Deed, sent: Sent, found: Slip | PetitionLift) -> RefusableForm:
    return _naming_units(deed, sent, found.petition)


THINGS = (
    Thing(
        "petitions/<uuid:pk>/supervision/",
        {
            slug: deed
            for slug, deed in ON_PETITION.items()
            if slug not in {one.slug for one in ON_CASES.values()}
        },
        finding.petition_of,
        SupervisionOut,
        _supervision_of,
        form=_naming_units,
    ),
    Thing("slips/<uuid:pk>/", ON_SLIP, finding.slip_of, SlipOut, form=_on_petition),
    Thing("asked/<uuid:pk>/", ON_ASKED, lambda hat, pk: finding.asked_of(hat, pk)[0], AskedOut),
    Thing("lifts/<uuid:pk>/", ON_LIFT, finding.lift_of, LiftOut, form=_on_petition),
    Thing("urgent-reports/<uuid:pk>/", ON_REPORT, finding.report_of, ReportOut),
    Thing("bulletins/<uuid:pk>/", ON_BULLETIN, finding.bulletin_of, BulletinOut),
    *OF_LEADERS,
    *OF_OFFICES,
)


@extend_schema(responses={200: AskedOut(many=True), **READING})
class AskedList(generics.ListAPIView[Assignment]):
    """What is asked of this post and its organ and still owed, or waits to be verified."""

    serializer_class = AskedOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Assignment]:
        asked = Assignment.objects.asked_of(hat_worn(self.request)).standing()
        return asked.select_related("organ", "asking_organ", "clock")


@extend_schema(responses={200: SlipOut(many=True), **READING})
class SlipList(generics.ListAPIView[Slip]):
    """The slips and recommendations of this post's own office, drafts too."""

    serializer_class = SlipOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Slip]:
        hat = hat_worn(self.request)
        rows = Slip.objects.of_issuer(hat) if may.kinds_for(hat) else Slip.objects.none()
        return rows.select_related("petition", "issuer", "addressee", "document")


@extend_schema(responses={200: StationOut(many=True), **READING})
class StationList(generics.ListAPIView[Station]):
    """The open stations of the office of this post's place."""

    serializer_class = StationOut
    pagination_class = Newest

    def get_queryset(self) -> QuerySet[Station]:
        rows = Station.objects.standing().filter(office=office_for(hat_worn(self.request)))
        return rows.select_related("place", "organ")


urlpatterns: list[URLPattern] = [
    *alone_patterns_of(ALONE),
    path("stations/", StationList.as_view(), name="stations"),
    path("asked/", AskedList.as_view(), name="asked"),
    path("slips/", SlipList.as_view(), name="slips"),
    *patterns_of(THINGS),
]
