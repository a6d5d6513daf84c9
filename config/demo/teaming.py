"""The demo's teams: four task forces, ten commissioners at leaders' sides, and teams around sponsored petitions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Post, User
from accounts.roles import Role
from cases.models import Handling, Petition
from cases.states import OPEN
from config.demo.logins import LOGINS
from leadership.actions import teams
from leadership.models import Sponsorship, TaskForce, TeamRole
from leadership.states import SponsorKind
from leadership.teams import Named

# name, topic, the units whose matters it takes up
_FORCES = (
    ("房地产遗留问题化解专班", "不动产登记、竣工验收、维修资金等房地产领域遗留问题", ("ZJ", "ZR")),
    ("农民工工资专班", "在建项目拖欠农民工工资问题", ("RS",)),
    ("征地拆迁专班", "征地补偿、安置过渡费发放问题", ("ZR", "NY")),
    ("民生保障专班", "社会救助、养老保险、医疗保障待遇问题", ("MZ", "YB", "RS")),
)
_COMMISSIONERS, _TEAMS, _OF_A_FORCE = 10, 6, 8
_IN_WORDS = (
    ("community", "（演示）社区居委会 武秀兰"),
    ("lawyer", "（演示）区法律援助中心 冯晓川"),
    ("mediator", "（演示）区人民调解委员会 曹玉林"),
    ("delegate", "（演示）区人大代表 贺建民"),
)


def team_up(*, latest: datetime) -> int:
    """Put the demo's teams together; once in a world. Return how much was done."""
    if TaskForce.objects.exists():
        return 0
    officer = _hat(Role.JOINT_CONFERENCE_OFFICER, latest)
    at = latest - timedelta(days=20)
    done = sum(_force(*force, by=officer, now=at) for force in _FORCES)
    return done + _pair(officer, at) + _around(officer, latest - timedelta(days=10))


def _force(name: str, topic: str, units: Sequence[str], *, by: Hat, now: datetime) -> int:
    """Form a task force with the heads of its units and a lawyer, on what these units have in hand."""
    force = teams.form_force(name, topic=topic, by=by, now=now)
    heads = Post.objects.filter(organ__code__in=units, role=Role.UNIT_HEAD).order_by("organ__code", "pk")
    leaders = (
        Post.objects.filter(role=Role.LEADER, portfolio__organ__code__in=units).distinct().order_by("pk")
    )
    for role, post in [
        *(("leader", each) for each in leaders[:1]),
        *(("department", each) for each in heads),
    ]:
        teams.join_force(force.pk, Named(role_id=_role(role), post_id=post.pk), by=by, now=now)
    lawyer = Named(role_id=_role("lawyer"), outsider="（演示）区司法局 冯晓川")
    row = teams.join_force(force.pk, lawyer, by=by, now=now)
    if name == _FORCES[0][0]:
        later = now + timedelta(days=6)
        teams.leave_force(force.pk, member_id=row.pk, reason="工作调整", by=by, now=later)
        other = Named(role_id=_role("lawyer"), outsider="（演示）区法律援助中心 牛志华")
        teams.join_force(force.pk, other, by=by, now=later)
    led = Handling.objects.filter(
        organ__code__in=units, ended_at=None, petition__routing__in=sorted(OPEN), petition__sealed=False
    )
    seen = Petition.objects.visible_to(by).filter(pk__in=led.values("petition"), registered_at__lt=now)
    keys = list(seen.order_by("received_at", "pk").values_list("pk", flat=True)[:_OF_A_FORCE])
    return 1 + teams.take_petitions(force.pk, petition_ids=keys, by=by, now=now)


def _pair(by: Hat, now: datetime) -> int:
    """Put ten officers of units at leaders' sides, in turn."""
    leaders = list(Post.objects.filter(role=Role.LEADER).order_by("organ__code", "pk"))
    place = by.organ.place.path
    officers = Post.objects.filter(role=Role.CASE_OFFICER, organ__place__path__startswith=place)
    chosen = list(officers.order_by("organ__code", "pk")[:_COMMISSIONERS])
    for number, officer in enumerate(chosen):
        leader = leaders[number % len(leaders)]
        teams.pair(leader.pk, commissioner_id=officer.pk, by=by, now=now)
    return len(chosen)


def _around(by: Hat, now: datetime) -> int:
    """Put a team around the petitions that were sponsored first."""
    sponsored = Sponsorship.objects.standing().filter(
        kind=SponsorKind.DISTRICT_LEADER, petition__in=Petition.objects.visible_to(by), begun_at__lt=now
    )
    rows = list(sponsored.select_related("post").order_by("begun_at", "pk")[:_TEAMS])
    return sum(_around_one(row.petition_id, row.post_id, by, now) for row in rows)


def _around_one(petition_id: UUID, leader_id: int | None, by: Hat, now: datetime) -> int:
    led = Handling.objects.filter(petition=petition_id, ended_at=None).values("organ")
    head = Post.objects.filter(organ__in=led, role=Role.UNIT_HEAD).order_by("pk").first()
    named = [("leader", leader_id), ("department", head.pk if head else None)]
    members = [Named(role_id=_role(role), post_id=post) for role, post in named if post]
    members += [Named(role_id=_role(role), outsider=words) for role, words in _IN_WORDS]
    for member in members:
        teams.join_team(petition_id, member, by=by, now=now)
    return len(members)


def _role(code: str) -> int:
    return TeamRole.objects.get(code=code).pk


def _hat(role: Role, now: datetime) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[role])
    return next(hat for hat in hats_of(user, on=timezone.localdate(now)) if hat.role == role)
