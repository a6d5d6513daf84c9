"""How a period is counted: no clock, no database, no words.

The start day is not counted; a day ends at its midnight in the office's zone. An organ's last day never moves
for a holiday, a citizen's rolls to the next working day (deadlines.md §2; Civil Code Art 201, 203; Civil
Procedure Art 85).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a rule's length is counted in."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    HOURS = "hours"
    AS_SET = "as_set"


class Roll(StrEnum):
    """What becomes of a last day on a rest day."""

    NONE = "none"
    FORWARD = "forward"


class YearNotLoaded(Exception):  # noqa: N818 - what is the case, not an error of the code
    """A day is asked of a year whose State Council notice has not been entered (Q26)."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no calendar for {year}")
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The working days of the years that are loaded. A day absent from a loaded year is by its weekday.

    Without `years` every year counts as loaded: see `by_weekday`.
    """

    years: frozenset[int] | None
    # days that are not as their weekday says: True for a working day, False for a day of rest
    exceptions: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))

    def by_weekday(self) -> "Calendar":
        """Return a calendar that takes a year without a notice as Monday to Friday: for alarms only (Q26)."""
        return replace(self, years=None)

    def is_workday(self, day: date) -> bool:
        """Test if state organs work that day.

        :raises YearNotLoaded: if the day's year is not loaded
        """
        if self.years is not None and day.year not in self.years:
            raise YearNotLoaded(day.year)
        return self.exceptions.get(day, day.weekday() < 5)

    def after(self, start: date, workdays: int) -> date:
        """Return the day `workdays` working days after `start`, which does not count itself.

        :raises YearNotLoaded: if the way leads into a year that is not loaded
        """
        return _count(start, workdays, self.is_workday)

    def before(self, day: date, workdays: int = 1) -> date:
        """Return the day `workdays` working days before a day, which does not count itself.

        :raises YearNotLoaded: if the way leads into a year that is not loaded
        """
        while workdays > 0:
            day -= ONE_DAY
            workdays -= self.is_workday(day)
        return day

    def rolled(self, day: date) -> date:
        """Return the day itself if it is a working day, else the first one after it.

        :raises YearNotLoaded: if the way leads into a year that is not loaded
        """
        while not self.is_workday(day):
            day += ONE_DAY
        return day


@dataclass(frozen=True)
class Term:
    """A rule's length in its own unit, and how it is counted. As set: the length is 0."""

    length: int
    unit: Unit
    roll: Roll = Roll.NONE
    exclude_start_day: bool = True


@dataclass(frozen=True)
class Pause:
    """Days that do not count: those after `since` up to and with `until`. Without an end it still goes on.

    As in every period the day it starts is not counted: a hearing decided on the 10th and concluded on the
    25th excludes 15 days (Art 36(2); deadlines.md §6).
    """

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Test if a day does not count."""
        return day > self.since and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Step:
    """One step of the counting as a code with plain values; `words` makes a sentence of it."""

    code: str
    values: Mapping[str, str | int]

    def as_facts(self) -> dict[str, str | int]:
        return {"code": self.code, **self.values}


@dataclass(frozen=True)
class Reckoning:
    """A period counted out.

    `last_day` is the day shown: strict for an organ, rolled for a citizen, none while a year is missing or a
    pause goes on. `rolled_day` stands beside a strict one and is used only where a breach is contested.
    `due_at` is the first moment that is too late. `alarm_day` is always there: while a year is missing it is
    counted Monday to Friday (Q26), while a pause goes on it is the day if the pause ended at once.
    """

    starts_on: date
    last_day: date | None
    rolled_day: date | None
    due_at: datetime | None
    alarm_day: date
    waiting_for_year: int | None
    steps: tuple[Step, ...]
    paused_since: date | None = None


def midnight_before(day: date, zone: ZoneInfo = SHANGHAI) -> datetime:
    """Return the first moment of a day."""
    return datetime.combine(day, time.min, zone)


def midnight_after(day: date, zone: ZoneInfo = SHANGHAI) -> datetime:
    """Return the first moment that is too late for a last day: the local midnight that ends it."""
    return midnight_before(day + ONE_DAY, zone)


def reckon(
    term: Term,
    started_at: datetime,
    calendar: Calendar,
    *,
    set_day: date | None = None,
    extension_days: int = 0,
    pauses: Iterable[Pause] = (),
    zone: ZoneInfo = SHANGHAI,
) -> Reckoning:
    """Count a period out from the moment it started.

    `set_day` is the last day of a period that somebody set (T6). `extension_days` are of the term's own unit,
    calendar days for one as set. `pauses` are whole days; a day in two of them is left out once, and one
    after the last day moves nothing. Hours know neither.

    :raises ValueError: if a period "as set" has no day set
    """
    if term.unit is Unit.HOURS:
        return _in_hours(term, started_at, zone)
    starts_on = started_at.astimezone(zone).date()
    paused = tuple(pauses)
    count = _Count(term, starts_on, calendar, paused, zone, [Step("starts", {"day": starts_on.isoformat()})])
    if term.unit is Unit.AS_SET:
        if set_day is None:
            message = "a period as set needs its day"
            raise ValueError(message)
        return count.as_set(set_day, extension_days)
    return count.out(extension_days)


def _in_hours(term: Term, started_at: datetime, zone: ZoneInfo) -> Reckoning:
    due_at = started_at + timedelta(hours=term.length)
    starts, ends = started_at.astimezone(zone), due_at.astimezone(zone)
    steps = (
        Step("starts_at", {"at": starts.isoformat()}),
        Step("hours", {"length": term.length, "until": ends.isoformat()}),
    )
    return Reckoning(starts.date(), ends.date(), None, due_at, ends.date(), None, steps)


@dataclass(frozen=True)
class _Count:
    """The counting of one period in days; its steps are noted on the way."""

    term: Term
    starts_on: date
    calendar: Calendar
    pauses: tuple[Pause, ...]
    zone: ZoneInfo
    steps: list[Step]

    def out(self, extension_days: int) -> Reckoning:
        """Count the length, then the extension, then leave out the paused days."""
        if self.term.exclude_start_day:
            self._note("start_day_excluded")
        try:
            last_day = self._counted(self.calendar, extension_days)
        except YearNotLoaded as missing:
            return self._waiting(missing.year, extension_days)
        held_since = self._held_since(last_day)
        if held_since is not None:
            self._note("paused_open", day=held_since)
            return Reckoning(
                self.starts_on, None, None, None, last_day, None, tuple(self.steps), paused_since=held_since
            )
        return self._ended(last_day)

    def as_set(self, set_day: date, extension_days: int) -> Reckoning:
        """Take the day somebody set, which is not counted out at all."""
        self._note("as_set", day=set_day)
        last_day = set_day + timedelta(days=extension_days)
        if extension_days:
            self._note("extended", days=extension_days, day=last_day)
        return self._ended(last_day)

    def _counted(self, calendar: Calendar, extension_days: int) -> date:
        """Return the last day before any rolling, closed pauses left out.

        :raises YearNotLoaded: if working days lead into a year that is not loaded
        """
        counts = calendar.is_workday if self.term.unit is Unit.WORKING_DAYS else _every_day
        origin = self.starts_on if self.term.exclude_start_day else self.starts_on - ONE_DAY
        closed = [pause for pause in self.pauses if pause.until is not None]
        plain = _count(origin, self.term.length, counts)
        extended = _count(plain, extension_days, counts)
        running = _count(
            origin,
            self.term.length + extension_days,
            lambda day: counts(day) and not any(pause.holds(day) for pause in closed),
        )
        self._note(self.term.unit.value, length=self.term.length, day=plain)
        if extension_days:
            self._note("extended", days=extension_days, day=extended)
        if running != extended:
            days = _days_between(origin, running)
            left_out = sum(1 for day in days if counts(day) and any(pause.holds(day) for pause in closed))
            self._note("paused", days=left_out, day=running)
        return running

    def _held_since(self, last_day: date) -> date | None:
        """Return when a pause that still goes on began, if the period had not ended by then."""
        open_since = [pause.since for pause in self.pauses if pause.until is None and pause.since < last_day]
        return min(open_since, default=None)

    def _ended(self, strict: date) -> Reckoning:
        """Roll the last day for a citizen; for an organ note beside it where it would have rolled to."""
        last_day, rolled = strict, None
        try:
            rolled = self.calendar.rolled(strict)
        except YearNotLoaded as missing:
            if self.term.roll is Roll.FORWARD:
                # The citizen's day is not before the strict one; which one it is, the notice will tell (Q26).
                self._note("waits_not_before", year=missing.year, day=strict)
                alarm_day = self.calendar.by_weekday().rolled(strict)
                return Reckoning(self.starts_on, None, None, None, alarm_day, missing.year, tuple(self.steps))
        if rolled is not None and rolled != strict:
            if self.term.roll is Roll.FORWARD:
                self._note("rolled", day=strict, to=rolled)
                last_day = rolled
            else:
                self._note("not_rolled", day=strict, to=rolled)
        self._note("ends", day=last_day)
        due_at = midnight_after(last_day, self.zone)
        return Reckoning(self.starts_on, last_day, rolled, due_at, last_day, None, tuple(self.steps))

    def _waiting(self, year: int, extension_days: int) -> Reckoning:
        noted = len(self.steps)
        alarm_day = self._counted(self.calendar.by_weekday(), extension_days)
        # The hidden day is for alarms; nobody is shown the way to it (Q26).
        del self.steps[noted:]
        self._note("waits", year=year, length=self.term.length + extension_days)
        held_since = self._held_since(alarm_day)
        return Reckoning(
            self.starts_on, None, None, None, alarm_day, year, tuple(self.steps), paused_since=held_since
        )

    def _note(self, code: str, **values: date | int) -> None:
        plain = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()
        }
        self.steps.append(Step(code, plain))


def _count(origin: date, units: int, counts: Callable[[date], bool]) -> date:
    """Return the day on which the last of some units falls, counting from the day after `origin`."""
    day = origin
    while units > 0:
        day += ONE_DAY
        units -= counts(day)
    return day


def _every_day(day: date) -> bool:
    return True


def _days_between(after: date, until: date) -> Iterable[date]:
    return (after + timedelta(days=number) for number in range(1, (until - after).days + 1))


@dataclass(frozen=True)
class Bands:
    """From when a period is noticed, warned of and urged (deadlines.md §5)."""

    notice_at: datetime
    warn_at: datetime
    urge_at: datetime


def bands(
    term: Term,
    reckoning: Reckoning,
    calendar: Calendar,
    *,
    notice: int,
    warn: int,
    urge: int,
    zone: ZoneInfo = SHANGHAI,
) -> Bands:
    """Return the first moments at which no more than so many of the term's own units are left.

    On the last day 0 are left, so "3 left" begins with the midnight that begins the third day before it.
    """

    def begins(left: int) -> datetime:
        if term.unit is Unit.HOURS and reckoning.due_at is not None:
            return reckoning.due_at - timedelta(hours=left)
        if term.unit is Unit.WORKING_DAYS:
            return midnight_before(calendar.by_weekday().before(reckoning.alarm_day, left), zone)
        return midnight_before(reckoning.alarm_day - timedelta(days=left), zone)

    return Bands(begins(notice), begins(warn), begins(urge))
