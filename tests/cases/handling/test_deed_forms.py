"""What the deeds' forms show and ask: units by their kind, fields of the choice made, marks, days as the record has
them; and what the page says where the way turns or is over."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from accounts.models import OrganKind
from audit.parts import record
from cases.forms.handling import Accept, Find, NoteProgress, RouteForm
from cases.forms.papers import ServePaper
from cases.forms.turns import OpenDispute
from cases.forms.units import OrganChoice
from cases.pages import case_page
from cases.states import Outcome, RouteKind
from cases.timeline import timeline_of
from documents.states import DocumentKind, Method
from tests.cases.browsers import signed_in
from tests.cases.handling import given
from tests.cases.handling.given import at
from tests.given import MONDAY, an_organ

pytestmark = pytest.mark.django_db


def page_of(case, hat, *, now=MONDAY):
    return case_page(case.now, hat, now=now, kind="")


def html_of(case, hat):
    return signed_in(hat).open("cases:petition", case.pk).content.decode()


def said(case, words: str) -> list[str]:
    """Return what the timeline says besides of the deeds it calls so, oldest first."""
    lines = timeline_of(case.now, case.office.head, for_the_team=True)
    return [line.detail for line in lines if str(line.words) == words][::-1]


def test_units_stand_under_their_kind_and_the_empty_choice_says_what_to_do():
    an_organ("ZJ", short_name="区住建局")
    an_organ("FS", kind=OrganKind.TOWNSHIP, short_name="凤山街道")

    (empty, words), *groups = OrganChoice("单位").choices

    assert (empty, str(words)) == ("", "选择单位")
    offered = {str(kind): [label for _code, label in units] for kind, units in groups}
    assert offered[str(OrganKind.TOWNSHIP.label)] == ["FS 凤山街道"]
    assert "ZJ 区住建局" in offered[str(OrganKind.DEPARTMENT.label)]


def test_a_units_field_on_the_case_page_is_narrowed_by_typing_and_no_field_has_an_empty_line_of_dashes(
    monday,
):
    case = given.registered()

    shown = html_of(case, case.office.officer)

    assert 'data-narrows="没有这个单位"' in shown
    assert "---------" not in shown


@pytest.mark.parametrize("sent", [["ZJ、gh"], ["ZJ", "GH"], ["ZJ,GH", "ZJ"]])
def test_r_24_units_at_odds_are_ticked_or_written_by_their_codes(sent):
    units = {an_organ("ZJ"), an_organ("GH")}
    form = OpenDispute({"organs": sent, "reason": "职责交叉"})

    assert form.is_valid(), form.errors
    assert set(form.cleaned_data["organs"]) == units


def test_r_24_a_code_that_is_no_unit_of_today_is_refused():
    an_organ("ZJ")
    form = OpenDispute({"organs": "ZJ、没有", "reason": "职责交叉"})

    assert not form.is_valid()
    assert list(form.errors) == ["organs"]


def test_the_fields_of_a_method_of_service_go_with_it():
    fields = ServePaper().fields

    goes = {
        name: (attrs["data-goes-by"], attrs["data-goes-with"].split())
        for name, attrs in ((name, field.widget.attrs) for name, field in fields.items())
        if "data-goes-with" in attrs
    }

    assert goes["witnesses"] == goes["refusal_reason"] == ("method", [Method.LEFT_WITH_WITNESS])
    assert goes["announced_on"] == ("method", [Method.ANNOUNCEMENT])
    assert goes["consent_ref"] == ("method", [Method.ELECTRONIC])
    assert {"served_on", "method", "person"}.isdisjoint(goes)


@pytest.mark.parametrize("form", [RouteForm, Accept, Find, ServePaper, NoteProgress])
def test_every_choice_that_a_field_goes_with_is_one_of_the_form(form):
    filled = form()
    for name, (chooser, choices) in form.goes_with.items():
        known = {str(value) for value, _label in filled.fields[chooser].choices}
        assert name in filled.fields
        assert {str(choice) for choice in choices} <= known


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_day_is_prefilled_as_the_browsers_calendar_reads_it(language):
    with translation.override(language):
        assert 'value="2026-03-02"' in str(ServePaper(initial={"served_on": date(2026, 3, 2)})["served_on"])


def test_q18_the_correction_of_a_service_begins_with_what_the_record_says(monday):
    case = given.notified(given.accepted(given.received(given.routed(given.registered()))))
    record = given.record_of(case)

    (paper,) = [one for one in page_of(case, case.unit.officer)["papers"] if one.served]
    propose = paper.served[0].propose
    drawn = str(propose.form["served_on"]) + str(propose.form["method"])

    assert f'value="{record.served_on.isoformat()}"' in drawn
    assert re.search(rf'value="{record.method}" selected', drawn)


def test_r_30_the_finding_marks_each_part_the_opinion_needs_and_says_what_is_written_where_none_applies(
    monday,
):
    case = given.accepted()

    ((line,),) = [one.claims for one in page_of(case, case.unit.officer)["handlings"]]
    form = line.find.form

    assert all(
        form[part].is_asked for part in ("facts", "opinion", "legal_basis", "solved", "helped", "lawful")
    )
    assert "“不涉及”" in str(form["helped"].help_text)
    # none is chosen before a person does
    assert {value for value, _label in form.fields["outcome"].widget.choices} == {
        "",
        Outcome.SUPPORT,
        Outcome.EXPLAIN,
        Outcome.NOT_SUPPORT,
    }


def test_q20_the_finding_on_a_suggestion_offers_its_own_outcomes_and_asks_for_less(monday):
    case = given.suggestion()
    given.study(case)

    ((line,),) = [one.claims for one in page_of(case, case.unit.officer)["handlings"]]
    form = line.find.form

    assert not form["helped"].is_asked
    assert Outcome.ADOPTED in {value for value, _label in form.fields["outcome"].widget.choices}


def test_the_way_marks_what_each_way_asks_for():
    form = RouteForm()

    assert all(form[name].is_asked for name in ("kind", "organ", "report_due_on", "guided_to", "keep_ground"))
    assert not form["told"].is_asked


def test_a_deed_on_a_claim_names_it_by_its_words_and_asks_for_no_number(monday):
    case = given.received()

    ((line,),) = [one.claims for one in page_of(case, case.unit.officer)["handlings"]]
    shown = html_of(case, case.unit.officer)
    form = shown[shown.index("受理这条诉求</summary>") :]

    assert line.accept.form["claim"].is_hidden
    assert line.words in form[: form.index("<form")]


def test_the_bar_names_the_deed_and_what_it_is_about(monday):
    case = given.accepted(given.received(given.registered(claims=("办证", "退费"))))

    names = [name for _offer, name in page_of(case, case.unit.officer)["next_steps"]]

    assert "填写核查结论：诉求 1" in names
    assert "填写核查结论：诉求 2" in names
    assert not any("保存" in name for name in names)


def test_r_24_an_open_dispute_says_who_has_the_claims_meanwhile(monday):
    led = given.disputed()
    returned = given.returned()
    units = [returned.unit.organ, an_organ("GH")]
    given.dispute(returned, *units, by=returned.office.officer)

    assert f"此前诉求仍由{led.unit.organ.short_name}负责" in html_of(led, led.office.officer)
    shown = html_of(returned, returned.office.officer)
    assert f"诉求目前没有责任单位，由{returned.office.organ.short_name}待分办" in shown
    assert "仍由" not in shown[shown.index("诉求目前没有") :][:200]


def test_a_finished_petition_says_so_with_its_day_wherever_a_period_was_asked_for():
    case = given.finished(now=MONDAY)

    page = page_of(case, case.office.officer, now=MONDAY + timedelta(days=3))

    assert page["lamp"].words == "已办结 2026-03-02"
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        reader = signed_in(case.office.officer)
        listed = reader.open("cases:ledger", query={"view": "all"}).content.decode()
        shown = reader.open("cases:petition", case.pk).content.decode()
    assert "已办结" in listed
    assert "未起算" not in listed + shown
    assert "本件已于2026年3月2日" in shown


def test_q19_a_withdrawn_petition_says_how_and_when_it_ended():
    case = given.withdrawn(now=MONDAY)

    assert page_of(case, case.office.officer)["lamp"].words == "信访人撤回 2026-03-02"


def test_an_empty_card_of_persons_is_not_shown(monday):
    case = given.finished(now=MONDAY)

    assert 'id="ends"' not in html_of(case, case.unit.head)
    assert 'id="ends"' in html_of(given.registered(), given.the_office().officer)


def test_q11_q19_a_joined_petition_says_that_what_it_was_joined_to_ended(monday):
    pending = given.routed()
    case = given.raised_again(pending)
    given.join(case, pending)
    before = html_of(case, case.office.officer)
    given.withdrawn(pending)

    after = html_of(case, case.office.officer)

    assert "已于" not in before[before.index('id="way"') :]
    assert f"{pending.now.number} 已于 2026-03-02 终结，未作答复：信访人撤回" in after
    assert "如何办理由信访部门决定" in after


def test_the_timeline_says_what_each_deed_was_about():
    case = given.received(given.routed(given.registered(claims=("办证",))))
    unit = case.unit.organ.short_name
    given.accept(case)
    given.ask_extension(case, days=20)
    given.extend(case)
    given.notified(case)

    assert said(case, "分办") == [f"{RouteKind.FORWARD.label} · {unit} · 诉求 1"]
    # the unit stands beside the person who did it, and the day beside the hour
    assert said(case, "签收") == [""]
    assert said(case, "受理一条诉求") == ["诉求 1"]
    assert said(case, "申请延期") == ["20 天"]
    assert said(case, "同意延期") == ["20 天"]
    notice = case.paper(DocumentKind.D05)
    assert f"{notice.get_kind_display()} · {notice.number}" in said(case, "签发文书")
    assert set(said(case, "送达文书")) == {Method.IN_PERSON.label}


def test_the_timeline_says_what_was_decided_and_nothing_twice(monday):
    case = given.routed()
    record(
        "petition.decide_extension",
        case.petition,
        by=case.office.head.actor,
        at=MONDAY,
        facts={"approved": False, "days": 9},
    )
    record("petition.sign_for", case.petition, by=case.office.head.actor, at=MONDAY, facts={"organ": "没有"})

    lines = timeline_of(case.now, case.office.head, for_the_team=True)

    assert said(case, "不同意延期") == ["9 天"]
    # what was routed is being handled: one line
    assert [str(line.words) for line in lines].count("分办") == 1
    assert "状态变更" not in [str(line.words) for line in lines]
    # a code that is no unit's is no word
    assert said(case, "签收") == [""]


def test_the_timeline_asks_once_for_all_the_units_it_names(django_assert_num_queries):
    few = given.received(given.routed())
    many = given.accepted(given.received(given.routed(given.registered(claims=("一", "二", "三", "四")))))
    given.objected(given.received(given.routed()), now=at(3, 3))

    for case in (few, many):
        petition = case.now
        with django_assert_num_queries(2):
            timeline_of(petition, case.office.head, for_the_team=True)
