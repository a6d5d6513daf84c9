"""Clocks as rows: started, met, extended, ended, and what they keep of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases.models import PetitionClock
from deadlines import parts
from deadlines.models import Rule
from lib.errors import OutOfTurn, Refused
from tests.cases.given import a_petition
from tests.deadlines.given import a_clock, at

pytestmark = pytest.mark.django_db


def within(part, *args, **facts):
    with transaction.atomic():
        return part(*args, **facts)


def test_a_clock_keeps_its_rule_its_days_and_the_way_to_them():
    """T5: Art 34."""
    clock = a_clock(code="T5", day="2026-08-03")

    clock.refresh_from_db()
    assert (clock.rule.code, clock.rule.version, clock.start_event) == ("T5", 1, "accepted")
    assert (clock.starts_on, clock.last_day, clock.rolled_day) == (
        date(2026, 8, 3),
        date(2026, 10, 2),
        date(2026, 10, 8),
    )
    assert clock.due_at == at("2026-10-03 00:00")
    assert [step["code"] for step in clock.steps] == [
        "starts",
        "start_day_excluded",
        "calendar_days",
        "not_rolled",
        "ends",
    ]


def test_a_preview_shows_what_the_clock_will_say():
    """T5: nothing is written by looking."""
    petition = a_petition()
    before = PetitionClock.objects.count()

    shown = parts.preview("T5", started_at=at("2026-08-03"))

    assert PetitionClock.objects.count() == before
    clock = a_clock(petition, "T5", "2026-08-03")
    assert shown.reckoning.last_day == clock.last_day
    assert [step.as_facts() for step in shown.reckoning.steps] == clock.steps


def test_many_previews_say_what_each_says_alone_and_cost_two_statements(django_assert_num_queries):
    """T7: the day of a new year rolls by that year's calendar."""
    starts = [at(day) for day in ("2026-05-19", "2025-12-20", "2026-04-01")]
    alone = {start: parts.preview("T7", started_at=start).reckoning for start in starts}

    with django_assert_num_queries(2):
        together = parts.previews("T7", starts)

    assert {start: shown.reckoning for start, shown in together.items()} == alone
    assert parts.previews("T7", []) == {}


def test_many_previews_need_a_version_that_was_in_force():
    with pytest.raises(Rule.DoesNotExist):
        parts.previews("T7", [at("1990-01-02")])


def test_a_preview_of_an_extension_shows_the_new_day():
    """T5, R-36."""
    shown = parts.preview("T5", started_at=at("2026-03-20"), extension_days=30)

    assert shown.reckoning.last_day == date(2026, 6, 18)


def test_a_clock_rings_at_each_band_and_when_it_is_overdue():
    """T5, deadlines.md §5: 20, 10 and 3 days left, then passed; 2026-05-01 is the last day."""
    clock = a_clock(code="T5", day="2026-03-02")

    rung = [clock.next_alarm_at]
    while clock.next_alarm_at is not None:
        within(parts.silence, clock, now=clock.next_alarm_at)
        rung.append(clock.next_alarm_at)
    assert rung == [
        at("2026-04-11 00:00"),
        at("2026-04-21 00:00"),
        at("2026-04-28 00:00"),
        at("2026-05-02 00:00"),
        None,
    ]


def test_a_clock_that_starts_late_rings_at_once_for_the_band_it_is_in():
    """T5, Q25: backdated by forty-five days."""
    clock = a_clock(code="T5", day="2026-03-02", now=at("2026-04-16"))

    assert clock.next_alarm_at == at("2026-04-11 00:00")
    assert list(PetitionClock.objects.due(at("2026-04-16")).filter(pk=clock.pk)) == [clock]


def test_a_clock_met_in_time_is_silent_and_was_not_late():
    """Q24."""
    clock = a_clock(code="T5", day="2026-03-02")

    within(parts.meet, clock, at=at("2026-05-01 23:59:59"), now=at("2026-05-04"))

    clock.refresh_from_db()
    assert (clock.met_at, clock.breached_at, clock.next_alarm_at) == (at("2026-05-01 23:59:59"), None, None)
    assert clock.known_at == at("2026-05-04")
    assert not clock.was_late
    assert not PetitionClock.objects.open().filter(pk=clock.pk).exists()


def test_a_clock_met_a_moment_late_was_breached_at_its_due_moment():
    """T5: the first moment that is too late."""
    clock = a_clock(code="T5", day="2026-03-02")

    within(parts.meet, clock, at=at("2026-05-02 00:00"), now=at("2026-05-04"))

    clock.refresh_from_db()
    assert clock.breached_at == at("2026-05-02 00:00")
    assert clock.was_late


def test_a_breach_is_dated_by_the_due_moment_and_stays_when_it_is_met():
    """Lessons of others: missed runs catch up with the right dates."""
    clock = a_clock(code="T5", day="2026-03-02")
    within(parts.breach, clock, now=at("2026-05-05"))

    within(parts.meet, clock, at=at("2026-05-06"), now=at("2026-05-06"))

    clock.refresh_from_db()
    assert clock.breached_at == at("2026-05-02 00:00")


def test_a_clock_is_not_breached_before_its_due_moment():
    clock = a_clock(code="T5", day="2026-03-02")

    within(parts.breach, clock, now=at("2026-05-01 23:59:59"))

    clock.refresh_from_db()
    assert clock.breached_at is None


def test_an_extension_moves_the_day_once_and_keeps_the_old_one_in_the_history():
    """T5, R-36: Art 34."""
    clock = a_clock(code="T5", day="2026-03-20")

    within(parts.extend, clock, 30, now=at("2026-05-10"))

    clock.refresh_from_db()
    assert (clock.last_day, clock.extension_days, clock.extensions) == (date(2026, 6, 18), 30, 1)
    assert clock.next_alarm_at == at("2026-05-29 00:00")
    versions = PetitionClock.pgh_event_model.objects.filter(pgh_obj_id=clock.pk).order_by("pgh_id")
    days = list(versions.values_list("last_day", flat=True))
    assert (days[0], days[-1]) == (date(2026, 5, 19), date(2026, 6, 18))


@pytest.mark.parametrize(
    ("days", "now"),
    [
        pytest.param(31, "2026-05-10", id="more than thirty days"),
        pytest.param(0, "2026-05-10", id="no day at all"),
        pytest.param(30, "2026-05-20", id="after it ran out"),
    ],
)
def test_an_extension_beyond_the_law_moves_nothing(days, now):
    """T5, R-36, Q9."""
    clock = a_clock(code="T5", day="2026-03-20")

    with pytest.raises((Refused, OutOfTurn)):
        within(parts.extend, clock, days, now=at(now))

    clock.refresh_from_db()
    assert (clock.last_day, clock.extension_days) == (date(2026, 5, 19), 0)


def test_a_second_extension_is_refused():
    """T5, R-36: once."""
    clock = a_clock(code="T5", day="2026-03-20")
    within(parts.extend, clock, 10, now=at("2026-05-10"))

    with pytest.raises(Refused):
        within(parts.extend, clock, 10, now=at("2026-05-11"))

    clock.refresh_from_db()
    assert clock.extension_days == 10


def test_a_period_nobody_extends_is_not_extended():
    """T8, R-43: no national extension of a review."""
    clock = a_clock(code="T8", day="2026-03-20")

    with pytest.raises(Refused):
        within(parts.extend, clock, 1, now=at("2026-03-21"))


def test_an_assigner_may_set_a_later_day_even_when_it_has_passed():
    """T6: as set; that it was breached stays."""
    clock = a_clock(code="T6", day="2026-03-02", set_day=date(2026, 3, 20))
    within(parts.breach, clock, now=at("2026-03-21"))

    within(parts.extend, clock, 5, now=at("2026-03-21"))

    clock.refresh_from_db()
    assert (clock.last_day, clock.breached_at) == (date(2026, 3, 25), at("2026-03-21 00:00"))


def test_a_day_set_before_the_start_is_refused():
    """T6, Q25."""
    petition = a_petition()
    before = PetitionClock.objects.count()

    with pytest.raises(Refused):
        a_clock(petition, "T6", "2026-03-02", set_day=date(2026, 3, 1))

    assert PetitionClock.objects.count() == before


def test_a_cancelled_clock_runs_no_more():
    """Objection accepted: the organ's clocks are cancelled (Art 23(3), R-22)."""
    clock = a_clock(code="T3", day="2026-03-02")

    within(parts.cancel, clock, at=at("2026-03-05"))

    clock.refresh_from_db()
    assert (clock.cancelled_at, clock.next_alarm_at, clock.is_open) == (at("2026-03-05"), None, False)


@pytest.mark.parametrize("again", [parts.meet, parts.extend, parts.cancel])
def test_an_ended_clock_stays_as_it_is(again):
    clock = a_clock(code="T5", day="2026-03-02")
    within(parts.meet, clock, at=at("2026-03-10"), now=at("2026-03-10"))
    facts = {
        parts.meet: ([], {"at": at("2026-03-11"), "now": at("2026-03-11")}),
        parts.extend: ([5], {"now": at("2026-03-11")}),
        parts.cancel: ([], {"at": at("2026-03-11")}),
    }
    args, kwargs = facts[again]

    with pytest.raises(OutOfTurn):
        within(again, clock, *args, **kwargs)

    clock.refresh_from_db()
    assert (clock.met_at, clock.cancelled_at) == (at("2026-03-10"), None)


def test_counting_again_from_the_same_facts_changes_and_rings_nothing():
    """A view or a save that moves no date leaves the clock alone."""
    clock = a_clock(code="T5", day="2026-03-02")
    within(parts.silence, clock, now=clock.next_alarm_at)
    alarm, known_at = clock.next_alarm_at, clock.known_at

    moved = within(parts.recompute, clock, now=at("2026-04-15"))

    clock.refresh_from_db()
    assert (moved, clock.next_alarm_at, clock.known_at) == (False, alarm, known_at)


def test_a_waiting_clock_alarms_by_weekdays():
    """T4, Q26."""
    clock = a_clock(code="T4", day="2026-12-29")

    assert (clock.last_day, clock.due_at, clock.waiting_for_year) == (None, None, 2027)
    assert clock.alarm_day == date(2027, 1, 5)
    assert clock.amber_at == at("2027-01-01 00:00")
    assert clock.next_alarm_at is not None


def test_the_sweep_finds_what_is_due_and_nothing_else():
    due = a_clock(code="T5", day="2026-01-05")
    met = a_clock(code="T5", day="2026-01-05")
    within(parts.meet, met, at=at("2026-01-20"), now=at("2026-01-20"))
    a_clock(code="T5", day="2026-03-02")

    found = PetitionClock.objects.due(at("2026-02-16")).filter(code="T5")

    assert list(found) == [due]


def test_the_sweeps_index_answers_the_sweep():
    """architecture §2: its cost is what is due, not what is open."""
    query = PetitionClock.objects.due(at("2026-02-16"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = query.explain()

    assert "petitionclock_open_by_alarm" in plan


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"due_at": None}, "petitionclock_has_a_day_or_waits"),
        ({"last_day": date(2025, 1, 1)}, "petitionclock_runs_forward"),
        ({"met_at": at("2026-03-03")}, "petitionclock_ended_is_silent"),
        (
            {"met_at": at("2026-03-03"), "cancelled_at": at("2026-03-03"), "next_alarm_at": None},
            "petitionclock_met_or_cancelled",
        ),
    ],
)
def test_the_database_refuses_a_clock_that_cannot_be(change, constraint):
    clock = a_clock(code="T5", day="2026-03-02")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PetitionClock.objects.filter(pk=clock.pk).update(**change)


def test_a_clock_starts_by_the_rule_in_force_on_its_day():
    """deadlines.md §1: an old case can be recomputed."""
    clock = a_clock(code="T5", day="2015-03-02", now=at("2026-03-02"))

    assert clock.rule.valid_from <= date(2015, 3, 2)
    assert clock.last_day == date(2015, 3, 2) + timedelta(days=60)


@pytest.mark.django_db(transaction=True)
def test_a_part_refuses_to_run_outside_a_deed():
    clock = a_clock(code="T5", day="2026-03-02")

    with pytest.raises(RuntimeError, match="outside a transaction"):
        parts.cancel(clock, at=at("2026-03-05"))

    clock.refresh_from_db()
    assert clock.cancelled_at is None
