"""Petitions by what was done beside their handling: lifted to a tier, heard, called back. Each part opens the ledger.

What belongs to a period is what began in it, or for call-backs ended in it; it is told as it stands today. A petition
to which the same was done twice counts once in each part.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.hats import Hat
from assignments.states import LiftState, Tier
from cases.models import Petition
from hearings.models import Hearing
from hearings.states import HearingState
from indicators.figures import Asked, Mean, mean
from indicators.measures import Code, Part
from leadership.call_back_pages import call_backs_for
from leadership.call_back_states import IN_DOUBT, CallEnd, CheckResult
from leadership.models import PetitionLift

TIERS: Mapping[Part, Tier] = {
    Part.TOWNSHIP: Tier.TOWNSHIP,
    Part.DEPARTMENT: Tier.DEPARTMENT,
    Part.DISTRICT_LEADER: Tier.DISTRICT_LEADER,
    Part.DISTRICT_HEADS: Tier.DISTRICT_HEADS,
    Part.CITY: Tier.CITY,
}
_HELD = (HearingState.CONCLUDED, HearingState.CLOSED)
_NO_LIFT = (LiftState.PROPOSED, LiftState.DECLINED)


@dataclass(frozen=True)
class _Beside:
    """What was done in some days as a hat may know of it, by rows with a `petition`, and the parts of it."""

    rows: Callable[[Asked, Hat, datetime], QuerySet[Any]]
    parts: Mapping[Part, Q]


def _lifts(asked: Asked, hat: Hat, now: datetime) -> QuerySet[Any]:
    raised = _within("raised_at", asked, now)
    return PetitionLift.objects.filter(raised, _seen(hat)).exclude(state__in=_NO_LIFT)


def _hearings(asked: Asked, hat: Hat, _now: datetime) -> QuerySet[Any]:
    period = asked.period
    return Hearing.objects.filter(_seen(hat), applied_on__gte=period.since, applied_on__lt=period.until)


def _call_backs(asked: Asked, hat: Hat, now: datetime) -> QuerySet[Any]:
    return call_backs_for(hat).filter(_within("ended_at", asked, now), _seen(hat))


def _within(moment: str, asked: Asked, now: datetime) -> Q:
    until = min(asked.period.until_at, asked.at(now) + timedelta(microseconds=1))
    return Q(**{f"{moment}__gte": asked.period.since_at, f"{moment}__lt": until})


def _seen(hat: Hat) -> Q:
    """Keep what hangs on a petition of the open lane that a hat may know of (Q2, Q6)."""
    return Q(petition__sealed=False, petition__in=Petition.objects.visible_to(hat).values("pk"))


BESIDE: Mapping[Code, _Beside] = {
    Code.LIFTED: _Beside(_lifts, {part: Q(to_tier=tier) for part, tier in TIERS.items()}),
    Code.HEARD: _Beside(
        _hearings,
        {
            Part.HELD: Q(state__in=_HELD),
            Part.DECLINED: Q(state=HearingState.DECLINED),
            Part.CALLED_OFF: Q(state=HearingState.CALLED_OFF),
            Part.COMING: ~Q(state__in=[*_HELD, HearingState.DECLINED, HearingState.CALLED_OFF]),
        },
    ),
    Code.CALLED_BACK: _Beside(
        _call_backs,
        {
            Part.ANSWERED: Q(ended_as=CallEnd.ANSWERED),
            Part.DECLINED: Q(ended_as=CallEnd.DECLINED),
            Part.UNREACHED: Q(ended_as=CallEnd.UNREACHED),
            Part.IN_DOUBT: Q(has_reply=False) | Q(carried_out__in=sorted(IN_DOUBT)),
            Part.FALSE_FINISH: Q(checked=CheckResult.FALSE),
        },
    ),
}


def counts(code: Code, asked: Asked, hat: Hat, *, now: datetime) -> Mapping[Part, int]:
    """Return on how many petitions it was done, in all and in each part, in one query."""
    beside = BESIDE[code]
    named = {Part.ALL: Count("petition", distinct=True)}
    named |= {part: Count("petition", filter=q, distinct=True) for part, q in beside.parts.items()}
    found = beside.rows(asked, hat, now).aggregate(**{f"of_{part}": count for part, count in named.items()})
    return {part: found[f"of_{part}"] for part in named}


def petitions(code: Code, part: Part, asked: Asked, hat: Hat, *, now: datetime) -> QuerySet[Any, UUID]:
    """Return the keys of the petitions that a part counts.

    :raises KeyError: for a part that there is not
    """
    beside = BESIDE[code]
    rows = beside.rows(asked, hat, now)
    return (rows if part is Part.ALL else rows.filter(beside.parts[part])).values_list("petition", flat=True)


def held_for(asked: Asked, hat: Hat, *, now: datetime) -> Mapping[Part, Mean]:
    """Return how many days each tier held what was lifted to it, on the mean; what it still holds counts until now."""
    span = Coalesce(F("ended_at"), Value(asked.at(now))) - F("raised_at")
    rows = BESIDE[Code.LIFTED].rows(asked, hat, now).order_by().values_list("to_tier")
    by_tier = {
        tier: mean(cases, days) for tier, cases, days in rows.annotate(cases=Count("pk"), days=Avg(span))
    }
    return {part: by_tier.get(tier, Mean(0, None)) for part, tier in TIERS.items()}
