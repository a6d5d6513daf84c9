"""Figures of what is no petition: items of lists, recommendations, decisions of remedies.

Each keeps its own moments, so what was known once follows from the rows themselves. What hangs on a sealed petition,
or on one that the hat may not know of, is not counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Count, Q

from accounts.hats import Hat
from cases.models import Petition, Remedy
from cases.remedy_states import RemedyOutcome, RemedyState
from indicators.figures import Asked
from leadership.models import ListItem, Slip, StrikeList
from leadership.states import RECOMMENDATIONS, Adopted


@dataclass(frozen=True)
class Tally:
    """How many of how many, with the parts of the whole by their codes."""

    counted: int
    of: int
    parts: Mapping[str, int]

    @property
    def rate(self) -> Fraction | None:
        """Numerator through denominator; none of nothing (trap 6)."""
        return Fraction(self.counted, self.of) if self.of else None


def resolved_on(listed: StrikeList, *, on: date) -> Tally:
    """Return how many items of a list were struck off on evidence by a day, and not put back by then (I09)."""
    items = ListItem.objects.filter(list=listed)
    struck, left = items.struck_by(on).count(), items.left_by(on).count()
    return Tally(struck, struck + left, {"struck": struck, "left": left})


def adopted(asked: Asked, hat: Hat, *, now: datetime) -> Tally:
    """Return how many recommendations whose answer was due in a period were adopted, wholly or in part (I15; R-51).

    One that was not answered by the moment counts among those that were due.
    """
    due = Slip.objects.issued().filter(
        kind__in=sorted(RECOMMENDATIONS),
        petition__in=Petition.objects.visible_to(hat).values("pk"),
        assignment__asked_at__lte=asked.at(now),
        assignment__clock__cancelled_at=None,
        assignment__clock__due_at__gte=asked.period.since_at,
        assignment__clock__due_at__lt=asked.period.until_at,
    )
    answered = Q(assignment__replied_at__lte=asked.at(now))
    parts: dict[str, int] = due.aggregate(
        **{kind.value: Count("pk", filter=answered & Q(adopted=kind)) for kind in Adopted},
        of=Count("pk"),
    )
    of = parts.pop("of")
    return Tally(parts[Adopted.WHOLLY] + parts[Adopted.PARTLY], of, parts)


def upheld(asked: Asked, hat: Hat, *, now: datetime) -> Tally:
    """Return how many reviews and re-examinations decided in a period maintained the opinion (I17; Art 35, 36)."""
    decided = Remedy.objects.filter(
        state=RemedyState.DECIDED,
        petition__in=Petition.objects.visible_to(hat).values("pk"),
        decided_at__gte=asked.period.since_at,
        decided_at__lt=asked.period.until_at,
    ).filter(decided_at__lte=asked.at(now))
    parts: dict[str, int] = decided.aggregate(
        **{outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in RemedyOutcome}
    )
    return Tally(parts[RemedyOutcome.MAINTAIN], sum(parts.values()), parts)
