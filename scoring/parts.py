"""What the deeds of scores share. They open no transaction and refuse to work without one."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.models.organs import LOOKS_AFTER_A_PLACE
from accounts.roles import Role
from assignments.models import ANSWERS
from audit.parts import Actor, record
from cases.models import Petition, Petitioner
from leadership.parts import hold_open_lane
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.masking import holds_a_number, mask_text
from lib.transactions import require_transaction
from notices.models import Kind
from notices.parts import tell
from scoring import permissions as may
from scoring.evidence.causes import Fact
from scoring.models import EntryFact, EntryStep, RuleSet, ScoreEntry, ScoreRule
from scoring.refused import why_refused
from scoring.states import EntryState

SYSTEM = Actor(words="clock")


def hold_rule_set(rule_set_id: UUID, hat: Hat) -> RuleSet:
    """Return a rule set that this hat keeps, held.

    :raises Unknown: if there is none for this hat
    :raises NotAllowed: if it only reads it
    """
    require_transaction("hold_rule_set")
    rows = may.rule_sets_for(hat).select_for_update(of=("self",)).select_related("organ")
    rule_set = rows.filter(pk=rule_set_id).first()
    if rule_set is None:
        raise Unknown(_("There is no such rule set."))
    if not may.keeps_rule_set(hat, rule_set):
        raise NotAllowed(_("Your post does not keep these rules."))
    return rule_set


def hold_draft(rule_set_id: UUID, hat: Hat) -> RuleSet:
    """Return a draft that this hat keeps, held.

    :raises Unknown: if there is none for this hat
    :raises NotAllowed: if it only reads it
    :raises OutOfTurn: if it was adopted or discarded
    """
    rule_set = hold_rule_set(rule_set_id, hat)
    if not rule_set.is_draft:
        raise OutOfTurn(_("This version is no longer a draft: draw the next one."))
    return rule_set


def words_of_nobody(words: str, field: str) -> str:
    """Return words that hold no number of a person, without the space around them.

    :raises Refused: naming the field, if nothing is left or they hold one
    """
    text = words.strip()
    if not text or holds_a_number(text):
        message = _("It holds a number of a person: leave it out.") if text else _("Fill this in.")
        raise Refused(message, fields={field: message})
    return text


def words_on_a_case(words: str, field: str, petition_id: UUID | None) -> str:
    """Return words on an entry or a case that name nobody of the petition and hold no person's number (scoring.md §4).

    They are read outside the case team.

    :raises Refused: naming the field
    """
    text = words_of_nobody(words, field)
    names = Petitioner.objects.filter(petition=petition_id).values_list("name", flat=True)
    if mask_text(text, names=list(names)) != text:
        message = _("It names somebody of the petition: write what the unit did, not who asked.")
        raise Refused(message, fields={field: message})
    return text


def words_of_a_rule(words: str, field: str) -> str:
    """Return words of a rule that says nothing a rule may not say (Q36, Q37, Q38, P-9).

    :raises Refused: naming the field and why, if nothing is left or it says such a thing
    """
    text = words_of_nobody(words, field)
    if why := why_refused(text):
        raise Refused(why, fields={field: why})
    return text


def propose(
    rule: ScoreRule,
    organ: Organ,
    points: Decimal,
    *,
    cause: str,
    happened_on: date,
    facts: Iterable[Fact],
    petition: Petition | None = None,
    words: str = "",
    reverses: ScoreEntry | None = None,
    by: Hat | None,
    now: datetime,
) -> ScoreEntry | None:
    """Propose an entry with its facts; nothing where this cause stands under this rule already.

    `by` is nobody where the clock proposes it.
    """
    require_transaction("propose")
    entry = ScoreEntry(
        organ=organ,
        rule=rule,
        petition=petition,
        cause=cause,
        happened_on=happened_on,
        points=points,
        words=words,
        reverses=reverses,
        proposed_at=now,
    )
    try:
        # asked of the database: two sweeps may find one cause at one moment
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        if "score_entry_once_for_each_cause" not in str(error):
            raise
        return None
    EntryFact.objects.bulk_create(
        EntryFact(
            entry=entry,
            number=number,
            kind=fact.kind,
            happened_on=fact.happened_on,
            petition_id=fact.petition_id,
            clock_code=fact.clock_code,
        )
        for number, fact in enumerate(facts, 1)
    )
    _step(entry, 1, EntryState.PROPOSED, points, by=by, now=now)
    facts_of_audit = {"measured": rule.evidence, "points": str(points)}
    record("score.propose", entry, by=by.actor if by else SYSTEM, at=now, facts=facts_of_audit)
    return entry


def move(
    entry: ScoreEntry,
    to: EntryState,
    *,
    points: Decimal | None = None,
    verdict: str = "",
    until: date | None = None,
    words: str = "",
    by: Hat | None,
    now: datetime,
) -> None:
    """Add the next step to an entry that is held, and tell who waits for it.

    `by` is nobody where the clock does it; without `points` as many as before stand.
    """
    require_transaction("move")
    last = EntryStep.objects.filter(entry=entry).order_by("-number")[0]
    stands = last.points if points is None else points
    _step(entry, last.number + 1, to, stands, verdict=verdict, until=until, words=words, by=by, now=now)
    facts = {"score_state": to, "points": str(stands)}
    record("score.move", entry, by=by.actor if by else SYSTEM, at=now, facts=facts)


def _step(
    entry: ScoreEntry,
    number: int,
    state: EntryState,
    points: Decimal,
    *,
    verdict: str = "",
    until: date | None = None,
    words: str = "",
    by: Hat | None,
    now: datetime,
) -> None:
    EntryStep.objects.create(
        entry=entry,
        number=number,
        state=state,
        verdict=verdict,
        points=points,
        until=until,
        words=words,
        by=by.post if by else None,
        person=by.user if by else None,
        at=now,
    )


def tell_unit(entry: ScoreEntry, *, key: str, now: datetime) -> None:
    """Tell those who answer in the unit that something was said of one of its entries."""
    require_transaction("tell_unit")
    organ = entry.organ.carried_on_by or entry.organ
    posts = Post.objects.held_on(timezone.localdate(now)).filter(organ=organ, role__in=sorted(ANSWERS))
    keys = list(posts.values_list("pk", flat=True))
    tell(keys, Kind.SCORE_TOLD, key=f"score:{entry.pk}:{key}", subject_id=str(entry.pk), now=now)


def tell_deciders(entry: ScoreEntry, roles: Iterable[Role], *, key: str, now: datetime) -> None:
    """Tell those of the place's offices that a unit contests an entry, but for those who took part in it."""
    require_transaction("tell_deciders")
    place = entry.rule.rule_set.organ.place_id
    posts = Post.objects.held_on(timezone.localdate(now)).filter(
        organ__place=place, organ__kind__in=sorted(LOOKS_AFTER_A_PLACE), role__in=sorted(roles)
    )
    took_part = EntryStep.objects.filter(entry=entry, person__isnull=False).values("person")
    keys = list(posts.exclude(user__in=took_part).values_list("pk", flat=True))
    tell(keys, Kind.SCORE_CONTESTED, key=f"score:{entry.pk}:{key}", subject_id=str(entry.pk), now=now)


def hold_entry(entry_id: UUID, hat: Hat, states: Collection[EntryState]) -> ScoreEntry:
    """Return an entry that a hat reads and that stands in one of some states, held with its petition before it.

    :raises Unknown: if there is none for this hat
    :raises OutOfTurn: if it stands elsewhere
    """
    require_transaction("hold_entry")
    petition_id = may.entries_for(hat).filter(pk=entry_id).values_list("petition", flat=True).first()
    if petition_id is not None:
        hold_open_lane(petition_id)
    if not may.entries_for(hat).filter(pk=entry_id).exists():
        raise Unknown(_("There is no such score entry."))
    ScoreEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    entry = ScoreEntry.objects.standing().select_related("organ", "rule__rule_set__organ").get(pk=entry_id)
    if entry.state not in states:
        raise OutOfTurn(_("The entry does not stand where this could be done."))
    return entry
