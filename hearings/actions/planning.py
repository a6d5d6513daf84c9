"""What an organ plans to decide, its drafts, who was asked about them, and how it ends ([L27] Art 14, 24; Q42)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from hearings import permissions as may
from hearings.decision_states import AssessmentResult, AssessmentState, ConsultationWay, DecisionState
from hearings.models import Consultation, DecisionDraft, PlannedDecision, RiskAssessment
from hearings.parts import hold_decision, need, need_of_nobody, refuse_while_heard
from lib.errors import NotAllowed, OutOfTurn, Refused


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who was asked about the newest draft, when and how, what they said and what changed."""

    held_on: date
    way: ConsultationWay
    groups: str
    count: int
    said: str
    changed: str


@transaction.atomic(durable=True)
def plan_decision(*, title: str, plan: str, touches: str, by: Hat, now: datetime) -> PlannedDecision:
    """Enter what this hat's organ plans to decide, with its first draft.

    :raises NotAllowed: if this hat does not work on what its organ answers for
    :raises Refused: without title, plan, or whom it touches, or with a number of a person
    """
    if not may.plans(by):
        raise NotAllowed(_("Your post prepares no decisions."))
    decision = PlannedDecision.objects.create(
        organ=by.organ,
        title=need_of_nobody(title, "title"),
        touches=need_of_nobody(touches, "touches"),
        planned_by=by.post,
        planner=by.user,
        planned_at=now,
    )
    words = need_of_nobody(plan, "plan")
    DecisionDraft.objects.create(decision=decision, number=1, plan=words, written_by=by.post, written_at=now)
    record("decision.plan", decision, by=by.actor, at=now)
    return decision


@transaction.atomic(durable=True)
def write_draft(decision_id: UUID, *, plan: str, changed: str, by: Hat, now: datetime) -> DecisionDraft:
    """Write an adjusted draft; the earlier ones stay, and it is assessed anew whatever was found of them.

    :raises Unknown: if this hat does not read the decision
    :raises NotAllowed: if its organ does not prepare it
    :raises OutOfTurn: if it was made or given up, or an assessment or a hearing of the draft before is under way
    :raises Refused: without the plan, or what was changed and why
    """
    decision = hold_decision(decision_id, by)
    standing = RiskAssessment.objects.filter(draft__decision=decision)
    if standing.exclude(state=AssessmentState.DECIDED).exists():
        raise OutOfTurn(_("The draft is being assessed: decide on that first."))
    refuse_while_heard(decision)
    last = decision.drafts.aggregate(last=Max("number"))["last"]
    draft = DecisionDraft.objects.create(
        decision=decision,
        number=last + 1,
        plan=need_of_nobody(plan, "plan"),
        changed=need_of_nobody(changed, "changed"),
        written_by=by.post,
        written_at=now,
    )
    record("decision.write_draft", decision, by=by.actor, at=now, facts={"draft": draft.number})
    return draft


@transaction.atomic(durable=True)
def note_consultation(decision_id: UUID, asking: Asking, *, by: Hat, now: datetime) -> Consultation:
    """Write who was asked about the newest draft, what they said and what changed; it is never rewritten (Q42).

    :raises Unknown: if this hat does not read the decision
    :raises NotAllowed: if its organ does not prepare it
    :raises OutOfTurn: if it was made or given up
    :raises Refused: without words or anybody asked, for a day ahead or before it was planned (Q25), or where the words
        hold a number of a person
    """
    decision = hold_decision(decision_id, by)
    if asking.count < 1:
        words = _("Somebody was asked: write how many.")
        raise Refused(words, fields={"count": words})
    if not timezone.localdate(decision.planned_at) <= asking.held_on <= timezone.localdate(now):
        words = _("The day lies between the day it was entered and today (Q25).")
        raise Refused(words, fields={"held_on": words})
    row = Consultation.objects.create(
        decision=decision,
        draft=decision.drafts.order_by("-number")[0],
        held_on=asking.held_on,
        way=asking.way,
        groups=need_of_nobody(asking.groups, "groups"),
        count=asking.count,
        said=need_of_nobody(asking.said, "said"),
        changed=need_of_nobody(asking.changed, "changed"),
        noted_by=by.post,
        noted_at=now,
    )
    facts = {"way": asking.way, "on": asking.held_on.isoformat(), "count": asking.count}
    record("decision.note_consultation", decision, by=by.actor, at=now, facts=facts)
    return row


@transaction.atomic(durable=True)
def make_decision(
    decision_id: UUID, *, made_on: date, made_by_words: str, by: Hat, now: datetime
) -> PlannedDecision:
    """Write that a planned decision was made, by which paper or meeting ([L27] Art 24).

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it is no head of the organ that prepares it
    :raises OutOfTurn: if it was made or given up, its newest draft was not assessed to go ahead, or a hearing on it
        is under way
    :raises Refused: for a day ahead or before that was decided (Q25), or without the paper or meeting
    """
    decision = hold_decision(decision_id, by)
    if not may.ends_decision(by, decision):
        raise NotAllowed(_("A head of the organ writes that a decision was made."))
    newest = decision.drafts.order_by("-number")[0]
    cleared = newest.assessments.filter(result=AssessmentResult.GO).first()
    if cleared is None:
        raise OutOfTurn(_("The newest draft was not assessed to go ahead."))
    refuse_while_heard(decision)
    if not timezone.localdate(cleared.decided_at) <= made_on <= timezone.localdate(now):
        words = _("The day lies between the result of the assessment and today (Q25).")
        raise Refused(words, fields={"made_on": words})
    decision.made_on, decision.made_by_words = made_on, need(made_by_words, "made_by_words")
    decision.state, decision.ended_by, decision.ended_at = DecisionState.MADE, by.post, now
    decision.save(update_fields=["made_on", "made_by_words", "state", "ended_by", "ended_at"])
    record("decision.make", decision, by=by.actor, at=now, facts={"on": made_on.isoformat()})
    return decision


@transaction.atomic(durable=True)
def give_up(decision_id: UUID, *, given_up_why: str, by: Hat, now: datetime) -> PlannedDecision:
    """Give a planned decision up, with why; what was written of it stays.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it is no head of the organ that prepares it
    :raises OutOfTurn: if it was made or given up, or a hearing on it is under way
    :raises Refused: without a reason
    """
    decision = hold_decision(decision_id, by)
    if not may.ends_decision(by, decision):
        raise NotAllowed(_("A head of the organ gives a planned decision up."))
    refuse_while_heard(decision)
    decision.given_up_why = need(given_up_why, "given_up_why")
    decision.state, decision.ended_by, decision.ended_at = DecisionState.GIVEN_UP, by.post, now
    decision.save(update_fields=["given_up_why", "state", "ended_by", "ended_at"])
    record("decision.give_up", decision, by=by.actor, at=now)
    return decision
