"""The demo's hearings: one that was held and promised something, one that is called, one asked for; by their deeds."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Post, User
from accounts.roles import Role
from cases.models import Handling, Petition
from cases.states import Routing
from config.demo.logins import LOGINS
from deadlines.calendars import working_days_after, working_days_before
from hearings.actions import arranging, asking, concluding, holding, registry
from hearings.actions.arranging import Called
from hearings.actions.asking import Asked
from hearings.actions.concluding import Conclusion, Promise
from hearings.models import Hearing, HearingRoom, Panelist, ProcedureSet, Seat
from hearings.states import Applicant, Ground, NoticeMode, PanelKind, SeatRole, Step, Vote
from lib.ids import uuid7

_ROOMS = ("区信访局一楼听证室", "永宁社区党群服务中心")
_MEMBERS = (
    ("贺建军", PanelKind.DEPUTY, "区人大代表"),
    ("梁慧", PanelKind.ADVISER, "区政协委员"),
    ("冯晓东", PanelKind.LAWYER, "律师事务所"),
    ("孟宪文", PanelKind.EXPERT, "法学副教授"),
    ("曹玉珍", PanelKind.MEDIATOR, "人民调解员"),
    ("任国栋", PanelKind.RESPECTED, "退休干部"),
    ("高秀兰", PanelKind.LAWYER, "法律援助中心"),
)
_SAID = (
    (Step.PETITIONER, SeatRole.PETITIONER, "请求尽快答复并落实，材料已经提交。"),
    (Step.ORGAN, SeatRole.OFFICER, "前期已现场核查，卡在几个部门的衔接上，拟分两步解决。"),
    (Step.POLICY, SeatRole.CHAIR, "请主管部门说明现行政策和适用条件。"),
    (Step.INQUIRY, SeatRole.PANEL, "请说明第一步什么时候能办完。"),
    (Step.COMMENTS, SeatRole.PANEL, "诉求有依据，建议写明责任人和日期。"),
)


def hear(*, latest: datetime) -> int:
    """Make three hearings on open petitions that units lead; once in a world."""
    if Hearing.objects.exists():
        return 0
    officer, head, clerk = (
        _hat(role, latest) for role in (Role.PETITION_OFFICER, Role.OFFICE_DIRECTOR, Role.HEARING_CLERK)
    )
    early = at_half_past_nine(latest, working_days=-22)
    found = _petitions(officer, before=early)
    if len(found) < len(_ROOMS) + 1:
        return 0
    for name in _ROOMS:
        if not HearingRoom.objects.filter(name=name).exists():
            registry.enter_room(name=name, by=officer, now=early)
    for name, kind, where in _MEMBERS:
        if not Panelist.objects.filter(name=name).exists():
            registry.enter_panelist(name=name, kind=kind, from_where=where, by=officer, now=early)
    held, called, asked = found[:3]
    _hold(held, officer, head, clerk, early)
    _call(
        called,
        officer,
        head,
        clerk,
        at_half_past_nine(latest, working_days=-1),
        at_half_past_nine(latest, working_days=12),
    )
    _ask(asked, officer, at_half_past_nine(latest, working_days=-1))
    return 3


def _petitions(hat: Hat, *, before: datetime) -> list[Petition]:
    led = (
        Handling.objects.filter(ended_at=None, sent_at__lt=before).exclude(organ=hat.organ).values("petition")
    )
    rows = Petition.objects.visible_to(hat).filter(pk__in=led, routing=Routing.ROUTED, received_at__lt=before)
    return list(rows.filter(people__position=1).order_by("received_at", "pk")[:3])


def _ask(petition: Petition, officer: Hat, now: datetime) -> Hearing:
    asked = Asked(
        procedure_id=ProcedureSet.objects.get(code="DISTRICT").pk,
        asked_by=Applicant.PETITIONER,
        ground=Ground.MANY,
        reason="涉及住户多，各方对政策理解不一，请求公开听证。",
        applied_on=timezone.localdate(now),
    )
    return asking.ask_hearing(petition.pk, asked, by=officer, now=now)


def _call(
    petition: Petition, officer: Hat, head: Hat, clerk: Hat, now: datetime, begins_at: datetime
) -> Hearing:
    row = _ask(petition, officer, now)
    asking.decide_hearing(row.pk, agree=True, by=head, now=now + timedelta(hours=1))
    now += timedelta(hours=2)
    called = Called(
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=3),
        room_id=HearingRoom.objects.order_by("pk")[0].pk,
        chair_id=head.post.pk,
        clerk_id=clerk.post.pk,
    )
    arranging.call_hearing(row.pk, called, by=officer, now=now)
    arranging.draw_panel(row.pk, count=5, by=officer, now=now)
    for seat in (
        arranging.seat_representative(row.pk, position=1, by=officer, now=now),
        arranging.seat_officer(row.pk, post_id=_officer_of(petition).pk, by=officer, now=now),
    ):
        arranging.note_notice(
            row.pk,
            seat_id=seat.pk,
            mode=NoticeMode.IN_PERSON,
            told_on=timezone.localdate(now),
            proof="送达回证签收",
            by=officer,
            now=now,
        )
    return row


def _officer_of(petition: Petition) -> Post:
    led = (
        Handling.objects.filter(petition=petition, ended_at=None)
        .order_by("pk")
        .values_list("organ", flat=True)
    )
    return Post.objects.filter(organ__in=led, role=Role.CASE_OFFICER, held_to=None).order_by("pk")[0]


def _hold(petition: Petition, officer: Hat, head: Hat, clerk: Hat, now: datetime) -> None:
    begins_at = at_half_past_nine(now, working_days=8)
    row = _call(petition, officer, head, clerk, now, begins_at)
    seats = {SeatRole(seat.role): seat for seat in Seat.objects.filter(hearing=row).order_by("-pk")}
    for seat in Seat.objects.filter(hearing=row):
        holding.note_presence(row.pk, seat_id=seat.pk, came=True, by=officer, now=begins_at)
    holding.open_hearing(row.pk, recusal_asked=True, by=officer, now=begins_at)
    said = {step: (role, words) for step, role, words in _SAID}
    for step in list(Step)[:9]:
        at = begins_at + timedelta(minutes=12 * step)
        if step in said:
            role, words = said[step]
            seat = seats[role]
            holding.write_entry(
                row.pk, entry_id=uuid7(), seat_id=seat.pk, text=words, version=0, by=clerk, now=at
            )
        if step == Step.DELIBERATION:
            _vote(row, officer, at)
        if step < Step.ANNOUNCEMENT:
            holding.next_step(row.pk, by=officer, now=at)
    _close(row, petition, officer, begins_at + timedelta(hours=2))


def _vote(row: Hearing, officer: Hat, now: datetime) -> None:
    for number, seat in enumerate(Seat.objects.filter(hearing=row, role=SeatRole.PANEL).order_by("pk")):
        vote, words = (Vote.PARTLY, "个别情况要先核实") if number == 0 else (Vote.SUPPORT, "")
        concluding.note_vote(row.pk, seat_id=seat.pk, vote=vote, words=words, by=officer, now=now)


def _close(row: Hearing, petition: Petition, officer: Hat, now: datetime) -> None:
    post = _officer_of(petition)
    for words, days in (("向区政府报送解决方案", 10), ("办结第一批事项并公布名单", 30)):
        due_on = timezone.localdate(now) + timedelta(days=days)
        made = Promise(words=words, organ_id=post.organ_id, responsible_id=post.pk, due_on=due_on)
        concluding.promise(row.pk, made, by=officer, now=now)
    conclusion = Conclusion(
        outcome=Vote.SUPPORT,
        facts="诉求事实清楚，相关手续已经具备。",
        disputes="办理顺序和完成时间。",
        basis="建议分步办理并逐项公布进度，依据《信访工作条例》第三十一条。",
        announced=True,
    )
    concluding.conclude(row.pk, conclusion, by=officer, now=now)
    for seat in Seat.objects.filter(hearing=row):
        concluding.sign_record(row.pk, seat_id=seat.pk, by=officer, now=now)
    concluding.close_hearing(row.pk, by=officer, now=now)


def at_half_past_nine(latest: datetime, *, working_days: int) -> datetime:
    """Return half past nine of a working day so many before or after."""
    today = timezone.localdate(latest)
    days = abs(working_days)
    day = working_days_after(today, days) if working_days > 0 else working_days_before(today, days)
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _hat(role: Role, now: datetime) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[role])
    return next(hat for hat in hats_of(user, on=timezone.localdate(now)) if hat.role == role)
