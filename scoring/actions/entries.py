"""What is done with proposals: entered by a person, told to the unit, dropped; and a bonus reversed (scoring.md §5)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from cases.models import Petition, Remedy
from deadlines.calendars import working_days_after
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from scoring import permissions as may
from scoring.catalogue import MEASURED, Evidence
from scoring.evidence.causes import Fact
from scoring.models import CaseExclusion, RuleSet, ScoreEntry, ScoreRule
from scoring.parts import hold_entry, move, propose, tell_unit, words_on_a_case
from scoring.proposing import READ_BY_A_PERSON, points_of
from scoring.states import APPEAL_WORKING_DAYS, EntryState, FactKind, ReversalGround, RuleKind


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a person found of a unit under a rule: on which day, how many times, by which facts."""

    rule_id: int
    organ_id: int
    happened_on: date
    count: int
    words: str
    petition_number: str = ""


@transaction.atomic(durable=True)
def propose_entry(found: Found, *, by: Hat, now: datetime) -> ScoreEntry:
    """Propose what a person found under a rule that is measured by persons; another one looks at it first.

    :raises NotAllowed: if this hat keeps no scores of the rule's place
    :raises Unknown: if there is no such rule, or the petition is not seen by this hat (Q6)
    :raises Refused: for a unit the rule is not for, a day it does not hold, what was entered already, or without facts
    """
    if not may.keeps_scores(by):
        raise NotAllowed(_("Score officers and heads of the petition office enter what was found."))
    rule = _rule(found.rule_id, by)
    organ = _unit(rule, found)
    petition = _case(rule, found, by)
    if found.count < 1:
        words = _("At least one.")
        raise Refused(words, fields={"count": words})
    if found.happened_on > timezone.localdate(now):
        words = _("The day lies in the future.")
        raise Refused(words, fields={"happened_on": words})
    points = max(-rule.weight, min(rule.weight, points_of(rule) * found.count))
    about = str(petition.pk) if petition else f"{found.happened_on:%Y%m%d}"
    entry = propose(
        rule,
        organ,
        points,
        cause=f"found:{organ.pk}:{about}",
        happened_on=found.happened_on,
        facts=[
            Fact(
                kind=FactKind.FOUND,
                happened_on=found.happened_on,
                petition_id=petition.pk if petition else None,
            )
        ],
        petition=petition,
        words=words_on_a_case(found.words, "words", petition.pk if petition else None),
        by=by,
        now=now,
    )
    if entry is None:
        words = _("This was entered already.")
        raise Refused(words, fields={"happened_on": words})
    return entry


@transaction.atomic(durable=True)
def notify_unit(entry_id: UUID, *, by: Hat, now: datetime) -> None:
    """Look at a proposal and tell the unit; its five working days to appeal run from the next one.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not keep it, or proposed it itself
    :raises OutOfTurn: if the unit was told, or it was dropped
    """
    entry = hold_entry(entry_id, by, {EntryState.PROPOSED})
    if not may.keeps_entry(by, entry) or not may.took_no_part(by, entry):
        raise NotAllowed(_("Whoever keeps the scores tells the unit, not who proposed it."))
    until = working_days_after(timezone.localdate(now), APPEAL_WORKING_DAYS)
    move(entry, EntryState.NOTIFIED, until=until, by=by, now=now)
    tell_unit(entry, key="notified", now=now)


@transaction.atomic(durable=True)
def drop_entry(entry_id: UUID, *, words: str, by: Hat, now: datetime) -> None:
    """Drop a proposal before the unit is told, with why; it stays to be read as cancelled.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not keep it
    :raises OutOfTurn: if the unit was told
    :raises Refused: without a reason
    """
    entry = hold_entry(entry_id, by, {EntryState.PROPOSED})
    if not may.keeps_entry(by, entry):
        raise NotAllowed(_("Whoever keeps the scores drops a proposal."))
    why = words_on_a_case(words, "words", entry.petition_id)
    move(entry, EntryState.CANCELLED, points=Decimal(0), words=why, by=by, now=now)


@transaction.atomic(durable=True)
def reverse_bonus(
    entry_id: UUID, *, ground: ReversalGround, words: str, by: Hat, now: datetime
) -> ScoreEntry:
    """Propose a new entry that takes a bonus back (Q38): the result is not carried out, or the opinion was revoked.

    That somebody asked for review, rated badly or wrote again is no ground. The bonus stays as it was entered.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not keep it
    :raises OutOfTurn: if it is not final, no bonus, or reversed already
    :raises Refused: without facts, or for a revoked opinion where none was revoked since
    """
    entry = hold_entry(entry_id, by, {EntryState.FINAL})
    if not may.keeps_entry(by, entry):
        raise NotAllowed(_("Whoever keeps the scores proposes to take a bonus back."))
    if (
        entry.is_deduction
        or entry.rule.kind != RuleKind.BONUS
        or ScoreEntry.objects.filter(reverses=entry).exists()
    ):
        raise OutOfTurn(_("Only a bonus is taken back, and once."))
    today = timezone.localdate(now)
    if ground == ReversalGround.REVOKED and not _was_revoked(entry):
        refusal = _("No opinion on this case was revoked since the bonus was proposed.")
        raise Refused(refusal, fields={"ground": refusal})
    kind = FactKind.OPINION_REVOKED if ground == ReversalGround.REVOKED else FactKind.NOT_CARRIED_OUT
    made = propose(
        entry.rule,
        entry.organ,
        -entry.stands,
        cause=f"reversal:{entry.pk}",
        happened_on=today,
        facts=[Fact(kind=kind, happened_on=today, petition_id=entry.petition_id)],
        petition=entry.petition,
        words=words_on_a_case(words, "words", entry.petition_id),
        reverses=entry,
        by=by,
        now=now,
    )
    assert made is not None  # noqa: S101  the entry is held, and none reverses it
    return made


def _rule(rule_id: int, by: Hat) -> ScoreRule:
    """Return a rule in force of the hat's place that persons measure."""
    sets = RuleSet.objects.adopted().filter(organ__place=by.organ.place_id)
    rules = ScoreRule.objects.filter(pk=rule_id, rule_set__in=sets, evidence__in=sorted(READ_BY_A_PERSON))
    rule = rules.select_related("rule_set__organ").first()
    if rule is None:
        raise Unknown(_("There is no such rule."))
    return rule


def _unit(rule: ScoreRule, found: Found) -> Organ:
    organ = Organ.objects.select_related("place").filter(pk=found.organ_id).first()
    if organ is None or RuleSet.objects.in_force(organ, on=found.happened_on) != rule.rule_set:
        words = _("The rule is not for this unit on that day.")
        raise Refused(words, fields={"organ": words})
    return organ


def _case(rule: ScoreRule, found: Found, by: Hat) -> Petition | None:
    """Return the case where the rule is about cases, held; nothing where it is about duties."""
    if not MEASURED[Evidence(rule.evidence)].of_case:
        return None
    rows = Petition.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    petition = rows.filter(number=found.petition_number.strip(), sealed=False).first()
    if petition is None:
        words = _("You see no petition of this number.")
        raise Refused(words, fields={"petition_number": words})
    if CaseExclusion.objects.standing().filter(petition=petition).exists():
        words = _("This case does not count in scores.")
        raise Refused(words, fields={"petition_number": words})
    return petition


def _was_revoked(entry: ScoreEntry) -> bool:
    revoked = Remedy.objects.filter(
        petition=entry.petition_id, revoked__isnull=False, decided_at__gte=entry.proposed_at
    )
    return entry.petition_id is not None and revoked.exists()
