"""What leaders and their offices do, for programs: sponsoring, instructing, deciding, meetings, lists, teams."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.deed_doors import Thing
from accounts.hats import Hat
from cases.models import Petition
from leadership import finding, instruction_pages, list_pages, meeting_pages
from leadership.instruction_deeds import ON_DECISION, ON_INSTRUCTED, ON_INSTRUCTION
from leadership.list_deeds import ON_ITEM, ON_LIST
from leadership.lists import rate_of
from leadership.meeting_deeds import ON_MEETING
from leadership.models import (
    DecisionRequest,
    Instruction,
    ListItem,
    Meeting,
    MeetingDecision,
    Sponsorship,
    StrikeList,
    TaskForce,
)
from leadership.permissions import reads_whole_meetings
from leadership.sponsor_deeds import ON_SPONSORED, ON_SPONSORSHIP
from leadership.sponsoring import standing_of
from leadership.team_deeds import ON_FORCE, ON_TEAM
from leadership.teams import around
from lib.errors import Unknown


class SponsorshipOut(serializers.ModelSerializer[Sponsorship]):
    """One leader's answering for one petition."""

    petition = serializers.CharField(source="petition.number")

    class Meta:
        model = Sponsorship
        fields = [
            *("id", "petition", "kind", "post", "outsider", "reason"),
            *("begun_at", "end", "end_reason", "ended_at"),
        ]


class SponsorsOut(serializers.Serializer[Any]):
    """Who sponsors a petition now."""

    sponsors = SponsorshipOut(many=True)


class InstructionOut(serializers.ModelSerializer[Instruction]):
    """What a leader wrote, signed, entered or noted; held back for ten seconds until `gives_at` (Q33)."""

    petition = serializers.CharField(source="petition.number")

    class Meta:
        model = Instruction
        fields = [
            *("id", "petition", "leader", "text", "said_on", "source", "state"),
            *("gives_at", "given_at", "ended_at", "end_words"),
        ]


class DecisionOut(serializers.ModelSerializer[DecisionRequest]):
    """What a leader is asked to decide, and which choice he took."""

    petition = serializers.CharField(source="petition.number")
    asking_organ = serializers.CharField(source="asking_organ.code")

    class Meta:
        model = DecisionRequest
        fields = [
            *("id", "petition", "leader", "asking_organ", "stuck", "question", "choices"),
            *("due_on", "state", "chosen", "answer"),
        ]


class InstructedOut(serializers.Serializer[Any]):
    """The instructions and questions on a petition, as far as this post reads them."""

    instructions = InstructionOut(many=True)
    decisions = DecisionOut(many=True)


class MeetingDecisionOut(serializers.ModelSerializer[MeetingDecision]):
    """What a meeting decided; its assignment is what is answered."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = MeetingDecision
        fields = ["id", "kind", "measure", "words", "organ", "responsible", "due_on", "assignment"]


class MeetingOut(serializers.Serializer[Any]):
    """A meeting with its agenda and decisions, as far as this post reads them."""

    id = serializers.UUIDField(source="meeting.pk")
    kind = serializers.CharField(source="meeting.kind.code")
    meets_at = serializers.DateTimeField(source="meeting.meets_at")
    place = serializers.CharField(source="meeting.place")
    state = serializers.CharField(source="meeting.state")
    number = serializers.CharField(source="meeting.number")
    agenda = serializers.ListField(child=serializers.DictField())
    decisions = MeetingDecisionOut(many=True)


class StrikeListOut(serializers.Serializer[Any]):
    """A list to strike off and how much of it is struck off today; a unit reads no rate."""

    id = serializers.UUIDField(source="list.pk")
    name = serializers.CharField(source="list.name")
    source = serializers.CharField(source="list.source")  # type: ignore[assignment]  # a field of the list
    listed = serializers.IntegerField(allow_null=True)
    struck = serializers.IntegerField(allow_null=True)


class StrikeItemOut(serializers.Serializer[Any]):
    """One item of a list."""

    id = serializers.UUIDField(source="row.pk")
    list = serializers.UUIDField(source="row.list_id")
    petition = serializers.CharField(source="petition.number", default=None, allow_null=True)
    matter = serializers.CharField(source="row.matter")
    act = serializers.CharField(source="row.act")
    organ = serializers.CharField(source="row.organ.code")
    due_on = serializers.DateField(source="row.due_on")
    state = serializers.CharField()
    struck_on = serializers.DateField(allow_null=True)
    assignment = serializers.UUIDField(source="row.assignment_id", allow_null=True)


class TeamOut(serializers.Serializer[Any]):
    """The team around a petition."""

    members = serializers.ListField(child=serializers.DictField())


class ForceOut(serializers.ModelSerializer[TaskForce]):
    """A task force on a topic."""

    organ = serializers.CharField(source="organ.code")

    class Meta:
        model = TaskForce
        fields = ["id", "name", "topic", "organ", "formed_at", "resolved_at", "result"]


def _sponsors_of(_hat: Hat, petition: Petition) -> dict[str, Any]:
    return {"sponsors": standing_of(petition)}


def _instructed(hat: Hat, petition: Petition) -> dict[str, Any]:
    page = instruction_pages.petition_page(petition, hat, now=timezone.now(), bound={})
    return {
        "instructions": [given.row for given in page["given"]],
        "decisions": [question.row for question in page["questions"]],
    }


def _instruction_of(hat: Hat, instruction_id: UUID) -> Instruction:
    seen = Petition.objects.visible_to(hat)
    read = instruction_pages.read_by(hat, on=timezone.localdate())
    found = Instruction.objects.filter(read, pk=instruction_id, petition__in=seen).first()
    if found is None:
        raise Unknown(_("There is no such instruction."))
    return found


def _decision_of(hat: Hat, request_id: UUID) -> DecisionRequest:
    """Return a question as this hat reads it: to others it waits until the ten seconds are over (Q33)."""
    found = finding.decision_of(hat, request_id)
    read: list[DecisionRequest] = _instructed(hat, finding.petition_of(hat, found.petition_id))["decisions"]
    row = next((row for row in read if row.pk == found.pk), None)
    if row is None:
        raise Unknown(_("Nobody asked such a question."))
    return row


def _meeting(hat: Hat, meeting: Meeting) -> dict[str, Any]:
    page = meeting_pages.meeting_page(meeting, hat, now=timezone.now(), bound={})
    return {
        "meeting": meeting,
        "agenda": [
            {
                "id": line.row.pk,
                "ground": line.row.ground,
                "petition": line.petition.number if line.petition else None,
                "topic": line.row.topic,
                "fact_on": line.row.fact_on,
            }
            for line in page["lines"]
        ],
        "decisions": [task.row for task in page["decisions"]],
    }


def _list(hat: Hat, rows: StrikeList) -> dict[str, Any]:
    rate = rate_of(rows, on=timezone.localdate()) if reads_whole_meetings(hat) else None
    return {"list": rows, "listed": rate.listed if rate else None, "struck": rate.struck if rate else None}


def _item(hat: Hat, item: ListItem) -> Any:
    return list_pages.item_page(item, hat, now=timezone.now(), bound={})["item"]


def _team(_hat: Hat, petition: Petition) -> dict[str, Any]:
    return {"members": [{"role": one.role, "who": one.who} for one in around(petition) if not one.is_force]}


MEETING = Thing("meetings/<uuid:pk>/", ON_MEETING, finding.meeting_of, MeetingOut, _meeting)
STRIKE_LIST = Thing("strike-lists/<uuid:pk>/", ON_LIST, finding.list_of, StrikeListOut, _list)
FORCE = Thing("task-forces/<uuid:pk>/", ON_FORCE, finding.force_of, ForceOut)
OF_LEADERS = (
    Thing("petitions/<uuid:pk>/sponsors/", ON_SPONSORED, finding.petition_of, SponsorsOut, _sponsors_of),
    Thing("sponsorships/<uuid:pk>/", ON_SPONSORSHIP, finding.sponsorship_of, SponsorshipOut),
    Thing(
        "petitions/<uuid:pk>/instructions/",
        ON_INSTRUCTED,
        finding.petition_of,
        InstructedOut,
        _instructed,
    ),
    Thing("instructions/<uuid:pk>/", ON_INSTRUCTION, _instruction_of, InstructionOut),
    Thing("decisions/<uuid:pk>/", ON_DECISION, _decision_of, DecisionOut),
    MEETING,
    STRIKE_LIST,
    Thing("strike-items/<uuid:pk>/", ON_ITEM, list_pages.find_item, StrikeItemOut, _item),
    Thing("petitions/<uuid:pk>/team/", ON_TEAM, finding.petition_of, TeamOut, _team),
    FORCE,
)
