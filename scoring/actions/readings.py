"""A rate is read again after its cases were corrected: proposed anew, never rewritten (scoring.md §5)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from cases.ledger import midnight_of
from indicators.periods import Period
from indicators.sweeps import complete_until
from lib.errors import NotAllowed, OutOfTurn, Unknown
from scoring import permissions as may
from scoring.models import RateReading, ScoreEntry, ScoreRule
from scoring.parts import words_of_nobody
from scoring.rates import points_for, shares_of
from scoring.reading import write_reading


@transaction.atomic(durable=True)
def read_again(entry_id: UUID, *, words: str, by: Hat, now: datetime) -> ScoreEntry:
    """Read the rate behind an entry as it is known since yesterday ended, and propose the difference as a new entry.

    :raises Unknown: if this hat does not read the entry
    :raises NotAllowed: if it does not keep it
    :raises OutOfTurn: if no rate is behind it, figures lag behind, or no point changes
    :raises Refused: without a reason
    """
    entry = (
        may.entries_for(by)
        .select_related("rule__rule_set__organ", "organ__place")
        .filter(pk=entry_id)
        .first()
    )
    if entry is None:
        raise Unknown(_("There is no such score entry."))
    if not may.keeps_entry(by, entry):
        raise NotAllowed(_("Whoever keeps the scores reads a rate again."))
    rule = ScoreRule.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.rule_id)
    read = RateReading.objects.filter(entry=entry).first()
    today = timezone.localdate(now)
    if read is None or complete_until(now) < midnight_of(today):
        raise OutOfTurn(
            _("No rate is behind this entry, or figures do not hold every deed of yesterday yet.")
        )
    same = RateReading.objects.filter(rule=rule, organ=entry.organ, since=read.since)
    newest = same.order_by("-number")[0]
    period, as_of = Period(read.since, read.until), today - timedelta(days=1)
    share = shares_of(entry.rule, [entry.organ], period, as_of=as_of, now=now)[entry.organ_id]
    if points_for(rule, share) == newest.points:
        raise OutOfTurn(_("Read again it gives the same points: nothing is to be corrected."))
    why = words_of_nobody(words, "words")
    made = write_reading(
        entry.rule, entry.organ, period, share, as_of=as_of, before=newest, words=why, by=by, now=now
    )
    assert made.entry is not None  # noqa: S101  the points differ
    return made.entry
