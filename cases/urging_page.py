"""Urging on the case page (催办): offered where a unit has the matter in hand, else why it cannot be done now."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.hanging import Hanging
from cases.models import Handling, Urging
from cases.offers import Asked, Blocked, Offer
from cases.parts import excluded_organs
from cases.urgings import is_in_hand


def urge_on(hanging: Hanging, asked: Asked, now: datetime) -> Offer | None:
    """Return the urging this hat may send now; why not is noted as blocked once a unit has had it at all."""
    offer = asked.offer("urge")
    if offer is None or not any(one.ended_at is None for one in hanging.petition.handlings.all()):
        return None
    others = list(_others_in_hand(hanging, asked))
    if not others:
        asked.blocked.append(Blocked(offer.deed.button, _("no other unit has it in hand")))
        return None
    if _all_urged_today(hanging, others, now):
        asked.blocked.append(Blocked(offer.deed.button, _("every unit that has it was urged today")))
        return None
    return offer


def _others_in_hand(hanging: Hanging, asked: Asked) -> Iterator[Handling]:
    """Yield what other units have in hand, but those that the petition names (Q2)."""
    is_named = "reported_parties" in hanging.there
    kept_out = excluded_organs(hanging.petition, below=False) if is_named else set()
    for handling in hanging.petition.handlings.all():
        is_own = asked.hat.organ.is_or_carries_on(handling.organ)
        if is_in_hand(handling) and not is_own and handling.organ_id not in kept_out:
            yield handling


def _all_urged_today(hanging: Hanging, handlings: list[Handling], now: datetime) -> bool:
    if "handlings__urgings" not in hanging.there:
        return False
    keys = [handling.pk for handling in handlings]
    urged = Urging.objects.filter(handling__in=keys, made_on=timezone.localdate(now))
    return urged.values("handling").distinct().count() == len(keys)
