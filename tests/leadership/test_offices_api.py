"""Programs keep roster and stations, receive, and begin meetings, lists, task forces and pairings by the same deeds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import Kind
from cases.actions import sealing
from cases.intake import Reported
from cases.states import ReportedKind
from leadership.models import (
    DutyDay,
    FieldTrip,
    Invitation,
    LessonsNote,
    Meeting,
    MeetingKind,
    Pairing,
    ReceptionTarget,
    Secretary,
    Station,
    StrikeList,
    TaskForce,
    TeamRole,
    Ticket,
)
from tests.cases.handling.given import a_unit, finished, received
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat
from tests.leadership.leaders import a_leader, sponsored
from tests.leadership.rosters import TODAY, sitting, took_number, went
from tests.leadership.test_giving import a_kept_station

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]

V1 = "/api/v1/"


def test_a_month_is_planned_a_day_changed_and_a_visitor_received():
    first, second = a_leader("区长"), a_leader("副区长", "QF2")
    office = a_program(a_hat())
    lines = f"{first.user.name} {first.post.title}\n{second.user.name} {second.post.title}"
    order = {"since": TODAY.isoformat(), "posts": lines, "place": "大厅", "begins": "09:00", "ends": "12:00"}
    wrong = post(office, f"{V1}rosters/2026-03/enter-rotation/", {**order, "posts": "无此人"})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (400, {"posts"})
    assert post(office, f"{V1}rosters/2026-03/enter-rotation/", order).status_code == 200
    planned = post(office, f"{V1}rosters/2026-03/plan-month/", {}).json()["days"]
    assert len(planned) == DutyDay.objects.count() > 15

    today = next(day for day in planned if day["day"] == TODAY.isoformat())
    other = second if today["post"] == first.post.pk else first
    address = f"{V1}duty-days/{today['id']}/"
    changed = post(office, f"{address}substitute/", {"post": other.post.pk, "reason": "外出开会"}).json()
    assert changed["day"]["post"] == other.post.pk
    (ticket,) = post(office, f"{address}take-number/", {"came": "hall", "persons": 2}).json()["queue"]
    talked = post(
        office,
        f"{V1}tickets/{ticket['id']}/note-talk/",
        {"outcome": "answered", "persons": 2, "words": "已当面解释政策"},
    ).json()["ticket"]
    assert (talked["state"], Ticket.objects.get().words) == ("seen", "已当面解释政策")


def test_a_queue_is_read_by_whoever_receives_and_its_petitions_by_whoever_sees_them():
    leader, day = sitting()
    took_number(day)
    address = f"{V1}duty-days/{day.pk}/"

    assert len(a_program(leader).get(address).json()["queue"]) == 1
    assert a_program(a_leader("副区长", "QF2")).get(address).json()["queue"] == []
    assert a_program(a_unit("CG").head).get(address).status_code == 404


def test_a_journey_and_an_invitation_are_written_down():
    case, leader, _row = sponsored()
    program = a_program(leader)
    journey = {
        "leader": leader.post.pk,
        "went_on": TODAY.isoformat(),
        "place": "永宁社区",
        "result": "现场会商",
        "number": case.petition.number,
        "persons_met": 3,
        "case_result": "十日内答复",
    }
    shown = post(program, f"{V1}trips/note/", journey).json()
    assert (shown["cases"][0]["petition"], FieldTrip.objects.count()) == (case.petition.number, 1)
    struck = post(program, f"{V1}trips/{shown['id']}/strike/", {"reason": "重复录入"}).json()
    assert struck["struck_at"]

    offer = {
        "leader": leader.post.pk,
        "day": (TODAY + timedelta(days=2)).isoformat(),
        "begins": "15:00",
        "place": "大厅",
        "told": "phone",
    }
    (invited,) = post(program, f"{V1}petitions/{case.pk}/receptions/invite/", offer).json()["invitations"]
    answered = post(program, f"{V1}invitations/{invited['id']}/answer/", {"answer": "declined"})
    assert (answered.status_code, Invitation.objects.get().state) == (204, "declined")
    assert program.get(f"{V1}invitations/{invited['id']}/").status_code == 404


def test_a_station_is_opened_given_a_petition_and_closed():
    case, (station, keeper) = received(), a_kept_station()
    office = a_program(case.office.officer)
    opened = post(
        office,
        f"{V1}stations/open/",
        {
            "kind": "liaison",
            "name": "驻市联络点",
            "place": "141102",
            "address": "一楼",
            "staff": "联络员一名",
            "hours": "工作日",
        },
    ).json()
    assert Station.objects.get(pk=opened["id"]).kind == "liaison"
    assert {row["id"] for row in a_program(keeper).get(f"{V1}stations/").json()["results"]} == {
        str(station.pk),
        opened["id"],
    }
    given = {
        "station": str(station.pk),
        "words": "帮助补齐材料",
        "due_on": (TODAY + timedelta(days=5)).isoformat(),
    }
    post(office, f"{V1}petitions/{case.pk}/team/give-to-station/", given)
    assert Assignment.objects.get(kind=Kind.STATION).organ == keeper.organ
    assert post(a_program(keeper), f"{V1}stations/{opened['id']}/close/", {"reason": "撤"}).status_code == 403
    closed = post(office, f"{V1}stations/{opened['id']}/close/", {"reason": "撤并"}).json()
    assert closed["end_reason"] == "撤并"


def test_lessons_are_written_by_the_office_and_read_by_who_sees_the_petition():
    case, _leader, _row = sponsored(finished())
    address = f"{V1}petitions/{case.pk}/lessons/"
    unit = a_program(case.unit.officer)
    assert unit.get(address).status_code == 404
    written = post(a_program(case.office.officer), f"{address}note/", {"helped": "两部门当面对账"}).json()
    assert (written["helped"], LessonsNote.objects.count()) == ("两部门当面对账", 1)
    assert unit.get(address).json()["helped"] == "两部门当面对账"


def beginnings() -> dict[str, object]:
    """Return for every deed that stands alone what a program sends, and what shows that it was done."""
    leader, secretary = a_leader("区长"), a_hat(Role.LEADER_SECRETARY)
    commissioner = a_hat(Role.PETITION_OFFICER)
    kind = MeetingKind.objects.get(code="joint_conference")
    return {
        "meetings/call/": (
            {"kind": kind.pk, "meets_at": "2026-03-05 09:00", "place": "三楼", "chair": leader.post.pk},
            lambda: Meeting.objects.exists(),
        ),
        "meeting-kinds/enter/": (
            {"code": "topic", "name": "专题会", "cadence": "none"},
            lambda: MeetingKind.objects.filter(code="topic").exists(),
        ),
        "strike-lists/open/": (
            {"name": "中央交办", "source": "central"},
            lambda: StrikeList.objects.exists(),
        ),
        "task-forces/form/": (
            {"name": "专班", "topic": "办证"},
            lambda: TaskForce.objects.exists(),
        ),
        "pairings/pair/": (
            {"leader": leader.post.pk, "commissioner": commissioner.post.pk},
            lambda: Pairing.objects.exists(),
        ),
        "team-roles/enter/": (
            {"code": "expert", "name": "专家"},
            lambda: TeamRole.objects.filter(code="expert").exists(),
        ),
        "reception-targets/set/": (
            {"counted": "trips", "weekly": 3, "since": TODAY.isoformat()},
            lambda: ReceptionTarget.objects.exists(),
        ),
        "secretaries/name/": ({"post": secretary.post.pk}, lambda: Secretary.objects.exists()),
    }


def test_what_is_begun_is_begun_by_whoever_may_and_by_nobody_else():
    office, neighbour = a_program(a_hat(Role.OFFICE_DIRECTOR)), a_program(a_unit("CG").head)
    cases = beginnings()
    leader = a_program(a_leader("副区长", "QF2"))
    for address, (body, is_done) in cases.items():
        refused = post(neighbour, f"{V1}{address}", body)
        assert (address, refused.status_code, is_done()) == (address, 403, False)
        by = leader if address == "secretaries/name/" else office
        done = post(by, f"{V1}{address}", body)
        assert (address, done.status_code in {200, 204}, is_done()) == (address, True, True)


def test_what_has_no_page_is_ended_by_its_key():
    office = a_program(a_hat(Role.OFFICE_DIRECTOR))
    role, kind = TeamRole.objects.get(code="elder"), MeetingKind.objects.get(code="special_topic")
    assert post(a_program(a_unit("CG").head), f"{V1}team-roles/{role.pk}/end/", {}).status_code == 403
    assert TeamRole.objects.get(pk=role.pk).ended_on is None
    for address, key in (("team-roles", role.pk), ("meeting-kinds", kind.pk)):
        assert post(office, f"{V1}{address}/{key}/end/", {}).status_code == 204
        assert post(office, f"{V1}{address}/{key}/end/", {}).status_code == 409
        assert post(office, f"{V1}{address}/999999/end/", {}).status_code == 404
    assert TeamRole.objects.get(pk=role.pk).ended_on == timezone.localdate(MONDAY)


def test_q_1_what_was_sealed_stands_on_no_number_and_on_no_journey():
    case, leader, _row = sponsored()
    trip = went(case, leader)
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某某")],
        by=case.office.head,
        now=MONDAY,
    )

    shown = a_program(case.office.officer).get(f"{V1}trips/{trip.pk}/").json()

    assert shown["cases"] == []
