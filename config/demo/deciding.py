"""The demo's planned decisions: one that was postponed, heard in public, adjusted and made; one whose risk waits."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat
from accounts.roles import Role
from config.demo.desks import Desks
from config.demo.hearing import at_half_past_nine
from hearings.actions import announcing, assessing, hearing_out, planning
from hearings.actions.announcing import Announcement
from hearings.actions.assessing import Point
from hearings.actions.planning import Asking
from hearings.decision_states import (
    AssessmentResult,
    ConsultationWay,
    Gravity,
    Likelihood,
    Side,
    Speech,
    Studied,
)
from hearings.models import DecisionEntry, PlannedDecision, RiskAssessment

_KEEPS_STREETS, _KEEPS_MARKETS = "CG", "SC"
_NO_INCOME = ("车主失去收入，短期内集中反映", Likelihood.LIKELY, Gravity.GRAVE)
_CLASHES = ("现场扣车引发争执", Likelihood.POSSIBLE, Gravity.SERIOUS)
# working days before today, way, who, how many, what they said, what changed
_ASKED = (
    (
        33,
        ConsultationWay.VISIT,
        "柳溪片区两处候客点的三轮车车主，沿线商户",
        86,
        "多数愿意转行，希望旧车有补贴、先找到活再停驶；商户要求保留送货通道。",
        "第二稿写入旧车回收补贴、公益岗位和送货时段。",
    ),
    (
        28,
        ConsultationWay.MEETING,
        "车主推选的代表、三个社区、交通和人社部门",
        31,
        "同意分三批停驶，要求过渡期不少于六个月，腿脚不便的车主单独安排。",
        "过渡期由三个月改为六个月，困难车主逐户安排。",
    ),
)

_ATTENDED = (
    ("高建平", Side.CONCERNED, "柳溪东候客点三轮车车主"),
    ("薛改莲", Side.CONCERNED, "沿线商户"),
    ("武志刚", Side.DEPUTIES, "区人大代表"),
)
_SAID = (
    ("旧车刚换不久，停驶要给补贴，还要先有活干。", Studied.ADOPTED, "第二稿写入旧车回收补贴和公益岗位。"),
    ("早晚送货离不开三轮车，不能一刀切。", Studied.PARTLY, "保留早晚送货时段，其余时段不保留。"),
    ("整治期限应当延长到一年。", Studied.NOT_ADOPTED, "延长到六个月已能完成安置，一年影响通行安全。"),
)


def decide(*, latest: datetime) -> int:
    """Make two planned decisions; once in a world."""
    if PlannedDecision.objects.exists():
        return 0
    desks = Desks(timezone.localdate(latest))
    _clean_up(desks.one(_KEEPS_STREETS, Role.CASE_OFFICER), desks.one(_KEEPS_STREETS, Role.UNIT_HEAD), latest)
    _move_market(desks.one(_KEEPS_MARKETS, Role.CASE_OFFICER), latest)
    return 2


def _clean_up(officer: Hat, head: Hat, latest: datetime) -> None:
    """Assess a clean-up of tricycles, postpone it, ask those concerned, adjust it, and let it go ahead."""
    begun = at_half_past_nine(latest, working_days=-38)
    plan = planning.plan_decision(
        title="柳溪片区载客三轮车整治",
        plan="三个月内停驶柳溪片区全部载客三轮车，到期未停驶的依法扣留。",
        touches="载客三轮车车主、沿线商户、出行不便的居民",
        by=officer,
        now=begun,
    )
    points = [(*_NO_INCOME, "发布公告", False), (*_CLASHES, "安排执法记录", True)]
    first = _assess(plan, points, "没有安置办法，收入风险不可控。", (), by=officer, now=begun)
    assessing.decide_on_risk(
        first.pk,
        result=AssessmentResult.POSTPONE,
        result_why="先听取车主和商户意见，拿出安置办法后再评估。",
        by=head,
        now=begun + timedelta(hours=4),
    )
    asked = _ask(plan, officer, latest)
    heard = _hear(plan, officer, head, latest)
    now = at_half_past_nine(latest, working_days=-25)
    planning.write_draft(
        plan.pk,
        plan="六个月内分三批停驶；旧车按新旧回收，愿意就业的先安排岗位再停驶；保留早晚送货时段。",
        changed="按走访和座谈会意见增加补贴、岗位和过渡期。",
        by=officer,
        now=now,
    )
    points = [
        (*_NO_INCOME, "旧车回收补贴，先安排公益岗位再停驶", True),
        (*_CLASHES, "以劝导为主，社区干部到场", True),
    ]
    conclusion = "措施已有资金和责任单位，风险可控。"
    second = _assess(plan, points, conclusion, asked, heard=[heard], by=officer, now=now)
    _go_ahead(plan, second, officer, head, latest)


def _ask(plan: PlannedDecision, officer: Hat, latest: datetime) -> list[UUID]:
    kept = []
    for days, way, groups, count, said, changed in _ASKED:
        now = at_half_past_nine(latest, working_days=-days)
        asking = Asking(held_on=_on(now), way=way, groups=groups, count=count, said=said, changed=changed)
        kept.append(planning.note_consultation(plan.pk, asking, by=officer, now=now).pk)
    return kept


def _hear(plan: PlannedDecision, officer: Hat, head: Hat, latest: datetime) -> UUID:
    """Hear the first draft in public: two owners and a merchant speak, and each opinion is studied."""
    begun = at_half_past_nine(latest, working_days=-36)
    announced = Announcement(
        begins_at=at_half_past_nine(latest, working_days=-29),
        place="柳溪街道办事处三楼会议室",
        selection="车主和商户自愿报名后公开抽签，人大代表由街道联络站推荐。",
        published_on=_on(begun),
        published_where="区政府网站和两处候客点公告栏",
        chair_id=head.post.pk,
        clerk_id=officer.post.pk,
    )
    key = announcing.announce_hearing(plan.pk, announced, by=officer, now=begun).pk
    people = [
        announcing.enter_attendee(key, name=name, side=side, stands_for=group, by=officer, now=begun)
        for name, side, group in _ATTENDED
    ]
    announcing.publish_list(key, list_published_on=_on(begun), by=officer, now=begun)
    announcing.deliver_material(key, delivered_on=_on(begun), by=officer, now=begun)
    held = announced.begins_at
    hearing_out.open_decision_hearing(key, by=officer, now=held)
    introduced = "介绍草案、法律依据和前期摸底情况。"
    hearing_out.write_down(
        key, speech=Speech.INTRODUCED, attendee_id=None, words=introduced, by=officer, now=held
    )
    for person, (said, _studied, _why) in zip(people, _SAID, strict=True):
        hearing_out.note_attendance(key, attendee_id=person.pk, came=True, by=officer, now=held)
        hearing_out.write_down(
            key, speech=Speech.STATED, attendee_id=person.pk, words=said, by=officer, now=held
        )
    for person in people:
        hearing_out.confirm_record(key, attendee_id=person.pk, by=officer, now=held)
    hearing_out.close_record(key, by=officer, now=held)
    later = at_half_past_nine(latest, working_days=-27)
    opinions = DecisionEntry.objects.filter(hearing=key, speech=Speech.STATED).order_by("pk")
    for entry, (_said, studied, why) in zip(opinions, _SAID, strict=True):
        hearing_out.study_opinion(
            key, entry_id=entry.pk, studied=studied, studied_why=why, by=officer, now=later
        )
    return key


def _go_ahead(plan: PlannedDecision, row: RiskAssessment, officer: Hat, head: Hat, latest: datetime) -> None:
    now = at_half_past_nine(latest, working_days=-22)
    why = "措施落实到单位和日期，可以实施。"
    assessing.decide_on_risk(row.pk, result=AssessmentResult.GO, result_why=why, by=head, now=now)
    paper = "局长办公会纪要第 12 号"
    planning.make_decision(plan.pk, made_on=_on(now), made_by_words=paper, by=head, now=now)
    now = at_half_past_nine(latest, working_days=-4)
    seen = "第一批已停驶，未收到集中反映。"
    assessing.follow_up(row.pk, seen_on=_on(now), words=seen, by=officer, now=now)


def _move_market(officer: Hat, latest: datetime) -> None:
    """Plan to move a market, and submit how its risk was assessed."""
    now = at_half_past_nine(latest, working_days=-3)
    plan = planning.plan_decision(
        title="东岭早市迁址",
        plan="东岭早市整体迁入新建便民市场，原址恢复道路。",
        touches="早市摊主、周边居民",
        by=officer,
        now=now,
    )
    point = ("新址客流少，摊主收入下降", Likelihood.POSSIBLE, Gravity.SERIOUS, "半年内免摊位费", True)
    _assess(plan, [point], "免费期内风险可控。", (), by=officer, now=now)


def _assess(
    plan: PlannedDecision,
    points: Sequence[tuple[str, Likelihood, Gravity, str, bool]],
    conclusion: str,
    used: Sequence[UUID],
    *,
    heard: Sequence[UUID] = (),
    by: Hat,
    now: datetime,
) -> RiskAssessment:
    row = assessing.begin_assessment(plan.pk, by=by, now=now)
    for words, likelihood, gravity, measure, controllable in points:
        point = Point(
            words=words,
            likelihood=likelihood,
            gravity=gravity,
            measure=measure,
            organ_id=by.organ.pk,
            due_on=_on(now) + timedelta(days=90),
            controllable=controllable,
        )
        assessing.enter_point(row.pk, point, by=by, now=now)
    return assessing.submit_assessment(
        row.pk, conclusion=conclusion, consultation_ids=used, hearing_ids=heard, by=by, now=now
    )


def _on(now: datetime) -> date:
    return timezone.localdate(now)
