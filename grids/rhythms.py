"""Which days belong to one round. No clock, no database."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from grids.round_states import Rhythm
from lib.stretches import Stretch, part_of_month, quarter_of, week_of

_ONE_DAY = timedelta(days=1)
_CUTS: Mapping[Rhythm, tuple[int, ...]] = {
    Rhythm.TEN_DAYS: (10, 20),
    Rhythm.HALF_MONTH: (15,),
    Rhythm.MONTH: (),
}
_FIVES = (5, 15, 25)


def stretches(rhythm: Rhythm, *, first: date, until: date | None, today: date) -> Iterator[Stretch]:
    """Yield the stretches of the rounds of a plan that have begun by today, in order, cut to the plan's own days."""
    last, day = until or date.max, first
    while day <= min(last, today):
        ends = min(_end_of(rhythm, day, last), last)
        yield Stretch(day, ends)
        day = ends + _ONE_DAY


def _end_of(rhythm: Rhythm, day: date, last: date) -> date:
    match rhythm:
        case Rhythm.DAY:
            return day
        case Rhythm.WEEK:
            return week_of(day).last
        case Rhythm.QUARTER:
            return quarter_of(day).last
        case Rhythm.ONCE:
            return last
        case Rhythm.FIVES:
            return _next_five(day)
    return part_of_month(day, *_CUTS[rhythm]).last


def _next_five(day: date) -> date:
    """Return the next fifth, fifteenth or twenty-fifth; after the last one, the fifth of the next month."""
    ends = part_of_month(day, *_FIVES).last
    return ends if day.day <= _FIVES[-1] else ends + timedelta(days=_FIVES[0])
