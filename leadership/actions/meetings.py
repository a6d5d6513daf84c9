"""Calling a meeting and putting its agenda together (seeds-map 1, 11, 12, 16, 19, 27, 79, 81, 116)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from audit.parts import record
from leadership import permissions as may
from leadership.agenda import Proposal, proposal_for, proposals_for
from leadership.meeting_states import AgendaGround, MeetingState
from leadership.meetings import hold_meeting, need, tell_meeting
from leadership.models import AgendaLine, Meeting, MeetingKind, MeetingUnit
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@dataclass(frozen=True, kw_only=True)
class Call:
    """When and where a meeting is held and who chairs it: a leader's post, or a person from outside in words."""

    meets_at: datetime
    place: str
    chair_id: int | None = None
    outside_chair: str = ""


@transaction.atomic(durable=True)
def call_meeting(kind_id: int, call: Call, *, by: Hat, now: datetime) -> Meeting:
    """Call a meeting; whoever chairs it is told.

    :raises NotAllowed: if it is neither office nor joint conference
    :raises Refused: for a kind that has ended, a day before today, without a place, or without one chair
    """
    if not may.may_place(by):
        raise NotAllowed(_("Your post does not call meetings."))
    kind = MeetingKind.objects.filter(pk=kind_id, ended_on=None).first()
    if kind is None:
        words = _("Choose a kind of meeting.")
        raise Refused(words, fields={"kind": words})
    chair = _refuse_impossible(call, now=now)
    meeting = Meeting.objects.create(
        kind=kind,
        organ=by.organ,
        meets_at=call.meets_at,
        place=call.place.strip(),
        chair=chair,
        outside_chair=call.outside_chair.strip(),
        state=MeetingState.CALLED,
        called_by=by.post,
        called_at=now,
    )
    tell_meeting(meeting, [chair.pk] if chair else [], now=now)
    facts = {"meeting": kind.code, "on": timezone.localdate(call.meets_at).isoformat()}
    record("meeting.call", meeting, by=by.actor, at=now, facts=facts)
    return meeting


@transaction.atomic(durable=True)
def reschedule(meeting_id: UUID, call: Call, *, by: Hat, now: datetime) -> Meeting:
    """Hold a meeting at another time or place, or under another chair.

    :raises Unknown: if this hat does not read the meeting
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if it was held or called off
    :raises Refused: for a day before today, without a place, or without one chair
    """
    meeting = _called(meeting_id, by)
    chair = _refuse_impossible(call, now=now)
    meeting.meets_at, meeting.place = call.meets_at, call.place.strip()
    meeting.chair, meeting.outside_chair = chair, call.outside_chair.strip()
    meeting.save(update_fields=["meets_at", "place", "chair", "outside_chair"])
    tell_meeting(meeting, [chair.pk] if chair else [], now=now)
    facts = {"on": timezone.localdate(call.meets_at).isoformat()}
    record("meeting.reschedule", meeting, by=by.actor, at=now, facts=facts)
    return meeting


@transaction.atomic(durable=True)
def call_off(meeting_id: UUID, *, reason: str, by: Hat, now: datetime) -> Meeting:
    """Call a meeting off, with the reason.

    :raises Unknown: if this hat does not read the meeting
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if it was held or called off
    :raises Refused: without a reason
    """
    meeting = _called(meeting_id, by)
    need(reason, "reason")
    meeting.state, meeting.called_off_why = MeetingState.CALLED_OFF, reason.strip()
    meeting.save(update_fields=["state", "called_off_why"])
    record("meeting.call_off", meeting, by=by.actor, at=now)
    return meeting


@transaction.atomic(durable=True)
def name_unit(meeting_id: UUID, *, organ_id: int, venue: str = "", by: Hat, now: datetime) -> MeetingUnit:
    """Call a unit to a meeting, at the main venue or at a sub-venue; those who answer for the unit are told.

    :raises Unknown: if this hat does not read the meeting
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if its minutes are issued, or it was called off
    :raises Refused: for an organ of no more, or one that is called already
    """
    meeting = hold_meeting(meeting_id, by)
    organ = Organ.objects.current().filter(pk=organ_id).first()
    if organ is None or MeetingUnit.objects.filter(meeting=meeting, organ=organ).exists():
        words = _("Choose another organ that exists today.")
        raise Refused(words, fields={"organ": words})
    row = MeetingUnit.objects.create(meeting=meeting, organ=organ, venue=venue.strip())
    tell_meeting(meeting, may.posts_that_answer(organ, on=timezone.localdate(now)), now=now)
    record("meeting.name_unit", meeting, by=by.actor, at=now, facts={"organ": organ.code})
    return row


@transaction.atomic(durable=True)
def note_presence(
    meeting_id: UUID, *, unit_id: int, came: bool, who: str = "", by: Hat, now: datetime
) -> MeetingUnit:
    """Write whether a unit that was called came, and who of it (点名).

    :raises Unknown: if this hat does not read the meeting, or the unit was not called
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if its minutes are issued, it was called off, or its day has not come
    """
    meeting = hold_meeting(meeting_id, by)
    if meeting.meets_at > now:
        raise OutOfTurn(_("The meeting has not begun."))
    row = MeetingUnit.objects.select_for_update(of=("self",)).filter(meeting=meeting, pk=unit_id).first()
    if row is None:
        raise Unknown(_("This unit was not called."))
    row.came, row.who = came, who.strip()
    row.save(update_fields=["came", "who"])
    record("meeting.note_presence", meeting, by=by.actor, at=now, facts={"came": came})
    return row


@transaction.atomic(durable=True)
def take(
    meeting_id: UUID,
    *,
    petition_id: UUID | None = None,
    earlier_id: UUID | None = None,
    by: Hat,
    now: datetime,
) -> AgendaLine:
    """Put a matter that is proposed on the agenda, with the fact it is proposed by.

    :raises Unknown: if this hat does not read the meeting, or the matter is not proposed for it
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if its minutes are issued, or it was called off
    """
    return _put(meeting_id, petition_id, earlier_id, "", by=by, now=now)


@transaction.atomic(durable=True)
def take_several(
    meeting_id: UUID, *, petitions: Sequence[UUID], earlier: Sequence[UUID], by: Hat, now: datetime
) -> list[AgendaLine]:
    """Put several matters that are proposed on the agenda, in the order they are proposed; all of them or none.

    :raises Unknown: if this hat does not read the meeting, or one of the matters is not proposed for it
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if its minutes are issued, or it was called off
    :raises Refused: if nothing was ticked
    """
    meeting = hold_meeting(meeting_id, by)
    ticked = {*petitions, *earlier}
    if not ticked:
        raise Refused(_("Tick what is to be put on the agenda."))
    found = [one for one in proposals_for(meeting, by, now=now) if one.key in ticked]
    if len(found) != len(ticked):
        raise Unknown(_("This matter is not proposed for the meeting."))
    return [_write(meeting, one, "", by=by, now=now) for one in found]


@transaction.atomic(durable=True)
def strike(
    meeting_id: UUID,
    *,
    reason: str,
    petition_id: UUID | None = None,
    earlier_id: UUID | None = None,
    by: Hat,
    now: datetime,
) -> AgendaLine:
    """Say why a matter that is proposed is not put on the agenda.

    :raises Unknown: if this hat does not read the meeting, or the matter is not proposed for it
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if its minutes are issued, or it was called off
    :raises Refused: without a reason
    """
    need(reason, "reason")
    return _put(meeting_id, petition_id, earlier_id, reason.strip(), by=by, now=now)


@transaction.atomic(durable=True)
def add_topic(meeting_id: UUID, *, topic: str, by: Hat, now: datetime) -> AgendaLine:
    """Put a topic on the agenda that concerns no one petition.

    :raises Unknown: if this hat does not read the meeting
    :raises NotAllowed: if it does not write it
    :raises OutOfTurn: if its minutes are issued, or it was called off
    :raises Refused: without words
    """
    meeting = hold_meeting(meeting_id, by)
    need(topic, "topic")
    row = AgendaLine.objects.create(
        meeting=meeting, ground=AgendaGround.TOPIC, topic=topic.strip(), by=by.post, decided_at=now
    )
    record("meeting.add_topic", meeting, by=by.actor, at=now)
    return row


def _put(
    meeting_id: UUID,
    petition_id: UUID | None,
    earlier_id: UUID | None,
    struck: str,
    *,
    by: Hat,
    now: datetime,
) -> AgendaLine:
    meeting = hold_meeting(meeting_id, by)
    found = proposal_for(meeting, by, petition_id=petition_id, earlier_id=earlier_id, now=now)
    if found is None:
        raise Unknown(_("This matter is not proposed for the meeting."))
    return _write(meeting, found, struck, by=by, now=now)


def _write(meeting: Meeting, found: Proposal, struck: str, *, by: Hat, now: datetime) -> AgendaLine:
    row = AgendaLine.objects.create(
        meeting=meeting,
        ground=found.fact.ground,
        petition_id=found.petition_id,
        earlier=found.earlier,
        fact_on=found.fact.on,
        fact_count=found.fact.count,
        struck=struck,
        by=by.post,
        decided_at=now,
    )
    facts = {"agenda": found.fact.ground}
    record("meeting.strike" if struck else "meeting.take", meeting, by=by.actor, at=now, facts=facts)
    return row


def _called(meeting_id: UUID, by: Hat) -> Meeting:
    meeting = hold_meeting(meeting_id, by)
    if meeting.state != MeetingState.CALLED:
        raise OutOfTurn(_("This meeting has been held."))
    return meeting


def _refuse_impossible(call: Call, *, now: datetime) -> Post | None:
    """Return the post that chairs; nobody where the chair stands in words."""
    faults = {}
    today = timezone.localdate(now)
    if not call.place.strip():
        faults["place"] = _("Fill this in.")
    if timezone.localdate(call.meets_at) < today:
        faults["meets_at"] = _("A meeting is called for today or a day after.")
    chair = None
    if (call.chair_id is None) == (not call.outside_chair.strip()):
        faults["chair"] = _("Name one chair: a post of this house, or in words who comes from outside.")
    elif call.chair_id is not None:
        chair = may.chairs(on=today).filter(pk=call.chair_id).first()
        if chair is None:
            faults["chair"] = _("Choose a leader or a head of the office.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    return chair
