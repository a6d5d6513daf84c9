"""1,141 permit cases of a municipality, each with the day it was promised for: the engine against a real log.

The day counts to its end (Art 33 as every period here), where the log counts to the second.
"""

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from audit.models import Entry
from cases.models import Petition, PetitionClock
from cases.reminding.sweeps import remind_of_periods
from deadlines.arithmetic import reckon
from deadlines.lamps import Colour, lamp_of
from deadlines.parts import meet, start_clock
from notices.models import Notice
from tests.cases.handling.given import registered
from tests.copies import copies
from tests.deadlines.given import T6, the_calendar
from tests.given import SHANGHAI

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


# The rules begin in 2022: the log is read as of so many whole weeks later, its local times as those of the house.
LATER = timedelta(weeks=780)


def here(moment: datetime) -> datetime:
    return (moment.astimezone(AMSTERDAM).replace(tzinfo=None) + LATER).replace(tzinfo=SHANGHAI)


def in_the_database(found: dict[str, Case]) -> dict[str, Petition]:
    """Make a petition for each case of the log; nothing runs on them yet."""
    case = registered(now=here(min(each.started_at for each in found.values())))
    row = Petition.objects.get(pk=case.pk)
    facts = {"id": "md5(n::text)::uuid", "number": "'ZZ-' || n", "submission_id": "md5(n::text)::uuid"}
    copies(row, len(found), **facts)
    PetitionClock.objects.update(cancelled_at=row.registered_at, next_alarm_at=None)
    copied = (
        Petition.objects.filter(number__startswith="ZZ-").select_related("register_organ").order_by("number")
    )
    return dict(zip(found, copied, strict=True))


@pytest.mark.django_db(transaction=True)
def test_each_case_is_a_row_that_the_sweep_judges_night_by_night_as_the_log_ends(shared_data):
    """T6: the periods stand in the database, are met when the log says, and the sweep comes each night."""
    found = cases(shared_data)
    petitions = in_the_database(found)
    clocks: dict[str, PetitionClock] = {}
    begins, ends = defaultdict(list), defaultdict(list)
    for key, case in found.items():
        begins[here(case.started_at).date()].append(key)
        if case.ended_at:
            ends[here(case.ended_at).date()].append(key)
    stops_at = here(max(case.last_seen_at for case in found.values()))
    last = max(stops_at.date(), *ends)
    day = min(begins)
    while day <= last:
        night = datetime.combine(day, time(0, 1), SHANGHAI)
        if night <= stops_at:
            remind_of_periods(now=night)
        with transaction.atomic():
            for key in begins[day]:
                case, petition = found[key], petitions[key]
                clocks[key] = start_clock(
                    PetitionClock,
                    "T6",
                    started_at=here(case.started_at),
                    event="assigned",
                    now=here(case.started_at),
                    set_day=here(case.promised_for).date(),
                    petition=petition,
                    organ=petition.register_organ,
                )
            for key in ends[day]:
                at = here(found[key].ended_at)
                row = PetitionClock.objects.get(pk=clocks[key].pk)
                meet(row, at=at, now=at)
        day += timedelta(days=1)
    remind_of_periods(now=stops_at)

    rows = {key: PetitionClock.objects.get(pk=clock.pk) for key, clock in clocks.items()}
    ended = {key for key, case in found.items() if case.ended_at}
    late = {key for key, row in rows.items() if row.breached_at is not None}
    by_second = {key for key in ended if found[key].ended_at > found[key].promised_for}

    assert (len(rows), len(ended), len(late & ended), len(late - ended)) == (1141, 1054, 236, 31)
    assert (len(by_second), len(by_second - late)) == (292, 56)
    assert all(rows[key].breached_at == rows[key].due_at for key in late)
    assert {key for key, row in rows.items() if row.was_late} == late
    # each passed period was told of, once, and nothing else was
    told = Notice.objects.filter(kind="period_overdue").values_list("subject_id", flat=True).distinct()
    assert set(told) == {str(petitions[key].pk) for key in late}
    assert remind_of_periods(now=stops_at) == 0
    assert Entry.objects.filter(verb="petition.remind").exists()
