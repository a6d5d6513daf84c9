"""领导接访值班: the order, the month made from it, substitution with its reason, and who may change it (R-02)."""

from datetime import date, time, timedelta

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from accounts.actions.posts import end_post
from accounts.models import Absence, OrganKind
from accounts.roles import Role
from audit.models import Entry
from leadership.actions import receptions, roster
from leadership.arithmetic import Order, rotate
from leadership.models import DutyDay, ReceptionTarget, Rotation, Substitution
from leadership.reception_states import Came, Counted
from leadership.rosters import is_working_day
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from notices.models import Notice
from tests.cases.browsers import signed_in
from tests.given import MONDAY, a_hat, a_place, an_organ
from tests.leadership.leaders import a_leader, a_secretary
from tests.leadership.rosters import MARCH, TODAY, an_order_of, rotating, sitting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def three():
    return [a_leader(title) for title in ("区长", "常务副区长", "副区长")]


def who(first: date, days: int) -> list[int]:
    rows = DutyDay.objects.between(first, first + timedelta(days=days - 1)).order_by("day")
    return list(rows.values_list("post", flat=True))


def test_a_turn_goes_on_where_the_last_one_stopped_and_the_fixed_weekday_stands_outside():
    monday = date(2026, 3, 2)
    week = [monday + timedelta(days=n) for n in range(5)]
    order = Order(["甲", "乙", "丙"], fixed_weekday=0, fixed="书记")
    everybody = frozenset({"甲", "乙", "丙", "书记"})

    found = rotate(week, dict.fromkeys(week, order), last="乙", holds=dict.fromkeys(week, everybody))

    assert [leader for leader, _fixed in found.values()] == ["书记", "丙", "甲", "乙", "丙"]
    assert [fixed for _leader, fixed in found.values()] == [True, False, False, False, False]


def test_who_cannot_sit_is_passed_over_and_a_day_nobody_can_take_has_nobody():
    days = [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)]
    order = Order(["甲", "乙"])
    holds = {days[0]: frozenset({"乙"}), days[1]: frozenset(), days[2]: frozenset({"甲", "乙"})}

    found = rotate(days, dict.fromkeys(days, order), last=None, holds=holds)

    assert {day: leader for day, (leader, _fixed) in found.items()} == {days[0]: "乙", days[2]: "甲"}


def test_r_02_a_month_is_planned_on_its_working_days_by_one_act():
    leaders = three()
    rotating(leaders, fixed_weekday=0, fixed_post_id=leaders[0].post.pk)
    officer = a_hat()

    added = roster.plan_month(MARCH, by=officer, now=MONDAY)

    keys = [leader.post.pk for leader in leaders]
    assert who(TODAY, 7) == [keys[0], keys[0], keys[1], keys[2], keys[0]]
    assert added == DutyDay.objects.count() == 22
    assert not DutyDay.objects.filter(day__week_day__in=[1, 7]).exists()
    assert set(DutyDay.objects.filter(day__week_day=2).values_list("is_fixed", flat=True)) == {True}
    entry = Entry.objects.get(verb="roster.plan_month")
    assert (entry.actor_post_id, entry.facts["number"]) == (officer.post.pk, 22)
    assert Notice.objects.filter(kind="receives_visitors").count() == 3


def test_planning_again_adds_nothing_and_changes_nothing():
    leaders = three()
    rotating(leaders)
    roster.plan_month(MARCH, by=a_hat(), now=MONDAY)
    row = DutyDay.objects.get(day=TODAY)
    roster.substitute(row.pk, post_id=leaders[1].post.pk, reason="出差", by=a_hat(), now=MONDAY)
    before = list(DutyDay.objects.order_by("day").values_list("day", "post"))

    assert roster.plan_month(MARCH, by=a_hat(), now=MONDAY) == 0
    assert list(DutyDay.objects.order_by("day").values_list("day", "post")) == before


def test_a_leader_announced_absent_is_passed_over():
    leaders = three()
    rotating(leaders)
    Absence.objects.create(
        post=leaders[0].post,
        deputy=leaders[1].user,
        since=TODAY,
        until=TODAY + timedelta(days=1),
        reason="培训",
    )

    roster.plan_month(MARCH, by=a_hat(), now=MONDAY)

    assert who(TODAY, 3) == [leaders[1].post.pk, leaders[2].post.pk, leaders[0].post.pk]


def test_the_next_month_goes_on_in_turn():
    leaders = three()
    rotating(leaders)
    roster.plan_month(MARCH, by=a_hat(), now=MONDAY)
    last = DutyDay.objects.order_by("-day").first()
    roster.plan_month(date(2026, 4, 1), by=a_hat(), now=MONDAY)

    keys = [leader.post.pk for leader in leaders]
    following = DutyDay.objects.filter(day__gt=last.day).order_by("day").first()
    assert following.post_id == keys[(keys.index(last.post_id) + 1) % 3]


def test_a_month_without_an_order_is_not_planned():
    with pytest.raises(OutOfTurn):
        roster.plan_month(MARCH, by=a_hat(), now=MONDAY)
    assert not DutyDay.objects.exists()


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "abc"])
def test_no_month_has_no_page(month):
    assert signed_in(a_hat()).open("leadership:roster_month", month).status_code == 404


def test_q26_nobody_is_planned_on_days_whose_holidays_are_not_known():
    leaders = three()
    rotating(leaders)
    new_year, browser = date(2027, 1, 1), signed_in(a_hat())
    with pytest.raises(OutOfTurn):
        roster.plan_month(new_year, by=a_hat(), now=MONDAY)
    typed = {"day": "2027-01-01", "post": leaders[0].post.pk}
    refused = browser.send("leadership:on_roster", "2027-01", "enter-day", **typed)
    page = browser.open("leadership:roster_month", "2027-01")

    assert (refused.status_code, DutyDay.objects.count()) == (422, 0)
    assert "2027年的工作日历还没有录入" in page.content.decode()
    assert "plan-month" not in page.content.decode()

    browser.send("leadership:on_roster", "2027-01", "enter-day", **typed, anyway="on")
    assert DutyDay.objects.get().day == new_year


def test_a_day_of_rest_is_added_only_by_whoever_says_so():
    leaders = three()
    rotating(leaders)
    saturday, made_up = date(2026, 3, 7), date(2026, 2, 28)
    assert (is_working_day(made_up), is_working_day(saturday)) == (True, False)
    facts = {"post_id": leaders[0].post.pk, "by": a_hat(), "now": MONDAY}
    with pytest.raises(Refused) as refused:
        roster.enter_day(saturday, anyway=False, **facts)
    assert (list(refused.value.fields), DutyDay.objects.count()) == (["anyway"], 0)

    roster.enter_day(saturday, anyway=True, **facts)
    roster.enter_day(date(2026, 3, 6), anyway=False, **facts)

    assert DutyDay.objects.count() == 2


def test_an_order_names_leaders_of_this_place_once_each():
    leader, unit = a_leader(), a_hat(Role.UNIT_HEAD, organ=an_organ("ZJ"))
    faults = [
        {"post_ids": []},
        {"post_ids": [leader.post.pk, leader.post.pk]},
        {"post_ids": [unit.post.pk]},
        {"place": " "},
        {"ends": time(8)},
        {"fixed_weekday": 0},
        {"fixed_weekday": 0, "fixed_post_id": unit.post.pk},
    ]
    for wrong in faults:
        with pytest.raises(Refused):
            roster.enter_rotation(an_order_of([leader], **wrong), by=a_hat(), now=MONDAY)
    with pytest.raises(NotAllowed):
        rotating([leader], by=leader)
    assert not Rotation.objects.exists()
    rotating([leader])
    with pytest.raises(Refused):
        rotating([leader])


def test_substitution_keeps_who_was_planned_and_why():
    leaders = three()
    rotating(leaders)
    _leader, row = sitting(leaders[0])
    roster.enter_day(date(2026, 3, 4), post_id=leaders[2].post.pk, anyway=False, by=a_hat(), now=MONDAY)

    roster.substitute(row.pk, post_id=leaders[1].post.pk, reason="参加市里会议", by=leaders[0], now=MONDAY)

    now = DutyDay.objects.get(pk=row.pk)
    assert (now.planned_id, now.post_id) == (leaders[0].post.pk, leaders[1].post.pk)
    kept = Substitution.objects.get()
    assert (kept.reason, kept.person_id) == ("参加市里会议", leaders[0].user.pk)
    assert Notice.objects.unread().filter(post=leaders[1].post, kind="receives_visitors").exists()
    for write in (
        lambda: Substitution.objects.update(reason="另"),
        lambda: Substitution.objects.all().delete(),
        lambda: DutyDay.objects.update(planned=leaders[2].post),
        lambda: DutyDay.objects.update(post=leaders[2].post),
        lambda: DutyDay.objects.filter(day=date(2026, 3, 4)).delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            write()


def test_only_the_office_the_leader_and_his_secretary_substitute():
    leaders = three()
    rotating(leaders)
    _leader, row = sitting(leaders[0])
    secretary = a_secretary(leaders[0])
    unit = a_hat(Role.UNIT_HEAD, organ=an_organ("ZJ"))
    other = {"post_id": leaders[1].post.pk, "reason": "有事"}
    for by in (leaders[1], unit, a_secretary(leaders[2])):
        with pytest.raises(NotAllowed):
            roster.substitute(row.pk, **other, by=by, now=MONDAY)
    for wrong in ({"reason": " "}, {"post_id": unit.post.pk}, {"post_id": leaders[0].post.pk}):
        with pytest.raises(Refused):
            roster.substitute(row.pk, **{**other, **wrong}, by=secretary, now=MONDAY)
    assert not Substitution.objects.exists()
    roster.substitute(row.pk, **other, by=secretary, now=MONDAY)
    assert Substitution.objects.get().by_id == secretary.post.pk


def test_another_districts_roster_is_unknown():
    _leader, row = sitting()
    elsewhere = an_organ(
        "FSX", kind=OrganKind.PETITION_OFFICE, place=a_place("141121", "汾阳"), number_prefix="FSX"
    )
    stranger = a_hat(Role.OFFICE_DIRECTOR, organ=elsewhere)

    with pytest.raises(Unknown):
        roster.call_off(row.pk, reason="有事", by=stranger, now=MONDAY)
    with pytest.raises(Unknown):
        roster.substitute(row.pk, post_id=1, reason="有事", by=stranger, now=MONDAY)
    assert signed_in(stranger).open("leadership:duty_day", row.pk).status_code == 404
    assert DutyDay.objects.get().stands


def test_a_day_is_called_off_with_its_reason_once_nobody_waits():
    _leader, row = sitting()
    ticket = receptions.take_number(row.pk, Came.HALL, persons=1, by=a_hat(), now=MONDAY).ticket
    with pytest.raises(OutOfTurn):
        roster.call_off(row.pk, reason="停电", by=a_hat(), now=MONDAY)
    receptions.let_go(ticket.pk, "cancelled", by=a_hat(), now=MONDAY)
    with pytest.raises(Refused):
        roster.call_off(row.pk, reason="", by=a_hat(), now=MONDAY)
    assert DutyDay.objects.get().stands

    roster.call_off(row.pk, reason="停电", by=a_hat(), now=MONDAY)

    assert DutyDay.objects.get().called_off_reason == "停电"
    with pytest.raises(OutOfTurn):
        receptions.take_number(row.pk, Came.HALL, persons=1, by=a_hat(), now=MONDAY)


def test_a_single_day_is_added_outside_the_order():
    leader, row = sitting()
    assert (row.is_fixed, row.place, row.day) == (True, "区信访接待大厅", TODAY)
    for day, error in ((TODAY, Refused), (TODAY - timedelta(days=1), Refused)):
        with pytest.raises(error):
            roster.enter_day(day, post_id=leader.post.pk, anyway=False, by=a_hat(), now=MONDAY)
    with pytest.raises(NotAllowed):
        roster.enter_day(
            TODAY + timedelta(days=1), post_id=leader.post.pk, anyway=False, by=leader, now=MONDAY
        )
    assert DutyDay.objects.count() == 1


def test_q29_days_to_come_pass_to_the_successor_and_what_is_past_stays():
    leaders = three()
    rotating(leaders)
    roster.plan_month(MARCH, by=a_hat(), now=MONDAY)
    leaving, taking = leaders[0], a_leader("副区长")
    mine = DutyDay.objects.filter(post=leaving.post, day__gt=TODAY).count()

    end_post(
        leaving.post.pk,
        taken_over_by=taking.post.pk,
        by=a_hat(Role.SECURITY_ADMINISTRATOR),
        now=MONDAY,
    )

    assert DutyDay.objects.filter(post=taking.post).count() == mine
    assert DutyDay.objects.filter(post=leaving.post).get().day == TODAY
    assert Substitution.objects.filter(takes=taking.post).count() == mine


def test_his_first_page_says_when_he_receives_in_the_coming_week():
    leader, row = sitting()
    secretary = a_secretary(leader)

    for hat in (leader, secretary):
        page = signed_in(hat).open("desk:my_work")
        (ahead,) = page.context["ahead"]
        assert (ahead.day, ahead.begins, ahead.url) == (
            row.day,
            row.begins,
            reverse("leadership:duty_day", args=[row.pk]),
        )
        assert "接访" in page.content.decode()
    assert signed_in(a_leader("宣传部长")).open("desk:my_work").context["ahead"] == []


def test_a_target_is_set_once_a_day_and_only_by_the_office():
    leader = a_leader()
    with pytest.raises(NotAllowed):
        roster.set_target(Counted.TRIPS, weekly=3, since=TODAY, by=leader, now=MONDAY)
    roster.set_target(Counted.TRIPS, weekly=3, since=TODAY, by=a_hat(), now=MONDAY)
    with pytest.raises(Refused):
        roster.set_target(Counted.TRIPS, weekly=4, since=TODAY, by=a_hat(), now=MONDAY)
    assert ReceptionTarget.objects.get().weekly == 3


def test_the_office_plans_and_a_leader_reads_on_the_pages():
    leaders = three()
    office, browser = signed_in(a_hat()), signed_in(leaders[0])
    listed = "\n".join(f"{leader.user.name} {leader.post.title}" for leader in leaders)
    typed = {"since": "2026-03-02", "posts": listed, "place": "大厅", "begins": "09:00", "ends": "12:00"}

    wrong = office.send("leadership:on_roster", "2026-03", "enter-rotation", **{**typed, "posts": "无此人"})
    assert (wrong.status_code, Rotation.objects.count()) == (422, 0)
    assert office.send("leadership:on_roster", "2026-03", "enter-rotation", **typed).status_code == 302
    assert office.send("leadership:on_roster", "2026-03", "plan-month").status_code == 302
    page = office.open("leadership:roster_month", "2026-03")
    assert [offer.deed.slug for offer in page.context["offers"]] == [
        "plan-month",
        "enter-day",
        "enter-rotation",
    ]
    row = DutyDay.objects.get(day=TODAY)
    other = leaders[1].post.pk
    assert browser.send("leadership:on_duty_day", row.pk, "call-off", reason="有事").status_code == 403
    done = browser.send("leadership:on_duty_day", row.pk, "substitute", post=other, reason="出差")
    assert done.status_code == 302
    assert "出差" in browser.open("leadership:duty_day", row.pk).content.decode()
    assert browser.open("leadership:roster").context["offers"] == []
    assert office.open("leadership:roster_month", "heute").status_code == 404
    unit = signed_in(a_hat(Role.CASE_OFFICER, organ=an_organ("ZJ")))
    assert unit.open("leadership:roster").status_code == 403
