"""The demo's rules of scores: the office and units of two kinds have theirs, another version waits to be adopted."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from accounts.roles import Role
from config.demo.content import PETITION_OFFICE
from config.demo.desks import Desks
from config.demo.hearing import at_half_past_nine
from scoring.actions.rule_sets import Caps, Written, adopt_rule_set, draw_rule_set, enter_rule
from scoring.catalogue import Evidence
from scoring.models import RuleSet
from scoring.states import Attribution, Period, RuleKind, Scope

_FILE = Path(__file__).with_name("score_rules.toml")
_CONFERENCE = "LXB"
CAPS = Caps(base=Decimal(100), floor=Decimal(0), case_cap=Decimal(5), bonus_cap=Decimal(10))
_ADOPTED = ("rates", "duties", "office")
_WAITS = "handling"
# working days before today
_BEGUN, _SINCE = -40, -3


@cache
def published() -> Mapping[str, Mapping[str, Any]]:
    """Return the rule sets that the demo enters, by their keys."""
    return {said["key"]: said for said in tomllib.loads(_FILE.read_text(encoding="utf-8"))["sets"]}


def written(rule: Mapping[str, Any], basis: str) -> Written:
    """Return a rule of the file as the deed takes it."""
    points, target = rule.get("points"), rule.get("target")
    return Written(
        title=rule["title"],
        kind=RuleKind(rule["kind"]),
        evidence=Evidence(rule["evidence"]),
        weight=Decimal(rule["weight"]),
        points=None if points is None else Decimal(points),
        target=None if target is None else Decimal(target),
        period=Period(rule["period"]),
        attribution=Attribution.UNIT,
        basis=basis,
        needs_human=False,
    )


def score(*, latest: datetime) -> int:
    """Enter the rules of this year, adopt all but one; once in a world."""
    if RuleSet.objects.exists():
        return 0
    desks = Desks(timezone.localdate(latest))
    officer = desks.one(PETITION_OFFICE, Role.SCORE_OFFICER)
    conference = desks.one(_CONFERENCE, Role.JOINT_CONFERENCE_OFFICER)
    begun = at_half_past_nine(latest, working_days=_BEGUN)
    for key in _ADOPTED:
        rule_set = draw(published()[key], by=officer, now=begun)
        day, paper = timezone.localdate(begun), "区信访工作联席会议纪要第 3 号"
        adopt_rule_set(rule_set.pk, valid_from=day, end_words=paper, by=conference, now=begun)
    draw(published()[_WAITS], by=officer, now=at_half_past_nine(latest, working_days=_SINCE))
    return len(published())


def draw(said: Mapping[str, Any], *, by: Hat, now: datetime) -> RuleSet:
    """Draw up a rule set of the file."""
    rule_set = draw_rule_set(
        scope=Scope(said["scope"]),
        year=timezone.localdate(now).year,
        name=said["name"],
        basis=said["basis"],
        caps=CAPS,
        by=by,
        now=now,
    )
    for rule in said["rules"]:
        enter_rule(rule_set.pk, written(rule, said["basis"]), by=by, now=now)
    return rule_set
