"""Pages of supervision, of what is asked, and of lifting: who sees what; a refusal keeps what was typed."""

import pytest

from accounts.roles import Role
from assignments.models import Assignment
from cases.marks import Mark
from leadership.actions import answers, slips
from leadership.models import PetitionLift, Slip
from leadership.states import Grade, SlipKind, SlipState
from leadership.sweeps import open_supervision
from tests.cases.browsers import signed_in
from tests.cases.handling.doors import a_file
from tests.cases.handling.given import a_unit, at, received, registered
from tests.given import MONDAY, a_hat
from tests.leadership.given import drafted, issued, replied, says
from tests.leadership.test_lifts import a_leader, a_seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def test_the_unit_finds_all_that_is_asked_signs_and_replies():
    case, slip = issued()
    browser = signed_in(case.unit.officer)
    asked = Assignment.objects.get()

    assert str(asked.pk) in browser.open("assignments:list").content.decode()
    boxes = {box.url_name: box.count for box in browser.open("desk:my_work").context["boxes"]}
    assert boxes["assignments:list"] == 1
    page = browser.open("leadership:asked", asked.pk)
    assert page.status_code == 200
    assert case.petition.number in page.content.decode()
    refused = browser.send("leadership:on_asked", asked.pk, "reply", words="")
    assert refused.status_code == 422
    browser.send("leadership:on_asked", asked.pk, "receive")
    done = browser.send("leadership:on_asked", asked.pk, "reply", words="已办理", upload=a_file())
    assert done.status_code == 302

    assert Assignment.objects.get().reply == "已办理"
    assert "文书.pdf" in browser.open("leadership:asked", asked.pk).content.decode()
    assert browser.open("leadership:slip_file", slip.pk).status_code == 200
    assert browser.open("leadership:slip_working_copy", slip.pk).status_code == 200


def test_the_neighbour_finds_none_of_it():
    case, slip = issued()
    browser = signed_in(a_unit("CG").head)
    asked = Assignment.objects.get()

    for name, *key in (
        ("leadership:asked", asked.pk),
        ("leadership:slip", slip.pk),
        ("leadership:slip_file", slip.pk),
        ("leadership:slip_working_copy", slip.pk),
        ("leadership:matter", case.pk),
    ):
        assert browser.open(name, *key).status_code == 404
    assert str(asked.pk) not in browser.open("assignments:list").content.decode()
    assert browser.open("leadership:supervision").status_code == 403
    assert browser.send("leadership:on_asked", asked.pk, "reply", words="已办理").status_code == 404
    assert Assignment.objects.get().reply == ""


def test_the_office_draws_up_on_the_petition_and_the_director_signs_on_the_slips_page():
    case = received()
    officer, head = signed_in(case.office.officer), signed_in(case.office.head)
    assert officer.open("leadership:matter", case.pk, query={"kind": "supervision"}).status_code == 200
    typed = {
        "kind": "supervision",
        "addressee": case.unit.organ.code,
        "ground": "delay",
        "delay_because": "两次电话提醒后仍未动手",
        "grade": "yellow",
        "facts": "受理期限将至",
        "act": "三日内告知",
        "due_on": "2026-03-09",
    }
    refused = officer.send("leadership:on_petition", case.pk, "draft-slip", **typed)
    assert (refused.status_code, Slip.objects.count()) == (422, 0)
    assert "三日内告知" in refused.content.decode()

    officer.send("leadership:on_petition", case.pk, "draft-slip", **typed, advice="健全制度")
    slip = Slip.objects.get()
    assert "sign" not in [
        offer.deed.slug for offer in officer.open("leadership:slip", slip.pk).context["offers"]
    ]
    page = head.open("leadership:slip", slip.pk)
    assert [offer.deed.slug for offer in page.context["offers"]] == ["issue", "return", "revise", "discard"]
    head.send("leadership:on_slip", slip.pk, "issue", version=1)

    assert Slip.objects.get().state == SlipState.ISSUED
    assert "督" in head.open("leadership:supervision").content.decode()


def test_all_that_an_order_lacks_is_said_at_once():
    case = received()
    officer = signed_in(case.office.officer)

    empty = officer.send("leadership:on_petition", case.pk, "draft-slip", kind="supervision", addressee="")
    assert set(form_in(empty).errors) == {"addressee", "ground", "facts", "act", "advice", "due_on"}
    long = {"facts": "长" * 2_500, "act": "致电13800001234", "due_on": "2026-03-01"}
    wrong = officer.send("leadership:on_petition", case.pk, "draft-slip", kind="supervision", **long)
    assert {"facts", "act", "due_on"} <= set(form_in(wrong).errors)
    pursuing = officer.send("leadership:on_petition", case.pk, "draft-slip", kind="pursue_liability")
    assert set(form_in(pursuing).errors) == {"addressee", "facts", "evidence", "act"}

    assert not Slip.objects.exists()


def form_in(page):
    """Return the form of a slip that was refused."""
    return next(offer.form for offer in page.context["offers"] if offer.deed.slug == "draft-slip")


def test_the_case_page_shows_what_was_issued_to_the_unit_and_no_draft():
    case, draft = drafted()
    unit, office = signed_in(case.unit.officer), signed_in(case.office.officer)

    assert 'id="supervision"' not in unit.open("cases:petition", case.pk).content.decode()
    assert str(draft.pk) in office.open("cases:petition", case.pk).content.decode()


def test_a_leader_takes_what_was_lifted_and_reads_the_way_it_came():
    case = received()
    leader = a_leader(case)
    a_seat()
    office, browser = signed_in(case.office.officer), signed_in(leader)
    office.send("leadership:on_petition", case.pk, "lift", tier="district_leader", reason="多部门协调")
    lift = PetitionLift.objects.get()

    page = browser.open("leadership:asked", lift.assignment_id)
    slugs = [offer.deed.slug for offer in page.context["offers"]]
    assert slugs == ["accept", "give-back", "further"]
    assert page.context["instructs"]
    assert [step.tier for step in page.context["path"] if step.since] == ["department", "district_leader"]
    assert browser.send("leadership:on_lift", lift.pk, "accept").status_code == 302
    assert browser.send("leadership:on_lift", lift.pk, "lower", reason="").status_code == 422
    gone = browser.send("leadership:on_lift", lift.pk, "lower", reason="已有方案")

    assert (gone.status_code, PetitionLift.objects.get().state) == (302, "lowered")
    assert signed_in(case.unit.officer).open("leadership:matter", case.pk).status_code == 200


def test_an_urging_from_the_page_asks_the_unit():
    case = received()
    office = signed_in(case.office.officer)
    fields = {"organ": case.unit.organ.code, "reason": "请报进展", "due_on": "2026-03-06"}

    assert office.send("leadership:on_petition", case.pk, "urge", **fields).status_code == 302
    registrar = signed_in(a_hat(Role.REGISTRAR))
    assert registrar.send("leadership:on_petition", case.pk, "urge", **fields).status_code == 403

    assert Assignment.objects.count() == 1


def test_r_26_an_urgent_report_names_the_next_level_and_the_state_bureau_and_the_times():
    case = received()
    office = signed_in(case.office.officer)
    typed = {
        "discovered_at": "2026-03-02 08:40",
        "happened": "三十余人在小区门口聚集讨薪",
        "where": "永宁花园",
        "scale": "三十余人",
        "measures": "街道、住建到场接谈",
    }
    refused = office.send(
        "leadership:on_petition", case.pk, "report-urgent", **typed, recipients=["government"]
    )
    assert refused.status_code == 422
    assert not case.petition.urgent_reports.exists()

    everyone = ["government", "superior_office", "state_bureau"]
    office.send("leadership:on_petition", case.pk, "report-urgent", **typed, recipients=everyone)
    report = case.petition.urgent_reports.get()
    told = {"recipient": "state_bureau", "means": "system", "sent_at": "2026-03-02 09:30"}
    assert office.send("leadership:on_report", report.pk, "note", **told).status_code == 302
    office.send("leadership:on_report", report.pk, "note", **told)

    assert report.notices.count() == 1
    assert "急〔2026〕1号" in office.open("leadership:matter", case.pk).content.decode()
    assert signed_in(case.unit.officer).open("leadership:report_file", report.pk).status_code == 404
    assert signed_in(case.unit.officer).open("leadership:report_working_copy", report.pk).status_code == 404


def test_what_is_supervised_is_marked_in_the_ledger_and_listed_until_it_is_verified():
    case, slip = issued()
    registered()
    office = signed_in(case.office.officer)

    listed = office.open("cases:ledger", query={"view": "supervised"})
    assert [row.petition.pk for row in listed.context["rows"]] == [case.pk]
    marked = {row.petition.pk: row.marks for row in office.open("cases:ledger").context["rows"]}
    assert [pk for pk, marks in marked.items() if Mark.SUPERVISED in marks] == [case.pk]
    replied(case, slip)
    answers.verify(slip.assignment_id, words="已核对送达回证", by=case.office.head, now=MONDAY)

    assert office.open("cases:ledger", query={"view": "supervised"}).context["rows"] == []


@pytest.mark.parametrize(
    "role",
    [
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
        Role.AUDIT_ADMINISTRATOR,
        Role.SEALED_LANE_OFFICER,
        Role.REGISTRAR,
    ],
)
def test_q6_in_the_office_itself_only_who_supervises_finds_slips_issued_or_drafted(role):
    case, slip = issued()
    draft = drafted(case, again_because="另有一节")[1]
    browser = signed_in(a_hat(role, organ=case.office.organ))

    for found in (slip, draft):
        assert browser.open("leadership:slip", found.pk).status_code == 404
        assert browser.open("leadership:slip_file", found.pk).status_code == 404
        refused = browser.send("leadership:on_slip", found.pk, "discard", reason="不再需要")
        assert refused.status_code == 404
    assert Slip.objects.get(pk=draft.pk).state == draft.state


def test_a_unit_reads_nothing_of_drafts_reports_and_what_other_units_are_asked():
    case, _slip = issued()
    drafted(case, again_because="另有一节")
    other = a_unit("CZ")
    _case, recommended = issued(case, SlipKind.IMPROVE_WORK, addressee_id=other.organ.pk)
    unit, office = (
        signed_in(hat).open("cases:petition", case.pk) for hat in (case.unit.officer, case.office.head)
    )

    def icons(page):
        return [line.icon for line in page.context["timeline"]]

    assert icons(office).count("bell-ringing") == 2
    assert icons(unit).count("bell-ringing") == 1
    assert "file" in icons(office)
    assert "file" not in icons(unit)
    assert recommended.addressee_id == other.organ.pk


def test_what_leaders_say_to_each_other_about_a_lift_is_not_the_units_to_read():
    case = received()
    a_leader(case)
    a_seat()
    office = signed_in(case.office.officer)
    office.send("leadership:on_petition", case.pk, "lift", tier="district_leader", reason="需区长定夺")

    assert "需区长定夺" in office.open("leadership:matter", case.pk).content.decode()
    unit = signed_in(case.unit.officer).open("leadership:matter", case.pk)
    assert unit.status_code == 200
    assert "需区长定夺" not in unit.content.decode()


def test_the_page_of_supervision_names_matters_by_title_and_says_who_signs_and_decides():
    case, slip = drafted()
    _case, standing = issued(received())
    officer, head = signed_in(case.office.officer), signed_in(case.office.head)

    page = officer.open("leadership:supervision")
    ((draft, title),) = page.context["drafts"]
    ((asked, matter, _lamp),) = page.context["standing"]
    assert (draft.pk, title) == (slip.pk, case.petition.words.title)
    assert (asked.pk, matter.title) == (standing.assignment_id, standing.petition.words.title)
    assert title in page.content.decode()
    assert "科室负责人或者局长" in officer.open("leadership:slip", slip.pk).content.decode()
    assert "科室负责人或者局长" not in head.open("leadership:slip", slip.pk).content.decode()


def test_a_draft_says_its_colour_and_the_period_in_words():
    case = received()
    open_supervision(now=at(3, 18))
    opened = Slip.objects.get()
    said = says(case, now=at(3, 18), grade=Grade.YELLOW)
    slips.revise_slip(opened.pk, said, version=1, by=case.office.officer, now=at(3, 18))

    browser = signed_in(case.office.officer)
    page = browser.open("leadership:slip", opened.pk).content.decode()
    assert ("黄" in page, "T3 已于" in page) == (True, False)
    assert "T3 已于" not in browser.open("leadership:supervision").content.decode()
