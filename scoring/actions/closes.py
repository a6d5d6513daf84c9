"""A month of the ledger is closed: how its units stand is frozen with everything it was worked out from."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from places.models import Place
from scoring import permissions as may
from scoring.closing import freeze_lines, has_unread_rates, last_day_of, volume_classes
from scoring.models import MonthClose
from scoring.parts import words_of_nobody
from scoring.standing import counting_lines, totals_by


@transaction.atomic(durable=True)
def close_month(*, year: int, month: int, by: Hat, now: datetime) -> MonthClose:
    """Freeze how units stand by what is final now; what becomes final later is of the next month.

    :raises NotAllowed: if this hat keeps no scores
    :raises Refused: if the month is not over
    :raises OutOfTurn: if it or a later one was closed before, its rates are not read yet, or nobody had rules
    """
    if not may.keeps_scores(by):
        raise NotAllowed(_("Whoever keeps the scores closes a month."))
    through, today = last_day_of(year, month), timezone.localdate(now)
    if through >= today:
        words = _("The month is not over yet.")
        raise Refused(words, fields={"month": words})
    place = Place.objects.select_for_update(no_key=True).get(pk=by.organ.place_id)
    if MonthClose.objects.filter(place=place, year=year, month__gte=month).exists():
        raise OutOfTurn(_("This month, or a later one, is closed already."))
    if has_unread_rates(place, through=through):
        raise OutOfTurn(
            _("The rates of this month are not read yet: they are in the night after its last day.")
        )
    counting = counting_lines(may.totals_for(by, on=today), on=through)
    totals = totals_by(list(may.units_for(by, on=today)), counting, on=through)
    if not totals:
        raise OutOfTurn(_("No unit had rules at the end of this month."))
    classes = volume_classes(through=through, now=now)
    close = MonthClose.objects.create(
        place=place, year=year, month=month, closed_by=by.post, closer=by.user, closed_at=now
    )
    freeze_lines(close, totals, counting, classes)
    record("score_month.close", close, by=by.actor, at=now, facts={"month": close.name})
    return close


@transaction.atomic(durable=True)
def hand_out(close_id: UUID, *, note: str, by: Hat, now: datetime) -> None:
    """Note that a closed month was taken out as a file, by whom; for whom stands in the file alone.

    :raises Unknown: if this hat does not read the month
    :raises Refused: without a note, or with a person's number in it
    """
    close = may.closes_for(by).filter(pk=close_id).first()
    if close is None:
        raise Unknown(_("There is no such month."))
    words_of_nobody(note, "note")
    record("score_month.hand_out", close, by=by.actor, at=now, facts={"month": close.name})
