"""The stretch of days within which a kind of meeting has to come once: week, 旬, half month, month."""

from dataclasses import dataclass
from datetime import date, timedelta

from leadership.meeting_states import Cadence

_ONE_DAY = timedelta(days=1)
_TENTH, _FIFTEENTH, _TWENTIETH = 10, 15, 20


@dataclass(frozen=True)
class Stretch:
    """From a day to a day, both within."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def stretch_of(cadence: Cadence, day: date) -> Stretch | None:
    """Return the stretch a day lies in; nothing where meetings come when there is cause (seeds-map 19, 116)."""
    if cadence is Cadence.WEEK:
        first = day - timedelta(days=day.weekday())
        return Stretch(first, first + timedelta(days=6))
    month_ends = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - _ONE_DAY
    cuts = {
        Cadence.TEN_DAYS: (_TENTH, _TWENTIETH, month_ends.day),
        Cadence.HALF_MONTH: (_FIFTEENTH, month_ends.day),
        Cadence.MONTH: (month_ends.day,),
    }.get(cadence)
    if cuts is None:
        return None
    last_day = next(cut for cut in cuts if day.day <= cut)
    first_day = max((cut + 1 for cut in cuts if cut < day.day), default=1)
    return Stretch(day.replace(day=first_day), day.replace(day=last_day))


def stretch_before(cadence: Cadence, day: date) -> Stretch | None:
    """Return the stretch that ended last before the one a day lies in."""
    running = stretch_of(cadence, day)
    return stretch_of(cadence, running.first - _ONE_DAY) if running is not None else None
