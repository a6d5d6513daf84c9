"""The stability risk assessment of a draft: its points, its result, what came of it ([L27] Art 22–24)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from hearings import permissions as may
from hearings.decision_states import (
    AssessmentResult,
    AssessmentState,
    DecisionHearingState,
    Gravity,
    Likelihood,
)
from hearings.models import AssessmentFollowUp, DecisionHearing, RiskAssessment, RiskPoint
from hearings.parts import hold_assessment, hold_decision, need_of_nobody
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@dataclass(frozen=True, kw_only=True)
class Point:
    """What may happen, how likely and grave, and what is done against it by whom until when."""

    words: str
    likelihood: Likelihood
    gravity: Gravity
    measure: str
    organ_id: int
    due_on: date
    controllable: bool


@transaction.atomic(durable=True)
def begin_assessment(decision_id: UUID, *, by: Hat, now: datetime) -> RiskAssessment:
    """Begin to assess the newest draft; one that was adjusted, stopped or let go is not assessed twice.

    :raises Unknown: if this hat does not read the decision
    :raises NotAllowed: if its organ does not prepare it
    :raises OutOfTurn: if it was made or given up, or this draft is assessed already and was not postponed
    """
    decision = hold_decision(decision_id, by)
    draft = decision.drafts.order_by("-number")[0]
    if draft.assessments.exclude(result=AssessmentResult.POSTPONE).exists():
        raise OutOfTurn(_("This draft is assessed already: adjust it, and assess the new one."))
    assessment = RiskAssessment.objects.create(draft=draft, begun_by=by.post, begun_at=now)
    record("risk_assessment.begin", assessment, by=by.actor, at=now, facts={"draft": draft.number})
    return assessment


@transaction.atomic(durable=True)
def enter_point(assessment_id: UUID, point: Point, *, by: Hat, now: datetime) -> RiskPoint:
    """Enter a point of risk with the measure against it, the unit that answers for it and its day.

    :raises Unknown: if this hat does not read the assessment
    :raises NotAllowed: if its organ does not draw it up
    :raises OutOfTurn: if it is no longer drawn up
    :raises Refused: without words, a unit of today or a day ahead, or with a number of a person
    """
    assessment = hold_assessment(assessment_id, by, {AssessmentState.DRAWN})
    organ = Organ.objects.current().filter(pk=point.organ_id).first()
    faults = {}
    if organ is None:
        faults["organ"] = _("Choose a unit of today.")
    if point.due_on <= timezone.localdate(now):
        faults["due_on"] = _("The day lies ahead.")
    if faults or organ is None:
        raise Refused(next(iter(faults.values())), fields=faults)
    row = RiskPoint.objects.create(
        assessment=assessment,
        words=need_of_nobody(point.words, "words"),
        likelihood=point.likelihood,
        gravity=point.gravity,
        measure=need_of_nobody(point.measure, "measure"),
        organ=organ,
        due_on=point.due_on,
        controllable=point.controllable,
        noted_by=by.post,
        writer=by.user,
        noted_at=now,
    )
    facts = {"organ": organ.code, "due_on": point.due_on.isoformat()}
    record("risk_assessment.enter_point", assessment, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def drop_point(assessment_id: UUID, *, point_id: int, by: Hat, now: datetime) -> None:
    """Take a point out of an assessment that is still drawn up.

    :raises Unknown: if this hat does not read the assessment, or it has no such point
    :raises NotAllowed: if its organ does not draw it up
    :raises OutOfTurn: if it is no longer drawn up
    """
    assessment = hold_assessment(assessment_id, by, {AssessmentState.DRAWN})
    row = assessment.points.filter(pk=point_id).first()
    if row is None:
        raise Unknown(_("The assessment has no such point."))
    row.delete()
    record("risk_assessment.drop_point", assessment, by=by.actor, at=now)


@transaction.atomic(durable=True)
def submit_assessment(
    assessment_id: UUID,
    *,
    conclusion: str,
    consultation_ids: Collection[UUID] = (),
    hearing_ids: Collection[UUID] = (),
    by: Hat,
    now: datetime,
) -> RiskAssessment:
    """Submit an assessment with the consultations and hearings it used; it can be controlled if each of its points can.

    Whoever submits it has drawn it up, and does not decide on it.

    :raises Unknown: if this hat does not read the assessment
    :raises NotAllowed: if its organ does not draw it up
    :raises OutOfTurn: if it is no longer drawn up, or names no point
    :raises Refused: without a conclusion, or for consultations or hearings of another decision
    """
    assessment = hold_assessment(assessment_id, by, {AssessmentState.DRAWN})
    points = list(assessment.points.order_by("pk"))
    if not points:
        raise OutOfTurn(_("The assessment names no point yet."))
    used = list(assessment.draft.decision.consultations.filter(pk__in=consultation_ids))
    if len(used) != len(set(consultation_ids)):
        words = _("Choose consultations on this decision.")
        raise Refused(words, fields={"consultations": words})
    heard = _heard(assessment, hearing_ids)
    assessment.conclusion = need_of_nobody(conclusion, "conclusion")
    assessment.controllable = all(point.controllable for point in points)
    assessment.drawn_by, assessment.drawer, assessment.submitted_at = by.post, by.user, now
    assessment.state = AssessmentState.SUBMITTED
    fields = ("conclusion", "controllable", "drawn_by", "drawer", "submitted_at", "state")
    assessment.save(update_fields=fields)
    assessment.consultations.set(used)
    assessment.hearings.set(heard)
    facts = {"count": len(points), "controllable": assessment.controllable}
    record("risk_assessment.submit", assessment, by=by.actor, at=now, facts=facts)
    return assessment


@transaction.atomic(durable=True)
def return_assessment(assessment_id: UUID, *, by: Hat, now: datetime) -> RiskAssessment:
    """Give an assessment back to be drawn up further, before anything is decided on it.

    :raises Unknown: if this hat does not read the assessment
    :raises NotAllowed: if it is no head of the organ
    :raises OutOfTurn: if it is not submitted
    """
    assessment = hold_assessment(assessment_id, by, {AssessmentState.SUBMITTED})
    if not may.ends_decision(by, assessment.draft.decision):
        raise NotAllowed(_("A head of the organ gives an assessment back."))
    assessment.state, assessment.submitted_at = AssessmentState.DRAWN, None
    assessment.save(update_fields=["state", "submitted_at"])
    record("risk_assessment.return", assessment, by=by.actor, at=now)
    return assessment


@transaction.atomic(durable=True)
def decide_on_risk(
    assessment_id: UUID, *, result: AssessmentResult, result_why: str, by: Hat, now: datetime
) -> RiskAssessment:
    """Decide what becomes of a draft after its assessment; what cannot be controlled does not go ahead ([L27] Art 24).

    :raises Unknown: if this hat does not read the assessment
    :raises NotAllowed: if it is no head of the organ, or wrote some of it itself
    :raises OutOfTurn: if it is not submitted
    :raises Refused: to go ahead with what cannot be controlled, or without reasons
    """
    assessment = hold_assessment(assessment_id, by, {AssessmentState.SUBMITTED})
    if not may.decides_on_risk(by, assessment):
        raise NotAllowed(_("A head of the organ decides who wrote nothing of the assessment."))
    if result == AssessmentResult.GO and not assessment.controllable:
        words = _("A point cannot be controlled: adjust, postpone or stop.")
        raise Refused(words, fields={"result": words})
    assessment.result, assessment.result_why = result, need_of_nobody(result_why, "result_why")
    assessment.decided_by, assessment.decider, assessment.decided_at = by.post, by.user, now
    assessment.state = AssessmentState.DECIDED
    fields = ("result", "result_why", "decided_by", "decider", "decided_at", "state")
    assessment.save(update_fields=fields)
    record("risk_assessment.decide", assessment, by=by.actor, at=now, facts={"assessed": result})
    return assessment


@transaction.atomic(durable=True)
def follow_up(
    assessment_id: UUID, *, seen_on: date, words: str, point_id: int | None = None, by: Hat, now: datetime
) -> AssessmentFollowUp:
    """Write what came of a measure, or of the decision as a whole; also after the decision was made.

    :raises Unknown: if this hat does not read the assessment, or it has no such point
    :raises NotAllowed: if its organ did not draw it up
    :raises OutOfTurn: before it is decided on
    :raises Refused: without words, or for a day ahead or before it was decided on (Q25)
    """
    assessment = hold_assessment(assessment_id, by, {AssessmentState.DECIDED})
    point = None if point_id is None else assessment.points.filter(pk=point_id).first()
    if point_id is not None and point is None:
        raise Unknown(_("The assessment has no such point."))
    if not timezone.localdate(assessment.decided_at) <= seen_on <= timezone.localdate(now):
        refusal = _("The day lies between the result of the assessment and today (Q25).")
        raise Refused(refusal, fields={"seen_on": refusal})
    row = AssessmentFollowUp.objects.create(
        assessment=assessment,
        point=point,
        seen_on=seen_on,
        words=need_of_nobody(words, "words"),
        noted_by=by.post,
        noted_at=now,
    )
    record("risk_assessment.follow_up", assessment, by=by.actor, at=now, facts={"on": seen_on.isoformat()})
    return row


def _heard(assessment: RiskAssessment, hearing_ids: Collection[UUID]) -> list[DecisionHearing]:
    of_decision = DecisionHearing.objects.filter(draft__decision=assessment.draft.decision)
    rows = list(of_decision.filter(pk__in=hearing_ids, state=DecisionHearingState.STUDIED))
    if len(rows) != len(set(hearing_ids)):
        words = _("Choose hearings on this decision whose opinions were studied.")
        raise Refused(words, fields={"hearings": words})
    return rows
