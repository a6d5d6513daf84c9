"""A version of rules on the facts of a year that is over: what it would have made of each unit. Nothing is written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.models import Organ
from cases.ledger import midnight_of
from scoring.arithmetic import Line, Total, period_key
from scoring.catalogue import RATES
from scoring.evidence.causes import Cause
from scoring.models import CaseExclusion, RuleSet, ScoreRule
from scoring.proposing import READ_BY_THE_CLOCK, points_of, township_of
from scoring.rates import periods_in, points_for, shares_of
from scoring.standing import total_by
from scoring.states import Attribution, Period, RuleKind

_DAY = timedelta(days=1)


def causes_of(year: int, *, now: datetime) -> Sequence[Cause]:
    """Return everything that happened in a year which rules may speak of, but for cases left out of scores (Q39)."""
    since, until = midnight_of(date(year, 1, 1)), midnight_of(date(year + 1, 1, 1))
    left_out = set(CaseExclusion.objects.standing().values_list("petition", flat=True))
    return [
        cause
        for read in READ_BY_THE_CLOCK
        for cause in read(since=since, now=min(until, now))
        if cause.happened_on.year == year and cause.petition.pk not in left_out
    ]


def replayed(
    rule_set: RuleSet, organs: Sequence[Organ], causes: Sequence[Cause], *, year: int, now: datetime
) -> Mapping[int, Total]:
    """Return how units would have stood at the end of a year by a version: by its clocks, papers and rates.

    What persons find (meetings, files, commendations) is not known again: it costs and gives nothing here.
    """
    rules = list(rule_set.rules.order_by("number"))
    lines: dict[int, list[Line]] = defaultdict(list)
    for cause in causes:
        for rule, organ in _rules_for(cause, rules):
            lines[organ].append(
                _line(rule, points_of(rule), cause.key, cause.happened_on, case=cause.petition.pk)
            )
    for rule in rules:
        if rule.evidence in RATES:
            for organ, line in _rates(rule, organs, year=year, now=now):
                lines[organ].append(line)
    return {organ.pk: total_by(rule_set, lines.get(organ.pk, ())) for organ in organs}


def _rules_for(cause: Cause, rules: Sequence[ScoreRule]) -> Iterator[tuple[ScoreRule, int]]:
    """Yield the rules a cause falls under, each with the unit it is counted to."""
    for rule in rules:
        if rule.evidence != cause.evidence:
            continue
        if rule.attribution == Attribution.UNIT:
            yield rule, cause.organ_id
        elif (township := township_of(cause.petition)) is not None:
            yield rule, township.pk


def _rates(
    rule: ScoreRule, organs: Sequence[Organ], *, year: int, now: datetime
) -> Iterator[tuple[int, Line]]:
    """Yield what each period's rate of each unit costs, as it was known when the period ended."""
    for period in periods_in(year, Period(rule.period)):
        last = period.until - _DAY
        for organ, share in shares_of(rule, organs, period, as_of=last, now=now).items():
            lost = rule.weight - points_for(rule, share)
            if lost:
                yield organ, _line(rule, -lost, f"rate:{period.since}", last, case=None)


def _line(rule: ScoreRule, points: Decimal, key: str, day: date, *, case: object) -> Line:
    return Line(
        key=key,
        happened_on=day,
        points=points,
        is_bonus=rule.kind == RuleKind.BONUS,
        rule=rule.pk,
        period=period_key(Period(rule.period), day),
        weight=rule.weight,
        case=case,
    )
