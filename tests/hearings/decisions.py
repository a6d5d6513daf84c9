"""Planned decisions on their way, each step made by the deed itself under the hat whose deed it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from hearings.actions import assessing, planning
from hearings.actions.assessing import Point
from hearings.actions.planning import Asking
from hearings.decision_states import AssessmentResult, ConsultationWay, Gravity, Likelihood
from hearings.models import PlannedDecision, RiskAssessment
from tests.cases.handling.given import Unit, a_unit
from tests.given import MONDAY


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
