"""What would be told of periods that reach a band: worked out without writing anything."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cases.models import PetitionClock
from cases.reminding.addressees import Addressees
from cases.states import ClockCode
from notices.models import Band, Reminder

# A right that may be left unused lapses; nothing is late when it passes (Art 23(3)).
LAPSES = frozenset({ClockCode.T4})


@dataclass(frozen=True)
class Ring:
    """A period that reached a band, since when, and the posts that are told of it, by which ways outside."""

    clock: PetitionClock
    # none: nothing is said of it, as of a right that lapses
    band: Band | None
    since_at: datetime
    posts: tuple[int, ...] = ()
    ways: tuple[str, ...] = ()

    @property
    def told_as(self) -> Band:
        """The band, of a ring that is told.

        :raises ValueError: of one that is not
        """
        if self.band is None:
            message = f"clock {self.clock.pk} is not told of"
            raise ValueError(message)
        return self.band

    @property
    def finds_nobody(self) -> bool:
        return self.band is not None and not self.posts


def rings_of(clocks: Collection[PetitionClock], *, now: datetime) -> Iterator[Ring]:
    """Yield what is to be told of clocks whose alarm has come, with their petitions and organs at hand.

    After missed days it is the band they are in by now: its audience holds those of the bands before. A sealed
    petition's stays in the house (Q2).
    """
    lines = _lines_of(now)
    addressees = Addressees(clocks, now=now)
    for clock in clocks:
        band, since_at = band_of(clock, now)
        line = None if band is None else lines.get((clock.code, band)) or lines.get(("", band))
        if band is None or line is None:
            yield Ring(clock, None, since_at)
            continue
        ways = () if clock.petition.sealed else tuple(line.ways)
        yield Ring(clock, band, since_at, tuple(addressees.of(clock, line.audience)), ways)


def band_of(clock: PetitionClock, now: datetime) -> tuple[Band | None, datetime]:
    """Return the band an open clock is in and since when; none before the first, and for a right that passed."""
    if clock.due_at is not None and now >= clock.due_at:
        return (None if clock.code in LAPSES else Band.OVERDUE), clock.due_at
    for band, begins in (
        (Band.URGE, clock.urge_at),
        (Band.WARN, clock.amber_at),
        (Band.NOTICE, clock.notice_at),
    ):
        if now >= begins:
            return band, begins
    return None, clock.notice_at


def _lines_of(now: datetime) -> dict[tuple[str, str], Reminder]:
    in_force = Reminder.objects.in_force(timezone.localdate(now))
    return {(line.code, line.band): line for line in in_force}
