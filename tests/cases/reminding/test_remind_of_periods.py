"""Periods that reach a band are told of: who, when, once (deadlines.md §5; Q2, Q22 to Q27, Q29)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from audit.models import Entry
from cases.models import PetitionClock, Recusal, ReportedParty
from cases.reminding.sweeps import remind_of_periods
from cases.states import ClockCode, Purpose, ReportedKind
from infra.sweep_runs import Tally
from notices.models import Kind, Notice, Reminder
from tests.cases.given import a_petition
from tests.cases.handling.given import a_unit, at, received, registered, the_office
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

# T1 of a letter received on 2 March ends on the 17th: blue from the 10th, amber from the 14th, urge from the 16th
NOTICE, WARN, URGE, OVERDUE = at(3, 10, 0), at(3, 14, 0), at(3, 16, 0), at(3, 18, 0)


def told(code: str = "T1") -> set[tuple[str, int]]:
    """The standing notices of a period: of which band, to which post."""
    rows = Notice.objects.standing().filter(code=code)
    return set(rows.values_list("kind", "post"))


def of_office(*posts: int, kind: Kind) -> set[tuple[str, int]]:
    return {(kind.value, post) for post in posts}


def test_each_band_is_told_to_more_people_than_the_one_before():
    case = registered()
    head = a_hat(Role.SECTION_HEAD)
    officers = {case.office.officer.post.pk}

    remind_of_periods(now=NOTICE - timedelta(seconds=1))
    assert told() == set()
    remind_of_periods(now=NOTICE)
    assert told() == of_office(*officers, kind=Kind.PERIOD_NOTICE)
    remind_of_periods(now=WARN)
    assert told() == of_office(*officers, head.post.pk, kind=Kind.PERIOD_WARN)
    remind_of_periods(now=URGE)
    everybody = (*officers, head.post.pk, case.office.head.post.pk)
    assert told() == of_office(*everybody, kind=Kind.PERIOD_URGE)
    remind_of_periods(now=OVERDUE)
    assert told() == of_office(*everybody, kind=Kind.PERIOD_OVERDUE)


def test_an_overdue_period_of_a_unit_is_told_to_the_petition_office_too():
    case = received()
    clock = case.clock(ClockCode.T3)

    remind_of_periods(now=clock.due_at)

    told_of = set(Notice.objects.filter(kind=Kind.PERIOD_OVERDUE, code="T3").values_list("post", flat=True))
    assert told_of == {
        post.pk
        for post in (
            case.unit.officer.post,
            case.unit.head.post,
            case.office.officer.post,
            case.office.head.post,
        )
    }


def test_a_neighbouring_unit_is_told_nothing():
    neighbour = a_unit("JY")
    case = received()

    remind_of_periods(now=case.clock(ClockCode.T3).due_at)

    posts = {neighbour.officer.post.pk, neighbour.head.post.pk}
    assert not Notice.objects.filter(post__in=posts).exists()


def test_a_second_run_tells_nothing_again_and_three_missed_days_tell_the_true_dates():
    case = registered()
    clock = case.clock(ClockCode.T1, case.office.organ)

    late = OVERDUE + timedelta(days=3)
    assert remind_of_periods(now=late) == 2  # T1 and the office's own share of it
    assert remind_of_periods(now=late) == 0

    notice = Notice.objects.get(code="T1", post=case.office.officer.post)
    assert (notice.kind, notice.last_day) == (Kind.PERIOD_OVERDUE, date(2026, 3, 17))
    clock.refresh_from_db()
    assert (clock.breached_at, clock.next_alarm_at) == (OVERDUE, None)
    assert "T1 overdue 2026-03-18 00:00" in Entry.objects.get(verb="petition.remind").facts["periods"]


def test_two_runs_at_one_moment_write_one_notice():
    case = registered()
    clock = case.clock(ClockCode.T1, case.office.organ)
    remind_of_periods(now=NOTICE)
    # the other run had read the same row before this one wrote
    PetitionClock.objects.filter(pk=clock.pk).update(next_alarm_at=NOTICE)

    remind_of_periods(now=NOTICE)

    assert Notice.objects.filter(code="T1", post=case.office.officer.post).count() == 1


def test_q2_a_sealed_petition_is_told_of_in_the_lane_alone_and_never_leaves_the_house():
    officer, director = a_hat(Role.SEALED_LANE_OFFICER), a_hat(Role.OFFICE_DIRECTOR)
    a_petition(purpose=Purpose.REPORT_ACCUSATION)

    remind_of_periods(now=OVERDUE)

    notices = Notice.objects.filter(code="T1")
    assert {(notice.post_id, tuple(notice.ways)) for notice in notices} == {(officer.post.pk, ())}
    assert not Notice.objects.filter(post=director.post).exists()


def test_q2_whoever_an_open_petition_names_is_passed_over_for_the_next_higher_organ():
    case = received()
    above = a_hat(Role.UNIT_HEAD, organ=case.unit.organ.next_higher)
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.UNIT, organ=case.unit.organ)

    remind_of_periods(now=case.clock(ClockCode.T3).urge_at)

    assert told("T3") == {(Kind.PERIOD_URGE.value, above.post.pk)}


def test_r33_who_withdrew_from_a_petition_is_not_told_of_it():
    case = received()
    Recusal.objects.create(
        petition=case.petition,
        user=case.unit.officer.user,
        reason="亲属",
        declared_by=case.unit.officer.post,
        declared_at=MONDAY,
        withdrawn=True,
    )

    remind_of_periods(now=case.clock(ClockCode.T3).notice_at)

    # where nobody is left who handles it, the head is told (Q29)
    assert told("T3") == {(Kind.PERIOD_NOTICE.value, case.unit.head.post.pk)}


def test_a_right_that_lapses_is_called_neither_late_nor_breached():
    case = received()
    clock = case.clock(ClockCode.T4)

    remind_of_periods(now=clock.due_at)

    clock.refresh_from_db()
    assert (clock.breached_at, clock.next_alarm_at) == (None, None)
    assert not Notice.objects.filter(code="T4").exists()


def gone(*hats) -> None:
    """Let people have left, so that no post of theirs can be told anything."""
    for hat in hats:
        hat.user.is_active = False
        hat.user.save(update_fields=["is_active"])


def test_q29_what_nobody_can_be_told_of_stays_due_and_keeps_nothing_behind_it_waiting(monkeypatch):
    monkeypatch.setattr("cases.reminding.sweeps._BATCH", 1)
    nobodys = registered()
    later = received(registered(office=nobodys.office, unit=a_unit("JY"), now=at(3, 3)), now=at(3, 3))
    gone(nobodys.office.officer, nobodys.office.head)
    tally = Tally()

    remind_of_periods(now=OVERDUE + timedelta(days=2), tally=tally)

    assert tally.skipped["nobody_to_tell"] >= 1
    assert nobodys.clock(ClockCode.T1, nobodys.office.organ).next_alarm_at <= OVERDUE
    assert (Kind.PERIOD_OVERDUE.value, later.unit.officer.post.pk) in told("T3")


def test_a_line_of_one_period_takes_the_place_of_the_common_one_from_its_day():
    Reminder.objects.create(
        code="T1", band="notice", audience=["leaders"], ways=["sms"], valid_from=date(2026, 3, 10)
    )
    case = registered()

    remind_of_periods(now=NOTICE)

    notice = Notice.objects.get(code="T1")
    assert (notice.post_id, notice.ways) == (case.office.head.post.pk, ["sms"])


def test_what_an_extension_moved_is_told_of_again_for_its_new_day():
    case = registered()
    clock = case.clock(ClockCode.T1, case.office.organ)
    remind_of_periods(now=NOTICE)
    clock.alarm_day = clock.last_day = date(2026, 3, 20)
    clock.due_at, clock.next_alarm_at = OVERDUE + timedelta(days=3), WARN
    clock.save(update_fields=["alarm_day", "last_day", "due_at", "next_alarm_at"])

    remind_of_periods(now=WARN)

    last_days = Notice.objects.filter(code="T1", post=case.office.officer.post).values_list(
        "last_day", flat=True
    )
    assert set(last_days) == {date(2026, 3, 17), date(2026, 3, 20)}


def statements(now) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        remind_of_periods(now=now)
    return len(asked)


def test_a_run_costs_as_many_statements_for_one_period_as_for_many():
    office = the_office()
    a_petition(office.officer)
    one = statements(NOTICE)
    for _number in range(5):
        a_petition(office.officer)

    assert statements(NOTICE) == one


def test_a_run_with_nothing_due_asks_one_question():
    registered()

    assert statements(MONDAY) == 1


def test_a_unit_without_a_case_officer_has_its_next_in_line_told():
    case = received(registered(unit=a_unit("KX")))
    a_hat(Role.SECTION_HEAD, organ=case.unit.organ)
    gone(case.unit.officer)

    remind_of_periods(now=case.clock(ClockCode.T3).notice_at)

    roles = set(Notice.objects.filter(code="T3").values_list("post__role", flat=True))
    assert roles == {Role.SECTION_HEAD}
