"""What programs read of grids: each thing as its serializer shows it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Organ
from grids.event_pages import shows_words
from grids.models import (
    Courtyard,
    DiaryNote,
    Gathering,
    GatheringSeries,
    Grid,
    GridEvent,
    GridStaff,
    HouseholdCard,
    Liaison,
    Round,
    RoundPlan,
    ServiceTeam,
)

_KEYS = serializers.ListField(child=serializers.UUIDField())


class GridOut(serializers.ModelSerializer[Grid]):
    """A grid and what is posted of it."""

    organ = serializers.CharField(source="organ.code")
    place = serializers.CharField(source="place.code")
    above = serializers.CharField(source="parent.code", default=None, allow_null=True)
    staff = serializers.SerializerMethodField()
    liaisons = serializers.SerializerMethodField()
    teams = serializers.SerializerMethodField()

    class Meta:
        model = Grid
        fields = [
            *("id", "code", "name", "level", "above", "organ", "place", "area", "band"),
            *("complaint_phone", "posted_at", "ended_at", "staff", "liaisons", "teams"),
        ]

    @extend_schema_field(_KEYS)
    def get_staff(self, grid: Grid) -> list[UUID]:
        return [row.pk for row in grid.staff.all() if row.until is None]

    @extend_schema_field(_KEYS)
    def get_liaisons(self, grid: Grid) -> list[UUID]:
        return [row.pk for row in grid.liaisons.all() if row.until is None]

    @extend_schema_field(_KEYS)
    def get_teams(self, grid: Grid) -> list[UUID]:
        return [row.pk for row in grid.teams.all() if row.ended_at is None]


class StaffOut(serializers.ModelSerializer[GridStaff]):
    """Who stands for a grid: work particulars alone."""

    class Meta:
        model = GridStaff
        fields = ["id", "grid", "part", "kind", "level", "name", "phone", "patch", "skills", "since", "until"]


class LiaisonOut(serializers.ModelSerializer[Liaison]):
    """Who looks after a grid, or after how many households without smartphones."""

    class Meta:
        model = Liaison
        fields = ["id", "grid", "kind", "name", "title", "phone", "households", "patch", "since", "until"]


class ServiceTeamOut(serializers.ModelSerializer[ServiceTeam]):
    """A service team and whom to call."""

    class Meta:
        model = ServiceTeam
        fields = ["id", "organ", "grid", "kind", "name", "contact", "phone", "members", "ended_at"]


class KeeperOut(serializers.ModelSerializer[Organ]):
    """The organ that a post keeps grids for."""

    class Meta:
        model = Organ
        fields = ["id", "code", "name", "short_name"]


class RoundPlanOut(serializers.ModelSerializer[RoundPlan]):
    """A plan of rounds."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = RoundPlan
        fields = [
            *("id", "organ", "name", "occasion", "rhythm", "checklist", "from_on", "until_on"),
            *("ended_at", "end_reason"),
        ]


class RoundOut(serializers.ModelSerializer[Round]):
    """One round of one grid, and the events that were found in it."""

    grid = serializers.CharField(source="grid.code")
    checklist = serializers.ListField(source="plan.checklist", child=serializers.CharField())
    finds = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = [
            *("id", "plan", "grid", "first_on", "last_on", "checklist", "done_at", "looked_at", "zero"),
            *("words", "finds"),
        ]

    @extend_schema_field(_KEYS)
    def get_finds(self, row: Round) -> list[UUID]:
        return [find.event_id for find in row.finds.all()]


class NoteOut(serializers.ModelSerializer[DiaryNote]):
    """A note of the diary, about a place or a service."""

    grid = serializers.CharField(source="grid.code")

    class Meta:
        model = DiaryNote
        fields = ["id", "grid", "about", "subject", "text", "written_at", "expires_on"]


class CourtyardOut(serializers.ModelSerializer[Courtyard]):
    """A courtyard: what stands in it and whom to call."""

    grid = serializers.CharField(source="grid.code")

    class Meta:
        model = Courtyard
        fields = [
            *("id", "grid", "name", "buildings", "stairwells", "contact", "phone"),
            *("hydrants", "valves", "meeting_point"),
        ]


class CardOut(serializers.ModelSerializer[HouseholdCard]):
    """That a household gave something for a service, until when; what it gave is read on its page alone."""

    class Meta:
        model = HouseholdCard
        fields = ["id", "courtyard", "help", "purpose", "agreed_on", "expires_on"]


class GatheringOut(serializers.ModelSerializer[Gathering]):
    """A gathering: what it was about, how many came, what was agreed and what came of it."""

    organ = serializers.CharField(source="organ.code")
    grid = serializers.CharField(source="grid.code", default=None, allow_null=True)

    class Meta:
        model = Gathering
        fields = [
            *("id", "organ", "grid", "kind", "topic", "place", "held_on", "state", "attendance", "matters"),
            *("settled", "agreement", "follow_up_on", "effect", "called_off_why"),
        ]


class SeriesOut(serializers.ModelSerializer[GatheringSeries]):
    """A gathering that comes again."""

    organ = serializers.CharField(source="organ.code")
    grid = serializers.CharField(source="grid.code", default=None, allow_null=True)

    class Meta:
        model = GatheringSeries
        fields = [
            *("id", "organ", "grid", "kind", "topic", "place", "repeat", "first_on", "until_on"),
            *("ended_at", "end_reason"),
        ]


class EventOut(serializers.ModelSerializer[GridEvent]):
    """An event; its words as far as this post reads them, and never how a resident may be reached."""

    grid = serializers.CharField(source="grid.code")
    organ = serializers.CharField(source="organ.code")
    type = serializers.CharField(source="type.code")
    ledger = serializers.CharField(source="type.ledger")
    title = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()

    class Meta:
        model = GridEvent
        fields = [
            *("id", "number", "version", "state", "tier", "grid", "organ", "type", "ledger", "title", "text"),
            *("is_dangerous", "observed_at", "received_at", "next_due_at", "ended_at"),
        ]

    def get_title(self, event: GridEvent) -> str:
        return event.title if self._reads(event) else ""

    def get_text(self, event: GridEvent) -> str:
        return event.text if self._reads(event) else ""

    def _reads(self, event: GridEvent) -> bool:
        return shows_words(self.context["hat"], event)


class OnMapOut(serializers.Serializer[Any]):
    """A grid with what is open in it and below it, and the coordinates of its boundary, a MultiPolygon of RFC 7946."""

    grid = serializers.UUIDField(source="grid.pk")
    code = serializers.CharField(source="grid.code")
    open = serializers.IntegerField()
    late = serializers.IntegerField()
    system = serializers.CharField(source="boundary.sheet.system", default=None, allow_null=True)
    version = serializers.IntegerField(source="boundary.sheet.version", default=None, allow_null=True)
    polygons = serializers.JSONField(source="boundary.polygons", default=None, allow_null=True)
