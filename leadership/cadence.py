"""The stretch of days within which a kind of meeting has to come once: week, 旬, half month, month."""

from collections.abc import Mapping
from datetime import date, timedelta

from leadership.meeting_states import Cadence
from lib.stretches import Stretch, part_of_month, week_of

_ONE_DAY = timedelta(days=1)
# the days on which the parts of a month end, besides its last
_CUTS: Mapping[Cadence, tuple[int, ...]] = {
    Cadence.TEN_DAYS: (10, 20),
    Cadence.HALF_MONTH: (15,),
    Cadence.MONTH: (),
}


def stretch_of(cadence: Cadence, day: date) -> Stretch | None:
    """Return the stretch a day lies in; nothing where meetings come when there is cause (seeds-map 19, 116)."""
    if cadence is Cadence.WEEK:
        return week_of(day)
    cuts = _CUTS.get(cadence)
    return None if cuts is None else part_of_month(day, *cuts)


def stretch_before(cadence: Cadence, day: date) -> Stretch | None:
    """Return the stretch that ended last before the one a day lies in."""
    running = stretch_of(cadence, day)
    return stretch_of(cadence, running.first - _ONE_DAY) if running is not None else None
