"""Deeds on figures: a period is given out, and stays as it was (trap 7)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from cases.ledger import midnight_after
from indicators import permissions as may
from indicators.figures import Asked, figures_of, volume
from indicators.measures import MEASURES, Part
from indicators.models import Fact, FrozenFigure, FrozenPeriod
from indicators.periods import Period
from indicators.sweeps import complete_until
from indicators.universe import Universe
from lib.errors import NotAllowed, OutOfTurn, Refused
from places.models import Place


@transaction.atomic(durable=True)
def freeze(since: date, until: date, *, universe: Universe, by: Hat, now: datetime) -> FrozenPeriod:
    """Freeze every figure of the days from `since` to before `until` as they were known when yesterday ended.

    :raises NotAllowed: if this hat gives no figures out
    :raises Refused: if the period has no day, or is not over
    :raises OutOfTurn: if it was frozen before, or figures do not hold every deed of yesterday yet
    """
    if not may.may_freeze(by):
        raise NotAllowed(_("Your post does not give figures out."))
    as_of = timezone.localdate(now) - timedelta(days=1)
    if not since < until <= as_of + timedelta(days=1):
        message = _("Only days that are over can be frozen.")
        raise Refused(message, fields={"until": message})
    if complete_until(now) < midnight_after(as_of):
        raise OutOfTurn(_("Figures do not hold every deed of yesterday yet. Try again in a minute."))
    place = Place.objects.select_for_update(no_key=True).get(pk=by.organ.place_id)
    same = {"since": since, "until": until, "universe": universe}
    if FrozenPeriod.objects.filter(place=place, **same).exists():
        raise OutOfTurn(_("These days are frozen already."))
    asked, seen = Asked(Period(since, until), universe, as_of=as_of), Fact.objects.visible_to(by)
    frozen = FrozenPeriod.objects.create(
        place=place,
        as_of=as_of,
        persons=volume(asked, seen).persons,
        frozen_by=by.post,
        frozen_at=now,
        **same,
    )
    found = figures_of(MEASURES, asked, seen, now=now).values()
    FrozenFigure.objects.bulk_create(
        FrozenFigure(period=frozen, code=each.code, part=part, count=count)
        for each in found
        for part, count in {Part.ALL: each.of, **each.parts}.items()
    )
    facts = {"since": since.isoformat(), "until": until.isoformat(), "universe": universe.value}
    record("figures.freeze", frozen, by=by.actor, at=now, facts=facts)
    return frozen
