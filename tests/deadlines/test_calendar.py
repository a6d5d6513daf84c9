"""The calendar in the table: shipped years, a year an administrator enters, and what moves with it (Q26)."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from accounts.roles import Role
from audit.models import Entry
from deadlines import actions
from deadlines.calendars import calendar_of, missing_year, previous_working_day, working_days_after
from deadlines.models import CalendarDay, CalendarYear, DayKind
from deadlines.years import preview_year
from lib.errors import NotAllowed, Refused
from tests.cases.given import a_petition
from tests.deadlines.given import NOTICE_2027, a_clock, at, the_calendar
from tests.given import a_hat

pytestmark = pytest.mark.django_db

NOW = at("2026-12-01")


def an_administrator():
    return a_hat(Role.SYSTEM_ADMINISTRATOR)


def test_the_shipped_years_are_those_of_the_file():
    """deadlines.md §3."""
    loaded, written = calendar_of(range(2004, 2028)), the_calendar()

    assert loaded.years == written.years
    days = [date(2004, 1, 1) + timedelta(days=number) for number in range(8401)]
    assert [day for day in days if loaded.is_workday(day) != written.is_workday(day)] == []


def test_the_kinds_of_days_are_told_apart():
    kinds = dict(CalendarDay.objects.filter(year=2026).values_list("day", "kind"))

    assert kinds[date(2026, 2, 14)] == DayKind.SWAPPED_WORKDAY
    assert kinds[date(2026, 2, 17)] == DayKind.PUBLIC_HOLIDAY
    assert kinds[date(2026, 2, 20)] == DayKind.SWAPPED_REST
    assert date(2026, 3, 3) not in kinds


def test_loading_the_shipped_years_again_leaves_an_entered_year_alone():
    actions.load_year(NOTICE_2027, source="国办发明电", by=an_administrator(), now=NOW)
    CalendarYear.objects.filter(year=2026).update(source="entered by hand")
    entries = Entry.objects.count()

    call_command("load_calendar", verbosity=0)

    assert CalendarYear.objects.get(year=2026).source == "entered by hand"
    assert CalendarYear.objects.get(year=2027).source == "国办发明电"
    assert Entry.objects.count() == entries


def test_a_typed_notice_becomes_a_year_and_says_who_entered_it():
    """Q26."""
    administrator = an_administrator()

    loaded = actions.load_year(NOTICE_2027, source="国办发明电〔2026〕9号", by=administrator, now=NOW)

    calendar = calendar_of([2027])
    assert calendar.is_workday(date(2027, 1, 31))
    assert not calendar.is_workday(date(2027, 2, 8))
    assert (loaded.year.source, loaded.year.loaded_by) == ("国办发明电〔2026〕9号", administrator.post)
    entry = Entry.objects.about(loaded.year).get()
    assert (entry.verb, entry.at, entry.facts["days"]) == ("calendar.load_year", NOW, 36)


def test_only_the_system_administrator_enters_a_year():
    """protection §6."""
    with pytest.raises(NotAllowed):
        actions.load_year(NOTICE_2027, source="国办", by=a_hat(Role.OFFICE_DIRECTOR), now=NOW)

    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.parametrize(
    ("text", "source", "field"),
    [
        pytest.param("2027年\n一、元旦：1月1日（周一）放假。", "国办", "text", id="a slip in it"),
        pytest.param(NOTICE_2027, "  ", "source", id="without its number"),
        pytest.param(
            "2029年\n一、元旦：2028年12月30日至2029年1月1日放假。", "国办", "text", id="a year between"
        ),
    ],
)
def test_a_doubtful_notice_enters_nothing(text, source, field):
    """Q26."""
    with pytest.raises(Refused) as refusal:
        actions.load_year(text, source=source, by=an_administrator(), now=NOW)

    assert list(refusal.value.fields) == [field]
    assert not CalendarYear.objects.filter(year__gt=2026).exists()


def test_the_last_days_of_the_old_year_may_be_named_by_the_new_notice():
    """deadlines.md §3: and are taken back when that notice is entered anew."""
    administrator = an_administrator()
    early = (
        "2027年\n一、元旦：2026年12月31日（周四）至2027年1月2日（周六）放假调休，共3天。1月3日（周日）上班。"
    )
    actions.load_year(early, source="国办", by=administrator, now=NOW)
    free = calendar_of([2026]).is_workday(date(2026, 12, 31))

    actions.load_year(NOTICE_2027, source="国办", by=administrator, now=NOW)

    assert not free
    assert calendar_of([2026]).is_workday(date(2026, 12, 31))


def test_waiting_clocks_get_their_last_day_when_the_year_arrives():
    """T4, Q26: and the petition's lists with them; the history keeps what stood before."""
    petition = a_petition(now=at("2026-12-28"), received_at=at("2026-12-28"))
    clock = a_clock(petition, "T4", "2026-12-29")
    assert (clock.last_day, clock.waiting_for_year) == (None, 2027)
    foreseen = preview_year(NOTICE_2027).moves

    loaded = actions.load_year(NOTICE_2027, source="国办", by=an_administrator(), now=NOW)

    clock.refresh_from_db()
    assert (clock.last_day, clock.waiting_for_year) == (date(2027, 1, 6), None)
    assert clock.due_at == at("2027-01-07 00:00")
    (kind,) = [kind for kind in foreseen.kinds if kind.last_days]
    assert (kind.code, kind.known_now, foreseen.total) == ("T4", 1, 1)
    assert loaded.moved == foreseen
    petition.refresh_from_db()
    # the right to object lights no lamp; the office's own T1 does
    assert petition.next_due_at == petition.clocks.get(code="T1").due_at


def test_a_preview_of_a_year_writes_nothing():
    """Q26: nothing moves before it is confirmed."""
    clock = a_clock(a_petition(), "T4", "2026-12-29")

    preview_year(NOTICE_2027)

    clock.refresh_from_db()
    assert clock.waiting_for_year == 2027
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_an_organs_calendar_days_stay_when_the_year_arrives_and_get_the_day_beside_them():
    """T5: 2027-02-07 lies in the holiday."""
    clock = a_clock(a_petition(), "T5", "2026-12-09")
    assert (clock.last_day, clock.rolled_day) == (date(2027, 2, 7), None)

    foreseen = preview_year(NOTICE_2027).moves

    loaded = actions.load_year(NOTICE_2027, source="国办", by=an_administrator(), now=NOW)

    clock.refresh_from_db()
    assert (clock.last_day, clock.rolled_day) == (date(2027, 2, 7), date(2027, 2, 12))
    assert loaded.moved == foreseen
    assert foreseen.total == 0


def test_a_year_entered_again_moves_working_days_both_ways():
    """T4: the foreseen moves are those that happen."""
    administrator = an_administrator()
    actions.load_year(NOTICE_2027, source="国办", by=administrator, now=NOW)
    clock = a_clock(a_petition(), "T4", "2027-03-29")
    assert clock.last_day == date(2027, 4, 6)
    changed = NOTICE_2027.replace(
        "4月3日（周六）至5日（周一）放假，共3天。", "4月3日（周六）至6日（周二）放假调休，共4天。"
    )

    foreseen = preview_year(changed)
    actions.load_year(changed, source="国办", by=administrator, now=NOW)

    clock.refresh_from_db()
    assert clock.last_day == date(2027, 4, 7)
    (kind,) = foreseen.moves.kinds
    assert (foreseen.replaces, kind.code, kind.later, kind.earlier) == (True, "T4", 1, 0)


@pytest.mark.parametrize(
    ("day", "missing"),
    [
        pytest.param(date(2026, 10, 31), None, id="still quiet in October"),
        pytest.param(date(2026, 11, 1), 2027, id="from 1 November"),
        pytest.param(date(2027, 2, 1), 2027, id="the year itself"),
        pytest.param(date(2025, 11, 1), None, id="entered in time"),
    ],
)
def test_administrators_are_warned_from_the_first_of_november(day, missing):
    """Q26."""
    assert missing_year(day) == missing


def test_reminders_are_counted_by_weekday_where_a_year_is_missing():
    """Q26."""
    assert previous_working_day(date(2027, 1, 4)) == date(2027, 1, 1)
    assert working_days_after(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert previous_working_day(date(2026, 2, 24)) == date(2026, 2, 14)


def test_an_exceptional_day_stands_in_its_own_year():
    with pytest.raises(IntegrityError, match="calendar_day_in_its_year"):
        CalendarDay.objects.create(day=date(2026, 3, 3), year_id=2025, kind=DayKind.REST, noticed_in_id=2025)
