"""Pages and the programs' door of planned decisions: who reads them, what is offered, what a refusal keeps."""

import pytest

from accounts.roles import Role
from hearings.decision_states import AssessmentState
from hearings.models import Attendee, Consultation, DecisionHearing, PlannedDecision, RiskAssessment
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit
from tests.cases.test_api import a_program, post
from tests.given import a_hat
from tests.hearings.decisions import decided, drawn, planned, recorded, said, submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

_TYPED = {"title": "三轮车整治", "plan": "清理主城区三轮车", "touches": "三轮车车主"}
_POINT = {
    "words": "车主失去收入",
    "likelihood": "likely",
    "gravity": "serious",
    "measure": "公益岗位",
    "organ": "ZJ",
    "due_on": "2026-04-01",
    "controllable": "yes",
}
V1 = "/api/v1/"


def slugs(page):
    offers = [*page.context["offers"], *(one for row in page.context["assessments"] for one in row.offers)]
    return {offer.deed.slug for offer in offers}


def test_a_unit_enters_what_it_plans_and_a_refusal_keeps_what_was_typed():
    browser = signed_in(a_unit().officer)
    refused = browser.send("hearings:plan", **{**_TYPED, "touches": "车主 13800001234"})
    assert (refused.status_code, PlannedDecision.objects.count()) == (422, 0)
    assert "清理主城区三轮车" in refused.content.decode()

    done = browser.send("hearings:plan", **_TYPED)

    row = PlannedDecision.objects.get()
    assert (done.status_code, str(row.pk) in done["Location"]) == (302, True)
    assert "三轮车整治" in browser.open("hearings:decisions").content.decode()


def test_from_the_first_consultation_to_the_decision_by_its_pages():
    of = planned()
    officer, head = signed_in(of.unit.officer), signed_in(of.unit.head)
    asked = {
        "held_on": "2026-03-02",
        "way": "visit",
        "groups": "车主",
        "count": 30,
        "said": "要补贴",
        "changed": "加补贴",
    }
    assert officer.send("hearings:on_decision", of.pk, "note-consultation", **asked).status_code == 302
    assert officer.send("hearings:on_decision", of.pk, "begin-assessment").status_code == 302
    key = RiskAssessment.objects.get().pk
    assert officer.send("hearings:on_assessment", key, "enter-point", **_POINT).status_code == 302
    used = [str(Consultation.objects.get().pk)]
    sent = officer.send("hearings:on_assessment", key, "submit", conclusion="可控", consultations=used)
    assert sent.status_code == 302
    assert "decide" not in slugs(officer.open("hearings:decision", of.pk))
    assert "decide" in slugs(head.open("hearings:decision", of.pk))
    verdict = {"result": "go", "result_why": "措施到位"}
    assert head.send("hearings:on_assessment", key, "decide", **verdict).status_code == 302
    made = {"made_on": "2026-03-02", "made_by_words": "区政府常务会议"}
    assert head.send("hearings:on_decision", of.pk, "make", **made).status_code == 302

    page = head.open("hearings:decision", of.pk).content.decode()
    for told in ("要补贴", "公益岗位", "措施到位", "区政府常务会议"):
        assert told in page


def test_the_page_offers_what_the_decision_stands_at():
    of, _row = drawn()
    assert slugs(signed_in(of.unit.officer).open("hearings:decision", of.pk)) == {
        *("note-consultation", "announce-hearing", "enter-point", "submit"),
    }
    done, _row = decided(planned(a_unit("CG")))
    assert slugs(signed_in(done.unit.head).open("hearings:decision", done.pk)) == {
        *("make", "note-consultation", "announce-hearing", "write-draft", "give-up", "follow-up"),
    }
    reader = a_hat(Role.INSPECTOR)
    assert slugs(signed_in(reader).open("hearings:decision", done.pk)) == set()


def test_the_neighbour_finds_none_of_it():
    of, row = submitted()
    browser = signed_in(a_unit("CG").head)
    assert browser.open("hearings:decision", of.pk).status_code == 404
    assert browser.send("hearings:on_decision", of.pk, "give-up", given_up_why="不再").status_code == 404
    sent = browser.send("hearings:on_assessment", row.pk, "decide", result="stop", result_why="不")
    assert sent.status_code == 404
    assert str(of.pk) not in browser.open("hearings:decisions").content.decode()
    row.refresh_from_db()
    assert row.state == AssessmentState.SUBMITTED


def test_what_waits_for_a_head_stands_in_his_work_and_not_in_that_of_who_wrote_it():
    of, _row = submitted()

    def waits(hat):
        page = signed_in(hat).open("desk:my_work")
        return [box.count for box in page.context["boxes"] if box.url_name == "hearings:decisions"]

    assert waits(of.unit.head) == [1]
    assert waits(of.unit.officer) == []
    assert waits(a_unit("CG").head) == []


def test_a_registrar_has_no_page_of_decisions():
    assert signed_in(a_hat(Role.REGISTRAR)).open("hearings:decisions").status_code == 403


def test_programs_plan_assess_and_decide_by_the_same_deeds():
    unit = a_unit()
    officer, head, neighbour = (a_program(hat) for hat in (unit.officer, unit.head, a_unit("CG").head))
    row = post(officer, f"{V1}planned-decisions/plan/", _TYPED).json()
    address = f"{V1}planned-decisions/{row['id']}/"
    (key,) = post(officer, f"{address}begin-assessment/", {}).json()["assessments"]
    assessment = f"{V1}risk-assessments/{key}/"
    wrong = post(officer, f"{assessment}enter-point/", {**_POINT, "due_on": "2026-03-02"})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (400, {"due_on"})
    post(officer, f"{assessment}enter-point/", {**_POINT, "controllable": "no"})
    post(officer, f"{assessment}submit/", {"conclusion": "不可控"})
    verdict = {"result": "go", "result_why": "可以"}
    assert post(head, f"{assessment}decide/", verdict).status_code == 400
    assert post(officer, f"{assessment}decide/", {**verdict, "result": "stop"}).status_code == 403
    stopped = post(head, f"{assessment}decide/", {**verdict, "result": "stop"}).json()
    assert (stopped["result"], stopped["controllable"]) == ("stop", False)
    assert [one["id"] for one in officer.get(f"{V1}planned-decisions/").json()["results"]] == [row["id"]]
    assert neighbour.get(f"{V1}planned-decisions/").json()["results"] == []
    assert neighbour.get(address).status_code == neighbour.get(assessment).status_code == 404


_ANNOUNCED = {
    "begins_at": "2026-03-12 09:30",
    "place": "区政府三楼会议室",
    "selection": "自愿报名后抽签",
    "published_on": "2026-03-02",
    "published_where": "区政府网站",
}


def on_hearing(page):
    return {offer.deed.slug for row in page.context["heard"] for offer in row.offers}


def test_a_hearing_goes_its_way_on_the_page_of_its_decision():
    of = planned()
    officer, head = signed_in(of.unit.officer), signed_in(of.unit.head)
    posts = {"chair": of.unit.head.post.pk, "clerk": of.unit.officer.post.pk}
    sent = officer.send("hearings:on_decision", of.pk, "announce-hearing", **_ANNOUNCED, **posts)
    assert sent.status_code == 302
    key = DecisionHearing.objects.get().pk
    assert on_hearing(officer.open("hearings:decision", of.pk)) == {"enter-attendee", "publish-list"}
    assert "call-off" in on_hearing(head.open("hearings:decision", of.pk))
    for name, side in (("王建国", "concerned"), ("赵敏", "units")):
        person = {"name": name, "side": side, "stands_for": "车主"}
        sent = officer.send("hearings:on_decision_hearing", key, "enter-attendee", **person)
        assert sent.status_code == 302
    first = Attendee.objects.get(name="赵敏").pk
    officer.send("hearings:on_decision_hearing", key, "drop-attendee", attendee_id=first)
    for slug, day in (("publish-list", "list_published_on"), ("deliver-material", "delivered_on")):
        sent = officer.send("hearings:on_decision_hearing", key, slug, **{day: "2026-03-02"})
        assert sent.status_code == 302

    page = officer.open("hearings:decision", of.pk)
    assert on_hearing(page) == {"open"}
    assert "王建国" in page.content.decode() and "赵敏" not in page.content.decode()
    refused = officer.send("hearings:on_decision_hearing", key, "open")
    assert refused.status_code == 409
    assert "开始时间还没到" in refused.content.decode()


def test_what_is_said_signed_and_studied_stands_on_the_page():
    heard = said()
    officer = signed_in(heard.officer)
    here = heard.attendee("王建国").pk
    refused = officer.send(
        "hearings:on_decision_hearing", heard.pk, "write-down", speech="stated", words="意见"
    )
    assert refused.status_code == 422
    officer.send("hearings:on_decision_hearing", heard.pk, "confirm-record", attendee_id=here)
    officer.send("hearings:on_decision_hearing", heard.pk, "close-record")
    (opinion,) = heard.opinions()
    became = {"entry_id": opinion.pk, "studied": "adopted", "studied_why": "改为六个月"}
    officer.send("hearings:on_decision_hearing", heard.pk, "study-opinion", **became)

    page = officer.open("hearings:decision", heard.of.pk).content.decode()
    for told in ("过渡期太短", "改为六个月", heard.now.digest):
        assert told in page


def test_opinions_to_study_wait_for_their_unit_alone():
    heard = recorded()

    def waits(hat):
        page = signed_in(hat).open("desk:my_work")
        return [box.count for box in page.context["boxes"] if box.url_name == "hearings:decisions"]

    assert waits(heard.officer) == [1]
    assert waits(a_unit("CG").officer) == []


def test_the_neighbour_finds_no_hearing_at_its_address():
    heard = said()
    browser = signed_in(a_unit("CG").head)
    sent = browser.send("hearings:on_decision_hearing", heard.pk, "call-off", called_off_why="不")
    assert sent.status_code == browser.open("hearings:on_decision_hearing", heard.pk, "open").status_code
    assert sent.status_code == 404
    assert heard.now.is_open
    program = a_program(a_unit("SC").head)
    assert program.get(f"{V1}decision-hearings/{heard.pk}/").status_code == 404


def test_programs_hold_a_hearing_by_the_same_deeds():
    heard = recorded()
    officer = a_program(heard.officer)
    (opinion,) = heard.opinions()
    address = f"{V1}decision-hearings/{heard.pk}/"
    wrong = post(
        officer, f"{address}study-opinion/", {"entry_id": opinion.pk, "studied": "adopted", "studied_why": ""}
    )
    assert wrong.status_code == 400
    became = {"entry_id": opinion.pk, "studied": "not_adopted", "studied_why": "期限由上级规定"}
    done = post(officer, f"{address}study-opinion/", became).json()
    assert (done["state"], done["entries"][1]["studied"]) == ("studied", "not_adopted")
    assert officer.get(f"{V1}planned-decisions/{heard.of.pk}/").json()["hearings"] == [str(heard.pk)]
