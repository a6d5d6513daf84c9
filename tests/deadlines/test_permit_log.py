"""1,141 permit cases of a municipality, each with the day it was promised for: the engine against a real log.

The day counts to its end (Art 33 as every period here), where the log counts to the second.
"""

import csv
import gzip
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deadlines.arithmetic import reckon
from deadlines.lamps import Colour, lamp_of
from tests.deadlines.given import T6, the_calendar

pytestmark = pytest.mark.shared

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Case:
    started_at: datetime
    promised_for: datetime
    ended_at: datetime | None
    last_seen_at: datetime

    @property
    def due_at(self) -> datetime:
        """The first moment that is too late, of a period as set (T6) for the promised day."""
        day = self.promised_for.astimezone(AMSTERDAM).date()
        due_at = reckon(T6, self.started_at, the_calendar(), set_day=day, zone=AMSTERDAM).due_at
        assert due_at is not None
        return due_at


@cache
def cases(folder: Path) -> dict[str, Case]:
    found: dict[str, Case] = {}
    with gzip.open(folder / "event-logs" / "permit-receipt.csv.gz", "rt", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            key, seen_at = line["case:concept:name"], datetime.fromisoformat(line["time:timestamp"])
            ended = line["case:enddate"]
            before = found.get(key)
            found[key] = Case(
                datetime.fromisoformat(line["case:startdate"]),
                datetime.fromisoformat(line["case:deadline"]),
                datetime.fromisoformat(ended) if ended else None,
                max(before.last_seen_at, seen_at) if before else seen_at,
            )
    return found


def test_each_case_gets_a_period_that_ends_with_its_promised_day(shared_data):
    for case in cases(shared_data).values():
        ends = case.due_at.astimezone(AMSTERDAM)
        assert (ends.hour, ends.minute) == (0, 0)
        assert case.promised_for < case.due_at
    assert len(cases(shared_data)) == 1141


def test_of_those_that_ended_the_log_calls_292_late_and_the_end_of_the_day_236(shared_data):
    ended = [case for case in cases(shared_data).values() if case.ended_at]
    by_second = {case for case in ended if case.ended_at > case.promised_for}
    by_day = {case for case in ended if case.ended_at >= case.due_at}

    # the 56 ended later on the very day they were promised for
    on_the_day = by_second - by_day
    days = {
        case
        for case in on_the_day
        if case.ended_at.astimezone(AMSTERDAM).date() == case.promised_for.astimezone(AMSTERDAM).date()
    }

    assert (len(ended), len(by_second), len(by_day), len(on_the_day)) == (1054, 292, 236, 56)
    assert by_day < by_second
    assert days == on_the_day


def test_those_without_an_end_are_judged_when_the_log_stops(shared_data):
    left = [case for case in cases(shared_data).values() if case.ended_at is None]
    stops_at = max(case.last_seen_at for case in cases(shared_data).values())

    by_second = {case for case in left if case.promised_for < stops_at}
    by_day = {case for case in left if lamp_of(case.due_at, None, stops_at).colour == Colour.RED}

    # one was promised for the very day on which the log stops
    assert (len(left), len(by_second), len(by_day)) == (87, 32, 31)
    assert by_day < by_second
