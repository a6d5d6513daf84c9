"""What the clock brings to scores. It proposes and never imposes; safe to run twice, or in two places at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.ledger import midnight_of
from cases.models import Petition
from deadlines.calendars import working_days_after
from indicators.periods import Period
from indicators.sweeps import complete_until
from scoring.catalogue import RATES
from scoring.evidence.causes import Cause
from scoring.models import CaseExclusion, EntryStep, RuleSet, ScoreEntry, ScoreRule
from scoring.parts import move, propose, tell_unit
from scoring.proposing import causes, points_of, rules_for
from scoring.rates import periods_over
from scoring.reading import read_period
from scoring.states import APPEAL_WORKING_DAYS, CONTESTABLE, EntryState


def read_rates(*, now: datetime) -> int:
    """Read each rate that a rule measures once its period is over, and propose what it costs. Return how many.

    While figures do not hold every deed of yesterday it is left to the next night.
    """
    today = timezone.localdate(now)
    if complete_until(now) < midnight_of(today):
        return 0
    held = RuleSet.objects.adopted().filter(year__gte=today.year - 1)
    rules = ScoreRule.objects.filter(rule_set__in=held, evidence__in=sorted(RATES))
    return sum(
        _read(rule.pk, period, now=now)
        for rule in rules.select_related("rule_set__organ__place").order_by("pk")
        for period in periods_over(rule, before=today)
    )


@transaction.atomic(durable=True)
def _read(rule_id: int, period: Period, *, now: datetime) -> int:
    """Read one rule's rates of a period, the rule held so that no two read it."""
    rules = ScoreRule.objects.select_for_update(of=("self",), no_key=True)
    return read_period(rules.select_related("rule_set__organ__place").get(pk=rule_id), period, now=now)


def propose_scores(*, now: datetime) -> int:
    """Propose an entry for every cause that a rule in force measures, once for each rule and cause. Return how many."""
    return sum(_propose(cause, now=now) for cause in causes(now=now))


@transaction.atomic(durable=True)
def _propose(cause: Cause, *, now: datetime) -> int:
    """Propose what one cause gives; nothing on a case that is sealed (Q2) or excluded (Q39)."""
    found = [
        (rule, organ)
        for rule, organ in rules_for(cause)
        if not ScoreEntry.objects.filter(rule=rule, cause=cause.key).exists()
    ]
    if not found:
        return 0
    petition = Petition.objects.select_for_update(of=("self",), no_key=True).get(pk=cause.petition.pk)
    if petition.sealed or CaseExclusion.objects.standing().filter(petition=petition).exists():
        return 0
    made = 0
    for rule, organ in found:
        entry = propose(
            rule,
            organ,
            points_of(rule),
            cause=cause.key,
            happened_on=cause.happened_on,
            facts=cause.facts,
            petition=petition,
            by=None,
            now=now,
        )
        made += entry is not None
    return made


def tell_units(*, now: datetime) -> int:
    """Tell units of proposals that no person has to look at first; from then on their days to appeal run."""
    rows = ScoreEntry.objects.of_open_lane().filter(rule__needs_human=False).at({EntryState.PROPOSED})
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_tell(key, now=now) for key in keys)


@transaction.atomic(durable=True)
def _tell(entry_id: UUID, *, now: datetime) -> bool:
    entry = _held(entry_id)
    if entry.state != EntryState.PROPOSED:
        return False
    until = working_days_after(timezone.localdate(now), APPEAL_WORKING_DAYS)
    move(entry, EntryState.NOTIFIED, until=until, by=None, now=now)
    tell_unit(entry, key="notified", now=now)
    return True


def close_appeals(*, now: datetime) -> int:
    """Let become final what its unit did not contest within its days. Return how many."""
    ended = EntryStep.objects.filter(state__in=sorted(CONTESTABLE), until__lt=timezone.localdate(now))
    rows = ScoreEntry.objects.filter(pk__in=ended.values("entry")).at(CONTESTABLE)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_close(key, now=now) for key in keys)


@transaction.atomic(durable=True)
def _close(entry_id: UUID, *, now: datetime) -> bool:
    entry = _held(entry_id)
    if entry.state not in CONTESTABLE or entry.until is None or entry.until >= timezone.localdate(now):
        return False
    move(entry, EntryState.FINAL, by=None, now=now)
    return True


def _held(entry_id: UUID) -> ScoreEntry:
    ScoreEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    return ScoreEntry.objects.standing().select_related("organ").get(pk=entry_id)
