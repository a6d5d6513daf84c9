"""What a clock's row keeps is what its facts give, whatever happened to it (lessons §11, tests 3 and 4)."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction

from cases.actions.looks import look
from cases.actions.notes import note_enquiry, take_original
from cases.models import PetitionClock
from cases.models.notes import VerifiedBy
from deadlines.models import CalendarDay, CalendarYear, DayKind
from deadlines.parts import cancel, extend, meet, recounted
from deadlines.recompute import recompute_open
from lib.errors import OutOfTurn, Refused
from tests.cases.given import a_petition
from tests.cases.handling import given
from tests.deadlines.given import a_clock, at
from tests.given import MONDAY

pytestmark = pytest.mark.django_db

EVENTS = 1000
CODES = ("T3", "T4", "T5", "T6", "T7", "T11")
FIRST = date(2026, 1, 5)


class History:
    """Clocks to which something happens, drawn from a seed; what is refused happens to none."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.petition = a_petition()
        self.day = FIRST
        self.happened = 0
        self.organs = [given.a_unit(code).organ for code in ("ZJ", "RS", "MZ", "GA")]

    def go_on(self) -> None:
        self.day += timedelta(self.draw.choice((0, 0, 0, 1)))
        event = self.draw.choice(
            (self._begin, self._begin, self._extend, self._meet, self._cancel, self._turn_a_day)
        )
        try:
            with transaction.atomic():
                event()
        except (OutOfTurn, Refused):
            return
        self.happened += 1

    @property
    def now(self):
        return at(self.day.isoformat())

    def _an_open_one(self) -> PetitionClock:
        clocks = list(PetitionClock.objects.open().filter(petition=self.petition).order_by("pk"))
        if not clocks:
            raise OutOfTurn("none runs")
        return self.draw.choice(clocks)

    def _begin(self) -> None:
        code, organ = self.draw.choice(CODES), self.draw.choice(self.organs)
        if PetitionClock.objects.open().filter(petition=self.petition, organ=organ, code=code).exists():
            raise OutOfTurn("it runs already")
        set_day = self.day + timedelta(self.draw.randrange(1, 60)) if code == "T6" else None
        a_clock(self.petition, code, self.day.isoformat(), organ=organ, now=self.now, set_day=set_day)

    def _extend(self) -> None:
        extend(self._an_open_one(), self.draw.randrange(1, 35), now=self.now)

    def _meet(self) -> None:
        meet(self._an_open_one(), at=self.now, now=self.now)

    def _cancel(self) -> None:
        cancel(self._an_open_one(), at=self.now)

    def _turn_a_day(self) -> None:
        """A notice is corrected: a day is free that was worked, or worked that was free."""
        day = self.day + timedelta(self.draw.randrange(1, 40))
        year = CalendarYear.objects.get(year=day.year)
        if CalendarDay.objects.filter(day=day).delete()[0] == 0:
            kind = DayKind.PUBLIC_HOLIDAY if day.weekday() < 5 else DayKind.SWAPPED_WORKDAY
            CalendarDay.objects.create(day=day, year=year, kind=kind, noticed_in=year)
        recompute_open([day.year], noticed_in=day.year, now=self.now)


@pytest.mark.wide
def test_after_a_thousand_events_each_row_says_what_its_facts_give():
    history = History(seed=1)
    days_of_ended: dict[int, tuple[object, ...]] = {}

    for _number in range(EVENTS):
        history.go_on()
        ended = PetitionClock.objects.filter(petition=history.petition).exclude(
            met_at=None, cancelled_at=None
        )
        for key, *days in ended.exclude(pk__in=days_of_ended).values_list("pk", "last_day", "due_at"):
            days_of_ended[key] = tuple(days)

    assert history.happened > EVENTS / 4
    rows = PetitionClock.objects.open().filter(petition=history.petition)
    assert rows.exists()
    assert [
        clock.pk
        for clock in rows
        if any(getattr(clock, name) != value for name, value in recounted(clock).items())
    ] == []
    # what has ended moves no more
    left = {
        key: tuple(days)
        for key, *days in PetitionClock.objects.filter(pk__in=days_of_ended).values_list(
            "pk", "last_day", "due_at"
        )
    }
    assert left == days_of_ended


def test_a_look_a_note_and_a_paper_taken_in_move_no_day():
    case = given.investigated(given.accepted())
    before = list(
        PetitionClock.objects.order_by("pk").values_list(
            "pk", "last_day", "due_at", "next_alarm_at", "known_at"
        )
    )
    officer, later = case.office.officer, MONDAY + timedelta(days=2)

    look(case.pk, by=officer, now=later)
    note_enquiry(
        case.pk, by_phone=True, verified_by=VerifiedBy.QUERY_CODE, told="正在办理", by=officer, now=later
    )
    take_original(case.pk, what="购房合同", sheets=3, by=officer, now=later)
    given.investigated(case, now=later)

    after = list(
        PetitionClock.objects.order_by("pk").values_list(
            "pk", "last_day", "due_at", "next_alarm_at", "known_at"
        )
    )
    assert before == after
