"""The demo's meetings: two that were held and decided something, and one that is called; made by their deeds."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Organ, OrganKind, Post, User
from accounts.roles import Role
from cases.models import Handling
from config.demo.logins import LOGINS
from deadlines.calendars import working_days_after, working_days_before
from leadership.actions import answers, meetings, minutes
from leadership.actions.meetings import Call
from leadership.actions.minutes import Decided
from leadership.agenda import proposals_for
from leadership.meeting_states import DecisionKind
from leadership.models import AgendaLine, Meeting, MeetingKind

_SUB_VENUES = 11
_TAKEN = 4
_WORDS = (
    "由主办单位牵头，会同属地街道拿出方案，报联席会议办公室。",
    "主办单位当面答复信访人，说明政策依据和办理时限。",
    "主办单位列出剩余事项和完成时间，每周报一次进展。",
    "主办单位会同财政部门核定资金来源，报区政府。",
)


def confer(*, latest: datetime) -> int:
    """Hold a joint conference and a weekly dispatch, and call the next conference; once in a world."""
    if Meeting.objects.exists():
        return 0
    officer, director = (_hat(role, latest) for role in (Role.JOINT_CONFERENCE_OFFICER, Role.OFFICE_DIRECTOR))
    first = _conference(officer, director, latest)
    weekly = _dispatch(officer, director, latest)
    following = _called("joint_conference", officer, _at(latest, working_days=4, hour=9), now=latest)
    for one in proposals_for(following, officer, now=latest)[:2]:
        meetings.take(
            following.pk,
            petition_id=one.petition_id,
            earlier_id=one.earlier.pk if one.earlier else None,
            by=officer,
            now=latest,
        )
    return first + weekly + 1


def _conference(officer: Hat, director: Hat, latest: datetime) -> int:
    """Hold a joint conference on key petitions a fortnight ago; one of its decisions is done, the others are not."""
    at = _at(latest, working_days=-10, hour=9)
    meeting = _called("joint_conference", officer, at, now=at - timedelta(days=2))
    found = [one for one in proposals_for(meeting, officer, now=at) if one.petition_id]
    lines = [
        meetings.take(meeting.pk, petition_id=one.petition_id, by=officer, now=at) for one in found[:_TAKEN]
    ]
    for one in found[_TAKEN : _TAKEN + 1]:
        reason = "上次会议已研究，本次听取书面汇报"
        meetings.strike(meeting.pk, reason=reason, petition_id=one.petition_id, by=officer, now=at)
    words = "会议听取了重点信访事项办理情况汇报，逐件分析了卡点，明确了牵头单位和完成时限。"
    minutes.write_minutes(meeting.pk, words=words, by=officer, now=at + timedelta(hours=2))
    for number, line in enumerate(lines):
        _decide(meeting, line, number, officer, at + timedelta(hours=2))
    minutes.issue_minutes(meeting.pk, by=director, now=at + timedelta(hours=4))
    _answer_first(meeting, director, at + timedelta(days=1))
    return 1


def _decide(meeting: Meeting, line: AgendaLine, number: int, by: Hat, now: datetime) -> None:
    led = Handling.objects.filter(petition=line.petition_id, ended_at=None).exclude(organ=meeting.organ)
    unit = led.order_by("pk").values_list("organ", flat=True).first()
    if unit is None:
        return
    head = Post.objects.filter(organ=unit, role=Role.UNIT_HEAD).order_by("pk").first()
    decided = Decided(
        kind=DecisionKind.TASK,
        words=_WORDS[number % len(_WORDS)],
        organ_id=unit,
        due_on=working_days_after(timezone.localdate(now), 7 + 5 * (number % 2)),
        line_id=line.pk,
        responsible_id=head.pk if head else None,
    )
    minutes.decide(meeting.pk, decided, by=by, now=now)


def _answer_first(meeting: Meeting, director: Hat, now: datetime) -> None:
    """Let the unit of the first decision reply, and the office verify it."""
    asked = (
        meeting.decisions.filter(assignment__isnull=False).select_related("assignment__organ").order_by("pk")
    )
    first = asked.first()
    if first is None or first.assignment is None:
        return
    officers = Post.objects.filter(organ=first.assignment.organ, role=Role.CASE_OFFICER)
    post = officers.select_related("user", "organ__place").order_by("pk").first()
    if post is not None:
        by = Hat(post, post.user)
        answers.reply(first.assignment.pk, words="已按会议要求当面答复，方案已报送。", by=by, now=now)


def _dispatch(officer: Hat, director: Hat, latest: datetime) -> int:
    """Hold a weekly dispatch by video, with a sub-venue in each township (seeds-map 116)."""
    at = _at(latest, working_days=-3, hour=8)
    meeting = _called("weekly_dispatch", officer, at, now=at - timedelta(days=1))
    towns = Organ.objects.current().filter(
        kind=OrganKind.TOWNSHIP, place__path__startswith=officer.organ.place.path
    )
    for organ in towns.order_by("code")[:_SUB_VENUES]:
        unit = meetings.name_unit(
            meeting.pk,
            organ_id=organ.pk,
            venue=f"{organ.short_name}分会场",
            by=officer,
            now=at - timedelta(days=1),
        )
        meetings.note_presence(meeting.pk, unit_id=unit.pk, came=True, who="分管负责人", by=officer, now=at)
    topic = "通报上次调度以来各分会场事项办理情况"
    meetings.add_topic(meeting.pk, topic=topic, by=officer, now=at)
    words = "会议以视频形式召开，通报了上次调度以来的办理情况，对未完成事项逐项点名。"
    minutes.write_minutes(meeting.pk, words=words, by=officer, now=at + timedelta(hours=1))
    minutes.issue_minutes(meeting.pk, by=director, now=at + timedelta(hours=3))
    return 1


def _called(code: str, by: Hat, at: datetime, *, now: datetime) -> Meeting:
    leaders = Post.objects.filter(role=Role.LEADER, organ__place__path__startswith=by.organ.place.path)
    chair = leaders.order_by("organ__code", "pk")[0]
    call = Call(meets_at=at, place="区委三楼会议室", chair_id=chair.pk)
    return meetings.call_meeting(MeetingKind.objects.get(code=code).pk, call, by=by, now=now)


def _at(latest: datetime, *, working_days: int, hour: int) -> datetime:
    """Return an hour of a working day so many before or after."""
    today = timezone.localdate(latest)
    days = abs(working_days)
    day = working_days_after(today, days) if working_days > 0 else working_days_before(today, days)
    return timezone.make_aware(datetime.combine(day, time(hour, 30)))


def _hat(role: Role, now: datetime) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[role])
    return next(hat for hat in hats_of(user, on=timezone.localdate(now)) if hat.role == role)
