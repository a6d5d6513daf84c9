"""Starting, meeting, extending and ending clocks, inside the deed whose rights and audit these are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from deadlines.arithmetic import SHANGHAI, Calendar, Pause, Reckoning, Unit, bands, midnight_after, reckon
from deadlines.calendars import calendar_of
from deadlines.models import AbstractClock, AbstractPause, PausableClock, Rule
from deadlines.words import explain, last_day_words, title_of
from lib.errors import OutOfTurn, Refused
from lib.many_rows import write_changed
from lib.new_rows import new_row
from lib.prepared import Given, prepared
from lib.transactions import require_transaction

Clock = TypeVar("Clock", bound=AbstractClock)

# this many working days never take longer than a year
_WORKING_DAYS_A_YEAR = 200


@dataclass(frozen=True)
class Preview:
    """What a clock would be, before anything is confirmed."""

    rule: Rule
    reckoning: Reckoning

    @property
    def title(self) -> str:
        return title_of(self.rule.code)

    @property
    def words(self) -> str:
        """The day shown, with its weekday; or that it waits for a year's calendar."""
        steps = [step.as_facts() for step in self.reckoning.steps]
        return last_day_words(self.reckoning.last_day, steps)

    @property
    def why(self) -> Sequence[str]:
        """The way to the day, sentence by sentence."""
        return explain([step.as_facts() for step in self.reckoning.steps])


def rule_of(code: str, *, on: date) -> Rule:
    """Return the version of a rule in force on a day.

    :raises Rule.DoesNotExist: if the product was set up without its rules
    """
    return Rule.objects.in_force(on).get(code=code)


def preview(
    code: str,
    *,
    started_at: datetime,
    set_day: date | None = None,
    extension_days: int = 0,
    pauses: Iterable[Pause] = (),
) -> Preview:
    """Return what a clock started at a moment would be; nothing is written."""
    started_on = timezone.localdate(started_at)
    rule = rule_of(code, on=started_on)
    reckoning, _calendar = _reckoned(rule, started_at, set_day, extension_days, tuple(pauses))
    return Preview(rule, reckoning)


def previews(code: str, starts: Iterable[datetime]) -> Mapping[datetime, Preview]:
    """Return what clocks of one kind would be that started at these moments, with two queries for all of them.

    :raises Rule.DoesNotExist: if no version of the rule was in force at one of the moments
    """
    wanted = sorted(set(starts))
    if not wanted:
        return {}
    versions = list(Rule.objects.filter(code=code).order_by("version"))
    first, last = (timezone.localdate(moment).year for moment in (wanted[0], wanted[-1]))
    longest = max((rule.length for rule in versions), default=0)
    years_ahead = 1 + longest // _WORKING_DAYS_A_YEAR
    calendar = calendar_of(range(first, last + years_ahead + 1))
    found = {}
    for moment in wanted:
        started_on = timezone.localdate(moment)
        rule = next((rule for rule in versions if rule.holds_on(started_on)), None)
        if rule is None:
            raise Rule.DoesNotExist(code)
        reckoning, _calendar = _reckoned(rule, moment, None, 0, (), calendar)
        found[moment] = Preview(rule, reckoning)
    return found


def start_clock(
    model: type[Clock],
    code: str,
    *,
    started_at: datetime,
    event: str,
    now: datetime,
    set_day: date | None = None,
    presumed: bool = False,
    **owner: Any,
) -> Clock:
    """Write a clock by the rule in force on the day it starts. `owner` are the concrete table's own columns.

    It rings first for the band it is already in when it starts, so that a backdated one is not silent.

    :raises Refused: if the day set lies before the start
    :raises RuntimeError: outside a transaction
    """
    require_transaction("start_clock")
    clock = Starting(model).clock(
        code, started_at=started_at, event=event, now=now, set_day=set_day, presumed=presumed, **owner
    )
    clock.save(force_insert=True)
    return clock


class Starting(Generic[Clock]):
    """Makes clocks that are not yet written; rules and calendars are asked once for all of them."""

    def __init__(self, model: type[Clock]) -> None:
        self._model = model
        self._versions: dict[str, list[Rule]] = {}
        self._calendars: dict[range, Calendar] = {}
        self._counted: dict[tuple[str, date, date | None], tuple[Rule, dict[str, Any]]] = {}

    def clock(
        self,
        code: str,
        *,
        started_at: datetime,
        event: str,
        now: datetime,
        set_day: date | None = None,
        presumed: bool = False,
        **owner: Any,
    ) -> Clock:
        """Return a clock as `start_clock` writes it.

        :raises Refused: if the day set lies before the start
        """
        started_on = started_at.astimezone(SHANGHAI).date()
        if set_day is not None and set_day < started_on:
            raise Refused(_("The day set lies before the start."), fields={"set_day": _("Before the start.")})
        rule, columns = self._count(code, started_at, started_on, set_day)
        clock = new_row(
            self._model,
            rule=rule,
            code=code,
            start_event=event,
            started_at=started_at,
            set_day=set_day,
            presumed=presumed,
            known_at=now,
            **columns,
            **owner,
        )
        moments = _moments(clock)
        clock.next_alarm_at = max((one for one in moments if one <= now), default=moments[0])
        return clock

    def _count(
        self, code: str, started_at: datetime, started_on: date, set_day: date | None
    ) -> tuple[Rule, dict[str, Any]]:
        key = (code, started_on, set_day)
        known = self._counted.get(key)
        if known is not None:
            return known
        rule = self._rule(code, started_on)
        years = _years_of(rule, started_on, set_day)
        if years not in self._calendars:
            self._calendars[years] = calendar_of(years)
        reckoning, calendar = _reckoned(rule, started_at, set_day, 0, (), self._calendars[years])
        counted = (rule, _columns(rule, reckoning, calendar))
        # Hours are counted from the moment, everything else from the day.
        if rule.unit != Unit.HOURS:
            self._counted[key] = counted
        return counted

    def _rule(self, code: str, on: date) -> Rule:
        """Return the version in force on a day.

        :raises Rule.DoesNotExist: if the product was set up without its rules
        """
        if code not in self._versions:
            self._versions[code] = _versions_of(code=code)
        for rule in self._versions[code]:
            if rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
                return rule
        message = f"{code} on {on}"
        raise Rule.DoesNotExist(message)


@prepared
def _versions_of(code: Given) -> QuerySet[Rule]:
    return Rule.objects.filter(code=code)


def _years_of(rule: Rule, started_on: date, set_day: date | None) -> range:
    """Return the years a period can reach into, without what extends it later."""
    latest = max(started_on, set_day) if set_day else started_on
    return range(started_on.year, latest.year + 2 + rule.length // _WORKING_DAYS_A_YEAR)


def meet(clock: AbstractClock, *, at: datetime, now: datetime) -> None:
    """Write that what was owed was done at a moment; done late, it was breached at its due moment.

    :raises OutOfTurn: if the clock has ended
    """
    require_transaction("meet")
    _refuse_ended(clock)
    clock.met_at, clock.known_at, clock.next_alarm_at = at, now, None
    if clock.due_at is not None and at >= clock.due_at and clock.breached_at is None:
        clock.breached_at = clock.due_at
    clock.save(update_fields=["met_at", "breached_at", "next_alarm_at", "known_at"])


def meet_instead(clock: AbstractClock, *, at: datetime | None, now: datetime) -> None:
    """Write another moment at which an ended clock was met, or none: then it runs on as if it had never ended (Q18).

    What was breached stays so; history keeps what was written before.

    :raises OutOfTurn: if the clock was not met
    """
    require_transaction("meet_instead")
    if clock.met_at is None:
        raise OutOfTurn(_("This period has not been met."))
    clock.met_at, clock.known_at = at, now
    late = clock.due_at is not None and (at or now) >= clock.due_at
    if late and clock.breached_at is None:
        clock.breached_at = clock.due_at
    clock.next_alarm_at = None
    if at is None:
        overdue = None if clock.breached_at is not None else _moments(clock)[-1]
        clock.next_alarm_at = min((one for one in _moments(clock) if one > now), default=overdue)
    clock.save(update_fields=["met_at", "breached_at", "next_alarm_at", "known_at"])


def breach(clock: AbstractClock, *, now: datetime) -> None:
    """Write that the due moment passed: for ever, and dated by that moment, not by when it was noticed."""
    require_transaction("breach")
    if clock.breached_at is not None or clock.due_at is None or now < clock.due_at:
        return
    clock.breached_at, clock.known_at = clock.due_at, now
    clock.save(update_fields=["breached_at", "known_at"])


def silence(clock: AbstractClock, *, now: datetime) -> None:
    """Write that the alarm has been seen to: the next one is the next band's, after the due moment none."""
    require_transaction("silence")
    clock.next_alarm_at = min((one for one in _moments(clock) if one > now), default=None)
    clock.save(update_fields=["next_alarm_at"])


def ring_all(clocks: Sequence[AbstractClock], *, now: datetime, lapsing: Collection[str] = ()) -> None:
    """Write of open clocks of one table that their alarms have been seen to, and which of them were breached.

    As `silence` and `breach` do for one, in a fixed number of statements for all. Those of the codes that are
    `lapsing` are rights, which nobody breaches.
    """
    require_transaction("ring_all")
    for clock in clocks:
        clock.next_alarm_at = min((one for one in _moments(clock) if one > now), default=None)
        passed = clock.due_at is not None and now >= clock.due_at
        if passed and clock.breached_at is None and clock.code not in lapsing:
            clock.breached_at, clock.known_at = clock.due_at, now
    write_changed(clocks, ["next_alarm_at", "breached_at", "known_at"])


def cancel(clock: AbstractClock, *, at: datetime) -> None:
    """Write that a clock no longer runs, without having been met.

    :raises OutOfTurn: if the clock has ended
    """
    require_transaction("cancel")
    _refuse_ended(clock)
    clock.cancelled_at, clock.known_at, clock.next_alarm_at = at, at, None
    clock.save(update_fields=["cancelled_at", "known_at", "next_alarm_at"])


def cancel_all(clocks: Sequence[AbstractClock], *, at: datetime) -> None:
    """Write of open clocks of one table that they no longer run, as `cancel` does for one.

    :raises OutOfTurn: if one has ended
    """
    require_transaction("cancel_all")
    for clock in clocks:
        _refuse_ended(clock)
    if clocks:
        ended = type(clocks[0]).objects.filter(pk__in=[clock.pk for clock in clocks])
        ended.update(cancelled_at=at, known_at=at, next_alarm_at=None)


def go_on(clock: Clock, *, event: str, now: datetime, **owner: Any) -> Clock:
    """Start a clock again that was cancelled, with the days that were left: the time between counts for nobody.

    Its start is moved on by the time it stood still, a day set by somebody stays unless it is over.
    """
    require_transaction("go_on")
    if clock.cancelled_at is None:
        message = f"clock {clock.pk} was not cancelled"
        raise RuntimeError(message)
    again = start_clock(
        type(clock),
        clock.code,
        started_at=clock.started_at + (now - clock.cancelled_at),
        event=event,
        now=now,
        set_day=clock.set_day and max(clock.set_day, timezone.localdate(now)),
        presumed=clock.presumed,
        **owner,
    )
    if clock.extensions:
        again.extension_days, again.extensions = clock.extension_days, clock.extensions
        again.save(update_fields=["extension_days", "extensions"])
        recompute(again, now=now)
    return again


def extend(clock: AbstractClock, days: int, *, now: datetime) -> None:
    """Write a longer period, in the rule's own unit (T5: once, at most 30 days; Art 34, R-36).

    Who may extend, and why, is checked by the deed before (Q9).

    :raises OutOfTurn: if the clock has ended, or a period that the law counts has run out
    :raises Refused: if the rule does not allow so many days, or so many times
    """
    require_transaction("extend")
    _refuse_ended(clock)
    rule = clock.rule
    if clock.due_at is not None and now >= clock.due_at and rule.unit != Unit.AS_SET:
        raise OutOfTurn(_("The period has run out; it can no longer be extended."))
    if rule.most_extensions is not None and clock.extensions >= rule.most_extensions:
        raise Refused(_("This period cannot be extended again."))
    most = rule.most_extension_days
    if days < 1 or (most is not None and clock.extension_days + days > most):
        words = (
            _("One day at least, %(most)d days at most.") % {"most": most} if most else _("One day at least.")
        )
        raise Refused(words, fields={"days": words})
    clock.extension_days += days
    clock.extensions += 1
    clock.known_at = now
    clock.save(update_fields=["extension_days", "extensions", "known_at"])
    recompute(clock, now=now)


def pause(clock: PausableClock, *, since: date, basis: str, now: datetime, **owner: Any) -> None:
    """Write that the days after one do not count until `resume` (a hearing during 复核, Art 36(2)).

    `owner` are the concrete pause table's own columns.

    :raises OutOfTurn: if the clock has ended, its last day has passed, or a pause goes on already
    """
    require_transaction("pause")
    _refuse_ended(clock)
    if clock.pauses.filter(until=None).exists():
        raise OutOfTurn(_("The period is paused already."))
    if clock.last_day is not None and since >= clock.last_day:
        raise OutOfTurn(_("The period has run out; a pause no longer moves it."))
    if since < clock.starts_on:
        raise Refused(_("The pause begins before the period."), fields={"since": _("Before the start.")})
    clock.pauses.create(since=since, basis=basis, **owner)
    recompute(clock, now=now)


def resume(clock: PausableClock, *, until: date, now: datetime) -> None:
    """Write the last day that does not count.

    :raises OutOfTurn: if no pause goes on
    :raises Refused: if the day lies before the pause
    """
    require_transaction("resume")
    going_on: AbstractPause | None = clock.pauses.filter(until=None).first()
    if going_on is None:
        raise OutOfTurn(_("The period is not paused."))
    if until < going_on.since:
        raise Refused(_("The pause ends before it began."), fields={"until": _("Before its start.")})
    going_on.until = until
    going_on.save(update_fields=["until"])
    recompute(clock, now=now)


def recompute(clock: AbstractClock, *, now: datetime) -> bool:
    """Count a clock out again from its facts. Return whether a day of it moved; history keeps the old one.

    Only then is the next alarm set anew; nothing that leaves the day alone rings again. What was breached
    stays so.
    """
    require_transaction("recompute")
    columns = recounted(clock)
    if all(getattr(clock, name) == value for name, value in columns.items()):
        return False
    for name, value in columns.items():
        setattr(clock, name, value)
    clock.known_at = now
    moments = _moments(clock)
    overdue = None if clock.breached_at is not None else moments[-1]
    clock.next_alarm_at = (
        None if clock.paused_since else min((one for one in moments if one > now), default=overdue)
    )
    clock.save(update_fields=[*columns, "next_alarm_at", "known_at"])
    return True


def recounted(clock: AbstractClock, calendar: Calendar | None = None) -> dict[str, Any]:
    """Return what a clock's row would keep, counted again from its facts, by another calendar if given."""
    reckoning, calendar = _reckoned(
        clock.rule, clock.started_at, clock.set_day, clock.extension_days, clock.taken_pauses(), calendar
    )
    return _columns(clock.rule, reckoning, calendar)


def _refuse_ended(clock: AbstractClock) -> None:
    if not clock.is_open:
        raise OutOfTurn(_("This period has ended already."))


def _reckoned(
    rule: Rule,
    started_at: datetime,
    set_day: date | None,
    extension_days: int,
    pauses: Sequence[Pause],
    calendar: Calendar | None = None,
) -> tuple[Reckoning, Calendar]:
    if calendar is None:
        years_ahead = 1 + (rule.length + extension_days) // _WORKING_DAYS_A_YEAR
        days = [timezone.localdate(started_at), *(pause.until for pause in pauses if pause.until)]
        latest = max([*days, set_day] if set_day else days)
        calendar = calendar_of(range(days[0].year, latest.year + years_ahead + 1))
    reckoning = reckon(
        rule.term, started_at, calendar, set_day=set_day, extension_days=extension_days, pauses=pauses
    )
    return reckoning, calendar


def _columns(rule: Rule, reckoning: Reckoning, calendar: Calendar) -> dict[str, Any]:
    """Return what a clock's row keeps of a reckoning."""
    begin = bands(rule.term, reckoning, calendar, notice=rule.notice, warn=rule.warn, urge=rule.urge)
    return {
        "starts_on": reckoning.starts_on,
        "last_day": reckoning.last_day,
        "rolled_day": reckoning.rolled_day,
        "due_at": reckoning.due_at,
        "alarm_day": reckoning.alarm_day,
        "waiting_for_year": reckoning.waiting_for_year,
        "paused_since": reckoning.paused_since,
        "notice_at": begin.notice_at,
        "amber_at": begin.warn_at,
        "urge_at": begin.urge_at,
        "steps": [step.as_facts() for step in reckoning.steps],
    }


def _moments(clock: AbstractClock) -> list[datetime]:
    """Return when a clock rings: at its bands, and when it or, lacking a year, its hidden day ends (Q26)."""
    return [clock.notice_at, clock.amber_at, clock.urge_at, clock.due_at or midnight_after(clock.alarm_day)]
