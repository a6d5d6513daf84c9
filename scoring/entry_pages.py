"""What the pages of the ledger show: units with their entries, one entry with its reasoning, cases left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat
from accounts.page_deeds import Bound, Deed, Offer
from cases.models import Petition
from deadlines.words import title_of
from leadership.titles import Titled, titles_of
from lib.keyset import page_of
from scoring import permissions as may
from scoring.catalogue import RATES
from scoring.entry_deeds import ON_ENTRY, ON_EXCLUSION, PROPOSE_ENTRY, PROPOSE_EXCLUSION
from scoring.models import CaseExclusion, EntryFact, RateReading, RuleSet, ScoreEntry, ScoreRule
from scoring.proposing import READ_BY_A_PERSON, points_of
from scoring.standing import counting_lines, totals_by
from scoring.states import EntryState, RuleKind

_LISTED = 50


@dataclass(frozen=True)
class Row:
    """An entry as the list shows it: the case by its title where the reader sees the case, else as none (Q6)."""

    entry: ScoreEntry
    case: Titled | None

    @property
    def state(self) -> str:
        return str(EntryState(self.entry.state).label)


def ledger_page(hat: Hat, *, now: datetime, bound: Bound, cursor: str | None, state: str) -> dict[str, Any]:
    """Return the entries a hat reads, the newest first, of one state if one is named, and what may be entered."""
    entries = may.entries_for(hat)
    found = entries.at({EntryState(state)}) if state in EntryState.values else entries.standing()
    rows = found.marked().select_related("organ", "rule")
    page = page_of(rows, by="proposed_at", cursor=cursor, size=_LISTED, descending=True)
    keeps = may.keeps_scores(hat)
    return {
        "page": page,
        "rows": rows_of(page.rows, hat),
        "state": state,
        "states": EntryState.choices,
        "keeps": keeps,
        "form": _entry_form(hat, now=now, bound=bound) if keeps else None,
    }


def rows_of(entries: Sequence[ScoreEntry], hat: Hat) -> Sequence[Row]:
    """Return entries as a list shows them to a hat."""
    seen = _seen(hat, {entry.petition_id for entry in entries})
    return [Row(entry, seen.get(entry.petition_id)) for entry in entries]


def _seen(hat: Hat, keys: set[UUID | None]) -> dict[UUID | None, Titled]:
    """Return those petitions of some keys that a hat may open, by their titles with names covered."""
    wanted = Petition.objects.visible_to(hat).filter(pk__in=[key for key in keys if key])
    titles = titles_of(set(wanted.values_list("pk", flat=True)))
    return {key: titles[key] for key in titles}


def _entry_form(hat: Hat, *, now: datetime, bound: Bound) -> Any:
    today = timezone.localdate(now)
    form: Any = bound.get(("ledger", PROPOSE_ENTRY.slug)) or PROPOSE_ENTRY.form(auto_id="id-enter-%s")
    sets = RuleSet.objects.adopted().filter(
        organ__place=hat.organ.place_id, valid_from__lte=today, valid_to__gte=today
    )
    rules = ScoreRule.objects.filter(rule_set__in=sets, evidence__in=sorted(READ_BY_A_PERSON))
    found = rules.select_related("rule_set").order_by("rule_set__scope", "number")
    form.offer([(rule.pk, f"{rule.rule_set.name} {rule.number} {rule.title}") for rule in found])
    return form


@dataclass(frozen=True)
class FactShown:
    """A fact of the reasoning: what, when, of which period, and the petition it leads to if the reader sees it."""

    row: EntryFact
    period: str
    case: Titled | None


@dataclass(frozen=True)
class Worked:
    """How the points of an entry came about: how many times how much, and the score without and with them.

    `times` is nothing where a rate was read; without and with are nothing before it counts (scoring.md §5).
    """

    times: int | None
    each: Decimal
    without: Decimal | None
    counted: Decimal | None


def _worked(entry: ScoreEntry, hat: Hat, *, today: date) -> Worked:
    each = points_of(entry.rule)
    is_whole = entry.rule.evidence not in RATES and each and entry.reverses_id is None
    times = entry.points / each if is_whole else Decimal(0)
    day = min(today, date(entry.happened_on.year, 12, 31))
    lines = counting_lines(may.totals_for(hat, on=today).filter(organ=entry.organ), on=day)
    mine = lines.get(entry.organ_id, ())
    others = [line for line in mine if line.key != str(entry.pk)]
    scores: list[Decimal | None] = [None, None]
    if len(others) < len(mine):
        for at, counting in enumerate((others, mine)):
            stands = totals_by([entry.organ], {entry.organ_id: counting}, on=day)
            scores[at] = stands[0].total.score if stands else None
    return Worked(int(times) if times and times == int(times) else None, each, *scores)


def why_page(entry: ScoreEntry, hat: Hat, *, now: datetime) -> dict[str, Any]:
    """Return why an entry was proposed: its facts, each with the petition it leads to if the reader sees it, and how
    its points were worked out.
    """
    facts = list(entry.facts.order_by("number"))
    seen = _seen(hat, {entry.petition_id, *(fact.petition_id for fact in facts)})
    return {
        "entry": entry,
        "state": EntryState(entry.state),
        "case": seen.get(entry.petition_id),
        "facts": [
            FactShown(fact, title_of(fact.clock_code) if fact.clock_code else "", seen.get(fact.petition_id))
            for fact in facts
        ],
        "reading": RateReading.objects.filter(entry=entry).first(),
        "worked": _worked(entry, hat, today=timezone.localdate(now)),
    }


def entry_page(entry: ScoreEntry, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return one entry with its reasoning, what was said to it, and what this hat may do."""
    return {
        **why_page(entry, hat, now=now),
        "steps": entry.steps.select_related("by__user", "by__organ").order_by("number"),
        "reversal": ScoreEntry.objects.filter(reverses=entry).first(),
        "offers": [
            _offer(ON_ENTRY[slug], "scoring:on_entry", entry.pk, ("entry", slug), bound)
            for slug in _slugs(entry, hat)
        ],
    }


def _slugs(entry: ScoreEntry, hat: Hat) -> Iterator[str]:
    """Yield what a hat may do with an entry as it stands, the main deed first."""
    keeps = may.keeps_entry(hat, entry)
    if entry.state == EntryState.PROPOSED and keeps:
        if may.took_no_part(hat, entry):
            yield "notify-unit"
        yield "drop-entry"
    if entry.state == EntryState.NOTIFIED and may.contests(hat, entry):
        yield "appeal"
    if entry.state == EntryState.APPEALED and may.decides_appeal(hat, entry):
        yield "decide-appeal"
    if entry.state == EntryState.DECIDED and may.contests(hat, entry):
        yield "refer"
    if entry.state == EntryState.REFERRED and may.decides_referral(hat, entry):
        yield "decide-referral"
    is_bonus = entry.rule.kind == RuleKind.BONUS and not entry.is_deduction
    if entry.state == EntryState.FINAL and keeps and is_bonus:
        yield "reverse-bonus"
    if keeps and RateReading.objects.filter(entry=entry).exists():
        yield "read-again"


@dataclass(frozen=True)
class Excluded:
    """A case that is left out, with what this hat may do."""

    row: CaseExclusion
    case: Titled
    offers: Sequence[Offer]


def exclusions_page(hat: Hat, *, bound: Bound) -> dict[str, Any]:
    """Return the cases left out of scores that a hat sees, the newest first, and the form of a new one."""
    rows = list(
        may.exclusions_for(hat)
        .select_related("petition", "proposed_by__user", "approved_by__user", "ended_by__user")
        .order_by("-proposed_at", "-pk")[:_LISTED]
    )
    titles = titles_of({row.petition_id for row in rows})
    name = ("exclusions", PROPOSE_EXCLUSION.slug)
    return {
        "rows": [Excluded(row, titles[row.petition_id], _on_exclusion(row, hat, bound)) for row in rows],
        "keeps": may.keeps_scores(hat),
        "form": bound.get(name) or PROPOSE_EXCLUSION.form(auto_id="id-exclude-%s"),
    }


def _on_exclusion(row: CaseExclusion, hat: Hat, bound: Bound) -> list[Offer]:
    if row.ended_at is not None or not may.excludes(hat, row.petition):
        return []
    slugs = ["end-exclusion"]
    if row.approved_at is None and row.proposer_id != hat.user.pk:
        slugs.insert(0, "approve-exclusion")
    where = f"exclusion {row.pk}"
    return [
        _offer(ON_EXCLUSION[slug], "scoring:on_exclusion", row.pk, (where, slug), bound) for slug in slugs
    ]


def _offer(deed: Deed, url: str, key: UUID, name: tuple[str, str], bound: Bound) -> Offer:
    return Offer(deed, bound.get(name) or deed.form(auto_id=f"id-{deed.slug}-{key}-%s"), url, key)
