"""Programs supervise, answer and lift by the same deeds, and are refused what pages are refused (Q6)."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import LiftState, State, Tier
from cases.rating_states import RatingWay
from leadership.actions import lifting
from leadership.actions.deciding import Asked, ask_decision
from leadership.actions.inviting import Offered, invite
from leadership.actions.pressure import Pressed, take_down_pressure
from leadership.actions.teams import form_force
from leadership.actions.urgent import Happening, report_urgent
from leadership.api import THINGS
from leadership.call_back_states import CallGround
from leadership.models import (
    Bulletin,
    CallBack,
    CallBackDraw,
    Instruction,
    PetitionLift,
    Slip,
    UrgentReport,
)
from leadership.offices_api import StationOut
from leadership.reception_states import Told
from leadership.states import BulletinState, Recipient, SlipKind, SlipState
from tests.cases.handling.given import a_unit, received
from tests.cases.test_api import a_program, post
from tests.given import MONDAY, a_hat
from tests.leadership.given import drafted, issued, replied
from tests.leadership.leaders import a_leader as above
from tests.leadership.leaders import given, sponsored
from tests.leadership.lists import listed
from tests.leadership.meetings import called
from tests.leadership.rosters import TODAY, sitting, took_number, went
from tests.leadership.test_lifts import a_leader, a_seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

V1 = "/api/v1/"


def an_order(case, **facts):
    return {
        "kind": "supervision",
        "addressee": case.unit.organ.code,
        "ground": "delay",
        "delay_because": "两次电话提醒后仍未动手",
        "facts": "受理期限将至",
        "act": "三日内告知",
        "advice": "健全制度",
        "due_on": "2026-03-09",
        **facts,
    }


def test_an_order_is_drawn_up_signed_received_answered_verified_and_lifted():
    case = received()
    officer, head, unit = (
        a_program(hat) for hat in (case.office.officer, case.office.head, case.unit.officer)
    )

    drawn = post(officer, f"{V1}petitions/{case.pk}/supervision/draft-slip/", an_order(case))
    slip = Slip.objects.get()
    assert (drawn.status_code, drawn.json()["slips"][0]["id"]) == (200, str(slip.pk))
    assert post(officer, f"{V1}slips/{slip.pk}/issue/", {"version": 1}).status_code == 403
    assert post(head, f"{V1}slips/{slip.pk}/issue/", {"version": 9}).json()["code"] == "stale"
    assert post(head, f"{V1}slips/{slip.pk}/issue/", {"version": 1}).json()["state"] == "issued"

    (asked,) = unit.get(f"{V1}asked/").json()["results"]
    assert (asked["organ"], asked["last_day"], asked["state"]) == (
        case.unit.organ.code,
        "2026-03-09",
        "asked",
    )
    address = f"{V1}asked/{asked['id']}/"
    assert post(unit, f"{address}receive/", {}).json()["state"] == "received"
    assert post(unit, f"{address}reply/", {"words": " "}).status_code == 400
    assert post(unit, f"{address}reply/", {"words": "已告知"}).json()["state"] == "replied"
    assert post(unit, f"{address}verify/", {"words": "属实"}).status_code == 404
    assert post(head, f"{address}verify/", {"words": " "}).status_code == 400
    assert post(head, f"{address}verify/", {"words": "属实"}).json()["state"] == "verified"
    assert post(head, f"{V1}slips/{slip.pk}/lift/", {"reason": "已办理"}).json()["state"] == "lifted"

    assert Slip.objects.get().state == SlipState.LIFTED
    assert unit.get(f"{V1}asked/").json()["results"] == []


def test_a_recommendation_is_answered_with_whether_it_is_adopted():
    case, slip = issued(kind=SlipKind.IMPROVE_WORK)
    unit, address = a_program(case.unit.officer), f"{V1}asked/{slip.assignment_id}/answer/"

    refused = post(unit, address, {"words": "照办"})
    assert (refused.status_code, set(refused.json()["fields"])) == (400, {"adopted"})
    assert Assignment.objects.get().state == State.ASKED
    post(unit, address, {"words": "部分条款已修订", "adopted": "partly"})

    assert Slip.objects.get().adopted == "partly"


def test_r_26_an_urgent_report_is_issued_and_who_was_told_is_noted():
    case = received()
    office = a_program(case.office.officer)
    body = {
        "discovered_at": "2026-03-02 08:40",
        "happened": "三十余人在小区门口聚集",
        "where": "永宁花园",
        "scale": "三十余人",
        "measures": "到场接谈",
        "recipients": ["government"],
    }
    address = f"{V1}petitions/{case.pk}/supervision/report-urgent/"
    assert post(office, address, body).status_code == 400
    assert not UrgentReport.objects.exists()

    everyone = ["government", "superior_office", "state_bureau"]
    (report,) = post(office, address, {**body, "recipients": everyone}).json()["reports"]
    told = {"recipient": "state_bureau", "means": "system", "sent_at": "2026-03-02 09:30"}
    noted = post(office, f"{V1}urgent-reports/{report['id']}/note/", told).json()

    assert [one["recipient"] for one in noted["notices"]] == ["state_bureau"]
    assert a_program(case.unit.head).get(f"{V1}urgent-reports/{report['id']}/").status_code == 404


def test_a_matter_is_lifted_taken_and_sent_down():
    case = received()
    leader = a_leader(case)
    a_seat()
    office, above = a_program(case.office.officer), a_program(leader)
    lifting = f"{V1}petitions/{case.pk}/supervision/lift/"
    assert post(office, lifting, {"tier": "district_leader"}).status_code == 400
    assert not PetitionLift.objects.exists()

    (lift,) = post(office, lifting, {"tier": "district_leader", "reason": "多部门协调"}).json()["lifts"]
    address = f"{V1}lifts/{lift['id']}/"
    assert [(one["state"], one["chosen"]) for one in lift["addressees"]] == [("waiting", "holder")]
    assert post(office, f"{address}accept/", {}).status_code == 404
    taken = post(above, f"{address}accept/", {}).json()
    assert (taken["state"], taken["addressees"][0]["state"]) == ("accepted", "accepted")
    gone = post(above, f"{address}lower/", {"reason": "已有方案"})

    assert (gone.status_code, PetitionLift.objects.get().state) == (204, "lowered")


def of_leaders(case) -> dict[str, object]:
    """Return the keys of what leaders and the office do on a case."""
    office = case.office.officer
    _case, leader, row = sponsored(case, above())
    question = Asked(stuck="资金", question="谁先出", choices=["垫付", "预算"], due_on=date(2026, 3, 6))
    request = ask_decision(case.pk, question, leader_id=leader.post.pk, by=case.unit.head, now=MONDAY)
    _case, item = listed(case)
    force = form_force("专班", topic="办证", by=office, now=MONDAY)
    return {
        "SponsorsOut": case.pk,
        "SponsorshipOut": row.pk,
        "InstructedOut": case.pk,
        "InstructionOut": given(case, leader).pk,
        "DecisionOut": request.pk,
        "MeetingOut": called(office, chair=leader).pk,
        "StrikeListOut": item.list_id,
        "StrikeItemOut": item.pk,
        "TeamOut": case.pk,
        "ForceOut": force.pk,
    }


def of_offices(case) -> dict[str, object]:
    """Return the keys of what leaders' offices keep."""
    leader, day = sitting()
    offered = Offered(day=TODAY + timedelta(days=2), begins=time(15), place="大厅", told=Told.PHONE)
    invited = invite(case.pk, offered, leader_id=leader.post.pk, by=case.office.officer, now=MONDAY)
    return {
        "RosterOut": "2026-03",
        "QueueOut": day.pk,
        "OneTicketOut": took_number(day).pk,
        "TripOut": went(case, leader).pk,
        "HeardOut": case.pk,
        "InvitationOut": invited.pk,
        "LessonsOut": case.pk,
    }


def of_voices(case):
    """Make a report of pressure and a call-back, and return their keys by what a program reads of them."""
    told = Pressed(words="让我撤回", about_id=case.unit.organ.pk)
    report = take_down_pressure(case.pk, told, way=RatingWay.PHONE, by=case.office.officer, now=MONDAY)
    draw = CallBackDraw.objects.create(
        office=case.office.organ, month=date(2026, 2, 1), seed="abc", population=1, drawn_at=MONDAY
    )
    call_back = CallBack.objects.create(
        petition=case.petition,
        office=case.office.organ,
        ground=CallGround.SAMPLE,
        draw=draw,
        opened_at=MONDAY,
    )
    return {"PressureReportOut": report.pk, "CallBackOut": call_back.pk}


# a station is read by whoever is of its district
HIDDEN = [thing for thing in THINGS if thing.out is not StationOut]


@pytest.mark.parametrize("thing", HIDDEN, ids=lambda thing: thing.out.__name__)
def test_q_6_a_neighbour_is_answered_as_if_it_were_not_there(thing):
    case, slip = issued()
    office, now = case.office.officer, MONDAY
    a_leader(case)
    a_seat()
    lift = lifting.lift(case.pk, Tier.DISTRICT_LEADER, reason="多部门协调", by=office, now=now)
    what = Happening(discovered_at=now, happened="聚集", where="永宁花园", scale="三十余人", measures="接谈")
    report = report_urgent(case.pk, what, list(Recipient), by=office, now=now)
    bulletin = Bulletin.objects.create(
        office=office.organ, month=date(2026, 2, 1), state=BulletinState.DRAWN, drawn_at=now
    )
    keys = {
        "SupervisionOut": case.pk,
        "SlipOut": slip.pk,
        "AskedOut": slip.assignment_id,
        "LiftOut": lift.pk,
        "ReportOut": report.pk,
        "BulletinOut": bulletin.pk,
        **of_leaders(case),
        **of_offices(case),
        **of_voices(case),
    }
    neighbour = a_program(a_unit("CG").head)
    address = V1 + re.sub(r"<\w+:pk>", "{}", thing.address)
    hidden, none = address.format(keys[thing.out.__name__]), address.format(uuid4())

    assert a_program(case.office.head).get(hidden).status_code == 200
    assert (neighbour.get(hidden).status_code, neighbour.get(hidden).content) == (
        404,
        neighbour.get(none).content,
    )
    for slug in thing.deeds:
        mine, nobodys = post(neighbour, f"{hidden}{slug}/", {}), post(neighbour, f"{none}{slug}/", {})
        assert (mine.status_code, mine.content) == (404, nobodys.content)
    assert Slip.objects.get().state == SlipState.ISSUED
    assert PetitionLift.objects.get().state == LiftState.WAITING
    assert (report.notices.count(), Bulletin.objects.get().state) == (0, BulletinState.DRAWN)


def test_a_leader_decides_and_the_office_sponsors_and_strikes_off_by_program():
    case, leader = received(), above()
    office, decider = a_program(case.office.officer), a_program(leader)
    typed = {"kind": "district_leader", "post": leader.post.pk, "reason": "久拖"}
    assert (
        post(office, f"{V1}petitions/{case.pk}/sponsors/sponsor/", {**typed, "reason": ""}).status_code == 400
    )
    (row,) = post(office, f"{V1}petitions/{case.pk}/sponsors/sponsor/", typed).json()["sponsors"]
    duty = {"duty": "know", "done_on": "2026-03-02", "words": "已阅卷"}
    assert post(decider, f"{V1}sponsorships/{row['id']}/note-duty/", duty).status_code == 200

    signed = post(decider, f"{V1}petitions/{case.pk}/instructions/sign/", {"text": "请抓紧。"}).json()
    (held,) = signed["instructions"]
    assert (held["state"], office.get(f"{V1}instructions/{held['id']}/").status_code) == ("held", 404)
    assert post(office, f"{V1}instructions/{held['id']}/undo/", {}).status_code == 404
    undone = post(decider, f"{V1}instructions/{held['id']}/undo/", {})
    assert undone.status_code in {200, 204}
    assert Instruction.objects.get().state == "undone"
    _case, item = listed(case)
    wrong = post(office, f"{V1}strike-items/{item.pk}/strike-off/", {"words": "属实"})
    assert (wrong.status_code, office.get(f"{V1}strike-items/{item.pk}/").json()["state"]) == (409, "open")


def test_lists_hold_ones_own_alone_and_drafts_for_who_supervises():
    case, draft = drafted()
    other, slip = issued(received())
    replied(other, slip)

    listed = {row["id"] for row in a_program(case.office.officer).get(f"{V1}slips/").json()["results"]}

    assert listed == {str(draft.pk), str(slip.pk)}
    for hat in (case.unit.head, a_hat(Role.REGISTRAR)):
        assert a_program(hat).get(f"{V1}slips/").json()["results"] == []
    assert a_program(a_unit("CG").head).get(f"{V1}asked/").json()["results"] == []
