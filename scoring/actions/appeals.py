"""A unit contests an entry: decided by somebody who took no part, at the second level by the joint conference."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.roles import Role
from deadlines.calendars import working_days_after
from lib.errors import NotAllowed, OutOfTurn, Refused
from scoring import permissions as may
from scoring.models import ScoreEntry
from scoring.parts import hold_entry, move, tell_deciders, tell_unit, words_on_a_case
from scoring.states import APPEAL_WORKING_DAYS, DECISION_WORKING_DAYS, EntryState, Verdict


@transaction.atomic(durable=True)
def appeal(entry_id: UUID, *, words: str, by: Hat, now: datetime) -> None:
    """Contest an entry within five working days of being told; it is decided within ten.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not answer for the unit
    :raises OutOfTurn: if it was contested, is final, or the five days have passed
    :raises Refused: without reasons
    """
    _contest(
        hold_entry(entry_id, by, {EntryState.NOTIFIED}),
        EntryState.APPEALED,
        may.KEEPS,
        words=words,
        by=by,
        now=now,
    )


@transaction.atomic(durable=True)
def refer(entry_id: UUID, *, words: str, by: Hat, now: datetime) -> None:
    """Put an entry before the joint conference within five working days of the decision on the appeal.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it does not answer for the unit
    :raises OutOfTurn: if no appeal was decided, or the five days have passed
    :raises Refused: without reasons
    """
    _contest(
        hold_entry(entry_id, by, {EntryState.DECIDED}),
        EntryState.REFERRED,
        {Role.JOINT_CONFERENCE_OFFICER},
        words=words,
        by=by,
        now=now,
    )


def _contest(
    entry: ScoreEntry,
    to: EntryState,
    told: set[Role] | frozenset[Role],
    *,
    words: str,
    by: Hat,
    now: datetime,
) -> None:
    if not may.contests(by, entry):
        raise NotAllowed(_("Whoever answers for the unit contests an entry."))
    today = timezone.localdate(now)
    if entry.until is None or today > entry.until:
        raise OutOfTurn(_("The days to contest it have passed."))
    until = working_days_after(today, DECISION_WORKING_DAYS)
    move(entry, to, until=until, words=words_on_a_case(words, "words", entry.petition_id), by=by, now=now)
    tell_deciders(entry, told, key=to, now=now)


@transaction.atomic(durable=True)
def decide_appeal(
    entry_id: UUID, *, verdict: Verdict, points: Decimal | None = None, words: str, by: Hat, now: datetime
) -> None:
    """Decide an appeal: it stands, fewer points, or cancelled; the unit may go on to the joint conference.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it keeps no scores there, is the unit itself, or took part in the entry before
    :raises OutOfTurn: if no appeal waits
    :raises Refused: without reasons, or for points that are not fewer
    """
    entry = hold_entry(entry_id, by, {EntryState.APPEALED})
    if not may.decides_appeal(by, entry):
        raise NotAllowed(_("An appeal is decided by somebody who took no part in the entry."))
    until = working_days_after(timezone.localdate(now), APPEAL_WORKING_DAYS)
    _decide(entry, EntryState.DECIDED, verdict, points, until=until, words=words, by=by, now=now)


@transaction.atomic(durable=True)
def decide_referral(
    entry_id: UUID, *, verdict: Verdict, points: Decimal | None = None, words: str, by: Hat, now: datetime
) -> None:
    """Decide at the second level, for good: it stands, fewer points, or cancelled.

    :raises Unknown: if this hat does not read it
    :raises NotAllowed: if it is not of the joint conference's office, or took part in the entry before
    :raises OutOfTurn: if nothing waits for the conference
    :raises Refused: without reasons, or for points that are not fewer
    """
    entry = hold_entry(entry_id, by, {EntryState.REFERRED})
    if not may.decides_referral(by, entry):
        raise NotAllowed(_("The joint conference's office decides, by somebody who took no part."))
    _decide(entry, EntryState.FINAL, verdict, points, until=None, words=words, by=by, now=now)


def _decide(
    entry: ScoreEntry,
    to: EntryState,
    verdict: Verdict,
    points: Decimal | None,
    *,
    until: date | None,
    words: str,
    by: Hat,
    now: datetime,
) -> None:
    """Write what was decided, cancelled entries as such, and tell the unit."""
    why = words_on_a_case(words, "words", entry.petition_id)
    if verdict == Verdict.CANCELLED:
        move(entry, EntryState.CANCELLED, points=Decimal(0), verdict=verdict, words=why, by=by, now=now)
    else:
        stands = entry.stands if verdict == Verdict.UPHELD else _fewer(entry, points)
        move(entry, to, points=stands, verdict=verdict, until=until, words=why, by=by, now=now)
    tell_unit(entry, key=to, now=now)


def _fewer(entry: ScoreEntry, points: Decimal | None) -> Decimal:
    """Return how many points stand, with the sign of the entry.

    :raises Refused: if they are not fewer than before
    """
    if points is None or not 0 < points < abs(entry.stands):
        words = _("Fewer points than stand now, and more than nothing.")
        raise Refused(words, fields={"points": words})
    return points.copy_sign(entry.stands)
