"""Pages and the programs' door of rule sets: who reads them, what is offered, what a refusal says and keeps."""

import pytest

from accounts.roles import Role
from scoring.models import RuleSet, ScoreRule
from tests.cases.browsers import signed_in
from tests.cases.handling.given import a_unit
from tests.cases.test_api import a_program, post
from tests.given import a_hat
from tests.scoring.given import adopted, drawn, scorers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

_SET = {
    "scope": "departments",
    "year": "2026",
    "name": "区直单位考核办法",
    "basis": "条例第三十九条",
    "base": "100",
    "floor": "0",
    "case_cap": "5",
    "bonus_cap": "10",
}
_RULE = {
    "title": "未按期告知受理",
    "kind": "deduction",
    "evidence": "accepted_late",
    "weight": "10",
    "points": "1",
    "period": "year",
    "attribution": "unit",
    "basis": "条例第四十四条",
}
V1 = "/api/v1/score-rule-sets/"


def slugs(page):
    return [offer.deed.slug for offer in page.context["offers"]]


def test_from_an_empty_draft_to_rules_in_force_by_its_pages():
    by = scorers()
    officer, conference = signed_in(by.officer), signed_in(by.conference)
    assert officer.send("scoring:draw_rule_set", **_SET).status_code == 302
    key = RuleSet.objects.get().pk
    assert officer.send("scoring:on_rule_set", key, "enter-rule", **_RULE).status_code == 302
    assert slugs(officer.open("scoring:rule_set", key)) == ["enter-rule", "discard"]
    assert slugs(conference.open("scoring:rule_set", key)) == ["enter-rule", "adopt", "discard"]
    held = {"valid_from": "2026-03-02", "end_words": "联席会议纪要第 3 号"}
    assert conference.send("scoring:on_rule_set", key, "adopt", **held).status_code == 302

    page = signed_in(a_unit().head).open("scoring:rule_set", key).content.decode()
    for told in ("未按期告知受理", "联席会议纪要第 3 号", "2026-12-31"):
        assert told in page


def test_sc_6_the_form_says_why_a_rule_on_visits_to_a_higher_office_cannot_be_entered():
    rules = drawn()
    browser = signed_in(rules.by.officer)
    for facts in (
        {"evidence": "channel=visit AND register_level=0000"},
        {"title": "进京上访每批次扣 5 分", "evidence": "revoked"},
    ):
        refused = browser.send("scoring:on_rule_set", rules.pk, "enter-rule", **{**_RULE, **facts})
        page = refused.content.decode()
        assert (refused.status_code, "宪法第四十一条" in page) == (422, True)
        assert facts.get("title", _RULE["title"]) in page
    assert ScoreRule.objects.count() == 1


def test_the_next_version_is_shown_as_soon_as_it_is_drawn():
    rules = adopted()
    browser = signed_in(rules.by.officer)
    assert slugs(browser.open("scoring:rule_set", rules.pk)) == ["draw-next-version"]
    done = browser.send("scoring:on_rule_set", rules.pk, "draw-next-version")
    draft = RuleSet.objects.get(version=2)
    assert str(draft.pk) in done["Location"]


def test_a_unit_reads_no_draft_and_is_offered_nothing():
    draft, held = drawn(), adopted()
    browser = signed_in(a_unit().head)
    listed = browser.open("scoring:rule_sets").content.decode()
    assert (str(held.pk) in listed, str(draft.pk) in listed) == (True, False)
    assert slugs(browser.open("scoring:rule_set", held.pk)) == []
    assert browser.open("scoring:rule_set", draft.pk).status_code == 404
    assert browser.send("scoring:on_rule_set", draft.pk, "discard", end_words="不要").status_code == 404
    sent = browser.send("scoring:on_rule_set", held.pk, "draw-next-version")
    assert (sent.status_code, RuleSet.objects.count()) == (403, 2)
    assert signed_in(a_hat(Role.REGISTRAR)).open("scoring:rule_sets").status_code == 403


def test_a_rule_is_taken_out_at_its_line():
    rules = drawn()
    browser = signed_in(rules.by.officer)
    rule = rules.now.rules.get()
    assert browser.open("scoring:rule_set", rules.pk).context["drops"]
    sent = browser.send("scoring:on_rule_set", rules.pk, "drop-rule", rule_id=rule.pk)
    assert (sent.status_code, rules.now.rules.count()) == (302, 0)


def test_programs_draw_and_adopt_rules_by_the_same_deeds():
    by = scorers()
    officer, conference, unit = (a_program(hat) for hat in (by.officer, by.conference, a_unit().head))
    row = post(officer, f"{V1}draw/", _SET).json()
    address = f"{V1}{row['id']}/"
    refused = post(officer, f"{address}enter-rule/", {**_RULE, "evidence": "register_level=0000"})
    assert (refused.status_code, set(refused.json()["fields"])) == (400, {"evidence"})
    (rule,) = post(officer, f"{address}enter-rule/", _RULE).json()["rules"]
    assert (rule["points"], rule["needs_human"]) == ("1.00", False)
    assert unit.get(address).status_code == 404
    held = {"valid_from": "2026-03-02", "end_words": "纪要"}
    assert post(officer, f"{address}adopt/", held).status_code == 403
    assert post(conference, f"{address}adopt/", held).json()["state"] == "adopted"
    assert [one["id"] for one in unit.get(V1).json()["results"]] == [row["id"]]
