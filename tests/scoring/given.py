"""Rules of scores on their way, each step made by the deed itself under the hat whose deed it is."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role
from scoring.actions.rule_sets import Caps, Written, adopt_rule_set, draw_rule_set, enter_rule
from scoring.catalogue import Evidence
from scoring.models import RuleSet
from scoring.states import Attribution, Period, RuleKind, Scope
from tests.given import MONDAY, a_hat, an_organ

CAPS = Caps(base=Decimal(100), floor=Decimal(0), case_cap=Decimal(5), bonus_cap=Decimal(10))
PAPER = "联席会议纪要第 3 号"


@dataclass(frozen=True)
class Scorers:
    """Who keeps the scores: an officer proposes and writes, a director and the joint conference's office decide."""

    officer: Hat
    director: Hat
    conference: Hat


def scorers() -> Scorers:
    office = an_organ("LXB", kind=OrganKind.JOINT_CONFERENCE_OFFICE, name="区联席会议办公室")
    return Scorers(
        a_hat(Role.SCORE_OFFICER),
        a_hat(Role.OFFICE_DIRECTOR),
        a_hat(Role.JOINT_CONFERENCE_OFFICER, organ=office),
    )


def a_rule(**facts: Any) -> Written:
    """Return a deduction of one point for each notice of acceptance that is late."""
    given = {
        "title": "未按期书面告知受理",
        "kind": RuleKind.DEDUCTION,
        "evidence": Evidence.ACCEPTED_LATE,
        "weight": Decimal(10),
        "points": Decimal(1),
        "target": None,
        "period": Period.YEAR,
        "attribution": Attribution.UNIT,
        "basis": "信访工作条例第四十四条",
        "needs_human": False,
        **facts,
    }
    return Written(**given)


@dataclass
class Rules:
    """A rule set with those who keep it."""

    pk: UUID
    by: Scorers

    @property
    def now(self) -> RuleSet:
        """The rule set as it stands in the database."""
        return RuleSet.objects.get(pk=self.pk)


def drawn(
    *rules: Written,
    by: Scorers | None = None,
    scope: Scope = Scope.DEPARTMENTS,
    caps: Caps = CAPS,
    now: datetime = MONDAY,
) -> Rules:
    """Draw up a set of some rules; of one that takes a point for each late notice if none is given."""
    by = by or scorers()
    row = draw_rule_set(
        scope=scope,
        year=timezone.localdate(now).year,
        name="区直单位考核办法",
        basis="信访工作条例第三十九条",
        caps=caps,
        by=by.officer,
        now=now,
    )
    for rule in rules or (a_rule(),):
        enter_rule(row.pk, rule, by=by.officer, now=now)
    return Rules(row.pk, by)


def adopt(rules: Rules, *, by: Hat | None = None, now: datetime = MONDAY, **facts: Any) -> RuleSet:
    given: dict[str, Any] = {"valid_from": timezone.localdate(now), "end_words": PAPER, **facts}
    return adopt_rule_set(rules.pk, **given, by=by or rules.by.conference, now=now)


def adopted(*rules: Written, now: datetime = MONDAY, **facts: Any) -> Rules:
    """Draw up a set of some rules and adopt it from this day on."""
    row = drawn(*rules, now=now, **facts)
    adopt(row, now=now)
    return row


NEW_YEARS_EVE = date(2026, 12, 31)
