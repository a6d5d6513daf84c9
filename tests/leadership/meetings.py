"""Meetings on their way, each step made by the deed itself."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from leadership.actions import meetings, minutes
from leadership.actions.meetings import Call
from leadership.actions.minutes import Decided
from leadership.meeting_states import DecisionKind
from leadership.models import AgendaLine, Meeting, MeetingDecision, MeetingKind
from tests.cases.handling.given import Case
from tests.given import MONDAY
from tests.leadership.leaders import a_leader

CONFERENCE = "joint_conference"


def called(
    by: Hat,
    code: str = CONFERENCE,
    *,
    chair: Hat | None = None,
    at: datetime = MONDAY,
    now: datetime = MONDAY,
) -> Meeting:
    """Let an office call a meeting."""
    chair = chair or a_leader("区委副书记", "QW")
    call = Call(meets_at=at, place="区委三楼会议室", chair_id=chair.post.pk)
    return meetings.call_meeting(MeetingKind.objects.get(code=code).pk, call, by=by, now=now)


def taken(meeting: Meeting, case: Case, by: Hat, *, now: datetime = MONDAY) -> AgendaLine:
    """Let an office take a petition that is proposed."""
    return meetings.take(meeting.pk, petition_id=case.pk, by=by, now=now)


def held(meeting: Meeting, by: Hat, *, now: datetime = MONDAY) -> Meeting:
    """Let an office write the minutes."""
    return minutes.write_minutes(meeting.pk, words="听取汇报，逐件研究。", by=by, now=now)


def decided(
    meeting: Meeting,
    organ_id: int,
    by: Hat,
    *,
    line: AgendaLine | None = None,
    now: datetime = MONDAY,
    **facts: Any,
) -> MeetingDecision:
    """Let an office write a decision."""
    given = {
        "kind": DecisionKind.TASK,
        "words": "五个工作日内提出化解方案。",
        "organ_id": organ_id,
        "due_on": timezone.localdate(now) + timedelta(days=7),
        "line_id": line.pk if line else None,
        **facts,
    }
    return minutes.decide(meeting.pk, Decided(**given), by=by, now=now)
