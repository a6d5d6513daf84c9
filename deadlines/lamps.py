"""The petition lamp (Q27): amber from the rule's "warn", red only when overdue; "notice" has no colour."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from deadlines.models import AbstractClock

_HOUR = timedelta(hours=1)


class Colour(StrEnum):
    """The lamp's colour, as the page's class names it."""

    GREEN = "g"
    AMBER = "y"
    RED = "r"
    NOT_RUNNING = "0"
    DONE = "d"


class Band(StrEnum):
    """How near the end a clock is (deadlines.md §5), or what became of it."""

    RUNS = "runs"
    NOTICE = "notice"
    WARN = "warn"
    URGE = "urge"
    OVERDUE = "overdue"
    # no last day yet: a year's calendar is missing or a pause goes on
    WAITS = "waits"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    CANCELLED = "cancelled"
    NOT_STARTED = "not_started"


@dataclass(frozen=True)
class Lamp:
    """A deadline's colour, shape and words, the words in the reader's language when they are shown.

    `days_left` counts calendar days to the last one: 0 on it, negative when overdue. Near an end that is no
    midnight (T16) `hours_left` counts hours begun in the same way.
    """

    colour: Colour
    band: Band
    days_left: int | None = None
    hours_left: int | None = None
    # what is said instead, where the matter itself is over and no deadline is asked for any longer
    said: str = ""

    @property
    def css(self) -> str:
        return self.colour.value

    @property
    def words(self) -> str:
        if self.said:
            return self.said
        if self.hours_left is not None:
            return _hours_words(self.hours_left)
        if self.days_left is not None:
            return _days_words(self.days_left)
        return {
            Band.WAITS: pgettext("lamp", "Waits for calendar"),
            Band.PAUSED: pgettext("lamp", "Paused"),
            Band.MET: pgettext("lamp", "Done"),
            Band.MET_LATE: pgettext("lamp", "Done late"),
            Band.CANCELLED: pgettext("lamp", "Cancelled"),
        }.get(self.band, pgettext("lamp", "Not running"))


def lamp_of(due_at: datetime | None, amber_at: datetime | None, now: datetime, *, done: bool = False) -> Lamp:
    """Return the lamp of a row from two of its columns alone."""
    if done:
        return Lamp(Colour.DONE, Band.MET)
    if due_at is None:
        return Lamp(Colour.NOT_RUNNING, Band.NOT_STARTED)
    days_left, hours_left = _left(due_at, now)
    if now >= due_at:
        return Lamp(Colour.RED, Band.OVERDUE, days_left, hours_left)
    if amber_at is not None and now >= amber_at:
        return Lamp(Colour.AMBER, Band.WARN, days_left, hours_left)
    return Lamp(Colour.GREEN, Band.RUNS, days_left, hours_left)


def lamp_of_clock(clock: AbstractClock, now: datetime) -> Lamp:
    """Return the lamp of one clock, with the band it is in."""
    if clock.cancelled_at is not None:
        return Lamp(Colour.NOT_RUNNING, Band.CANCELLED)
    if clock.met_at is not None:
        return Lamp(Colour.DONE, Band.MET_LATE if clock.was_late else Band.MET)
    if clock.paused_since is not None:
        return Lamp(Colour.NOT_RUNNING, Band.PAUSED)
    if clock.due_at is None:
        return Lamp(Colour.AMBER if now >= clock.amber_at else Colour.GREEN, Band.WAITS)
    days_left, hours_left = _left(clock.due_at, now)
    if now >= clock.due_at:
        return Lamp(Colour.RED, Band.OVERDUE, days_left, hours_left)
    if now >= clock.amber_at:
        band = Band.URGE if now >= clock.urge_at else Band.WARN
        return Lamp(Colour.AMBER, band, days_left, hours_left)
    return Lamp(Colour.GREEN, Band.NOTICE if now >= clock.notice_at else Band.RUNS, days_left, hours_left)


def _left(due_at: datetime, now: datetime) -> tuple[int, int | None]:
    """Return the days left, and the hours if the due moment is no midnight and less than a day away."""
    last_day = timezone.localdate(due_at - timedelta(microseconds=1))
    days_left = (last_day - timezone.localdate(now)).days
    ends_a_day = timezone.localtime(due_at).time() == time.min
    if ends_a_day or abs(due_at - now) >= timedelta(days=1):
        return days_left, None
    if now < due_at:
        return days_left, -(-(due_at - now) // _HOUR)
    return days_left, -((now - due_at) // _HOUR + 1)


def _days_words(days: int) -> str:
    if days == 0:
        return _("Due today")
    if days > 0:
        return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days}


def _hours_words(hours: int) -> str:
    if hours > 0:
        return ngettext("%(hours)d hour left", "%(hours)d hours left", hours) % {"hours": hours}
    return ngettext("%(hours)d hour overdue", "%(hours)d hours overdue", -hours) % {"hours": -hours}
