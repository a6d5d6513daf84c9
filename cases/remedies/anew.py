"""What an opinion on an opinion does to the handling: handled anew, changed, or out of force (R-43).

Pieces of a deed: they open no transaction and refuse to work without one.
"""

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.hats import Hat
from cases.handlings import end_clocks, run_execution, start
from cases.models import Claim, Handling, Petition, Remedy, RevokedAnswer
from cases.remedies.rules import Answer, repeated
from cases.remedy_states import FORBIDS_THE_SAME, RemedyOutcome
from cases.states import OUTCOMES_OF_APPEALS, ClaimDecision, ClockCode, HandlingState, Outcome, Routing
from cases.workflow import Step, move, move_handling
from lib.errors import Refused
from lib.transactions import require_transaction


def take_effect(remedy: Remedy, petition: Petition, *, by: Hat, now: datetime) -> None:
    """Let what was decided hold for the handling of a locked petition."""
    require_transaction("take_effect")
    handling = remedy.handling
    if remedy.revokes:
        end_clocks(handling, [ClockCode.EXECUTION], now=now)
    if remedy.outcome == RemedyOutcome.REMAND:
        _hand_back(remedy, handling, petition, by=by, now=now)
    elif remedy.outcome == RemedyOutcome.CHANGE:
        _change(remedy, handling, now=now)


def _hand_back(remedy: Remedy, handling: Handling, petition: Petition, *, by: Hat, now: datetime) -> None:
    """Let the organ investigate again by the day that was set; what it had said is kept (R-43).

    A petition that was finished goes on: the opinion it ended with holds no longer.
    """
    answered = handling.claims.filter(
        decision=ClaimDecision.ACCEPTED, outcome__in=sorted(OUTCOMES_OF_APPEALS)
    )
    for claim in answered.select_related("finding"):
        RevokedAnswer.objects.create(
            remedy=remedy, claim=claim, outcome=claim.outcome, facts=claim.finding.facts
        )
    handling.opinion, handling.quiet_since_at = None, now
    move_handling(handling, at=now, state=HandlingState.INVESTIGATING)
    start(handling, ClockCode.ANEW, event="remanded", at=now, now=now, set_day=remedy.anew_by)
    if petition.routing == Routing.FINISHED:
        move(petition, Routing.ROUTED, step=Step.DRAFT_OPINION, by=by, at=now)


def _change(remedy: Remedy, handling: Handling, *, now: datetime) -> None:
    """Put the result of the reviewing organ in the place of the earlier one; what it supports is carried out."""
    changed = handling.claims.filter(decision=ClaimDecision.ACCEPTED, outcome__in=sorted(OUTCOMES_OF_APPEALS))
    supports = remedy.changed_to == Outcome.SUPPORT
    changed.update(
        outcome=remedy.changed_to,
        execution_organ=remedy.execution_organ,
        execution_due_on=remedy.execution_due_on,
        executed_at=None,
        known_at=now,
    )
    end_clocks(handling, [ClockCode.EXECUTION], now=now)
    if supports:
        move_handling(handling, at=now, state=HandlingState.EXECUTING)
        run_execution(handling, now=now)
    elif handling.state == HandlingState.EXECUTING:
        move_handling(handling, at=now, state=HandlingState.SERVED)


def refuse_the_same_again(handling: Handling) -> None:
    """Refuse an opinion that says on the same facts what was revoked for its facts or its basis (R-43).

    :raises Refused: if one claim's finding does
    """
    revoked: dict[int, list[Answer]] = defaultdict(list)
    before = RevokedAnswer.objects.filter(
        remedy__handling=handling, remedy__ground__in=sorted(FORBIDS_THE_SAME)
    )
    for number, outcome, facts in before.values_list("claim__number", "outcome", "facts"):
        revoked[number].append(Answer(outcome, facts))
    if not revoked:
        return
    found = Claim.objects.filter(handling=handling, number__in=sorted(revoked), finding__isnull=False)
    answers = {
        number: Answer(outcome, facts)
        for number, outcome, facts in found.values_list("number", "outcome", "finding__facts")
    }
    same = repeated(answers, revoked)
    if same:
        words = _(
            "Claim %(numbers)s: on the same facts the same result was revoked; it may not be given again."
        )
        raise Refused(words % {"numbers": "、".join(str(number) for number in same)})
