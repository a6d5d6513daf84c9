"""What the pages of planned decisions show: their list, and one decision with drafts, consultations, assessments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from accounts.page_deeds import Bound, Deed, Offer
from hearings import permissions as may
from hearings.decision_deeds import ON_ASSESSMENT, ON_DECISION, PLAN_DECISION
from hearings.decision_hearing_pages import INLINE, hearings_of
from hearings.decision_states import AssessmentResult, AssessmentState, DecisionHearingState
from hearings.forms.words import Offered
from hearings.models import (
    Consultation,
    DecisionDraft,
    DecisionHearing,
    PlannedDecision,
    RiskAssessment,
    RiskPoint,
)
from lib.keyset import page_of

_LISTED = 50


def decisions_page(hat: Hat, *, bound: Bound, cursor: str | None) -> dict[str, Any]:
    """Return the planned decisions a hat reads, the newest first, a page of them, and the form of a new one."""
    rows = may.decisions_for(hat).select_related("organ")
    form: Any = bound.get(("decisions", PLAN_DECISION.slug)) or PLAN_DECISION.form(auto_id="id-plan-%s")
    return {
        "page": page_of(rows, by="planned_at", cursor=cursor, size=_LISTED, descending=True),
        "plans": may.plans(hat),
        "form": form,
    }


# the deeds that stand at the line they are done to
_INLINE = INLINE | {"drop-point"}


@dataclass(frozen=True)
class Sources:
    """What an assessment may rest on: who was asked, and who was heard."""

    consultations: Sequence[Consultation]
    hearings: Sequence[DecisionHearing]

    def offered(self) -> tuple[Offered, Offered]:
        """Return the consultations, and the hearings whose opinions were studied, as a form offers them."""
        studied = [one for one in self.hearings if one.state == DecisionHearingState.STUDIED]
        return (
            [(one.pk, _words_of(one)) for one in self.consultations],
            [(one.pk, f"{timezone.localdate(one.begins_at):%Y-%m-%d} {one.place}") for one in studied],
        )


@dataclass(frozen=True)
class Assessed:
    """An assessment as the page shows it: its points, what it used, what came of it, and what may be done with it."""

    row: RiskAssessment
    points: Sequence[RiskPoint]
    used: Sequence[Consultation]
    heard: Sequence[DecisionHearing]
    offers: Sequence[Offer]
    drops: bool


def decision_page(decision: PlannedDecision, hat: Hat, *, bound: Bound, on: date) -> dict[str, Any]:
    """Return one planned decision with what was written of it, the newest first, and what this hat may do."""
    drafts = list(decision.drafts.select_related("written_by__user").order_by("-number"))
    rows = (
        RiskAssessment.objects.filter(draft__decision=decision)
        .select_related("draft", "drawn_by__user", "decided_by__user")
        .prefetch_related("points__organ", "consultations", "hearings", "follow_ups__point")
        .order_by("-begun_at", "-pk")
    )
    consultations = list(
        decision.consultations.select_related("draft", "noted_by__user").order_by("-held_on", "-pk")
    )
    heard = hearings_of(decision, hat, bound=bound)
    sources = Sources(consultations, [one.row for one in heard])
    assessments = [_assessed(row, decision, hat, sources, bound) for row in rows]
    offers = _offers(decision, hat, drafts[0], [one.row for one in assessments], sources.hearings)
    return {
        "decision": decision,
        "drafts": drafts,
        "consultations": consultations,
        "assessments": assessments,
        "heard": heard,
        "offers": [_offer(slug, decision, drafts[0], bound, on) for slug in offers],
        "wrong": next((form for (_where, slug), form in bound.items() if slug in _INLINE), None),
    }


def _offers(
    decision: PlannedDecision,
    hat: Hat,
    newest: DecisionDraft,
    assessments: Sequence[RiskAssessment],
    hearings: Sequence[DecisionHearing],
) -> Iterator[str]:
    """Yield what a hat may do with a decision, the main deed first."""
    if not decision.is_prepared or not may.prepares(hat, decision):
        return
    of_newest = [row for row in assessments if row.draft_id == newest.pk]
    pending = any(row.state != AssessmentState.DECIDED for row in of_newest)
    ends = may.ends_decision(hat, decision)
    under_way = any(row.is_under_way for row in hearings)
    to_hear = all(row.draft_id != newest.pk or row.is_called_off for row in hearings)
    slugs = [
        ("make", ends and not under_way and any(row.result == AssessmentResult.GO for row in of_newest)),
        ("begin-assessment", all(row.result == AssessmentResult.POSTPONE for row in of_newest)),
        ("note-consultation", True),
        ("announce-hearing", to_hear),
        ("write-draft", not pending and not under_way),
        ("give-up", ends and not under_way),
    ]
    yield from (slug for slug, is_offered in slugs if is_offered)


def _offer(slug: str, decision: PlannedDecision, newest: DecisionDraft, bound: Bound, on: date) -> Offer:
    initial = {"plan": newest.plan} if slug == "write-draft" else {}
    form = _form(ON_DECISION[slug], bound, ("decision", slug), f"id-{slug}-%s", initial)
    if slug == "announce-hearing":
        posts = may.sits_on_decisions(decision.organ, on=on).select_related("user").order_by("pk")
        form.offer([(post.pk, f"{post.user.name} {post.title}".strip()) for post in posts])
    return Offer(ON_DECISION[slug], form, "hearings:on_decision", decision.pk)


def _assessed(
    row: RiskAssessment,
    decision: PlannedDecision,
    hat: Hat,
    sources: Sources,
    bound: Bound,
) -> Assessed:
    points = sorted(row.points.all(), key=lambda point: point.pk)
    row.draft.decision = decision
    prepares = may.prepares(hat, decision)
    offers = []
    for slug in _slugs_of(row, hat) if prepares else []:
        where = (f"assessment {row.pk}", slug)
        form = _form(ON_ASSESSMENT[slug], bound, where, f"id-{slug}-{row.pk}-%s", {})
        if slug == "submit":
            form.offer(*sources.offered())
        if slug == "follow-up":
            form.offer([(point.pk, point.words) for point in points])
        offers.append(Offer(ON_ASSESSMENT[slug], form, "hearings:on_assessment", row.pk))
    drops = row.is_drawn and prepares
    return Assessed(row, points, list(row.consultations.all()), list(row.hearings.all()), offers, drops)


def _slugs_of(row: RiskAssessment, hat: Hat) -> Iterator[str]:
    """Yield what whoever prepares a decision may do with one of its assessments, the main deed first."""
    is_prepared = row.draft.decision.is_prepared
    if row.is_drawn and is_prepared:
        yield from ("enter-point", "submit")
    if row.state == AssessmentState.SUBMITTED and is_prepared:
        if may.decides_on_risk(hat, row):
            yield "decide"
        if may.ends_decision(hat, row.draft.decision):
            yield "return"
    if row.state == AssessmentState.DECIDED:
        yield "follow-up"


def _form(deed: Deed, bound: Bound, where: tuple[str, str], auto_id: str, initial: dict[str, Any]) -> Any:
    return bound.get(where) or deed.form(auto_id=auto_id, initial=initial)


def _words_of(row: Consultation) -> str:
    return f"{row.held_on:%Y-%m-%d} {row.get_way_display()} {row.groups}"
