"""Pages and the programs' door of the ledger: who reads what, why it says so, what is offered, and how units stand."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from accounts.roles import Role
from scoring.models import CaseExclusion, ScoreEntry
from scoring.states import EntryState
from scoring.sweeps import close_appeals, propose_scores, tell_units
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit, at, received, the_petitioner
from tests.cases.test_api import a_program, post
from tests.given import a_hat
from tests.scoring.given import adopted
from tests.scoring.ledger import AGAIN, LATE, NEXT, again, appealed, late, told
from tests.scoring.test_entries import MEETINGS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shelf")]
V1 = "/api/v1/"


@pytest.fixture(autouse=True)
def the_day_after():
    """Let the pages' clock stand on the day after the unit was told."""
    with time_machine.travel(NEXT, tick=False):
        yield


def slugs(page):
    return [offer.deed.slug for offer in page.context["offers"]]


def totals(page):
    return {
        one.organ.code: (one.total.deducted, one.total.bonus, one.total.score)
        for group in page.context["groups"]
        for one in group.rows
    }


def test_a_unit_reads_why_it_lost_a_point_and_appeals_on_the_page():
    row = told()
    browser = signed_in(row.case.unit.head)
    page = browser.open("scoring:entry", row.pk)
    text = page.content.decode()
    for said in ("单位的期限已过", "2026-03-17", row.case.now.number, "区直单位考核办法"):
        assert said in text
    assert slugs(page) == ["appeal"]

    sent = browser.send("scoring:on_entry", row.pk, "appeal", words="当日已当面告知")

    assert (sent.status_code, row.now.state) == (302, EntryState.APPEALED)
    assert slugs(browser.open("scoring:entry", row.pk)) == []
    assert slugs(signed_in(row.by.director).open("scoring:entry", row.pk)) == ["decide-appeal"]


def test_from_the_appeal_to_the_joint_conference_by_its_pages():
    row = appealed()
    director, unit, conference = (
        signed_in(hat) for hat in (row.by.director, row.case.unit.head, row.by.conference)
    )
    fewer = {"verdict": "changed", "words": "部分属实"}
    refused = director.send("scoring:on_entry", row.pk, "decide-appeal", **fewer)
    assert (refused.status_code, "部分属实" in refused.content.decode()) == (422, True)
    sent = director.send("scoring:on_entry", row.pk, "decide-appeal", **fewer, points="0.5")
    assert (sent.status_code, row.now.stands) == (302, Decimal("-0.50"))
    assert unit.send("scoring:on_entry", row.pk, "refer", words="回证已补交").status_code == 302
    assert slugs(conference.open("scoring:entry", row.pk)) == ["decide-referral"]
    last = {"verdict": "cancelled", "words": "回证属实"}
    assert conference.send("scoring:on_entry", row.pk, "decide-referral", **last).status_code == 302
    listed = unit.open("scoring:ledger").content.decode()
    assert "<s>-1.00</s>" in listed


def test_the_neighbour_finds_none_of_it_and_a_proposal_is_not_shown_to_the_unit():
    row = late()
    unit, neighbour = signed_in(row.case.unit.head), signed_in(a_unit("CG").head)
    assert unit.open("scoring:entry", row.pk).status_code == 404
    told(row)
    for answer in (
        neighbour.open("scoring:entry", row.pk),
        neighbour.send("scoring:on_entry", row.pk, "appeal", words="不服"),
    ):
        assert answer.status_code == 404
    assert str(row.pk) not in neighbour.open("scoring:ledger").content.decode()
    assert row.now.state == EntryState.NOTIFIED
    assert signed_in(a_hat(Role.REGISTRAR)).open("scoring:ledger").status_code == 403


def test_nobody_outside_the_case_team_reads_whose_case_it_is():
    rules = adopted(AGAIN)
    first = received()
    later = again(first)
    propose_scores(now=LATE)
    entry = ScoreEntry.objects.get()
    name = the_petitioner(first).name
    keeper, unit = signed_in(rules.by.officer), signed_in(first.unit.head)
    assert keeper.send("scoring:on_entry", entry.pk, "notify-unit").status_code == 302
    for browser in (keeper, unit):
        for page in (browser.open("scoring:entry", entry.pk), browser.open("scoring:ledger")):
            assert name not in page.content.decode()
    # the second petition is none of the unit's yet: its number is not shown there
    assert later.now.number not in unit.open("scoring:entry", entry.pk).content.decode()
    assert later.now.number in keeper.open("scoring:entry", entry.pk).content.decode()


def test_how_units_stand_is_the_sum_of_what_is_final_in_the_order_of_units():
    rules = adopted()
    cases = [received() for _number in range(2)]
    a_unit("CG")
    propose_scores(now=LATE)
    keeper = signed_in(rules.by.officer)
    nothing = (Decimal(0), Decimal(0), Decimal(100))
    assert totals(keeper.open("scoring:ledger")) == {"CG": nothing, "ZJ": nothing}
    tell_units(now=LATE)
    close_appeals(now=LATE + timedelta(days=30))

    page = keeper.open("scoring:ledger")

    assert totals(page) == {"CG": nothing, "ZJ": (Decimal(-2), Decimal(0), Decimal(98))}
    assert totals(signed_in(cases[0].unit.head).open("scoring:ledger")) == {
        "ZJ": (Decimal(-2), Decimal(0), Decimal(98))
    }


def test_an_officer_enters_what_was_found_and_a_refusal_keeps_it():
    rules = adopted(MEETINGS)
    unit = a_unit()
    browser = signed_in(rules.by.officer)
    typed = {
        "rule_id": rules.now.rules.get().pk,
        "organ": unit.organ.code,
        "happened_on": "2026-03-10",
        "count": "2",
        "words": "一季度未开会",
    }
    refused = browser.send("scoring:propose_entry", **{**typed, "words": "联系人 13800001234"})
    assert (refused.status_code, ScoreEntry.objects.exists()) == (422, False)
    done = browser.send("scoring:propose_entry", **typed)
    entry = ScoreEntry.objects.get()
    assert (done.status_code, str(entry.pk) in done["Location"], entry.points) == (302, True, Decimal(-2))


def test_a_case_is_left_out_on_its_page_by_two_persons_and_the_unit_reads_it():
    row = late()
    officer, director, unit = (
        signed_in(hat) for hat in (row.by.officer, row.by.director, row.case.unit.head)
    )
    typed = {"petition_number": row.case.now.number, "ground": "above", "words": "市里提级办理"}
    wrong = officer.send("scoring:propose_exclusion", **{**typed, "petition_number": "LS2026-999999"})
    assert (wrong.status_code, CaseExclusion.objects.exists()) == (422, False)
    assert officer.send("scoring:propose_exclusion", **typed).status_code == 302
    key = CaseExclusion.objects.get().pk
    assert officer.send("scoring:on_exclusion", key, "approve-exclusion").status_code == 403
    assert director.send("scoring:on_exclusion", key, "approve-exclusion").status_code == 302
    assert "市里提级办理" in unit.open("scoring:exclusions").content.decode()
    neighbour = signed_in(a_unit("CG").head)
    assert "市里提级办理" not in neighbour.open("scoring:exclusions").content.decode()
    assert neighbour.send("scoring:on_exclusion", key, "end-exclusion", end_words="否").status_code == 404
    ended = officer.send("scoring:on_exclusion", key, "end-exclusion", end_words="退回区里")
    assert ended.status_code == 302
    assert CaseExclusion.objects.get().ended_at is not None


def test_what_waits_stands_in_the_work_of_whoever_may_do_it_and_of_nobody_else():
    def waits(hat):
        page = signed_in(hat).open("desk:my_work")
        return [box.count for box in page.context["boxes"] if box.url_name == "scoring:ledger"]

    row = told()
    neighbour = a_unit("CG").head
    assert (waits(row.case.unit.head), waits(row.by.director), waits(neighbour)) == ([1], [], [])
    appealed(row)
    assert (waits(row.case.unit.head), waits(row.by.director), waits(neighbour)) == ([], [1], [])


def test_programs_contest_and_decide_by_the_same_deeds():
    row = told()
    unit, director, neighbour = (
        a_program(hat) for hat in (row.case.unit.head, row.by.director, a_unit("CG").head)
    )
    address = f"{V1}score-entries/{row.pk}/"
    read = unit.get(address).json()
    assert (read["state"], read["stands"], read["petition"]) == ("notified", "-1.00", row.case.now.number)
    assert [fact["kind"] for fact in read["facts"]] == ["period_passed"]
    assert neighbour.get(address).status_code == 404
    assert neighbour.get(f"{V1}score-entries/").json()["results"] == []
    assert post(unit, f"{address}appeal/", {"words": "已告知"}).json()["state"] == "appealed"
    assert post(unit, f"{address}decide-appeal/", {"verdict": "upheld", "words": "维持"}).status_code == 403
    done = post(director, f"{address}decide-appeal/", {"verdict": "upheld", "words": "维持"})
    assert done.json()["state"] == "decided"
    assert [one["id"] for one in unit.get(f"{V1}score-entries/").json()["results"]] == [str(row.pk)]
    left_out = {"petition_number": row.case.now.number, "ground": "above", "words": "市里提级办理"}
    made = post(director, f"{V1}score-exclusions/propose/", left_out).json()
    assert (made["petition"], made["approved_at"]) == (row.case.now.number, None)
    assert [one["id"] for one in unit.get(f"{V1}score-exclusions/").json()["results"]] == [made["id"]]


def test_an_entry_is_explained_beside_the_list_to_who_may_read_it():
    row = told()
    page = signed_in(row.case.unit.head).open("scoring:ledger", query={"why": str(row.pk)})
    assert (page.context["why"]["entry"].pk, "单位的期限已过" in page.content.decode()) == (row.pk, True)
    plain = signed_in(row.case.unit.head).open("scoring:ledger", query={"why": "1"})
    assert (plain.status_code, "why" in plain.context) == (200, False)
    neighbour = signed_in(a_unit("CG").head)
    assert neighbour.open("scoring:ledger", query={"why": str(row.pk)}).status_code == 404


def test_the_explanation_says_how_points_were_worked_out_and_what_they_changed_once_they_count():
    row = told()
    head = signed_in(row.case.unit.head)
    worked = head.open("scoring:ledger", query={"why": str(row.pk)}).context["why"]["worked"]
    assert (worked.times, worked.each, worked.without, worked.counted) == (1, Decimal(-1), None, None)

    close_appeals(now=at(3, 30))
    with time_machine.travel(at(4, 2), tick=False):
        page = signed_in(row.case.unit.head).open("scoring:entry", row.pk)
    worked = page.context["worked"]
    assert (worked.without, worked.counted) == (Decimal(100), Decimal(99))
    assert "100.00 → <b>99.00</b>" in page.content.decode()
