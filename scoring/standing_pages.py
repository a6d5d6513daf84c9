"""What the pages show of how units stand: like beside like, one unit's card, months that were closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Organ
from accounts.page_deeds import Bound
from indicators.figures import percent
from leadership.states import SlipKind
from lib.keyset import page_of
from scoring import permissions as may
from scoring.arithmetic import Line, Total
from scoring.closing import agrees, last_day_of, recomputed
from scoring.entry_pages import rows_of
from scoring.models import CloseLine, MonthClose, RateReading, RuleSet, ScoreRule, Veto
from scoring.month_deeds import CLOSE_MONTH, HAND_OUT
from scoring.rules import suggested
from scoring.standing import UnitTotal, counting_lines, totals_by, totals_of
from scoring.states import Scope, VolumeClass

_LISTED = 50
_MONTHS = 12
# a rate of fewer cases is marked: one case moves it by more than ten points
SMALL = 10


@dataclass(frozen=True)
class Standing:
    """How one unit stands, and by how much otherwise than in the month that was closed before."""

    organ: Organ
    total: Total
    change: Decimal | None
    is_withheld: bool


@dataclass(frozen=True)
class Group:
    """Units that are put side by side: of one kind, with about as much to handle."""

    scope: Scope
    volume: VolumeClass | None
    rows: Sequence[Standing]


def board(hat: Hat, *, today: date) -> Sequence[Group]:
    """Return how the units stand that a hat reads, as of today."""
    totals = totals_of(list(may.units_for(hat, on=today)), may.totals_for(hat, on=today), on=today)
    last = may.closes_for(hat).filter(year=today.year).order_by("-year", "-month").first()
    lines = {line.organ_id: line for line in last.lines.all()} if last else {}
    withheld = _withheld(today.year)
    return _grouped(
        (
            Scope(one.rule_set.scope),
            VolumeClass(line.volume) if (line := lines.get(one.organ.pk)) else None,
            Standing(
                one.organ,
                one.total,
                one.total.score - line.score if line else None,
                one.organ.pk in withheld,
            ),
        )
        for one in totals
    )


def board_page(hat: Hat, *, today: date) -> dict[str, Any]:
    """Return how the units stand that a hat reads, and of which it may open the card."""
    return {"groups": board(hat, today=today), "cards": _cards(hat)}


def _cards(hat: Hat) -> set[str]:
    return set(may.cards_for(hat).values_list("code", flat=True))


def _month_groups(close: MonthClose, lines: Iterable[CloseLine]) -> Sequence[Group]:
    """Return how the units of some lines stood when a month was closed."""
    before = MonthClose.objects.filter(place=close.place_id, year=close.year, month__lt=close.month)
    newest = before.order_by("-month").first()
    withheld = _withheld(close.year)
    scores = dict(newest.lines.values_list("organ", "score")) if newest else {}
    return _grouped(
        (
            Scope(line.rule_set.scope),
            VolumeClass(line.volume),
            Standing(
                line.organ,
                Total(entered=line.entered, deducted=line.deducted, bonus=line.bonus, score=line.score),
                line.score - scores[line.organ_id] if line.organ_id in scores else None,
                line.organ_id in withheld,
            ),
        )
        for line in lines
    )


def _withheld(year: int) -> set[int]:
    """Return which units are not rated excellent in a year, by what stands today."""
    return set(Veto.objects.standing().filter(year=year).values_list("organ", flat=True))


def lines_read(hat: Hat, close: MonthClose, *, today: date) -> QuerySet[CloseLine]:
    """Return the lines of a closed month that a hat reads, in the order of units."""
    lines = CloseLine.objects.filter(close=close, organ__in=may.units_for(hat, on=today))
    return lines.select_related("organ", "rule_set").order_by("organ__kind", "organ__code")


def _grouped(rows: Iterable[tuple[Scope, VolumeClass | None, Standing]]) -> Sequence[Group]:
    groups: dict[tuple[Scope, VolumeClass | None], list[Standing]] = defaultdict(list)
    for scope, volume, standing in rows:
        groups[scope, volume].append(standing)
    order = [(scope, volume) for scope in Scope for volume in (*VolumeClass, None)]
    return [Group(*key, groups[key]) for key in order if key in groups]


@dataclass(frozen=True)
class RateShown:
    """A rate that was read, in words; marked where it is of few cases."""

    row: RateReading
    percent: str
    is_small: bool


@dataclass(frozen=True)
class RuleStands:
    """What one rule gave or took of a unit this year: by how many entries, and by which rates."""

    rule: ScoreRule
    points: Decimal
    entries: int
    rates: Sequence[RateShown]


def card_page(organ: Organ, hat: Hat, *, now: datetime, cursor: str | None) -> dict[str, Any]:
    """Return a unit's card: how it stands, rule by rule, its rates, its entries and the months that were closed."""
    today = timezone.localdate(now)
    entries = may.entries_for(hat).filter(organ=organ)
    counting = counting_lines(entries, on=today)
    standing = next(iter(totals_by([organ], counting, on=today)), None)
    rows = entries.standing().marked().select_related("organ", "rule")
    page = page_of(rows, by="proposed_at", cursor=cursor, size=_LISTED, descending=True)
    return {
        "organ": organ,
        "standing": standing,
        "suggested": _suggested(standing) if may.keeps_scores(hat) and standing else None,
        "rules": _rules(organ, standing.rule_set, counting.get(organ.pk, ())) if standing else [],
        "page": page,
        "rows": rows_of(page.rows, hat),
        "vetoes": Veto.objects.standing().filter(organ=organ, year=today.year).order_by("decided_at"),
        "months": CloseLine.objects.filter(organ=organ, close__in=may.closes_for(hat))
        .select_related("close")
        .order_by("-close__year", "-close__month")[:_MONTHS],
    }


def _suggested(standing: UnitTotal) -> SlipKind | None:
    return suggested(standing.total.score, standing.rule_set.base)


def _rules(organ: Organ, held: RuleSet, counting: Iterable[Line]) -> Sequence[RuleStands]:
    points: dict[object, Decimal] = defaultdict(Decimal)
    entries: dict[object, int] = defaultdict(int)
    for line in counting:
        points[line.rule] += line.points
        entries[line.rule] += 1
    rates = _rates(organ, held)
    return [
        RuleStands(rule, points[rule.pk], entries[rule.pk], rates.get(rule.pk, ()))
        for rule in held.rules.order_by("number")
    ]


def _rates(organ: Organ, held: RuleSet) -> Mapping[int, Sequence[RateShown]]:
    """Return the newest reading of each period, by rule."""
    read = RateReading.objects.filter(organ=organ, rule__rule_set=held)
    newest = read.order_by("rule", "since", "-number").distinct("rule", "since")
    found: dict[int, list[RateShown]] = defaultdict(list)
    for row in newest.select_related("rule"):
        found[row.rule_id].append(RateShown(row, percent(row.share.rate), 0 < row.of < SMALL))
    return found


def months_page(hat: Hat, *, bound: Bound) -> dict[str, Any]:
    """Return the months that were closed, the newest first, and the form that closes one."""
    return {
        "months": may.closes_for(hat)
        .select_related("place", "closed_by__user")
        .order_by("-year", "-month", "place__path")[:_LISTED],
        "keeps": may.keeps_scores(hat),
        "form": bound.get(("months", CLOSE_MONTH.slug)) or CLOSE_MONTH.form(auto_id="id-close-%s"),
    }


def month_page(close: MonthClose, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return a closed month: how units stood, whether the same comes out again, and what became final since."""
    today, through = timezone.localdate(now), last_day_of(close.year, close.month)
    again = recomputed(close)
    lines = list(lines_read(hat, close, today=today))
    totals = totals_of([line.organ for line in lines], may.totals_for(hat, on=today), on=through)
    stands = {one.organ.pk: one.total.score for one in totals}
    return {
        "close": close,
        "cards": _cards(hat),
        "groups": _month_groups(close, lines),
        "agrees": all(agrees(line, again[line.organ_id]) for line in lines),
        "since": [
            (line.organ, line.score, stands[line.organ_id])
            for line in lines
            if stands.get(line.organ_id, line.score) != line.score
        ],
        "form": bound.get(("month", HAND_OUT.slug)) or HAND_OUT.form(auto_id="id-hand-out-%s"),
    }
