"""Drawing up, adopting and following the rules of a year (Art 39; R-52; Q36)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from audit.parts import record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from scoring import permissions as may
from scoring.catalogue import COUNTED_ONCE, MEASURED, Evidence
from scoring.models import RuleSet, ScoreRule
from scoring.models.rule_sets import BONUS_SHARE, MOST_OF_A_CASE
from scoring.parts import hold_draft, hold_rule_set, words_of_a_rule, words_of_nobody
from scoring.rules import faults_of
from scoring.states import EARNED, Attribution, Period, RuleKind, Scope, SetState

# what the next version takes over from the one before, besides its rules
_SAID = ("name", "basis", "base", "floor", "case_cap", "bonus_cap")


@dataclass(frozen=True, kw_only=True)
class Caps:
    """What a unit begins with, below what it does not fall, what a case can cost, what all bonuses can give."""

    base: Decimal
    floor: Decimal
    case_cap: Decimal
    bonus_cap: Decimal


@dataclass(frozen=True, kw_only=True)
class Written:
    """A rule as it is written down."""

    title: str
    kind: RuleKind
    evidence: Evidence
    weight: Decimal
    points: Decimal | None
    target: Decimal | None
    period: Period
    attribution: Attribution
    basis: str
    needs_human: bool


@transaction.atomic(durable=True)
def draw_rule_set(
    *, scope: Scope, year: int, name: str, basis: str, caps: Caps, by: Hat, now: datetime
) -> RuleSet:
    """Begin a draft of the rules of a year for units of one kind; a year that has rules gets the next version.

    :raises NotAllowed: if this hat keeps no scores
    :raises Refused: for a year that is over, caps beyond what may be, or words that no rule may say (Q36)
    """
    if not may.keeps_scores(by):
        raise NotAllowed(_("Score officers and heads of the petition office draw up rules."))
    _check_caps(caps)
    if year < timezone.localdate(now).year:
        words = _("This year is over: what is scored must be known before it happens.")
        raise Refused(words, fields={"year": words})
    said = {"name": words_of_a_rule(name, "name"), "basis": words_of_a_rule(basis, "basis"), **asdict(caps)}
    return _begin(by.organ, scope, year, said, by=by, now=now)


@transaction.atomic(durable=True)
def draw_next_version(rule_set_id: UUID, *, by: Hat, now: datetime) -> RuleSet:
    """Begin a draft with all that an adopted version says; that one holds until the draft is adopted.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not keep it
    :raises OutOfTurn: if it was not adopted
    """
    before = hold_rule_set(rule_set_id, by)
    if not before.is_adopted:
        raise OutOfTurn(_("The next version follows one that was adopted."))
    said = {name: getattr(before, name) for name in _SAID}
    rule_set = _begin(before.organ, Scope(before.scope), before.year, said, by=by, now=now)
    rules = list(before.rules.order_by("number"))
    for rule in rules:
        rule.pk, rule._state.adding = None, True
        rule.rule_set, rule.writer, rule.written_at = rule_set, by.user, now
    ScoreRule.objects.bulk_create(rules)
    return rule_set


@transaction.atomic(durable=True)
def enter_rule(rule_set_id: UUID, written: Written, *, by: Hat, now: datetime) -> ScoreRule:
    """Write a rule into a draft.

    :raises Unknown: if this hat does not read the draft
    :raises NotAllowed: if it does not keep it
    :raises OutOfTurn: if it is no draft any more
    :raises Refused: saying why at the field: words that no rule may say, evidence that does not go with the kind,
        numbers that its kind lacks, or a breach that another rule of the set measures already
    """
    rule_set = hold_draft(rule_set_id, by)
    title, basis = words_of_a_rule(written.title, "title"), words_of_a_rule(written.basis, "basis")
    faults: dict[str, str | Promise] = dict(
        faults_of(written.kind, written.evidence, written.weight, written.points, written.target)
    )
    if written.evidence in COUNTED_ONCE and rule_set.rules.filter(evidence=written.evidence).exists():
        faults["evidence"] = _("Another rule of this set measures it: one breach costs once.")
    if written.evidence == Evidence.I01 and rule_set.scope != Scope.OFFICES:
        faults["evidence"] = _("This is the petition office's own: units are measured by I02.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)
    last = rule_set.rules.aggregate(last=Max("number"))["last"] or 0
    rule = ScoreRule.objects.create(
        rule_set=rule_set,
        number=last + 1,
        title=title,
        kind=written.kind,
        evidence=written.evidence,
        weight=written.weight,
        points=written.points,
        target=written.target,
        period=written.period,
        attribution=written.attribution,
        basis=basis,
        needs_human=written.needs_human or MEASURED[written.evidence].by_person,
        writer=by.user,
        written_at=now,
    )
    facts = {"number": rule.number, "rule_kind": rule.kind, "measured": rule.evidence}
    record("score_rules.enter_rule", rule_set, by=by.actor, at=now, facts=facts)
    return rule


@transaction.atomic(durable=True)
def drop_rule(rule_set_id: UUID, *, rule_id: int, by: Hat, now: datetime) -> None:
    """Take a rule out of a draft.

    :raises Unknown: if this hat does not read the draft, or it has no such rule
    :raises NotAllowed: if it does not keep it
    :raises OutOfTurn: if it is no draft any more
    """
    rule_set = hold_draft(rule_set_id, by)
    rule = rule_set.rules.filter(pk=rule_id).first()
    if rule is None:
        raise Unknown(_("The draft has no such rule."))
    number = rule.number
    rule.delete()
    record("score_rules.drop_rule", rule_set, by=by.actor, at=now, facts={"number": number})


@transaction.atomic(durable=True)
def adopt_rule_set(rule_set_id: UUID, *, valid_from: date, end_words: str, by: Hat, now: datetime) -> RuleSet:
    """Adopt a draft from a day on, to the end of its year; the version before ends the day before.

    :raises Unknown: if this hat does not read the draft
    :raises NotAllowed: if it does not adopt it: another person than who drew it up or wrote a rule of it
    :raises OutOfTurn: if it is no draft any more, has no rules, or its rules give more than the base
    :raises Refused: for a day that has passed or lies outside its year, or without the paper or meeting
    """
    rule_set = hold_draft(rule_set_id, by)
    if not may.adopts(by, rule_set):
        raise NotAllowed(
            _("The director or the joint conference's office adopts it, by who wrote nothing of it.")
        )
    earned = rule_set.rules.filter(kind__in=sorted(EARNED)).aggregate(all=Sum("weight"))["all"] or 0
    if not rule_set.rules.exists() or earned > rule_set.base:
        raise OutOfTurn(_("It has no rules yet, or what they give is more than the base."))
    _check_first_day(rule_set, valid_from, now=now)
    before = RuleSet.objects.adopted().filter(
        organ=rule_set.organ_id, scope=rule_set.scope, year=rule_set.year, valid_to__gte=valid_from
    )
    before.update(valid_to=valid_from - timedelta(days=1))
    rule_set.valid_from, rule_set.valid_to = valid_from, date(rule_set.year, 12, 31)
    rule_set.state, rule_set.end_words = SetState.ADOPTED, words_of_nobody(end_words, "end_words")
    rule_set.ended_by, rule_set.ender, rule_set.ended_at = by.post, by.user, now
    fields = ("valid_from", "valid_to", "state", "end_words", "ended_by", "ender", "ended_at")
    rule_set.save(update_fields=fields)
    facts = {"on": valid_from.isoformat(), "version": rule_set.version}
    record("score_rules.adopt", rule_set, by=by.actor, at=now, facts=facts)
    return rule_set


@transaction.atomic(durable=True)
def discard_rule_set(rule_set_id: UUID, *, end_words: str, by: Hat, now: datetime) -> RuleSet:
    """Discard a draft, with why; it stays to be read by the office.

    :raises Unknown: if this hat does not read the draft
    :raises NotAllowed: if it does not keep it
    :raises OutOfTurn: if it is no draft any more
    :raises Refused: without a reason
    """
    rule_set = hold_draft(rule_set_id, by)
    rule_set.end_words = words_of_nobody(end_words, "end_words")
    rule_set.state = SetState.DISCARDED
    rule_set.ended_by, rule_set.ender, rule_set.ended_at = by.post, by.user, now
    rule_set.save(update_fields=["end_words", "state", "ended_by", "ender", "ended_at"])
    record("score_rules.discard", rule_set, by=by.actor, at=now)
    return rule_set


def _begin(
    organ: Organ, scope: Scope, year: int, said: Mapping[str, object], *, by: Hat, now: datetime
) -> RuleSet:
    """Begin the next version, the organ held so that two do not take the same number."""
    Organ.objects.select_for_update(of=("self",), no_key=True).get(pk=organ.pk)
    last = RuleSet.objects.filter(organ=organ, scope=scope, year=year).aggregate(last=Max("version"))["last"]
    rule_set = RuleSet.objects.create(
        organ=organ,
        scope=scope,
        year=year,
        version=(last or 0) + 1,
        drawn_by=by.post,
        drawer=by.user,
        drawn_at=now,
        **said,
    )
    facts = {"scope": scope, "year": year, "version": rule_set.version}
    record("score_rules.draw", rule_set, by=by.actor, at=now, facts=facts)
    return rule_set


def _check_caps(caps: Caps) -> None:
    faults: dict[str, str | Promise] = {}
    if caps.base <= 0:
        faults["base"] = _("The base is more than nothing.")
    if not 0 <= caps.floor < caps.base:
        faults["floor"] = _("The floor lies between nothing and the base.")
    if not 0 < caps.case_cap <= MOST_OF_A_CASE:
        faults["case_cap"] = _("A case costs five points at most.")
    if not 0 <= caps.bonus_cap <= caps.base / BONUS_SHARE:
        faults["bonus_cap"] = _("All bonuses together give a tenth of the base at most.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def _check_first_day(rule_set: RuleSet, day: date, *, now: datetime) -> None:
    if day.year != rule_set.year or day < timezone.localdate(now):
        words = _("The day lies in the year of the rules and is not over: nothing is scored backwards.")
        raise Refused(words, fields={"valid_from": words})
    later = RuleSet.objects.adopted().filter(
        organ=rule_set.organ_id, scope=rule_set.scope, year=rule_set.year, valid_from__gte=day
    )
    if later.exists():
        words = _("Another version begins that day or later.")
        raise Refused(words, fields={"valid_from": words})
