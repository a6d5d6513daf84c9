"""By how many days a petition may be moved back so that its periods stay true: counted again, each gives the moved day.

Working days and holidays lie otherwise in every year. Where a period counts them, most shifts are out of the question;
those that remain need nothing mended, so that what was met, breached, extended and served still agrees.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.apps import apps

from cases.models import PetitionClock
from deadlines.arithmetic import SHANGHAI, Unit
from deadlines.calendars import calendar_of
from deadlines.models import CalendarYear, Rule
from deadlines.parts import recounted

# What a period is counted from, and what must come out moved.
_FACTS = ("rule_id", "started_at", "set_day", "extension_days")
_DAYS = ("starts_on", "last_day", "rolled_day", "alarm_day", "paused_since")
_MOMENTS = ("due_at", "notice_at", "amber_at", "urge_at")
# As many different shifts as a petition needs at most, and as many as are tried for each.
_MOST, _TRIES = 60, 12
_WEEK = 7

Key = tuple[int, date, date | None, int]


class Shifts:
    """The periods of all petitions, and which shifts leave them true."""

    def __init__(self) -> None:
        self._rules = Rule.objects.in_bulk()
        self._calendar = calendar_of(CalendarYear.objects.values_list("year", flat=True))
        self._counted: dict[Key, dict[str, Any]] = {}
        self._clocks: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for row in PetitionClock.objects.values(
            "petition", *_FACTS, *_DAYS, *_MOMENTS, "waiting_for_year"
        ).order_by("pk"):
            self._clocks[row["petition"]].append(row)
        # what a period was before is told by its history, whose ways to the day are moved as well
        self._earlier: dict[UUID, set[tuple[Any, ...]]] = defaultdict(set)
        versions = apps.get_model("cases", "PetitionClockVersion")._default_manager
        for petition, *facts in versions.values_list("petition", *_FACTS).distinct():
            self._earlier[petition].add(tuple(facts))
        self.ways: dict[Key, list[Any]] = {}

    def of(self, petitions: Sequence[UUID], *, span: int, most: int) -> list[int]:
        """Return up to `most` different numbers of days, from 0 to `span`, by which petitions may be moved together.

        They are drawn, half of them from whole weeks, which nearly always stay true.
        """
        draw = Random(str(petitions[0]))  # noqa: S311 - no secret
        clocks = [clock for petition in petitions for clock in self._clocks[petition]]
        found = [0]
        tried = {0}
        for _try in range(_TRIES * min(most, _MOST)):
            if len(found) >= min(most, _MOST) or len(tried) > span:
                break
            days = draw.randrange(span + 1)
            if draw.random() < 0.5:
                days -= days % _WEEK
            if days not in tried and all(self._stays_true(clock, days) for clock in clocks):
                found.append(days)
            tried.add(days)
        for petition in petitions:
            self._note_ways(petition, found)
        return found

    def _stays_true(self, clock: Mapping[str, Any], days: int) -> bool:
        back = timedelta(days)
        facts = tuple(clock[name] for name in _FACTS)
        if not self._rules[clock["rule_id"]].holds_on(_local(clock["started_at"] - back)):
            return False
        again = self._again(facts, back)
        return again["waiting_for_year"] == clock["waiting_for_year"] and all(
            again[name] == (clock[name] and clock[name] - back) for name in (*_DAYS, *_MOMENTS)
        )

    def _again(self, facts: tuple[Any, ...], back: timedelta) -> dict[str, Any]:
        """Return what a period counted from moved facts gives."""
        rule_id, started_at, set_day, extension_days = facts
        key = _key(rule_id, started_at - back, set_day and set_day - back, extension_days)
        again = self._counted.get(key)
        if again is None:
            clock = PetitionClock(
                rule=self._rules[rule_id],
                started_at=started_at - back,
                set_day=set_day and set_day - back,
                extension_days=extension_days,
            )
            again = recounted(clock, self._calendar)
            # hours are counted from the moment
            if self._rules[rule_id].unit != Unit.HOURS:
                self._counted[key] = again
        return again

    def _note_ways(self, petition: UUID, shifts: Iterable[int]) -> None:
        """Keep how each moved period comes to its day, as its page explains it."""
        for facts in self._earlier[petition]:
            rule_id, started_at, set_day, extension_days = facts
            if self._rules[rule_id].unit == Unit.HOURS:
                continue
            for days in shifts:
                back = timedelta(days)
                key = _key(rule_id, started_at - back, set_day and set_day - back, extension_days)
                if key not in self.ways:
                    self.ways[key] = self._again(facts, back)["steps"]


def _key(rule_id: int, started_at: datetime, set_day: date | None, extension_days: int) -> Key:
    return rule_id, _local(started_at), set_day, extension_days


def _local(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def spread(shifts: Sequence[int], copies: int) -> Iterator[tuple[int, int]]:
    """Yield the copies of a petition, each with its number from 1 on and the days it is moved back."""
    for number in range(1, copies + 1):
        yield number, shifts[number % len(shifts)]
