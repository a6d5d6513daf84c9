"""治旧加分: an old case heard, all promised there verified, and the effect held (hearing.md §8)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from hearings.effects import effect_of
from hearings.models import Hearing
from hearings.states import HearingState
from scoring.catalogue import Evidence
from scoring.evidence.causes import Cause, Fact
from scoring.states import FactKind


def settled(*, since: datetime, now: datetime) -> Iterator[Cause]:
    """Yield each hearing at which something was promised and whose effect is good by now, for each unit of it."""
    rows = Hearing.objects.of_open_lane().filter(state=HearingState.CLOSED, closed_at__gte=since)
    for hearing in rows.select_related("petition").order_by("pk").iterator():
        effect = effect_of(hearing, now=now)
        if effect is None or not effect.promised or not effect.is_good:
            continue
        ended = hearing.commitments.aggregate(last=Max("assignment__ended_at"))["last"]
        day = timezone.localdate(ended)
        for organ_id in sorted(set(hearing.commitments.values_list("organ", flat=True))):
            yield Cause(
                evidence=Evidence.OLD_SETTLED,
                key=f"hearing:{hearing.pk}:{organ_id}",
                organ_id=organ_id,
                petition=hearing.petition,
                happened_on=day,
                facts=[
                    Fact(kind=FactKind.CARRIED_OUT, happened_on=day, petition_id=hearing.petition_id),
                    Fact(
                        kind=FactKind.EFFECT_HELD,
                        happened_on=effect.quiet_until,
                        petition_id=hearing.petition_id,
                    ),
                ],
            )
