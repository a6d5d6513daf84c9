"""Planned decisions on their way, each step made by the deed itself under the hat whose deed it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat
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
from hearings.models import Attendee, DecisionEntry, DecisionHearing, PlannedDecision, RiskAssessment
from tests.cases.handling.given import Unit, a_unit
from tests.given import MONDAY

# the day of the hearings of tests: ten days after they are announced
HEARD_AT = MONDAY + timedelta(days=10)


@dataclass
class Planned:
    """A planned decision with those who work on it: an officer writes, a head decides."""

    pk: UUID
    unit: Unit

    @property
    def now(self) -> PlannedDecision:
        """The decision as it stands in the database."""
        return PlannedDecision.objects.get(pk=self.pk)


def planned(unit: Unit | None = None, *, now: datetime = MONDAY) -> Planned:
    unit = unit or a_unit()
    row = planning.plan_decision(
        title="三轮车整治",
        plan="三个月内清理主城区三轮车",
        touches="三轮车车主、沿街商户",
        by=unit.officer,
        now=now,
    )
    return Planned(row.pk, unit)


def asking(**facts: Any) -> Asking:
    given = {
        "held_on": timezone.localdate(MONDAY),
        "way": ConsultationWay.MEETING,
        "groups": "三轮车车主代表、沿街商户",
        "count": 42,
        "said": "希望先给出替代营生",
        "changed": "增加过渡期",
        **facts,
    }
    return Asking(**given)


def a_point(of: Planned, **facts: Any) -> Point:
    given = {
        "words": "车主失去收入，集中反映",
        "likelihood": Likelihood.LIKELY,
        "gravity": Gravity.SERIOUS,
        "measure": "提供公益岗位和回收补贴",
        "organ_id": of.unit.organ.pk,
        "due_on": timezone.localdate(MONDAY) + timedelta(days=30),
        "controllable": True,
        **facts,
    }
    return Point(**given)


def drawn(
    of: Planned | None = None, *, now: datetime = MONDAY, **facts: Any
) -> tuple[Planned, RiskAssessment]:
    """Begin an assessment of the newest draft, with one point."""
    of = of or planned()
    row = assessing.begin_assessment(of.pk, by=of.unit.officer, now=now)
    assessing.enter_point(row.pk, a_point(of, **facts), by=of.unit.officer, now=now)
    return of, row


def submitted(
    of: Planned | None = None, *, now: datetime = MONDAY, **facts: Any
) -> tuple[Planned, RiskAssessment]:
    of, row = drawn(of, now=now, **facts)
    assessing.submit_assessment(row.pk, conclusion="措施到位后风险可控", by=of.unit.officer, now=now)
    return of, row


def decided(
    of: Planned | None = None,
    result: AssessmentResult = AssessmentResult.GO,
    *,
    now: datetime = MONDAY,
    **facts: Any,
) -> tuple[Planned, RiskAssessment]:
    of, row = submitted(of, now=now, **facts)
    assessing.decide_on_risk(row.pk, result=result, result_why="依评估报告", by=of.unit.head, now=now)
    return of, row


@dataclass
class Heard:
    """A public hearing on a planned decision: the officer who wrote the draft prepares it, the head chairs."""

    pk: UUID
    of: Planned

    @property
    def now(self) -> DecisionHearing:
        """The hearing as it stands in the database."""
        return DecisionHearing.objects.get(pk=self.pk)

    @property
    def officer(self) -> Hat:
        return self.of.unit.officer

    def attendee(self, name: str) -> Attendee:
        return Attendee.objects.get(hearing=self.pk, name=name)

    def opinions(self) -> list[DecisionEntry]:
        return list(DecisionEntry.objects.filter(hearing=self.pk, speech="stated").order_by("pk"))


def an_announcement(of: Planned, **facts: Any) -> Announcement:
    given = {
        "begins_at": HEARD_AT,
        "place": "区政府三楼会议室",
        "selection": "车主自愿报名后抽签，商户由协会推荐",
        "published_on": timezone.localdate(MONDAY),
        "published_where": "区政府网站",
        "chair_id": of.unit.head.post.pk,
        "clerk_id": of.unit.officer.post.pk,
        **facts,
    }
    return Announcement(**given)


def announced(of: Planned | None = None, *, now: datetime = MONDAY, **facts: Any) -> Heard:
    of = of or planned()
    row = announcing.announce_hearing(of.pk, an_announcement(of, **facts), by=of.unit.officer, now=now)
    return Heard(row.pk, of)


def listed(heard: Heard | None = None) -> Heard:
    """Enter an owner and a merchant, publish the list, and deliver the material to both on the same day."""
    heard = heard or announced()
    for name, side, group in (
        ("王建国", Side.CONCERNED, "三轮车车主"),
        ("赵敏", Side.UNITS, "商户协会"),
    ):
        announcing.enter_attendee(
            heard.pk, name=name, side=side, stands_for=group, by=heard.officer, now=MONDAY
        )
    today = timezone.localdate(MONDAY)
    announcing.publish_list(heard.pk, list_published_on=today, by=heard.officer, now=MONDAY)
    announcing.deliver_material(heard.pk, delivered_on=today, by=heard.officer, now=MONDAY)
    return heard


def said(heard: Heard | None = None) -> Heard:
    """Open a hearing to which one of two came; the draft is introduced, and he states an opinion."""
    heard = heard or listed()
    hearing_out.open_decision_hearing(heard.pk, by=heard.officer, now=HEARD_AT)
    here, away = heard.attendee("王建国"), heard.attendee("赵敏")
    for person, came in ((here, True), (away, False)):
        hearing_out.note_attendance(
            heard.pk, attendee_id=person.pk, came=came, by=heard.officer, now=HEARD_AT
        )
    for speech, key, words in (
        (Speech.INTRODUCED, None, "介绍草案和依据"),
        (Speech.STATED, here.pk, "过渡期太短"),
    ):
        hearing_out.write_down(
            heard.pk, speech=speech, attendee_id=key, words=words, by=heard.officer, now=HEARD_AT
        )
    return heard


def recorded(heard: Heard | None = None) -> Heard:
    heard = said(heard)
    here = heard.attendee("王建国")
    hearing_out.confirm_record(heard.pk, attendee_id=here.pk, by=heard.officer, now=HEARD_AT)
    hearing_out.close_record(heard.pk, by=heard.officer, now=HEARD_AT)
    return heard


def studied(heard: Heard | None = None) -> Heard:
    heard = recorded(heard)
    for entry in heard.opinions():
        hearing_out.study_opinion(
            heard.pk,
            entry_id=entry.pk,
            studied=Studied.ADOPTED,
            studied_why="过渡期改为六个月",
            by=heard.officer,
            now=HEARD_AT,
        )
    return heard
