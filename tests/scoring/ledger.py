"""Entries of the ledger on their way: what was late or raised again, read and proposed by the sweep itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.hats import Hat
from cases.actions import repeating
from cases.states import RepeatOutcome
from scoring.actions import appeals, entries
from scoring.catalogue import Evidence
from scoring.models import EntryStep, ScoreEntry
from scoring.states import EntryState, Verdict
from scoring.sweeps import propose_scores, tell_units
from tests.cases.handling.given import Case, raised_again, received
from tests.given import MONDAY
from tests.scoring.given import Rules, Scorers, a_rule, adopted

# the notice of acceptance is due on 17 March; the day after it was late, and the next working days
LATE = MONDAY + timedelta(days=16)
NEXT = LATE + timedelta(days=1)
AGAIN = a_rule(title="被再次反映", evidence=Evidence.RAISED_AGAIN, weight=Decimal(10))


@dataclass
class Entered:
    """An entry with the case it is about and those who keep the scores."""

    pk: UUID
    case: Case
    by: Scorers
    rules: Rules

    @property
    def now(self) -> ScoreEntry:
        """The entry as it stands in the database."""
        return ScoreEntry.objects.standing().marked().get(pk=self.pk)

    @property
    def states(self) -> list[str]:
        return list(
            EntryStep.objects.filter(entry=self.pk).order_by("number").values_list("state", flat=True)
        )


def again(first: Case, *, now: datetime = LATE, **facts: Any) -> Case:
    """Let the matter of a petition be raised a second time, and a person find that it is the same."""
    later = raised_again(first, now=now)
    given = {
        "outcome": RepeatOutcome.SAME_PENDING,
        "same_person": True,
        "reason": "同一人就同一事项再次反映",
        **facts,
    }
    repeating.decide_repeat(later.pk, first.pk, **given, by=first.office.officer, now=now)
    return later


def late(rules: Rules | None = None, *, case: Case | None = None) -> Entered:
    """Propose what a notice costs that a unit had not served on its last day."""
    rules = rules or adopted()
    case = case or received()
    propose_scores(now=LATE)
    row = ScoreEntry.objects.get(organ=case.unit.organ, petition=case.pk)
    return Entered(row.pk, case, rules.by, rules)


def told(entered: Entered | None = None) -> Entered:
    """Tell the unit of it."""
    entered = entered or late()
    tell_units(now=LATE)
    return entered


def appealed(entered: Entered | None = None, *, now: datetime = NEXT) -> Entered:
    entered = entered or told()
    appeals.appeal(entered.pk, words="当日已当面告知", by=entered.case.unit.head, now=now)
    return entered


def decide(
    entered: Entered,
    verdict: Verdict = Verdict.UPHELD,
    *,
    by: Hat | None = None,
    now: datetime = NEXT,
    deed: Callable[..., None] = appeals.decide_appeal,
    **facts: Any,
) -> None:
    given = {"words": "未见书面告知和送达回证", **facts}
    deed(entered.pk, verdict=verdict, **given, by=by or entered.by.director, now=now)


def decided(entered: Entered | None = None, verdict: Verdict = Verdict.UPHELD, **facts: Any) -> Entered:
    entered = appealed(entered)
    decide(entered, verdict, **facts)
    return entered


def referred(entered: Entered | None = None, *, now: datetime = NEXT) -> Entered:
    entered = entered or decided()
    appeals.refer(entered.pk, words="回证已补交", by=entered.case.unit.head, now=now)
    return entered


def a_find(rules: Rules, case: Case, **facts: Any) -> entries.Found:
    """Return that a person found something of the case's unit on Monday under the only rule of a set."""
    given = {
        "rule_id": rules.now.rules.get().pk,
        "organ_id": case.unit.organ.pk,
        "happened_on": rules.now.valid_from,
        "count": 1,
        "words": "核对档案时发现",
        **facts,
    }
    return entries.Found(**given)


FINAL = EntryState.FINAL
